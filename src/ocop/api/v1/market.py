"""Selling online: what can be bought, links to shops, sales by quarter, what sellers have ready."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.market_shapes import (
    AddressIn,
    LinkReasonIn,
    OnlineProductOut,
    OnlineReportIn,
    OnlineReportOut,
    SellerListIn,
    SellerListOut,
    ShopLinkIn,
    ShopLinkOut,
    WholeShopLinkOut,
)
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.market import BuyableFilter, LinkFilter, OnlineReportFilter
from ocop.market import checklist, marketplaces, quarters, queries, rules
from ocop.market.models import OnlineReport, ShopLink
from ocop.market.services import links, sales
from ocop.people.scopes import READ_MARKET, READ_REGISTER, WRITE_MARKET
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products import queries as products

router = Router(tags=["market"])
Json = dict[str, Any]
_LINK = tuple(set(ShopLinkOut.model_fields) - {"product", "producer"})
CHECKS = 50


def _named(row: Any, names: tuple[str, ...]) -> Json:
    return {name: getattr(row, name) for name in names}


def _shop(link: ShopLink) -> Json:
    known = marketplaces.known().get(link.marketplace)
    return {
        "address": link.address,
        "name": known.name if known else link.host,
        "kind": marketplaces.kind_of(link.marketplace),
    }


def _link(link: ShopLink) -> Json:
    maker = link.product.producer.code
    return {**_named(link, _LINK), "product": link.product.code, "producer": maker}


def _whole(link: ShopLink) -> Json:
    rows = link.checks.all()[:CHECKS]
    checks = [_named(row, ("at", "state", "reason", "status")) for row in rows]
    return {**_link(link), "checks": checks}


def _product(row: Any) -> Json:
    return {
        **_named(row, ("code", "name", "sector", "stars")),
        "producer": row.producer.code,
        "shops": [_shop(link) for link in queries.by_place(row.shops)],
    }


def _report(row: OnlineReport) -> Json:
    part = quarters.share(row.online, row.total)
    return {
        **_named(row, ("total", "online", "sent_at")),
        "producer": row.producer.code,
        "quarter": row.quarter.name,
        "share": None if part is None else str(part),
    }


@router.get(
    "/online-products",
    response=Page[OnlineProductOut],
    operation_id="online_products",
    summary=N_("Sản phẩm mua được online"),
    openapi_extra=described(BuyableFilter),
)
def online_products(request: ApiRequest, response: HttpResponse) -> Json:
    """Products with a valid star today and a shop that was found at its last check."""
    need_scope(request.actor, READ_REGISTER)
    today = timezone.localdate()
    shops = Prefetch("shop_links", queryset=queries.shown_on(today), to_attr="shops")
    rows = queries.buyable(today).select_related("producer").prefetch_related(shops)
    return page(request, response, filtered(request, BuyableFilter, rows), _product)


@router.get(
    "/shop-links",
    response=Page[ShopLinkOut],
    operation_id="shop_links",
    summary=N_("Liên kết bán hàng"),
    openapi_extra=described(LinkFilter),
)
def shop_links(request: ApiRequest, response: HttpResponse) -> Json:
    """Links of the producers that the caller answers for or looks after, newest first."""
    need_scope(request.actor, READ_MARKET)
    rows = filtered(request, LinkFilter, queries.links_visible_to(request.actor))
    return page(request, response, rows, _link, newest_first=True)


@router.post(
    "/shop-links",
    response={201: WholeShopLinkOut},
    operation_id="add_shop_link",
    summary=N_("Thêm liên kết bán hàng"),
)
def add_shop_link(request: ApiRequest, told: ShopLinkIn) -> Status[Json]:
    """Link a product to a shop; the public sees the link once a check found the page."""
    need_scope(request.actor, WRITE_MARKET)
    rows = products.visible_to(request.actor).select_related("producer")
    product = get_object_or_404(rows, code=told.product)
    made = links.add_link(
        actor=request.actor, product=product, address=told.address, at=timezone.now()
    )
    return Status(201, _whole(made))


@router.get(
    "/shop-links/{code}",
    response=WholeShopLinkOut,
    operation_id="shop_link",
    summary=N_("Một liên kết bán hàng"),
)
def shop_link(request: ApiRequest, code: str) -> Json:
    """A link with its checks."""
    need_scope(request.actor, READ_MARKET)
    return _whole(_found(request, code))


@router.put(
    "/shop-links/{code}/address",
    response=WholeShopLinkOut,
    operation_id="change_shop_link",
    summary=N_("Đổi địa chỉ liên kết bán hàng"),
)
def change_shop_link(request: ApiRequest, code: str, told: AddressIn) -> Json:
    """Put another address in its place: the answer is the new link, with a code of its own."""
    need_scope(request.actor, WRITE_MARKET)
    return _whole(
        links.change_link(
            actor=request.actor,
            link=_found(request, code),
            address=told.address,
            at=timezone.now(),
        )
    )


@router.post(
    "/shop-links/{code}/closing",
    response=WholeShopLinkOut,
    operation_id="close_shop_link",
    summary=N_("Gỡ liên kết bán hàng"),
)
def close_shop_link(request: ApiRequest, code: str, told: LinkReasonIn) -> Json:
    """Take a link away, from today."""
    need_scope(request.actor, WRITE_MARKET)
    found = _found(request, code)
    return _whole(
        links.close_link(actor=request.actor, link=found, reason=told.reason, at=timezone.now())
    )


@router.post(
    "/shop-links/{code}/check",
    response=WholeShopLinkOut,
    operation_id="ask_link_check",
    summary=N_("Đề nghị kiểm tra lại liên kết"),
)
def ask_link_check(request: ApiRequest, code: str) -> Json:
    """Have a link looked at before its turn; the worker does so within minutes."""
    need_scope(request.actor, WRITE_MARKET)
    found = _found(request, code)
    return _whole(links.ask_check(actor=request.actor, link=found, at=timezone.now()))


@router.get(
    "/online-sales",
    response=Page[OnlineReportOut],
    operation_id="online_sales",
    summary=N_("Doanh thu online theo quý"),
    openapi_extra=described(OnlineReportFilter),
)
def online_sales(request: ApiRequest, response: HttpResponse) -> Json:
    """What producers told, of those whose sales the caller may see."""
    need_scope(request.actor, READ_MARKET)
    rows = filtered(request, OnlineReportFilter, queries.reports_visible_to(request.actor))
    return page(request, response, rows, _report, newest_first=True)


@router.put(
    "/producers/{code}/online-sales/{quarter}",
    response=OnlineReportOut,
    operation_id="report_online_sales",
    summary=N_("Ghi doanh thu online của một quý"),
)
def report_online_sales(request: ApiRequest, code: str, quarter: str, told: OnlineReportIn) -> Json:
    """Tell the sales of a quarter (`2026-q3`); told again it takes the place of what was told."""
    need_scope(request.actor, WRITE_MARKET)
    maker, asked = _maker(request, code), quarters.read(quarter)
    if asked is None:
        raise Refused("online_quarter", _("Hãy ghi quý như 2026-q3."))
    row = sales.report_online_sales(
        actor=request.actor,
        producer=maker,
        quarter=asked,
        total=told.total,
        online=told.online,
        at=timezone.now(),
    )
    return _report(row)


@router.get(
    "/producers/{code}/seller-list",
    response=SellerListOut,
    operation_id="seller_list",
    summary=N_("Danh mục chuẩn bị bán online"),
)
def seller_list(request: ApiRequest, code: str) -> Json:
    """What a producer has ready: for its own people, the office and its auditors."""
    need_scope(request.actor, READ_MARKET)
    maker, actor = _maker(request, code), request.actor
    if not (rules.may_see_all(actor) or rules.may_sell(actor, maker, timezone.localdate())):
        raise Http404
    return _list(maker)


@router.put(
    "/producers/{code}/seller-list",
    response=SellerListOut,
    operation_id="answer_seller_list",
    summary=N_("Trả lời danh mục chuẩn bị bán online"),
)
def answer_seller_list(request: ApiRequest, code: str, told: SellerListIn) -> Json:
    """Say what is ready; what is left out has no answer any more."""
    need_scope(request.actor, WRITE_MARKET)
    maker = _maker(request, code)
    sales.answer_checklist(
        actor=request.actor,
        producer=maker,
        answers=told.answers,
        note=told.note,
        at=timezone.now(),
    )
    return _list(maker)


def _list(maker: Producer) -> Json:
    today = timezone.localdate()
    row = queries.answers_of(maker, today)
    done = queries.progress_of(row, today)
    return {
        "producer": maker.code,
        "checklist": checklist.checklist_on(today).key,
        "answers": row.answers if row else {},
        "note": row.note if row else "",
        "ready": done.ready,
        "missing": list(done.missing),
        "open": list(done.open),
    }


def _found(request: ApiRequest, code: str) -> ShopLink:
    found: ShopLink = get_object_or_404(queries.links_visible_to(request.actor), code=code)
    return found


def _maker(request: ApiRequest, code: str) -> Producer:
    found: Producer = get_object_or_404(producers.visible_to(request.actor), code=code)
    return found
