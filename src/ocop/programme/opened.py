"""Reading how many sales points work."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ocop.core.once import once
from ocop.network.models import SalesPoint
from ocop.places.models import Level, Unit
from ocop.places.queries import key_of
from ocop.programme.adding import upwards
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.kept import Kept
from ocop.programme.readings import Source
from ocop.programme.reported import UNIT_CUTS, Reported
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Kept):
    """The points that work on the day."""

    source: Source = Source.NETWORK

    def is_kept(self, scope: Scope) -> bool:
        return bool(_entered(scope.province, scope.as_of, scope.demonstration))

    def own_rows(self, scope: Scope) -> QuerySet[Any]:
        found = [point.pk for point in self._open(scope)]
        return SalesPoint.objects.filter(pk__in=found).select_related("unit__parent", "commune")

    def own_slices(self, scope: Scope, cut: str) -> list[Slice]:
        found: Counter[int | None] = Counter()
        for point in self._open(scope):
            found[_within(point, UNIT_CUTS[cut])] += 1
        return CUTS[cut].slices(found)

    def communes(self, scope: Scope) -> dict[str, list[str]]:
        if not self.is_kept(scope):
            return Reported.communes(self, scope)
        found: dict[str, list[str]] = {}
        units = {point.unit.pk: point.unit for point in self._open(scope) if point.unit}
        for unit in sorted(units.values(), key=lambda u: (u.folded, u.code)):
            if unit.level == Level.COMMUNE and unit.parent and unit.parent.level == Level.DISTRICT:
                found.setdefault(key_of(unit.parent), []).append(unit.name)
        return found

    def set_up(self, scope: Scope) -> list[Slice]:
        """The districts that set up points themselves, with all points that they have."""
        if not self.is_kept(scope):
            return Reported.set_up(self, scope)
        founders = {p.founder_id for p in self._open(scope) if p.founder_id is not None}
        keys = {key_of(unit) for unit in Unit.objects.filter(pk__in=founders)} if founders else ()
        return [line for line in self.slices(scope, "district_then") if line.key in keys]

    def _open(self, scope: Scope) -> list[SalesPoint]:
        keys = {key for cut, key in scope.choices if cut in UNIT_CUTS}
        return [
            point
            for point in _entered(scope.province, scope.as_of, scope.demonstration)
            if (point.closed_on is None or point.closed_on > scope.as_of)
            and keys <= {key_of(unit) for unit in _above(point)}
        ]


@once
def _entered(province: str, as_of: date, demonstration: bool) -> list[SalesPoint]:
    """The points of a province that were recognised by a day, also those closed since."""
    rows = SalesPoint.objects.filter(province=province, recognised_on__lte=as_of)
    if not demonstration:
        rows = rows.filter(demonstration=False)
    return list(rows.select_related("unit__parent__parent").order_by("pk"))


def _above(point: SalesPoint) -> list[Unit]:
    return [] if point.unit is None else upwards(point.unit)


def _within(point: SalesPoint, level: Level) -> int | None:
    """The unit of that level in which a point lies, by its key."""
    return next((unit.pk for unit in _above(point) if unit.level == level), None)
