"""A council after it was set up: who joins, who leaves, and its end."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.constitution import (
    CouncilOut,
    SeatIn,
    SeatOut,
    council_out,
    find_council,
    new_seat,
    seat_out,
)
from ocop.api.v1.rounds import ReasonIn
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.councils import rules
from ocop.councils.queries import councils
from ocop.councils.services import constitution
from ocop.people.scopes import WRITE_COUNCILS

router = Router(tags=["councils"])
Json = dict[str, Any]


class LateSeatIn(SeatIn):
    """A further member, from a day on."""

    starts_on: date


class LeavingIn(ReasonIn):
    """Why a member leaves, and the first day without the seat, after the day of any sitting that
    has opened; the first day possible when left out."""

    ends_on: date | None = None


@router.post(
    "/councils/{code}/seats",
    response={201: SeatOut},
    operation_id="add_seat",
    summary=N_("Thêm thành viên"),
)
def add(request: ApiRequest, code: str, told: LateSeatIn) -> Status[Json]:
    """Give one more person a seat."""
    need_scope(request.actor, WRITE_COUNCILS)
    found = find_council(request, code)
    require(request.actor, rules.may_constitute)
    made = constitution.add_seat(
        actor=request.actor,
        council=found,
        member=new_seat(told),
        starts_on=told.starts_on,
        at=timezone.now(),
    )
    return Status(201, seat_out(made))


@router.post(
    "/councils/{code}/seats/{key}/end",
    response=SeatOut,
    operation_id="end_seat",
    summary=N_("Thôi tham gia hội đồng"),
)
def end(request: ApiRequest, code: str, key: int, told: LeavingIn) -> Json:
    """End a member's seat; what the member gave before stays."""
    need_scope(request.actor, WRITE_COUNCILS)
    seats = councils.seats_of(request.actor, find_council(request, code))
    done = constitution.end_seat(
        actor=request.actor,
        seat=get_object_or_404(seats, pk=key),
        reason=told.reason,
        ends_on=told.ends_on,
        at=timezone.now(),
    )
    return seat_out(done)


@router.post(
    "/councils/{code}/dissolve",
    response=CouncilOut,
    operation_id="dissolve_council",
    summary=N_("Thôi hoạt động hội đồng"),
)
def dissolve(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """End a council. Sheets, conclusions and minutes stay."""
    need_scope(request.actor, WRITE_COUNCILS)
    done = constitution.dissolve_council(
        actor=request.actor,
        council=find_council(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return council_out(request, done)
