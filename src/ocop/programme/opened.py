"""Reading how many sales points work."""

from dataclasses import dataclass

from ocop.places.models import Level, Unit
from ocop.places.queries import key_of
from ocop.programme.cuts import Slice
from ocop.programme.kept import KeptPlaces
from ocop.programme.reported import Reported
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(KeptPlaces):
    """The points that work on the day."""

    def communes(self, scope: Scope) -> dict[str, list[str]]:
        if not self.is_kept(scope):
            return Reported.communes(self, scope)
        found: dict[str, list[str]] = {}
        units = {point.unit.pk: point.unit for point in self.standing(scope) if point.unit}
        for unit in sorted(units.values(), key=lambda u: (u.folded, u.code)):
            if unit.level == Level.COMMUNE and unit.parent and unit.parent.level == Level.DISTRICT:
                found.setdefault(key_of(unit.parent), []).append(unit.name)
        return found

    def set_up(self, scope: Scope) -> list[Slice]:
        """The districts that set up points themselves, with all points that they have."""
        if not self.is_kept(scope):
            return Reported.set_up(self, scope)
        founders = {p.founder_id for p in self.standing(scope) if p.founder_id is not None}
        keys = {key_of(unit) for unit in Unit.objects.filter(pk__in=founders)} if founders else ()
        return [line for line in self.slices(scope, "district_then") if line.key in keys]
