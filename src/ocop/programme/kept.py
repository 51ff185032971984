"""Reading what a register holds, and reports before it is kept."""

from abc import abstractmethod
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from ocop.core.once import once
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.adding import upwards
from ocop.programme.cuts import CUTS, Slice
from ocop.programme.readings import Figure
from ocop.programme.reported import UNIT_CUTS, Reported
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Reported):
    """What the register of a room holds of the province by the day. Where it holds nothing of it,
    whatever is chosen, the latest figure that was reported: an office that has not brought its
    register yet goes on with what it reported."""

    @abstractmethod
    def is_kept(self, scope: Scope) -> bool:
        """Whether the register holds anything of the province by the day."""

    @abstractmethod
    def own_rows(self, scope: Scope) -> QuerySet[Any]:
        """What counts, one row each."""

    @abstractmethod
    def own_slices(self, scope: Scope, cut: str) -> list[Slice]:
        """What counts, by a cut."""

    def rows(self, scope: Scope) -> QuerySet[Any]:
        return self.own_rows(scope) if self.is_kept(scope) else Reported.rows(self, scope)

    def figure(self, scope: Scope) -> Figure:
        if not self.is_kept(scope):
            return Reported.figure(self, scope)
        return Figure(self.own_rows(scope).count())

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        if not self.is_kept(scope):
            return Reported.slices(self, scope, cut)
        return self.own_slices(scope, cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlaces(Kept):
    """The places of a register, each in a unit of its time, that were recognised by the day and
    have not ended by it. `ends` is the field of the first day without one."""

    model: type[Model]
    ends: str

    def is_kept(self, scope: Scope) -> bool:
        return bool(self._recognised(scope))

    def own_rows(self, scope: Scope) -> QuerySet[Any]:
        found = [place.pk for place in self.standing(scope)]
        rows = self.model._default_manager.filter(pk__in=found)
        return rows.select_related("unit__parent", "commune")

    def own_slices(self, scope: Scope, cut: str) -> list[Slice]:
        found: Counter[int | None] = Counter()
        for place in self.standing(scope):
            within = (unit.pk for unit in _above(place) if unit.level == UNIT_CUTS[cut])
            found[next(within, None)] += 1
        return CUTS[cut].slices(found)

    def standing(self, scope: Scope) -> list[Any]:
        """The places that count."""
        keys = {key for cut, key in scope.choices if cut in UNIT_CUTS}
        return [
            place
            for place in self._recognised(scope)
            if ((ended := getattr(place, self.ends)) is None or ended > scope.as_of)
            and keys <= {key_of(unit) for unit in _above(place)}
        ]

    def _recognised(self, scope: Scope) -> list[Any]:
        return _recognised(self.model, scope.province, scope.as_of, scope.demonstration)


@once
def _recognised(model: type[Model], province: str, as_of: date, demonstration: bool) -> list[Any]:
    """The places of a province that were recognised by a day, also those that ended since."""
    rows = model._default_manager.filter(province=province, recognised_on__lte=as_of)
    if not demonstration:
        rows = rows.filter(demonstration=False)
    return list(rows.select_related("unit__parent__parent").order_by("pk"))


def _above(place: Any) -> list[Unit]:
    return [] if place.unit is None else upwards(place.unit)
