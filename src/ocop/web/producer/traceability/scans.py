"""Scans of the producer's own products."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ocop.traceability.scans import queries
from ocop.web.menu import shown
from ocop.web.office.traceability.scan_books import wants_workbook, workbook
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.scans import report


@producer
def index(request: SignedInRequest) -> HttpResponseBase:
    """Standing figures of a month or a year, and own sales units by scans."""
    if wants_workbook(request):
        return workbook(request, _("Lượt quét tem, mã truy xuất"), own=True)
    told = report(request, request.actor, own=True)
    rows = queries.with_stamps(queries.items_scanned(request.actor, told["period"], own=True))
    context = {
        **told,
        "items": [] if told["problems"] else list(rows),
        "tabs": shown(TABS, request.actor, "producer_scans"),
        "title": _("Lượt quét tem, mã truy xuất"),
        "lead": _("Người mua đã quét tem và mã trên hàng của bạn bao nhiêu lần, ở đâu."),
    }
    return render(request, "producer/traceability/scans.html", context)


@producer
def item(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Scans of one own sales unit: by day, by province, by lot."""
    rows = queries.items_of(request.actor, own=True).select_related("product__producer")
    found = get_object_or_404(rows, code=code)
    if wants_workbook(request):
        return workbook(request, f"{found.product.name}, {found.name}", found, own=True)
    told = report(request, request.actor, found, own=True)
    context = {
        **told,
        "item": found,
        "lots": queries.lots(told["period"], found),
        "tabs": shown(TABS, request.actor, "producer_scan_item"),
        "title": found.product.name,
        "lead": found.name,
    }
    return render(request, "producer/traceability/scan_item.html", context)
