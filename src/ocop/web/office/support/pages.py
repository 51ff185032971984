"""What the pages of support share: the tabs, and lists below them."""

from typing import Any

from django.http.response import HttpResponseBase

from ocop.web.menu import shown
from ocop.web.office.support.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def frame(request: SignedInRequest, here: str) -> dict[str, Any]:
    """The tabs; `here` is the name of the page."""
    return {"tabs": shown(TABS, request.actor, here)}


def listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    """A list below the tabs."""
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/support/list.html",
        context=frame(request, here) | more,
    )
