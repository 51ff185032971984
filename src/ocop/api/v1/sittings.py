"""Councils at work: constitution, sittings, agendas, attendance, conflicts, conclusions."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.constitution import find_council
from ocop.api.v1.finding import find_item, find_sitting
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.councils.models import Sitting, SittingKind
from ocop.councils.queries import progress, sittings
from ocop.councils.services import concluding
from ocop.councils.services import sittings as planning
from ocop.dossiers.services import judging
from ocop.filters.councils import SittingFilter
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["councils"])

Json = dict[str, Any]


class SittingOut(Schema):
    """A sitting; `items` counts the cases that the caller may see."""

    code: str
    council: str
    kind: str
    passing: int
    title: str
    place: str
    starts_at: datetime
    until: date | None
    state: str
    minutes_number: str
    minutes_on: date | None
    items: int


class SittingIn(JsonIn):
    """A sitting to plan; `until` is the last day for written opinions."""

    kind: SittingKind = SittingKind.MEETING
    title: str
    place: str = ""
    starts_at: Moment
    passing: int = 2
    until: date | None = None


class QuorumOut(Schema):
    """Who is there, and whether they are enough."""

    seats: int
    present: int
    needed: int
    chair_present: bool
    reached: bool


class ItemOut(Schema):
    """A case on an agenda; `position` counts the cases that the caller sees. Totals are told when
    all sheets are in."""

    code: str
    case: str
    title: str
    position: int
    state: str
    attempt: int
    submitted: int
    missing: list[str]
    open_gates: list[str]
    spread: str | None
    mean: str | None
    star: int | None


class SittingProgressOut(Schema):
    """A sitting at this moment."""

    sitting: SittingOut
    quorum: QuorumOut
    items: list[ItemOut]


class AttendanceIn(JsonIn):
    """Whether a member is there; the reason when not."""

    seat: int
    present: bool
    note: str = ""


class MoveIn(JsonIn):
    """Another time or place, and why."""

    starts_at: Moment
    place: str
    reason: str
    until: date | None = None


class CloseIn(JsonIn):
    """Number and day of the minutes."""

    minutes_number: str = ""
    minutes_on: date | None = None


class MinutesIn(JsonIn):
    """The minutes of a sitting that was closed without, and why only now."""

    minutes_number: str
    minutes_on: date | None = None
    reason: str


class MeetingIn(JsonIn):
    """The meeting that follows written opinions that differ."""

    starts_at: Moment
    place: str
    items: list[str]


def _sitting(request: ApiRequest, row: Sitting) -> Json:
    return _told(row, sittings.agenda(request.actor, row).count())


def _told(row: Sitting, cases: int) -> Json:
    return {
        **{
            name: getattr(row, name)
            for name in SittingOut.model_fields
            if name not in ("council", "items")
        },
        "council": row.council.code,
        "items": cases,
    }


def _item(told: progress.ItemProgress, position: int) -> Json:
    row = told.item
    return {
        "code": row.code,
        "case": row.case.code,
        "title": row.case.title,
        "position": position,
        "state": row.state,
        "attempt": row.attempt,
        "submitted": told.submitted,
        "missing": [seat.user.name for seat in told.missing],
        "open_gates": list(told.open_gates),
        "spread": None if told.spread is None else str(told.spread),
        "mean": None if told.mean is None else str(told.mean),
        "star": row.star,
    }


@router.get(
    "/sittings",
    response=Page[SittingOut],
    operation_id="sittings",
    summary=N_("Các phiên họp"),
    openapi_extra=described(SittingFilter),
)
def sitting_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The sittings that the caller may see."""
    need_scope(request.actor, READ_COUNCILS)
    seen = sittings.with_cases(request.actor, sittings.visible_sittings(request.actor))
    rows = filtered(request, SittingFilter, seen)
    return page(request, response, rows, lambda row: _told(row, row.cases))


@router.get(
    "/sittings/{code}",
    response=SittingProgressOut,
    operation_id="sitting",
    summary=N_("Một phiên họp"),
)
def sitting(request: ApiRequest, code: str) -> Json:
    """A sitting at this moment: quorum, and by case who has not scored."""
    need_scope(request.actor, READ_COUNCILS)
    row = find_sitting(request, code)
    told = progress.progress(request.actor, row)
    return {
        "sitting": _sitting(request, row),
        "quorum": told.quorum,
        "items": [_item(each, number) for number, each in enumerate(told.items, start=1)],
    }


@router.post(
    "/councils/{code}/sittings",
    response={201: SittingOut},
    operation_id="plan_sitting",
    summary=N_("Lập lịch phiên họp"),
)
def plan(request: ApiRequest, code: str, told: SittingIn) -> Status[Json]:
    """Plan a sitting of a council."""
    need_scope(request.actor, WRITE_COUNCILS)
    made = planning.plan_sitting(
        actor=request.actor,
        council=find_council(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return Status(201, _sitting(request, made))


@router.post(
    "/sittings/{code}/attendance",
    response=QuorumOut,
    operation_id="note_attendance",
    summary=N_("Điểm danh"),
)
def attend(request: ApiRequest, code: str, told: list[AttendanceIn]) -> progress.Quorum:
    """Note who is there; answers with the quorum."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = find_sitting(request, code)
    with transaction.atomic():  # all of the list or nothing
        for each in told:
            planning.note_attendance(
                actor=request.actor,
                sitting=row,
                seat=get_object_or_404(row.council.seats.all(), pk=each.seat),
                present=each.present,
                note=each.note,
                at=timezone.now(),
            )
    return progress.quorum(row)


@router.post(
    "/sittings/{code}/open",
    response=SittingOut,
    operation_id="open_sitting",
    summary=N_("Mở phiên"),
)
def open_sitting(request: ApiRequest, code: str) -> Json:
    """Open the sitting: the quorum is there, with the chair."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = find_sitting(request, code)
    opened = planning.open_sitting(actor=request.actor, sitting=row, at=timezone.now())
    return _sitting(request, opened)


@router.post(
    "/sittings/{code}/start",
    response=SittingOut,
    operation_id="start_scoring",
    summary=N_("Bắt đầu chấm"),
)
def start(request: ApiRequest, code: str) -> Json:
    """Let the members mark every case that waits."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = find_sitting(request, code)
    concluding.start_all(actor=request.actor, sitting=row, at=timezone.now())
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/time",
    response=SittingOut,
    operation_id="move_sitting",
    summary=N_("Đổi lịch"),
)
def move(request: ApiRequest, code: str, told: MoveIn) -> Json:
    """Another time or place, with the reason."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = judging.move_sitting(
        actor=request.actor,
        sitting=find_sitting(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/cancelled",
    response=SittingOut,
    operation_id="cancel_sitting",
    summary=N_("Hủy phiên họp"),
)
def cancel(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Cancel a sitting, with the reason."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = judging.cancel_sitting(
        actor=request.actor,
        sitting=find_sitting(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/closed",
    response=SittingOut,
    operation_id="close_sitting",
    summary=N_("Kết thúc phiên họp"),
)
def close(request: ApiRequest, code: str, told: CloseIn) -> Json:
    """End a sitting."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = planning.close_sitting(
        actor=request.actor,
        sitting=find_sitting(request, code),
        minutes_number=told.minutes_number,
        minutes_on=told.minutes_on,
        at=timezone.now(),
    )
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/minutes",
    response=SittingOut,
    operation_id="record_minutes",
    summary=N_("Ghi biên bản của phiên đã kết thúc"),
)
def minutes(request: ApiRequest, code: str, told: MinutesIn) -> Json:
    """Record the minutes of a sitting that was closed without."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = planning.record_minutes(
        actor=request.actor,
        sitting=find_sitting(request, code),
        minutes_number=told.minutes_number,
        minutes_on=told.minutes_on,
        reason=told.reason,
        at=timezone.now(),
    )
    return _sitting(request, row)


@router.post(
    "/sittings/{code}/meeting",
    response={201: SittingOut},
    operation_id="call_meeting",
    summary=N_("Đưa ra họp"),
)
def call_meeting(request: ApiRequest, code: str, told: MeetingIn) -> Status[Json]:
    """Bring cases whose written opinions differ before a meeting."""
    need_scope(request.actor, WRITE_COUNCILS)
    made = judging.call_meeting(
        actor=request.actor,
        sitting=find_sitting(request, code),
        starts_at=told.starts_at,
        place=told.place,
        items=[find_item(request, each) for each in told.items],
        at=timezone.now(),
    )
    return Status(201, _sitting(request, made))
