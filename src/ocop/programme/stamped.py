"""Reading which farm products carry stamps: from ranges that were activated, not from reports."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from ocop.products.models import Product, Sector
from ocop.programme import cube
from ocop.programme.cuts import Slice
from ocop.programme.readings import Indicator, Source, narrowed
from ocop.programme.scope import Scope
from ocop.traceability.models import StampRange

#: Food, drinks and medicinal goods: what grows or is reared, and what is made of it.
FARMED = (Sector.FOOD, Sector.DRINK, Sector.MEDICINAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped(Indicator):
    """Farm products of the province with stamps activated by the day, one row each, with the moment
    of the first ones (`stamped_at`).

    Stamps that were closed since count: they are on goods. An activation that was taken back as a
    mistake is none.
    """

    source: Source = Source.STAMPS
    cuts: tuple[str, ...] = ("district_then", "commune_then", "commune_now")

    def rows(self, scope: Scope) -> QuerySet[Product]:
        ended = timezone.make_aware(datetime.combine(scope.as_of + timedelta(days=1), time()))
        ranges = StampRange.objects.filter(activated_at__lt=ended).order_by()
        own = ranges.filter(order__item__product=OuterRef("pk")).order_by("activated_at")
        rows = Product.objects.filter(
            pk__in=ranges.values("order__item__product"),
            province=scope.province,
            sector__in=FARMED,
        )
        if not scope.demonstration:
            rows = rows.filter(demonstration=False)
        return narrowed(rows.annotate(stamped_at=Subquery(own.values("activated_at")[:1])), scope)

    def slices(self, scope: Scope, cut: str) -> list[Slice]:
        return cube.read(self.rows(scope), [cut]).slices(cut)
