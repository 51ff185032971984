"""The summary of a council's results to print and sign, as a document and as PDF."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from ocop.core import typesetting
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.official.writing import CELL, columns, grid, line, page
from ocop.councils.outcome import ProductOutcome, WorkingRules
from ocop.councils.summary import line_of


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
    paper = page(landscape=True)
    heading = paper.add_heading(told.title, level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for note in told.notes:
        line(paper.add_paragraph(), note, size=CELL, align="center")
    line(paper.add_paragraph(), told.rule, size=CELL)
    _table(paper, told.results)
    paper.add_heading(told.totals_title, level=2)
    _table(paper, told.totals)
    for cell, who in zip(columns(paper, (130, 130)), told.signers, strict=True):
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


def _table(paper: Any, told: _Grid) -> None:
    aligned = dict.fromkeys(told.numbers, "right")
    grid(paper, told.headings, told.rows, told.widths, aligned=aligned)
