"""From several members' sheets to one result: the working rules of a council, as settings.

Members score alone. The result is the arithmetic mean of their totals, unrounded; totals further
apart than the limit are discussed and scored again; a result counts with the quorum and the chair
(rules of the provinces; Decision 26/2026/QĐ-TTg leaves them to each). The star follows the mean's
band and the minimums, tested on one level per criterion: the level the council agreed on, the
median of its members, or the lowest mark any member gave.

The sensory rule of set 16 (a zero in a criterion of group 6 stops) is tested on that same level:
one member's zero stops alone only where the lowest mark rules, else it must be the level agreed on
or the median. A mark that a member has not given yet is no zero yet; it makes the result
provisional.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from statistics import median_low
from typing import Any

from ocop.criteria import scoring
from ocop.criteria.sets import EVIDENCE, CriteriaSet, Gate


class Minimums(StrEnum):
    """On whose level per criterion the star minimums are tested."""

    AGREED = "agreed"  # the agreed level; the median where none is given
    MEDIAN = "median"
    EVERY = "every"


class Problem(StrEnum):
    """Why a result is not final."""

    NO_SHEETS = "no_sheets"
    UNANSWERED = "unanswered"
    GATES_OPEN = "gates_open"
    SPREAD = "spread"
    QUORUM = "quorum"
    NO_CHAIR = "no_chair"
    CHAIR_UNKNOWN = "chair_unknown"
    LEVELS_DIFFER = "levels_differ"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the council. Names are unique within one council."""

    name: str
    chair: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One member's marks for one product by criterion; a criterion not there is unanswered.

    `gates` are the member's own answers to conditions: the council's, of the case, decide.
    """

    member: str
    marks: Mapping[str, int]
    gates: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """What a council brings for one product."""

    product: str
    criteria_set: CriteriaSet
    sheets: Sequence[Sheet]
    gates: Mapping[str, bool] = field(default_factory=dict)
    agreed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkingRules:
    """What each province decides for its council."""

    spread_limit: Decimal = Decimal(10)  # points between the highest and the lowest total
    quorum_percent: int = 75  # of the members, the chair among them
    minimums: Minimums = Minimums.AGREED
    star_rule: scoring.Rule = scoring.Rule.EVERY_MINIMUM


@dataclass(frozen=True, slots=True)
class ProductOutcome:
    """The result for one product. Points are Decimal, the mean is not rounded.

    `totals` and `unanswered` go by member; `missed` maps a star to the criteria below its minimum
    and the points needed; `stopped` names the gates that allow no star at all.
    """

    product: str
    set_number: int
    set_name: str
    members: int
    totals: Mapping[str, Decimal]
    marks: Mapping[str, Mapping[str, int]]
    mean: Decimal | None
    spread: Decimal | None
    sections: Mapping[str, Decimal]
    levels: Mapping[str, int]
    band: int | None
    star: int | None
    missed: Mapping[int, Mapping[str, int]]
    stopped: Sequence[str]
    gates: Mapping[str, bool]
    unanswered: Mapping[str, Sequence[str]]
    differing: Sequence[str]  # criteria with a minimum on which members differ, not agreed
    problems: Sequence[Problem]
    open_gates: Sequence[str] = ()  # conditions that nobody answered: taken as harmless for now
    pass_from: int | None = None  # a sheet without stars: passed from so many points on

    @property
    def is_final(self) -> bool:
        """True when nothing stands against the result."""
        return not self.problems

    @property
    def passed(self) -> bool | None:
        """Whether a sheet without stars is passed; None of one with stars, or without marks."""
        if self.pass_from is None or self.mean is None:
            return None
        return self.mean >= self.pass_from

    @property
    def held_back(self) -> Mapping[str, int]:
        """The minimums that keep the product below the star of its band."""
        if self.band is None or self.stopped or self.star == self.band:
            return {}
        return self.missed.get(self.band, {})


def assess(case: Case, members: Sequence[Member], rules: WorkingRules) -> ProductOutcome:
    """The council's result for one product.

    A member without any mark for it was not there: no part of the mean, missing in the quorum. An
    unanswered criterion counts 0 and makes the result provisional.
    """
    criteria_set = case.criteria_set
    sheets = _in_order(case.sheets, members)
    scores = [
        scoring.score(criteria_set, s.marks, gates=case.gates, dependent=True) for s in sheets
    ]
    totals = [Decimal(score.total) for score in scores]
    levels = levels_tested(case, sheets, rules.minimums) if sheets else {}
    missed, stopped = _tested(case, sheets, levels, rules.minimums) if sheets else ({}, ())
    mean = sum(totals, Decimal(0)) / len(totals) if totals else None
    plain = criteria_set.pass_from is not None
    outcome = ProductOutcome(
        product=case.product,
        set_number=criteria_set.number,
        set_name=criteria_set.name,
        members=len(members),
        totals={sheet.member: total for sheet, total in zip(sheets, totals, strict=True)},
        marks={sheet.member: dict(sheet.marks) for sheet in sheets},
        mean=mean,
        spread=max(totals) - min(totals) if totals else None,
        sections=_mean_sections(scores),
        levels=levels,
        band=None if mean is None or plain else scoring.band_of(mean),
        star=None
        if mean is None or plain
        else scoring.star_of(mean, missed, stopped, rule=rules.star_rule),
        missed=missed,
        stopped=stopped,
        gates=dict(case.gates),
        unanswered=_unanswered(criteria_set, sheets),
        differing=_differing(case, sheets) if rules.minimums is Minimums.AGREED else (),
        problems=(),
        open_gates=tuple(sorted({gate.id for gate in criteria_set.gates} - case.gates.keys())),
        pass_from=criteria_set.pass_from,
    )
    return replace(outcome, problems=tuple(_problems(outcome, members, rules)))


def levels_tested(
    case: Case, sheets: Sequence[Sheet], minimums: Minimums, *, best: bool = False
) -> dict[str, int]:
    """The level of each criterion on which the star minimums and the sensory rule are tested.

    The median of an even number of members is the lower of the two in the middle: a level that a
    member gave, never one between two options. A mark not given yet counts 0, or with `best` the
    maximum.
    """
    levels = {}
    for criterion in case.criteria_set.criteria:
        missing = criterion.max if best else 0
        given = [sheet.marks.get(criterion.code, missing) for sheet in sheets]
        if minimums is Minimums.AGREED and criterion.code in case.agreed:
            levels[criterion.code] = case.agreed[criterion.code]
        elif minimums is Minimums.EVERY:
            levels[criterion.code] = min(given)
        else:
            levels[criterion.code] = median_low(given)
    return levels


def given_most(given: Iterable[int]) -> set[int]:
    """The level that most members gave; several where as many gave each."""
    counted = Counter(given)
    most = max(counted.values(), default=0)
    return {points for points, count in counted.items() if count == most}


def overrules(gate: Gate, answer: bool, given: Collection[bool]) -> bool:
    """Whether the council's answer to a condition goes against its members' own: against most of
    those who answered, or past anybody who says that no star can be given."""
    if not given:
        return False
    most = given_most(given)
    passed = gate.type != EVIDENCE and answer == gate.harmless
    return answer not in most or (passed and not all(each == answer for each in given))


def to_json(outcome: ProductOutcome) -> dict[str, Any]:
    """The result as it is stored; points as text, so that nothing is rounded."""
    data = asdict(outcome)
    data["order"] = list(outcome.totals)  # of members; PostgreSQL keeps none of keys
    data["totals"] = {member: str(total) for member, total in outcome.totals.items()}
    data["sections"] = {section: str(points) for section, points in outcome.sections.items()}
    data["missed"] = {str(star): missed for star, missed in outcome.missed.items()}
    for name in ("mean", "spread"):
        data[name] = None if data[name] is None else str(data[name])
    if outcome.pass_from is None:
        del data["pass_from"]  # said of sheets without stars only
    return data


def from_json(data: Mapping[str, Any]) -> ProductOutcome:
    """The result as it was stored."""
    kept = {name: value for name, value in data.items() if name != "order"}
    totals = data["totals"]
    return ProductOutcome(
        **{
            **kept,
            "totals": {who: Decimal(totals[who]) for who in data.get("order", totals)},
            "sections": {section: Decimal(points) for section, points in data["sections"].items()},
            "missed": {int(star): missed for star, missed in data["missed"].items()},
            "mean": None if data["mean"] is None else Decimal(data["mean"]),
            "spread": None if data["spread"] is None else Decimal(data["spread"]),
            "stopped": tuple(data["stopped"]),
            "differing": tuple(data["differing"]),
            "unanswered": {who: tuple(codes) for who, codes in data["unanswered"].items()},
            "problems": tuple(Problem(problem) for problem in data["problems"]),
            "open_gates": tuple(data.get("open_gates", ())),
        }
    )


def _tested(
    case: Case, sheets: Sequence[Sheet], levels: Mapping[str, int], minimums: Minimums
) -> tuple[scoring.Missed, tuple[str, ...]]:
    """The minimums missed by star, and the gates that stop, on the levels of the council.

    A level that is 0 only as long as somebody has not marked is open: it stops nothing yet.
    """
    best = levels_tested(case, sheets, minimums, best=True)
    marks = {code: level for code, level in levels.items() if level or not best[code]}
    scored = scoring.score(
        case.criteria_set, marks, gates=case.gates, dependent=True, unmarked_open=True
    )
    return scored.missed, scored.stopped


def _in_order(sheets: Sequence[Sheet], members: Sequence[Member]) -> list[Sheet]:
    """The sheets with marks in the order of the council's list."""
    place = {member.name: n for n, member in enumerate(members)}
    return sorted((s for s in sheets if s.marks), key=lambda sheet: place[sheet.member])


def _mean_sections(scores: Sequence[scoring.Outcome]) -> dict[str, Decimal]:
    return {
        section: sum((Decimal(score.sections[section]) for score in scores), Decimal(0))
        / len(scores)
        for section in (scores[0].sections if scores else ())
    }


def _unanswered(criteria_set: CriteriaSet, sheets: Sequence[Sheet]) -> dict[str, tuple[str, ...]]:
    """By member, the criteria without a mark; members who answered all are left out."""
    open_codes = {
        sheet.member: tuple(scoring.unanswered(criteria_set, sheet.marks)) for sheet in sheets
    }
    return {member: codes for member, codes in open_codes.items() if codes}


def _differing(case: Case, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Criteria on which it depends whose mark rules, and none is agreed: some members reach a
    star's minimum, or pass a sensory criterion where a zero stops, and others do not."""
    found = []
    for criterion in case.criteria_set.criteria:
        minimums = [option.points for option in criterion.options if option.min_for_star]
        if criterion.code in case.criteria_set.sensory:
            minimums.append(1)
        reached = {
            tuple(sheet.marks.get(criterion.code, 0) >= points for points in minimums)
            for sheet in sheets
        }
        if len(reached) > 1 and criterion.code not in case.agreed:
            found.append(criterion.code)
    return tuple(found)


def _problems(
    outcome: ProductOutcome, members: Sequence[Member], rules: WorkingRules
) -> Iterator[Problem]:
    if outcome.spread is None:
        yield Problem.NO_SHEETS
        return
    if outcome.unanswered:
        yield Problem.UNANSWERED
    if outcome.open_gates:
        yield Problem.GATES_OPEN
    if outcome.spread > rules.spread_limit:
        yield Problem.SPREAD
    if len(outcome.totals) * 100 < rules.quorum_percent * len(members):
        yield Problem.QUORUM
    chairs = {member.name for member in members if member.chair}
    if not chairs:
        yield Problem.CHAIR_UNKNOWN
    elif not chairs & outcome.totals.keys():
        yield Problem.NO_CHAIR
    if outcome.differing:
        yield Problem.LEVELS_DIFFER
