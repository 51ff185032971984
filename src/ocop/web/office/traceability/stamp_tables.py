"""Tables of orders and allowances of stamps."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.web.drawing import chip
from ocop.web.office.traceability.stamp_looks import order_tag
from ocop.web.tables import MomentColumn, NumberColumn, PlainColumn

_CODE = {"td": {"class": "code"}}


class OrderTable(tables.Table):
    """Orders and where their stamps are."""

    code = tables.Column(verbose_name=_("Mã đơn"), attrs=_CODE)
    product = tables.Column(
        verbose_name=_("Sản phẩm"),
        accessor="item__product__name",
        order_by="item__product__folded",
    )
    item = PlainColumn(verbose_name=_("Quy cách"), accessor="item__name", visible=False)
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="item__product__producer__name",
        order_by="item__product__producer__folded",
    )
    quantity = NumberColumn(verbose_name=_("Số tem"))
    in_active = NumberColumn(verbose_name=_("Đã kích hoạt"))
    state = tables.Column(verbose_name=_("Bước"), attrs={"td": {"class": "wraps"}})
    requested_at = MomentColumn(verbose_name=_("Đặt lúc"))

    def __init__(self, rows: Any, *, page: str = "office:stamp_order", **more: Any) -> None:
        super().__init__(rows, **more)
        self._page = page
        self._producer = page != "office:stamp_order"

    def render_code(self, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse(self._page, args=[value]), value.upper())

    def value_code(self, value: str) -> str:
        return value.upper()

    def render_product(self, record: Any, value: str) -> str:
        return format_html('{}<br><span class="sub">{}</span>', value, record.item.name)

    def value_product(self, value: str) -> str:
        return value

    def render_state(self, record: Any) -> str:
        return chip(**order_tag(record, producer=self._producer))

    def value_state(self, record: Any) -> str:
        return str(order_tag(record, producer=self._producer)["words"])


class AllowanceTable(tables.Table):
    """What producers may order, and what of it is taken."""

    producer = tables.Column(
        verbose_name=_("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    year = tables.Column(verbose_name=_("Năm"))
    quantity = NumberColumn(verbose_name=_("Hạn mức"))
    used = NumberColumn(verbose_name=_("Đã đặt"))
    left = NumberColumn(verbose_name=_("Còn lại"), empty_values=(), orderable=False)

    def __init__(self, rows: Any, *, may_set: bool, **more: Any) -> None:
        super().__init__(rows, **more)
        self._may_set = may_set

    def render_producer(self, record: Any, value: str) -> str:
        if not self._may_set:
            return value
        address = reverse("office:stamp_allowance", args=[record.producer.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_producer(self, value: str) -> str:
        return value

    def render_left(self, record: Any) -> str:
        return NumberColumn().render(record.quantity - record.used)

    def value_left(self, record: Any) -> Any:
        return record.quantity - record.used
