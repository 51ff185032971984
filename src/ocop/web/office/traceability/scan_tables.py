"""Tables of scans and of signals."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.core.numbers import half_up, write_date, write_number, write_percent
from ocop.traceability.scans.periods import Period
from ocop.web.drawing import chip
from ocop.web.office.traceability import signal_looks
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn

_CODE = {"td": {"class": "code"}}
_LOTS = {"td": {"class": "wraps"}}


class ItemScanTable(tables.Table):
    """Sales units with their scans in a period; rates are of all time."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"),
        accessor="item__product__name",
        order_by="item__product__folded",
    )
    pack = PlainColumn(verbose_name=_("Quy cách"), accessor="item__name", visible=False)
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="item__product__producer__name",
        order_by="item__product__producer__folded",
    )
    scans = NumberColumn(verbose_name=_("Lượt quét"))
    clients = NumberColumn(verbose_name=_("Lượt thiết bị"))
    firsts = NumberColumn(verbose_name=_("Tem quét lần đầu"))
    active = NumberColumn(verbose_name=_("Tem đã kích hoạt"))
    seen = NumberColumn(verbose_name=_("Trong đó có người quét"), visible=False)
    rate = NumberColumn(verbose_name=_("Tỷ lệ tem có người quét"), accessor="seen", orderable=False)

    def __init__(self, rows: Any, period: Period, **more: Any) -> None:
        super().__init__(rows, **more)
        self._period = period

    def render_product(self, record: Any, value: str) -> str:
        address = reverse("office:scan_item", args=[record.item.code])
        return format_html(
            '<a href="{}?period={}">{}</a><br><span class="sub">{}</span>',
            address,
            self._period.key,
            value,
            record.item.name,
        )

    def value_product(self, value: str) -> str:
        return value

    def render_rate(self, record: Any) -> str:
        found = _rate(record)
        return "–" if found is None else write_percent(found)

    def value_rate(self, record: Any) -> Any:
        found = _rate(record)
        return None if found is None else half_up(found, 1)


def _rate(record: Any) -> Fraction | None:
    return Fraction(100 * (record.seen or 0), record.active) if record.active else None


class ScanRowTable(tables.Table):
    """Days, sales units, lots and provinces together: as fine as scans are kept for ever."""

    day = DayColumn(verbose_name=_("Ngày"))
    product = tables.Column(
        verbose_name=_("Sản phẩm"),
        accessor="item__product__name",
        order_by="item__product__folded",
    )
    pack = PlainColumn(verbose_name=_("Quy cách"), accessor="item__name", visible=False)
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="item__product__producer__name",
        order_by="item__product__producer__folded",
    )
    lot = PlainColumn(verbose_name=_("Lô"), accessor="lot__number", attrs=_LOTS)
    place = tables.Column(verbose_name=_("Tỉnh, thành phố"), empty_values=())
    scans = NumberColumn(verbose_name=_("Lượt quét"))
    clients = NumberColumn(verbose_name=_("Lượt thiết bị"))
    firsts = NumberColumn(verbose_name=_("Tem quét lần đầu"))

    def __init__(self, rows: Any, names: Mapping[str, str], **more: Any) -> None:
        super().__init__(rows, **more)
        self._names = names

    def render_product(self, record: Any, value: str) -> str:
        return format_html('{}<br><span class="sub">{}</span>', value, record.item.name)

    def value_product(self, value: str) -> str:
        return value

    def render_place(self, record: Any) -> str:
        return signal_looks.province(record.place, self._names.get(record.place, ""))

    def value_place(self, record: Any) -> str:
        return self.render_place(record)


class _SumTable(tables.Table):
    """Sums of a day or a province."""

    scans = NumberColumn(verbose_name=_("Lượt quét"), accessor="sums__scans")
    clients = NumberColumn(verbose_name=_("Lượt thiết bị"), accessor="sums__clients")
    firsts = NumberColumn(verbose_name=_("Tem quét lần đầu"), accessor="sums__firsts")


class _FloodTable(_SumTable):
    """The same with what is of no sales unit, for who sees all of it."""

    forged = NumberColumn(verbose_name=_("Lượt thử mã giả"), accessor="sums__forged")
    unissued = NumberColumn(verbose_name=_("Quét số chưa cấp"), accessor="sums__unissued")


class _Day(tables.Column):
    """A day; in a year's report too."""

    def render(self, value: Any) -> str:
        return write_date(value)

    def value(self, value: Any) -> Any:
        return value


class DayTable(_SumTable):
    """Days of a period."""

    day = _Day(verbose_name=_("Ngày"))

    class Meta:
        sequence = ("day", "...")


class WholeDayTable(_FloodTable):
    """Days of a period, of everything."""

    day = _Day(verbose_name=_("Ngày"))

    class Meta:
        sequence = ("day", "...")


class PlaceTable(_SumTable):
    """Provinces in a period."""

    name = tables.Column(verbose_name=_("Tỉnh, thành phố"), empty_values=())

    class Meta:
        sequence = ("name", "...")

    def render_name(self, record: Any) -> str:
        return signal_looks.province(record.code, record.name)

    def value_name(self, record: Any) -> str:
        return signal_looks.province(record.code, record.name)


class WholePlaceTable(_FloodTable, PlaceTable):
    """Provinces in a period, of everything."""

    class Meta:
        sequence = ("name", "...")


class SignalTable(tables.Table):
    """Signals: what was caught, where it stands."""

    code = PlainColumn(verbose_name=_("Mã"), attrs=_CODE, visible=False)
    rule = tables.Column(verbose_name=_("Quy tắc"))
    product = tables.Column(
        verbose_name=_("Sản phẩm"),
        accessor="item__product__name",
        order_by="item__product__folded",
        empty_values=(),
    )
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="item__product__producer__name",
        order_by="item__product__producer__folded",
        visible=False,
    )
    lot = PlainColumn(verbose_name=_("Lô"), accessor="lot__number", attrs=_LOTS)
    order = PlainColumn(
        verbose_name=_("Đơn tem"), accessor="order__code", orderable=False, visible=False
    )
    serial = PlainColumn(
        verbose_name=_("Số sê-ri"), empty_values=(), orderable=False, visible=False
    )
    measure = NumberColumn(verbose_name=_("Đếm được"))
    limit = NumberColumn(verbose_name=_("Mức đặt"), orderable=False, visible=False)
    first_at = MomentColumn(verbose_name=_("Lần đầu"), orderable=False, visible=False)
    last_at = MomentColumn(verbose_name=_("Gần nhất"))
    state = tables.Column(verbose_name=_("Bước"))
    finding = PlainColumn(
        verbose_name=_("Kết luận"), accessor="get_finding_display", orderable=False
    )
    conclusion = PlainColumn(verbose_name=_("Căn cứ của kết luận"), orderable=False, visible=False)

    def render_rule(self, record: Any) -> str:
        return format_html(
            '<a href="{}">{}</a><br><span class="sub code">{}</span>',
            signal_looks.link(record),
            record.get_rule_display(),
            record.code,
        )

    def value_rule(self, record: Any) -> str:
        return str(record.get_rule_display())

    def render_product(self, record: Any) -> str:
        if record.item is None:
            return "–"
        product = record.item.product
        return format_html('{}<br><span class="sub">{}</span>', product.name, product.producer.name)

    def value_product(self, record: Any) -> str:
        return "" if record.item is None else str(record.item.product.name)

    def value_order(self, value: str) -> str:
        return value.upper()

    def value_serial(self, record: Any) -> str:
        if record.number is None:
            return ""
        return signal_looks.serial_of(record.version, record.number)

    def render_measure(self, record: Any, value: int) -> str:
        if not record.limit:
            return write_number(value)
        limit = write_number(record.limit)
        return format_html('{}<br><span class="sub">&gt; {}</span>', write_number(value), limit)

    def value_measure(self, value: int) -> int:
        return value

    def render_state(self, record: Any) -> str:
        return chip(**signal_looks.state_tag(record.state))

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())
