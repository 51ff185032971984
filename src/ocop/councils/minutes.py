"""The summary of a council's results to print and sign, as a document and as PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.councils.outcome import ProductOutcome, WorkingRules
from ocop.councils.summary import line_of

_FONT = "Times New Roman"  # what Decree 30/2020/NĐ-CP prescribes for papers of offices


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table in words; widths in millimetres of a landscape page; places of its numbers."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Summary:
    """What the paper says, whatever it is made of."""

    title: str
    notes: Sequence[str]
    rule: str
    results: _Grid
    totals_title: str
    totals: _Grid
    signers: Sequence[str]


def write_document(
    into: IO[bytes],
    *,
    title: str,
    outcomes: Sequence[ProductOutcome],
    rules: WorkingRules,
    notes: Sequence[str] = (),
) -> None:
    """A landscape page with the results by product, the totals by member and room to sign."""
    told = _summary(title, outcomes, rules, notes)
    paper = Document()
    _lay_out(paper)
    heading = paper.add_heading(told.title, level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in told.notes:
        paper.add_paragraph(note).alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(told.rule)
    _table(paper, told.results)
    paper.add_heading(told.totals_title, level=2)
    _table(paper, told.totals)
    signing = paper.add_table(rows=1, cols=2).rows[0].cells
    for cell, who in zip(signing, told.signers, strict=True):
        cell.text = f"\n{who}\n\n\n\n"
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.save(into)


def write_print(
    into: IO[bytes],
    *,
    title: str,
    outcomes: Sequence[ProductOutcome],
    rules: WorkingRules,
    notes: Sequence[str] = (),
) -> None:
    """The same as PDF; the notes stand at the head of every page."""
    told = asdict(_summary(title, outcomes, rules, notes))
    into.write(typesetting.pdf("ocop.councils", "minutes.typ", told))


def _summary(
    title: str, outcomes: Sequence[ProductOutcome], rules: WorkingRules, notes: Sequence[str]
) -> _Summary:
    lines = [line_of(outcome, rules) for outcome in outcomes]
    return _Summary(
        title=title,
        notes=list(notes),
        rule=_(
            "Kết quả là trung bình cộng tổng điểm của các hội đồng viên, không làm tròn khi xếp "
            "hạng. Giới hạn chênh lệch: %(limit)s điểm; tỷ lệ dự họp tối thiểu: %(quorum)d %%."
        )
        % {"limit": write_number(rules.spread_limit), "quorum": rules.quorum_percent},
        results=_Grid(
            (
                _("STT"),
                _("Sản phẩm"),
                _("Bộ tiêu chí"),
                _("Điểm trung bình"),
                _("Chênh lệch"),
                _("Kết quả"),
                _("Lưu ý"),
            ),
            [
                (str(n), x.product, x.criteria_set, x.mean, x.spread, x.star, "\n".join(x.remarks))
                for n, x in enumerate(lines, start=1)
            ],
            (10, 48, 42, 20, 20, 24, 96),
            (0, 3, 4),
        ),
        totals_title=_("Tổng điểm của từng hội đồng viên"),
        totals=_Grid(
            (_("Sản phẩm"), _("Hội đồng viên"), _("Tổng điểm")),
            [
                (outcome.product, member, write_number(total))
                for outcome in outcomes
                for member, total in outcome.totals.items()
            ],
            (110, 110, 40),
            (2,),
        ),
        signers=(_("Thư ký hội đồng"), _("Chủ tịch hội đồng")),
    )


def _lay_out(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = paper.styles[name]
        style.font.name = _FONT
        # Word takes the typeface of Vietnamese letters from the East Asian entry, too.
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    paper.styles["Normal"].font.size = Pt(12)


def _table(paper: Any, grid: _Grid) -> None:
    """A grid with a heading row that repeats on every page."""
    table = paper.add_table(rows=1, cols=len(grid.headings), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    marker = head._tr.get_or_add_trPr()
    marker.append(marker.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for cell, text in zip(head.cells, grid.headings, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for row_cells in table.rows:
        for place, (cell, width) in enumerate(zip(row_cells.cells, grid.widths, strict=True)):
            cell.width = Mm(width)
            if place in grid.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
