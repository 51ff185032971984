"""Sheets of stamps as PDF: true vectors, written as fast as they are thought of.

A code is text. A Type 3 font (ISO 32000-1, 9.6.5) has 256 glyphs, each a row of eight modules, and
every row of a code is four to six of its characters: some 200 bytes a code after compression,
sharp at any resolution. All pages of a run differ in the same places only, so a page is a template
with holes and a batch of pages is a few assignments to an array. Memory does not grow with the run.
"""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

from ocop.traceability import qr
from ocop.traceability.faces import Face

Bytes = NDArray[np.uint8]

QUIET = 4  # modules of empty space around a code (ISO/IEC 18004, 9.1)
_MM = 72 / 25.4
_HEX = np.frombuffer("".join(f"{n:02X}" for n in range(256)).encode(), np.uint8).reshape(256, 2)
_GROUP = 5  # signs of a serial that stand together
_BLEED = 0.02  # of a module: neighbours overlap, so no screen shows a seam between them


@dataclass(frozen=True, slots=True)
class Grid:
    """How stamps stand on a page; millimetres, from the upper left corner.

    `module` is the side of one module of a code: 0.4 mm reads on every phone and prints at 203 dpi.
    """

    width: float = 210.0
    height: float = 297.0
    left: float = 8.0
    top: float = 10.0
    columns: int = 8
    rows: int = 10
    across: float = 24.0  # from one stamp to the next
    down: float = 27.5
    module: float = 0.4
    marks: bool = True  # where to cut

    @property
    def per_page(self) -> int:
        """Stamps on a page."""
        return self.columns * self.rows


#: One label after the other, 30 x 40 mm, each a page of its own.
ROLL = Grid(30.0, 40.0, 0.0, 0.0, 1, 1, 30.0, 40.0, 0.5, marks=False)


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed: the address up to the serial, in capitals, and words for every stamp.

    `words`: a line or two above the serial. `foot`: a line at the end of every page.
    """

    address: str
    words: tuple[str, ...]
    foot: str
    level: qr.Level = "M"
    grid: Grid = Grid()


def write(out: IO[bytes], printed: Print, batches: Iterable[Bytes], face: Face) -> int:
    """Write the sheets of all serials (arrays (n, 20) of ASCII); how many pages there are.

    ValueError: a stamp does not fit into its place on the grid, a sign no code can hold.
    """
    form = qr.form_for(len(printed.address) + 20, printed.level)
    _expect_room(printed, form, face)
    pdf = _Pdf(out)
    shared = _shared(pdf, printed, face)
    pages = array("Q")
    for serials in _by_pages(
        batches, max(1, 4_000 // printed.grid.per_page) * printed.grid.per_page
    ):
        for content in _contents(serials, printed, form, face):
            pages.append(_page(pdf, printed.grid, content, shared))
    pdf.close(pages)
    return len(pages)


def _expect_room(printed: Print, form: qr.Form, face: Face) -> None:
    grid, side = printed.grid, (form.size + 2 * QUIET) * printed.grid.module
    deep = side + LINE * (len(printed.words) + SERIAL_LINES)
    if side > grid.across or deep > grid.down:
        raise ValueError(f"a stamp of {side:.1f} x {deep:.1f} mm is larger than its place")
    right, bottom = grid.left + grid.columns * grid.across, grid.top + grid.rows * grid.down
    if right > grid.width + 0.01 or bottom > grid.height + 0.01:
        raise ValueError("the grid is larger than the page")
    for line in printed.words:
        if face.width(line, SIZE) > grid.across * _MM:
            raise ValueError(f"“{line}” is wider than a stamp")


def _by_pages(batches: Iterable[Bytes], most: int) -> Iterator[Bytes]:
    """The same serials in arrays of `most`, the last one shorter."""
    held: list[Bytes] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += len(batch)
        while count >= most:
            whole = np.concatenate(held)
            yield whole[:most]
            held, count = [whole[most:]], count - most
    if count:
        yield np.concatenate(held)


# One page


LINE = 2.0  # height of a line of words, in millimetres
SIZE = 4.8  # of its type, in points
SERIAL_LINES = 2
_MARGIN = 2.0  # millimetres that a foot keeps from the edge of a label
_LINES = 10_000  # of the list of objects, written together
_GAP = 300  # thousandths of the size, between the two groups on a line


@dataclass(frozen=True, slots=True)
class _Template:
    page: Bytes
    rows: NDArray[np.intp]  # where hexadecimal digits of codes go
    texts: NDArray[np.intp]  # where signs of serials go


def _contents(serials: Bytes, printed: Print, form: qr.Form, face: Face) -> Iterator[bytes]:
    """The content of every page, compressed."""
    whole = len(serials) // printed.grid.per_page
    at = whole * printed.grid.per_page
    for part, pages in ((serials[:at], whole), (serials[at:], 1)):
        if not len(part):
            continue
        template = _template(len(part) // pages, printed, form, face)
        drawn = np.repeat(template.page[None], pages, axis=0)
        drawn[:, template.rows] = _rows(part, printed, form).reshape(pages, -1)
        drawn[:, template.texts] = part.reshape(pages, -1)
        for page in drawn:
            yield zlib.compress(page.tobytes(), 1)


def _rows(serials: Bytes, printed: Print, form: qr.Form) -> Bytes:
    """Rows of codes in hexadecimal digits: (stamps, rows, digits)."""
    before = np.frombuffer(printed.address.encode("ascii"), np.uint8)
    texts = np.concatenate([np.tile(before, (len(serials), 1)), serials], axis=1)
    return _HEX[np.packbits(qr.modules(texts, form), axis=2)].reshape(len(serials), form.size, -1)


def _template(count: int, printed: Print, form: qr.Form, face: Face) -> _Template:
    """A page of so many stamps with a hole, of zero bytes, for everything that differs."""
    grid, module = printed.grid, printed.grid.module * _MM
    row = b"<" + b"\0" * (2 * -(-form.size // 8)) + b">'\n"
    serial = b"[(" + b"\1" * _GROUP + b")-%d(" % _GAP + b"\1" * _GROUP + b")]TJ\n"
    width = face.width("0" * 2 * _GROUP, SIZE) + _GAP / 1000 * SIZE
    codes = [b"/Q %.4f Tf %.4f TL\n" % (module, module)]
    words, labels = [b"/A %.1f Tf\n" % SIZE], []
    for n in range(count):
        x, y = _corner(grid, n)
        middle, under = x + grid.across * _MM / 2, y - (form.size + 2 * QUIET) * module
        codes.append(
            b"1 0 0 1 %.3f %.3f Tm\n" % (middle - form.size * module / 2, y - QUIET * module)
        )
        codes += [row] * form.size
        for line in range(SERIAL_LINES):
            low = under - _baseline(len(printed.words) + line)
            words.append(b"1 0 0 1 %.3f %.3f Tm\n" % (middle - width / 2, low) + serial)
        labels.append(b"q 1 0 0 1 %.3f %.3f cm /L Do Q\n" % (middle, under))
    parts = [b"BT\n", *codes, b"ET\nBT\n", *words, b"ET\n", *labels, b"/M Do\n"]
    page = np.frombuffer(b"".join(parts), np.uint8)
    return _Template(page, np.flatnonzero(page == 0), np.flatnonzero(page == 1))


def _baseline(line: int) -> float:
    """How far below the code a line of words stands, in points."""
    return (line + 0.7) * LINE * _MM


def _corner(grid: Grid, n: int) -> tuple[float, float]:
    """The upper left corner of the place of stamp n, in points from below."""
    row, column = divmod(n, grid.columns)
    return (
        (grid.left + column * grid.across) * _MM,
        (grid.height - grid.top - row * grid.down) * _MM,
    )


def _page(pdf: "_Pdf", grid: Grid, content: bytes, shared: bytes) -> int:
    stream = pdf.stream(b"/Filter /FlateDecode", content)
    box = b"[0 0 %.2f %.2f]" % (grid.width * _MM, grid.height * _MM)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %b /Resources %b /Contents %d 0 R >>"
    return pdf.put(page % (box, shared, stream))


# What all pages share


def _shared(pdf: "_Pdf", printed: Print, face: Face) -> bytes:
    """The resources of every page: fonts, words under a code (/L), cutting marks and foot (/M)."""
    modules = _module_font(pdf)
    embedded, composite = _embed(pdf, face)
    fonts = b"/Font << /Q %d 0 R /A %d 0 R /B %d 0 R >>" % (modules, embedded, composite)
    words = []
    for n, line in enumerate(printed.words):
        x = -face.width(line, SIZE) / 2
        told = (SIZE, x, -_baseline(n), face.glyphs(line))
        words.append(b"BT /B %.1f Tf 1 0 0 1 %.3f %.3f Tm <%b> Tj ET\n" % told)
    marks = [b"0.25 w 0.6 G\n", *_cuts(printed.grid)] if printed.grid.marks else []
    if printed.foot:
        foot = b"BT 0 g /B 7 Tf 1 0 0 1 %.2f %.2f Tm <%b> Tj ET\n"
        at = (max(printed.grid.left, _MARGIN) * _MM, 3 * _MM, face.glyphs(printed.foot))
        marks.append(foot % at)
    box = b"/BBox [%.2f %.2f %.2f %.2f]"
    grid = printed.grid
    half, depth = grid.across * _MM / 2, grid.down * _MM
    inner = b"/Type /XObject /Subtype /Form %b /Resources << %b >>"
    label = pdf.stream(inner % (box % (-half, -depth, half, 0), fonts), b"".join(words))
    sheet = (0, 0, grid.width * _MM, grid.height * _MM)
    around = pdf.stream(inner % (box % sheet, fonts), b"".join(marks))
    return b"<< %b /XObject << /L %d 0 R /M %d 0 R >> >>" % (fonts, label, around)


def _cuts(grid: Grid) -> Iterator[bytes]:
    """Short lines in the margins, where the knife goes."""
    left, top = grid.left * _MM, (grid.height - grid.top) * _MM
    right = left + grid.columns * grid.across * _MM
    bottom = top - grid.rows * grid.down * _MM
    for n in range(grid.columns + 1):
        x = left + n * grid.across * _MM
        yield b"%.2f %.2f m %.2f %.2f l S\n" % (x, top + 3, x, top + 12)
        yield b"%.2f %.2f m %.2f %.2f l S\n" % (x, bottom - 3, x, bottom - 12)
    for n in range(grid.rows + 1):
        y = top - n * grid.down * _MM
        yield b"%.2f %.2f m %.2f %.2f l S\n" % (left - 12, y, left - 3, y)
        yield b"%.2f %.2f m %.2f %.2f l S\n" % (right + 3, y, right + 12, y)


def _module_font(pdf: "_Pdf") -> int:
    """256 glyphs, eight modules wide and one high."""
    glyphs = []
    for byte in range(256):
        drawn = [b"8 0 0 0 8 1 d1"]
        bits = f"{byte:08b}"
        start = 0
        while (start := bits.find("1", start)) >= 0:
            end = bits.find("0", start) if "0" in bits[start:] else 8
            wide = end - start + _BLEED
            drawn.append(b"%d 0 %.2f %.2f re" % (start, wide, 1 + _BLEED))
            start = end
        glyphs.append(pdf.stream(b"", b" ".join(drawn) + (b" f" if byte else b"")))
    names = b" ".join(b"/g%d" % n for n in range(256))
    procedures = b" ".join(b"/g%d %d 0 R" % (n, glyph) for n, glyph in enumerate(glyphs))
    return pdf.put(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 8.1 1.1] /FontMatrix [1 0 0 1 0 0] "
        b"/FirstChar 0 /LastChar 255 /Widths [%b] /Resources << >> "
        b"/Encoding << /Type /Encoding /Differences [0 %b] >> /CharProcs << %b >> >>"
        % (b" ".join([b"8"] * 256), names, procedures)
    )


def _embed(pdf: "_Pdf", face: Face) -> tuple[int, int]:
    """The typeface once, as a font of single bytes (ASCII) and one of glyph numbers (any words)."""
    lengths = b"/Filter /FlateDecode /Length1 %d" % len(face.file)
    file = pdf.stream(lengths, zlib.compress(face.file, 9))
    descriptor = b"<< /Type /FontDescriptor /FontName /%b /Flags 32 %b /FontFile2 %d 0 R >>"
    described = pdf.put(descriptor % (face.name, face.described, file))
    ascii_widths = b" ".join(b"%d" % face.advance(chr(n)) for n in range(32, 127))
    single = pdf.put(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%b /FirstChar 32 /LastChar 126 /Widths [%b] "
        b"/Encoding /WinAnsiEncoding /FontDescriptor %d 0 R >>"
        % (face.name, ascii_widths, described)
    )
    unicode = pdf.stream(b"", face.to_unicode)
    inner = pdf.put(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b /CIDToGIDMap /Identity /W [0 [%b]] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor %d 0 R >>"
        % (face.name, b" ".join(b"%d" % each for each in face.advances), described)
    )
    many = pdf.put(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (face.name, inner, unicode)
    )
    return single, many


class _Pdf:
    """Objects of a file in the order they are written; 1 is its root, 2 the list of its pages."""

    def __init__(self, out: IO[bytes]) -> None:
        # Eight bytes an object: a roll of a million labels has two million of them.
        self._out, self._offsets, self._length = out, array("Q", (0, 0)), 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def put(self, body: bytes) -> int:
        """Write an object; its number."""
        self._offsets.append(self._length)
        number = len(self._offsets)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(self, facts: bytes, body: bytes) -> int:
        """Write an object that is a stream."""
        told = b"<< %b /Length %d >>\nstream\n%b\nendstream"
        return self.put(told % (facts, len(body), body))

    def close(self, pages: "array[int]") -> None:
        """Write the root, the list of pages and where everything is."""
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        for number, body in (
            (1, b"<< /Type /Catalog /Pages 2 0 R >>"),
            (2, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids)),
        ):
            self._offsets[number - 1] = self._length
            self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        start, count = self._length, len(self._offsets) + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for at in range(0, len(self._offsets), _LINES):
            some = self._offsets[at : at + _LINES]
            self._write(b"".join(b"%010d 00000 n \n" % offset for offset in some))
        self._write(
            b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
        )

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._length += len(data)
