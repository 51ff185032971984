"""From marks to a star: Decision 26/2026/QĐ-TTg, Article 4 and Annex III.

Marks are points per criterion; a missing mark is 0 and 0 is always legal. A star is not only a
total: every criterion with a mark for it, or for a lower star, must reach that level. See ADR 2
for points that suffice where a minimum is missed.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from itertools import compress, repeat
from operator import contains, lt

from ocop.core.language import gettext as _
from ocop.core.numbers import half_up
from ocop.core.refusals import Refused
from ocop.criteria.sets import (
    DEPENDENCY,
    DISQUALIFY,
    ELIGIBILITY,
    EVIDENCE,
    EXCLUSION,
    SENSORY,
    STOP,
    STORY,
    CriteriaSet,
    Gate,
)

#: The points from which each band holds, on the mean total, unrounded.
BANDS = ((90, 5), (70, 4), (50, 3), (30, 2), (0, 1))
CERTIFIED = 3  # the lowest star that gets a decision and a certificate
CENTRAL = 5  # the star that the Ministry gives: a province only proposes it
Marks = Mapping[str, int]
Answers = Mapping[str, bool]
Missed = dict[int, dict[str, int]]


class Rule(StrEnum):
    """What happens when the points suffice and a minimum is missed: the law is silent."""

    EVERY_MINIMUM = "every_minimum"  # the highest star for which band and every minimum hold
    BAND_ONLY = "band_only"  # the band's star; the missed minimums are told


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sheet comes to.

    `missed` maps each of 3, 4, 5 stars to the criteria below their minimum and the points needed.
    `effects` are the gates that took effect, `stopped` the ids of those that allow no star.
    """

    total: int
    sections: dict[str, int]
    band: int
    star: int | None
    missed: Missed
    effects: tuple[Gate, ...]
    stopped: tuple[str, ...]

    @property
    def voided(self) -> frozenset[str]:
        """The criteria whose mark counts as 0: evidence or what they depend on is missing."""
        return frozenset(g.criterion for g in self.effects if g.type in (DEPENDENCY, EVIDENCE))

    @property
    def certified(self) -> bool:
        """Whether the outcome leads to a decision and a certificate."""
        return self.star is not None and self.star >= CERTIFIED


def score(
    criteria_set: CriteriaSet,
    marks: Marks,
    *,
    gates: Answers | None = None,
    rule: Rule = Rule.EVERY_MINIMUM,
    dependent: bool = False,
    unmarked_open: bool = False,
) -> Outcome:
    """Score one sheet. `gates` answers gates by id.

    A stop, exclusion or disqualification answered yes, or an eligibility answered no, gives no
    star at all. Evidence or a dependency answered no makes its criterion 0. `dependent` answers a
    dependency that nobody answered from the marks: 5.2 counts only if 5.1 does (ADR 15).
    A zero in a sensory criterion of set 16 stops; a missing mark there is such a zero, unless
    `unmarked_open` says that the sheet is still being filled in: it then counts 0 points and stops
    nothing. Refused: an unknown criterion or gate, points that are no level.
    """
    answers = gates or {}
    check_marks(criteria_set, marks)
    check_answers(criteria_set, answers)
    counted, effects = _after_gates(criteria_set, marks, answers, dependent, unmarked_open)
    column = list(map(counted.get, criteria_set.codes, repeat(0)))
    sections = {section: sum(column[run]) for section, run in criteria_set.runs}
    total = sum(column)
    missed = _missed(criteria_set, column)
    stopped = tuple(dict.fromkeys(gate.id for gate in effects if gate.type in _STOPPING))
    return Outcome(
        total=total,
        sections=sections,
        band=band_of(total),
        star=star_of(total, missed, stopped, rule=rule),
        missed=missed,
        effects=effects,
        stopped=stopped,
    )


_STOPPING = (ELIGIBILITY, EXCLUSION, DISQUALIFY, STOP)


def band_of(total: Decimal | int) -> int:
    """The band of a total, 1 to 5: 90–100, 70–<90, 50–<70, 30–<50, <30."""
    for points, star in BANDS:
        if total >= points:
            return star
    raise ValueError(f"a total is never below 0: {total}")


def shown(total: Decimal | int) -> Decimal:
    """A total as every page and paper shows it: two decimals, rounded half up, and cut only where
    rounding would show another band (89.996 is no 90)."""
    rounded = half_up(total, 2)
    if band_of(rounded) == band_of(total):
        return rounded
    return Decimal(total).quantize(Decimal("0.01"), ROUND_DOWN)


def star_of(
    total: Decimal | int,
    missed: Mapping[int, Mapping[str, int]],
    stopped: Collection[str],
    *,
    rule: Rule = Rule.EVERY_MINIMUM,
) -> int | None:
    """The star: None when stopped, else by band and minimums. Below 3 there are no minimums."""
    if stopped:
        return None
    star = band_of(total)
    if rule is Rule.EVERY_MINIMUM:
        while star >= CERTIFIED and missed.get(star):
            star -= 1
    return star


def _missed(criteria_set: CriteriaSet, column: list[int]) -> Missed:
    """For 3, 4 and 5 stars: the criteria below the points needed, lower stars' marks included."""
    return {
        star: dict(compress(coded, map(lt, column, needs)))
        for star, (needs, coded) in criteria_set.needs.items()
    }


def unanswered(criteria_set: CriteriaSet, marks: Marks) -> list[str]:
    """The criteria that have no mark yet."""
    return [c.code for c in criteria_set.criteria if c.code not in marks]


def open_conditions(criteria_set: CriteriaSet, answers: Answers) -> list[Gate]:
    """The gates that a person answers and nobody has, each once, where first met."""
    asked = {gate.id: gate for gate in reversed(criteria_set.gates)}
    return [g for g in criteria_set.gates if g.id not in answers and asked[g.id] is g]


def check_marks(criteria_set: CriteriaSet, marks: Marks) -> None:
    """Refuse a criterion the set does not have, and points that are none of its levels."""
    levels = criteria_set.levels
    if (
        marks.keys() <= levels.keys()
        and set(map(type, marks.values())) <= _WHOLE
        and all(map(contains, map(levels.__getitem__, marks), marks.values()))
    ):
        return
    for code, points in marks.items():
        known = levels.get(code)
        if known is None:
            raise Refused(
                "unknown_criterion",
                _("Bộ %(set)d không có tiêu chí %(code)s: chỉ có %(known)s.")
                % {"set": criteria_set.number, "code": code, "known": ", ".join(levels)},
            )
        if isinstance(points, str):
            raise Refused(
                "no_level",
                _("Điểm của tiêu chí %(code)s phải là số, không phải “%(points)s”: %(levels)s.")
                % {"code": code, "points": points, "levels": _levels_in_words(known)},
            )
        if type(points) is not int:
            raise Refused(
                "no_level",
                _(
                    "Điểm của tiêu chí %(code)s phải là số nguyên, không phải “%(points)s”: "
                    "%(levels)s."
                )
                % {"code": code, "points": _as_json(points), "levels": _levels_in_words(known)},
            )
        if points not in known:
            raise Refused(
                "no_level",
                _("Tiêu chí %(code)s không có mức %(points)s điểm: %(levels)s.")
                % {"code": code, "points": points, "levels": _levels_in_words(known)},
            )


_WHOLE = {int}  # of which bool and float are none


def _as_json(value: object) -> str:
    """A value as whoever sent it wrote it, and not as Python does: true, null, NaN."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"  # of any size and depth
    return json.dumps(value, ensure_ascii=False, default=str)


def _levels_in_words(levels: Collection[int]) -> str:
    return _("chỉ nhận %s") % ", ".join(map(str, sorted(levels)))


def check_answers(criteria_set: CriteriaSet, answers: Answers) -> None:
    """Refuse an answer to a gate the set does not have, and answers that are not yes or no."""
    for key, answer in answers.items():
        if key not in criteria_set.gate_ids:
            raise Refused(
                "unknown_gate",
                _("Bộ %(set)d không có điều kiện %(id)s.")
                % {"set": criteria_set.number, "id": key},
            )
        if not isinstance(answer, bool):
            raise Refused("gate_answer", _("Điều kiện %s chỉ nhận có hoặc không.") % key)


def check_given(criteria_set: CriteriaSet, answers: Answers) -> None:
    """The same for answers that a person gives on a sheet, in a council or in a dossier: what
    follows from the marks is nobody's to answer (ADR 15)."""
    check_answers(criteria_set, answers)
    asked = {gate.id for gate in criteria_set.gates}
    for key in answers:
        if key not in asked:
            raise Refused("gate_derived", derived_words(key))


def derived_words(key: str) -> str:
    """Said to who answers a condition that follows from the marks."""
    return _("Điều kiện %s theo điểm đã chấm, không trả lời riêng. Hãy bỏ câu trả lời này.") % key


def _after_gates(
    criteria_set: CriteriaSet, marks: Marks, answers: Answers, dependent: bool, unmarked_open: bool
) -> tuple[Marks, tuple[Gate, ...]]:
    """The marks that count, and the gates that took effect, in the order of the table."""
    if not answers and not dependent and not criteria_set.sensory:
        return marks, ()  # nothing but an answer has an effect
    counted, effects = dict(marks), []
    for gate in criteria_set.all_gates:
        answer = answers.get(gate.id)
        if gate.id == SENSORY:
            if answer or _sensory_zero(criteria_set, marks, unmarked_open):
                effects.append(gate)
        elif gate.type in (DEPENDENCY, EVIDENCE):
            if gate.type == DEPENDENCY and answer is None and dependent:
                answer = bool(counted.get(STORY))
            if answer is False and counted.get(gate.criterion):
                counted[gate.criterion] = 0
                effects.append(gate)
        elif gate.type == ELIGIBILITY:
            if answer is False:
                effects.append(gate)
        elif gate.type in _STOPPING and answer:
            effects.append(gate)
    return counted, tuple(effects)


def _sensory_zero(criteria_set: CriteriaSet, marks: Marks, unmarked_open: bool) -> bool:
    missing = 1 if unmarked_open else 0
    return any(marks.get(code, missing) == 0 for code in criteria_set.sensory)
