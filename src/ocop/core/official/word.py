"""Official papers as documents that an office can go on writing in.

The frame of a paper is a document itself, with marks where the content goes; an office may edit it
and keep its own (see `frames`).
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import jinja2
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from ocop.core.language import gettext as _
from ocop.core.official.paper import (
    MOTTO,
    NATION,
    Facts,
    Grid,
    Official,
    Signature,
    Text,
    headed,
)
from ocop.core.official.writing import (
    CELL,
    SMALL,
    WIDE,
    WIDTH,
    columns,
    grid,
    line,
    number_pages,
    page,
    room,
    rule,
)
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
_NOTHING = "\u241f"
_KEPT = 2  # lines or rows that stay with the signatures
_WHOLE = 8  # rows of a table that is not torn
_INSET = 4  # millimetres that a cell keeps free at its sides


def docx(paper: Official, frame: bytes | None = None) -> bytes:
    """The paper in its frame, the office's own or ours."""
    template = DocxTemplate(BytesIO(frame or default_frame(landscape=paper.landscape)))
    told = {
        "mau_so": paper.form,
        "co_quan_chu_quan": "\n".join(headed(paper.parent)).upper(),
        "co_quan": "\n".join(headed(paper.issuer)).upper(),
        "so": paper.number,
        "ve_viec": paper.about,
        "dia_danh_ngay": paper.dated,
        "kinh_gui": f"Kính gửi: {paper.to}" if paper.to else "",
        "tieu_de": paper.title,
        "trich_yeu": paper.subtitle,
        "noi_dung": _CONTENT,
        "chu_ky": _FOOT,
        "dau": " · ".join(paper.marks),
    }
    template.render(
        {mark: text or _NOTHING for mark, text in told.items()},
        jinja_env=SandboxedEnvironment(autoescape=True),
    )
    written = template.docx
    _drop_empty(written)
    with _put(written, _CONTENT):
        if paper.title and not paper.to:
            rule(written, 36, room(written))
        for number, block in enumerate(paper.blocks, start=1):
            _BLOCKS[type(block)](written, block, len(paper.blocks) - number)
    with _put(written, _FOOT):
        _foot(written, paper)
    into = BytesIO()
    template.save(into)
    return into.getvalue()


def _drop_empty(written: Any) -> None:
    """Take out the lines whose mark has nothing to say; a cell keeps its last one."""
    headers = (part for s in written.sections for part in (s.header, s.first_page_header))
    for root in (written.element.body, *(part._element for part in headers)):
        for text in [t for t in root.iter(qn("w:t")) if _NOTHING in (t.text or "")]:
            text.text = text.text.replace(_NOTHING, "")
            line_of_text = next(text.iterancestors(qn("w:p")))
            around = line_of_text.getparent()
            if not any(t.text for t in line_of_text.iter(qn("w:t"))) and (
                len(around.findall(qn("w:p"))) > 1
            ):
                around.remove(line_of_text)


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
    section = paper.sections[0]
    section.different_first_page_header_footer = True  # the first page bears no number
    for header in (section.first_page_header, section.header):
        line(header.paragraphs[0], "{{ dau }}", bold=True, size=Pt(9), align="center")
    number_pages(section.header.add_paragraph())
    line(paper.add_paragraph(), "{{ mau_so }}", bold=True, size=CELL, align="right")
    widths = (110, WIDE - 110) if landscape else (70, WIDTH - 70)
    issuer, nation, number, day = columns(paper, widths, rows=2)
    line(issuer.add_paragraph(), "{{ co_quan_chu_quan }}", size=SMALL, align="center")
    line(issuer.add_paragraph(), "{{ co_quan }}", bold=True, size=SMALL, align="center")
    rule(issuer, 24, widths[0] - _INSET)
    line(nation.add_paragraph(), NATION, bold=True, size=CELL, align="center")
    line(nation.add_paragraph(), MOTTO, bold=True, size=SMALL, align="center")
    rule(nation, 58, widths[1] - _INSET)
    line(number.add_paragraph(), "{{ so }}", size=SMALL, align="center")
    line(number.add_paragraph(), "{{ ve_viec }}", size=CELL, align="center")
    line(day.add_paragraph(), "{{ dia_danh_ngay }}", italic=True, size=SMALL, align="center")
    for text, bold, before in (
        ("{{ tieu_de }}", True, 12),
        ("{{ trich_yeu }}", True, 0),
        ("{{ kinh_gui }}", False, 6),
    ):
        words = line(paper.add_paragraph(), text, bold=bold, align="center")
        words.paragraph_format.space_before = Pt(before)
    paper.add_paragraph("{{ noi_dung }}")
    paper.add_paragraph("{{ chu_ky }}")
    into = BytesIO()
    paper.save(into)
    return into.getvalue()


def _text(into: Any, block: Text, after: int) -> None:
    """A paragraph; `after` it come so many blocks: the last two stay with the signatures."""
    paragraph = into.add_paragraph()
    heading = block.style == "heading"
    centred = block.style == "centre"
    line(
        paragraph,
        block.text,
        bold=heading,
        italic=block.style == "note",
        size=SMALL,
        align="center" if centred else "left" if heading else "justify",
    )
    if block.style == "body":
        paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = heading or after < _KEPT


def _facts(into: Any, block: Facts, after: int) -> None:
    for number, (label, value) in enumerate(block.rows):
        paragraph = line(into.add_paragraph(), f"{label}: {value}", size=SMALL)
        paragraph.paragraph_format.space_before = Pt(3)
        paragraph.paragraph_format.keep_with_next = after == 0 and number + _KEPT >= len(block.rows)


def _grid(into: Any, block: Grid, after: int) -> None:
    whole, width = sum(block.widths), room(into)
    places = {**dict.fromkeys(block.numbers, "right"), **dict.fromkeys(block.centred, "center")}
    into.add_paragraph().paragraph_format.line_spacing = Pt(6)
    grid(
        into,
        block.headings,
        block.rows,
        [width * share / whole for share in block.widths],
        aligned=places,
        strong=block.strong,
        turned=block.turned,
        kept=_KEPT if after == 0 else 0,
        whole=after > 0 and len(block.rows) <= _WHOLE,
    )
    spacer = into.add_paragraph().paragraph_format
    spacer.line_spacing = Pt(6)
    spacer.keep_with_next = after == 0


_BLOCKS: dict[type, Any] = {Text: _text, Facts: _facts, Grid: _grid}


def _foot(into: Any, paper: Official) -> None:
    signing = list(paper.signatures)
    if signing or paper.recipients:
        beside = len(signing) < _KEPT  # a single signature stands on the right
        number = 2 if beside else len(signing)
        cells = columns(into, [room(into) / number] * number)
        written_in = list(cells)
        if beside:
            _received(cells.pop(0), paper.recipients)
        for cell, who in zip(cells, signing, strict=False):
            _signature(cell, who)
        for cell in cells[len(signing) :]:
            cell.add_paragraph()  # a cell without a line is no cell
        for cell in written_in:
            cell.paragraphs[0].paragraph_format.space_before = Pt(12)
        if not beside:
            _received(into, paper.recipients)
    if paper.trace:
        line(into.add_paragraph(), paper.trace, size=Pt(8)).paragraph_format.space_before = Pt(12)


def _received(into: Any, recipients: Sequence[str]) -> None:
    """Who receives the paper; a cell has a line in any case."""
    line(into.add_paragraph(), "Nơi nhận:" if recipients else "", bold=True, italic=True, size=CELL)
    for receiver in recipients:
        line(into.add_paragraph(), receiver, size=Pt(11))


def _signature(cell: Any, who: Signature) -> None:
    for words in (*who.authority, who.office):
        line(cell.add_paragraph(), words.upper(), bold=True, size=SMALL, align="center")
    line(cell.add_paragraph(), who.hint, italic=True, size=Pt(11), align="center")
    for _room_to_sign in range(4):
        cell.add_paragraph()
    line(cell.add_paragraph(), who.name, bold=True, size=SMALL, align="center")
