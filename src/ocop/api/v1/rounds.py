"""The plan of a year: its rounds, and the products with potential."""

from dataclasses import asdict
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
from ocop.core.language import noop as N_
from ocop.dossiers.models import Potential, Round
from ocop.dossiers.queries import rounds as planning
from ocop.dossiers.services import potential as prospects
from ocop.dossiers.services import rounds
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS
from ocop.places import queries as places

router = Router(tags=["rounds"])


class RoundOut(Schema):
    """A round; `requests_before` and `done_before` are the first days too late."""

    code: str
    year: int
    kind: str
    name: str
    opens_on: date
    requests_before: date
    done_before: date
    plan_number: str
    note: str
    closed_on: date | None
    withdrawn_on: date | None


class ClosedRoundOut(RoundOut):
    """A round that was closed: its dossiers that are not ended, and those of them still to be
    received, for which another round is to be chosen."""

    unfinished: int
    to_receive: int


class PlanIn(JsonIn):
    """The year to plan, and the number of the office's plan."""

    year: int
    plan_number: str = ""


class RoundIn(JsonIn):
    """Name and days of a round."""

    name: str
    opens_on: date
    requests_before: date
    done_before: date
    plan_number: str = ""
    note: str = ""


class ExtraRoundIn(RoundIn):
    """An extra round of a year."""

    year: int


class ReasonIn(JsonIn):
    """Why it is done."""

    reason: str


class PotentialOut(Schema):
    """A product that could enter or rise, and who helps it there."""

    code: str
    unit: str
    product_name: str
    producer_name: str
    aim: int | None
    year: int
    helper: str
    need: str
    ended_on: date | None


class ProspectIn(JsonIn):
    """What is known of a product with potential."""

    product_name: str
    year: int
    producer_name: str = ""
    aim: int | None = None
    helper: str = ""
    need: str = ""


class PotentialIn(ProspectIn):
    """A product with potential. `unit` is the code of today's commune."""

    unit: str


def _round(request: ApiRequest, code: str) -> Round:
    found: Round = get_object_or_404(planning.visible_to(request.actor), code=code)
    return found


def _days(told: RoundIn) -> rounds.Days:
    return rounds.Days(told.opens_on, told.requests_before, told.done_before)


def _potential(row: Potential) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in PotentialOut.model_fields if name != "unit"}
    return {**facts, "unit": row.unit.code}


@router.get(
    "/rounds",
    response=Page[RoundOut],
    operation_id="rounds",
    summary=N_("Các đợt đánh giá"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def round_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """The rounds of all years."""
    need_scope(request.actor, READ_DOSSIERS)
    return page(request, response, planning.visible_to(request.actor), lambda row: row)


@router.post(
    "/rounds/plan",
    response={201: list[RoundOut]},
    operation_id="plan_year",
    summary=N_("Lập kế hoạch"),
)
def plan(request: ApiRequest, told: PlanIn) -> Status[list[Round]]:
    """The rounds of a year as the law sets them."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = rounds.plan_year(
        actor=request.actor, year=told.year, plan_number=told.plan_number, at=timezone.now()
    )
    return Status(201, made)


@router.post(
    "/rounds", response={201: RoundOut}, operation_id="add_round", summary=N_("Thêm đợt bổ sung")
)
def add(request: ApiRequest, told: ExtraRoundIn) -> Status[Round]:
    """An extra round, where the province's rules foresee them."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = rounds.add_round(
        actor=request.actor,
        year=told.year,
        name=told.name,
        days=_days(told),
        plan_number=told.plan_number,
        at=timezone.now(),
    )
    return Status(201, made)


@router.put(
    "/rounds/{code}", response=RoundOut, operation_id="change_round", summary=N_("Sửa một đợt")
)
def change(request: ApiRequest, code: str, told: RoundIn) -> Round:
    """Other days or another name for a round that is not closed."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return rounds.change_round(
        actor=request.actor,
        round=_round(request, code),
        name=told.name,
        days=_days(told),
        plan_number=told.plan_number,
        note=told.note,
        at=timezone.now(),
    )


@router.post(
    "/rounds/{code}/close",
    response=ClosedRoundOut,
    operation_id="close_round",
    summary=N_("Đóng một đợt"),
)
def close(request: ApiRequest, code: str, told: ReasonIn) -> dict[str, Any]:
    """End a round; the answer says how many of its dossiers are left."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = rounds.close_round(
        actor=request.actor, round=_round(request, code), reason=told.reason, at=timezone.now()
    )
    facts = {name: getattr(row, name) for name in RoundOut.model_fields}
    return {**facts, **asdict(planning.left_in(row))}


@router.post(
    "/rounds/{code}/withdraw",
    response=RoundOut,
    operation_id="withdraw_round",
    summary=N_("Hủy một đợt lập nhầm"),
)
def withdraw(request: ApiRequest, code: str, told: ReasonIn) -> Round:
    """Take back a round that no dossier was filed for or sent to."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return rounds.withdraw_round(
        actor=request.actor, round=_round(request, code), reason=told.reason, at=timezone.now()
    )


@router.get(
    "/potentials",
    response=Page[PotentialOut],
    operation_id="potentials",
    summary=N_("Sản phẩm tiềm năng"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def potential_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Products with potential of the caller's units."""
    need_scope(request.actor, READ_DOSSIERS)
    rows = planning.potentials_visible_to(request.actor).select_related("unit")
    return page(request, response, rows, _potential)


@router.post(
    "/potentials",
    response={201: PotentialOut},
    operation_id="add_potential",
    summary=N_("Thêm sản phẩm tiềm năng"),
)
def add_potential(request: ApiRequest, told: PotentialIn) -> Status[dict[str, Any]]:
    """A product with potential, and who helps it."""
    need_scope(request.actor, WRITE_DOSSIERS)
    unit = get_object_or_404(places.units_on(timezone.localdate()), code=told.unit)
    facts = told.model_dump(exclude={"unit"})
    made = prospects.add_potential(
        actor=request.actor, unit=unit, prospect=prospects.Prospect(**facts), at=timezone.now()
    )
    return Status(201, _potential(made))


@router.put(
    "/potentials/{code}",
    response=PotentialOut,
    operation_id="change_potential",
    summary=N_("Sửa sản phẩm tiềm năng"),
)
def change_potential(request: ApiRequest, code: str, told: ProspectIn) -> dict[str, Any]:
    """Other words about a product on the list; who looks after it stays."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = get_object_or_404(planning.potentials_visible_to(request.actor), code=code)
    prospect = prospects.Prospect(**told.model_dump(), officer=row.officer, product=row.product)
    done = prospects.change_potential(
        actor=request.actor, potential=row, prospect=prospect, at=timezone.now()
    )
    return _potential(done)


@router.post(
    "/potentials/{code}/end",
    response=PotentialOut,
    operation_id="end_potential",
    summary=N_("Đưa khỏi danh sách tiềm năng"),
)
def end_potential(request: ApiRequest, code: str, told: ReasonIn) -> dict[str, Any]:
    """Take a product off the list, with the reason."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = get_object_or_404(planning.potentials_visible_to(request.actor), code=code)
    done = prospects.end_potential(
        actor=request.actor, potential=row, reason=told.reason, at=timezone.now()
    )
    return _potential(done)
