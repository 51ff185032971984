"""Reading how many design centres are recognised: from their register, and from reports before it
holds any."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ocop.core.once import once
from ocop.network.centres.models import DesignCentre
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.adding import upwards
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.readings import Figure, Source
from ocop.programme.reported import UNIT_CUTS, Reported
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Designed(Reported):
    """The centres whose recognition stands on the day, one row each. Where none was recognised by
    then, the latest figure that was reported."""

    source: Source = Source.CENTRES

    def rows(self, scope: Scope) -> QuerySet[Any]:
        if not _recognised(scope.province, scope.as_of, scope.demonstration):
            return Reported.rows(self, scope)
        found = [centre.pk for centre in self._standing(scope)]
        return DesignCentre.objects.filter(pk__in=found).select_related("unit__parent", "commune")

    def figure(self, scope: Scope) -> Figure:
        if not _recognised(scope.province, scope.as_of, scope.demonstration):
            return Reported.figure(self, scope)
        return Figure(len(self._standing(scope)))

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        if not _recognised(scope.province, scope.as_of, scope.demonstration):
            return Reported.slices(self, scope, cut)
        found: Counter[int | None] = Counter()
        for centre in self._standing(scope):
            level = UNIT_CUTS[cut]
            found[next((u.pk for u in _above(centre) if u.level == level), None)] += 1
        return CUTS[cut].slices(found)

    def _standing(self, scope: Scope) -> list[DesignCentre]:
        keys = {key for cut, key in scope.choices if cut in UNIT_CUTS}
        return [
            centre
            for centre in _recognised(scope.province, scope.as_of, scope.demonstration)
            if (centre.ended_on is None or centre.ended_on > scope.as_of)
            and keys <= {key_of(unit) for unit in _above(centre)}
        ]


@once
def _recognised(province: str, as_of: date, demonstration: bool) -> list[DesignCentre]:
    """The centres of a province that were recognised by a day, also those that ended since."""
    rows = DesignCentre.objects.filter(province=province, recognised_on__lte=as_of)
    if not demonstration:
        rows = rows.filter(demonstration=False)
    return list(rows.select_related("unit__parent__parent").order_by("pk"))


def _above(centre: DesignCentre) -> list[Unit]:
    return [] if centre.unit is None else upwards(centre.unit)
