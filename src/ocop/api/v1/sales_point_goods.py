"""What stands at points and what they sold; chains; goods that may stand there without a star."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.sales_point_shapes import (
    ChainIn,
    KeyGoodIn,
    KeyGoodOut,
    SalesChainOut,
    SalesIn,
    SalesPointDetailOut,
    SalesReportOut,
    SoldOut,
    StockIn,
)
from ocop.api.v1.sales_points import Json, point_of, router, whole
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.filters.network import ChainFilter, KeyGoodFilter, ReportFilter
from ocop.network import rules
from ocop.network.models import Chain, KeyGood, SalesReport
from ocop.network.queries import goods, points, sales
from ocop.network.services import goods as services
from ocop.network.services import keepers
from ocop.network.services.sales import Sold, report_sales
from ocop.people.scopes import READ_NETWORK, WRITE_NETWORK
from ocop.products import queries as products
from ocop.products.models import Product


@router.post(
    "/sales-points/{code}/goods",
    response=SalesPointDetailOut,
    operation_id="stock_product",
    summary=N_("Bày sản phẩm tại điểm bán"),
)
def stock(request: ApiRequest, code: str, told: StockIn) -> Json:
    """Offer a product from today; refused when it may not stand there today."""
    found = point_of(request, code, WRITE_NETWORK)
    services.stock_product(
        actor=request.actor,
        point=found,
        product=get_object_or_404(products.visible_to(request.actor), code=told.product),
        shared=told.shared,
        at=timezone.now(),
    )
    return whole(request, found)


@router.delete(
    "/sales-points/{code}/goods/{product}",
    response=SalesPointDetailOut,
    operation_id="unstock_product",
    summary=N_("Cất sản phẩm khỏi điểm bán"),
)
def unstock(request: ApiRequest, code: str, product: str) -> Json:
    """Offer a product no more, from today."""
    found = point_of(request, code, WRITE_NETWORK)
    lines = goods.lines_of(found, timezone.localdate()).values("product")
    services.unstock_product(
        actor=request.actor,
        point=found,
        product=get_object_or_404(Product.objects.filter(pk__in=lines), code=product),
        at=timezone.now(),
    )
    return whole(request, found)


@router.get(
    "/sales-reports",
    response=Page[SalesReportOut],
    operation_id="sales_reports",
    summary=N_("Doanh số tháng của các điểm bán"),
    openapi_extra=described(ReportFilter),
)
def reports(request: ApiRequest, response: HttpResponse) -> Json:
    """What the points sold that the caller keeps, runs or oversees, a month each, newest first."""
    need_scope(request.actor, READ_NETWORK)
    seen = points.inside_of(request.actor, timezone.localdate()).values("pk")
    rows = SalesReport.objects.filter(point__in=seen)
    rows = rows.select_related("point").prefetch_related("sales__product")
    return page(
        request, response, filtered(request, ReportFilter, rows), _report, newest_first=True
    )


@router.post(
    "/sales-points/{code}/sales",
    response=SalesReportOut,
    operation_id="report_sales",
    summary=N_("Ghi doanh số tháng của điểm bán"),
)
def report(request: ApiRequest, code: str, told: SalesIn) -> Json:
    """Tell what a point sold in a month."""
    found = point_of(request, code, WRITE_NETWORK)
    require(request.actor, rules.may_keep, found, timezone.localdate())
    offered = sales.to_tell(found, told.month)
    sold = [
        Sold(get_object_or_404(offered, code=row.product), row.quantity, row.amount)
        for row in told.sold
    ]
    made = report_sales(
        actor=request.actor,
        point=found,
        month=told.month,
        sold=sold,
        client_id=told.client_id,
        at=timezone.now(),
    )
    return _report(made)


@router.get(
    "/sales-chains",
    response=Page[SalesChainOut],
    operation_id="sales_chains",
    summary=N_("Các chuỗi điểm bán"),
    openapi_extra=described(ChainFilter),
)
def chains(request: ApiRequest, response: HttpResponse) -> Json:
    """Chains of points."""
    need_scope(request.actor, READ_NETWORK)
    require(request.actor, rules.may_open_lists)
    rows = Chain.objects.annotate(points_count=Count("points"))
    return page(request, response, filtered(request, ChainFilter, rows), _chain)


@router.post(
    "/sales-chains",
    response={201: SalesChainOut},
    operation_id="open_sales_chain",
    summary=N_("Lập chuỗi điểm bán"),
)
def open_chain(request: ApiRequest, told: ChainIn) -> Status[Json]:
    """Enter a chain."""
    need_scope(request.actor, WRITE_NETWORK)
    made = keepers.open_chain(actor=request.actor, at=timezone.now(), **told.model_dump())
    return Status(201, _chain(made))


@router.patch(
    "/sales-chains/{code}",
    response=SalesChainOut,
    operation_id="change_sales_chain",
    summary=N_("Sửa chuỗi điểm bán"),
)
def change_chain(request: ApiRequest, code: str, told: ChainIn) -> Json:
    """Change the name of a chain, and whether its points share their stock."""
    need_scope(request.actor, WRITE_NETWORK)
    require(request.actor, rules.may_decide)
    chain = get_object_or_404(Chain, code=code)
    keepers.change_chain(actor=request.actor, chain=chain, at=timezone.now(), **told.model_dump())
    return _chain(chain)


@router.get(
    "/key-goods",
    response=Page[KeyGoodOut],
    operation_id="key_goods",
    summary=N_("Sản phẩm chủ lực, tiêu biểu, đặc sản bày tại điểm bán"),
    openapi_extra=described(KeyGoodFilter),
)
def key_goods(request: ApiRequest, response: HttpResponse) -> Json:
    """Goods that may stand at points without a star, newest first."""
    need_scope(request.actor, READ_NETWORK)
    require(request.actor, rules.may_open_lists)
    rows = KeyGood.objects.select_related("product")
    found = filtered(request, KeyGoodFilter, rows)
    return page(request, response, found, _key_good, newest_first=True)


@router.post(
    "/key-goods",
    response={201: KeyGoodOut},
    operation_id="list_key_good",
    summary=N_("Ghi căn cứ bày sản phẩm tại điểm bán"),
)
def list_key_good(request: ApiRequest, told: KeyGoodIn) -> Status[Json]:
    """Enter that a document names a product."""
    need_scope(request.actor, WRITE_NETWORK)
    given = told.model_dump()
    seen = products.visible_to(request.actor)
    product = get_object_or_404(seen, code=given.pop("product"))
    made = services.list_key_good(actor=request.actor, product=product, at=timezone.now(), **given)
    return Status(201, _key_good(made))


@router.post(
    "/key-goods/{key}/end",
    response=KeyGoodOut,
    operation_id="end_key_good",
    summary=N_("Kết thúc căn cứ bày sản phẩm tại điểm bán"),
)
def end_key_good(request: ApiRequest, key: int, told: ReasonIn) -> Json:
    """End that a document names a product, from today."""
    need_scope(request.actor, WRITE_NETWORK)
    require(request.actor, rules.may_decide)
    good = get_object_or_404(KeyGood.objects.select_related("product"), pk=key)
    services.end_key_good(actor=request.actor, good=good, reason=told.reason, at=timezone.now())
    return _key_good(good)


def _named(row: Any) -> MakerOut:
    return MakerOut(code=row.code, name=row.name)


def _chain(row: Any) -> Json:
    count = row.points.count() if not hasattr(row, "points_count") else row.points_count
    plain = {name: getattr(row, name) for name in ("code", "name", "shared_stock")}
    return {**plain, "points": count}


def _key_good(row: KeyGood) -> Json:
    plain = ("basis", "document", "starts_on", "ends_on")
    told = {name: getattr(row, name) for name in plain}
    return {**told, "key": row.pk, "product": _named(row.product)}


def _report(row: SalesReport) -> Json:
    return {
        "point": _named(row.point),
        "month": row.month,
        "sent_at": row.sent_at,
        "sold": [
            SoldOut(product=_named(sale.product), quantity=sale.quantity, amount=sale.amount)
            for sale in sorted(row.sales.all(), key=lambda sale: sale.pk)
        ],
    }
