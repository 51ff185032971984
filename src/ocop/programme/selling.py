"""Reading how many producers sell online: from links that were checked, not from reports."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ocop.market.queries import open_on
from ocop.producers.models import Producer
from ocop.programme.readings import Figure, Indicator, Select, Source, narrowed, share
from ocop.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SellingOnline(Indicator):
    """The part of the producers with a valid star of whom some product had an open link."""

    select: Select
    source: Source = Source.MARKET

    def rows(self, scope: Scope) -> QuerySet[Producer]:
        return self._whole(scope).filter(self._sells(scope))

    def figure(self, scope: Scope) -> Figure:
        whole = self._whole(scope)
        return share(whole.filter(self._sells(scope)).count(), whole.count())

    def _whole(self, scope: Scope) -> QuerySet[Producer]:
        makers = narrowed(self.select(scope), scope).values("product__producer")
        return Producer.objects.filter(pk__in=makers)

    def _sells(self, scope: Scope) -> Q:
        held = self.select(scope).order_by().values("product")
        links = open_on(scope.as_of).filter(product__in=held).order_by()
        return Q(pk__in=links.values("product__producer"))
