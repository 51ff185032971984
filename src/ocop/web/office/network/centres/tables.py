"""Tables of design centres."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_number
from ocop.criteria.scoring import shown
from ocop.web.office.network.centres.looks import state_tag
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn
from ocop.web.templatetags.ocop import tag as chip


class CentreTable(tables.Table):
    """Centres that design, show and sell."""

    name = PlainColumn(verbose_name=gettext_lazy("Trung tâm"), order_by="folded")
    commune = PlainColumn(verbose_name=gettext_lazy("Xã, phường"), accessor="commune__name")
    address = PlainColumn(verbose_name=gettext_lazy("Địa chỉ"), visible=False)
    operator = PlainColumn(verbose_name=gettext_lazy("Đơn vị vận hành"), visible=False)
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    score = NumberColumn(verbose_name=gettext_lazy("Điểm hội đồng"))
    recognised_on = DayColumn(verbose_name=gettext_lazy("Công nhận ngày"))
    visited_on = DayColumn(verbose_name=gettext_lazy("Kiểm tra gần nhất"))
    visitors = NumberColumn(verbose_name=gettext_lazy("Khách 12 tháng"))
    income = NumberColumn(verbose_name=gettext_lazy("Doanh thu 12 tháng (đồng)"))

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:centre", args=[record.code])
        return format_html(
            '<a href="{}">{}</a><br><span class="sub">{}</span>', address, value, record.address
        )

    def value_name(self, value: str) -> str:
        return value

    def render_score(self, value: Any) -> str:
        return write_number(shown(value), 2)

    def render_state(self, record: Any) -> str:
        return chip(**state_tag(record))

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())
