"""Tables of selling online."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.market import checklist, quarters
from ocop.market.models import LinkState, SellerList
from ocop.web import shop_links as looks
from ocop.web.drawing import chip
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn

_WRAPS = {"td": {"class": "wraps"}}


class LinkTable(tables.Table):
    """Links with what their last check found."""

    product = PlainColumn(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    producer = tables.Column(
        verbose_name=_("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
    )
    marketplace = tables.Column(verbose_name=_("Nơi bán"), empty_values=())
    address = tables.Column(verbose_name=_("Địa chỉ"), attrs=_WRAPS)
    state = tables.Column(verbose_name=_("Kết quả mở trang"), attrs=_WRAPS)
    reason = tables.Column(verbose_name=_("Lý do"), visible=False)
    checked_at = MomentColumn(verbose_name=_("Kiểm tra lúc"))
    starts_on = DayColumn(verbose_name=_("Thêm ngày"), visible=False)
    ends_on = DayColumn(verbose_name=_("Gỡ ngày"), visible=False)

    def render_product(self, record: Any, value: str) -> str:
        return format_html('<a href="{}">{}</a>', reverse("office:link", args=[record.code]), value)

    def render_marketplace(self, record: Any) -> str:
        return looks.place(record)

    def value_marketplace(self, record: Any) -> str:
        return looks.place(record)

    def render_state(self, record: Any) -> str:
        said = "" if record.state == LinkState.ALIVE else looks.reason(record)
        mark = chip(**looks.tag(record))
        return format_html('{}<br><span class="quiet">{}</span>', mark, said) if said else mark

    def value_state(self, record: Any) -> str:
        return str(looks.tag(record)["words"])

    def value_reason(self, record: Any) -> str:
        return looks.reason(record)


class SellerTable(tables.Table):
    """Producers that sell online, with their links, the last quarter and what is ready."""

    name = PlainColumn(verbose_name=_("Chủ thể"), order_by="folded")
    links = NumberColumn(verbose_name=_("Nơi bán"), accessor="link_count")
    dead = NumberColumn(verbose_name=_("Không mở được"), accessor="dead_count")
    total = NumberColumn(verbose_name=_("Doanh thu quý trước (đồng)"), accessor="last_total")
    online = NumberColumn(verbose_name=_("Trong đó online (đồng)"), accessor="last_online")
    share = tables.Column(verbose_name=_("Tỷ lệ online"), empty_values=(), orderable=False)
    ready = tables.Column(verbose_name=_("Chuẩn bị"), empty_values=(), orderable=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._asked = checklist.checklist_on(timezone.localdate())
        rows = SellerList.objects.filter(checklist=self._asked.key)
        self._answers = dict(rows.values_list("producer", "answers"))

    def render_name(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("office:seller", args=[record.code]), value
        )

    def render_share(self, record: Any) -> str:
        if record.last_total is None:
            return "–"
        return looks.share(quarters.share(record.last_online, record.last_total))

    def value_share(self, record: Any) -> str:
        return self.render_share(record)

    def render_ready(self, record: Any) -> str:
        done = checklist.progress(self._asked.questions, self._answers.get(record.pk, {}))
        return f"{done.ready}/{len(self._asked.questions)}"

    def value_ready(self, record: Any) -> str:
        return self.render_ready(record)


class SalesTable(tables.Table):
    """What producers told of quarters."""

    quarter = tables.Column(verbose_name=_("Quý"), order_by="starts_on")
    producer = PlainColumn(
        verbose_name=_("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    total = NumberColumn(verbose_name=_("Tổng doanh thu (đồng)"))
    online = NumberColumn(verbose_name=_("Trong đó online (đồng)"))
    share = tables.Column(verbose_name=_("Tỷ lệ online"), empty_values=(), orderable=False)
    sent_at = MomentColumn(verbose_name=_("Ghi lúc"))

    def render_quarter(self, value: quarters.Quarter) -> str:
        return looks.quarter(value)

    def value_quarter(self, value: quarters.Quarter) -> str:
        return looks.quarter(value)

    def render_producer(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("office:seller", args=[record.producer.code]), value
        )

    def render_share(self, record: Any) -> str:
        return looks.share(quarters.share(record.online, record.total))

    def value_share(self, record: Any) -> str:
        return self.render_share(record)
