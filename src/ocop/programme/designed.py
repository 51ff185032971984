"""Reading how many design centres are recognised."""

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
from ocop.programme.kept import Kept
from ocop.programme.readings import Source
from ocop.programme.reported import UNIT_CUTS
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Designed(Kept):
    """The centres whose recognition stands on the day; none is kept before one was recognised."""

    source: Source = Source.CENTRES

    def is_kept(self, scope: Scope) -> bool:
        return bool(_recognised(scope.province, scope.as_of, scope.demonstration))

    def own_rows(self, scope: Scope) -> QuerySet[Any]:
        found = [centre.pk for centre in self._standing(scope)]
        return DesignCentre.objects.filter(pk__in=found).select_related("unit__parent", "commune")

    def own_slices(self, scope: Scope, cut: str) -> list[Slice]:
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
