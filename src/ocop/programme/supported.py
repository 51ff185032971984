"""Reading since when units support producers: from grants and payments, not from reports."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.adding import upwards
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.readings import Figure, Indicator, Source
from ocop.programme.reported import UNIT_CUTS
from ocop.programme.scope import Scope
from ocop.support.beginnings import beginnings


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedSince(Indicator):
    """The first year of support for a purpose: of the place, or of any unit within it. Years are
    never added up."""

    category: str
    source: Source = Source.SUPPORT
    cuts: tuple[str, ...] = tuple(UNIT_CUTS)

    def rows(self, scope: Scope) -> QuerySet[Unit]:
        """The units that gave, each with its first year."""
        _own, provinces = places.province_of(scope.province, scope.as_of)
        keys = {key for cut, key in scope.choices if cut in UNIT_CUTS}
        found = beginnings(self.category, by=scope.as_of, invented=scope.demonstration)
        within = [
            unit.pk
            for unit in found.select_related("parent__parent")
            if (above := upwards(unit))[-1].pk in provinces
            and keys <= {key_of(each) for each in above}
        ]
        return found.filter(pk__in=within)

    def figure(self, scope: Scope) -> Figure:
        return Figure(min(_years(self.rows(scope)), default=None))

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        years: dict[int, int] = {}
        for unit in self.rows(scope).select_related("parent__parent"):
            year: int = unit.counted_year  # type: ignore[attr-defined]
            for above in upwards(unit):
                if above.level == UNIT_CUTS[cut]:
                    years[above.pk] = min(year, years.get(above.pk, year))
        return CUTS[cut].slices(years)


def _years(rows: QuerySet[Unit]) -> list[int]:
    return [unit.counted_year for unit in rows]  # type: ignore[attr-defined]
