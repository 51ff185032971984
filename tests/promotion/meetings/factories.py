"""Demands, offers, rounds and deals, made by the services as people make them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.products.models import Product
from ocop.promotion.meetings.models import (
    BuyerKind,
    Deal,
    DealKind,
    Demand,
    DemandOffer,
    MeetingRound,
    MeetingSlot,
    Supply,
)
from ocop.promotion.meetings.services import deals, demands, offers, rounds
from ocop.promotion.meetings.services.deals import Signed
from ocop.promotion.meetings.services.demands import Told
from ocop.promotion.meetings.services.offers import Answer, Offered
from ocop.promotion.meetings.services.rounds import Plan
from tests.promotion.factories import make_goods


def told_of(now: datetime, **more: Any) -> Told:
    """A shop in another province that looks for honey all the year."""
    given = {
        "buyer": f"Siêu thị {Demand.objects.count()}",
        "buyer_kind": BuyerKind.RETAIL,
        "contact": "Trần Văn B",
        "email": f"mua{Demand.objects.count()}@vi-du.vn",
        "wanted": "Mật ong",
        "open_until": timezone.localdate(now) + timedelta(days=60),
        "quantity": Decimal(100),
        "reach": "country",
    }
    return Told(**{**given, **more})


def sent(now: datetime, **more: Any) -> Demand:
    """A demand whose buyer has not confirmed it."""
    return demands.post_demand(actor=SYSTEM, told=told_of(now, **more), at=now)


def confirmed(now: datetime, **more: Any) -> Demand:
    """A demand that the office may post."""
    return demands.confirm_demand(actor=SYSTEM, demand=sent(now, **more), at=now)


def posted(now: datetime, **more: Any) -> Demand:
    """A demand that everybody sees."""
    return demands.publish_demand(actor=SYSTEM, demand=confirmed(now, **more), at=now)


def supplied(now: datetime, product: Product | None = None, **more: Any) -> Supply:
    """A product that is offered to everybody."""
    offered = Offered(**{"quantity": Decimal(200), "reach": "country", **more})
    return offers.offer_supply(
        actor=SYSTEM, product=product or make_goods(now), offered=offered, at=now
    )


def answered(now: datetime, demand: Demand, product: Product | None = None) -> DemandOffer:
    """A product offered to the buyer of a demand."""
    return offers.answer_demand(
        actor=SYSTEM, demand=demand, product=product or make_goods(now),
        answer=Answer("Nguyễn Thị A", "0912345678"), at=now,
    )  # fmt: skip


def wished(now: datetime, demand: Demand, product: Product | None = None) -> DemandOffer:
    """An offer whose buyer wants to meet."""
    row = answered(now, demand, product)
    return offers.judge_offer(actor=SYSTEM, offer=row, wanted=True, at=now)


def plan_of(now: datetime, **more: Any) -> Plan:
    """Four turns of a quarter of an hour at three tables, in a week."""
    given = {
        "name": f"Kết nối {MeetingRound.objects.count()}",
        "place": "Hội trường A",
        "starts_at": now + timedelta(days=7),
        "turns": 4,
        "minutes": 15,
        "tables": 3,
    }
    return Plan(**{**given, **more})


def planned(now: datetime, **more: Any) -> MeetingRound:
    """A round without a timetable."""
    return rounds.plan_meetings(actor=SYSTEM, plan=plan_of(now, **more), at=now)


def arranged(now: datetime, **more: Any) -> MeetingRound:
    """A round with one meeting."""
    wished(now, posted(now))
    return rounds.arrange_meetings(actor=SYSTEM, round=planned(now, **more), at=now)


def told(now: datetime, **more: Any) -> MeetingSlot:
    """A meeting of a round that both sides know of, in its first turn."""
    row = rounds.tell_meetings(actor=SYSTEM, round=arranged(now, **more), at=now)
    slot: MeetingSlot = row.slots.order_by("turn", "table")[0]
    return slot


def signed_of(now: datetime, **more: Any) -> Signed:
    """A contract of 100 million đồng, signed today."""
    given = {
        "kind": DealKind.CONTRACT, "subject": "Mật ong", "buyer": "Siêu thị A",
        "signed_on": timezone.localdate(now), "value": 100_000_000,
    }  # fmt: skip
    return Signed(**{**given, **more})


def deal(now: datetime, product: Product | None = None, **more: Any) -> Deal:
    """A deal of a producer."""
    maker = (product or make_goods(now)).producer
    return deals.record_deal(actor=SYSTEM, producer=maker, signed=signed_of(now, **more), at=now)
