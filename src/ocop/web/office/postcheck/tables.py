"""Tables of post-checks, plans, complaints and revocation cases."""

from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.recognition.postcheck import lifecycle, notices
from ocop.web.drawing import chip
from ocop.web.office.postcheck import looks
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn
from ocop.web.templatetags.ocop import deadline

_CODE = {"td": {"class": "code"}}


class _State(tables.Column):
    """A state: a chip on the page, words in the workbook."""

    attrs = {"td": {"class": "wraps"}}

    def __init__(self, machine: lifecycle.Machine, **more: Any) -> None:
        super().__init__(**more)
        self._machine = machine

    def render(self, record: Any) -> str:
        return chip(**looks.state_tag(self._machine, record.state))

    def value(self, record: Any) -> str:
        return str(looks.state_tag(self._machine, record.state)["words"])


class _Due(DayColumn):
    """A last day with the days left while something is to be done; the day in the workbook."""

    def __init__(self, open_states: tuple[str, ...], **more: Any) -> None:
        super().__init__(**more)
        self._open = open_states

    def render(self, value: Any, record: Any) -> str:  # type: ignore[override]
        if record.state not in self._open:
            return super().render(value)
        told = deadline(value, timezone.localdate(), 5)
        return get_template("components/deadline.html").render(told)


def _linked(address: str, value: str) -> str:
    return format_html('<a href="{}">{}</a>', address, value)


class _OfProduct(tables.Table):
    """A row named by its product, with who makes it."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"),
        accessor="recognition__product__name",
        order_by="recognition__product__folded",
    )
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="recognition__product__producer__name",
        order_by="recognition__product__producer__folded",
        visible=False,
    )

    def value_product(self, value: str) -> str:
        return value

    def named(self, record: Any, address: str, value: str) -> str:
        """The product as a link, with who makes it below; in the workbook it has its column."""
        return format_html(
            '<a href="{}">{}</a><br><span class="sub">{}</span>',
            address,
            value,
            record.recognition.product.producer.name,
        )


class CheckTable(_OfProduct):
    """Post-checks and where they stand. The kind stands below the inspector, the commune in
    the workbook only."""

    commune = PlainColumn(
        verbose_name=_("Xã, phường"),
        accessor="recognition__product__commune__name",
        visible=False,
    )
    stars = NumberColumn(verbose_name=_("Hạng sao"), accessor="recognition__stars")
    kind = tables.Column(verbose_name=_("Loại"), visible=False)
    inspector = PlainColumn(verbose_name=_("Người kiểm tra"), accessor="inspector__name")
    planned_on = _Due((lifecycle.PLANNED,), verbose_name=_("Ngày kiểm tra"))
    state = _State(lifecycle.CHECK, verbose_name=_("Bước"))
    result = tables.Column(verbose_name=_("Kết luận"))
    correct_until = _Due((lifecycle.CORRECTING,), verbose_name=_("Khắc phục đến"))

    def render_product(self, record: Any, value: str) -> str:
        return self.named(record, notices.check_link(record), value)

    def render_inspector(self, record: Any, value: str) -> str:
        kind = record.get_kind_display()
        return format_html('{}<br><span class="sub">{}</span>', value, kind)

    def value_inspector(self, value: str) -> str:
        return value

    def render_result(self, record: Any) -> str:
        found = looks.result_tag(record.result)
        return chip(**found) if found else "–"

    def value_result(self, record: Any) -> str:
        return str(record.get_result_display())


class PlanTable(tables.Table):
    """Plans of post-checks and how far they are."""

    title = tables.Column(verbose_name=_("Kế hoạch"))
    document = PlainColumn(verbose_name=_("Văn bản phê duyệt"), attrs=_CODE)
    starts_on = DayColumn(verbose_name=_("Từ ngày"))
    ends_on = DayColumn(verbose_name=_("Đến hết ngày"))
    done = NumberColumn(verbose_name=_("Đã kiểm tra"))
    planned = NumberColumn(verbose_name=_("Tổng số"))

    def render_title(self, record: Any, value: str) -> str:
        return _linked(f"{reverse('office:postchecks')}?plan={record.code}", value)

    def value_title(self, value: str) -> str:
        return value


class ComplaintTable(tables.Table):
    """Complaints with the days left to answer; who reported stands in no list and no workbook."""

    number = tables.Column(verbose_name=_("Số"), attrs=_CODE)
    product = tables.Column(
        verbose_name=_("Sản phẩm"), accessor="subject", order_by="product__folded"
    )
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
    )
    topic = tables.Column(verbose_name=_("Nội dung"))
    received_at = MomentColumn(verbose_name=_("Nhận lúc"))
    state = _State(lifecycle.COMPLAINT, verbose_name=_("Bước"))
    due_on = _Due(lifecycle.open_states(lifecycle.COMPLAINT), verbose_name=_("Hạn trả lời"))

    def render_number(self, record: Any, value: str) -> str:
        return _linked(notices.complaint_link(record), value)

    def value_number(self, value: str) -> str:
        return value


class CaseTable(_OfProduct):
    """Revocation cases with the 15 days."""

    stars = NumberColumn(verbose_name=_("Hạng sao"), accessor="recognition__stars")
    ground = tables.Column(verbose_name=_("Căn cứ"))
    established_on = DayColumn(verbose_name=_("Xác định căn cứ"))
    due_on = _Due(
        (lifecycle.OPENED, lifecycle.HEARD, lifecycle.PROPOSED), verbose_name=_("Hạn 15 ngày")
    )
    state = _State(lifecycle.CASE, verbose_name=_("Bước"))
    decision_number = PlainColumn(verbose_name=_("Quyết định"), attrs=_CODE)

    def render_product(self, record: Any, value: str) -> str:
        return self.named(record, notices.case_link(record), value)
