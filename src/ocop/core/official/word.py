"""Official papers as documents that an office can go on writing in.

The frame of a paper is a document itself, with marks where the content goes; an office may edit it
and keep its own (see `frames`).
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, cast

import jinja2
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from ocop.core.language import gettext as _
from ocop.core.official.paper import MOTTO, NATION, Facts, Grid, Official, Signature, Text
from ocop.core.refusals import Refused

FONT = "Times New Roman"  # Annex I of the decree
_BODY, _SMALL, _CELL = Pt(14), Pt(13), Pt(12)
#: The marks of a frame, and what stands in their place.
MARKS = {
    "mau_so": "số hiệu mẫu của văn bản pháp luật",
    "co_quan_chu_quan": "cơ quan chủ quản",
    "co_quan": "cơ quan ban hành",
    "so": "số, ký hiệu",
    "ve_viec": "về việc",
    "dia_danh_ngay": "địa danh, ngày tháng năm",
    "kinh_gui": "kính gửi",
    "tieu_de": "tên loại văn bản",
    "trich_yeu": "trích yếu",
    "noi_dung": "nội dung (đặt riêng một đoạn)",
    "chu_ky": "nơi nhận và chữ ký (đặt riêng một đoạn)",
    "dau": "dấu của dữ liệu mẫu",
}
_NEEDED = ("noi_dung", "chu_ky", "dau")
_CONTENT, _FOOT = "\u241enoi_dung\u241e", "\u241echu_ky\u241e"  # no text holds these signs


def docx(paper: Official, frame: bytes | None = None) -> bytes:
    """The paper in its frame, the office's own or ours."""
    template = DocxTemplate(BytesIO(frame or default_frame(landscape=paper.landscape)))
    template.render(
        {
            "mau_so": paper.form,
            "co_quan_chu_quan": paper.parent.upper(),
            "co_quan": paper.issuer.upper(),
            "so": paper.number,
            "ve_viec": paper.about,
            "dia_danh_ngay": paper.dated,
            "kinh_gui": f"Kính gửi: {paper.to}" if paper.to else "",
            "tieu_de": paper.title,
            "trich_yeu": paper.subtitle,
            "noi_dung": _CONTENT,
            "chu_ky": _FOOT,
            "dau": " · ".join(paper.marks),
        },
        jinja_env=SandboxedEnvironment(autoescape=True),
    )
    written = template.docx
    with _put(written, _CONTENT):
        for block in paper.blocks:
            _BLOCKS[type(block)](written, block)
    with _put(written, _FOOT):
        _foot(written, paper)
    into = BytesIO()
    template.save(into)
    return into.getvalue()


@contextmanager
def _put(written: Any, mark: str) -> Iterator[None]:
    """What is added to the document meanwhile goes where the paragraph with the mark stands."""
    place = next((p for p in written.paragraphs if mark in p.text), None)
    before = len(written.element.body)
    yield
    if place is None:
        return
    added = list(written.element.body)[before - 1 : -1]  # the last element holds the page's form
    for element in added:
        place._p.addprevious(element)
    place._p.getparent().remove(place._p)


def check_frame(content: bytes) -> None:
    """Refuse a document that cannot be a frame: no document, a mark unknown, missing or broken."""
    try:
        template = DocxTemplate(BytesIO(content))
        found = template.get_undeclared_template_variables(SandboxedEnvironment())
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, jinja2.TemplateError) as error:
        raise Refused(
            "frame_unreadable",
            _("Không đọc được mẫu này. Hãy tải mẫu hiện hành về, sửa trong Word rồi nạp lại."),
        ) from error
    if unknown := sorted(found - MARKS.keys()):
        raise Refused(
            "frame_mark_unknown",
            _("Mẫu có chỗ điền không có trong hệ thống: %s.") % ", ".join(unknown),
        )
    if missing := [mark for mark in _NEEDED if mark not in found]:
        raise Refused(
            "frame_mark_missing", _("Mẫu thiếu chỗ điền bắt buộc: %s.") % ", ".join(missing)
        )


def default_frame(*, landscape: bool = False) -> bytes:
    """Our frame: the head of the decree in two columns, and the marks."""
    paper = Document()
    section = paper.sections[0]
    width, height = Mm(210), Mm(297)
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(20 if landscape else 30), Mm(15)
    style = cast(Any, paper.styles["Normal"])
    style.font.name, style.font.size = FONT, _BODY
    # Word takes the typeface of Vietnamese letters from the East Asian entry, too.
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    _line(section.header.paragraphs[0], "{{ dau }}", bold=True, size=Pt(9))
    _line(paper.add_paragraph(), "{{ mau_so }}", size=_CELL, align="right")
    left, right = _columns(paper, (110, 140) if landscape else (70, 95))
    for text, bold, size in (
        ("{{ co_quan_chu_quan }}", False, _SMALL),
        ("{{ co_quan }}", True, _SMALL),
        ("{{ so }}", False, _SMALL),
        ("{{ ve_viec }}", False, _CELL),
    ):
        _line(left.add_paragraph(), text, bold=bold, size=size, align="center")
    _line(right.add_paragraph(), NATION, bold=True, size=_SMALL, align="center")
    _line(right.add_paragraph(), MOTTO, bold=True, align="center")
    _line(right.add_paragraph(), "{{ dia_danh_ngay }}", align="center", italic=True)
    for text, bold in (
        ("{{ kinh_gui }}", False),
        ("{{ tieu_de }}", True),
        ("{{ trich_yeu }}", True),
    ):
        _line(paper.add_paragraph(), text, bold=bold, align="center")
    paper.add_paragraph("{{ noi_dung }}")
    paper.add_paragraph("{{ chu_ky }}")
    into = BytesIO()
    paper.save(into)
    return into.getvalue()


def _text(into: Any, block: Text) -> None:
    paragraph = into.add_paragraph()
    heading = block.style == "heading"
    centred = block.style == "centre"
    _line(
        paragraph,
        block.text,
        bold=heading,
        italic=block.style == "note",
        align="center" if centred else "justify" if block.style == "body" else "left",
    )
    if block.style == "body":
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = heading


def _facts(into: Any, block: Facts) -> None:
    for label, value in block.rows:
        paragraph = into.add_paragraph()
        _line(paragraph, f"{label}: ")
        run = paragraph.add_run(value)
        run.bold, run.font.size = True, _BODY
        paragraph.paragraph_format.space_before = Pt(3)


def _grid(into: Any, block: Grid) -> None:
    table = into.add_table(rows=1, cols=len(block.headings))
    _borders(table)
    table.autofit = False
    head = table.rows[0]
    marker = head._tr.get_or_add_trPr()
    marker.append(marker.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for cell, text in zip(head.cells, block.headings, strict=True):
        _line(cell.paragraphs[0], text, bold=True, size=_CELL, align="center")
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            _line(
                cell.paragraphs[0],
                text,
                bold=number in block.strong,
                size=_CELL,
                align="right" if place in block.numbers else "left",
            )
    whole = sum(block.widths)
    for line in table.rows:
        for cell, width in zip(line.cells, block.widths, strict=True):
            cell.width = Mm(165 * width / whole)
    into.add_paragraph()


_BLOCKS: dict[type, Any] = {Text: _text, Facts: _facts, Grid: _grid}


def _foot(into: Any, paper: Official) -> None:
    columns = bool(paper.recipients) + len(paper.signatures)
    if not columns:
        return
    shown = max(columns, 2)
    table = into.add_table(rows=1, cols=shown)
    cells = list(table.rows[0].cells)
    if columns == 1 and paper.signatures:
        cells.pop(0)  # a single signature stands on the right
    if paper.recipients:
        first = cells.pop(0)
        _line(first.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=_CELL)
        for receiver in paper.recipients:
            _line(first.add_paragraph(), receiver, size=Pt(11))
    for cell, who in zip(cells, paper.signatures, strict=False):
        _signature(cell, who)


def _signature(cell: Any, who: Signature) -> None:
    _line(cell.paragraphs[0], who.office.upper(), bold=True, align="center")
    _line(cell.add_paragraph(), who.hint, italic=True, size=_CELL, align="center")
    for _room_to_sign in range(4):
        cell.add_paragraph()
    _line(cell.add_paragraph(), who.name, bold=True, align="center")


def _columns(paper: Any, widths: tuple[int, int]) -> tuple[Any, Any]:
    """Two cells beside each other without borders; widths in millimetres."""
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
        first = cell.paragraphs[0]._p
        first.getparent().remove(first)
    return cells[0], cells[1]


def _borders(table: Any) -> None:
    """Lines around every cell; named styles are not known in a part of a document."""
    properties = table._tbl.tblPr
    borders = properties.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = {qn("w:val"): "single", qn("w:sz"): "4", qn("w:space"): "0", qn("w:color"): "000000"}
        borders.append(borders.makeelement(qn(f"w:{side}"), kind))
    properties.append(borders)


def _line(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: Pt = _BODY,
    align: str = "left",
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, size
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
