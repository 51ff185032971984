"""Official papers as documents that an office can go on writing in.

The frame of a paper is a document itself, with marks where the content goes; an office may edit it
and keep its own (see `frames`).
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import jinja2
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from ocop.core.language import gettext as _
from ocop.core.official.paper import MOTTO, NATION, Facts, Grid, Official, Signature, Text
from ocop.core.official.writing import BODY, CELL, SMALL, WIDTH, columns, grid, line, page
from ocop.core.refusals import Refused

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
    paper = page(landscape=landscape)
    line(paper.sections[0].header.paragraphs[0], "{{ dau }}", bold=True, size=Pt(9))
    line(paper.add_paragraph(), "{{ mau_so }}", size=CELL, align="right")
    left, right = columns(paper, (110, 140) if landscape else (70, 95))
    for text, bold, size in (
        ("{{ co_quan_chu_quan }}", False, SMALL),
        ("{{ co_quan }}", True, SMALL),
        ("{{ so }}", False, SMALL),
        ("{{ ve_viec }}", False, CELL),
    ):
        line(left.add_paragraph(), text, bold=bold, size=size, align="center")
    line(right.add_paragraph(), NATION, bold=True, size=SMALL, align="center")
    line(right.add_paragraph(), MOTTO, bold=True, align="center")
    line(right.add_paragraph(), "{{ dia_danh_ngay }}", align="center", italic=True)
    for text, bold in (
        ("{{ kinh_gui }}", False),
        ("{{ tieu_de }}", True),
        ("{{ trich_yeu }}", True),
    ):
        line(paper.add_paragraph(), text, bold=bold, align="center")
    paper.add_paragraph("{{ noi_dung }}")
    paper.add_paragraph("{{ chu_ky }}")
    into = BytesIO()
    paper.save(into)
    return into.getvalue()


def _text(into: Any, block: Text) -> None:
    paragraph = into.add_paragraph()
    heading = block.style == "heading"
    centred = block.style == "centre"
    line(
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
        line(paragraph, f"{label}: ")
        run = paragraph.add_run(value)
        run.bold, run.font.size = True, BODY
        paragraph.paragraph_format.space_before = Pt(3)


def _grid(into: Any, block: Grid) -> None:
    whole = sum(block.widths)
    grid(
        into,
        block.headings,
        block.rows,
        [WIDTH * width / whole for width in block.widths],
        aligned=dict.fromkeys(block.numbers, "right"),
        strong=block.strong,
    )
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
        line(first.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=CELL)
        for receiver in paper.recipients:
            line(first.add_paragraph(), receiver, size=Pt(11))
    for cell, who in zip(cells, paper.signatures, strict=False):
        _signature(cell, who)


def _signature(cell: Any, who: Signature) -> None:
    line(cell.paragraphs[0], who.office.upper(), bold=True, align="center")
    line(cell.add_paragraph(), who.hint, italic=True, size=CELL, align="center")
    for _room_to_sign in range(4):
        cell.add_paragraph()
    line(cell.add_paragraph(), who.name, bold=True, align="center")
