"""Applications for trade events, booths given by hand, and allocations."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_events import event_of
from ocop.api.v1.writing import CodeOut
from ocop.core.language import noop as N_
from ocop.filters.promotion import EventApplicationFilter
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import jobs, lifecycle, queries, rules
from ocop.promotion.models import Allocation, EventApplication
from ocop.promotion.services import allocating, applying, plans
from ocop.promotion.services.applying import MOST_GOODS, GoodsWish, Wish

router = Router(tags=["promotion"])
Json = dict[str, Any]
_TOLD = (lifecycle.PUBLISHED, lifecycle.HELD)


class EventGoodsIn(JsonIn):
    """A product to be shown. `labelled` says that its labels are lawful; prices in đồng."""

    product: str
    labelled: bool = False
    offer: str = ""
    price: int | None = Field(None, ge=0, lt=10**15)
    usual_price: int | None = Field(None, ge=0, lt=10**15)


class EventWishIn(JsonIn):
    """An application as it is to be. The first of the goods decides the sector; `area` in square
    decimetres."""

    contact: str
    goods: list[EventGoodsIn] = Field(max_length=MOST_GOODS)
    phone: str = ""
    area: int = 0
    power: bool = False
    water: bool = False
    note: str = ""


class EventApplicationIn(EventWishIn):
    """A new application of a producer."""

    producer: str


class EventApplicationOut(Schema):
    """An application. `state` is sent, accepted, refused or withdrawn; booth and answer stay with
    who chooses until the result was told."""

    code: str
    producer: MakerOut
    sector: str
    area: int
    power: bool
    water: bool
    contact: str
    phone: str
    state: str
    answer: str
    booth: str
    sent_at: datetime


class BoothIn(JsonIn):
    """The number of a booth."""

    label: str


class AllocationSeatOut(Schema):
    """An application on a booth."""

    application: str
    booth: str


class AllocationRefusalOut(Schema):
    """An application without a booth. `reason` is sector, area, supply, points, apart, or
    conditions where it has no goods left that may come."""

    application: str
    reason: str
    answer: str


class AllocationOut(Schema):
    """An allocation. `state` is waiting, working, ready or failed; gaps are shares by which a
    better outcome could still be better, 0 when this one is proved to be the best."""

    code: str
    event: str
    state: str
    failure: str
    asked_at: datetime
    taken_at: datetime | None
    gap: float | None
    place_gap: float | None
    clashes: int | None
    seats: list[AllocationSeatOut]
    refusals: list[AllocationRefusalOut]


def _row_of(request: ApiRequest, code: str) -> EventApplication:
    need_scope(request.actor, WRITE_PROMOTION)
    return get_object_or_404(queries.applications_visible_to(request.actor), code=code)


def _made_of(request: ApiRequest, code: str, scope: str) -> Allocation:
    need_scope(request.actor, scope)
    rows = queries.allocations_visible_to(request.actor).select_related("event")
    return get_object_or_404(rows, code=code)


def _maker_of(request: ApiRequest, code: str) -> Producer:
    return get_object_or_404(producers.visible_to(request.actor), code=code)


def _wish(of: Producer, told: EventWishIn) -> Wish:
    """Goods by their codes among those of the producer."""
    known = {row.code: row for row in of.products.all()}
    goods = [
        GoodsWish(
            known.get(each.product) or _no_such(),
            each.labelled, each.offer, each.price, each.usual_price,
        )
        for each in told.goods
    ]  # fmt: skip
    return Wish(told.contact, goods, told.phone, told.area, told.power, told.water, told.note)


def _no_such() -> Product:
    raise Http404


def _application_out(row: EventApplication, sees_all: bool) -> Json:
    names = (
        "code", "sector", "area", "power", "water", "contact", "phone", "state", "sent_at",
    )  # fmt: skip
    told = sees_all or row.event.state in _TOLD
    shown = told or row.state == lifecycle.REFUSED
    return {
        **{name: getattr(row, name) for name in names},
        "producer": MakerOut(code=row.producer.code, name=row.producer.name),
        "booth": row.assignment.booth.label if told and hasattr(row, "assignment") else "",
        "answer": row.answer if shown else "",
    }


@router.get(
    "/trade-events/{code}/applications",
    response=Page[EventApplicationOut],
    operation_id="event_applications",
    summary=N_("Hồ sơ đăng ký tham gia một sự kiện"),
    openapi_extra=described(EventApplicationFilter),
)
def application_list(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """Applications for an event, those that the caller may know."""
    found = event_of(request, code, READ_PROMOTION)
    rows = queries.applications_visible_to(request.actor).filter(event=found)
    sees_all = rules.may_see_all(request.actor)
    chosen = filtered(request, EventApplicationFilter, rows)
    return page(request, response, chosen, lambda row: _application_out(row, sees_all))


@router.post(
    "/trade-events/{code}/applications",
    response={201: CodeOut},
    operation_id="apply_for_event",
    summary=N_("Đăng ký tham gia sự kiện"),
)
def apply(request: ApiRequest, code: str, told: EventApplicationIn) -> Status[CodeOut]:
    """Ask for a place at an event. Goods that lack what it asks for are named in the refusal."""
    found = event_of(request, code)
    of = _maker_of(request, told.producer)
    made = applying.apply(
        actor=request.actor, event=found, producer=of, wish=_wish(of, told), at=timezone.now()
    )
    return Status(201, CodeOut(code=made.code))


@router.put(
    "/event-applications/{code}",
    response=CodeOut,
    operation_id="change_event_application",
    summary=N_("Sửa đăng ký tham gia sự kiện"),
)
def change(request: ApiRequest, code: str, told: EventWishIn) -> CodeOut:
    """Change an application while the call is open."""
    row = _row_of(request, code)
    applying.change_application(
        actor=request.actor, application=row, wish=_wish(row.producer, told), at=timezone.now()
    )
    return CodeOut(code=code)


@router.post(
    "/event-applications/{code}/withdrawal",
    response=CodeOut,
    operation_id="withdraw_event_application",
    summary=N_("Rút đăng ký tham gia sự kiện"),
)
def withdraw(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take an application back."""
    applying.withdraw_application(
        actor=request.actor, application=_row_of(request, code), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.post(
    "/event-applications/{code}/refusal",
    response=CodeOut,
    operation_id="refuse_event_application",
    summary=N_("Từ chối đăng ký tham gia sự kiện"),
)
def refuse(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Refuse an application by hand; the producer is told why."""
    applying.refuse_application(
        actor=request.actor, application=_row_of(request, code), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.post(
    "/event-applications/{code}/readmission",
    response=CodeOut,
    operation_id="readmit_event_application",
    summary=N_("Nhận lại đăng ký tham gia sự kiện"),
)
def readmit(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take up a refused application again."""
    applying.readmit_application(
        actor=request.actor, application=_row_of(request, code), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.put(
    "/event-applications/{code}/booth",
    response=CodeOut,
    operation_id="assign_event_booth",
    summary=N_("Xếp gian cho một hồ sơ"),
)
def assign(request: ApiRequest, code: str, told: BoothIn) -> CodeOut:
    """Give an applicant a booth by hand."""
    row = _row_of(request, code)
    booth = get_object_or_404(row.event.booths, label=told.label)
    plans.assign_booth(actor=request.actor, application=row, booth=booth, at=timezone.now())
    return CodeOut(code=code)


@router.delete(
    "/event-applications/{code}/booth",
    response=CodeOut,
    operation_id="clear_event_booth",
    summary=N_("Bỏ xếp gian của một hồ sơ"),
)
def clear(request: ApiRequest, code: str) -> CodeOut:
    """Take an applicant off its booth."""
    plans.clear_booth(actor=request.actor, application=_row_of(request, code), at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/allocations",
    response={202: CodeOut},
    operation_id="ask_allocation",
    summary=N_("Yêu cầu xếp gian tự động"),
)
def ask(request: ApiRequest, code: str) -> Status[CodeOut]:
    """Let the worker find who gets which booth; nothing changes until the result is taken."""
    found = event_of(request, code)
    made = jobs.ask_allocation(actor=request.actor, event=found, at=timezone.now())
    return Status(202, CodeOut(code=made.code))


@router.get(
    "/event-allocations/{code}",
    response=AllocationOut,
    operation_id="event_allocation",
    summary=N_("Một lần xếp gian tự động"),
)
def allocation(request: ApiRequest, code: str) -> Json:
    """How far an allocation is, and what came out."""
    made = _made_of(request, code, READ_PROMOTION)
    result = made.result
    names = ("code", "state", "failure", "asked_at", "taken_at")
    return {
        **{name: getattr(made, name) for name in names},
        "event": made.event.code,
        **{name: result.get(name) for name in ("gap", "place_gap", "clashes")},
        "seats": [
            {"application": code, "booth": label} for code, label in result.get("seats", {}).items()
        ],
        "refusals": [
            {"application": code, "reason": told["reason"], "answer": told["answer"]}
            for code, told in result.get("refusals", {}).items()
        ],
    }


@router.post(
    "/event-allocations/{code}/taking",
    response=CodeOut,
    operation_id="take_allocation",
    summary=N_("Đưa kết quả xếp gian lên sơ đồ"),
)
def take(request: ApiRequest, code: str) -> CodeOut:
    """Put a computed result onto the plan. Refused when booths or applications changed since."""
    made = _made_of(request, code, WRITE_PROMOTION)
    allocating.take_allocation(actor=request.actor, made=made, at=timezone.now())
    return CodeOut(code=code)
