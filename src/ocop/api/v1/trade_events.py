"""Trade events: what they are, their steps, and the plan of their booths."""

from datetime import date
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
from ocop.api.v1.finding import unit_of
from ocop.api.v1.register import INVENTED
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.writing import CodeOut
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.filters.promotion import TradeEventFilter
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.promotion import plan, queries
from ocop.promotion.models import TradeEvent
from ocop.promotion.services import events as services
from ocop.promotion.services import inviting, plans
from ocop.promotion.services.events import EventParticulars

router = Router(tags=["promotion"])
Json = dict[str, Any]
_NAMES = (
    "code", "kind", "name", "state", "starts_on", "ends_on", "hours", "away", "place",
    "calls_until", "least_stars", "needs_trace", "needs_labels", "takes_booths", "apart",
    "booth_cost", "support_share", "support_source", "demonstration",
)  # fmt: skip


class TradeEventIn(JsonIn):
    """An event. `series` is the name of one, new or known; `commune` the key of a commune of today;
    without `least_stars` no star is asked for; money in đồng, the share per cent."""

    name: str
    kind: Literal["fair", "goods_week", "workshop", "trade_meeting"]
    place: str
    starts_on: date
    ends_on: date
    calls_until: date
    series: str = ""
    summary: str = ""
    hours: str = ""
    away: bool = False
    commune: str | None = None
    organisers: list[str] = []
    least_stars: int | None = 3
    needs_trace: bool = True
    needs_labels: bool = True
    takes_booths: bool = True
    apart: Literal["ignore", "wish", "must"] = "wish"
    booth_cost: int | None = Field(None, ge=0, lt=10**15)
    support_share: int = 0
    support_source: str = ""

    def particulars(self) -> EventParticulars:
        """What the service takes."""
        told = self.model_dump(exclude={"seen"})
        return EventParticulars(
            **told | {"commune": unit_of(self.commune) if self.commune else None}
        )


class TradeEventChangeIn(TradeEventIn):
    """An event as it is to be, whole. With `seen`, the `mark` under which it was read, the change
    is refused when something happened to it since."""

    seen: str = ""


class TradeEventOut(Schema):
    """An event. `state` is planned, calling, selecting, published, held or cancelled."""

    code: str
    kind: str
    name: str
    series: str
    state: str
    starts_on: date
    ends_on: date
    hours: str
    away: bool
    place: str
    commune: str
    calls_until: date
    least_stars: int | None
    needs_trace: bool
    needs_labels: bool
    takes_booths: bool
    apart: str
    booth_cost: int | None
    support_share: int
    support_source: str
    demonstration: bool = Field(description=INVENTED)


class TradeEventDetailOut(TradeEventOut):
    """An event by itself, with who organises it with the office, and who takes part once that was
    told. A change may name the `mark`, and is then refused when something happened in between."""

    summary: str
    organisers: list[str]
    participants: list[str]
    cancelled_for: str
    mark: str


class EventInvitedOut(Schema):
    """How many people were told of a call."""

    told: int


class EventBoothIn(JsonIn):
    """A booth: its left upper corner and sides in whole decimetres. No `sector`: any; `kept_for`
    names for whom it is kept and given to no applicant."""

    label: str
    x: int
    y: int
    width: int
    depth: int
    sector: Literal["", "I", "II", "III", "IV", "V", "VI"] = ""
    power: bool = False
    water: bool = False
    kept_for: str = ""


class EventPlanIn(JsonIn):
    """The whole plan of an event: sides of the ground in decimetres, and all booths."""

    width: int
    depth: int
    booths: list[EventBoothIn] = Field(max_length=plan.MOST_BOOTHS)


class EventPlanOut(EventPlanIn):
    """The plan of an event as it stands."""


def event_of(request: ApiRequest, code: str, scope: str = WRITE_PROMOTION) -> TradeEvent:
    """An event among those the caller may know."""
    need_scope(request.actor, scope)
    return get_object_or_404(queries.events_visible_to(request.actor), code=code)


def _event_out(row: TradeEvent) -> Json:
    return {
        **{name: getattr(row, name) for name in _NAMES},
        "series": row.series.name if row.series else "",
        "commune": row.commune.name if row.commune else "",
    }


@router.get(
    "/trade-events",
    response=Page[TradeEventOut],
    operation_id="trade_events",
    summary=N_("Sự kiện xúc tiến"),
    openapi_extra=described(TradeEventFilter),
)
def event_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Events that the caller may know: everybody those that were called."""
    need_scope(request.actor, READ_PROMOTION)
    rows = queries.events_visible_to(request.actor)
    return page(request, response, filtered(request, TradeEventFilter, rows), _event_out)


@router.get(
    "/trade-events/{code}",
    response=TradeEventDetailOut,
    operation_id="trade_event",
    summary=N_("Một sự kiện xúc tiến"),
)
def event(request: ApiRequest, code: str) -> Json:
    """One event."""
    found = event_of(request, code, READ_PROMOTION)
    return {
        **_event_out(found),
        "summary": found.summary,
        "organisers": [each.name for each in found.organisers.all()],
        "participants": [row.producer.name for row in queries.participants(found)],
        "cancelled_for": found.cancelled_for,
        "mark": editing.mark(found),
    }


@router.post(
    "/trade-events",
    response={201: CodeOut},
    operation_id="plan_trade_event",
    summary=N_("Lập sự kiện xúc tiến"),
)
def plan_event(request: ApiRequest, told: TradeEventIn) -> Status[CodeOut]:
    """Plan an event; the public hears of it by its call."""
    need_scope(request.actor, WRITE_PROMOTION)
    made = services.plan_event(
        actor=request.actor, particulars=told.particulars(), at=timezone.now()
    )
    return Status(201, CodeOut(code=made.code))


@router.put(
    "/trade-events/{code}",
    response=CodeOut,
    operation_id="change_trade_event",
    summary=N_("Sửa sự kiện xúc tiến"),
)
def change_event(request: ApiRequest, code: str, told: TradeEventChangeIn) -> CodeOut:
    """Change an event that is to come; who applied is told of other days or another place."""
    services.change_event(
        actor=request.actor,
        event=event_of(request, code),
        particulars=told.particulars(),
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/opening",
    response=CodeOut,
    operation_id="open_trade_event_call",
    summary=N_("Mở đăng ký tham gia sự kiện"),
)
def open_call(request: ApiRequest, code: str) -> CodeOut:
    """Let producers apply, and tell the public of the event."""
    found = event_of(request, code)
    services.open_call(actor=request.actor, event=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/invitation",
    response=EventInvitedOut,
    operation_id="invite_to_trade_event",
    summary=N_("Báo chủ thể đăng ký sự kiện"),
)
def invite(request: ApiRequest, code: str) -> EventInvitedOut:
    """Tell those who act for producers with the stars that an event asks for of its call."""
    found = event_of(request, code)
    told = inviting.invite(actor=request.actor, event=found, at=timezone.now())
    return EventInvitedOut(told=told)


@router.post(
    "/trade-events/{code}/closing",
    response=CodeOut,
    operation_id="close_trade_event_call",
    summary=N_("Đóng đăng ký tham gia sự kiện"),
)
def close_call(request: ApiRequest, code: str) -> CodeOut:
    """Take no more applications."""
    found = event_of(request, code)
    services.close_call(actor=request.actor, event=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/result",
    response=CodeOut,
    operation_id="publish_trade_event_result",
    summary=N_("Công bố kết quả lựa chọn"),
)
def publish_result(request: ApiRequest, code: str) -> CodeOut:
    """Tell every applicant what became of it."""
    found = event_of(request, code)
    services.publish_result(actor=request.actor, event=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/end",
    response=CodeOut,
    operation_id="finish_trade_event",
    summary=N_("Kết thúc sự kiện xúc tiến"),
)
def finish_event(request: ApiRequest, code: str) -> CodeOut:
    """End an event after its last day."""
    found = event_of(request, code)
    services.finish_event(actor=request.actor, event=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/cancellation",
    response=CodeOut,
    operation_id="cancel_trade_event",
    summary=N_("Hủy sự kiện xúc tiến"),
)
def cancel_event(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Call an event off; who applied is told why."""
    found = event_of(request, code)
    services.cancel_event(actor=request.actor, event=found, reason=told.reason, at=timezone.now())
    return CodeOut(code=code)


@router.get(
    "/trade-events/{code}/plan",
    response=EventPlanOut,
    operation_id="trade_event_plan",
    summary=N_("Sơ đồ gian hàng của một sự kiện"),
)
def event_plan(request: ApiRequest, code: str) -> Json:
    """The plan of the booths of an event."""
    found = event_of(request, code, READ_PROMOTION)
    names = EventBoothIn.model_fields
    return {
        "width": found.hall_width,
        "depth": found.hall_depth,
        "booths": [
            {name: getattr(spot, name) for name in names} for spot in queries.spots_of(found)
        ],
    }


@router.put(
    "/trade-events/{code}/plan",
    response=CodeOut,
    operation_id="set_trade_event_plan",
    summary=N_("Lưu sơ đồ gian hàng của một sự kiện"),
)
def set_plan(request: ApiRequest, code: str, told: EventPlanIn) -> CodeOut:
    """Put a plan in the place of the one there was."""
    plans.set_plan(
        actor=request.actor,
        event=event_of(request, code),
        hall=plan.Hall(told.width, told.depth),
        spots=[plan.Spot(**booth.model_dump()) for booth in told.booths],
        at=timezone.now(),
    )
    return CodeOut(code=code)
