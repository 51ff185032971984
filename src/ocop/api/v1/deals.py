"""Memoranda and contracts, followed for a year."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut
from ocop.api.v1.trade_events import event_of
from ocop.api.v1.writing import CodeOut
from ocop.core.language import noop as N_
from ocop.filters.meetings import DealFilter
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.producers import queries as producers
from ocop.promotion.meetings import queries
from ocop.promotion.meetings.models import Deal, DealKind
from ocop.promotion.meetings.services import deals as services
from ocop.promotion.meetings.services.deals import Signed

router = Router(tags=["promotion"])
Json = dict[str, Any]


class DealIn(JsonIn):
    """A memorandum or contract of a producer; `value` in đồng. `demand`, `event` and `follows` (the
    memorandum that becomes this contract) are codes; a demand gives the name of the buyer."""

    producer: str
    kind: Literal["memorandum", "contract"]
    subject: str
    signed_on: date
    buyer: str = ""
    number: str = ""
    value: int | None = None
    demand: str | None = None
    event: str | None = None
    follows: str | None = None


class FollowUpOut(Schema):
    """What is asked of a deal by a day, and what was told: đồng delivered since it was signed."""

    number: int
    due_on: date
    delivered: int | None
    note: str
    told_at: datetime | None


class DealOut(Schema):
    """A deal. `state` is running, done, broken or mistake; money in đồng."""

    code: str
    kind: str
    number: str
    producer: MakerOut
    buyer: str
    subject: str
    value: int | None
    delivered: int
    signed_on: date
    due_on: date | None
    state: str
    demonstration: bool = Field(description=INVENTED)


class DealDetailOut(DealOut):
    """A deal with what was told of it."""

    ended_for: str
    follow_ups: list[FollowUpOut]


class FollowUpIn(JsonIn):
    """What was delivered since a deal was signed, in đồng."""

    delivered: int
    note: str = ""


class DealEndIn(JsonIn):
    """How a deal ended: carried out, or `broken` off for a reason; `mistaken`: it was entered by
    mistake, for which there is a reason too, and counts nowhere."""

    broken: bool
    mistaken: bool = False
    reason: str = ""


def _deal_of(request: ApiRequest, code: str, scope: str = WRITE_PROMOTION) -> Deal:
    need_scope(request.actor, scope)
    found: Deal = get_object_or_404(queries.deals_visible_to(request.actor), code=code)
    return found


def _deal_out(row: Deal) -> Json:
    names = (
        "code", "kind", "number", "buyer", "subject", "value", "signed_on", "state",
        "demonstration",
    )  # fmt: skip
    found = queries.progress_of(row, timezone.localdate())
    return {
        **{name: getattr(row, name) for name in names},
        "producer": MakerOut(code=row.producer.code, name=row.producer.name),
        "delivered": found.delivered,
        "due_on": found.due if row.state == "running" else None,
    }


@router.get(
    "/deals",
    response=Page[DealOut],
    operation_id="deals",
    summary=N_("Biên bản, hợp đồng"),
    openapi_extra=described(DealFilter),
)
def deal_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Deals of the own producers and communes; the office and its auditors see all."""
    need_scope(request.actor, READ_PROMOTION)
    rows = queries.deals_visible_to(request.actor).prefetch_related("follow_ups")
    return page(request, response, filtered(request, DealFilter, rows), _deal_out)


@router.get(
    "/deals/{code}",
    response=DealDetailOut,
    operation_id="deal",
    summary=N_("Một biên bản, hợp đồng"),
)
def deal(request: ApiRequest, code: str) -> Json:
    """One deal with what was told of it."""
    found = _deal_of(request, code, READ_PROMOTION)
    names = ("number", "due_on", "delivered", "note", "told_at")
    return {
        **_deal_out(found),
        "ended_for": found.ended_for,
        "follow_ups": [
            {name: getattr(row, name) for name in names} for row in found.follow_ups.all()
        ],
    }


@router.post(
    "/deals",
    response={201: CodeOut},
    operation_id="record_deal",
    summary=N_("Ghi biên bản, hợp đồng"),
)
def record_deal(request: ApiRequest, told: DealIn) -> Status[CodeOut]:
    """Record a memorandum or a contract; it is asked after for a year."""
    need_scope(request.actor, WRITE_PROMOTION)
    maker = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    offers = queries.offers_visible_to(request.actor).filter(producer=maker)
    given = told.model_dump(exclude={"producer"}) | {"kind": DealKind(told.kind)}
    if told.demand:
        given["demand"] = get_object_or_404(offers, demand__code=told.demand).demand
    if told.event:
        given["event"] = event_of(request, told.event)
    if told.follows:
        given["follows"] = _deal_of(request, told.follows)
    made = services.record_deal(
        actor=request.actor, producer=maker, signed=Signed(**given), at=timezone.now()
    )
    return Status(201, CodeOut(code=made.code))


@router.put(
    "/deals/{code}/follow-ups/{number}",
    response=CodeOut,
    operation_id="follow_deal",
    summary=N_("Ghi kết quả thực hiện"),
)
def follow(request: ApiRequest, code: str, number: int, told: FollowUpIn) -> CodeOut:
    """Tell what was delivered of a deal since it was signed."""
    row = get_object_or_404(_deal_of(request, code).follow_ups, number=number)
    services.follow_deal(
        actor=request.actor, follow_up=row, delivered=told.delivered, note=told.note,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.post(
    "/deals/{code}/ending",
    response=CodeOut,
    operation_id="end_deal",
    summary=N_("Kết thúc biên bản, hợp đồng"),
)
def end(request: ApiRequest, code: str, told: DealEndIn) -> CodeOut:
    """A deal is carried out, broken off for a reason, or left out as entered by mistake."""
    services.end_deal(
        actor=request.actor, deal=_deal_of(request, code), broken=told.broken,
        reason=told.reason, mistaken=told.mistaken, at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)
