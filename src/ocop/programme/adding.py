"""Which figures of several places may be added: none may count a thing twice.

A unit lies within those above it in its era, and in part within what became of it later. Figures
of units that existed on one day never overlap, once those within a larger unit's figure are left
out. An old district and a commune that came out of it do; where units of different eras may
overlap, only the figures of one era are added: of that which covers more of today's communes.
"""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.places.queries import Future
from ocop.programme.models import ReportedFigure


def upwards(unit: Unit) -> list[Unit]:
    """A unit and all above it, the province last."""
    return [unit] if unit.parent is None else [unit, *upwards(unit.parent)]


def topmost(figures: Sequence[ReportedFigure], own: Unit | None) -> list[ReportedFigure]:
    """Those not already within a larger unit's figure; within `own` lies everything."""
    whole = [figure for figure in figures if own is not None and figure.unit_id == own.pk]
    if whole:
        return whole
    units = {figure.unit_id for figure in figures}
    return [f for f in figures if not units & {above.pk for above in upwards(f.unit)[1:]}]


def addable(figures: Sequence[ReportedFigure], own: Unit | None) -> list[ReportedFigure]:
    """The figures that together are the number of a place. The newest of each unit are given."""
    top = topmost(figures, own)
    apart = [
        (one.unit, other.unit)
        for one, other in combinations(sorted(top, key=lambda f: f.unit.valid_from), 2)
        if _ended_before(one.unit, other.unit)
    ]
    if not apart:
        return top
    futures = places.futures(figure.unit for figure in top)
    if not any(_may_overlap(futures[old.pk], futures[new.pk]) for old, new in apart):
        return top
    days = {figure.as_of for figure in top}
    return max((_of_era(top, day) for day in days), key=lambda era: _weight(era, futures))


def _ended_before(one: Unit, other: Unit) -> bool:
    return one.valid_to is not None and one.valid_to <= other.valid_from


def _may_overlap(old: Future, new: Future) -> bool:
    return not old.known or bool(old.units & new.cells)


def _of_era(figures: Sequence[ReportedFigure], day: date) -> list[ReportedFigure]:
    """Those of units in force on a day."""
    return [
        figure
        for figure in figures
        if figure.unit.valid_from <= day
        and (figure.unit.valid_to is None or day < figure.unit.valid_to)
    ]


def _weight(figures: Sequence[ReportedFigure], futures: dict[int, Future]) -> tuple[int, date]:
    """How many communes of today an era's figures cover; of two alike, the newer era is better."""
    covered = frozenset[int]().union(*(futures[figure.unit_id].now for figure in figures))
    return len(covered), max((figure.as_of for figure in figures), default=date.min)
