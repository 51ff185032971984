"""Rounds of meetings with their timetable."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_events import event_of
from ocop.api.v1.writing import CodeOut
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.promotion.meetings import queries
from ocop.promotion.meetings.models import MeetingRound
from ocop.promotion.meetings.notices import turn_at
from ocop.promotion.meetings.services import rounds
from ocop.promotion.meetings.services.rounds import Plan

router = Router(tags=["promotion"])
Json = dict[str, Any]


class MeetingRoundIn(JsonIn):
    """A round of meetings: so many turns of so many minutes at so many tables; `event` is the code
    of a trade event."""

    name: str
    place: str
    starts_at: Moment
    turns: int
    minutes: int
    tables: int
    event: str | None = None


class MeetingRoundOut(Schema):
    """A round of meetings. `state` is planned, told or cancelled; `gap` is the share by which a
    timetable could still be better, 0 when this one is proved to be the best, null without one."""

    code: str
    name: str
    place: str
    starts_at: datetime
    turns: int
    minutes: int
    tables: int
    event: str | None
    state: str
    cancelled_for: str
    gap: float | None
    demonstration: bool = Field(description=INVENTED)


class MeetingOut(Schema):
    """A meeting of a buyer, told by a demand of theirs, and a producer; turn and table count from
    1. `outcome` is empty, talked, agreed, nothing or absent."""

    turn: int
    table: int
    starts_at: datetime
    buyer: str
    demand: str
    producer: MakerOut
    outcome: str
    note: str


class MeetingLeftOut(Schema):
    """A pair for which there was no place: `reason` is buyer, producer or hall, what was full."""

    demand: str
    producer: str
    reason: str


class MeetingRoundDetailOut(MeetingRoundOut):
    """A round of meetings with its timetable and the pairs for which there was no place."""

    meetings: list[MeetingOut]
    left: list[MeetingLeftOut]


class MeetingNoteIn(JsonIn):
    """What a meeting came to."""

    outcome: Literal["talked", "agreed", "nothing", "absent"]
    note: str = ""


def _round_of(request: ApiRequest, code: str, scope: str = WRITE_PROMOTION) -> MeetingRound:
    need_scope(request.actor, scope)
    return get_object_or_404(queries.rounds_visible_to(request.actor), code=code)


def _plan(request: ApiRequest, told: MeetingRoundIn) -> Plan:
    event = event_of(request, told.event) if told.event else None
    return Plan(**told.model_dump() | {"event": event})


def _round_out(row: MeetingRound) -> Json:
    names = (
        "code", "name", "place", "starts_at", "turns", "minutes", "tables", "state", "gap",
        "cancelled_for",
        "demonstration",
    )  # fmt: skip
    event = row.event.code if row.event else None
    return {**{name: getattr(row, name) for name in names}, "event": event}


@router.get(
    "/meeting-rounds",
    response=Page[MeetingRoundOut],
    operation_id="meeting_rounds",
    summary=N_("Buổi kết nối"),
)
def round_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Rounds of meetings, for who sees all demands."""
    need_scope(request.actor, READ_PROMOTION)
    return page(request, response, queries.rounds_visible_to(request.actor), _round_out)


@router.get(
    "/meeting-rounds/{code}",
    response=MeetingRoundDetailOut,
    operation_id="meeting_round",
    summary=N_("Một buổi kết nối"),
)
def one_round(request: ApiRequest, code: str) -> Json:
    """A round of meetings with its timetable."""
    found = _round_of(request, code, READ_PROMOTION)
    return {
        **_round_out(found),
        "meetings": [
            {
                "turn": slot.turn + 1,
                "table": slot.table + 1,
                "starts_at": turn_at(found, slot.turn),
                "buyer": slot.host.buyer,
                "demand": slot.host.code,
                "producer": MakerOut(code=slot.producer.code, name=slot.producer.name),
                "outcome": slot.outcome,
                "note": slot.note,
            }
            for slot in queries.slots_of(found)
        ],
        "left": [
            {"demand": demand, "producer": maker, "reason": why}
            for demand, maker, why in found.left
        ],
    }


@router.post(
    "/meeting-rounds",
    response={201: CodeOut},
    operation_id="plan_meetings",
    summary=N_("Lập buổi kết nối"),
)
def plan_meetings(request: ApiRequest, told: MeetingRoundIn) -> Status[CodeOut]:
    """Plan a round of meetings."""
    need_scope(request.actor, WRITE_PROMOTION)
    made = rounds.plan_meetings(
        actor=request.actor, plan=_plan(request, told), at=timezone.now()
    )  # fmt: skip
    return Status(201, CodeOut(code=made.code))


@router.put(
    "/meeting-rounds/{code}",
    response=CodeOut,
    operation_id="change_meetings",
    summary=N_("Sửa buổi kết nối"),
)
def change_meetings(request: ApiRequest, code: str, told: MeetingRoundIn) -> CodeOut:
    """Change a round that was not told; a timetable it had is dropped."""
    found = _round_of(request, code)
    rounds.change_meetings(
        actor=request.actor, round=found, plan=_plan(request, told), at=timezone.now()
    )
    return CodeOut(code=code)


@router.post(
    "/meeting-rounds/{code}/arrangement",
    response=CodeOut,
    operation_id="arrange_meetings",
    summary=N_("Xếp lịch gặp"),
)
def arrange(request: ApiRequest, code: str) -> CodeOut:
    """Find the best timetable for everybody who wants to meet today."""
    found = _round_of(request, code)
    rounds.arrange_meetings(actor=request.actor, round=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/meeting-rounds/{code}/telling",
    response=CodeOut,
    operation_id="tell_meetings",
    summary=N_("Báo lịch gặp"),
)
def tell(request: ApiRequest, code: str) -> CodeOut:
    """Tell both sides when they meet whom; from now on the timetable stays."""
    found = _round_of(request, code)
    rounds.tell_meetings(actor=request.actor, round=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/meeting-rounds/{code}/cancelling",
    response=CodeOut,
    operation_id="cancel_meetings",
    summary=N_("Hủy buổi kết nối"),
)
def cancel(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Call a round off; whom its timetable was told hears of it."""
    found = _round_of(request, code)
    rounds.cancel_meetings(
        actor=request.actor, round=found, reason=told.reason, at=timezone.now()
    )  # fmt: skip
    return CodeOut(code=code)


@router.put(
    "/meeting-rounds/{code}/meetings/{turn}/{table}",
    response=CodeOut,
    operation_id="note_meeting",
    summary=N_("Ghi kết quả cuộc gặp"),
)
def note(request: ApiRequest, code: str, turn: int, table: int, told: MeetingNoteIn) -> CodeOut:
    """Note what a meeting came to; turn and table count from 1."""
    rows = queries.slots_of(_round_of(request, code)).select_related("round")
    slot = get_object_or_404(rows, turn=turn - 1, table=table - 1)
    rounds.note_meeting(
        actor=request.actor, slot=slot, outcome=told.outcome, note=told.note, at=timezone.now()
    )
    return CodeOut(code=code)
