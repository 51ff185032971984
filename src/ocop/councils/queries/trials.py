"""Trying another version of a set on the marks there are: whose star would differ under it.

Marks stand in workbooks, in what councils concluded, and on the sheets of cases that are being
judged. Of the latter nothing is told before every expected sheet is in (`progress`), and nothing
to members of a council, who score blind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ocop.core.actor import Actor
from ocop.councils import rules
from ocop.councils.models import Item, ItemState, ScoreWorkbook, Sitting
from ocop.councils.outcome import (
    Case,
    Member,
    ProductOutcome,
    Sheet,
    WorkingRules,
    assess,
    from_json,
)
from ocop.councils.queries import progress, sittings, workbooks
from ocop.councils.queries.hall import hall_of
from ocop.criteria.difference import carried
from ocop.criteria.sets import CriteriaSet


@dataclass(frozen=True, slots=True)
class Shift:
    """A product whose star would differ under another version of its set; judged in a workbook or
    at a sitting (`item`)."""

    before: ProductOutcome
    after: ProductOutcome
    workbook: ScoreWorkbook | None = None
    item: Item | None = None

    @property
    def title(self) -> str:
        """The sitting or workbook where the marks stand."""
        return str(self.workbook.title if self.workbook else self.item and self.item.sitting.title)


@dataclass(slots=True)
class Trial:
    """Whose star would change, and on how many products' marks it was tried."""

    shifts: list[Shift] = field(default_factory=list)
    in_workbooks: int = 0
    concluded: int = 0
    running: int = 0

    @property
    def tried(self) -> int:
        """All products whose marks were read under the other version."""
        return self.in_workbooks + self.concluded + self.running


@dataclass(frozen=True, slots=True)
class _Judged:
    """A product's marks, and the working rules under which they count."""

    outcome: ProductOutcome
    working: WorkingRules
    workbook: ScoreWorkbook | None = None
    item: Item | None = None


def trial(actor: Actor, old: CriteriaSet, new: CriteriaSet) -> Trial:
    """Whose star would change if the marks there are were read under `new`.

    Both sides are computed anew, under the working rules of each workbook and council. A case
    that came up twice is tried once, on its last marks.
    """
    found = Trial()
    for judged in (*_of_workbooks(actor, old.number), *_of_councils(actor, old.number)):
        before = _again(judged.outcome, old, judged.working)
        after = _again(judged.outcome, new, judged.working)
        if before.star != after.star:
            found.shifts.append(Shift(before, after, judged.workbook, judged.item))
        if judged.item is None:
            found.in_workbooks += 1
        elif judged.item.state == ItemState.CONCLUDED:
            found.concluded += 1
        else:
            found.running += 1
    return found


def _of_workbooks(actor: Actor, number: int) -> Iterator[_Judged]:
    for workbook in workbooks.visible_to(actor):
        working = workbooks.rules_of(workbook)
        for kept in workbooks.outcomes(workbook):
            if kept.set_number == number:
                yield _Judged(kept, working, workbook=workbook)


def _of_councils(actor: Actor, number: int) -> Iterator[_Judged]:
    if not rules.may_see_workbooks(actor):
        return
    items = sittings.items_visible_to(actor).filter(case__version__number=number)
    items = items.exclude(state__in=(ItemState.WAITING, ItemState.TAKEN_OFF))
    last = {item.case_id: item for item in items.order_by("sitting__starts_at", "pk")}
    by_sitting = sorted(last.values(), key=lambda item: (item.sitting_id, item.pk))
    for _key, group in groupby(by_sitting, key=lambda item: item.sitting_id):
        some = list(group)
        yield from _of_sitting(some[0].sitting, some)


def _of_sitting(sitting: Sitting, items: list[Item]) -> Iterator[_Judged]:
    hall = hall_of(sitting)
    for now in progress.of_items(items, sitting, hall):
        item = now.item
        if item.outcome is not None:
            yield _Judged(from_json(item.outcome), hall.rules, item=item)
        elif now.all_in:
            yield _Judged(progress.assessed(item, hall), hall.rules, item=item)


def _again(
    kept: ProductOutcome, criteria_set: CriteriaSet, working: WorkingRules
) -> ProductOutcome:
    """What the marks of a product come to under a set."""
    sheets = [Sheet(name, carried(marks, criteria_set)) for name, marks in kept.marks.items()]
    case = Case(
        kept.product,
        criteria_set,
        sheets,
        {name: yes for name, yes in kept.gates.items() if name in criteria_set.gate_ids},
        carried(kept.levels, criteria_set),
    )
    return assess(case, [Member(sheet.member) for sheet in sheets], working)
