"""What trade events cost and what they brought."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_events import event_of
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_PROMOTION
from ocop.programme.event_effect import Effect, effect_of
from ocop.promotion import rules
from ocop.promotion.days import queries
from ocop.promotion.days.effect import Sums
from ocop.promotion.days.models import EventCost
from ocop.promotion.days.services import costs

router = Router(tags=["promotion"])
Json = dict[str, Any]


class EventCostIn(JsonIn):
    """Money that an event cost, in đồng."""

    words: str
    kind: Literal["ground", "building", "publicity", "travel", "staff", "other"]
    payer: Literal["state", "producers", "partners"]
    amount: int = Field(ge=1, le=costs.MOST_DONG)
    paid_on: date
    document: str = ""


class EventCostOut(Schema):
    """A cost. What was entered by mistake has the time and reason of its removal."""

    key: int
    words: str
    kind: str
    payer: str
    amount: int
    paid_on: date
    document: str
    removed_at: datetime | None
    removed_for: str


class EventSumsOut(Schema):
    """Sums of what booths told; `booths` told of at least one day. Money in đồng."""

    booths: int
    sold: int
    ordered: int
    contacts: int


class EventDayOut(EventSumsOut):
    """A day: visitors (by ticket and counted), people of the booths who entered, and sums."""

    day: date
    visitors: int
    exhibitors: int


class EventPartOut(EventSumsOut):
    """A sector: how many took part, and sums."""

    sector: str
    applicants: int


class EventComparedOut(Schema):
    """A figure before and now; `complete` is false while the time after is not over."""

    words: str
    before: int | None
    now: int
    complete: bool


class EventDealsOut(Schema):
    """What was signed at an event: how many memoranda and contracts, the value of contracts and
    what was delivered until now, in đồng."""

    memoranda: int
    contracts: int
    value: int
    delivered: int


class EventReportOut(EventSumsOut):
    """What an event brought. `compared` is with the last one of the series, `around` the goods
    shown before and after the event; `paid` is by payer, in đồng."""

    applicants: int
    visitors: int
    days: list[EventDayOut]
    sectors: list[EventPartOut]
    paid: dict[str, int]
    deals: EventDealsOut
    compared: list[EventComparedOut]
    around: list[EventComparedOut]


def _cost_out(row: EventCost) -> Json:
    names = ("words", "kind", "payer", "amount", "paid_on", "document", "removed_at", "removed_for")
    return {"key": row.pk, **{name: getattr(row, name) for name in names}}


def _sums(sums: Sums) -> Json:
    return {name: getattr(sums, name) for name in ("booths", "sold", "ordered", "contacts")}


@router.get(
    "/trade-events/{code}/costs",
    response=Page[EventCostOut],
    operation_id="event_costs",
    summary=N_("Chi phí của một sự kiện"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def cost_list(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """What an event cost, in the order in which it was noted."""
    found = event_of(request, code, READ_PROMOTION)
    require(request.actor, rules.may_see_all)
    rows = queries.costs_visible_to(request.actor).filter(event=found)
    return page(request, response, rows, _cost_out)


@router.post(
    "/trade-events/{code}/costs",
    response={201: EventCostOut},
    operation_id="add_event_cost",
    summary=N_("Ghi khoản chi của sự kiện"),
)
def add_cost(request: ApiRequest, code: str, told: EventCostIn) -> Status[Json]:
    """Note money that an event cost."""
    made = costs.add_cost(
        actor=request.actor,
        event=event_of(request, code),
        cost=costs.Cost(
            told.kind, told.payer, told.words, told.amount, told.paid_on, told.document
        ),
        at=timezone.now(),
    )
    return Status(201, _cost_out(made))


@router.post(
    "/trade-events/{code}/costs/{key}/removal",
    response=EventCostOut,
    operation_id="remove_event_cost",
    summary=N_("Bỏ khoản chi của sự kiện"),
)
def remove_cost(request: ApiRequest, code: str, key: int, told: ReasonIn) -> Json:
    """Take out a cost that was entered by mistake; it stays to be read."""
    found = event_of(request, code)
    require(request.actor, rules.may_manage)
    rows = queries.costs_visible_to(request.actor).filter(event=found)
    row = costs.remove_cost(
        actor=request.actor, cost=get_object_or_404(rows, pk=key), reason=told.reason,
        at=timezone.now(),
    )  # fmt: skip
    return _cost_out(row)


@router.get(
    "/trade-events/{code}/report",
    response=EventReportOut,
    operation_id="event_report",
    summary=N_("Báo cáo kết quả một sự kiện"),
)
def report(request: ApiRequest, code: str) -> Json:
    """Who came, what was sold, what it cost, and what it brought, as it stands today."""
    found = event_of(request, code, READ_PROMOTION)
    require(request.actor, rules.may_see_all)
    return _report_out(effect_of(found, timezone.localdate()))


def _report_out(told: Effect) -> Json:
    compared = [
        {"words": words, "before": figure.before, "now": figure.now, "complete": True}
        for words, figure in told.compared
    ]
    around = [
        {
            "words": each.words, "before": each.figure.before, "now": each.figure.now,
            "complete": each.is_known,
        }
        for each in told.around
    ]  # fmt: skip
    return {
        **_sums(told.sums),
        "applicants": len(told.makers),
        "visitors": told.visitors,
        "days": [
            {
                "day": each.day, "visitors": each.visitors, "exhibitors": each.exhibitors,
                **_sums(told.days[each.day]),
            }
            for each in told.came
        ],
        "sectors": [
            {"sector": part.sector, "applicants": part.booths, **_sums(part.sums)}
            for part in told.parts
        ],
        "paid": dict(told.paid),
        "deals": {
            name: getattr(told.deals, name)
            for name in ("memoranda", "contracts", "value", "delivered")
        },
        "compared": compared,
        "around": around,
    }  # fmt: skip
