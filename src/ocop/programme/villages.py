"""Reading craft villages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ocop.network.villages import queries
from ocop.network.villages.models import Village
from ocop.programme import cube
from ocop.programme.cuts import Slice
from ocop.programme.kept import Kept
from ocop.programme.readings import Source, narrowed
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Villages(Kept):
    """Villages of the province that count on the day; of the `recognised` ones only those with a
    title as a craft village that stands on that day."""

    source: Source = Source.VILLAGES
    recognised: bool = False

    def is_kept(self, scope: Scope) -> bool:
        return self._counted(scope).exists()

    def own_rows(self, scope: Scope) -> QuerySet[Any]:
        return narrowed(self._counted(scope, recognised=self.recognised), scope)

    def own_slices(self, scope: Scope, cut: str) -> list[Slice]:
        return cube.read(self.own_rows(scope), [cut]).slices(cut)

    def _counted(self, scope: Scope, *, recognised: bool = False) -> QuerySet[Village]:
        rows = queries.counted(province=scope.province, on=scope.as_of, recognised=recognised)
        if not scope.demonstration:
            rows = rows.filter(demonstration=False)
        return rows.select_related("commune", "unit__parent").order_by("folded", "pk")
