"""What became of what: from a lot to all that was made of it, and back to what it was made of.

A thing leads on where it is an input (to the outputs), part of a transformation in several events
(to their outputs) or put into a package (to the package, which may be an input in its turn). It
does not lead from a package to what else lies in it: goods do not spoil by lying side by side.

Level by level, with all things of a level at once: the number of questions grows with the length
of the way, not with the number of events. Events that were declared wrong lead nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from ocop.traceability.models import EventThing, Lot, ThingRole
from ocop.traceability.naming import lot_uri
from ocop.traceability.portions import portions

_IN = (ThingRole.INPUT, ThingRole.INPUT_CLASS)
_OUT = (ThingRole.OUTPUT, ThingRole.OUTPUT_CLASS)
_WITHIN = (ThingRole.CHILD, ThingRole.CHILD_CLASS)

#: From a thing in one of the first roles to things of the same event in one of the second.
_DOWN = (
    (_IN, (*_OUT, ThingRole.TRANSFORM)),
    ((ThingRole.TRANSFORM,), _OUT),
    (_WITHIN, (ThingRole.PARENT,)),
)
_UP = (
    (_OUT, (*_IN, ThingRole.TRANSFORM)),
    ((ThingRole.TRANSFORM,), _IN),
    ((ThingRole.PARENT,), _WITHIN),
)
Ways = tuple[tuple[tuple[ThingRole, ...], tuple[ThingRole, ...]], ...]


@dataclass(slots=True)
class Reached:
    """Everything that was come to, without where one began: things by their one form, and those of
    our lots among them."""

    values: set[str] = field(default_factory=set)
    lots: set[int] = field(default_factory=set)


def made_of(lots: Iterable[Lot], values: Iterable[str] = ()) -> Reached:
    """All that lots and things went into."""
    return _follow(lots, values, _DOWN)


def made_from(lots: Iterable[Lot], values: Iterable[str] = ()) -> Reached:
    """All that lots and things were made from."""
    return _follow(lots, values, _UP)


def is_cut_off(lot: Lot) -> bool:
    """Whether nothing that still counts leads to a lot from the one that it was recalled with: the
    office may then lift its recall alone."""
    root = lot.recalled_with
    return root is not None and lot.pk not in made_of([root]).lots


def _follow(lots: Iterable[Lot], values: Iterable[str], ways: Ways) -> Reached:
    begun = list(lots)
    level = {lot_uri(lot) for lot in begun} | set(values)
    own = {lot.pk for lot in begun}
    seen_values, seen_lots = set(level), set(own)
    while level or own:
        found: Reached = Reached()
        for at, to in ways:
            events = set(_events_of_values(level, at)) | set(_events_of_lots(own, at))
            _take(events, to, found)
        level, own = found.values - seen_values, found.lots - seen_lots
        seen_values |= level
        seen_lots |= own
    first_values = {lot_uri(lot) for lot in begun} | set(values)
    return Reached(seen_values - first_values, seen_lots - {lot.pk for lot in begun})


def _events_of_values(values: set[str], roles: tuple[ThingRole, ...]) -> Iterator[int]:
    """Events in which things stand in these roles. What is taken out of a package was in it."""
    good = _unsorted().filter(role__in=roles, event__declared_wrong_at=None)
    for some in portions(values):
        yield from good.filter(value__in=some).values_list("event_id", flat=True)


def _events_of_lots(lots: set[int], roles: tuple[ThingRole, ...]) -> Iterator[int]:
    """The same of our lots, whatever piece of them is named."""
    good = _unsorted().filter(role__in=roles, event__declared_wrong_at=None)
    for some in portions(lots):
        yield from good.filter(lot__in=some).values_list("event_id", flat=True)


def _unsorted() -> QuerySet[EventThing]:
    """Things as they come: their usual order would fetch and sort the events as well."""
    return EventThing.objects.order_by()


def _take(events: set[int], roles: tuple[ThingRole, ...], into: Reached) -> None:
    for some in portions(events):
        rows = _unsorted().filter(event__in=some, role__in=roles)
        for value, lot in rows.values_list("value", "lot"):
            into.values.add(value)
            if lot is not None:
                into.lots.add(lot)


def each_made_from(lots: Iterable[Lot]) -> dict[int, Reached]:
    """What each of many lots was made from, with as many questions for hundreds of them as for
    one."""
    found: dict[int, Reached] = {}
    values: dict[str, set[int]] = {}
    own: dict[int, set[int]] = {}
    for lot in lots:
        found[lot.pk] = Reached({lot_uri(lot)}, {lot.pk})
        values[lot_uri(lot)], own[lot.pk] = {lot.pk}, {lot.pk}
    begun = {key: set(reached.values) for key, reached in found.items()}
    while values or own:
        values, own = _one_up(values, own, found)
    for key, reached in found.items():
        reached.values -= begun[key]
        reached.lots.discard(key)
    return found


Roots = Mapping[int, set[int]]


def _one_up(
    values: Mapping[str, set[int]], lots: Roots, found: Mapping[int, Reached]
) -> tuple[dict[str, set[int]], dict[int, set[int]]]:
    """One step back from things that these lots came to; what was come to for the first time."""
    new_values: dict[str, set[int]] = defaultdict(set)
    new_lots: dict[int, set[int]] = defaultdict(set)
    for at, to in _UP:
        events = _events_with_roots(values, lots, at)
        for some in portions(events):
            rows = EventThing.objects.filter(event__in=some, role__in=to)
            for event, value, lot in rows.values_list("event_id", "value", "lot"):
                for root in events[event]:
                    if value not in found[root].values:
                        found[root].values.add(value)
                        new_values[value].add(root)
                    if lot is not None and lot not in found[root].lots:
                        found[root].lots.add(lot)
                        new_lots[lot].add(root)
    return new_values, new_lots


def _events_with_roots(
    values: Mapping[str, set[int]], lots: Roots, roles: tuple[ThingRole, ...]
) -> Roots:
    good = EventThing.objects.filter(role__in=roles, event__declared_wrong_at=None)
    found: dict[int, set[int]] = defaultdict(set)
    for texts in portions(values):
        for event, value in good.filter(value__in=texts).values_list("event_id", "value"):
            found[event] |= values[value]
    for keys in portions(lots):
        for event, lot in good.filter(lot__in=keys).values_list("event_id", "lot"):
            found[event] |= lots[lot]
    return found
