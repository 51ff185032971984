"""Tables of the network."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.network import place_types
from ocop.web.office.network.looks import state_tag
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn
from ocop.web.templatetags.ocop import tag as chip


class PointTable(tables.Table):
    """Points that introduce and sell goods."""

    name = PlainColumn(verbose_name=gettext_lazy("Tên điểm"), order_by="folded")
    place_type = PlainColumn(verbose_name=gettext_lazy("Loại địa điểm"))
    commune = PlainColumn(verbose_name=gettext_lazy("Xã, phường"), accessor="commune__name")
    address = PlainColumn(verbose_name=gettext_lazy("Địa chỉ"), visible=False)
    operator = PlainColumn(verbose_name=gettext_lazy("Đơn vị vận hành"), visible=False)
    number = PlainColumn(verbose_name=gettext_lazy("Số quyết định"), visible=False)
    approved_cost = NumberColumn(
        verbose_name=gettext_lazy("Chi phí được duyệt (đồng)"), visible=False
    )
    chain = PlainColumn(verbose_name=gettext_lazy("Chuỗi"), accessor="chain__name")
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    recognised_on = DayColumn(verbose_name=gettext_lazy("Công nhận ngày"))
    reports_count = NumberColumn(verbose_name=gettext_lazy("Tháng đã ghi doanh số"), visible=False)
    sold = NumberColumn(verbose_name=gettext_lazy("Doanh số 12 tháng (đồng)"))
    state_paid = NumberColumn(verbose_name=gettext_lazy("Nhà nước hỗ trợ (đồng)"))

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:point", args=[record.code])
        return format_html(
            '<a href="{}">{}</a><br><span class="sub">{}</span>', address, value, record.address
        )

    def value_name(self, value: str) -> str:
        return value

    def render_place_type(self, value: str) -> str:
        return _(place_types.PLACES[value])

    def value_place_type(self, value: str) -> str:
        return _(place_types.PLACES[value])

    def render_state(self, record: Any) -> str:
        return chip(**state_tag(record))

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


class KeyGoodTable(tables.Table):
    """Goods that may stand at points without a star."""

    product = PlainColumn(
        verbose_name=gettext_lazy("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    producer = PlainColumn(verbose_name=gettext_lazy("Chủ thể"), accessor="product__producer__name")
    basis = PlainColumn(verbose_name=gettext_lazy("Căn cứ"))
    document = PlainColumn(verbose_name=gettext_lazy("Văn bản"))
    starts_on = DayColumn(verbose_name=gettext_lazy("Từ ngày"))
    ends_on = DayColumn(verbose_name=gettext_lazy("Hết từ ngày"))
    act = tables.Column(
        verbose_name=gettext_lazy("Việc"), empty_values=(), orderable=False,
        exclude_from_export=True,
    )  # fmt: skip

    def __init__(self, *arguments: Any, may_decide: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._may_decide = may_decide

    def render_act(self, record: Any) -> str:
        if not self._may_decide or record.ends_on is not None:
            return "–"
        address = reverse("office:key_good_end", args=[record.pk])
        return format_html(
            '<a href="{}">{}<span class="hide">: {}</span></a>',
            address, _("Kết thúc"), record.product.name,
        )  # fmt: skip


class ChainTable(tables.Table):
    """Chains of points."""

    name = PlainColumn(verbose_name=gettext_lazy("Chuỗi"), order_by="folded")
    shared_stock = tables.Column(verbose_name=gettext_lazy("Hàng dùng chung"))
    points_count = NumberColumn(verbose_name=gettext_lazy("Số điểm"))
    act = tables.Column(
        verbose_name=gettext_lazy("Việc"), empty_values=(), orderable=False,
        exclude_from_export=True,
    )  # fmt: skip

    def __init__(self, *arguments: Any, may_decide: bool, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._may_decide = may_decide

    def render_act(self, record: Any) -> str:
        if not self._may_decide:
            return "–"
        address = reverse("office:chain_change", args=[record.code])
        return format_html(
            '<a href="{}">{}<span class="hide"> {}</span></a>', address, _("Sửa"), record.name
        )

    def render_name(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}?chain={}">{}</a>', reverse("office:points"), record.code, value
        )

    def value_name(self, value: str) -> str:
        return value

    def render_shared_stock(self, value: bool) -> str:
        return _("có") if value else _("không")

    def value_shared_stock(self, value: bool) -> str:
        return _("có") if value else _("không")


class SaleTable(tables.Table):
    """What points sold, by product."""

    product = PlainColumn(verbose_name=gettext_lazy("Sản phẩm"), accessor="product__name")
    producer = PlainColumn(verbose_name=gettext_lazy("Chủ thể"), accessor="product__producer__name")
    shops = NumberColumn(verbose_name=gettext_lazy("Số điểm bán được"))
    packs = NumberColumn(verbose_name=gettext_lazy("Số lượng bán"))
    dong = NumberColumn(verbose_name=gettext_lazy("Doanh số (đồng)"))
