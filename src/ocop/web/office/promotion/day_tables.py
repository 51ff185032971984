"""Tables of tickets, of what booths told, and of costs."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import half_up, write_number
from ocop.promotion.days.effect import Sums
from ocop.promotion.days.papers import ticket_text
from ocop.web.drawing import chip
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn


class EventTicketTable(tables.Table):
    """Tickets of an event."""

    code = tables.Column(verbose_name=gettext_lazy("Mã vé"))
    kind = tables.Column(verbose_name=gettext_lazy("Loại vé"))
    holder = PlainColumn(verbose_name=gettext_lazy("Tên trên vé"))
    producer = PlainColumn(
        verbose_name=gettext_lazy("Đơn vị"), accessor="application__producer__name",
        order_by="application__producer__folded",
    )  # fmt: skip
    batch = NumberColumn(verbose_name=gettext_lazy("Lô"))
    days_entered = NumberColumn(verbose_name=gettext_lazy("Số ngày vào"))
    last_at = MomentColumn(verbose_name=gettext_lazy("Vào lần cuối"))
    issued_at = MomentColumn(verbose_name=gettext_lazy("Phát lúc"), visible=False)
    state = tables.Column(
        verbose_name=gettext_lazy("Tình trạng"), accessor="void_at", empty_values=()
    )

    def __init__(self, rows: Any, *, may_void: bool, **more: Any) -> None:
        super().__init__(rows, **more)
        self._may_void = may_void

    def render_code(self, value: str) -> str:
        return ticket_text(value)

    def render_state(self, record: Any) -> str:
        if record.void_at:
            return chip(_("Đã hủy"), "bad", "minus")
        drawn = chip(_("Còn dùng được"), "ok", "check")
        if not self._may_void:
            return drawn
        address = reverse("office:event_ticket_void", args=[record.code])
        link = '{} <a href="{}">{}<span class="hide">: {}</span></a>'
        return format_html(link, drawn, address, _("Hủy vé"), ticket_text(record.code))

    def value_state(self, record: Any) -> str:
        return _("Đã hủy") if record.void_at else _("Còn dùng được")


class EventEntryTable(tables.Table):
    """What let tickets in."""

    day = DayColumn(verbose_name=gettext_lazy("Ngày"))
    at = MomentColumn(verbose_name=gettext_lazy("Vào lúc"))
    gate = PlainColumn(verbose_name=gettext_lazy("Cửa"))
    code = tables.Column(verbose_name=gettext_lazy("Mã vé"), accessor="ticket__code")
    kind = tables.Column(
        verbose_name=gettext_lazy("Loại vé"), accessor="ticket__get_kind_display",
        order_by="ticket__kind",
    )  # fmt: skip
    holder = PlainColumn(verbose_name=gettext_lazy("Tên trên vé"), accessor="ticket__holder")
    producer = PlainColumn(
        verbose_name=gettext_lazy("Đơn vị"), accessor="ticket__application__producer__name",
        order_by="ticket__application__producer__folded",
    )  # fmt: skip
    state = tables.Column(
        verbose_name=gettext_lazy("Tình trạng"), accessor="undone_at", empty_values=()
    )

    def __init__(self, rows: Any, *, may_undo: bool, first: date, **more: Any) -> None:
        super().__init__(rows, **more)
        self._may_undo, self._first = may_undo, first

    def render_code(self, value: str) -> str:
        return ticket_text(value)

    def render_state(self, record: Any) -> str:
        if record.undone_at:
            return chip(_("Đã bỏ"), "bad", "minus")
        drawn = chip(_("Được tính"), "ok", "check")
        if not self._may_undo:
            return drawn
        where = [record.ticket.code, (record.day - self._first).days + 1]
        address = reverse("office:event_entry_undo", args=where)
        link = '{} <a href="{}">{}<span class="hide">: {}</span></a>'
        return format_html(
            link, drawn, address, _("Bỏ lượt vào"), ticket_text(record.ticket.code)
        )  # fmt: skip

    def value_state(self, record: Any) -> str:
        return _("Đã bỏ") if record.undone_at else _("Được tính")


class BoothDayTable(tables.Table):
    """What booths told of the days of an event."""

    day = DayColumn(verbose_name=gettext_lazy("Ngày"))
    booth = PlainColumn(
        verbose_name=gettext_lazy("Gian"), accessor="application__assignment__booth__label"
    )
    producer = tables.Column(
        verbose_name=gettext_lazy("Đơn vị"), accessor="application__producer__name",
        order_by="application__producer__folded",
    )  # fmt: skip
    sector = tables.Column(
        verbose_name=gettext_lazy("Ngành hàng"),
        accessor="application__get_sector_display", order_by="application__sector",
    )  # fmt: skip
    sold = NumberColumn(verbose_name=gettext_lazy("Bán tại gian (đồng)"))
    ordered = NumberColumn(verbose_name=gettext_lazy("Đơn đặt hàng (đồng)"))
    contacts = NumberColumn(verbose_name=gettext_lazy("Mối liên hệ"))
    note = PlainColumn(verbose_name=gettext_lazy("Ghi chú"), visible=False)
    sent_at = MomentColumn(verbose_name=gettext_lazy("Ghi lúc"))

    def render_producer(self, record: Any, value: str) -> str:
        address = reverse("office:event_application", args=[record.application.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_producer(self, value: str) -> str:
        return value


def millions(sums: Sums) -> dict[str, str]:
    """What was sold and ordered in millions of đồng, for figures that have little room."""
    return {
        name: write_number(half_up(Decimal(getattr(sums, name)) / 1_000_000, 1))
        for name in ("sold", "ordered")
    }
