"""From rows of a journal to what they add to the sums.

Pure: what is known of sales units and stamps is brought, what comes out is written elsewhere. Rows
are taken in the order of the journal, and nothing depends on where one portion ends and the next
begins.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from ocop.traceability.journal import FORGED, Row
from ocop.traceability.scans import suspicion
from ocop.traceability.scans.days import day_number
from ocop.traceability.scans.distances import Distances
from ocop.traceability.scans.suspicion import Limits

MOST_CLIENTS = 128  # of one stamp on one day that are told apart
_WIDTH = 8  # bytes of a client

StampKey = tuple[int, int]  # version, number
DayKey = tuple[int, int, int | None, str]  # day, sales unit, lot, province
_MOST_IN_A_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Issued:
    """Numbers of one order that share lot and state. `active_from`: in milliseconds, none before
    activation."""

    version: int
    first: int
    count: int
    order: int
    item: int
    lot: int | None
    active_from: int | None


class Ranges:
    """All numbers that were given out, found by bisection."""

    def __init__(self, ranges: Iterable[Issued]) -> None:
        self._of: dict[int, tuple[list[int], list[Issued]]] = {}
        for each in sorted(ranges, key=lambda each: (each.version, each.first)):
            firsts, there = self._of.setdefault(each.version, ([], []))
            firsts.append(each.first)
            there.append(each)

    def __bool__(self) -> bool:
        return bool(self._of)

    def of(self, version: int, number: int) -> Issued | None:
        """The range of a number; None: it was never given out."""
        if version not in self._of:
            return None
        firsts, there = self._of[version]
        at = bisect_right(firsts, number) - 1
        if at < 0:
            return None
        found = there[at]
        return found if number < found.first + found.count else None


@dataclass(slots=True)
class Known:
    """What there is to know about the codes of a portion."""

    items: Mapping[str, int]  # by GTIN or own code
    lots: Mapping[tuple[int, str], int]  # by sales unit and number
    ranges: Ranges
    gone: Mapping[StampKey, int]  # since when voided or lost
    opened: Mapping[StampKey, int]  # when the hidden code was first entered
    provinces: frozenset[str]
    distances: Distances
    limits: Limits


@dataclass(slots=True)
class Stamp:
    """What is kept of a scanned stamp (see `models.StampSeen`)."""

    version: int
    number: int
    first_at: int
    last_at: int
    scans: int = 0
    clients: int = 0
    places_seen: str = ""
    last_place: str = ""
    last_place_at: int | None = None
    early: int = 0
    gone: int = 0
    hops: int = 0
    after_opening: int = 0
    day: int = -1
    today: bytes = b""

    @property
    def places(self) -> int:
        return len(self.places_seen.split())


@dataclass(frozen=True, slots=True)
class Hop:
    """Two scans of a stamp that no traveller makes."""

    one: str
    one_at: int
    other: str
    other_at: int
    km: float


@dataclass(slots=True)
class PlaceSums:
    """Of a day in a province."""

    scans: int = 0
    firsts: int = 0
    forged: int = 0
    unissued: int = 0


@dataclass(slots=True)
class OrderSums:
    """Of the stamps of an order."""

    scans: int = 0
    firsts: int = 0
    early: int = 0
    first_at: int = 0  # of the early ones in this portion
    last_at: int = 0


@dataclass(slots=True)
class Counted:
    """What a portion adds. Stamps are as they are afterwards, everything else is to be added."""

    days: dict[DayKey, list[int]] = field(default_factory=dict)  # scans, firsts
    clients: set[tuple[DayKey, bytes]] = field(default_factory=set)
    places: dict[tuple[int, str], PlaceSums] = field(default_factory=lambda: defaultdict(PlaceSums))
    orders: dict[int, OrderSums] = field(default_factory=lambda: defaultdict(OrderSums))
    stamps: dict[StampKey, Stamp] = field(default_factory=dict)
    issued: dict[StampKey, Issued | None] = field(default_factory=dict)
    hops: dict[StampKey, Hop] = field(default_factory=dict)
    sources: dict[tuple[int, bytes], int] = field(default_factory=lambda: defaultdict(int))
    source_at: dict[tuple[int, bytes], tuple[int, int]] = field(default_factory=dict)
    source_places: dict[tuple[int, bytes], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    scans: int = 0


def key_of(key: DayKey) -> int:
    """What stands for sales unit, lot and province beside the phones of a day."""
    _day, item, lot, place = key
    told = f"{item} {lot} {place}".encode()
    return int.from_bytes(blake2b(told, digest_size=_WIDTH).digest(), "big", signed=True)


def number_of(client: bytes) -> int:
    """A client as a number, which tables compare faster."""
    return int.from_bytes(client, "big", signed=True)


def stamps_in(rows: Iterable[Row]) -> set[StampKey]:
    """The stamps whose present state `count` must be brought."""
    return {(row[4], row[5]) for row in rows if row[4] >= 0}


def count(rows: Iterable[Row], known: Known, stamps: Mapping[StampKey, Stamp]) -> Counted:
    """What some rows add, to the stamps as they are now.

    A loop over hundreds of thousands: what is the same for all of them is looked up before it.
    """
    found = Counted(stamps=dict(stamps))
    days, clients, places = found.days, found.clients, found.places
    provinces, items, lots, issued_of = known.provinces, known.items, known.lots, known.ranges.of
    for _id, at, code, lot_number, version, number, told_client, told_place in rows:
        place = told_place if told_place in provinces else ""
        client = told_client
        if len(client) != _WIDTH:
            client = told_client[:_WIDTH].ljust(_WIDTH, b"\0")
        day = day_number(at)
        if version == FORGED:
            _forged(found, day, at, place, client, number)
            continue
        found.scans += 1
        sums = places[day, place]
        sums.scans += 1
        first = 0
        if version >= 0:
            issued = issued_of(version, number)
            first = _stamp(found, known, issued, (version, number), at, day, client, place)
            sums.firsts += first
            if issued is None:
                sums.unissued += 1
                continue
            item, lot = issued.item, issued.lot
        else:
            looked_up = items.get(code)
            if looked_up is None:
                continue
            item = looked_up
            lot = lots.get((item, lot_number)) if lot_number else None
        key = (day, item, lot, place)
        row = days.get(key)
        if row is None:
            row = days[key] = [0, 0]
        row[0] += 1
        row[1] += first
        clients.add((key, client))
    return found


def _forged(found: Counted, day: int, at: int, place: str, client: bytes, tries: int) -> None:
    tries = min(max(tries, 1), _MOST_IN_A_LINE)
    found.places[day, place].forged += tries
    found.sources[day, client] += tries
    first, last = found.source_at.get((day, client), (at, at))
    found.source_at[day, client] = (min(first, at), max(last, at))
    if place:
        found.source_places[day, client].add(place)


def _stamp(
    found: Counted,
    known: Known,
    issued: Issued | None,
    key: StampKey,
    at: int,
    day: int,
    client: bytes,
    place: str,
) -> int:
    """Count a scan of a stamp; 1 where it is its first."""
    stamp = found.stamps.get(key)
    found.issued[key] = issued
    if stamp is None:  # most are scanned once
        first, new = 1, True
        stamp = found.stamps[key] = Stamp(key[0], key[1], at, at, 1, 1, day=day, today=client)
        if place:
            stamp.places_seen, stamp.last_place, stamp.last_place_at = place, place, at
    else:
        first, new = 0, _new_client(stamp, day, client)
        stamp.scans += 1
        stamp.first_at = min(stamp.first_at, at)
        stamp.last_at = max(stamp.last_at, at)
        stamp.clients += new
        if place:
            _place(found, known, stamp, key, place, at)
    if at >= known.gone.get(key, at + 1):
        stamp.gone += 1
    if new and at > known.opened.get(key, at):
        stamp.after_opening += 1
    if issued is not None:
        sums = found.orders[issued.order]
        sums.scans += 1
        sums.firsts += first
        if issued.active_from is None or at < issued.active_from:
            _early(sums, stamp, at)
    return first


def _new_client(stamp: Stamp, day: int, client: bytes) -> bool:
    """Whether the phone was not yet seen that day. A stamp keeps the phones of its latest day only;
    one that comes late, for a day before, counts anew."""
    if day < stamp.day:
        return True
    if day > stamp.day:
        stamp.day, stamp.today = day, b""
    today, full = stamp.today, MOST_CLIENTS * _WIDTH
    if len(today) >= full or _holds(today, client):
        return False
    stamp.today = today + client
    return True


def _holds(clients: bytes, client: bytes) -> bool:
    at = clients.find(client)
    while at >= 0 and at % _WIDTH:  # across the border of two
        at = clients.find(client, at + 1)
    return at >= 0


def _place(found: Counted, known: Known, stamp: Stamp, key: StampKey, place: str, at: int) -> None:
    before, before_at = stamp.last_place, stamp.last_place_at
    if before and before != place and before_at is not None:
        km = known.distances.least(before, place)
        if suspicion.is_hop(km, at - before_at, known.limits):
            stamp.hops += 1
            found.hops[key] = Hop(before, before_at, place, at, km)
    if place not in stamp.places_seen.split():
        stamp.places_seen = f"{stamp.places_seen} {place}".strip()
    stamp.last_place, stamp.last_place_at = place, at


def _early(sums: OrderSums, stamp: Stamp, at: int) -> None:
    """Count a scan before activation."""
    stamp.early += 1
    sums.first_at = min(sums.first_at, at) if sums.early else at
    sums.last_at = max(sums.last_at, at)
    sums.early += 1
