"""Tables of sales units, lots and places."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.traceability import queries
from ocop.web.drawing import chip
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn

_CODE = {"td": {"class": "code"}}


def _linked(address: str, value: str, below: str) -> str:
    """A link, with what belongs to it small below; in the workbook that has a column."""
    link = '<a href="{}">{}</a><br><span class="sub">{}</span>'
    return format_html(link, address, value, below)


def _address(name: str, row: Any) -> str:
    return reverse(name, args=(row.code,))


class ItemTable(tables.Table):
    """Sales units. The pack stands below the product, the producer's commune in the workbook."""

    product = tables.Column(
        verbose_name=gettext_lazy("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    name = PlainColumn(verbose_name=gettext_lazy("Quy cách"), order_by="folded", visible=False)
    producer = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
    )
    commune = PlainColumn(
        verbose_name=gettext_lazy("Xã, phường"),
        accessor="product__producer__commune__name",
        visible=False,
    )
    code = tables.Column(verbose_name=gettext_lazy("Mã số"), order_by=("gtin", "code"), attrs=_CODE)
    in_ocop = tables.Column(
        verbose_name=gettext_lazy("Chương trình OCOP"),
        accessor="product__in_ocop",
        visible=False,
    )
    lots_count = NumberColumn(verbose_name=gettext_lazy("Lô đã mở"))
    last_made = DayColumn(verbose_name=gettext_lazy("Lô mới nhất"))
    lacking = tables.Column(verbose_name=gettext_lazy("Dữ liệu"), empty_values=())
    stopped_at = DayColumn(verbose_name=gettext_lazy("Ngừng bán"), visible=False)

    def render_product(self, record: Any, value: str) -> str:
        return _linked(_address("office:trade_item", record), value, record.name)

    def value_product(self, value: str) -> str:
        return value

    def render_code(self, record: Any) -> str:
        return queries.trade_code(record)

    def value_code(self, record: Any) -> str:
        return queries.trade_code(record)

    def value_lacking(self, value: bool) -> str:
        return _("Thiếu dữ liệu") if value else _("Đủ")

    def render_lacking(self, record: Any, value: bool) -> str:
        if record.stopped_at:
            return chip(_("Ngừng bán"), "flat", "minus")
        if value:
            return chip(_("Thiếu dữ liệu"), "due", "warning")
        return chip(_("Đủ"), "ok", "check")

    def value_stopped_at(self, value: Any) -> Any:
        return value


class LotTable(tables.Table):
    """Lots. The pack stands below the product; place and note have columns in the workbook."""

    number = tables.Column(verbose_name=gettext_lazy("Số lô"), attrs=_CODE)
    product = tables.Column(
        verbose_name=gettext_lazy("Sản phẩm"),
        accessor="item__product__name",
        order_by="item__product__folded",
    )
    item = PlainColumn(
        verbose_name=gettext_lazy("Quy cách"), accessor="item__name", order_by="item__folded",
        visible=False,
    )  # fmt: skip
    producer = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể"),
        accessor="item__product__producer__name",
        order_by="item__product__producer__folded",
    )
    site = PlainColumn(
        verbose_name=gettext_lazy("Nơi sản xuất"), accessor="site__name", visible=False
    )
    quantity = NumberColumn(verbose_name=gettext_lazy("Số lượng"))
    measure = PlainColumn(verbose_name=gettext_lazy("Đơn vị tính"), visible=False)
    produced_on = DayColumn(verbose_name=gettext_lazy("Ngày sản xuất"))
    expires_on = DayColumn(verbose_name=gettext_lazy("Hạn sử dụng"))
    state = tables.Column(
        verbose_name=gettext_lazy("Tình trạng"),
        accessor="pk",
        orderable=False,
    )

    def __init__(self, rows: Any, page: str = "office:lot", **more: Any) -> None:
        super().__init__(rows, **more)
        self._page = page  # of one lot

    def render_number(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', _address(self._page, record), value)

    def value_number(self, value: str) -> str:
        return value

    def render_product(self, record: Any, value: str) -> str:
        return format_html('{}<br><span class="sub">{}</span>', value, record.item.name)

    def value_product(self, value: str) -> str:
        return value

    def render_quantity(self, record: Any, value: Any) -> str:
        told = NumberColumn().render(value)
        return f"{told} {record.counted}" if record.measure else told

    def value_quantity(self, value: Any) -> Any:
        return value

    def render_state(self, record: Any) -> str:
        return chip(**lot_tag(record))

    def value_state(self, record: Any) -> str:
        return str(lot_tag(record)["words"])


class SiteTable(tables.Table):
    """Places."""

    name = tables.Column(verbose_name=gettext_lazy("Địa điểm sản xuất"), order_by="folded")
    producer = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể"),
        accessor="producer__name",
        order_by="producer__folded",
    )
    code = tables.Column(
        verbose_name=gettext_lazy("Mã truy vết địa điểm"), order_by=("gln", "code"), attrs=_CODE
    )
    address = PlainColumn(verbose_name=gettext_lazy("Địa chỉ"))
    commune = PlainColumn(verbose_name=gettext_lazy("Xã, phường"), accessor="commune__name")
    lots_count = NumberColumn(verbose_name=gettext_lazy("Lô đã mở"))
    closed_at = tables.Column(verbose_name=gettext_lazy("Tình trạng"), empty_values=())

    def render_name(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', _address("office:site", record), value)

    def value_name(self, value: str) -> str:
        return value

    def render_code(self, record: Any) -> str:
        return queries.site_code(record)

    def value_code(self, record: Any) -> str:
        return queries.site_code(record)

    def render_closed_at(self, record: Any) -> str:
        if record.closed_at:
            return chip(_("Không còn dùng"), "flat", "minus")
        return chip(_("Đang dùng"), "ok", "check")

    def value_closed_at(self, record: Any) -> str:
        return _("Không còn dùng") if record.closed_at else _("Đang dùng")
