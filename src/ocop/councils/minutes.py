"""The summary of a council's results to print and sign, as a document and as PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.core.numbers import together, write_number, write_percent
from ocop.core.official.writing import CELL, WIDE, columns, grid, line, page
from ocop.councils.matrix import matrix
from ocop.councils.outcome import ProductOutcome, WorkingRules
from ocop.councils.summary import line_of


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table in words; widths in millimetres of a landscape page; places of its numbers."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    centred: Sequence[int]
    turned: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Summary:
    """What the paper says, whatever it is made of."""

    title: str
    notes: Sequence[str]
    rule: str
    provisional: str  # how many results are not final; empty where all are
    totals: _Grid
    remarks_title: str
    remarks: _Grid
    signers: Sequence[str]


def write_document(
    into: IO[bytes],
    *,
    title: str,
    outcomes: Sequence[ProductOutcome],
    rules: WorkingRules,
    notes: Sequence[str] = (),
) -> None:
    """A landscape page with totals by product and member, their result and what to note, and room
    to sign."""
    told = _summary(title, outcomes, rules, notes)
    paper = page(landscape=True)
    heading = paper.add_heading(told.title, level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in told.notes:
        line(paper.add_paragraph(), note, size=CELL, align="center")
    line(paper.add_paragraph(), told.rule, size=CELL)
    if told.provisional:
        line(paper.add_paragraph(), told.provisional, size=CELL, bold=True)
    _table(paper, told.totals)
    paper.add_heading(told.remarks_title, level=2)
    _table(paper, told.remarks)
    for cell, who in zip(columns(paper, (WIDE / 2, WIDE / 2)), told.signers, strict=True):
        line(cell.add_paragraph(), f"\n{who}\n\n\n\n", align="center")
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
    into.write(typesetting.pdf("ocop.councils", "minutes.typ", told, face=typesetting.PAPER))


def _summary(
    title: str, outcomes: Sequence[ProductOutcome], rules: WorkingRules, notes: Sequence[str]
) -> _Summary:
    lines = [line_of(outcome, rules) for outcome in outcomes]
    totals = matrix(outcomes, rules)
    rule = _(
        "Kết quả là trung bình cộng tổng điểm của các hội đồng viên, không làm tròn khi xếp "
        "hạng. Giới hạn chênh lệch: %(limit)s điểm; tỷ lệ dự họp tối thiểu: %(quorum)s."
    ) % {"limit": write_number(rules.spread_limit), "quorum": write_percent(rules.quorum_percent)}
    return _Summary(
        title=title,
        notes=list(notes),
        rule=together(rule),
        provisional=_provisional(outcomes),
        totals=_Grid(totals.headings, totals.rows, totals.widths, totals.centred, totals.turned),
        remarks_title=_("Bộ tiêu chí và lưu ý"),
        remarks=_Grid(
            (_("STT"), _("Sản phẩm"), _("Bộ tiêu chí"), _("Lưu ý")),
            [
                (str(n), x.product, x.criteria_set, "\n".join(x.remarks))
                for n, x in enumerate(lines, start=1)
            ],
            (12, 60, 55, 120),
            (0,),
        ),
        signers=(_("Thư ký hội đồng"), _("Chủ tịch hội đồng")),
    )


def _provisional(outcomes: Sequence[ProductOutcome]) -> str:
    """What who signs must know first: that some of it may still change."""
    count = sum(not outcome.is_final for outcome in outcomes)
    if not count:
        return ""
    return _(
        "Bản tạm tính: %(count)d trên %(all)d sản phẩm chưa có kết quả cuối cùng, lý do ghi ở phần "
        "“Bộ tiêu chí và lưu ý”."
    ) % {"count": count, "all": len(outcomes)}


def _table(paper: Any, told: _Grid) -> None:
    whole = sum(told.widths)
    grid(
        paper,
        told.headings,
        told.rows,
        [WIDE * width / whole for width in told.widths],
        aligned=dict.fromkeys(told.centred, "center"),
        turned=told.turned,
    )
