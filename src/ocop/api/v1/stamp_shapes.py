"""What calls about orders of stamps take and answer."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema

from ocop.api.inputs import JsonIn


class StampRangeOut(Schema):
    """Stamps of an order that share their state and lot. `first` is a place in the order, counted
    from one; `lot` the code of the lot they are active for."""

    first: int
    count: int
    state: str
    lot: str | None
    activated_at: datetime | None


class StampExceptionOut(Schema):
    """What is said of some stamps: voided, lost, recalled or suspicious."""

    key: int
    first: int
    count: int
    kind: str
    reason: str
    at: datetime


class StampCountsOut(Schema):
    """How many stamps of an order are where, each once; `recalled` and `suspicious` are among those
    counted by state."""

    ordered: int
    printed: int
    delivered: int
    active: int
    closed: int
    voided: int
    lost: int
    recalled: int
    suspicious: int


class StampOrderOut(Schema):
    """An order of stamps for a sales unit; `item` is its code. `address` is what stands before the
    serial in every code."""

    code: str
    item: str
    product: str
    producer: str
    quantity: int
    year: int
    wet: bool
    hidden: bool
    note: str
    state: str
    answer: str
    address: str
    requested_at: datetime
    answered_at: datetime | None


class StampLogOut(Schema):
    """An entry of the public log about an order: `type` is what it tells; `entry` and `proof` are
    the addresses of its text and of its `.tlog-proof`."""

    index: int
    type: str
    entry: str
    proof: str


class WholeStampOrderOut(StampOrderOut):
    """An order with where its stamps are, and what the public log tells of them."""

    key_version: int | None
    counts: StampCountsOut | None
    ranges: list[StampRangeOut]
    exceptions: list[StampExceptionOut]
    log: list[StampLogOut]


class StampOrderIn(JsonIn):
    """What is ordered, for the sales unit of this code."""

    item: str
    quantity: int
    wet: bool = False
    hidden: bool = False
    note: str = ""


class StampReasonIn(JsonIn):
    """Why."""

    reason: str


class PlacesIn(JsonIn):
    """Which stamps of the order: places such as `1-80, 95`, or serials."""

    places: str


class PrintedIn(PlacesIn):
    """Which stamps are printed, how many are good, and which are spoiled or missing."""

    good: int
    spoiled: str = ""
    missing: str = ""


class DeliveredIn(PlacesIn):
    """Which stamps were handed over; `document` is the number of the receipt."""

    document: str = ""


class ActivatedIn(PlacesIn):
    """Which stamps are activated, for the lot of this code."""

    lot: str


class EndedIn(PlacesIn):
    """Which stamps, and why."""

    reason: str


class ExceptedIn(EndedIn):
    """What happened to which stamps."""

    kind: Literal["voided", "lost", "recalled", "suspicious"]


class StampOut(Schema):
    """What a stamp is. `issued` is false where no key of ours made the serial, or nobody was given
    its number. `state` is that of the stamp: goods of a lot with `lot_recalled_at` are called back
    whatever it says. `signals`: codes of signals about its scans that the caller may see."""

    serial: str
    issued: bool
    order: str | None
    place: int | None
    state: str | None
    exceptions: list[str]
    lot: str | None
    lot_expires_on: date | None
    lot_recalled_at: datetime | None
    lot_recall_reason: str | None
    scans: int | None
    first_scanned_at: datetime | None
    last_scanned_at: datetime | None
    signals: list[str]
