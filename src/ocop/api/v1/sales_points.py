"""Points that introduce and sell goods: read, proposed, changed, and what stands there today."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut, place_out
from ocop.api.v1.sales_point_shapes import (
    NewSalesPointIn,
    PlaceCheckOut,
    PointInsideOut,
    PointKeeperOut,
    PointPhotoOut,
    PointPlaceOut,
    PointVisitOut,
    SalesPointChangeIn,
    SalesPointDetailOut,
    SalesPointIn,
    SalesPointOut,
)
from ocop.core import editing
from ocop.core.fieldwork import Position
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.network import PointFilter
from ocop.network import place_types
from ocop.network.models import SalesPoint
from ocop.network.queries import goods, points, sales
from ocop.network.services import points as services
from ocop.network.services.points import PointParticulars
from ocop.people.scopes import READ_NETWORK, WRITE_NETWORK
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.producers import queries as producers

Json = dict[str, Any]
router = Router(tags=["network"])
_MORE = ("commune_now", "chain")
_PLAIN = tuple(name for name in SalesPointOut.model_fields if name not in _MORE)
_UNITS = ("commune", "founder")


@router.get(
    "/sales-point-places",
    response=list[PointPlaceOut],
    operation_id="sales_point_places",
    summary=N_("Các loại địa điểm đặt điểm bán"),
)
def place_list(request: ApiRequest) -> list[PointPlaceOut]:
    """The places of the decision in force, each with the questions of a visit."""
    need_scope(request.actor, READ_NETWORK)
    today = timezone.localdate()
    listing = place_types.listing_on(today)
    return [
        PointPlaceOut(
            key=key,
            name=_(place_types.PLACES[key]),
            document=listing.document,
            lapsed=listing.lapsed(today),
            checks=[
                PlaceCheckOut(key=check, words=_(words))
                for check, words in place_types.checks_for(key).items()
            ],
        )
        for key in listing.places
    ]


@router.get(
    "/sales-points",
    response=Page[SalesPointOut],
    operation_id="sales_points",
    summary=N_("Các điểm giới thiệu và bán sản phẩm OCOP"),
    openapi_extra=described(PointFilter),
)
def sales_point_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Points that were recognised, and applications that the caller made, keeps or oversees."""
    need_scope(request.actor, READ_NETWORK)
    rows = points.for_lists(points.visible_to(request.actor))
    return page(request, response, filtered(request, PointFilter, rows), _point)


@router.post(
    "/sales-points",
    response={201: SalesPointDetailOut},
    operation_id="apply_sales_point",
    summary=N_("Đề nghị công nhận điểm bán"),
)
def apply(request: ApiRequest, told: NewSalesPointIn) -> Status[Json]:
    """Propose a point: the office, the officer of its commune, or a producer for its own."""
    need_scope(request.actor, WRITE_NETWORK)
    maker = None
    if told.producer:
        maker = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    made = services.apply_point(
        actor=request.actor,
        particulars=_particulars(told, PointParticulars("", "", "", "")),
        producer=maker,
        at=timezone.now(),
    )
    return Status(201, whole(request, made))


@router.get(
    "/sales-points/{code}",
    response=SalesPointDetailOut,
    operation_id="sales_point",
    summary=N_("Một điểm giới thiệu và bán sản phẩm OCOP"),
)
def sales_point(request: ApiRequest, code: str) -> Json:
    """One point, with what stands there today."""
    return whole(request, point_of(request, code, READ_NETWORK))


@router.patch(
    "/sales-points/{code}",
    response=SalesPointDetailOut,
    operation_id="change_sales_point",
    summary=N_("Sửa thông tin điểm bán"),
)
def change(request: ApiRequest, code: str, told: SalesPointChangeIn) -> Json:
    """Change what is known of a point."""
    found = point_of(request, code, WRITE_NETWORK)
    names = set(PointParticulars.__dataclass_fields__) - {"position"}
    present = {name: getattr(found, name) for name in names}
    place = points.own_place_of(found)
    changed = services.change_point(
        actor=request.actor,
        point=found,
        particulars=_particulars(told, PointParticulars(**present, position=place)),
        seen=told.seen,
        at=timezone.now(),
    )
    return whole(request, changed)


def point_of(request: ApiRequest, code: str, scope: str) -> SalesPoint:
    """A point that the caller may see; 404 for others."""
    need_scope(request.actor, scope)
    seen: QuerySet[SalesPoint] = points.visible_to(request.actor)
    return get_object_or_404(seen.select_related("commune", "chain", "producer"), code=code)


def whole(request: ApiRequest, point: SalesPoint) -> Json:
    """A point as it is now, with what the caller may see of it."""
    today = timezone.localdate()
    is_open = points.open_on(today).filter(pk=point.pk).exists()
    stock = goods.standing_at(point, today) if is_open else ()
    inside = points.inside_of(request.actor, today).filter(pk=point.pk).exists()
    return _point(point) | {
        "goods": [MakerOut(code=row.code, name=row.name) for row in stock],
        "photos": [
            PointPhotoOut(
                key=photo.pk,
                caption=photo.caption,
                address=reverse("shop_photo", args=[point.code, photo.pk]),
            )
            for photo in point.photos.filter(visit=None)
        ],
        "inside": _inside(point) if inside else None,
    }


def _inside(point: SalesPoint) -> PointInsideOut:
    today = timezone.localdate()
    stock = goods.goods_of(point, today)
    return PointInsideOut(
        approved_cost=point.approved_cost,
        state_paid=point.state_paid,
        answer=point.answer,
        visits=[
            PointVisitOut(
                code=visit.code,
                visited_at=visit.visited_at,
                answers=visit.answers,
                passed=visit.passed,
                note=visit.note,
                photos=len(visit.photos.all()),
            )
            for visit in point.visits.prefetch_related("photos")
        ],
        keepers=[
            PointKeeperOut(
                key=each.pk, name=each.user.name, starts_on=each.starts_on, ends_on=each.ends_on
            )
            for each in point.keepers.select_related("user").order_by("pk")
        ],
        gone=[
            MakerOut(code=good.product.code, name=good.product.name)
            for good in stock
            if not good.allowed
        ],
        awaited=sales.awaited(point, today),
        mark=editing.mark(point),
    )


def _point(row: SalesPoint) -> Json:
    return {name: getattr(row, name) for name in _PLAIN} | {
        "commune_now": place_out(row.commune),
        "chain": row.chain.name if row.chain else "",
    }


def _particulars(told: SalesPointIn, present: PointParticulars) -> PointParticulars:
    """The facts of a point with what a call says. Refused: half a position, an unknown unit."""
    given = told.model_fields_set
    changed: Json = {
        name: getattr(told if name in given else present, name)
        for name in SalesPointIn.model_fields
        if name not in (*_UNITS, "lat", "lon")
    }
    texts = {name: value or "" for name, value in changed.items() if not name.endswith("s_at")}
    units: Json = {
        name: _unit(name, getattr(told, name)) if name in given else getattr(present, name)
        for name in _UNITS
    }
    position = present.position
    if given & {"lat", "lon"}:
        if (told.lat is None) != (told.lon is None):
            message = _("Hãy gửi cả vĩ độ và kinh độ, hoặc bỏ cả hai.")
            raise Refused("position", message, fields={"lat": [message]})
        whole_place = told.lat is not None and told.lon is not None
        position = Position(told.lat or 0.0, told.lon or 0.0) if whole_place else None
    return PointParticulars(**(changed | texts), **units, position=position)


def _unit(name: str, code: str | None) -> Unit | None:
    found = places.by_key(code) if code else None
    if code and found is None:
        message = _("Không có đơn vị hành chính nào mang mã này.")
        raise Refused("commune_unknown", message, fields={name: [message]})
    return found
