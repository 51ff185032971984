"""Reading what a register holds, and reports before it is kept."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ocop.programme.cuts import Slice
from ocop.programme.readings import Figure
from ocop.programme.reported import Reported
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
