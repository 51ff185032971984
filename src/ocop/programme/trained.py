"""Reading how many producers were trained: from certificates of classes, not from reports."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ocop.producers.models import Producer
from ocop.programme.readings import Figure, Indicator, Select, Source, narrowed, share
from ocop.programme.scope import Scope
from ocop.training.queries import trained


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained(Indicator):
    """The part of the producers with a valid star of whom somebody completed a class by the day."""

    select: Select
    source: Source = Source.TRAINING

    def rows(self, scope: Scope) -> QuerySet[Producer]:
        return self._whole(scope).filter(self._done(scope))

    def figure(self, scope: Scope) -> Figure:
        whole = self._whole(scope)
        return share(whole.filter(self._done(scope)).count(), whole.count())

    def _whole(self, scope: Scope) -> QuerySet[Producer]:
        makers = narrowed(self.select(scope), scope).values("product__producer")
        return Producer.objects.filter(pk__in=makers)

    def _done(self, scope: Scope) -> Q:
        return Q(pk__in=trained(scope.as_of).values("producer"))
