"""Filters of demands and of deals."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.products.models import Sector
from ocop.promotion import queries as promotion
from ocop.promotion.meetings import queries, states
from ocop.promotion.meetings.models import (
    BuyerKind,
    Deal,
    DealKind,
    DealState,
    Demand,
    DemandOffer,
    DemandState,
    OfferState,
    ReachChoice,
)

_STATES = (*DemandState.choices, (states.OVER, _("Đã hết hạn")))
_LATE = (("yes", _("Quá hạn ghi kết quả")),)


class DemandFilter(StrictFilterSet):
    """Demands by words, sector, buyer, place and state."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, người mua"), method="by_words")
    sector = filters.ChoiceFilter(label=_("Ngành hàng"), choices=Sector.choices)
    buyer_kind = filters.ChoiceFilter(label=_("Người mua"), choices=BuyerKind.choices)
    reach = filters.ChoiceFilter(label=_("Nơi nhận hàng"), choices=ReachChoice.choices)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_STATES, method="by_state")

    class Meta:
        model = Demand
        fields = ()

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value == states.OVER:
            return rows.filter(state__in=states.ALIVE, open_until__lt=today)
        past = Q(state__in=states.ALIVE, open_until__lt=today)
        return rows.filter(state=value).exclude(past)

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))


class PublicDemandFilter(DemandFilter):
    """The same for the public, which sees open ones only."""

    state = None


class OfferFilter(StrictFilterSet):
    """Offers by words and state."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể, nhu cầu"), method="by_words")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=OfferState.choices)

    class Meta:
        model = DemandOffer
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("product__folded", "producer__folded", "demand__folded"))


def _events() -> list[tuple[str, str]]:
    """Events at which something may have been signed."""
    begun = promotion.known_events().filter(starts_on__lte=timezone.localdate())
    return list(begun.order_by("-starts_on", "-pk").values_list("code", "name"))


class DealFilter(StrictFilterSet):
    """Deals by words, kind, event, state, day of signing and whether an answer is late."""

    q = filters.CharFilter(label=_("Tìm chủ thể, người mua, số"), method="by_words")
    kind = filters.ChoiceFilter(label=_("Loại"), choices=DealKind.choices)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=DealState.choices)
    event = filters.ChoiceFilter(label=_("Sự kiện"), choices=_events, field_name="event__code")
    signed_from = filters.DateFilter(
        label=_("Ký từ ngày"), field_name="signed_on", lookup_expr="gte", widget=DayInput
    )
    signed_to = filters.DateFilter(
        label=_("Ký đến ngày"), field_name="signed_on", lookup_expr="lte", widget=DayInput
    )
    late = filters.ChoiceFilter(label=_("Theo dõi"), choices=_LATE, method="by_late")

    class Meta:
        model = Deal
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_late(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queries.owing(rows, timezone.localdate())
