"""What is done with a point: visits, the decision, money, photographs, keepers, its last day."""

from collections.abc import Callable
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Status
from ninja.files import UploadedFile

from ocop.api.requests import ApiRequest
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.sales_point_shapes import (
    JoinIn,
    KeeperIn,
    PointCorrectionIn,
    PointDecisionIn,
    PointMoneyIn,
    PointVisitIn,
    SalesPointDetailOut,
)
from ocop.api.v1.sales_points import Json, point_of, router, whole
from ocop.core.fieldwork import Position
from ocop.core.language import noop as N_
from ocop.network.models import Chain
from ocop.network.queries import points as queries
from ocop.network.services import keepers, photos, points
from ocop.network.services.points import Visited
from ocop.people.scopes import WRITE_NETWORK


def _acted(request: ApiRequest, code: str, service: Callable[..., object], **told: Any) -> Json:
    found = point_of(request, code, WRITE_NETWORK)
    service(actor=request.actor, point=found, at=timezone.now(), **told)
    return whole(request, found)


def _step(path: str, name: str, words: str) -> Callable[[Callable[..., Json]], Callable[..., Json]]:
    """An act on a point: it answers with the point as it is then."""
    address = f"/sales-points/{{code}}/{path}"
    return router.post(address, response=SalesPointDetailOut, operation_id=name, summary=words)


@_step("visits", "visit_sales_point", N_("Ghi thẩm định, kiểm tra điểm bán"))
def visit(request: ApiRequest, code: str, told: PointVisitIn) -> Json:
    """A visit with its checklist; it passes when no question is answered with no."""
    position = None
    if told.lat is not None and told.lon is not None:
        position = Position(told.lat, told.lon)
    seen = Visited(told.visited_at, dict(told.answers), told.note, position)
    return _acted(request, code, points.visit_point, told=seen)


@_step("recognition", "recognise_sales_point", N_("Ghi quyết định công nhận điểm bán"))
def recognise(request: ApiRequest, code: str, told: PointDecisionIn) -> Json:
    """Enter the decision that recognises a point whose last visit passed."""
    return _acted(request, code, points.recognise_point, **told.model_dump())


@_step("correction", "correct_sales_point_decision", N_("Sửa quyết định công nhận điểm bán"))
def correct(request: ApiRequest, code: str, told: PointCorrectionIn) -> Json:
    """Mend what was entered wrongly of the decision, with the reason."""
    return _acted(request, code, points.correct_point_decision, **told.model_dump())


@_step("refusal", "refuse_sales_point", N_("Không công nhận điểm bán"))
def refuse(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Answer an application with no; who applied reads the reason."""
    return _acted(request, code, points.refuse_point, reason=told.reason)


@_step("closing", "close_sales_point", N_("Ghi điểm bán đóng cửa"))
def close(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Note that a point works no more, from today."""
    return _acted(request, code, points.close_point, reason=told.reason)


@_step("money", "set_sales_point_money", N_("Ghi kinh phí của điểm bán"))
def money(request: ApiRequest, code: str, told: PointMoneyIn) -> Json:
    """Enter the approved cost and what the State paid of it; more than half is refused."""
    return _acted(request, code, points.set_point_money, **told.model_dump())


@_step("chain", "join_sales_chain", N_("Đưa điểm bán vào hoặc ra khỏi chuỗi"))
def join(request: ApiRequest, code: str, told: JoinIn) -> Json:
    """Put a point into a chain, or take it out of its own."""
    chain = get_object_or_404(Chain, code=told.chain) if told.chain is not None else None
    return _acted(request, code, keepers.join_chain, chain=chain)


@_step("keepers", "appoint_keeper", N_("Giao người phụ trách điểm bán"))
def appoint(request: ApiRequest, code: str, told: KeeperIn) -> Json:
    """Let a person keep a point, from today."""
    return _acted(request, code, keepers.appoint_keeper, login=told.login)


@_step("keepers/{key}/end", "end_keeper", N_("Thôi giao người phụ trách điểm bán"))
def end_keeper(request: ApiRequest, code: str, key: int, told: ReasonIn) -> Json:
    """End that a person keeps a point, from today."""
    found = _inside(request, code)
    keepers.end_keeper(
        actor=request.actor,
        keeper=get_object_or_404(found.keepers.select_related("point", "user"), pk=key),
        reason=told.reason,
        at=timezone.now(),
    )
    return whole(request, found)


@router.post(
    "/sales-points/{code}/photos",
    response={201: SalesPointDetailOut},
    operation_id="add_sales_point_photo",
    summary=N_("Thêm ảnh điểm bán"),
)
def add_photo(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    caption: Annotated[str, Form()],
) -> Status[Json]:
    """A photograph for the public page of a point."""
    content, name = file.read(), file.name or ""
    told = {"content": content, "filename": name, "caption": caption}
    return Status(201, _acted(request, code, photos.add_point_photo, **told))


@_step("photos/{key}/removal", "remove_sales_point_photo", N_("Bỏ ảnh điểm bán"))
def remove_photo(request: ApiRequest, code: str, key: int, told: ReasonIn) -> Json:
    """Take a photograph off the public page."""
    found = point_of(request, code, WRITE_NETWORK)
    photos.remove_point_photo(
        actor=request.actor,
        photo=get_object_or_404(found.photos.select_related("point"), pk=key, visit=None),
        reason=told.reason,
        at=timezone.now(),
    )
    return whole(request, found)


@router.post(
    "/sales-points/{code}/visits/{visit}/photos",
    response={201: SalesPointDetailOut},
    operation_id="add_sales_point_visit_photo",
    summary=N_("Thêm ảnh thẩm định điểm bán"),
)
def add_visit_photo(
    request: ApiRequest, code: str, visit: str, file: Annotated[UploadedFile, File()]
) -> Status[Json]:
    """A photograph of a visit; it is not public."""
    found = _inside(request, code)
    photos.add_visit_photo(
        actor=request.actor,
        visit=get_object_or_404(found.visits.select_related("point__commune"), code=visit),
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    return Status(201, whole(request, found))


def _inside(request: ApiRequest, code: str) -> Any:
    """A point of which the caller sees what is not public; 404 for others."""
    found = point_of(request, code, WRITE_NETWORK)
    return get_object_or_404(queries.inside_of(request.actor, timezone.localdate()), pk=found.pk)
