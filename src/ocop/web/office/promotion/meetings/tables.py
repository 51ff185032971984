"""Tables of demands, rounds of meetings and deals."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_number
from ocop.web.drawing import chip
from ocop.web.meeting_parts import DEAL_LOOKS, OFFER_LOOKS, ROUND_LOOKS, demand_look, demand_words
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn


class _Linked(tables.Table):
    """Rows whose first column leads to their page."""

    leads_to = ""

    def linked(self, record: Any, value: object) -> str:
        address = reverse(self.leads_to, args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)


class DemandTable(_Linked):
    """Demands of buyers."""

    leads_to = "office:demand"
    wanted = tables.Column(verbose_name=gettext_lazy("Sản phẩm cần mua"), order_by="folded")
    buyer = PlainColumn(verbose_name=gettext_lazy("Người mua"))
    quantity = tables.Column(verbose_name=gettext_lazy("Số lượng mỗi tháng"))
    offers_count = NumberColumn(verbose_name=gettext_lazy("Chào hàng"))
    wanted_count = NumberColumn(verbose_name=gettext_lazy("Muốn gặp"))
    open_until = DayColumn(verbose_name=gettext_lazy("Đến hết ngày"))
    sent_at = MomentColumn(verbose_name=gettext_lazy("Gửi lúc"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_wanted(self, record: Any, value: str) -> str:
        return self.linked(record, value)

    def value_wanted(self, value: str) -> str:
        return value

    def render_quantity(self, record: Any, value: Any) -> str:
        return f"{write_number(value)} {record.get_measure_display()}"

    def render_state(self, record: Any) -> str:
        return chip(demand_words(record), *demand_look(record))

    def value_state(self, record: Any) -> str:
        return demand_words(record)


class OfferTable(tables.Table):
    """Offers to buyers; the producer stands below the goods, the buyer below the demand."""

    product = tables.Column(
        verbose_name=gettext_lazy("Sản phẩm, chủ thể"), accessor="product__name",
        order_by="product__folded",
    )  # fmt: skip
    producer = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể"), accessor="producer__name", visible=False
    )
    demand = tables.Column(
        verbose_name=gettext_lazy("Nhu cầu, người mua"), accessor="demand__wanted",
        order_by="demand__folded",
    )  # fmt: skip
    buyer = PlainColumn(
        verbose_name=gettext_lazy("Người mua"), accessor="demand__buyer", visible=False
    )
    price = NumberColumn(verbose_name=gettext_lazy("Giá chào (đồng)"))
    points = NumberColumn(verbose_name=gettext_lazy("Điểm phù hợp"))
    sent_at = MomentColumn(verbose_name=gettext_lazy("Gửi lúc"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_product(self, record: Any, value: str) -> str:
        return _two(value, record.producer.name)

    def value_product(self, value: str) -> str:
        return value

    def render_demand(self, record: Any, value: str) -> str:
        address = reverse("office:demand", args=[record.demand.code])
        return _two(format_html('<a href="{}">{}</a>', address, value), record.demand.buyer)

    def value_demand(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *OFFER_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


class RoundTable(_Linked):
    """Rounds of meetings."""

    leads_to = "office:meeting_round"
    name = tables.Column(verbose_name=gettext_lazy("Buổi kết nối"))
    starts_at = MomentColumn(verbose_name=gettext_lazy("Bắt đầu"))
    place = PlainColumn(verbose_name=gettext_lazy("Nơi tổ chức"))
    held = NumberColumn(verbose_name=gettext_lazy("Cuộc gặp"))
    agreed = NumberColumn(verbose_name=gettext_lazy("Thống nhất"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_name(self, record: Any, value: str) -> str:
        return self.linked(record, value)

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *ROUND_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


class DealTable(_Linked):
    """Memoranda and contracts, with what was delivered so far. The kind stands below the goods, the
    buyer below the producer."""

    leads_to = "office:deal"
    subject = tables.Column(verbose_name=gettext_lazy("Hàng hóa"))
    kind = tables.Column(
        verbose_name=gettext_lazy("Loại"),
        accessor="get_kind_display",
        order_by="kind",
        visible=False,
    )
    number = PlainColumn(verbose_name=gettext_lazy("Số văn bản"), visible=False)
    producer = tables.Column(
        verbose_name=gettext_lazy("Chủ thể, người mua"), accessor="producer__name",
        order_by="producer__folded",
    )  # fmt: skip
    buyer = PlainColumn(verbose_name=gettext_lazy("Người mua"), visible=False)
    signed_on = DayColumn(verbose_name=gettext_lazy("Ngày ký"))
    event = PlainColumn(
        verbose_name=gettext_lazy("Sự kiện"), accessor="event__name", visible=False,
        order_by="event__starts_on",
    )  # fmt: skip
    value = NumberColumn(verbose_name=gettext_lazy("Giá trị (đồng)"))
    delivered = NumberColumn(verbose_name=gettext_lazy("Đã giao (đồng)"))
    due_on = DayColumn(verbose_name=gettext_lazy("Hạn ghi kết quả"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))

    def render_subject(self, record: Any, value: str) -> str:
        return _two(self.linked(record, value), record.get_kind_display())

    def render_producer(self, record: Any, value: str) -> str:
        return _two(value, record.buyer)

    def value_producer(self, value: str) -> str:
        return value

    def value_subject(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(record.get_state_display(), *DEAL_LOOKS[record.state])

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


def _two(above: str, below: str) -> str:
    """Two lines of one cell."""
    return format_html('{}<br><span class="sub">{}</span>', above, below)
