"""Where a sitting stands: quorum, who has not marked, totals and what keeps a case open.

Nothing of any mark is told before every expected sheet of the attempt is in: the page hangs on
the wall of the hall.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ocop.core.actor import Actor
from ocop.councils import outcome, rules, working
from ocop.councils.models import (
    Attendance,
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Position,
    Seat,
    Sheet,
    SheetState,
    Sitting,
    SittingKind,
)
from ocop.councils.outcome import Problem, ProductOutcome
from ocop.councils.queries import councils, sittings
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria

_Total = tuple[int, int, Decimal | None]  # of a sheet that is in: seat, attempt, total


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who is there: numbers of members, and whether they are enough."""

    seats: int
    present: int
    needed: int
    chair_present: bool
    chair_needed: bool

    @property
    def reached(self) -> bool:
        """Enough members, and the chair among them where the rules ask for it."""
        return self.present >= self.needed and (self.chair_present or not self.chair_needed)


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """Where one case stands. Totals, spread and mean are None until all expected sheets are in."""

    item: Item
    judges: Sequence[Seat]  # members who may judge: not recused
    expected: Sequence[Seat]  # of them, those not noted as absent
    submitted: int  # sheets of this attempt that are in
    missing: Sequence[Seat]  # expected and not in
    open_gates: Sequence[str]
    totals: Mapping[int, Decimal] | None  # by seat
    spread: Decimal | None
    mean: Decimal | None
    over_limit: bool

    @property
    def all_in(self) -> bool:
        """Whether every expected sheet of this attempt is in."""
        return self.submitted > 0 and not self.missing


@dataclass(frozen=True, slots=True)
class SittingProgress:
    """A sitting at this moment, with the items the viewer may see."""

    sitting: Sitting
    rules: CouncilRules
    quorum: Quorum
    items: Sequence[ItemProgress]


@dataclass(frozen=True, slots=True)
class Detail:
    """One case in full. `outcome` is None until all expected sheets are in, or it is concluded."""

    progress: ItemProgress
    rules: CouncilRules
    outcome: ProductOutcome | None
    problems: Sequence[Problem]  # what keeps it from being concluded
    levels: Mapping[str, Mapping[str, int]]  # differing criterion: {member: points}
    gate_answers: Mapping[str, Mapping[str, bool]]  # gate: {member: answer} of sheets that are in


def progress(actor: Actor, sitting: Sitting) -> SittingProgress:
    """The sitting for the chair's page. A number of queries that does not grow with the items."""
    seats = councils.seats_on(sitting.council, rules.day_of(sitting))
    items = list(sittings.agenda(actor, sitting))
    working_rules = councils.rules_of(sitting.council)
    absent = _absent(sitting)
    away = _recused(items)
    totals: dict[int, list[_Total]] = {}
    submitted = Sheet.objects.filter(item__in=items, state=SheetState.SUBMITTED, seat__in=seats)
    for key, seat, attempt, total in submitted.values_list("item", "seat", "attempt", "total"):
        totals.setdefault(key, []).append((seat, attempt, total))
    found = [
        _of_item(item, seats, absent, away, totals.get(item.pk, ()), working_rules)
        for item in items
    ]
    return SittingProgress(sitting, working_rules, quorum(sitting), found)


def item_progress(item: Item) -> ItemProgress:
    """One case, whoever looks. For services and for pages that have filtered already."""
    sitting = item.sitting
    seats = councils.seats_on(sitting.council, rules.day_of(sitting))
    sheets = item.sheets.filter(state=SheetState.SUBMITTED, seat__in=seats)
    return _of_item(
        item,
        seats,
        _absent(sitting),
        _recused([item]),
        sheets.values_list("seat", "attempt", "total"),
        councils.rules_of(sitting.council),
    )


def detail(actor: Actor, item: Item) -> Detail | None:
    """One case in full for who leads the sitting; None when the actor may not see it."""
    if not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return None
    if not (actor.is_system or rules.may_see_all(actor) or rules.may_steer(actor, item.sitting)):
        return None
    now, working_rules = item_progress(item), councils.rules_of(item.sitting.council)
    if item.outcome is not None:
        kept = outcome.from_json(item.outcome)
        return Detail(now, working_rules, kept, (), {}, {})
    if not now.all_in:
        return Detail(now, working_rules, None, (), {}, {})
    result = assessed(item)
    answers: dict[str, dict[str, bool]] = {}
    names = councils.labels(councils.seats_on(item.sitting.council, rules.day_of(item.sitting)))
    for sheet in counted_sheets(item):
        for gate, answer in sheet.gates.items():
            answers.setdefault(gate, {})[names[sheet.seat_id]] = answer
    return Detail(
        now,
        working_rules,
        result,
        working.standing(result, working_rules, passing=item.sitting.passing),
        {
            code: {name: marks.get(code, 0) for name, marks in result.marks.items()}
            for code in result.differing
        },
        answers,
    )


def quorum(sitting: Sitting) -> Quorum:
    """Who is noted as present, or for written opinions who sits at all."""
    seats = councils.seats_on(sitting.council, rules.day_of(sitting))
    working_rules = councils.rules_of(sitting.council)
    there = set(
        Attendance.objects.filter(sitting=sitting, present=True).values_list("seat", flat=True)
    )
    if sitting.kind == SittingKind.WRITTEN:
        there = {seat.pk for seat in seats}
    return Quorum(
        len(seats),
        sum(seat.pk in there for seat in seats),
        working.needed(len(seats), working_rules.quorum_percent),
        any(seat.position == Position.CHAIR and seat.pk in there for seat in seats),
        working_rules.chair_needed,
    )


def counted_sheets(item: Item) -> list[Sheet]:
    """The sheets that count now: submitted, of this attempt, of members who are not recused."""
    away = _recused([item]).get(item.case_id, set())
    seats = councils.seats_on(item.sitting.council, rules.day_of(item.sitting))
    return list(
        item.sheets.filter(
            state=SheetState.SUBMITTED,
            attempt=item.attempt,
            seat__in=[seat.pk for seat in seats if seat.pk not in away],
        ).select_related("seat__user")
    )


def case_of(item: Item) -> tuple[outcome.Case, list[outcome.Member]]:
    """What stands on the sheets that count, for `assess`.

    Every member of the day belongs to the council, absent and recused ones too: a result needs
    the quorum of the whole council. Where the chair is recused a deputy presides.
    """
    seats = councils.seats_on(item.sitting.council, rules.day_of(item.sitting))
    names = councils.labels(seats)
    away = _recused([item]).get(item.case_id, set())
    presiding = _presiding(seats, away, _absent(item.sitting))
    sheets = [outcome.Sheet(names[s.seat_id], s.marks) for s in counted_sheets(item)]
    case = outcome.Case(
        item.case.title, criteria.set_of(item.case.version), sheets, item.gates, item.agreed
    )
    return case, [outcome.Member(names[s.pk], s.pk == presiding) for s in seats]


def assessed(item: Item) -> ProductOutcome:
    """The result as it stands under the council's rules, final or not."""
    case, members = case_of(item)
    working_rules = councils.rules_of(item.sitting.council)
    result = outcome.assess(case, members, working_rules)
    return replace(result, problems=working.standing(result, working_rules))


def _of_item(
    item: Item,
    seats: Sequence[Seat],
    absent: set[int],
    away: Mapping[int, set[int]],
    sheets: Iterable[_Total],
    working_rules: CouncilRules,
) -> ItemProgress:
    judges = [seat for seat in seats if seat.pk not in away.get(item.case_id, ())]
    judging = {seat.pk for seat in judges}
    totals = {
        seat: total
        for seat, attempt, total in sheets
        if attempt == item.attempt and seat in judging and total is not None
    }
    expected = [seat for seat in judges if seat.pk not in absent or seat.pk in totals]
    missing = [seat for seat in expected if seat.pk not in totals]
    if item.state == ItemState.CONCLUDED:
        missing = []
    told = bool(totals) and not missing
    spread = max(totals.values()) - min(totals.values()) if told else None
    gates = criteria.set_of(item.case.version).gates
    return ItemProgress(
        item,
        judges,
        expected,
        len(totals),
        missing,
        tuple(sorted({gate.id for gate in gates} - item.gates.keys())),
        totals if told else None,
        spread,
        sum(totals.values(), Decimal(0)) / len(totals) if told else None,
        spread is not None and spread > working_rules.spread_limit,
    )


def _absent(sitting: Sitting) -> set[int]:
    if sitting.kind == SittingKind.WRITTEN:
        return set()
    return set(
        Attendance.objects.filter(sitting=sitting, present=False).values_list("seat", flat=True)
    )


def _recused(items: Sequence[Item]) -> dict[int, set[int]]:
    """The seats recused, by case: of one person every seat."""
    found: dict[int, set[int]] = {}
    cases = [item.case_id for item in items]
    away = Obstacle.objects.filter(case__in=cases, state=ObstacleState.RECUSED)
    for case, seat in away.values_list("case", "seat__user__seats"):
        found.setdefault(case, set()).add(seat)
    return found


def _presiding(seats: Sequence[Seat], away: set[int], absent: set[int]) -> int | None:
    """The chair; where the chair is recused, the first deputy who is there."""
    chair = next((seat.pk for seat in seats if seat.position == Position.CHAIR), None)
    if chair is None or chair not in away:
        return chair
    return next(
        (
            seat.pk
            for seat in seats
            if seat.position == Position.DEPUTY and seat.pk not in away | absent
        ),
        None,
    )
