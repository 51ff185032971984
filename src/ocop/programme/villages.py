"""Reading craft villages: from their register, and from reports where it holds none yet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ocop.network.villages import queries
from ocop.network.villages.models import Village
from ocop.programme import cube
from ocop.programme.cuts import Slice
from ocop.programme.readings import Figure, Source, narrowed
from ocop.programme.reported import Reported
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Villages(Reported):
    """Villages of the province that count on the day, one row each; of the `recognised` ones only
    those with a title as a craft village that stands on that day.

    An office that has not brought its register yet goes on with what it reported.
    """

    source: Source = Source.VILLAGES
    recognised: bool = False

    def rows(self, scope: Scope) -> QuerySet[Any]:
        own = self._counted(scope, recognised=self.recognised)
        return narrowed(own, scope) if self._is_kept(scope) else self._reported(scope)

    def figure(self, scope: Scope) -> Figure:
        if self._is_kept(scope):
            return Figure(self.rows(scope).count())
        return Reported.figure(self, scope)

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        if self._is_kept(scope):
            return cube.read(self.rows(scope), [cut]).slices(cut)
        return Reported.slices(self, scope, cut)

    def _reported(self, scope: Scope) -> QuerySet[Any]:
        return Reported.rows(self, scope)

    def _is_kept(self, scope: Scope) -> bool:
        """Whether the register holds villages of the province on the day, whatever is chosen."""
        return self._counted(scope).exists()

    def _counted(self, scope: Scope, *, recognised: bool = False) -> QuerySet[Village]:
        rows = queries.counted(province=scope.province, on=scope.as_of, recognised=recognised)
        if not scope.demonstration:
            rows = rows.filter(demonstration=False)
        return rows.select_related("commune", "unit__parent").order_by("folded", "pk")
