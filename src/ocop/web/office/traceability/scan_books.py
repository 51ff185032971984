"""The workbook of a report of scans: every day, lot and province of it."""

from typing import Any

from django.http.response import HttpResponseBase

from ocop.traceability.models import TradeItem
from ocop.traceability.scans import queries
from ocop.traceability.scans.knowing import provinces
from ocop.web.office.traceability.scan_tables import ScanRowTable
from ocop.web.requests import SignedInRequest
from ocop.web.scans import period_filter, period_of
from ocop.web.tables import listing


def wants_workbook(request: SignedInRequest) -> bool:
    """Whether the address asks for it; one whose period is not understood shows the page."""
    return request.GET.get("format") == "xlsx" and not period_filter(request).problem_lines


def workbook(
    request: SignedInRequest, title: str, item: TradeItem | None = None, *, own: bool = False
) -> HttpResponseBase:
    """What the report of all that an actor sees, or of one sales unit, is summed up from."""
    rows: Any = queries.day_rows(request.actor, period_of(request), own=own)
    if item is not None:
        rows = rows.filter(item=item)
    return listing(
        request,
        table=ScanRowTable(rows, provinces()),
        filters=period_filter(request),
        title=title,
        template="office/traceability/scan_list.html",
    )
