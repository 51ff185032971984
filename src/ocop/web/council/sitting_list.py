"""All sittings that a person may see: those sat in, and every one for who reads everything."""

from typing import Any

import django_tables2 as tables
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ocop.councils import rules
from ocop.councils.queries import sittings as queries
from ocop.filters.councils import SittingFilter
from ocop.web.council.desk import desk
from ocop.web.requests import SignedInRequest
from ocop.web.tables import MomentColumn, NumberColumn, PlainColumn, listing
from ocop.web.templatetags.council_desk import sitting_state


class SittingTable(tables.Table):
    """Sittings, the newest first."""

    title = tables.Column(verbose_name=gettext_lazy("Phiên"))
    council = PlainColumn(
        verbose_name=gettext_lazy("Hội đồng"), accessor="council__name", order_by="council__name"
    )
    starts_at = MomentColumn(verbose_name=pgettext_lazy("sitting", "Thời gian"))
    kind = tables.Column(verbose_name=pgettext_lazy("sitting", "Hình thức"))
    state = tables.Column(verbose_name=gettext_lazy("Tình trạng"))
    cases = NumberColumn(verbose_name=gettext_lazy("Hồ sơ"))
    minutes_number = PlainColumn(
        verbose_name=gettext_lazy("Số biên bản"), attrs={"td": {"class": "code"}}
    )

    def render_title(self, record: Any, value: str) -> str:
        address = reverse("council:sitting", args=[record.code])
        return format_html('<a href="{}">{}</a>', address, value)

    def value_title(self, value: str) -> str:
        return value

    def render_kind(self, record: Any) -> str:
        return str(record.get_kind_display())

    def render_state(self, record: Any) -> str:
        return sitting_state(record)

    def value_state(self, record: Any) -> str:
        return str(record.get_state_display())


@desk
def index(request: SignedInRequest) -> HttpResponseBase:
    """Every sitting that the person may see, past ones too."""
    actor = request.actor
    rows = queries.with_cases(actor, queries.visible_sittings(actor))
    filters = SittingFilter(request.GET, queryset=rows, request=request)
    everything = rules.may_see_all(actor)
    return listing(
        request,
        table=SittingTable(filters.qs),
        filters=filters,
        title=_("Phiên họp") if everything else _("Phiên họp tôi tham gia"),
        template="council/sittings.html",
    )
