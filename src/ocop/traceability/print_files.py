"""Files of stamps, written number after number: memory does not grow with how many there are.

Pure of Django. Every writer takes the spans of numbers to print, and tells after each batch how
many stamps are done.
"""

import base64
import hmac
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from stream_zip import ZIP_64, stream_zip

from ocop.traceability import hidden, qr
from ocop.traceability.faces import Face, face_for
from ocop.traceability.intervals import Span
from ocop.traceability.serials import ALPHABET, Key, serials
from ocop.traceability.sheets import LINE, QUIET, SERIAL_LINES, SIZE, Grid, Print, write

STEP = 4_000  # numbers of a batch
_DOTS = 10  # of a module on a side, in pictures
_MM = 72 / 25.4
_SHORTENED = "…"
_AIR = 0.5  # millimetres between words and the edge of a stamp
Tell = Callable[[int], None]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Job:
    """What is printed: key, numbers, the place of the order's first number, address, level."""

    key: Key
    spans: tuple[Span, ...]
    first: int
    address: str
    level: qr.Level


def batches(job: Job, tell: Tell) -> Iterator[tuple[int, Bytes]]:
    """Serials in arrays, each with the place of its first in the order, counted from one."""
    done = 0
    for span in job.spans:
        for first in range(span.first, span.end, STEP):
            count = min(STEP, span.end - first)
            yield first - job.first + 1, serials(job.key, first, count)
            done += count
            tell(done)


def pdf(into: IO[bytes], job: Job, grid: Grid, words: Iterable[str], foot: str, tell: Tell) -> int:
    """Sheets or labels; how many pages. Words that are too long for a stamp go on in the next line
    while there is room, and are cut at last."""
    lines = [line for line in (" ".join(line.split()) for line in words) if line]
    face = face_for("".join(sorted({*"".join(lines), *foot, _SHORTENED})))
    form = qr.form_for(len(job.address) + 20, job.level)
    free = grid.down - (form.size + 2 * QUIET) * grid.module
    spare = int(free / LINE + 0.001) - SERIAL_LINES - len(lines)
    fitted = tuple(_lines(lines, face, (grid.across - 2 * _AIR) * _MM, spare))
    below = _fitted(foot, face, (grid.width - 2 * max(grid.left, 2.0)) * _MM, 7.0)
    printed = Print(job.address, fitted, below, job.level, grid)
    arrays = (array for _place, array in batches(job, tell))
    return write(into, printed, arrays, face)


def svgs(into: IO[bytes], job: Job, module: float, tell: Tell) -> None:
    """A ZIP of one SVG for each stamp: the code with its quiet zone, in true measures."""
    _singles(into, job, "svg", lambda code: _svg(code, module), tell)


def pngs(into: IO[bytes], job: Job, module: float, tell: Tell) -> None:
    """A ZIP of one PNG for each stamp: black and white, ten dots a module."""
    _singles(into, job, "png", lambda code: _png(code, module), tell)


def csv(into: IO[bytes], job: Job, tell: Tell) -> None:
    """A list for programs that print variable data: place in the order, serial, address. All of it
    is ASCII, so no program takes it for another encoding."""
    into.write(b"stt,so_seri,dia_chi\r\n")
    before = job.address.encode("ascii")
    for place, array in batches(job, tell):
        rows = (array[n].tobytes() for n in range(len(array)))
        lines = [b"%d,%b,%b%b\r\n" % (place + n, s, before, s) for n, s in enumerate(rows)]
        into.write(b"".join(lines))


def hidden_codes(
    into: IO[bytes], job: Job, secret: bytes, password: str, at: datetime, tell: Tell
) -> None:
    """The codes under the scratch-off layer, as a list inside a ZIP encrypted with AES-256 (WinZip
    AE-2), which 7-Zip, WinRAR and others open."""
    # The form of 64 bits: a list of unknown length may be longer than the other holds.
    member = ("ma-an.csv", at, 0o600, ZIP_64, _hidden_lines(job, secret, tell))
    for chunk in stream_zip([member], password=password):
        into.write(chunk)


def password(secret: bytes, code: str) -> str:
    """The password of a file of hidden codes: 100 bits that follow from the secret of these codes
    and the file, so it is stored nowhere and can be told again."""
    mac = hmac.digest(secret, b"ocop print password\n" + code.encode(), sha256)
    signs = base64.b32encode(mac)[:20].decode()
    plain = signs.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET))
    return "-".join(plain[at : at + 5] for at in range(0, 20, 5))


def _hidden_lines(job: Job, secret: bytes, tell: Tell) -> Iterator[bytes]:
    yield b"stt,so_seri,ma_an\r\n"
    for place, array in batches(job, tell):
        first = job.first + place - 1
        codes = hidden.codes(secret, job.key.version, range(first, first + len(array)))
        lines = [
            b"%d,%b,%b\r\n" % (place + n, array[n].tobytes(), code.encode())
            for n, code in enumerate(codes)
        ]
        yield b"".join(lines)


def _singles(
    into: IO[bytes], job: Job, kind: str, draw: Callable[[Bytes], bytes], tell: Tell
) -> None:
    form = qr.form_for(len(job.address) + 20, job.level)
    before = np.frombuffer(job.address.encode("ascii"), np.uint8)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for place, array in batches(job, tell):
            texts = np.concatenate([np.tile(before, (len(array), 1)), array], axis=1)
            for n, code in enumerate(qr.modules(texts, form)):
                serial = array[n].tobytes().decode("ascii")
                bundle.writestr(f"{place + n:07d}-{serial}.{kind}", draw(code))


def _svg(code: Bytes, module: float) -> bytes:
    """Dark modules of a row that touch are one bar."""
    size = len(code) + 2 * QUIET
    bars = []
    for row, bits in enumerate(code):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], bits, [0])).astype(np.int8)))
        for start, end in edges.reshape(-1, 2):
            bars.append(f"M{start + QUIET} {row + QUIET}h{end - start}v1h-{end - start}z")
    side = f"{size * module:g}mm"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{"".join(bars)}"/></svg>\n'
    ).encode()


def _png(code: Bytes, module: float) -> bytes:
    white = np.pad(1 - code, QUIET, constant_values=1).astype(np.uint8) * 255
    picture = Image.fromarray(np.kron(white, np.ones((_DOTS, _DOTS), np.uint8)), "L").convert("1")
    dots = _DOTS / module * 25.4
    out = BytesIO()
    picture.save(out, "PNG", dpi=(dots, dots))
    return out.getvalue()


def _lines(lines: Iterable[str], face: Face, width: float, spare: int) -> Iterator[str]:
    """Lines broken between words, into `spare` more of them at most."""
    for line in lines:
        words = line.split(" ")
        while spare > 0 and face.width(_known(" ".join(words), face), SIZE) > width:
            taken = 1
            while face.width(_known(" ".join(words[: taken + 1]), face), SIZE) <= width:
                taken += 1
            if taken == len(words):
                break
            yield _fitted(" ".join(words[:taken]), face, width, SIZE)
            words, spare = words[taken:], spare - 1
        yield _fitted(" ".join(words), face, width, SIZE)


def _known(line: str, face: Face) -> str:
    return "".join(sign for sign in line if sign in face.numbers)


def _fitted(line: str, face: Face, width: float, size: float) -> str:
    """A line as far as it fits; signs that the typeface has not are left out."""
    known = _known(line, face)
    if face.width(known, size) <= width:
        return known
    while known and face.width(known + _SHORTENED, size) > width:
        known = known[:-1]
    return known.rstrip() + _SHORTENED
