"""Events, plans and applications, made by the services as the office makes them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import plan
from ocop.promotion.jobs import work
from ocop.promotion.models import Allocation, EventApplication, TradeEvent
from ocop.promotion.services import allocating, applying, events, plans
from ocop.promotion.services.applying import GoodsWish, Wish
from ocop.promotion.services.events import EventParticulars
from tests.traceability.factories import make_item, make_lot
from tests.world import recognised

HALL = plan.Hall(300, 200)


def particulars_of(now: datetime, **more: Any) -> EventParticulars:
    """A fair of four days, a month from now; its call ends in ten days."""
    today = timezone.localdate(now)
    starts_on = more.pop("starts_on", today + timedelta(days=30))
    given = {
        "name": f"Hội chợ {TradeEvent.objects.count()}",
        "kind": "fair",
        "place": "Sân vận động Mỹ Đình",
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=3),
        "calls_until": min(starts_on, today + timedelta(days=10)),
    }
    return EventParticulars(**{**given, **more})


def make_event(now: datetime, *, called: bool = True, **more: Any) -> TradeEvent:
    """An event, its call open."""
    event = events.plan_event(actor=SYSTEM, particulars=particulars_of(now, **more), at=now)
    return events.open_call(actor=SYSTEM, event=event, at=now) if called else event


def with_plan(
    now: datetime, event: TradeEvent, zones: Sequence[tuple[str, int]] = (("", 4),)
) -> TradeEvent:
    """The event with booths of 9 m² in rows."""
    spots = plan.in_rows(HALL, zones, plan.Rows())
    plans.set_plan(actor=SYSTEM, event=event, hall=HALL, spots=spots, at=now)
    return event


def make_goods(now: datetime, name: str = "", *, traced: bool = True, **more: Any) -> Product:
    """A product with a valid star, made in a lot that can be traced."""
    row = recognised(name or f"Mật ong {Product.objects.count()}", **more)
    if traced:
        make_lot(make_item(row.product, now), now)
    return row.product


def wish_of(*products: Product, **more: Any) -> Wish:
    """A wish for a booth of 9 m² with these goods, their labels vouched for."""
    goods = [GoodsWish(product, labelled=True) for product in products]
    return Wish(**{"contact": "Nguyễn Thị A", "area": 900, "goods": goods, **more})


def applied(
    now: datetime, event: TradeEvent, product: Product | None = None, **more: Any
) -> EventApplication:
    """A producer that applied with goods that have everything."""
    found = product or make_goods(now)
    return applying.apply(
        actor=SYSTEM, event=event, producer=found.producer, wish=wish_of(found, **more), at=now
    )


def closed(now: datetime, event: TradeEvent) -> TradeEvent:
    """The call is over."""
    return events.close_call(actor=SYSTEM, event=event, at=now)


def choosing(now: datetime, applicants: int = 2, booths: int = 4) -> TradeEvent:
    """A fair with a plan, its call over, with these many who wait."""
    event = with_plan(now, make_event(now), (("", booths),))
    for _n in range(applicants):
        applied(now, event)
    return closed(now, event)


def computed(now: datetime, event: TradeEvent) -> Allocation:
    """An allocation that the worker has done."""
    made = allocating.ask_allocation(actor=SYSTEM, event=event, at=now)
    work.call(made.pk, made.run)
    made.refresh_from_db()
    return made


def told(now: datetime, event: TradeEvent) -> TradeEvent:
    """Booths given, the result told."""
    allocating.take_allocation(actor=SYSTEM, made=computed(now, event), at=now)
    return events.publish_result(actor=SYSTEM, event=event, at=now)


def day_after(event: TradeEvent) -> datetime:
    """The morning after an event."""
    return timezone.make_aware(
        datetime.combine(event.ends_on + timedelta(days=1), datetime.min.time())
    )


def held_before(now: datetime, producer: Producer, series: str, on: date) -> TradeEvent:
    """An earlier event of a series at which this producer had a booth."""
    event = make_event(now, series=series, takes_booths=False, least_stars=None,
        needs_trace=False, needs_labels=False)  # fmt: skip
    product = producer.products.first()
    assert product is not None
    applied(now, event, product)
    closed(now, event)
    events.publish_result(actor=SYSTEM, event=event, at=now)
    TradeEvent.objects.filter(pk=event.pk).update(
        starts_on=on, ends_on=on, calls_until=on, state="held"
    )
    event.refresh_from_db()
    return event
