"""What is done about lots: recalled, lifted, inspected; and where they came from and went."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.inputs import JsonIn
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trace_lots import lot_of
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.traceability import chronicle, queries
from ocop.traceability.chronicle import Node
from ocop.traceability.models import Lot
from ocop.traceability.services import noting, recalling

router = Router(tags=["traceability"])
Json = dict[str, Any]


class TurnedOut(Schema):
    """A lot and how many others turned with it."""

    code: str
    others: int


class InspectionIn(JsonIn):
    """What an inspector found of a lot; one that is not as it should be needs a note."""

    conforms: bool
    note: str = ""
    done_at: Moment


class EventOut(Schema):
    """An event that was written; its id is that of EPCIS."""

    id: int
    event_id: str


class LineNodeOut(Schema):
    """Something one step away: by which step, what, how much. `lot` is one that the caller may
    see; partners are told to those who may know them."""

    step: str
    name: str
    amount: str
    lot: str | None
    at: datetime
    event: int


class LineageOut(Schema):
    """One step back and one step forward of a lot."""

    lot: str
    back: list[LineNodeOut]
    forward: list[LineNodeOut]


@router.post(
    "/lots/{code}/recall",
    response=TurnedOut,
    operation_id="recall_lot",
    summary=N_("Thu hồi lô"),
)
def recall(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Call a lot back with all that was made of it; the pages of their stamps turn at once."""
    found = lot_of(request, code, WRITE_TRACEABILITY)
    turned = recalling.recall_lot(
        actor=request.actor, lot=found, reason=told.reason, at=timezone.now()
    )
    return {"code": code, "others": turned}


@router.post(
    "/lots/{code}/recall/lifting",
    response=TurnedOut,
    operation_id="lift_recall",
    summary=N_("Gỡ thu hồi lô"),
)
def lift(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Say that a lot may be sold again, with what was recalled with it only."""
    found = lot_of(request, code, WRITE_TRACEABILITY)
    turned = recalling.lift_recall(
        actor=request.actor, lot=found, reason=told.reason, at=timezone.now()
    )
    return {"code": code, "others": turned}


@router.post(
    "/lots/{code}/inspections",
    response={201: EventOut},
    operation_id="inspect_lot",
    summary=N_("Ghi kiểm tra lô"),
)
def inspect(request: ApiRequest, code: str, told: InspectionIn) -> Status[EventOut]:
    """Note that a lot was looked at, and whether it is as it should be."""
    row = noting.inspect_lot(
        actor=request.actor,
        lot=lot_of(request, code, WRITE_TRACEABILITY),
        conforms=told.conforms,
        note=told.note,
        done_at=told.done_at,
        at=timezone.now(),
    )
    return Status(201, EventOut(id=row.pk, event_id=row.event_id))


@router.get(
    "/lots/{code}/lineage",
    response=LineageOut,
    operation_id="lot_lineage",
    summary=N_("Nguồn gốc và nơi đến của lô"),
)
def lineage(request: ApiRequest, code: str) -> Json:
    """One step back and one step forward, by the events that the caller may see."""
    found = lot_of(request, code, READ_TRACEABILITY)
    step = chronicle.one_step(request.actor, found)
    seen = _seen(request, [*step.back, *step.forward])
    return {
        "lot": code,
        "back": [_node(each, seen) for each in step.back],
        "forward": [_node(each, seen) for each in step.forward],
    }


def _seen(request: ApiRequest, nodes: list[Node]) -> set[int]:
    keys = {node.lot.pk for node in nodes if node.lot is not None}
    rows = queries.lots_visible_to(request.actor).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def _node(node: Node, seen: set[int]) -> Json:
    lot: Lot | None = node.lot
    return {
        "step": node.step,
        "name": node.name,
        "amount": node.detail,
        "lot": lot.code if lot is not None and lot.pk in seen else None,
        "at": node.at,
        "event": node.key,
    }
