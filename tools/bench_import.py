"""A registry of 100,000 rows: read dry, and stored; seconds and the peak of memory.

Every run is a process of its own, on an installation of its own. The file mixes units of then and
of now, dates in three styles, merged sectors and rows without a decision.
"""

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ocop.places import gazetteer

ROWS = 100_000
_STYLES = ("{d:02d}/{m:02d}/{y}", "{y}-{m:02d}-{d:02d}", "ngày {d} tháng {m} năm {y}")
_MAKERS = ("HTX", "Công ty TNHH", "Hộ kinh doanh", "Tổ hợp tác")
_GOODS = ("Mật ong", "Chè xanh", "Gạo nếp", "Miến dong", "Nấm khô", "Cà phê", "Mắm tép")


def write(path: Path) -> None:
    """The file, the same each time."""
    draw = random.Random(26)
    communes = [e for e in gazetteer.load().entries if e.level == "commune"]
    into = io.StringIO()
    sheet = csv.writer(into)
    sheet.writerow(
        ["STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Số quyết định", "Ngày ký"]
    )
    for number in range(1, ROWS + 1):
        decision = draw.randint(1, 3000)  # each signed on a day of its own
        year, month, day = 2019 + decision % 7, 1 + decision % 12, 1 + decision % 28
        entry = draw.choice(communes)
        above = ", ".join(parent.name for parent in entry.ancestors())
        dated = draw.random() < 0.9
        style = draw.choice(_STYLES)
        sheet.writerow(
            [
                number,
                f"{draw.choice(_GOODS)} {number}",
                f"{draw.choice(_MAKERS)} {entry.name} {number % 40_000}",
                f"Thôn {draw.randint(1, 9)}, {entry.name}, {above}",
                f"{draw.randint(3, 4)} sao",
                f"{decision}/QĐ-UBND" if dated else "",
                style.format(d=day, m=month, y=year) if dated else "",
            ]
        )
    path.write_text(into.getvalue(), encoding="utf-8")


def measure(words: list[str], folder: Path) -> dict[str, float | int]:
    """One run of the command: seconds, the peak of its memory in MB, and what it counted."""
    environment = {**os.environ, "OCOP_DATA_DIR": str(folder)}
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ocop", *words], env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    if status:
        sys.exit(f"ocop {' '.join(words)} failed")
    told = json.loads(said)
    counted = {name: told[name] for name in ("rows", "accepted", "rejected")}
    return {"seconds": seconds, "mb": usage.ru_maxrss / 1024, **counted}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "registry.csv"
        write(file)
        print(f"{ROWS:,} rows, {file.stat().st_size / 1e6:.1f} MB")
        state = folder / "state"
        subprocess.run(
            [sys.executable, "-m", "ocop", "init", "--province", "01", "--quiet"],
            env={**os.environ, "OCOP_DATA_DIR": str(state)},
            check=True,
        )
        runs = (
            ("dry", ["import-registry", str(file), "--dry-run", "--json"]),
            ("stored", ["import-registry", str(file), "--skip-bad", "--json"]),
        )
        for word, words in runs:
            told = measure(words, state)
            print(
                f"{word:>7}: {told['seconds']:.1f} s, peak {told['mb']:.0f} MB; "
                f"{told['accepted']:,} accepted, {told['rejected']:,} rejected"
            )


if __name__ == "__main__":
    main()
