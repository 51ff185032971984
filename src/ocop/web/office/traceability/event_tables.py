"""The table of events."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.traceability import chronicle, diary
from ocop.traceability.models import TraceEvent
from ocop.web.drawing import chip
from ocop.web.tables import MomentColumn, PlainColumn


class EventTable(tables.Table):
    """Events; their goods and partners stand in the workbook as well."""

    event_time = MomentColumn(verbose_name=gettext_lazy("Làm lúc"))
    step = tables.Column(
        verbose_name=gettext_lazy("Việc"), accessor="biz_step", order_by="biz_step", empty_values=()
    )
    goods = tables.Column(
        verbose_name=gettext_lazy("Hàng"), empty_values=(), orderable=False, accessor="pk"
    )
    producer = PlainColumn(
        verbose_name=gettext_lazy("Chủ thể"), accessor="producer__name", order_by="producer__folded"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Địa điểm"), empty_values=(), orderable=False, accessor="pk"
    )
    partner = tables.Column(
        verbose_name=gettext_lazy("Bên kia"), empty_values=(), orderable=False, accessor="pk"
    )
    record_time = MomentColumn(verbose_name=gettext_lazy("Ghi lúc"), visible=False)
    event_id = tables.Column(verbose_name=gettext_lazy("Mã sự kiện"), visible=False)

    class Meta:
        sequence = ("event_time", "step", "goods", "producer", "place", "partner", "...")

    def render_step(self, record: TraceEvent) -> str:
        address = reverse("office:trace_event", args=(record.pk,))
        link = format_html('<a href="{}">{}</a>', address, self.value_step(record))
        if record.declared_wrong_at is None:
            return link
        return format_html("{} {}", link, chip(_("Đã báo sai"), "flat", "ban"))

    def value_step(self, record: TraceEvent) -> str:
        step = diary.step_of(record.type, record.biz_step, record.body)
        return diary.words(step) or record.get_type_display()

    def render_goods(self, record: TraceEvent) -> str:
        return chronicle.about(record)

    value_goods = render_goods

    def render_place(self, record: TraceEvent) -> str:
        return record.site.name if record.site else record.read_point

    value_place = render_place

    def render_partner(self, record: TraceEvent) -> str:
        return str(record.body.get(diary.PARTNER, ""))

    value_partner = render_partner
