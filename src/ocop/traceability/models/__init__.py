"""Tables of traceability: what is sold, its lots, and ranges of stamps. No row for a stamp."""

from ocop.traceability.models.captures import CaptureJob, Material
from ocop.traceability.models.events import EventThing, EventType, ThingRole, TraceEvent
from ocop.traceability.models.items import ForeignCode, Lot, Site, TradeItem
from ocop.traceability.models.openings import StampOpening
from ocop.traceability.models.prints import PrintKind, PrintState, StampPrint
from ocop.traceability.models.stamps import (
    ExceptionKind,
    OrderState,
    RangeState,
    StampAllowance,
    StampException,
    StampKey,
    StampOrder,
    StampRange,
)

__all__ = [
    "CaptureJob",
    "EventThing",
    "EventType",
    "ExceptionKind",
    "ForeignCode",
    "Lot",
    "Material",
    "OrderState",
    "PrintKind",
    "PrintState",
    "RangeState",
    "Site",
    "StampAllowance",
    "StampException",
    "StampKey",
    "StampOpening",
    "StampOrder",
    "StampPrint",
    "StampRange",
    "ThingRole",
    "TraceEvent",
    "TradeItem",
]
