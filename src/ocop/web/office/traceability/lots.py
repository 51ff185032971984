"""Lots in the office: the list and one of them."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.filters.traceability import LotFilter
from ocop.traceability import passports, queries, rules
from ocop.traceability.models import Lot
from ocop.web import passports as shown_passports
from ocop.web.happenings import told
from ocop.web.office.guard import office
from ocop.web.office.traceability import tables
from ocop.web.office.traceability.lists import listed, sees_product
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.requests import SignedInRequest


@office
def lot_list(request: SignedInRequest) -> HttpResponseBase:
    """Lots of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = queries.lots_visible_to(request.actor)
    filters = LotFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:lots",
        _("Lô hàng"),
        tables.LotTable(filters.qs, order_by="-produced_on"),
        filters,
        lead=_("Mỗi dòng là một lô của một quy cách, với tình trạng của hôm nay."),
        empty_text=_("Lô xuất hiện ở đây khi chủ thể mở lô cho một quy cách."),
    )


@office
def lot_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One lot: what it tells, its way, its activity."""
    found = _found(request, code)
    today = timezone.localdate()
    context = {
        "lot": found,
        "item": found.item,
        "state": lot_tag(found, today),
        "trace_code": queries.trace_code(found),
        "site_code": queries.site_code(found.site) if found.site else "",
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_keep": rules.may_keep_items(request.actor, found.item.product.producer, today),
        "may_recall": found.recalled_at is None
        and rules.may_recall(request.actor, found.item.product.producer, today),
        "sees_product": sees_product(request.actor, found.item.product),
        **shown_passports.reading(passports.passport_of(found.item, found)),
    }
    return render(request, "office/traceability/lot.html", context)


@office
def passport(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The passport of a lot as a file."""
    found = _found(request, code)
    return shown_passports.file_of(passports.passport_of(found.item, found), kind)


def _found(request: SignedInRequest, code: str) -> Lot:
    return get_object_or_404(queries.lots_visible_to(request.actor), code=code)
