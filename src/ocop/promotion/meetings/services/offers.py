"""What producers offer: to everybody who looks for it, and to one buyer."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.products.models import Product, ProductState
from ocop.promotion.meetings import explaining, notices, queries, rules, states
from ocop.promotion.meetings.models import (
    Demand,
    DemandOffer,
    MeasureChoice,
    OfferState,
    ReachChoice,
    Supply,
)
from ocop.promotion.meetings.services.demands import (
    check_price,
    check_quantity,
    checked_months,
    one_of,
    refuse,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered of a product: so much a month, in these months (none: all), how far."""

    quantity: Decimal
    measure: str = "kg"
    months: tuple[int, ...] = ()
    reach: str = "here"
    price: int | None = None
    note: str = ""


@action("promotion.offer_supply")
def offer_supply(*, actor: Actor, product: Product, offered: Offered, at: datetime) -> Supply:
    """Offer a product to everybody who looks for it, or tell it anew.

    Refused: a product that is not made any more, no quantity.
    """
    require(actor, rules.may_offer_for, product.producer, timezone.localdate(at))
    Product.objects.select_for_update().get(pk=product.pk)
    if product.state == ProductState.STOPPED:
        raise refuse("product", _("Sản phẩm này đã ngừng sản xuất."))
    check_quantity(offered.quantity)
    check_price(offered.price)
    row = queries.supply_of(product).first() or Supply(code=public_code(), product=product)
    row.measure = one_of(offered.measure, MeasureChoice.values, "measure")
    row.reach = one_of(offered.reach, ReachChoice.values, "reach")
    row.months = checked_months(offered.months)
    row.quantity, row.price, row.note = offered.quantity, offered.price, offered.note.strip()
    row.offered_at = at
    fits(row)
    row.save()
    record(actor, "promotion.supply_offered", row, product, at=at)
    return row


@action("promotion.end_supply")
def end_supply(*, actor: Actor, supply: Supply, at: datetime) -> Supply:
    """Offer it no more. Offers that were sent to buyers stay. Refused: ended before."""
    require(actor, rules.may_offer_for, supply.product.producer, timezone.localdate(at))
    if not Supply.objects.filter(pk=supply.pk, ended_at=None).update(ended_at=at):
        raise Refused("supply_ended", _("Chào bán này đã kết thúc."))
    supply.refresh_from_db()
    record(actor, "promotion.supply_ended", supply, supply.product, at=at)
    return supply


@dataclass(frozen=True, slots=True)
class Answer:
    """An offer to one buyer: whom to call, and what is said."""

    contact: str
    phone: str = ""
    price: int | None = None
    note: str = ""


@action("promotion.answer_demand")
def answer_demand(
    *, actor: Actor, demand: Demand, product: Product, answer: Answer, at: datetime
) -> DemandOffer:
    """Offer a product to the buyer of a demand, who is told.

    Refused: a demand that is not open, goods that do not fit it, a product that was offered.
    """
    today = timezone.localdate(at)
    require(actor, rules.may_offer_for, product.producer, today)
    Demand.objects.select_for_update().get(pk=demand.pk)
    if not queries.open_demands(today).filter(pk=demand.pk).exists():
        raise Refused("demand_not_open", _("Nhu cầu này không còn nhận chào hàng."))
    stands = demand.offers.exclude(state=OfferState.WITHDRAWN)
    if stands.filter(product=product).exists():
        raise refuse("product", _("Sản phẩm này đã được chào cho người mua."))
    found = queries.goods_for(demand, Product.objects.filter(pk=product.pk), today)
    if not found:
        raise refuse("product", _("Sản phẩm này không khớp với điều người mua cần."))
    check_price(answer.price)
    row = DemandOffer(
        code=public_code(), demand=demand, product=product, producer=product.producer,
        contact=folding.clean(answer.contact), phone=folding.clean(answer.phone),
        price=answer.price, note=answer.note.strip(), points=found[0].points,
        reasons=explaining.kept(found[0].match), sent_at=at,
    )  # fmt: skip
    if not row.contact:
        raise refuse("contact", _("Hãy ghi họ tên người liên hệ."))
    fits(row)
    row.save()
    record(actor, "promotion.demand_answered", row, demand, product, product.producer, at=at)
    notices.offered(offer=row, at=at)
    return row


@action("promotion.withdraw_offer")
def withdraw_offer(*, actor: Actor, offer: DemandOffer, at: datetime) -> DemandOffer:
    """Take an offer to a buyer back. Refused: withdrawn before."""
    require(actor, rules.may_withdraw, offer, timezone.localdate(at))
    stands = _here(offer).exclude(state=OfferState.WITHDRAWN)
    if not stands.update(state=OfferState.WITHDRAWN):
        raise Refused("offer_withdrawn", _("Chào hàng này đã rút."))
    offer.refresh_from_db()
    record(
        actor, "promotion.offer_withdrawn", offer, offer.demand, offer.producer, at=at
    )  # fmt: skip
    return offer


@action("promotion.judge_offer")
def judge_offer(*, actor: Actor, offer: DemandOffer, wanted: bool, at: datetime) -> DemandOffer:
    """The buyer wants to meet the producer, or not; they may say so anew. The producer is told.

    Refused: an offer that was taken back, a demand that has ended or is past its last day.
    """
    require(actor, rules.may_act_for_buyer)
    if offer.demand.state != states.OPEN:
        raise states.wrong_state("close", offer.demand.state)
    if offer.demand.open_until < timezone.localdate(at):
        raise Refused("demand_over", _("Nhu cầu đã hết hạn. Hãy gia hạn rồi trả lời."))
    state = OfferState.WANTED if wanted else OfferState.DECLINED
    stands = _here(offer).exclude(state__in=(OfferState.WITHDRAWN, state))
    if not stands.update(state=state, judged_at=at):
        raise Refused("offer_judged", _("Chào hàng này đã rút, hoặc đã trả lời như vậy."))
    offer.refresh_from_db()
    record(
        actor, "promotion.offer_judged", offer, offer.demand, offer.producer, at=at,
        change={"wanted": wanted},
    )  # fmt: skip
    notices.judged(offer=offer, at=at)
    return offer


def _here(offer: DemandOffer) -> QuerySet[DemandOffer]:
    return DemandOffer.objects.filter(pk=offer.pk)
