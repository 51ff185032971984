"""Reading figures that somebody reported, for things no room of the system holds yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from ocop.core.once import once
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.places.queries import key_of
from ocop.programme.adding import addable, upwards
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.models import ReportedFigure
from ocop.programme.readings import Figure, Indicator, Source
from ocop.programme.scope import Scope

UNIT_CUTS = {"district_then": Level.DISTRICT, "commune_then": Level.COMMUNE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Indicator):
    """The latest figure reported for the place by the day.

    Where the place itself has none, the sum of what was reported for the places within it, as far
    as they do not overlap (see `adding`).
    """

    source: Source = Source.REPORTED
    cuts: tuple[str, ...] = tuple(UNIT_CUTS)

    def rows(self, scope: Scope) -> QuerySet[ReportedFigure]:
        used = [figure.pk for figure in addable(*self._latest(scope))]
        return ReportedFigure.objects.filter(pk__in=used).select_related("unit__parent")

    def figure(self, scope: Scope) -> Figure:
        return _sum(addable(*self._latest(scope)))

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        found: dict[int, list[ReportedFigure]] = {}
        figures, own = self._latest(scope)
        for figure in figures:
            for unit in upwards(figure.unit):
                if unit.level == UNIT_CUTS[cut]:
                    found.setdefault(unit.pk, []).append(figure)
        counts = {pk: int(_sum(addable(of, own)).value or 0) for pk, of in found.items()}
        return CUTS[cut].slices(counts)

    def set_up(self, scope: Scope) -> list[Slice]:
        """The districts of which something was reported."""
        return self.slices(scope, "district_then")

    def communes(self, scope: Scope) -> dict[str, list[str]]:
        """The names of the communes that have a figure, by the key of their district."""
        found: dict[str, list[str]] = {}
        units = [figure.unit for figure in self._latest(scope)[0]]
        for unit in sorted(units, key=lambda u: (u.folded, u.code)):
            if unit.level == Level.COMMUNE and unit.parent and unit.parent.level == Level.DISTRICT:
                found.setdefault(key_of(unit.parent), []).append(unit.name)
        return found

    def _latest(self, scope: Scope) -> tuple[list[ReportedFigure], Unit | None]:
        """The newest figure of each unit, of the province and of the units chosen; the province."""
        own, provinces = places.province_of(scope.province, scope.as_of)
        rows = _told(scope.as_of, scope.demonstration)
        newest = {row.unit_id: row for row in rows if row.indicator == self.key}.values()
        keys = {key for cut, key in scope.choices if cut in UNIT_CUTS}
        return [
            row
            for row in newest
            if (above := upwards(row.unit))[-1].pk in provinces
            and keys <= {key_of(unit) for unit in above}
        ], own


@once
def _told(as_of: date, demonstration: bool) -> list[ReportedFigure]:
    """What was reported by the day, of all indicators: a page reads several of them."""
    rows = ReportedFigure.objects.filter(as_of__lte=as_of)
    if not demonstration:
        rows = rows.filter(demonstration=False)
    return list(rows.order_by("as_of").select_related("unit__parent__parent"))


def _sum(figures: list[ReportedFigure]) -> Figure:
    if not figures:
        return Figure(None)
    total = sum((figure.value for figure in figures), Decimal(0))
    return Figure(
        int(total) if total == total.to_integral_value() else total,
        more_than=any(figure.more_than for figure in figures),
        as_of=max(figure.as_of for figure in figures),
        told_by="; ".join(sorted({figure.source for figure in figures})),
    )
