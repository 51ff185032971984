"""Tables of trade events."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_number, write_percent
from ocop.promotion.models import ApplicationState, EventState
from ocop.web.drawing import chip
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn

EVENT_LOOKS = {
    EventState.PLANNED: ("flat", "clock"),
    EventState.CALLING: ("ok", "check"),
    EventState.SELECTING: ("due", "clock"),
    EventState.PUBLISHED: ("ok", "check"),
    EventState.HELD: ("flat", "check"),
    EventState.CANCELLED: ("bad", "minus"),
}
APPLICATION_LOOKS = {
    ApplicationState.SENT: ("due", "clock"),
    ApplicationState.ACCEPTED: ("ok", "check"),
    ApplicationState.REFUSED: ("bad", "minus"),
    ApplicationState.WITHDRAWN: ("flat", "minus"),
}


class TradeEventTable(tables.Table):
    """Events. The place stands below the name."""

    name = tables.Column(verbose_name=gettext_lazy("Sự kiện"), order_by="folded")
    place = PlainColumn(verbose_name=gettext_lazy("Nơi tổ chức"), visible=False)
    kind = tables.Column(verbose_name=gettext_lazy("Loại"), accessor="get_kind_display",
        order_by="kind")  # fmt: skip
    starts_on = DayColumn(verbose_name=gettext_lazy("Từ ngày"))
    ends_on = DayColumn(verbose_name=gettext_lazy("Đến hết ngày"))
    calls_until = DayColumn(verbose_name=gettext_lazy("Hạn đăng ký"))
    applied = NumberColumn(verbose_name=gettext_lazy("Đăng ký"))
    accepted = NumberColumn(verbose_name=gettext_lazy("Tham gia"))
    booths_count = NumberColumn(verbose_name=gettext_lazy("Gian"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:event", args=[record.code])
        link = '<a href="{}">{}</a><br><span class="sub">{}</span>'
        return format_html(link, address, value, record.place)

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *EVENT_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


class EventApplicationTable(tables.Table):
    """Applications for an event."""

    producer = tables.Column(
        verbose_name=gettext_lazy("Chủ thể"),
        accessor="producer__name",
        order_by="producer__folded",
    )
    sector = tables.Column(verbose_name=gettext_lazy("Ngành hàng"))
    goods = NumberColumn(verbose_name=gettext_lazy("Sản phẩm"), accessor="goods_count")
    area = tables.Column(verbose_name=gettext_lazy("Diện tích (m²)"))
    contact = PlainColumn(verbose_name=gettext_lazy("Người liên hệ"), visible=False)
    phone = PlainColumn(verbose_name=gettext_lazy("Điện thoại"), visible=False)
    points = NumberColumn(verbose_name=gettext_lazy("Điểm ưu tiên"))
    booth = PlainColumn(
        verbose_name=gettext_lazy("Gian"),
        accessor="assignment__booth__label",
        order_by="assignment__booth__label",
    )
    sent_at = MomentColumn(verbose_name=gettext_lazy("Đăng ký lúc"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    answer = PlainColumn(verbose_name=gettext_lazy("Lý do"), visible=False)

    def __init__(self, rows: Any, *, booths: bool, **more: Any) -> None:
        super().__init__(rows, exclude=() if booths else ("area", "points", "booth"), **more)

    def render_producer(self, record: Any, value: str) -> str:
        address = reverse("office:event_application", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_producer(self, value: str) -> str:
        return value

    def render_area(self, value: int) -> str:
        return square_metres(value)

    def value_area(self, value: int) -> float:
        return value / 100

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *APPLICATION_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


def square_metres(value: int) -> str:
    """Square decimetres as square metres."""
    return write_number(Decimal(value) / 100)


def gap_words(gap: float) -> str:
    """How good a step of an allocation is proved to be."""
    if not gap:
        return _("đã chứng minh là tốt nhất")
    return _("chưa chứng minh; có thể tốt hơn nhiều nhất %s") % write_percent(gap * 100)
