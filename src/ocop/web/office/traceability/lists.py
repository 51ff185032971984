"""What the lists of traceability in the office share: their tabs and their template."""

from typing import Any

from django.http.response import HttpResponseBase

from ocop.web.menu import shown
from ocop.web.office.traceability.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    """A list below the tabs of traceability; `here` is the name of its page."""
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/traceability/list.html",
        context={"tabs": shown(TABS, request.actor, here), **more},
    )
