"""Letters to communes about stars that end, in the form of Decree 30/2020/NĐ-CP.

The letters are official papers: Vietnamese whatever language the reader's screen has.
"""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import IO, Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ocop.core import folding
from ocop.core.numbers import write_date
from ocop.places.letterhead import Letterhead
from ocop.recognition.expiry import CommuneExpiry, Expiring
from ocop.recognition.expiry_list import ADVICE, DEMONSTRATION_MARK, place_name, rank_words
from ocop.recognition.validity import State, last_extension_day

_FONT = "Times New Roman"  # Annex I of the decree
_BODY, _SMALL = Pt(14), Pt(13)
_WIDTHS = (11, 45, 40, 19, 24, 26)  # millimetres: 165 lie between the margins
_HEADINGS = ("STT", "Sản phẩm", "Chủ thể", "Hạng", "Hết hạn", "Nộp hồ sơ đánh giá lại")


def write_letters(
    into: IO[bytes], communes: Sequence[CommuneExpiry], head: Letterhead, *, on: date
) -> None:
    """One document with a letter per commune, each on a page of its own, dated `on`."""
    paper = _blank()
    for number, commune in enumerate(communes):
        if number:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _letter(paper, commune, head, on)
    paper.save(into)


def write_letters_apart(
    into: IO[bytes], communes: Sequence[CommuneExpiry], head: Letterhead, *, on: date
) -> None:
    """A ZIP of one document per commune, named by the commune."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, commune in enumerate(communes, start=1):
            content = BytesIO()
            write_letters(content, [commune], head, on=on)
            name = "-".join(folding.tokens(place_name(commune.unit)))
            packed.writestr(f"{number:03d}-{name}.docx", content.getvalue())


def _blank() -> Any:
    """An A4 page with the margins and the typeface of the decree."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, _BODY
    # Word takes the typeface of Vietnamese letters from the East Asian entry, too.
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    return paper


def _letter(paper: Any, commune: CommuneExpiry, head: Letterhead, on: date) -> None:
    if commune.demonstration:
        _line(paper, DEMONSTRATION_MARK, bold=True, size=_SMALL, align="center")
    _head(paper, head, on)
    place = place_name(commune.unit)
    _line(paper, f"Kính gửi: Ủy ban nhân dân {_in_sentence(place)}", align="center", before=14)
    count = len(commune.rows)
    _body(
        paper,
        "Thực hiện Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ, "
        f"{head.office} thông báo: trên địa bàn {_in_sentence(place)} có "
        f"{count} sản phẩm OCOP hết hạn hoặc sắp hết hạn công nhận hạng sao như sau:",
        before=12,
    )
    _table(paper, commune.rows)
    for text in _requests(commune.rows):
        _body(paper, text)
    _body(paper, f"Trân trọng đề nghị Ủy ban nhân dân {_in_sentence(place)} quan tâm thực hiện./.")
    _foot(paper, head)


def _head(paper: Any, head: Letterhead, on: date) -> None:
    left, right = _two_columns(paper, 70, 95)
    if head.parent:
        _fill(left, head.parent.upper(), size=_SMALL)
    _fill(left, head.office.upper(), bold=True, size=_SMALL)
    _rule(left, 22)
    _fill(left, f"Số:        /{head.symbol}", size=_SMALL)
    _fill(left, "V/v sản phẩm OCOP hết hạn, sắp hết hạn công nhận hạng sao", size=Pt(12))
    _fill(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=_SMALL)
    _fill(right, "Độc lập - Tự do - Hạnh phúc", bold=True)
    _rule(right, 58)
    where = f"{head.place}, " if head.place else ""
    # The decree writes a zero before days below ten and before January and February.
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    dated = _fill(right, f"{where}ngày {on.day:02d} tháng {month} năm {on.year}")
    dated.runs[0].italic = True


def _requests(rows: Sequence[Expiring]) -> list[str]:
    """What the commune is asked to do, by the states that occur in its table."""
    states = {row.state for row in rows}
    asked = [
        "hướng dẫn chủ thể lập hồ sơ đánh giá lại và nộp trong thời gian từ 180 đến 120 ngày trước "
        "ngày hết hạn, ghi ở cột cuối của bảng trên; hồ sơ nộp bản giấy hoặc trên phần mềm có giá "
        "trị như nhau."
    ]
    if states & {State.WINDOW_MISSED, State.EXTENSION_UNCONFIRMED}:
        asked.append(
            "đối với sản phẩm đã quá hạn nộp hồ sơ: đề nghị chủ thể nộp hồ sơ ngay và báo cáo lý "
            "do. Việc kéo dài theo khoản 3 Điều 12 Quyết định số 26/2026/QĐ-TTg chỉ có hiệu lực "
            "khi được xác nhận bằng văn bản và không quá 180 ngày kể từ ngày hết hạn."
        )
    if states & {State.EXTENDED}:
        last = max(last_extension_day(row.expires_on) for row in rows)
        asked.append(
            "đối với sản phẩm đang được kéo dài: hoàn thành đánh giá lại trước ngày kéo dài cuối "
            f"cùng, chậm nhất là ngày {write_date(last)}; chủ thể chịu trách nhiệm về sản phẩm."
        )
    if states & {State.EXPIRED, State.EXTENSION_UNCONFIRMED}:
        asked.append(
            "thông báo để chủ thể không sử dụng hạng sao đã hết hạn trên nhãn, biển hiệu và trang "
            "thông tin cho đến khi được công nhận lại."
        )
    return [f"{number}. Đề nghị {text}" for number, text in enumerate(asked, start=1)]


def _table(paper: Any, rows: Sequence[Expiring]) -> None:
    table = paper.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    head = table.rows[0]
    marker = head._tr.get_or_add_trPr()
    marker.append(marker.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for cell, text in zip(head.cells, _HEADINGS, strict=True):
        _fill(cell, text, bold=True, size=Pt(12))
    for number, row in enumerate(rows, start=1):
        product = row.recognition.product
        line = table.add_row()
        line._tr.get_or_add_trPr().append(line._tr.makeelement(qn("w:cantSplit"), {}))
        values = (
            str(number),
            product.name,
            product.producer.name,
            rank_words(row),
            write_date(row.expires_on),
            f"{write_date(row.window.start)} – {write_date(row.file_until)}\n{ADVICE[row.state]}",
        )
        for place, (cell, text) in enumerate(zip(line.cells, values, strict=True)):
            _fill(cell, text, size=Pt(12), align="left" if place in (1, 2) else "center")
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    _line(paper, "", size=Pt(6))


def _foot(paper: Any, head: Letterhead) -> None:
    left, right = _two_columns(paper, 80, 85)
    title = _fill(left, "Nơi nhận:", bold=True, size=Pt(12), align="left")
    title.runs[0].italic = True
    for receiver in ("- Như trên;", f"- Lưu: VT, {head.symbol}."):
        _fill(left, receiver, size=Pt(11), align="left")
    _fill(right, head.signer.upper(), bold=True)
    for _line_to_sign in range(4):
        _fill(right, "")


def _two_columns(paper: Any, left: int, right: int) -> tuple[Any, Any]:
    """Two cells beside each other without borders; widths in millimetres."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    cells[0].width, cells[1].width = Mm(left), Mm(right)
    return cells[0], cells[1]


def _fill(
    cell: Any, text: str, *, bold: bool = False, size: Pt = _BODY, align: str = "center"
) -> Any:
    """Add a paragraph to a cell; its first, empty one is used up before."""
    first = cell.paragraphs[0]
    unused = len(cell.paragraphs) == 1 and not first.runs
    paragraph = first if unused else cell.add_paragraph()
    return _set(paragraph, text, bold, size, align)


def _rule(cell: Any, width: int) -> None:
    """The line under a head: a third to a half as wide as the words above it (millimetres)."""
    paragraph = cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_after = Pt(6)
    full = 66 if width < 40 else 91
    side = Mm((full - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders = paragraph._p.get_or_add_pPr().makeelement(qn("w:pBdr"), {})
    kind = {qn("w:val"): "single", qn("w:sz"): "6", qn("w:space"): "1", qn("w:color"): "000000"}
    borders.append(borders.makeelement(qn("w:bottom"), kind))
    paragraph._p.get_or_add_pPr().append(borders)


def _line(
    paper: Any,
    text: str,
    *,
    bold: bool = False,
    size: Pt = _BODY,
    align: str = "left",
    before: int = 0,
) -> None:
    paragraph = _set(paper.add_paragraph(), text, bold, size, align)
    paragraph.paragraph_format.space_before = Pt(before)


def _body(paper: Any, text: str, *, before: int = 6) -> None:
    """A paragraph of the text: justified, first line set in by 10 mm."""
    paragraph = _set(paper.add_paragraph(), text, False, _BODY, "justify")
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(6)


def _set(paragraph: Any, text: str, bold: bool, size: Pt, align: str) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, size
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    return paragraph


def _in_sentence(name: str) -> str:
    """A unit inside a sentence: xã Đức Trọng."""
    return name[:1].lower() + name[1:]
