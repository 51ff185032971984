"""What producers offer: to the buyer of a demand, and to everybody."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.demands import MatchReasonOut, MeasureIn, ReachIn, demand_of, reasons_out
from ocop.api.v1.register import MakerOut
from ocop.api.v1.writing import CodeOut
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.promotion.meetings import explaining, queries, rules
from ocop.promotion.meetings.models import DemandOffer
from ocop.promotion.meetings.services import offers
from ocop.promotion.meetings.services.offers import Answer, Offered

router = Router(tags=["promotion"])
Json = dict[str, Any]


class DemandOfferIn(JsonIn):
    """A product offered to the buyer of a demand; `price` in đồng for one of the measure."""

    product: str
    contact: str
    phone: str = ""
    price: int | None = None
    note: str = ""


class DemandOfferOut(Schema):
    """An offer to a buyer. `state` is sent, wanted, declined or withdrawn."""

    code: str
    product: str
    name: str
    producer: MakerOut
    contact: str
    phone: str
    price: int | None
    note: str
    points: int
    reasons: list[MatchReasonOut]
    state: str
    sent_at: datetime


class JudgementIn(JsonIn):
    """Whether the buyer wants to meet the producer."""

    wanted: bool


class SupplyIn(JsonIn):
    """What is offered of a product to everybody: so much a month; without `months` all the year."""

    quantity: Decimal = Field(max_digits=12, decimal_places=2)
    measure: MeasureIn = "kg"
    months: list[int] = Field([], max_length=12)
    reach: ReachIn = "here"
    price: int | None = None
    note: str = ""


def _offer_of(request: ApiRequest, code: str) -> DemandOffer:
    need_scope(request.actor, WRITE_PROMOTION)
    found: DemandOffer = get_object_or_404(queries.offers_visible_to(request.actor), code=code)
    return found


def _product_of(request: ApiRequest, code: str) -> Product:
    need_scope(request.actor, WRITE_PROMOTION)
    rows = products.visible_to(request.actor).select_related("producer")
    return get_object_or_404(rows, code=code)


def _offer_out(row: DemandOffer) -> Json:
    names = ("code", "contact", "phone", "price", "note", "points", "state", "sent_at")
    return {
        **{name: getattr(row, name) for name in names},
        "product": row.product.code,
        "name": row.product.name,
        "producer": MakerOut(code=row.producer.code, name=row.producer.name),
        "reasons": reasons_out(explaining.read(row.reasons)),
    }


@router.get(
    "/demands/{code}/offers",
    response=Page[DemandOfferOut],
    operation_id="demand_offers",
    summary=N_("Chào hàng cho một nhu cầu"),
)
def offer_list(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """Offers to the buyer of a demand, those that the caller may know."""
    found = demand_of(request, code, READ_PROMOTION)
    rows = queries.offers_visible_to(request.actor).filter(demand=found)
    return page(request, response, rows, _offer_out)


@router.post(
    "/demands/{code}/offers",
    response={201: CodeOut},
    operation_id="answer_demand",
    summary=N_("Chào hàng cho người mua"),
)
def answer(request: ApiRequest, code: str, told: DemandOfferIn) -> Status[CodeOut]:
    """Offer a product to the buyer of a demand, who is told."""
    found = demand_of(request, code)
    made = offers.answer_demand(
        actor=request.actor, demand=found, product=_product_of(request, told.product),
        answer=Answer(told.contact, told.phone, told.price, told.note), at=timezone.now(),
    )  # fmt: skip
    return Status(201, CodeOut(code=made.code))


@router.post(
    "/demand-offers/{code}/withdrawal",
    response=CodeOut,
    operation_id="withdraw_demand_offer",
    summary=N_("Rút chào hàng"),
)
def withdraw(request: ApiRequest, code: str) -> CodeOut:
    """Take an offer back."""
    offers.withdraw_offer(
        actor=request.actor, offer=_offer_of(request, code), at=timezone.now()
    )  # fmt: skip
    return CodeOut(code=code)


@router.put(
    "/demand-offers/{code}/judgement",
    response=CodeOut,
    operation_id="judge_demand_offer",
    summary=N_("Ghi trả lời của người mua"),
)
def judge(request: ApiRequest, code: str, told: JudgementIn) -> CodeOut:
    """Note for the buyer whether they want to meet; the producer is told."""
    offers.judge_offer(
        actor=request.actor, offer=_offer_of(request, code), wanted=told.wanted,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)


@router.put(
    "/products/{code}/supply",
    response=CodeOut,
    operation_id="offer_supply",
    summary=N_("Ghi khả năng cung ứng"),
)
def offer_supply(request: ApiRequest, code: str, told: SupplyIn) -> CodeOut:
    """Offer a product to everybody who looks for it, or tell it anew."""
    offered = Offered(**told.model_dump() | {"months": tuple(told.months)})
    made = offers.offer_supply(
        actor=request.actor, product=_product_of(request, code), offered=offered,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=made.code)


@router.delete(
    "/products/{code}/supply",
    response=CodeOut,
    operation_id="end_supply",
    summary=N_("Thôi chào bán"),
)
def end_supply(request: ApiRequest, code: str) -> CodeOut:
    """Offer a product no more."""
    found = _product_of(request, code)
    require(request.actor, rules.may_offer_for, found.producer, timezone.localdate())
    row = get_object_or_404(queries.supply_of(found))
    offers.end_supply(actor=request.actor, supply=row, at=timezone.now())
    return CodeOut(code=row.code)
