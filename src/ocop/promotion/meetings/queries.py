"""Reads of trade meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.people.roles import Role
from ocop.places import spelling
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product, ProductState
from ocop.promotion.meetings import following, matching, rules, states
from ocop.promotion.meetings.models import (
    Deal,
    DealKind,
    DealState,
    Demand,
    DemandOffer,
    FollowUp,
    MeetingRound,
    MeetingSlot,
    OfferState,
    Outcome,
    RoundState,
    Supply,
)
from ocop.recognition.standing import standing
from ocop.recognition.states import holding
from ocop.recognition.validity import HOLDING

MOST_MATCHES = 60
LONGEST_ROUND = timedelta(days=8)  # of sixty turns of three hours
#: Demands are told to producers whose goods have so many of a hundred points.
NEAR = 40


def open_demands(on: date) -> QuerySet[Demand]:
    """What the public sees: posted, not ended, its last day not over."""
    return Demand.objects.filter(state=states.OPEN, open_until__gte=on)


def ending_demands(start: date, end: date) -> QuerySet[Demand]:
    """Posted demands whose last day is between two days, and was not told to the buyer yet."""
    rows = Demand.objects.filter(state=states.OPEN, open_until__range=(start, end))
    return rows.exclude(told_until=F("open_until"))


def demands_visible_to(actor: Actor, on: date) -> QuerySet[Demand]:
    """The office, auditors and organisers: all. Everybody else those that are posted, and those
    that goods of the own producers and communes were offered to."""
    if rules.may_see_all(actor):
        return Demand.objects.all()
    offered = DemandOffer.objects.filter(_concerning(actor))
    posted = Q(state=states.OPEN, open_until__gte=on)
    return Demand.objects.filter(posted | Q(pk__in=offered.values("demand")))


def with_offers(rows: QuerySet[Demand]) -> QuerySet[Any]:
    """Demands with how many offers stand, and how many the buyer wants to meet about."""
    stands = ~Q(offers__state=OfferState.WITHDRAWN)
    return rows.annotate(
        offers_count=Count("offers", filter=stands),
        wanted_count=Count("offers", filter=Q(offers__state=OfferState.WANTED)),
    )


def offers_visible_to(actor: Actor) -> QuerySet[DemandOffer]:
    """Offers: to the office, auditors and organisers all; else those of the own producers and
    communes."""
    rows = DemandOffer.objects.select_related("producer", "product", "demand")
    return rows if rules.may_see_all(actor) else rows.filter(_concerning(actor))


def own_offers(actor: Actor) -> QuerySet[DemandOffer]:
    """Offers of the producers that an actor acts for."""
    rows = DemandOffer.objects.select_related("producer", "product", "demand")
    return rows.filter(producer__in=producers.own(actor).values("pk"))


def deals_visible_to(actor: Actor) -> QuerySet[Deal]:
    """Deals: to the office, auditors and organisers all; else those of the own producers and
    communes."""
    rows = Deal.objects.select_related("producer", "event", "demand")
    return rows if rules.may_see_all(actor) else rows.filter(_concerning(actor))


def own_deals(actor: Actor) -> QuerySet[Deal]:
    """Deals of the producers that an actor acts for."""
    rows = Deal.objects.select_related("producer", "event", "demand")
    return rows.filter(producer__in=producers.own(actor).values("pk"))


def with_progress(rows: QuerySet[Deal]) -> QuerySet[Any]:
    """Deals with what was delivered so far and the day of the first answer that is missing."""
    waits = Q(follow_ups__told_at=None, state=DealState.RUNNING)
    return rows.annotate(
        delivered=Max("follow_ups__delivered"), due_on=Min("follow_ups__due_on", filter=waits)
    )


def _concerning(actor: Actor) -> Q:
    seen = Q(producer__in=producers.own(actor).values("pk"))
    if actor.has(Role.COMMUNE_OFFICER):
        area = Producer.objects.filter(producers.in_area(actor, ""))
        seen |= Q(producer__in=area.values("pk"))
    return seen


def rounds_visible_to(actor: Actor) -> QuerySet[MeetingRound]:
    """Rounds of meetings: whoever sees all demands."""
    rows = MeetingRound.objects.select_related("event")
    return rows if rules.may_see_all(actor) else rows.none()


def slots_of(found: MeetingRound) -> QuerySet[MeetingSlot]:
    """The meetings of a round in their order."""
    return found.slots.select_related("host", "producer").order_by("turn", "table")


def own_slots(actor: Actor) -> QuerySet[MeetingSlot]:
    """Meetings of the own producers whose timetable was told."""
    rows = MeetingSlot.objects.select_related("round", "host", "producer")
    return rows.filter(
        round__state=RoundState.TOLD, producer__in=producers.own(actor).values("pk")
    ).order_by("-round__starts_at", "turn")


def progress_of(deal: Deal, on: date) -> following.Progress:
    """How far a deal has come."""
    told = [following.Told(row.due_on, row.delivered) for row in deal.follow_ups.all()]
    return following.progress(deal.value, told, on)


@dataclass(frozen=True, slots=True)
class Sums:
    """What deals come to: how many of each kind, their value, what was delivered; those that a
    memorandum became are not counted twice."""

    memoranda: int
    contracts: int
    value: int
    delivered: int

    @property
    def signed(self) -> int:
        """How many in all."""
        return self.memoranda + self.contracts

    @property
    def millions(self) -> tuple[int, int]:
        """Value and what was delivered in whole million đồng."""
        return self.value // 1_000_000, self.delivered // 1_000_000


def sums_of(rows: QuerySet[Deal]) -> Sums:
    """What these deals come to. Broken deals keep what was delivered and count no value; what was
    entered by mistake counts nowhere."""
    rows = rows.exclude(state=DealState.MISTAKEN)
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    contracts = rows.filter(kind=DealKind.CONTRACT).exclude(state=DealState.BROKEN)
    value = contracts.order_by().aggregate(sum=Sum("value"))["sum"] or 0
    keys = rows.order_by().values("pk")
    told = FollowUp.objects.filter(deal__in=keys).order_by().values("deal")
    delivered = sum(row["most"] or 0 for row in told.annotate(most=Max("delivered")))
    return Sums(
        counts.get(DealKind.MEMORANDUM, 0), counts.get(DealKind.CONTRACT, 0), value, delivered
    )


def due_follow_ups(start: date, end: date) -> QuerySet[FollowUp]:
    """Answers that running deals owe, due between two days."""
    rows = FollowUp.objects.filter(told_at=None, due_on__range=(start, end))
    return rows.filter(deal__state=DealState.RUNNING).select_related("deal__producer")


@dataclass(frozen=True, slots=True)
class Found:
    """A product that fits a demand, with its offer where there is one."""

    product: Any  # with what `standing` says
    supply: Supply | None
    match: matching.Match

    @property
    def points(self) -> int:
        return self.match.points


def supply_of(product: Product) -> QuerySet[Supply]:
    """What is offered of a product to everybody now: one row or none."""
    return Supply.objects.filter(product=product, ended_at=None)


def goods_for(demand: Demand, products: QuerySet[Product], on: date) -> list[Found]:
    """Which of these products fit a demand on a day, the best first."""
    return _fitting(demand, _known(standing(products, on)))


def matches_of(demand: Demand, on: date) -> list[Found]:
    """Goods of all producers that fit: with a star that holds, or offered to everybody."""
    offered = Supply.objects.filter(product=OuterRef("pk"), ended_at=None)
    rows = standing(Product.objects.all(), on).filter(holding("star_state") | Exists(offered))
    if demand.sector:
        rows = rows.filter(sector=demand.sector)
    return _fitting(demand, _known(rows))[:MOST_MATCHES]


def fitting_for(demand: Demand, actor: Actor, on: date) -> list[Found]:
    """Goods that fit, the best first: those of all producers for whoever sees all, else those of
    the own producers and communes."""
    if rules.may_see_all(actor):
        return matches_of(demand, on)
    return goods_for(demand, Product.objects.filter(_concerning(actor)), on)[:MOST_MATCHES]


def goods_to_offer(
    demand: Demand, fitting: Iterable[Found], actor: Actor, on: date
) -> list[Product]:
    """Of the goods that fit an open demand, those that somebody may offer and that were not offered
    yet, in their order."""
    if demand.standing(on) != states.OPEN:
        return []
    stands = demand.offers.exclude(state=OfferState.WITHDRAWN)
    taken = set(stands.values_list("product", flat=True))
    return [
        each.product
        for each in fitting
        if each.product.pk not in taken and rules.may_offer_for(actor, each.product.producer, on)
    ]


def demands_for(products: QuerySet[Product], on: date) -> list[tuple[Demand, Found]]:
    """Open demands that one of these products fits well, each with the best of them."""
    known = _known(standing(products, on))
    told = [
        (demand, fitting[0])
        for demand in open_demands(on).order_by("-opened_at")
        if (fitting := _fitting(demand, known)) and fitting[0].points >= NEAR
    ]
    return sorted(told, key=lambda pair: -pair[1].points)


@dataclass(frozen=True, slots=True)
class _Known:
    """A product as it is compared."""

    product: Any
    supply: Supply | None
    goods: matching.Goods


def _known(rows: QuerySet[Any]) -> list[_Known]:
    found = list(rows.exclude(state=ProductState.STOPPED).select_related("producer__commune"))
    supplies = {
        row.product_id: row
        for row in Supply.objects.filter(product__in=[row.pk for row in found], ended_at=None)
    }
    return [
        _Known(row, supply, facts_of(row, supply))
        for row in found
        for supply in (supplies.get(row.pk),)
    ]


def _fitting(demand: Demand, known: Iterable[_Known]) -> list[Found]:
    wanted = demand.facts()
    found = [
        Found(each.product, each.supply, match)
        for each in known
        if (match := matching.match(wanted, each.goods)) is not None
    ]
    return sorted(found, key=lambda each: (-each.points, each.product.folded, each.product.pk))


def facts_of(product: Any, supply: Supply | None) -> matching.Goods:
    """A product as it is compared with a demand; stars count while they hold."""
    stars = product.stars if product.star_state in HOLDING else None
    words = frozenset(spelling.syllables(product.name))
    bare = frozenset(map(spelling.without_marks, words))
    about = (words, product.sector, product.set_number or 0, stars)
    if supply is None:
        return matching.Goods(*about, folded=bare)
    return matching.Goods(
        *about, supply.quantity, matching.Measure(supply.measure),
        frozenset(supply.months) or matching.YEAR, matching.Reach(supply.reach), bare,
    )  # fmt: skip


def buyer_key(demand: Demand) -> str:
    """Who a buyer is: the address of the letters; without one the name."""
    return demand.email.lower() or folding.words(demand.buyer)


def wishes(demands: Iterable[Demand]) -> list[DemandOffer]:
    """Offers whose buyer wants to meet the producer."""
    keys = [row.pk for row in demands]
    rows = DemandOffer.objects.filter(demand__in=keys, state=OfferState.WANTED)
    return list(rows.select_related("demand", "producer").order_by("demand", "pk"))


def met() -> set[tuple[str, int]]:
    """Buyers and producers that met, or will by a timetable that was told; where one side stayed
    away they may meet again."""
    rows = MeetingSlot.objects.filter(round__state=RoundState.TOLD)
    told = rows.exclude(outcome=Outcome.ABSENT).select_related("host")
    return {(buyer_key(slot.host), slot.producer_id) for slot in told}


def engaged(found: MeetingRound) -> tuple[set[str], set[int]]:
    """Buyers and producers who meet somebody while this round lasts, by a timetable of another
    round that was told."""
    ends_at = found.starts_at + timedelta(minutes=found.turns * found.minutes)
    near = MeetingSlot.objects.filter(
        round__state=RoundState.TOLD,
        round__starts_at__gt=found.starts_at - LONGEST_ROUND,
        round__starts_at__lt=ends_at,
    ).exclude(round=found)
    buyers: set[str] = set()
    makers: set[int] = set()
    for slot in near.select_related("round", "host"):
        turn = timedelta(minutes=slot.round.minutes)
        begins = slot.round.starts_at + slot.turn * turn
        if begins < ends_at and begins + turn > found.starts_at:
            buyers.add(buyer_key(slot.host))
            makers.add(slot.producer_id)
    return buyers, makers


def waiting_demands(on: date) -> QuerySet[Demand]:
    """Open demands with offers whose buyer wants to meet."""
    wanted = DemandOffer.objects.filter(state=OfferState.WANTED)
    rows = Demand.objects.filter(state=states.OPEN, open_until__gte=on)
    return rows.filter(pk__in=wanted.values("demand")).order_by("buyer", "pk")


def owing(rows: QuerySet[Deal], on: date) -> QuerySet[Deal]:
    """Running deals with an answer that is late on a day."""
    late = FollowUp.objects.filter(told_at=None, due_on__lt=on)
    return rows.filter(state=DealState.RUNNING, pk__in=late.values("deal"))
