"""Where a sitting stands: quorum, who has not marked, totals and what keeps a case open.

Nothing of any mark is told before every expected sheet of the attempt is in: the page hangs on
the wall of the hall.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ocop.core.actor import Actor
from ocop.councils import outcome, rules, working
from ocop.councils.models import Item, ItemState, Position, Seat, Sheet, SheetState, Sitting
from ocop.councils.outcome import Problem, ProductOutcome
from ocop.councils.queries import sittings
from ocop.councils.queries.hall import Hall, hall_of
from ocop.councils.working import CouncilRules
from ocop.criteria import queries as criteria
from ocop.criteria.sets import Gate

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
    standing: Sequence[Seat]  # left before this attempt: their last sheet counts as it stands
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

    hall: Hall
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
    fallen: Mapping[str, int]  # levels agreed on marks that changed since: they count no more
    unexplained: Sequence["Overruled"] = ()  # answered against members, the reason not given yet


def progress(
    actor: Actor, sitting: Sitting, agenda: Sequence[Item] | None = None
) -> SittingProgress:
    """The sitting for the chair's page. A number of queries that does not grow with the items.

    `agenda` is what `sittings.agenda` gives the actor, where a page has read it already.
    """
    hall = hall_of(sitting)
    items = agenda
    if items is None:
        items = list(sittings.light(sittings.agenda(actor, sitting)))
    for item in items:
        item.sitting = sitting
    return SittingProgress(hall, quorum(sitting, hall), of_items(items, sitting, hall))


def of_items(items: Iterable[Item], sitting: Sitting, hall: Hall) -> list[ItemProgress]:
    """Cases of a sitting, whoever looks, with one query for all of them."""
    totals: dict[int, list[_Total]] = {}
    submitted = Sheet.objects.filter(item__sitting=sitting, state=SheetState.SUBMITTED)
    for key, seat, attempt, total in submitted.values_list("item", "seat", "attempt", "total"):
        totals.setdefault(key, []).append((seat, attempt, total))
    return [_of_item(item, hall, totals.get(item.pk, ())) for item in items]


def item_progress(item: Item, hall: Hall | None = None) -> ItemProgress:
    """One case, whoever looks. For services and for pages that have filtered already."""
    hall = hall or hall_of(item.sitting)
    sheets = item.sheets.filter(state=SheetState.SUBMITTED, seat__in=hall.seats)
    return _of_item(item, hall, sheets.values_list("seat", "attempt", "total"))


def detail(actor: Actor, item: Item, hall: Hall | None = None) -> Detail | None:
    """One case in full for who leads the sitting; None when the actor may not see it."""
    if not sittings.items_visible_to(actor).filter(pk=item.pk).exists():
        return None
    if not (actor.is_system or rules.may_see_all(actor) or rules.may_steer(actor, item.sitting)):
        return None
    hall = hall or hall_of(item.sitting)
    now = item_progress(item, hall)
    if item.outcome is not None:
        kept = outcome.from_json(item.outcome)
        return Detail(now, hall.rules, kept, (), {}, {}, {})
    if not now.all_in:
        return Detail(now, hall.rules, None, (), {}, {}, {})
    counted = counted_sheets(item, hall)
    result = _assessed(item, hall, counted)
    answers: dict[str, dict[str, bool]] = {}
    for sheet in counted:
        for gate, answer in sheet.gates.items():
            answers.setdefault(gate, {})[hall.names[sheet.seat_id]] = answer
    return Detail(
        now,
        hall.rules,
        result,
        working.standing(result, hall.rules, passing=item.sitting.passing),
        {
            code: {name: marks.get(code, 0) for name, marks in result.marks.items()}
            for code in result.differing
        },
        answers,
        {c: p for c, p in item.agreed.items() if c not in agreed_levels(item, counted)},
        unexplained(item, counted),
    )


def quorum(sitting: Sitting, hall: Hall | None = None) -> Quorum:
    """Who is noted as present, or for written opinions who sits at all."""
    hall = hall or hall_of(sitting)
    there = [seat for seat in hall.seats if hall.written or hall.noted.get(seat.pk)]
    return Quorum(
        len(hall.seats),
        len(there),
        working.needed(len(hall.seats), hall.rules.quorum_percent),
        any(seat.position == Position.CHAIR for seat in there),
        hall.rules.chair_needed,
    )


def given_sheets(item: Item, hall: Hall | None = None) -> list[Sheet]:
    """The sheets of every attempt that were given in, of members who are not recused."""
    hall = hall or hall_of(item.sitting)
    return list(
        item.sheets.filter(state=SheetState.SUBMITTED, seat__in=hall.judges_of(item))
        .select_related("seat__user")
        .order_by("attempt", "seat__place", "seat")
    )


def as_of(given: Iterable[Sheet], attempt: int) -> list[Sheet]:
    """Of each member the last sheet up to an attempt. `given`: in the order of the attempts."""
    return list({sheet.seat_id: sheet for sheet in given if sheet.attempt <= attempt}.values())


def counted_sheets(item: Item, hall: Hall | None = None) -> list[Sheet]:
    """The sheets that count now: submitted, of this attempt, of members who are not recused.

    Who left before this attempt keeps the marks given in an earlier one: marks that were seen
    are not noted away.
    """
    hall = hall or hall_of(item.sitting)
    return [
        sheet
        for sheet in as_of(given_sheets(item, hall), item.attempt)
        if sheet.attempt == item.attempt or _stands(item, hall, sheet.seat_id)
    ]


def agreed_levels(item: Item, counted: Sequence[Sheet]) -> dict[str, int]:
    """The levels that the council agreed on the marks that count now; once a member gives another
    mark in a criterion, or a sheet comes or goes, its level falls."""
    if item.state == ItemState.CONCLUDED:
        return dict(item.agreed)
    return {
        code: points
        for code, points in item.agreed.items()
        if item.agreed_marks.get(code) == given_in(counted, code)
    }


def given_in(counted: Iterable[Sheet], code: str) -> dict[str, int]:
    """The marks in a criterion by the key of the seat, as an item keeps them."""
    return {str(sheet.seat_id): sheet.marks.get(code, 0) for sheet in counted}


@dataclass(frozen=True, slots=True)
class Overruled:
    """A condition that the council answers against its members, who said what, and why."""

    gate: Gate
    answer: bool
    yes: int
    no: int
    reason: str


def overruled(
    item: Item, counted: Sequence[Sheet], answers: Mapping[str, bool] | None = None
) -> list[Overruled]:
    """The conditions that the council answers against the sheets that count, each once, in the
    order of the set. `answers`: to judge before they are kept."""
    answers = item.gates if answers is None else answers
    gates = {gate.id: gate for gate in criteria.set_of(item.case.version).gates}
    found = []
    for key, gate in gates.items():
        given = [sheet.gates[key] for sheet in counted if key in sheet.gates]
        if key in answers and outcome.overrules(gate, answers[key], given):
            reason = item.gate_reasons.get(key, "")
            found.append(
                Overruled(gate, answers[key], given.count(True), given.count(False), reason)
            )
    return found


def unexplained(item: Item, counted: Sequence[Sheet]) -> list[Overruled]:
    """Those of them without the council's reason, which a conclusion waits for: the answers may
    have been given before the sheets were in. A first pass decides nothing and asks for none."""
    if item.sitting.passing == 1:
        return []
    return [each for each in overruled(item, counted) if not each.reason]


def _stands(item: Item, hall: Hall, seat: int) -> bool:
    """Whether the earlier sheet of a member without one of this attempt counts."""
    if item.state == ItemState.CONCLUDED:  # as it was then, whoever came or went since
        return hall.names[seat] in (item.outcome or {})["totals"]
    return seat in hall.absent


def _case_of(
    item: Item, hall: Hall, counted: Sequence[Sheet]
) -> tuple[outcome.Case, list[outcome.Member]]:
    """What stands on the sheets that count, for `assess`.

    Every member of the day belongs to the council, absent and recused ones too: a result needs
    the quorum of the whole council. Where the chair is recused a deputy presides.
    """
    presiding = hall.presiding_at(item)
    sheets = [outcome.Sheet(hall.names[s.seat_id], s.marks, s.gates) for s in counted]
    case = outcome.Case(
        item.case.title,
        criteria.set_of(item.case.version),
        sheets,
        item.gates,
        agreed_levels(item, counted),
    )
    return case, [outcome.Member(hall.names[s.pk], s.pk == presiding) for s in hall.seats]


def assessed(item: Item, hall: Hall | None = None) -> ProductOutcome:
    """The result as it stands under the council's rules, final or not."""
    hall = hall or hall_of(item.sitting)
    return _assessed(item, hall, counted_sheets(item, hall))


def _assessed(item: Item, hall: Hall, counted: Sequence[Sheet]) -> ProductOutcome:
    case, members = _case_of(item, hall, counted)
    result = outcome.assess(case, members, hall.rules)
    return replace(result, problems=working.standing(result, hall.rules))


def _of_item(item: Item, hall: Hall, sheets: Iterable[_Total]) -> ItemProgress:
    judges = hall.judges_of(item)
    judging = {seat.id for seat in judges}
    fresh: dict[int, Decimal] = {}
    before: dict[int, Decimal] = {}
    for seat_id, attempt, total in sorted(sheets, key=lambda each: each[1]):
        if seat_id in judging and total is not None:
            (fresh if attempt == item.attempt else before)[seat_id] = total
    standing = [
        seat
        for seat in judges
        if seat.id in before and seat.id not in fresh and _stands(item, hall, seat.id)
    ]
    totals = fresh | {seat.id: before[seat.id] for seat in standing}
    expected = [seat for seat in judges if seat.id not in hall.absent or seat.id in fresh]
    missing = [seat for seat in expected if seat.id not in totals]
    if item.state == ItemState.CONCLUDED:
        missing = []
    told = bool(fresh) and not missing
    spread = max(totals.values()) - min(totals.values()) if told else None
    gates = criteria.set_of(item.case.version).gates
    return ItemProgress(
        item,
        judges,
        expected,
        len(fresh),
        missing,
        standing,
        tuple(sorted({gate.id for gate in gates} - item.gates.keys())),
        totals if told else None,
        spread,
        sum(totals.values(), Decimal(0)) / len(totals) if told else None,
        spread is not None and spread > hall.rules.spread_limit,
    )
