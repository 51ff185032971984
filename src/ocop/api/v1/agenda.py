"""The order of an agenda, and one case of it opened for marking before the others."""

from typing import Any

from django.utils import timezone
from ninja import Router

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import find_item
from ocop.api.v1.items import ItemDetailOut, item_out
from ocop.core.language import noop as N_
from ocop.councils.services import agenda, concluding
from ocop.people.scopes import WRITE_COUNCILS

router = Router(tags=["councils"])


class PlaceIn(JsonIn):
    """A place on the agenda, counted from 1 among the cases that the caller sees."""

    position: int


@router.put(
    "/items/{code}/position",
    response=ItemDetailOut,
    operation_id="move_item",
    summary=N_("Đổi thứ tự trong chương trình"),
)
def move(request: ApiRequest, code: str, told: PlaceIn) -> dict[str, Any]:
    """Move a case to another place on its agenda; the others close up."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = agenda.move_item(
        actor=request.actor,
        item=find_item(request, code),
        position=told.position,
        at=timezone.now(),
    )
    return item_out(request, row)


@router.post(
    "/items/{code}/start",
    response=ItemDetailOut,
    operation_id="start_item",
    summary=N_("Bắt đầu chấm một sản phẩm"),
)
def start(request: ApiRequest, code: str) -> dict[str, Any]:
    """Let the members mark this case."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.start_scoring(
        actor=request.actor, item=find_item(request, code), at=timezone.now()
    )
    return item_out(request, row)
