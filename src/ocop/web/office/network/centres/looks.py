"""How centres look: states, conditions with what was held against what, the plan of a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_number, write_percent
from ocop.network.centres import queries, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreNumbers,
    CentreState,
    DesignCentre,
)
from ocop.network.centres.numbers import Answer, Condition
from ocop.network.centres.yearly import Standing, Year

_STATES = {
    CentreState.APPLIED: ("due", "clock"),
    CentreState.RECOGNISED: ("ok", "check"),
    CentreState.REFUSED: ("bad", "ban"),
    CentreState.ENDED: ("flat", "minus"),
}
_ROUNDS = {
    AssessmentState.OPEN: ("due", "clock"),
    AssessmentState.SENT: ("due", "clock"),
    AssessmentState.RECOGNISED: ("ok", "check"),
    AssessmentState.REFUSED: ("bad", "ban"),
}
_MET = {True: ("ok", "check"), False: ("bad", "cross"), None: ("due", "warning")}
WORDS: Mapping[Condition, Any] = {
    Condition.AREA: gettext_lazy("Diện tích toàn trung tâm"),
    Condition.ZONES: gettext_lazy("Đủ các khu chức năng"),
    Condition.WITHIN: gettext_lazy("Các khu nằm trong diện tích trung tâm"),
    Condition.MEETING: gettext_lazy("Khu họp, giao dịch"),
    Condition.GOODS: gettext_lazy("Hàng OCOP hoặc làng nghề tiêu biểu trong hàng bày"),
}
_STANDING = {
    Standing.BELOW: (gettext_lazy("Chưa đủ kế hoạch"), "due", "clock"),
    Standing.WITHIN: (gettext_lazy("Trong kế hoạch"), "ok", "check"),
    Standing.ABOVE: (gettext_lazy("Vượt kế hoạch"), "due", "warning"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as a page shows it."""

    words: Any
    told: str
    needed: str
    tag: dict[str, Any]


def state_tag(centre: DesignCentre) -> dict[str, Any]:
    """The state of a centre, for `components/tag.html`."""
    tone, shape = _STATES[CentreState(centre.state)]
    return {"words": centre.get_state_display(), "tone": tone, "shape": shape}


def round_tag(assessment: CentreAssessment) -> dict[str, Any]:
    """Where an assessment stands; of one with the council what the council concluded."""
    tone, shape = _ROUNDS[AssessmentState(assessment.state)]
    words = assessment.get_state_display()
    if assessment.state == AssessmentState.SENT:
        found = queries.outcome_of(assessment)
        if found.passed is not None:
            words = _("Hội đồng kết luận: đạt") if found.passed else _("Hội đồng: chưa đạt")
            tone, shape = _MET[found.passed]
    return {"words": words, "tone": tone, "shape": shape}


def lines(row: CentreNumbers, key: str) -> list[Line]:
    """The conditions of a sheet, held against numbers."""
    return [_line(answer) for answer in queries.answers_of(row, key)]


def zones(row: CentreNumbers) -> list[tuple[str, str]]:
    """Every zone with its square metres."""
    return [
        (_(words), _("%s m²") % write_number(numbers[key]) if key in numbers else "–")
        for numbers in (queries.numbers_of(row).zones,)
        for key, words in sheet.ZONES.items()
    ]


def goods(row: CentreNumbers) -> str:
    """The kinds of goods on show, and of which sort they are."""
    if row.goods is None:
        return "–"
    words = _("%(goods)s mặt hàng, trong đó OCOP %(ocop)s, làng nghề tiêu biểu %(craft)s")
    return words % {
        "goods": write_number(row.goods),
        "ocop": write_number(row.ocop or 0),
        "craft": write_number(row.craft or 0),
    }


def year_tag(year: Year) -> dict[str, Any] | None:
    """How a year stands against its plan."""
    if year.standing is None:
        return None
    words, tone, shape = _STANDING[year.standing]
    return {"words": words, "tone": tone, "shape": shape}


def plan_words(year: Year) -> str:
    """The plan of a year: 5–10, 5, or none."""
    if year.low is None:
        return "–"
    low = write_number(year.low)
    return low if year.high is None else f"{low}–{write_number(year.high)}"


def met_all(found: Sequence[Line]) -> bool:
    """Whether a page has nothing to warn of."""
    return all(line.tag["tone"] == "ok" for line in found)


def _line(answer: Answer) -> Line:
    tone, shape = _MET[answer.met]
    words = {True: _("Đạt"), False: _("Chưa đạt"), None: _("Chưa rõ")}[answer.met]
    tag = {"words": words, "tone": tone, "shape": shape}
    told, needed = _compared(answer)
    return Line(WORDS[answer.condition], told, needed, tag)


def _compared(answer: Answer) -> tuple[str, str]:
    told = "–" if answer.told is None else write_number(answer.told)
    needed = "–" if answer.needed is None else write_number(answer.needed)
    if answer.condition == Condition.ZONES:
        lacking = ", ".join(_(sheet.ZONES[key]) for key in answer.lacking)
        words = _("%(have)s/%(all)s khu") % {"have": told, "all": needed}
        missing = _("thiếu: %s") % lacking
        return (f"{words}; {missing}" if lacking else words), _("đủ")
    if answer.condition == Condition.GOODS:
        # Cut, not rounded: 59.96 is no 60.
        share = "–"
        if answer.told is not None:
            cut = Decimal(answer.told).quantize(Decimal("0.1"), ROUND_DOWN)
            share = write_percent(cut.normalize())
        return share, _("ít nhất %s") % write_percent(answer.needed or 0)
    if answer.condition == Condition.WITHIN:
        return told if answer.told is None else _("%s m²") % told, _("không quá %s m²") % needed
    return told if answer.told is None else _("%s m²") % told, _("ít nhất %s m²") % needed
