"""Filters of tickets of events and of what booths told of their days."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.core.checkins import ticket_in
from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.products.models import Sector
from ocop.promotion.days.models import BoothDay, EventCheckIn, EventTicket, TicketKind

_STATES = (("good", _("Còn dùng được")), ("void", _("Đã hủy")))
_ENTRY_STATES = (("counts", _("Được tính")), ("undone", _("Đã bỏ")))


class EventTicketFilter(StrictFilterSet):
    """Tickets by code or holder, kind and whether they are void."""

    q = filters.CharFilter(label=_("Tìm mã vé, tên trên vé"), method="by_words")
    kind = filters.ChoiceFilter(label=_("Loại vé"), choices=TicketKind.choices)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_STATES, method="by_state")

    class Meta:
        model = EventTicket
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        told = folding.clean(value)
        return rows.filter(
            Q(code=ticket_in(told) or "-")
            | Q(holder__icontains=told)
            | Q(application__producer__folded__contains=folding.fold(told))
        )

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(void_at__isnull=value == "good")


class EventEntryFilter(StrictFilterSet):
    """Entries by code or holder of the ticket, its kind, the day and the gate."""

    q = filters.CharFilter(label=_("Tìm mã vé, tên trên vé"), method="by_words")
    kind = filters.ChoiceFilter(
        label=_("Loại vé"), field_name="ticket__kind", choices=TicketKind.choices
    )
    day = filters.DateFilter(label=_("Ngày"), widget=DayInput)
    state = filters.ChoiceFilter(
        label=_("Tình trạng"), choices=_ENTRY_STATES, method="by_state"
    )  # fmt: skip

    class Meta:
        model = EventCheckIn
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        told = folding.clean(value)
        return rows.filter(
            Q(ticket__code=ticket_in(told) or "-")
            | Q(ticket__holder__icontains=told)
            | Q(ticket__application__producer__folded__contains=folding.fold(told))
        )

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(undone_at__isnull=value == "counts")


class BoothDayFilter(StrictFilterSet):
    """What booths told, by words, sector and day."""

    q = filters.CharFilter(label=_("Tìm đơn vị"), method="by_words")
    sector = filters.ChoiceFilter(
        label=_("Ngành hàng"), field_name="application__sector", choices=Sector.choices
    )
    day = filters.DateFilter(label=_("Ngày"), widget=DayInput)

    class Meta:
        model = BoothDay
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("application__producer__folded",))
