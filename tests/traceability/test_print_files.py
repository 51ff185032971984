"""Files of stamps: every code decodes, lists are exact, hidden codes open with the password alone,
and memory does not grow."""

import csv
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from typing import IO, Any

import pypdfium2
import pytest
import pyzipper
import zxingcpp
from PIL import Image

from ocop.traceability import hidden, print_files, print_layouts
from ocop.traceability.intervals import Span
from ocop.traceability.print_files import Job
from ocop.traceability.serials import Key, Stamp, written

KEY = Key(3, bytes(range(32)))
SECRET = bytes(range(32, 64))
ADDRESS = "HTTPS://ID.OCOP.VN/01/09520000024765/21/"
#: The order begins at 1000; places 1–5 and 11–14 are printed.
JOB = Job(KEY, (Span(1000, 5), Span(1010, 4)), 1000, ADDRESS, "M")
PLACES = [1, 2, 3, 4, 5, 11, 12, 13, 14]
SERIALS = [written(KEY, 999 + place) for place in PLACES]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WORDS = ("Bánh gai Tứ Trụ", "Quét: ai làm, mấy sao")


def silent(_done: int) -> None:
    """Nobody asks how far it is."""


def decoded(picture: Any) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return [each.text for each in found]


@pytest.mark.parametrize(
    ("level", "module", "address"),
    [
        ("M", 0.4, ADDRESS),
        ("Q", 0.4, ADDRESS),
        ("Q", 0.6, ADDRESS),
        ("M", 0.4, "HTTPS://LOCALHOST:8000/S/"),
        ("Q", 0.5, "HTTPS://TRUYXUAT.OCOP.HANOI.GOV.VN/01/09520000024765/21/"),
    ],
)
def test_every_code_of_a_sheet_decodes_at_the_resolution_of_a_label_printer(
    level: Any, module: float, address: str
) -> None:
    job = Job(KEY, (Span(0, 90),), 0, address, level)
    grid = print_layouts.sheet(print_layouts.Layout(module=module, words=WORDS), address, level)
    out = BytesIO()
    pages = print_files.pdf(out, job, grid, WORDS, "CHÂN TRANG", silent)
    document = pypdfium2.PdfDocument(out.getvalue())
    assert len(document) == pages == -(-90 // grid.per_page)
    texts = [t for page in document for t in decoded(page.render(scale=203 / 72).to_pil())]
    assert sorted(texts) == sorted(address + written(KEY, n) for n in range(90))


def test_every_label_of_a_roll_decodes() -> None:
    grid = print_layouts.label(print_layouts.Layout(words=WORDS), ADDRESS, "M")
    out = BytesIO()
    print_files.pdf(out, JOB, grid, WORDS, "DỮ LIỆU MẪU", silent)
    pages = [decoded(p.render(scale=203 / 72).to_pil()) for p in pypdfium2.PdfDocument(out)]
    assert pages == [[ADDRESS + serial] for serial in SERIALS]


def test_words_that_are_too_long_are_cut_and_strange_signs_left_out() -> None:
    grid = print_layouts.sheet(print_layouts.Layout(words=WORDS), ADDRESS, "M")
    long = "Bánh gai Tứ Trụ thượng hạng của làng nghề nghìn năm 漢字"
    out = BytesIO()
    print_files.pdf(out, JOB, grid, (long, ""), "漢" + "dài " * 200, silent)
    text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "Bánh gai Tứ Trụ" in text
    assert "…" in text
    assert "nghìn năm" not in text
    assert "漢" not in text


def test_words_go_on_in_the_next_line_while_there_is_room() -> None:
    name = "Ca cao bột hảo hạng Giảng Võ"
    for down, expected in ((27.5, "Ca cao bột hảo hạng Giảng\nVõ\n"), (23.0, "…")):
        layout = print_layouts.Layout(words=(name, WORDS[1]), down=down)
        grid = print_layouts.sheet(layout, ADDRESS, "M")
        out = BytesIO()
        print_files.pdf(out, JOB, grid, layout.words, "", silent)
        text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
        assert expected in text.replace("\r\n", "\n")


def test_list_for_a_print_house() -> None:
    out = BytesIO()
    print_files.csv(out, JOB, silent)
    rows = list(csv.DictReader(StringIO(out.getvalue().decode("ascii"))))
    assert rows == [
        {"stt": str(place), "so_seri": serial, "dia_chi": ADDRESS + serial}
        for place, serial in zip(PLACES, SERIALS, strict=True)
    ]


@pytest.mark.parametrize("module", [0.4, 0.5])
def test_singles_as_png_decode_and_know_their_size(module: float) -> None:
    out = BytesIO()
    print_files.pngs(out, JOB, module, silent)
    bundle = zipfile.ZipFile(out)
    names = [f"{place:07d}-{serial}.png" for place, serial in zip(PLACES, SERIALS, strict=True)]
    assert bundle.namelist() == names
    for name, serial in zip(names, SERIALS, strict=True):
        picture = Image.open(BytesIO(bundle.read(name)))
        assert decoded(picture.convert("L")) == [ADDRESS + serial]
        millimetres = picture.width / picture.info["dpi"][0] * 25.4
        assert millimetres == pytest.approx((29 + 8) * module, rel=0.002)


def test_singles_as_svg_hold_the_same_modules_as_the_picture() -> None:
    svgs, pngs = BytesIO(), BytesIO()
    print_files.svgs(svgs, JOB, 0.4, silent)
    print_files.pngs(pngs, JOB, 0.4, silent)
    vector, picture = zipfile.ZipFile(svgs), zipfile.ZipFile(pngs)
    for one, other in zip(vector.namelist(), picture.namelist(), strict=True):
        text = vector.read(one).decode()
        assert 'width="14.8mm"' in text
        dark = _modules(text)
        shown = Image.open(BytesIO(picture.read(other))).convert("L")
        for row in range(37):
            for column in range(37):
                black = shown.getpixel((column * 10 + 5, row * 10 + 5)) == 0
                assert black == ((column, row) in dark)


def _modules(svg: str) -> set[tuple[int, int]]:
    bars = svg.split('d="')[2].split('"')[0].split("z")[:-1]
    found = set()
    for bar in bars:
        start, _h, rest = bar[1:].partition("h")
        column, row = map(int, start.split())
        found |= {(column + n, row) for n in range(int(rest.split("v")[0]))}
    return found


def test_hidden_codes_open_with_the_password_in_another_program() -> None:
    out = BytesIO()
    word = print_files.password(SECRET, "tep00001")
    print_files.hidden_codes(out, JOB, SECRET, word, AT, silent)
    with pyzipper.AESZipFile(out) as bundle:
        (member,) = bundle.infolist()
        assert member.wz_aes_strength == 3  # AES-256
        bundle.setpassword(word.encode())
        rows = list(csv.DictReader(StringIO(bundle.read("ma-an.csv").decode("ascii"))))
    assert [(row["stt"], row["so_seri"]) for row in rows] == [
        (str(place), serial) for place, serial in zip(PLACES, SERIALS, strict=True)
    ]
    for place, row in zip(PLACES, rows, strict=True):
        assert hidden.is_right(SECRET, Stamp(3, 999 + place), row["ma_an"])


def test_without_the_password_nothing_is_read() -> None:
    out = BytesIO()
    print_files.hidden_codes(out, JOB, SECRET, "ABCDE-FGHJK", AT, silent)
    assert SERIALS[0].encode() not in out.getvalue()
    for wrong in ("", "ABCDE-FGHJ0"):
        with pyzipper.AESZipFile(out) as bundle:
            bundle.setpassword(wrong.encode() or None)
            with pytest.raises(RuntimeError, match=r"[Pp]assword"):
                bundle.read("ma-an.csv")


def test_every_file_has_a_password_of_its_own() -> None:
    one = print_files.password(SECRET, "tep00001")
    assert one == print_files.password(SECRET, "tep00001")
    assert len({one, print_files.password(SECRET, "tep00002")}) == 2
    assert one != print_files.password(bytes(32), "tep00001")
    assert len(one.replace("-", "")) == 20
    assert set(one) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


def test_who_waits_hears_how_far_it_is() -> None:
    told: list[int] = []
    job = Job(KEY, (Span(0, 9_000), Span(10_000, 500)), 0, ADDRESS, "M")
    print_files.csv(BytesIO(), job, told.append)
    assert told == [4_000, 8_000, 9_000, 9_500]


def _sheet(into: IO[bytes], job: Job) -> None:
    grid = print_layouts.sheet(print_layouts.Layout(words=WORDS), ADDRESS, "M")
    print_files.pdf(into, job, grid, WORDS, "", silent)


def _hidden(into: IO[bytes], job: Job) -> None:
    print_files.hidden_codes(into, job, SECRET, "ABCDE", AT, silent)


@pytest.mark.whole
@pytest.mark.parametrize(
    "write", [_sheet, _hidden, lambda into, job: print_files.csv(into, job, silent)]
)
def test_memory_does_not_grow_with_the_run(write: Callable[[IO[bytes], Job], None]) -> None:
    peaks = []
    for count in (8_000, 8_000, 80_000):  # the first run fills caches
        job = Job(KEY, (Span(0, count),), 0, ADDRESS, "M")
        tracemalloc.start()
        with TemporaryFile() as into:
            write(into, job)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < 1_000_000
