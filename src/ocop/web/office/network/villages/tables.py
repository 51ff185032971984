"""Tables of craft villages."""

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.numbers import write_number
from ocop.network.villages.criteria import ARTICLES
from ocop.network.villages.models import Village, VillageTitle
from ocop.network.villages.reviewing import Review, reviewed
from ocop.web.drawing import chip
from ocop.web.office.network.villages.looks import WORDS
from ocop.web.tables import DayColumn, MomentColumn, NumberColumn, PlainColumn
from ocop.web.village_titles import title_chip


class VillageTable(tables.Table):
    """Villages. The trade stands below the name, the unit of then in the workbook."""

    name = tables.Column(verbose_name=gettext_lazy("Làng"), order_by="folded")
    trade = PlainColumn(verbose_name=gettext_lazy("Nghề"), visible=False)
    trade_group = PlainColumn(verbose_name=gettext_lazy("Nhóm nghề"), visible=False)
    commune = PlainColumn(
        verbose_name=gettext_lazy("Xã, phường"),
        accessor="commune__name",
        order_by="commune__folded",
        empty_values=(),
    )
    unit = PlainColumn(
        verbose_name=gettext_lazy("Đơn vị khi đó"), accessor="unit__name", visible=False
    )
    title = tables.Column(verbose_name=gettext_lazy("Danh hiệu"), empty_values=())
    title_year = tables.Column(verbose_name=gettext_lazy("Năm công nhận"), visible=False)
    in_trade = NumberColumn(verbose_name=gettext_lazy("Hộ làm nghề"))
    households = NumberColumn(verbose_name=gettext_lazy("Tổng số hộ"))
    income = NumberColumn(verbose_name=gettext_lazy("Thu nhập (đồng/năm)"))
    told_year = tables.Column(verbose_name=gettext_lazy("Năm số liệu"))
    ended_on = DayColumn(verbose_name=gettext_lazy("Không còn nghề từ"), visible=False)
    review = PlainColumn(
        verbose_name=gettext_lazy("Rà soát tiêu chí"),
        empty_values=(),
        visible=False,
        orderable=False,
    )
    lacking = PlainColumn(
        verbose_name=gettext_lazy("Tiêu chí không đạt, chưa rõ"),
        empty_values=(),
        visible=False,
        orderable=False,
    )

    @cached_property
    def reviews(self) -> dict[int, Review]:
        """What the criteria say today, for the workbook."""
        return reviewed(Village.objects.all(), timezone.localdate())

    def value_review(self, record: Any) -> str:
        found = self.reviews.get(record.pk)
        return str(found.outcome.label) if found else ""

    def value_lacking(self, record: Any) -> str:
        found = self.reviews.get(record.pk)
        lacking = (*found.missed, *found.unknown) if found else ()
        return "; ".join(f"{ARTICLES[each]} {WORDS[each]}" for each in lacking)

    def render_name(self, record: Any, value: str) -> str:
        address = reverse("office:village", args=(record.code,))
        link = '<a href="{}">{}</a><br><span class="sub">{}</span>'
        return format_html(link, address, value, record.trade)

    def value_name(self, value: str) -> str:
        return value

    def render_title(self, record: Any) -> str:
        if record.ended_on:
            return chip(_("Không còn nghề"), "flat", "minus")
        if not record.listed:
            return chip(_("Chưa công bố"), "due", "warning")
        return title_chip(record.title, record.title_year)

    def render_commune(self, record: Any, value: str | None) -> str:
        return value or chip(_("Chưa rõ: %s") % record.place_name, "due", "warning")

    def value_commune(self, value: str | None) -> str:
        return value or ""

    def value_title(self, record: Any) -> str:
        return str(VillageTitle(record.title).label) if record.title else ""

    def render_told_year(self, value: int) -> str:
        return str(value)


class VillageImportTable(tables.Table):
    """Imports so far."""

    filename = tables.Column(verbose_name=gettext_lazy("Tệp"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    rows = NumberColumn(verbose_name=gettext_lazy("Dòng"))
    accepted = NumberColumn(verbose_name=gettext_lazy("Nhận được"))
    rejected = NumberColumn(verbose_name=gettext_lazy("Chưa nhận được"))
    created_at = MomentColumn(verbose_name=gettext_lazy("Nhập lúc"))

    def render_filename(self, record: Any, value: str) -> str:
        address = reverse("office:village_import", args=(record.code,))
        return format_html('<a href="{}">{}</a>', address, value)

    def value_filename(self, value: str) -> str:
        return value


class RouteTable(tables.Table):
    """Routes."""

    name = tables.Column(verbose_name=gettext_lazy("Tuyến"), order_by="folded")
    stops_count = NumberColumn(verbose_name=gettext_lazy("Điểm dừng"))
    hours = tables.Column(verbose_name=gettext_lazy("Thời gian (giờ)"))
    listed = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    code = tables.Column(
        verbose_name=gettext_lazy("Tờ gấp"), orderable=False, exclude_from_export=True
    )

    def __init__(self, *arguments: Any, may_keep: bool, **more: Any) -> None:
        self._may_keep = may_keep
        super().__init__(*arguments, **more)

    def render_code(self, record: Any, value: str) -> str:
        if not record.listed:
            return "–"
        pages = (("village_route", _("Trang công khai")), ("village_leaflet", "PDF"))
        links = ((reverse(name, args=[value]), words) for name, words in pages)
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def render_name(self, record: Any, value: str) -> str:
        if not self._may_keep:
            return value
        address = reverse("office:village_route_change", args=(record.code,))
        return format_html('<a href="{}">{}</a>', address, value)

    def value_name(self, value: str) -> str:
        return value

    def render_hours(self, value: int) -> str:
        return write_number(value)

    def render_listed(self, value: bool) -> str:
        return chip(_("Đã công khai"), "ok", "check") if value else chip(_("Đang soạn"))

    def value_listed(self, value: bool) -> str:
        return _("Đã công khai") if value else _("Đang soạn")
