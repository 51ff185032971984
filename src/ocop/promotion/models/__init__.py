"""Tables of promotion."""

from ocop.promotion.models.allocations import Allocation, BoothAssignment
from ocop.promotion.models.applications import (
    ApplicationState,
    EventApplication,
    EventGoods,
)
from ocop.promotion.models.events import (
    EventKind,
    EventOrganiser,
    EventSeries,
    EventState,
    TradeEvent,
)
from ocop.promotion.models.plans import EventBooth

__all__ = [
    "Allocation",
    "ApplicationState",
    "BoothAssignment",
    "EventApplication",
    "EventBooth",
    "EventGoods",
    "EventKind",
    "EventOrganiser",
    "EventSeries",
    "EventState",
    "TradeEvent",
]
