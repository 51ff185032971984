"""Tables of dossiers, rounds and products with potential."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.core.numbers import write_date
from ocop.dossiers import rules
from ocop.dossiers.queries import queue
from ocop.places import queries as places
from ocop.web.drawing import chip
from ocop.web.office.dossiers import looks
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn

_CODE = {"td": {"class": "code"}}


class StateColumn(tables.Column):
    """The state of a dossier: a chip on the page, words in the workbook."""

    attrs = {"td": {"class": "wraps"}}

    def render(self, record: Any) -> str:
        return chip(**looks.state_tag(record.state))

    def value(self, record: Any) -> str:
        return looks.state_words(record.state)


class DueColumn(tables.Column):
    """The last day of a step with the working days left; the day alone in the workbook."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, empty_values=())
        self._today: date | None = None
        self._stops = True

    def render(self, record: Any) -> str:
        if self._today is None:  # one reading of day and setting for the whole list
            self._today, self._stops = timezone.localdate(), queue.CLOCK_STOPS.get()
        clock = queue.clock_of(record, self._today, stops=self._stops)
        return get_template("components/deadline.html").render(looks.clock_deadline(clock))

    def value(self, record: Any) -> Any:
        return record.due_on


class _Named(tables.Table):
    """A row named by its product, which leads to the dossier."""

    product = tables.Column(
        verbose_name=_("Sản phẩm"), accessor="product__name", order_by="product__folded"
    )
    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
    )

    def render_product(self, record: Any, value: str) -> str:
        link = format_html(
            '<a href="{}">{}</a>', reverse("office:dossier", args=[record.code]), value
        )
        asked = getattr(record, "change_open", False)
        return _with_sub(link, gettext("Có đề nghị thay đổi chưa trả lời") if asked else "")

    def value_product(self, value: str) -> str:
        return value

    def render_kind(self, record: Any) -> str:
        return str(record.get_kind_display())


def _with_sub(cell: Any, below: str) -> str:
    """A cell with a smaller line below."""
    return format_html('{}<br><span class="sub">{}</span>', cell, below) if below else cell


class DossierTable(_Named):
    """Dossiers and where they stand.

    Ten facts are too wide for a desk: the producer stands below the product, the round below the
    kind, the day below the slip's number. In the workbook each has a column of its own.
    """

    producer = PlainColumn(
        verbose_name=_("Chủ thể"),
        accessor="product__producer__name",
        order_by="product__producer__folded",
        visible=False,
    )
    state = StateColumn(verbose_name=_("Bước"))
    due_on = DueColumn(verbose_name=_("Hạn của bước này"))
    kind = tables.Column(verbose_name=_("Hình thức"))
    commune = PlainColumn(
        verbose_name=_("Xã, phường"), accessor="commune__name", order_by="commune__folded"
    )
    advisers = tables.Column(
        verbose_name=_("Tổ tư vấn"), orderable=False, empty_values=(), accessor="pk"
    )
    round = PlainColumn(
        verbose_name=_("Đợt"),
        accessor="round__name",
        order_by="round__requests_before",
        visible=False,
    )
    slip_number = PlainColumn(verbose_name=_("Số phiếu"), attrs=_CODE)
    submitted_at = DayColumn(verbose_name=_("Nộp ngày"), visible=False)

    def render_product(self, record: Any, value: str) -> str:
        return _with_sub(super().render_product(record, value), record.product.producer.name)

    def render_kind(self, record: Any) -> str:
        return _with_sub(super().render_kind(record), record.round.name if record.round else "")

    def value_kind(self, record: Any) -> str:
        return super().render_kind(record)

    def render_slip_number(self, record: Any, value: str) -> str:
        day = write_date(timezone.localdate(record.submitted_at)) if record.submitted_at else ""
        return _with_sub(value, gettext("nộp %s") % day if day else "")

    def value_slip_number(self, value: str) -> str:
        return value

    def value_submitted_at(self, value: Any) -> Any:
        return timezone.localdate(value) if value else None

    def render_advisers(self, record: Any) -> str:
        return self.value_advisers(record) or "–"

    def value_advisers(self, record: Any) -> str:
        return ", ".join(assignment.adviser.name for assignment in record.now_given)


class QueueTable(_Named):
    """Dossiers that wait for the commune, the most pressing first."""

    due_on = DueColumn(verbose_name=_("Hạn, ngày làm việc còn lại"))
    kind = tables.Column(verbose_name=_("Hình thức"))
    slip_number = PlainColumn(verbose_name=_("Số phiếu"), attrs=_CODE)
    commune = PlainColumn(
        verbose_name=_("Xã, phường"), accessor="commune__name", order_by="commune__folded"
    )
    report = tables.Column(
        verbose_name=_("Mẫu số 03"), accessor="code", orderable=False, exclude_from_export=True
    )

    def render_report(self, value: str) -> str:
        address = reverse("office:report", args=[value])
        return format_html('<a href="{}">{}</a>', address, gettext("Kiểm tra, ghi Mẫu số 03"))


class PlanUnitTable(tables.Table):
    """The units of a yearly plan: what each registered, filed and got decided."""

    unit = tables.Column(
        verbose_name=_("Đơn vị"), accessor="unit__name", order_by="unit__folded", empty_values=()
    )
    expected = NumberColumn(verbose_name=_("Đăng ký"), accessor="counts__expected")
    answered = NumberColumn(verbose_name=_("Nộp vào đợt của năm"), accessor="counts__answered")
    elsewhere = NumberColumn(verbose_name=_("Nộp vào đợt năm khác"), accessor="counts__elsewhere")
    recognised = NumberColumn(
        verbose_name=_("Công nhận, không có hồ sơ ở đây"), accessor="counts__recognised"
    )
    missing = NumberColumn(verbose_name=_("Chưa nộp"), accessor="counts__missing")
    filed = NumberColumn(verbose_name=_("Hồ sơ của năm"), accessor="counts__filed")
    decided = NumberColumn(verbose_name=_("Đã quyết định"), accessor="counts__decided")
    refused = NumberColumn(verbose_name=_("Không công nhận"), accessor="counts__refused")

    def __init__(self, *arguments: Any, year: int, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._dossiers = f"{reverse('office:dossiers')}?year={year}"

    def render_unit(self, record: Any) -> str:
        if record.unit is None:
            return gettext("chưa rõ đơn vị")
        address = f"{self._dossiers}&unit={places.key_of(record.unit)}"
        return format_html('<a href="{}">{}</a>', address, record.unit.name)

    def value_unit(self, record: Any) -> str:
        return record.unit.name if record.unit else gettext("chưa rõ đơn vị")


class PotentialTable(tables.Table):
    """Products with potential, and who helps them."""

    product_name = tables.Column(verbose_name=_("Sản phẩm"))
    producer_name = PlainColumn(verbose_name=_("Chủ thể"))
    unit = PlainColumn(verbose_name=_("Xã, phường"), accessor="unit__name", order_by="unit__folded")
    aim = NumberColumn(verbose_name=_("Hạng phấn đấu"))
    year = PlainColumn(verbose_name=_("Năm dự kiến"))
    helper = PlainColumn(verbose_name=_("Đơn vị hỗ trợ"))
    officer = PlainColumn(
        verbose_name=_("Cán bộ phụ trách"), accessor="officer__name", order_by="officer__name"
    )
    need = PlainColumn(verbose_name=_("Còn thiếu"))
    ended_on = DayColumn(verbose_name=_("Đưa ra ngày"))

    def render_product_name(self, record: Any, value: str) -> str:
        if record.ended_on or not rules.may_keep_potential(self.request.actor, record.unit):
            return value
        address = reverse("office:potential_change", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_product_name(self, value: str) -> str:
        return value

    def render_year(self, value: int) -> str:
        return str(value)
