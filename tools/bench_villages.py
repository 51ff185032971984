"""A workbook of 1,350 villages: read, its errors named, loaded and published; seconds and memory.

Every step is a process of its own on one installation. The file names communes of before 2025 and
of today, every third village has a title and a decision, and every twentieth row an error of a kind
of its own; each must be named at its row, and nothing else be refused.
"""

import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

VILLAGES, EVERY = 1350, 20
HERE = Path(__file__)
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
_HEADING = (
    "STT", "Tên làng", "Nghề", "Xã, phường", "Huyện, quận", "Tỉnh", "Danh hiệu", "Số quyết định",
    "Ngày ký", "Năm công nhận", "Năm số liệu", "Tổng số hộ", "Số hộ làm nghề", "Số lao động",
    "Thu nhập (đồng/năm)",
)  # fmt: skip
_TRADES = ("Mây tre đan", "Gốm sứ", "Sơn mài", "Mộc dân dụng", "Thêu ren", "Dệt lụa", "Bún")
#: What is wrong with a row: the code by which it must be named, and the cells that make it so.
_WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("name_missing", {"Tên làng": ""}),
    ("trade_missing", {"Nghề": ""}),
    ("commune_missing", {"Xã, phường": "", "Huyện, quận": ""}),
    ("commune_unknown", {"Xã, phường": "Xã Không Có", "Huyện, quận": ""}),
    ("elsewhere", {"Xã, phường": "Phường Hoa Lư", "Huyện, quận": "", "Tỉnh": "Tỉnh Ninh Bình"}),
    ("trade_beyond_households", {"Tổng số hộ": 10, "Số hộ làm nghề": 11}),
    ("recognition_without_year",
     {"Danh hiệu": "Làng nghề", "Số quyết định": "", "Ngày ký": "", "Năm công nhận": ""}),
    ("year_contradicts_day",
     {"Danh hiệu": "Làng nghề", "Ngày ký": "05/01/2021", "Năm công nhận": 2019}),
)  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """The rows of the workbook, the same each time."""
    from ocop.places import gazetteer

    draw = random.Random(52)
    day = date(2024, 3, 1)
    known = [
        (entry, above)
        for entry in gazetteer.load().entries
        if entry.level == "commune" and (entry.valid_to is None or entry.valid_to > day)
        if (above := list(entry.ancestors())) and above[-1].code == "01"
    ]
    found = []
    for number in range(1, VILLAGES + 1):
        (entry, above), titled = draw.choice(known), number % 3 == 0
        households = draw.randint(120, 900)
        row = {
            "STT": number,
            "Tên làng": f"Làng Số {number}",
            "Nghề": draw.choice(_TRADES),
            "Xã, phường": entry.name,
            "Huyện, quận": above[0].name if len(above) > 1 else "",
            "Tỉnh": "Thành phố Hà Nội",
            "Danh hiệu": "Làng nghề truyền thống" if titled else "",
            "Số quyết định": f"{number}/QĐ-UBND" if titled else "",
            "Ngày ký": f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2020" if titled else "",
            "Năm công nhận": 2020 if titled else "",
            "Năm số liệu": 2025,
            "Tổng số hộ": households,
            "Số hộ làm nghề": households * draw.randint(10, 80) // 100,
            "Số lao động": draw.randint(100, 2000),
            "Thu nhập (đồng/năm)": draw.randint(500, 1400) * 100_000,
        }
        if number % EVERY == 0:
            row |= _WRONG[number // EVERY % len(_WRONG)][1]
        found.append(row)
    return found


def workbook() -> bytes:
    import xlsxwriter

    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet("Làng nghề")
    page.write_row(0, 0, ["DANH SÁCH LÀNG NGHỀ"])
    page.write_row(1, 0, _HEADING)
    for number, row in enumerate(rows(), start=2):
        page.write_row(number, 0, [row[heading] for heading in _HEADING])
    book.close()
    return into.getvalue()


def bring() -> str:
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.network.villages.services import importing

    content = (Path(os.environ["OCOP_DATA_DIR"]) / "villages.xlsx").read_bytes()
    batch = importing.bring_villages(
        actor=SYSTEM, content=content, filename="villages.xlsx", at=timezone.now()
    )
    told = importing.reports_of(batch)
    named = {report.row: report.code.value for report in told if report.rejects}
    wanted = {
        number + 2: _WRONG[number // EVERY % len(_WRONG)][0]
        for number in range(EVERY, VILLAGES + 1, EVERY)
    }
    assert named == wanted, sorted(set(named.items()) ^ set(wanted.items()))[:5]
    kinds = Counter(named.values())
    return f"{batch.rows:,} rows, {batch.rejected} refused for {len(kinds)} reasons, each named"


def load() -> str:
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.network.villages.models import Village, VillageImport, VillageRecognition
    from ocop.network.villages.services import importing

    batch = VillageImport.objects.get()
    importing.load_villages(actor=SYSTEM, batch=batch, skip_bad=True, at=timezone.now())
    assert Village.objects.count() == batch.accepted == VILLAGES - VILLAGES // EVERY
    return f"{batch.accepted:,} villages, {VillageRecognition.objects.count()} titles"


def errors() -> str:
    from ocop.network.villages.models import VillageImport
    from ocop.network.villages.services import importing

    into = io.BytesIO()
    written = importing.write_error_workbook(into, VillageImport.objects.get())
    return f"{written} rows with their reasons, {len(into.getvalue()) / 1000:.0f} kB"


def publish() -> str:
    from django.utils import timezone

    from ocop.core.actor import SYSTEM
    from ocop.network.villages.models import Village, VillageImport
    from ocop.network.villages.services import importing

    importing.publish_villages(actor=SYSTEM, batch=VillageImport.objects.get(), at=timezone.now())
    return f"{Village.objects.filter(listed=True).count():,} before the public"


def review() -> str:
    from django.utils import timezone

    from ocop.network.villages.models import Village
    from ocop.network.villages.reviewing import reviewed

    return f"{len(reviewed(Village.objects.all(), timezone.localdate())):,} held against Article 5"


STEPS: dict[str, Callable[[], str]] = {
    "read": bring, "errors": errors, "load": load, "publish": publish, "review": review,
}  # fmt: skip


def work(step: str) -> None:
    from ocop.commands import _framework

    _framework.start()
    before = _peak()
    began = time.perf_counter()
    told = STEPS[step]()
    seconds = time.perf_counter() - began
    print(f"{step:>8}: {seconds:.2f} s, peak {_peak():.0f} MB (idle {before:.0f}); {told}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "OCOP_DATA_DIR": name}
        start = [sys.executable, "-m", "ocop", "init", "--province", "01", "--quiet"]
        subprocess.run(start, env=environment, check=True)
        file = Path(name) / "villages.xlsx"
        file.write_bytes(workbook())
        print(f"{VILLAGES:,} villages, {file.stat().st_size / 1000:.0f} kB", flush=True)
        for step in STEPS:
            subprocess.run([sys.executable, str(HERE), step], env=environment, check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        work(sys.argv[1])
    else:
        main()
