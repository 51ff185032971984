"""Sales units in the office: the list, one of them, and the passports of all."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.filters.traceability import TradeItemFilter
from ocop.traceability import passports as told_passports
from ocop.traceability import queries, rules
from ocop.traceability.models import TradeItem
from ocop.web import passports as shown_passports
from ocop.web.happenings import told
from ocop.web.office.guard import office
from ocop.web.office.traceability import tables
from ocop.web.office.traceability.lists import listed, sees_producer, sees_product
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.requests import SignedInRequest

LOTS_SHOWN = 20


@office
def item_list(request: SignedInRequest) -> HttpResponseBase:
    """Sales units of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = queries.items_for_lists(queries.items_visible_to(request.actor))
    filters = TradeItemFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:trade_items",
        _("Quy cách sản phẩm"),
        tables.ItemTable(filters.qs, order_by="product"),
        filters,
        lead=_("Mỗi dòng là một đơn vị bán lẻ có mã riêng, có sao OCOP hay chưa."),
        passports=True,
        empty_text=_("Quy cách xuất hiện ở đây khi chủ thể hoặc cán bộ khai ở trang sản phẩm."),
    )


@office
def item_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One sales unit: what it tells, its codes, its lots, its activity."""
    found = _found(request, code)
    today = timezone.localdate()
    lots = queries.newest_lots(found.lots.select_related("site"))
    context = {
        "item": found,
        "number": queries.trade_code(found),
        "codes": found.foreign_codes.all(),
        "lots": [(lot, lot_tag(lot, today)) for lot in lots[:LOTS_SHOWN]],
        "lots_count": lots.count(),
        "events": told(events.activity(found)[:100]),
        "tab": request.GET.get("tab", ""),
        "may_keep": rules.may_keep_items(request.actor, found.product.producer, today),
        "sees_product": sees_product(request.actor, found.product),
        "sees_producer": sees_producer(request.actor, found.product.producer),
        **shown_passports.reading(told_passports.current(found)),
    }
    return render(request, "office/traceability/item.html", context)


@office
def passport(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The passport of a sales unit with its newest lot as a file."""
    return shown_passports.file_of(told_passports.current(_found(request, code)), kind)


@office
def passports(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The passports of all sales units that a list shows, with all their lots."""
    require(request.actor, rules.may_open_lists)
    rows = queries.items_visible_to(request.actor)
    filters = TradeItemFilter(request.GET, queryset=rows, request=request)
    if filters.problems:
        raise Http404
    found = TradeItem.objects.filter(pk__in=filters.qs.order_by().values("pk"))
    return shown_passports.file_of_all(told_passports.all_passports(found), kind)


def _found(request: SignedInRequest, code: str) -> TradeItem:
    return get_object_or_404(queries.items_visible_to(request.actor), code=code)
