"""Events on their days: result told, tickets issued, days told of."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM, Actor
from ocop.core.checkins import CheckIn
from ocop.people.models import User
from ocop.people.queries import actor_for
from ocop.products.models import Product
from ocop.promotion.days.models import BoothDay, EventTicket
from ocop.promotion.days.services import telling, tickets
from ocop.promotion.days.services.telling import Sold
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.promotion.services import events
from tests.promotion import factories as making


def going_on(
    now: datetime,
    *,
    applicants: int = 2,
    since: int = 1,
    product: Product | None = None,
    **more: Any,
) -> TradeEvent:
    """An event of four days without booths, its result told, that began `since` days ago; the
    producer of `product` takes part first."""
    event = making.make_event(now, takes_booths=False, **more)
    if product:
        making.applied(now, event, product)
    for _n in range(applicants):
        making.applied(now, event)
    making.closed(now, event)
    events.publish_result(actor=SYSTEM, event=event, at=now)
    return begun(event, timezone.localdate(now) - timedelta(days=since))


def begun(event: TradeEvent, on: date) -> TradeEvent:
    """The same event, its four days from this one on."""
    last = on + timedelta(days=3)
    TradeEvent.objects.filter(pk=event.pk).update(starts_on=on, ends_on=last, calls_until=on)
    event.refresh_from_db()
    return event


def exhibitor(now: datetime, event: TradeEvent, holder: str = "Chị Hai") -> EventTicket:
    """The ticket of somebody of the first booth."""
    row = first(event)
    return tickets.name_exhibitor(actor=SYSTEM, application=row, holder=holder, at=now)


def visitors(now: datetime, event: TradeEvent, count: int = 3) -> list[EventTicket]:
    """Tickets of visitors."""
    return tickets.issue_tickets(actor=SYSTEM, event=event, kind="visitor", count=count, at=now)


def first(event: TradeEvent) -> EventApplication:
    """The first application of an event."""
    return event.applications.select_related("event", "producer").order_by("pk")[0]


def shown(ticket: str, day: date, hour: time = time(9), gate: str = "A") -> CheckIn:
    """A ticket shown at a gate."""
    at = timezone.make_aware(datetime.combine(day, hour))
    return CheckIn(at, uuid.uuid4(), ticket, gate, f"may-{gate}")


def told(now: datetime, row: EventApplication, day: date, **more: Any) -> BoothDay:
    """A booth that told of a day."""
    what = Sold(**{"sold": 5_000_000, "ordered": 20_000_000, "contacts": 12, **more})
    return telling.report_booth_day(
        actor=SYSTEM, application=row, day=day, told=what, client_id=uuid.uuid4(), at=now
    )


def acting(now: datetime, user: User) -> Actor:
    """Somebody as who acts today."""
    return actor_for(user, on=timezone.localdate(now))
