"""Filters of the network."""

from datetime import date
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ocop.filters.inputs import DayInput
from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.filters.worded import WordedFilter
from ocop.network import months, place_types
from ocop.network.models import Basis, Chain, KeyGood, PointState, SalesPoint, SalesReport
from ocop.network.queries import goods, points, sales
from ocop.places import queries as places
from ocop.places.models import Level, Unit


def _places() -> list[tuple[str, str]]:
    return [(key, _t(words)) for key, words in place_types.PLACES.items()]


class PointFilter(StrictFilterSet):
    """Points by words, place, state, kind of place and chain."""

    q = filters.CharFilter(label=_("Tìm tên, địa chỉ"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=PointState.choices)
    place_type = filters.ChoiceFilter(label=_("Loại địa điểm"), choices=_places)
    chain = filters.CharFilter(
        label=_("Mã chuỗi"), field_name="chain__code", widget=forms.HiddenInput
    )

    class Meta:
        model = SalesPoint
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        if value is None:
            return rows
        if value.valid_to is not None:
            return rows.filter(unit__in=places.below(value).values("pk"))
        if value.level == Level.COMMUNE:
            return rows.filter(commune=value)
        return rows.filter(commune__parent=value)


class OfficePointFilter(PointFilter):
    """The same for the office, which also asks what a point still has to do."""

    told = filters.ChoiceFilter(
        label=_("Doanh số tháng trước"),
        choices=(("no", _("Chưa ghi")), ("yes", _("Đã ghi"))),
        method="by_told",
    )
    shelf = filters.ChoiceFilter(
        label=_("Hàng trên kệ"),
        choices=(("gone", _("Có hàng không được bày hôm nay")), ("none", _("Chưa ghi hàng"))),
        method="by_shelf",
    )
    keeper = filters.ChoiceFilter(
        label=_("Người phụ trách"),
        choices=(("no", _("Chưa có")), ("yes", _("Đã có"))),
        method="by_keeper",
    )

    class Meta(PointFilter.Meta):
        pass

    def by_told(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        on = timezone.localdate()
        month = months.before(months.first_of(on))
        working = rows.filter(pk__in=points.open_on(on).values("pk"))
        late = sales.untold(working, month)
        if value == "no":
            return late
        return working.filter(recognised_on__lt=months.after(month)).exclude(
            pk__in=late.order_by().values("pk")
        )

    def by_shelf(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        on = timezone.localdate()
        working = rows.filter(pk__in=points.open_on(on).values("pk"))
        if value == "none":
            return goods.offering(working, goods.lines_on(on), without=True)
        return goods.offering(working, goods.wrong_lines(on))

    def by_keeper(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        kept = points.kept_on(timezone.localdate()).values("pk")
        working = rows.filter(state=PointState.RECOGNISED)
        return working.filter(pk__in=kept) if value == "yes" else working.exclude(pk__in=kept)


class SoldFilter(PointFilter):
    """Points as above, with the time and the words of the goods whose sales are asked for: these
    are read by `sales`, not by the points."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_nothing")
    since = filters.DateFilter(label=_("Từ tháng có ngày"), method="by_nothing", widget=DayInput)
    until = filters.DateFilter(label=_("Đến tháng có ngày"), method="by_nothing", widget=DayInput)
    state = None

    class Meta(PointFilter.Meta):
        pass

    def by_nothing(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return rows

    def asked(self) -> tuple[date, date, str]:
        """From which month to which (their first days), and the words: a year where none is
        said."""
        self.is_valid()
        told = self.form.cleaned_data
        last = months.first_of(told.get("until") or timezone.localdate())
        since = told.get("since")
        return months.first_of(since) if since else months.before(last, 11), last, told.get("q", "")


class ReportFilter(StrictFilterSet):
    """Reports of sales by point and month."""

    point = filters.CharFilter(label=_("Mã điểm bán"), field_name="point__code")
    since = filters.DateFilter(
        label=_("Từ tháng có ngày"), field_name="month", lookup_expr="gte", widget=DayInput
    )
    until = filters.DateFilter(
        label=_("Đến tháng có ngày"), field_name="month", lookup_expr="lte", widget=DayInput
    )

    class Meta:
        model = SalesReport
        fields = ()


class ChainFilter(WordedFilter):
    """Chains by name, and by whether they share their stock."""

    texts: ClassVar = ("name",)
    q = filters.CharFilter(label=_("Tìm chuỗi"), method="by_words", max_length=100)
    shared_stock = filters.ChoiceFilter(
        label=_("Hàng dùng chung"), choices=(("true", _("Có")), ("false", _("Không")))
    )

    class Meta:
        model = Chain
        fields = ()


class PublicPointFilter(StrictFilterSet):
    """The same for the public, who sees the ones that work. Where somebody says to be stays in the
    address while the list is narrowed; it only orders the points."""

    q = filters.CharFilter(label=_("Tên, địa chỉ hoặc xã, phường"), method="by_words")
    place_type = filters.ChoiceFilter(label=_("Loại địa điểm"), choices=_places)
    lat = filters.CharFilter(method="by_nothing", widget=forms.HiddenInput)
    lon = filters.CharFilter(method="by_nothing", widget=forms.HiddenInput)

    class Meta:
        model = SalesPoint
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded", "commune__folded"))

    def by_nothing(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows


class KeyGoodFilter(StrictFilterSet):
    """Key goods by words and basis."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, văn bản"), method="by_words")
    basis = filters.ChoiceFilter(label=_("Căn cứ"), choices=Basis.choices)

    class Meta:
        model = KeyGood
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        named = holding(rows, value, ("product__folded",))
        return rows.filter(Q(pk__in=named.values("pk")) | Q(document__icontains=value.strip()))
