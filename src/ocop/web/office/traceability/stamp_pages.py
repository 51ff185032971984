"""What the pages of stamps in the office share: the tabs of traceability, and those of stamps."""

from typing import Any

from django.http.response import HttpResponseBase

from ocop.traceability import rules
from ocop.web.menu import shown
from ocop.web.office.traceability.menu import STAMPS, TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def frame(request: SignedInRequest, here: str) -> dict[str, Any]:
    """Both rows of tabs; `here` is the name of the page. Who keeps the machine sees the keys of
    stamps, and no lists."""
    if not rules.may_open_lists(request.actor):
        return {"tabs": [], "beside": []}
    return {
        "tabs": shown(TABS, request.actor, here),
        "beside": shown(STAMPS, request.actor, here),
    }


def listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    """A list below the tabs."""
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/stamps/list.html",
        context=frame(request, here) | more,
    )
