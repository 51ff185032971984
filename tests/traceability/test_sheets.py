"""Sheets: every code of every page decodes as printed, at the resolution of a label printer."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from ocop.traceability.faces import face_for
from ocop.traceability.serials import Key, Reader, Stamp, serials, written
from ocop.traceability.sheets import ROLL, Grid, Print, write

KEY = Key(2, bytes(range(32)))
PRINT = Print(
    "HTTPS://ID.OCOP.VN/01/09520000024765/21/",
    ("Bánh gai (mẫu)", "quét: ai làm, mấy sao"),
    "DỮ LIỆU MẪU – KHÔNG DÁN LÊN HÀNG",
)
SMALL = replace(PRINT, grid=Grid(120, 100, 8, 10, 4, 3))
FACE = face_for("".join(PRINT.words) + PRINT.foot)
DPI = 203


def sheets(printed: Print, count: int, batch: int = 10) -> tuple[int, pypdfium2.PdfDocument]:
    out = BytesIO()
    batches = (serials(KEY, n, min(batch, count - n)) for n in range(0, count, batch))
    pages = write(out, printed, batches, FACE)
    return pages, pypdfium2.PdfDocument(out.getvalue())


def read(page: Any) -> list[str]:
    """The texts of all codes of a page, from above, line by line."""
    picture = page.render(scale=DPI / 72).to_pil()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    places = [(each.position.top_left.y // 20, each.position.top_left.x) for each in found]
    return [
        each.text for _place, each in sorted(zip(places, found, strict=True), key=lambda p: p[0])
    ]


@pytest.mark.whole
@pytest.mark.parametrize("level", ["M", "Q"])
@pytest.mark.parametrize("count", [1, 11, 12, 13, 24, 31])
def test_every_code_decodes_in_its_order(level: Any, count: int) -> None:
    grid = Grid(140, 120, 8, 10, 4, 3, across=28, down=32)
    pages, document = sheets(replace(PRINT, level=level, grid=grid), count)
    assert pages == len(document) == -(-count // 12)
    told = [text for page in document for text in read(page)]
    assert told == [PRINT.address + written(KEY, n) for n in range(count)]


def test_roll_has_one_label_a_page() -> None:
    pages, document = sheets(replace(PRINT, grid=ROLL), 3)
    assert pages == len(document) == 3
    assert [read(page) for page in document] == [
        [PRINT.address + written(KEY, n)] for n in range(3)
    ]
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 1)) == (30.0, 40.0)


def test_whole_a4_page_decodes() -> None:
    pages, document = sheets(PRINT, 80, batch=33)
    assert pages == 1
    reader = Reader([KEY])
    assert [reader.read(text[-20:]) for text in read(document[0])] == [
        Stamp(2, n) for n in range(80)
    ]


def test_words_and_serial_can_be_read_and_copied() -> None:
    _pages, document = sheets(SMALL, 2)
    text = document[0].get_textpage().get_text_range()
    serial = written(KEY, 0)
    for words in (*PRINT.words, PRINT.foot, f"{serial[:5]} {serial[5:10]}", serial[15:]):
        assert words in text


def test_codes_keep_their_quiet_zone() -> None:
    """Four modules on every side stay white (ISO/IEC 18004, 9.1)."""
    _pages, document = sheets(replace(SMALL, words=(), foot=""), 12)
    scale = 10  # pixels a millimetre
    picture = np.asarray(document[0].render(scale=scale * 25.4 / 72).to_pil().convert("L"))
    grid, module = SMALL.grid, SMALL.grid.module
    for n in range(12):
        row, column = divmod(n, 4)
        middle = grid.left + (column + 0.5) * grid.across
        left, top = middle - 29 * module / 2, grid.top + row * grid.down + 4 * module
        outer = picture[
            round((top - 4 * module) * scale) + 1 : round((top + 33 * module) * scale) - 1,
            round((left - 4 * module) * scale) + 1 : round((left + 33 * module) * scale) - 1,
        ].copy()
        inner = round(4 * module * scale) - 2
        outer[inner:-inner, inner:-inner] = 255
        assert outer.min() > 250


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"grid": Grid(across=14)}, "larger than its place"),
        ({"grid": Grid(down=20)}, "larger than its place"),
        ({"grid": Grid(columns=9)}, "larger than the page"),
        ({"grid": Grid(rows=11)}, "larger than the page"),
        ({"words": ("một dòng chữ dài hơn một con tem nhiều lần",)}, "wider than a stamp"),
        ({"address": "https://id.ocop.vn/"}, "alphanumeric"),
        ({"address": "H" * 140}, "does not fit"),
    ],
)
def test_what_cannot_be_printed_is_refused(change: dict[str, Any], words: str) -> None:
    printed = replace(PRINT, **change)
    with pytest.raises(ValueError, match=words):
        write(
            BytesIO(),
            printed,
            [serials(KEY, 0, 1)],
            face_for("".join(printed.words) + printed.foot),
        )


def test_no_stamps_are_no_pages() -> None:
    out = BytesIO()
    assert write(out, PRINT, [], FACE) == 0
