"""Filters of links to shops, of online sales, of sellers, and of what can be bought online."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.market import marketplaces, quarters, queries
from ocop.market.models import LinkState, OnlineReport, ShopLink
from ocop.producers.models import Producer
from ocop.products.models import Product, Sector

_SITE = "site"


def _places() -> list[tuple[str, Any]]:
    """Marketplaces that have links, then sites."""
    used = set(ShopLink.objects.order_by().values_list("marketplace", flat=True).distinct())
    named = [(key, place.name) for key, place in marketplaces.known().items() if key in used]
    return [*named, (_SITE, _("Trang riêng"))]


def _quarters() -> list[tuple[str, str]]:
    days = OnlineReport.objects.order_by("-starts_on").values_list("starts_on", flat=True)
    found = [quarters.of_day(day) for day in days.distinct()]
    return [(each.name, f"{each.number}/{each.year}") for each in found]


class LinkFilter(StrictFilterSet):
    """Links by words, state and marketplace; those that ended when they are asked for."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể, trang"), method="by_words")
    state = filters.ChoiceFilter(label=_("Kết quả mở trang"), choices=LinkState.choices)
    place = filters.ChoiceFilter(label=_("Nơi bán"), choices=_places, method="by_place")
    ended = filters.ChoiceFilter(
        label=_("Đã gỡ"),
        choices=(("no", _("Chưa gỡ")), ("yes", _("Đã gỡ"))),
        method="by_end",
    )

    class Meta:
        model = ShopLink
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("product__folded",), ("address",))

    def by_place(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(marketplace="" if value == _SITE else value)

    def by_end(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(ends_on__isnull=value == "no")


class OnlineReportFilter(StrictFilterSet):
    """Reports of sales by producer and quarter."""

    q = filters.CharFilter(label=_("Tìm chủ thể"), method="by_words")
    quarter = filters.ChoiceFilter(label=_("Quý"), choices=_quarters, method="by_quarter")

    class Meta:
        model = OnlineReport
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("producer__folded",))

    def by_quarter(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        found = quarters.read(value)
        return rows.filter(starts_on=found.first_day) if found else rows.none()


class SellerFilter(StrictFilterSet):
    """Sellers by name, and by whether they told the last quarter."""

    q = filters.CharFilter(label=_("Tìm chủ thể"), method="by_words")
    told = filters.ChoiceFilter(
        label=_("Doanh thu quý trước"),
        choices=(("no", _("Chưa ghi")), ("yes", _("Đã ghi"))),
        method="by_told",
    )

    class Meta:
        model = Producer
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_told(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        last = quarters.of_day(timezone.localdate()).before
        told = OnlineReport.objects.filter(starts_on=last.first_day, producer=OuterRef("pk"))
        return rows.filter(Exists(told)) if value == "yes" else rows.exclude(Exists(told))


class BuyableFilter(StrictFilterSet):
    """What can be bought online, by words, sector and marketplace."""

    q = filters.CharFilter(label=_("Tên sản phẩm hoặc chủ thể"), method="by_words")
    sector = filters.ChoiceFilter(label=_("Ngành"), choices=Sector.choices)
    place = filters.ChoiceFilter(label=_("Nơi bán"), choices=_places, method="by_place")

    class Meta:
        model = Product
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_place(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        key = "" if value == _SITE else value
        shown = queries.shown_on(timezone.localdate())
        return rows.filter(Exists(shown.filter(product=OuterRef("pk"), marketplace=key)))
