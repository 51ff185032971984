"""Examples of the days of events: tickets, entries, sales, visitors, costs."""

import uuid
from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.promotion.days.services import costs, entering
from ocop.promotion.days.services.costs import Cost
from ocop.promotion.days.services.telling import Sold
from tests.promotion.days import factories


def _ticket(now: datetime) -> dict[str, Any]:
    return {"ticket": factories.exhibitor(now, factories.going_on(now)), "reason": "Mất vé"}


def _cost(now: datetime) -> dict[str, Any]:
    event = factories.going_on(now)
    return {"event": event, "cost": Cost("ground", "state", "Mặt bằng", 9, event.starts_on)}


def _wrong(now: datetime) -> dict[str, Any]:
    made = costs.add_cost(actor=SYSTEM, **_cost(now), at=now)
    return {"cost": made, "reason": "Ghi nhầm khoản"}


def _shown(now: datetime) -> dict[str, Any]:
    event = factories.going_on(now)
    ticket = factories.exhibitor(now, event)
    return {"event": event, "records": [factories.shown(ticket.code, event.starts_on)]}


def _entered(now: datetime) -> dict[str, Any]:
    told = _shown(now)
    entering.check_in(actor=SYSTEM, **told, at=now)
    event = told["event"]
    return {"ticket": event.tickets.get(), "day": event.starts_on, "reason": "Nhầm vé"}


def _told(now: datetime) -> dict[str, Any]:
    event = factories.going_on(now)
    return {
        "application": factories.first(event),
        "day": event.starts_on,
        "told": Sold(5_000_000, 0, 3),
        "client_id": uuid.UUID(int=5),
    }


def _counted(now: datetime) -> dict[str, Any]:
    event = factories.going_on(now)
    return {"event": event, "day": event.starts_on, "counted": 120}


EXAMPLES = {
    "promotion.issue_tickets": lambda now: {
        "event": factories.going_on(now),
        "kind": "visitor",
        "count": 3,
    },
    "promotion.name_exhibitor": lambda now: {
        "application": factories.first(factories.going_on(now)),
        "holder": "Chị Hai",
    },
    "promotion.take_ticket": lambda now: {"event": factories.going_on(now)},
    "promotion.void_ticket": _ticket,
    "promotion.check_in": _shown,
    "promotion.undo_check_in": _entered,
    "promotion.report_booth_day": _told,
    "promotion.count_visitors": _counted,
    "promotion.add_cost": _cost,
    "promotion.remove_cost": _wrong,
}
