"""Stamps: serials a second, checks, QR codes and sheets, each beside the obvious way in one run."""

import hashlib
import hmac
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

import numpy as np
import segno

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from ocop.traceability import qr
from ocop.traceability.faces import face_for
from ocop.traceability.serials import ALPHABET, Key, Reader, serials, written
from ocop.traceability.sheets import Print, write

ROUNDS = 5
KEY = Key(1, bytes(range(32)))
PRINT = Print(
    "HTTPS://ID.OCOP.VN/01/09520000024765/21/",
    ("Bánh gai (mẫu)", "quét: ai làm, mấy sao"),
    "DỮ LIỆU MẪU",
)
FORM = qr.form_for(len(PRINT.address) + 20, "M")


def rate(count: int, act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return count / (time.perf_counter() - began)


def ours_serials() -> float:
    return rate(1_000_000, lambda: serials(KEY, 0, 1_000_000))


def hmac_serials() -> float:
    """One HMAC and one base 32 for each."""

    def issue() -> None:
        for n in range(20_000):
            mac = hmac.digest(KEY.secret, n.to_bytes(8, "big"), hashlib.sha256)
            value = n << 60 | int.from_bytes(mac[:8], "big") >> 4
            "".join(ALPHABET[value >> 5 * place & 31] for place in range(19, -1, -1))

    return rate(20_000, issue)


def ours_codes() -> float:
    texts = np.concatenate(
        [
            np.tile(np.frombuffer(PRINT.address.encode(), np.uint8), (10_000, 1)),
            serials(KEY, 0, 10_000),
        ],
        axis=1,
    )
    return rate(10_000, lambda: qr.modules(texts, FORM))


def segno_codes() -> float:
    texts = [PRINT.address + written(KEY, n) for n in range(100)]
    make = {"version": 3, "error": "m", "mask": 3, "mode": "alphanumeric", "boost_error": False}
    return rate(100, lambda: [segno.make(text, **make).matrix for text in texts])


def main() -> None:
    pairs = {
        "serials": (ours_serials, hmac_serials, "HMAC for each"),
        "QR codes 3-M": (ours_codes, segno_codes, "segno"),
    }
    for name, (ours, rival, called) in pairs.items():
        found = [(ours(), rival()) for _ in range(ROUNDS)]
        ratio = median(a / b for a, b in found)
        best, other = median(a for a, _b in found), median(b for _a, b in found)
        print(f"{name:<14} {best:12,.0f}/s   {called} {other:,.0f}/s   ratio {ratio:,.0f}")
    reader, text = Reader([KEY]), written(KEY, 77)
    checks = rate(200_000, lambda: [reader.read(text) for _ in range(200_000)])
    print(f"{'one check':<14} {1e6 / checks:12.2f} µs")
    random = Random(1)
    drawn = ["".join(random.choices(ALPHABET, k=20)) for _ in range(1_000_000)]
    accepted = sum(reader.read(each) is not None for each in drawn)
    print(f"{'drawn serials':<14} {len(drawn):12,}     accepted: {accepted}")
    for count in (10_000, 1_000_000):
        sheets(count)


def sheets(count: int) -> None:
    face = face_for("".join(PRINT.words) + PRINT.foot)
    batches = (serials(KEY, n, min(20_000, count - n)) for n in range(0, count, 20_000))
    with tempfile.TemporaryFile() as out:
        speed = rate(count, lambda: write(out, PRINT, batches, face))
        each = out.tell() / count
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{each:.0f} bytes each, at most {most:.0f} MB so far"
    print(f"{'A4 sheets':<14} {speed:12,.0f}/s   {count:,} stamps, {told}")


if __name__ == "__main__":
    main()
