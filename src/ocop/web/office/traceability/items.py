"""Sales units in the office."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.traceability import queries, rules
from ocop.web.office.guard import office
from ocop.web.office.traceability import tables
from ocop.web.office.traceability.lists import listed
from ocop.web.requests import SignedInRequest


@office
def item_list(request: SignedInRequest) -> HttpResponseBase:
    """Sales units of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = queries.items_visible_to(request.actor)
    return listed(
        request, "office:trade_items", _("Quy cách sản phẩm"), tables.ItemTable(rows), None
    )


@office
def item_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """One sales unit."""
    found = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    return render(request, "office/traceability/item.html", {"item": found})
