"""Councils as the chair of the province set them up: seats and frozen rules."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import account, account_by_login
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.councils import rules
from ocop.councils.models import Council, Position, Seat
from ocop.councils.queries import councils
from ocop.councils.services import constitution
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["councils"])


Json = dict[str, Any]


class SeatOut(Schema):
    """A seat of a council; `account` is the person's account."""

    id: int
    account: int
    name: str
    position: str
    organisation: str
    starts_on: date
    ends_on: date | None


class CouncilOut(Schema):
    """A council with its working rules as they were frozen."""

    code: str
    name: str
    decision_number: str
    decided_on: date
    authority: str
    rules: Json
    dissolved_on: date | None
    seats: list[SeatOut]


class SeatIn(JsonIn):
    """A member as the decision names them: by the number of the account, or by `login`, the e-mail
    or phone the person signs in with. `address` finds conflicts and is shown to nobody."""

    account: int | None = None
    login: str = ""
    position: Position = Position.MEMBER
    organisation: str = ""
    title: str = ""
    address: str = ""


class CouncilIn(JsonIn):
    """The decision that sets up a council."""

    name: str
    decision_number: str
    decided_on: date
    authority: str
    members: list[SeatIn]


def seat_out(row: Seat) -> Json:
    """A seat as the API tells it."""
    return {
        "id": row.pk,
        "account": row.user_id,
        "name": row.user.name,
        "position": row.position,
        "organisation": row.organisation,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }


def council_out(request: ApiRequest, row: Council) -> Json:
    """A council as the caller may read it."""
    return {
        **{name: getattr(row, name) for name in CouncilOut.model_fields if name not in ("seats",)},
        "seats": [seat_out(seat) for seat in councils.seats_of(request.actor, row)],
    }


def new_seat(told: SeatIn) -> constitution.NewSeat:
    """A member as the service takes it, for who may constitute."""
    user = account_by_login(told.login) if told.account is None else account(told.account)
    return constitution.NewSeat(user, told.position, told.organisation, told.title, told.address)


def find_council(request: ApiRequest, code: str) -> Council:
    found: Council = get_object_or_404(councils.visible_to(request.actor), code=code)
    return found


@router.get(
    "/councils",
    response=Page[CouncilOut],
    operation_id="councils",
    summary=N_("Các hội đồng"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def council_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The councils that the caller may see."""
    need_scope(request.actor, READ_COUNCILS)
    rows = councils.visible_to(request.actor)
    return page(request, response, rows, lambda row: council_out(request, row))


@router.get(
    "/councils/{code}", response=CouncilOut, operation_id="council", summary=N_("Một hội đồng")
)
def council(request: ApiRequest, code: str) -> Json:
    """One council with its seats and rules."""
    need_scope(request.actor, READ_COUNCILS)
    return council_out(request, find_council(request, code))


@router.post(
    "/councils",
    response={201: CouncilOut},
    operation_id="constitute_council",
    summary=N_("Lập hội đồng"),
)
def constitute(request: ApiRequest, told: CouncilIn) -> Status[Json]:
    """Enter a council as the chair of the province decided; its rules are frozen."""
    need_scope(request.actor, WRITE_COUNCILS)
    require(request.actor, rules.may_constitute)
    made = constitution.constitute_council(
        actor=request.actor,
        name=told.name,
        decision_number=told.decision_number,
        decided_on=told.decided_on,
        authority=told.authority,
        members=[new_seat(member) for member in told.members],
        at=timezone.now(),
    )
    return Status(201, council_out(request, made))
