"""Reports of scans: by product, by province, by day; each with its workbook."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.filters.scans import ScanItemFilter, ScanRowFilter
from ocop.traceability import rules as traceability_rules
from ocop.traceability.scans import queries
from ocop.traceability.scans.knowing import provinces
from ocop.traceability.scans.rules import may_see_signals
from ocop.web.menu import shown
from ocop.web.office.guard import office
from ocop.web.office.traceability import scan_tables
from ocop.web.office.traceability.menu import TABS
from ocop.web.office.traceability.scan_books import wants_workbook, workbook
from ocop.web.requests import SignedInRequest
from ocop.web.scans import period_filter, period_of, report
from ocop.web.tables import listing

_LISTS = (
    ("office:scans", gettext_lazy("Tổng hợp")),
    ("office:scan_items", gettext_lazy("Theo sản phẩm")),
    ("office:scan_places", gettext_lazy("Theo tỉnh")),
    ("office:scan_days", gettext_lazy("Theo ngày")),
    ("office:scan_rows", gettext_lazy("Chi tiết")),
)


def _around(request: SignedInRequest, here: str) -> dict[str, Any]:
    """Tabs of traceability, and below them those of the reports, which keep the period."""
    query = f"?period={request.GET['period']}" if request.GET.get("period") else ""
    return {
        "tabs": shown(TABS, request.actor, here),
        "reports": [(words, f"{reverse(name)}{query}", name == here) for name, words in _LISTS],
    }


@office
def overview(request: SignedInRequest) -> HttpResponseBase:
    """Standing figures of a month or a year."""
    require(request.actor, traceability_rules.may_open_lists)
    if wants_workbook(request):
        return workbook(request, _("Lượt quét tem, mã truy xuất"))
    told = report(request, request.actor)
    found = [] if told["problems"] else queries.most_scanned(request.actor, told["period"])
    context = {
        **told,
        **_around(request, "office:scans"),
        "items": found,
        "detail": f"{reverse('office:scan_rows')}?period={told['period'].key}",
        "sees_signals": may_see_signals(request.actor),
        "signals": queries.signals_open(request.actor),
    }
    return render(request, "office/traceability/scans.html", context)


@office
def items(request: SignedInRequest) -> HttpResponseBase:
    """Sales units with their scans and how many of their stamps anybody scanned."""
    require(request.actor, traceability_rules.may_open_lists)
    period = period_of(request)
    rows = queries.with_stamps(queries.items_scanned(request.actor, period))
    filters = ScanItemFilter(request.GET, queryset=rows)
    table = scan_tables.ItemScanTable(filters.qs, period, order_by="-scans")
    return _list(request, "office:scan_items", _("Lượt quét theo sản phẩm"), table, filters)


@office
def places(request: SignedInRequest) -> HttpResponseBase:
    """Provinces from which codes were scanned."""
    require(request.actor, traceability_rules.may_open_lists)
    filters = period_filter(request)
    rows = [] if filters.problem_lines else queries.places(request.actor, period_of(request))
    whole = traceability_rules.may_see_all_stamps(request.actor)
    table = (scan_tables.WholePlaceTable if whole else scan_tables.PlaceTable)(rows)
    return _list(request, "office:scan_places", _("Lượt quét theo tỉnh"), table, filters)


@office
def days(request: SignedInRequest) -> HttpResponseBase:
    """Days on which codes were scanned."""
    require(request.actor, traceability_rules.may_open_lists)
    filters = period_filter(request)
    rows = [] if filters.problem_lines else queries.days(request.actor, period_of(request))
    whole = traceability_rules.may_see_all_stamps(request.actor)
    table = (scan_tables.WholeDayTable if whole else scan_tables.DayTable)(rows, order_by="-day")
    return _list(request, "office:scan_days", _("Lượt quét theo ngày"), table, filters)


@office
def rows(request: SignedInRequest) -> HttpResponseBase:
    """Day, product, lot and province together."""
    require(request.actor, traceability_rules.may_open_lists)
    found = queries.day_rows(request.actor, period_of(request))
    filters = ScanRowFilter(request.GET, queryset=found)
    table = scan_tables.ScanRowTable(filters.qs, provinces())
    title = _("Lượt quét theo sản phẩm, tỉnh và ngày")
    return _list(request, "office:scan_rows", title, table, filters)


@office
def item(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Scans of one sales unit: by day, by province, by lot."""
    rows = queries.items_of(request.actor).select_related("product__producer")
    found = get_object_or_404(rows, code=code)
    if wants_workbook(request):
        return workbook(request, f"{found.product.name}, {found.name}", found)
    told = report(request, request.actor, found)
    signals = queries.signals_visible_to(request.actor).filter(item=found)
    context = {
        **told,
        **_around(request, "office:scan_items"),
        "item": found,
        "detail": f"{reverse('office:scan_rows')}?period={told['period'].key}&item={found.code}",
        "lots": queries.lots(told["period"], found),
        "signals": signals.order_by("-raised_at")[:10],
        "sees_signals": may_see_signals(request.actor),
    }
    return render(request, "office/traceability/scan_item.html", context)


def _list(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any
) -> HttpResponseBase:
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/traceability/scan_list.html",
        context={**_around(request, here), "lead": period_of(request).words},
    )
