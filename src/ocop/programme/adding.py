"""Which figures of several places may be added: none may count a thing twice.

1. The place's own figure, if it has one, is the number.
2. Else the newest figure of each unit within it, but those that lie in a larger unit of their own
   era that has a figure itself.
3. What is left may still speak of one area twice: an old district and a commune that came out of
   it. Figures that may overlap, directly or through others, are one area, and of each area only
   one era speaks: that which covers more of today's communes; of two alike, the later.

Figures of one era never overlap after step 2, and those of two areas never by the meaning of an
area. Where the lists do not tell what became of a unit, it may overlap with every later one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.places.queries import Future
from ocop.programme.models import ReportedFigure

Futures = dict[int, Future]
Pair = tuple[ReportedFigure, ReportedFigure]  # the older first
Areas = list[list[ReportedFigure]]


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
    ordered = sorted(top, key=lambda figure: figure.unit.valid_from)
    apart = [pair for pair in combinations(ordered, 2) if _ended_before(*pair)]
    if not apart:
        return top
    futures = places.futures(figure.unit for figure in top)
    used = {
        figure.pk for area in _areas(top, apart, futures) for figure in _of_one_era(area, futures)
    }
    return [figure for figure in top if figure.pk in used]


def _areas(figures: Sequence[ReportedFigure], apart: Iterable[Pair], futures: Futures) -> Areas:
    """Figures in groups that cannot overlap with each other."""
    area_of = {figure.pk: [figure] for figure in figures}
    for old, new in apart:
        one, other = area_of[old.pk], area_of[new.pk]
        if one is not other and _may_overlap(futures[old.unit_id], futures[new.unit_id]):
            one += other
            area_of.update((figure.pk, one) for figure in other)
    return list({id(area): area for area in area_of.values()}.values())


def _of_one_era(area: Sequence[ReportedFigure], futures: Futures) -> Sequence[ReportedFigure]:
    eras = [_of_era(area, day) for day in {figure.as_of for figure in area}]
    return max(eras, key=lambda era: _weight(era, futures))


def _ended_before(old: ReportedFigure, new: ReportedFigure) -> bool:
    return old.unit.valid_to is not None and old.unit.valid_to <= new.unit.valid_from


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


def _weight(figures: Sequence[ReportedFigure], futures: Futures) -> tuple[int, date]:
    """How many communes of today an era's figures cover; of two alike, the newer era is better."""
    covered = frozenset[int]().union(*(futures[figure.unit_id].now for figure in figures))
    return len(covered), max((figure.as_of for figure in figures), default=date.min)
