"""Places in the office: the list and one of them."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.filters.traceability import SiteFilter
from ocop.traceability import queries, rules
from ocop.web.happenings import told
from ocop.web.office.guard import office
from ocop.web.office.traceability import tables
from ocop.web.office.traceability.items import LOTS_SHOWN
from ocop.web.office.traceability.lists import listed, sees_producer
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.requests import SignedInRequest


@office
def site_list(request: SignedInRequest) -> HttpResponseBase:
    """Places of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = queries.sites_for_lists(queries.sites_visible_to(request.actor))
    filters = SiteFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:sites",
        _("Địa điểm sản xuất"),
        tables.SiteTable(filters.qs, order_by="name"),
        filters,
        lead=_("Nơi trồng, nuôi, chế biến, đóng gói, lưu kho: mã truy vết địa điểm của các lô."),
        empty_text=_("Địa điểm xuất hiện ở đây khi chủ thể khai nơi sản xuất."),
    )


@office
def site_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One place: its codes, the lots that were made there, its activity."""
    found = get_object_or_404(queries.sites_visible_to(request.actor), code=code)
    today = timezone.localdate()
    lots = queries.newest_lots(found.lots.select_related("item__product"))
    context = {
        "site": found,
        "site_code": queries.site_code(found),
        "lots": [(lot, lot_tag(lot, today)) for lot in lots[:LOTS_SHOWN]],
        "lots_count": lots.count(),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_keep": rules.may_keep_items(request.actor, found.producer, today),
        "sees_producer": sees_producer(request.actor, found.producer),
    }
    return render(request, "office/traceability/site.html", context)
