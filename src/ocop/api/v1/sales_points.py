"""Points that introduce and sell goods, and what stands there today."""

from datetime import date, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut, PlaceOut, place_out
from ocop.core.language import noop as N_
from ocop.filters.network import PointFilter
from ocop.network.models import SalesPoint
from ocop.network.queries import goods, points
from ocop.people.scopes import READ_REGISTER

Json = dict[str, Any]
router = Router(tags=["network"])


class SalesPointOut(Schema):
    """A point that introduces and sells goods of the programme. `place_type` is a place of Decision
    950/QĐ-BCT; `closed_days` are digits, Monday is 1; `number` is that of the decision."""

    code: str
    name: str
    place_type: str
    state: str
    operator: str
    address: str
    commune_now: PlaceOut | None
    lat: float | None
    lon: float | None
    phone: str
    website: str
    opens_at: time | None
    closes_at: time | None
    closed_days: str
    chain: str
    number: str
    authority: str
    recognised_on: date | None
    closed_on: date | None
    demonstration: bool = Field(description=INVENTED)


class SalesPointDetailOut(SalesPointOut):
    """A point by itself, with the products that stand there today: those whose star ended have left
    the list by themselves."""

    goods: list[MakerOut]


_PLAIN = (
    "code", "name", "place_type", "state", "operator", "address", "lat", "lon", "phone", "website",
    "opens_at", "closes_at", "closed_days", "number", "authority", "recognised_on", "closed_on",
    "demonstration",
)  # fmt: skip


@router.get(
    "/sales-points",
    response=Page[SalesPointOut],
    operation_id="sales_points",
    summary=N_("Các điểm giới thiệu và bán sản phẩm OCOP"),
    openapi_extra=described(PointFilter),
)
def sales_point_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Points that were recognised, and applications that the caller made, keeps or oversees."""
    return page(request, response, filtered(request, PointFilter, _visible(request)), _point)


@router.get(
    "/sales-points/{code}",
    response=SalesPointDetailOut,
    operation_id="sales_point",
    summary=N_("Một điểm giới thiệu và bán sản phẩm OCOP"),
)
def sales_point(request: ApiRequest, code: str) -> Json:
    """One point, with what stands there today."""
    found = get_object_or_404(_visible(request), code=code)
    today = timezone.localdate()
    is_open = points.open_on(today).filter(pk=found.pk).exists()
    stock = goods.standing_at(found, today) if is_open else ()
    return _point(found) | {"goods": [MakerOut(code=row.code, name=row.name) for row in stock]}


def _visible(request: ApiRequest) -> QuerySet[SalesPoint]:
    need_scope(request.actor, READ_REGISTER)
    return points.for_lists(points.visible_to(request.actor))


def _point(row: SalesPoint) -> Json:
    return {name: getattr(row, name) for name in _PLAIN} | {
        "commune_now": place_out(row.commune),
        "chain": row.chain.name if row.chain else "",
    }
