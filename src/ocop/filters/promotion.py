"""Filters of trade events and of applications for them."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.products.models import Sector
from ocop.promotion.models import (
    ApplicationState,
    EventApplication,
    EventKind,
    EventState,
    TradeEvent,
)

_PLACES = (("no", _("Trong tỉnh, thành phố")), ("yes", _("Ngoài tỉnh, thành phố")))
_BOOTHS = (("yes", _("Đã có gian")), ("no", _("Chưa có gian")))


class TradeEventFilter(StrictFilterSet):
    """Events by words, kind, state, place and day."""

    q = filters.CharFilter(label=_("Tìm sự kiện, nơi tổ chức"), method="by_words")
    kind = filters.ChoiceFilter(label=_("Loại"), choices=EventKind.choices)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=EventState.choices)
    away = filters.ChoiceFilter(label=_("Phạm vi"), choices=_PLACES, method="by_place")
    starts_from = filters.DateFilter(
        label=_("Diễn ra từ ngày"), field_name="ends_on", lookup_expr="gte", widget=DayInput
    )
    starts_to = filters.DateFilter(
        label=_("Diễn ra đến ngày"), field_name="starts_on", lookup_expr="lte", widget=DayInput
    )

    class Meta:
        model = TradeEvent
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_place(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(away=value == "yes")


class PublicEventFilter(TradeEventFilter):
    """The same for the public, which needs no states."""

    state = None


class EventApplicationFilter(StrictFilterSet):
    """Applications by words, sector, state and whether there is a booth."""

    q = filters.CharFilter(label=_("Tìm chủ thể, số gian"), method="by_words")
    sector = filters.ChoiceFilter(label=_("Ngành hàng"), choices=Sector.choices)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=ApplicationState.choices)
    booth = filters.ChoiceFilter(label=_("Gian hàng"), choices=_BOOTHS, method="by_booth")

    class Meta:
        model = EventApplication
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        exact = rows.filter(assignment__booth__label__iexact=value.strip())
        return exact if exact.exists() else holding(rows, value, ("producer__folded",))

    def by_booth(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(assignment__isnull=value == "no")
