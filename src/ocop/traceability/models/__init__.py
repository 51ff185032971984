"""Tables of traceability: what is sold, its lots, and ranges of stamps. No row for a stamp."""

from ocop.traceability.models.captures import CaptureJob, Material
from ocop.traceability.models.events import EventThing, EventType, ThingRole, TraceEvent
from ocop.traceability.models.items import ForeignCode, Lot, Site, TradeItem
from ocop.traceability.models.openings import StampOpening
from ocop.traceability.models.prints import PrintKind, StampPrint
from ocop.traceability.models.scans import (
    ForgedSource,
    OrderSeen,
    ScanClient,
    ScanDay,
    ScanFile,
    ScanHead,
    ScanPeriod,
    ScanPlaceDay,
    StampSeen,
)
from ocop.traceability.models.signals import Finding, ScanSignal, SignalRule, SignalState
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
    "Finding",
    "ForeignCode",
    "ForgedSource",
    "Lot",
    "Material",
    "OrderSeen",
    "OrderState",
    "PrintKind",
    "RangeState",
    "ScanClient",
    "ScanDay",
    "ScanFile",
    "ScanHead",
    "ScanPeriod",
    "ScanPlaceDay",
    "ScanSignal",
    "SignalRule",
    "SignalState",
    "Site",
    "StampAllowance",
    "StampException",
    "StampKey",
    "StampOpening",
    "StampOrder",
    "StampPrint",
    "StampRange",
    "StampSeen",
    "ThingRole",
    "TraceEvent",
    "TradeItem",
]
