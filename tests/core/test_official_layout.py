"""The layout of official papers after Annex I of Decree 30/2020/NĐ-CP, as print and as document."""

from collections.abc import Sequence
from ctypes import create_string_buffer
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdfium2 import raw

from ocop.core.official import printing, word
from ocop.core.official.paper import Block, Facts, Grid, Official, Signature, Text, headed

SIGNED = "CHỦ TỊCH"
LETTERS = "ẫ ẩ ậ ẵ ặ ễ ể ệ ỗ ổ ộ ỡ ở ợ ữ ử ự ỹ ỷ ỵ Ẫ Ộ Ử Ễ Ặ Đ Ơ Ư"
POINTS_OF_MM = 72 / 25.4


def paper(blocks: Sequence[Block], **more: object) -> Official:
    more = {"signatures": [Signature("Chủ tịch", "Người ký")], **more}
    return Official(title="BÁO CÁO", subtitle="Kết quả", number="Số: 1", blocks=blocks, **more)


def rows(count: int) -> Grid:
    found = [(str(n), f"dòng {n}") for n in range(1, count + 1)]
    return Grid(("STT", "Nội dung"), found, (1, 9), centred=(0,))


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def typefaces(pdf: bytes) -> dict[str, bool]:
    """The typefaces of a print, and whether each of them is in the file."""
    found = {}
    for page in pypdfium2.PdfDocument(pdf):
        for part in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            face = raw.FPDFTextObj_GetFont(part.raw)
            name = create_string_buffer(100)
            raw.FPDFFont_GetBaseFontName(face, name, 100)
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(face))
    return found


def test_print_is_set_in_letters_as_wide_as_the_decrees_and_brings_them_along() -> None:
    told = [Text("Phần", "heading"), Text(LETTERS), Text(LETTERS, "note"), rows(3)]
    printed = printing.pdf(paper(told, marks=["DỮ LIỆU MẪU"], recipients=["- Lưu."]))
    assert all(letter in "".join(pages(printed)) for letter in LETTERS.split())
    found = typefaces(printed)
    assert all("TeXGyreTermes" in name and kept for name, kept in found.items()), found


def test_no_line_of_a_head_ends_within_a_word_of_two_syllables() -> None:
    """As an office writes its name: no line ends between "XÂY" and "DỰNG"."""
    issuer = "Văn phòng Điều phối Chương trình xây dựng nông thôn mới"
    about = "V/v kết quả đánh giá, phân hạng sản phẩm OCOP"
    printed = printing.pdf(paper([Text("Nội dung.")], issuer=issuer, about=about))
    lines = [line.strip() for line in pages(printed)[0].splitlines()]
    assert "NÔNG THÔN MỚI" in lines
    for first in ("XÂY", "ĐIỀU", "CHƯƠNG", "NÔNG", "đánh", "phân", "sản", "kết"):
        assert not [line for line in lines if line.split()[-1:] == [first]], lines


def test_print_keeps_the_margins_of_the_decree() -> None:
    for landscape, right in ((False, 15), (True, 20)):
        long = Text("Nội dung của văn bản được trình bày từ lề trái sang lề phải. " * 40)
        printed = printing.pdf(paper([long, rows(30)], landscape=landscape))
        for page in pypdfium2.PdfDocument(printed):
            width, height = page.get_size()
            sides = (210, 297)[::-1] if landscape else (210, 297)
            assert (width, height) == pytest.approx([s * POINTS_OF_MM for s in sides], abs=1)
            lines = page.get_textpage()
            places = range(lines.count_chars())
            boxes = [lines.get_charbox(n) for n in places if lines.get_text_range(n, 1).strip()]
            assert min(box[0] for box in boxes) >= 30 * POINTS_OF_MM - 2
            assert max(box[2] for box in boxes) <= width - right * POINTS_OF_MM + 2


@pytest.mark.parametrize("count", range(18, 50, 2))
def test_signatures_stand_below_the_last_rows_of_a_table(count: int) -> None:
    *_before, last = pages(printing.pdf(paper([rows(count)])))
    assert SIGNED in last
    assert f"dòng {count}" in last
    assert f"dòng {count - 1}" in last
    assert "Nội dung" in last  # the headings, on whatever page the rows are
    whole = "".join(_before) + last
    assert whole.count("Nội dung") == len(_before) + 1


@pytest.mark.parametrize("count", range(24, 44, 2))
@pytest.mark.parametrize("kind", ["text", "facts"])
def test_signatures_stand_below_the_last_lines_of_a_text(count: int, kind: str) -> None:
    blocks: list[Block] = [Text(f"đoạn {n}.") for n in range(1, count + 1)]
    if kind == "facts":
        blocks = [Facts([(f"Mục {n}", f"đoạn {n}.") for n in range(1, count + 1)])]
    last = pages(printing.pdf(paper(blocks)))[-1]
    assert SIGNED in last
    assert f"đoạn {count}." in last
    assert f"đoạn {count - 1}." in last


@pytest.mark.parametrize("count", range(26, 44))
def test_a_heading_stands_above_its_text(count: int) -> None:
    blocks = [Text(f"đoạn {n}.") for n in range(count)]
    told = pages(printing.pdf(paper([*blocks, Text("Phần cuối", "heading"), rows(5)])))
    (page,) = [page for page in told if "Phần cuối" in page]
    assert "dòng 1" in page


@pytest.mark.parametrize("count", range(24, 36))
def test_the_head_of_a_section_stays_with_its_rows(count: int) -> None:
    table = rows(count)
    lines = [*table.rows, ("B", "Phần hai"), *[(str(n), f"tiếp {n}") for n in range(30)]]
    told = pages(printing.pdf(paper([Grid(table.headings, lines, (1, 9), strong=(count,))])))
    (page,) = [page for page in told if "Phần hai" in page]
    assert "tiếp 0" in page


def test_the_first_page_bears_no_number() -> None:
    told = [page.split() for page in pages(printing.pdf(paper([Text("x " * 3000)])))]
    assert "1" not in told[0][:1]
    assert told[1][0] == "2"


def test_a_peoples_committee_is_named_over_two_lines() -> None:
    assert headed("Ủy ban nhân dân xã Sóc Sơn") == ("Ủy ban nhân dân", "xã Sóc Sơn")
    assert headed("Hội đồng đánh giá") == ("Hội đồng đánh giá",)
    assert headed("") == ()


@pytest.mark.parametrize(("landscape", "width"), [(False, 165), (True, 247)])
def test_tables_of_a_document_are_as_wide_as_its_page(landscape: bool, width: int) -> None:
    written = word.docx(paper([rows(3)], landscape=landscape))
    document = Document(BytesIO(written))
    section = document.sections[0]
    between = section.page_width - section.left_margin - section.right_margin
    assert between == pytest.approx(Mm(width), abs=Mm(1))
    head, table, foot = document.tables
    for each in (head, table, foot):
        cells = sum(cell.width for cell in each.rows[0].cells)
        assert cells == pytest.approx(between, abs=Mm(1))
        assert sum(column.width for column in each.columns) == pytest.approx(between, abs=Mm(1))


def test_tables_fill_the_page_of_the_offices_own_frame() -> None:
    own = Document(BytesIO(word.default_frame()))
    own.sections[0].left_margin = Mm(35)
    into = BytesIO()
    own.save(into)
    table = Document(BytesIO(word.docx(paper([rows(3)]), into.getvalue()))).tables[1]
    assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(Mm(160), abs=Mm(1))


def test_a_document_keeps_signatures_with_the_last_rows_and_lines() -> None:
    document = Document(BytesIO(word.docx(paper([Text("Trước"), rows(9)]))))
    table, foot = document.tables[1:]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept[0]  # the headings with the first row
    assert not any(kept[1:-2])
    assert kept[-2:] == [True, True]
    assert foot._tbl.getprevious().pPr.keepNext is not None  # the line between them, too
    assert foot.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    lines = Document(BytesIO(word.docx(paper([Text("a"), Text("b"), Text("c")])))).paragraphs
    found = {p.text: p.paragraph_format.keep_with_next for p in lines if len(p.text) == 1}
    assert found == {"a": False, "b": True, "c": True}


def test_a_short_table_in_a_document_is_not_torn() -> None:
    document = Document(BytesIO(word.docx(paper([rows(5), Text("Sau")]))))
    found = [row.cells[0].paragraphs[0].paragraph_format for row in document.tables[1].rows]
    assert [form.keep_with_next for form in found] == [True] * 5 + [None]


def test_a_document_numbers_its_pages_but_the_first() -> None:
    section = Document(BytesIO(word.docx(paper([Text("x")], marks=["DẤU"])))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.first_page_header.paragraphs[0].text == "DẤU"


def test_a_document_has_no_empty_lines_for_what_is_not_said() -> None:
    document = Document(BytesIO(word.docx(paper([Text("x")], issuer="Ủy ban nhân dân xã Lạc"))))
    head = document.tables[0]
    assert head.cell(0, 0).paragraphs[0].text == "ỦY BAN NHÂN DÂN\nXÃ LẠC"
    assert [p.text for p in head.cell(1, 0).paragraphs] == ["Số: 1"]
    assert "Mẫu số" not in document.element.xml


def test_for_whom_and_instead_of_whom_is_signed_stands_above_the_office() -> None:
    who = Signature("Phó Chủ tịch", "Người ký", authority=["TM. Ủy ban nhân dân", "KT. Chủ tịch"])
    told = paper([Text("x")], signatures=[who])
    wanted = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Ký, ghi rõ họ tên)"]
    printed = pages(printing.pdf(told))[0]
    places = [printed.index(words) for words in (*wanted, "Người ký")]
    assert places == sorted(places)
    cell = Document(BytesIO(word.docx(told))).tables[-1].cell(0, 1)
    assert [p.text for p in cell.paragraphs if p.text] == [*wanted, "Người ký"]
