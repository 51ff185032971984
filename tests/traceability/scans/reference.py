"""The slow counter: all tables of scans from a whole journal, with nothing but sets and loops.

Written from what the columns are said to hold, so that it shares no thought with what is tested.
"""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from ocop.core.zone import ZONE
from ocop.traceability.journal import FORGED, Scan
from ocop.traceability.models import (
    ForgedSource,
    Lot,
    OrderSeen,
    ScanDay,
    ScanPeriod,
    ScanPlaceDay,
    StampException,
    StampRange,
    StampSeen,
    TradeItem,
)
from tests.traceability.scans.scenery import POINTS

Told = dict[str, Any]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres by the haversine formula."""
    (lat, lon), (lat_2, lon_2) = (map(radians, point) for point in (one, other))
    half = sin((lat_2 - lat) / 2) ** 2 + cos(lat) * cos(lat_2) * sin((lon_2 - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def _moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)


class _Registry:
    """What is registered, in lists that are gone through one by one."""

    def __init__(self) -> None:
        self.ranges = list(StampRange.objects.select_related("order", "key"))
        lost = StampException.objects.filter(kind__in=("voided", "lost"), lifted_at=None)
        self.lost = list(lost.select_related("key"))
        self.items, self.lots = list(TradeItem.objects.all()), list(Lot.objects.all())

    def range_of(self, scan: Scan) -> StampRange | None:
        return next((row for row in self.ranges if _holds(row, scan)), None)

    def is_lost(self, scan: Scan) -> bool:
        return any(_holds(row, scan) and _moment(scan.at) >= row.at for row in self.lost)

    def item_of(self, scan: Scan) -> TradeItem | None:
        for row in self.items:
            if scan.gtin and scan.gtin.lower() in (row.gtin, row.code):
                return row
        return None

    def lot_of(self, item: TradeItem, scan: Scan) -> int | None:
        found = [r.pk for r in self.lots if r.item_id == item.pk and r.number == scan.lot]
        return found[0] if found else None


def _holds(row: StampRange | StampException, scan: Scan) -> bool:
    return row.key.version == scan.version and row.first <= scan.number < row.first + row.count


def expected(scans: list[Scan]) -> Told:
    """What the tables hold once all of these are counted."""
    days: dict[Any, Counter[str]] = defaultdict(Counter)
    phones: dict[Any, set[bytes]] = defaultdict(set)
    places: dict[Any, Counter[str]] = defaultdict(Counter)
    orders: dict[int, Counter[str]] = defaultdict(Counter)
    sources: Counter[Any] = Counter()
    by_stamp: dict[tuple[int, int], list[Scan]] = defaultdict(list)
    registry = _Registry()
    for scan in scans:
        day = _moment(scan.at).astimezone(ZONE).date()
        place = scan.place if scan.place in POINTS else ""
        if scan.version == FORGED:
            places[day, place]["forged"] += scan.number
            sources[day, scan.client] += scan.number
            continue
        places[day, place]["scans"] += 1
        first = 0
        if scan.version >= 0:
            first = int(not by_stamp[scan.version, scan.number])
            by_stamp[scan.version, scan.number].append(scan)
            places[day, place]["firsts"] += first
            row = registry.range_of(scan)
            if row is None:
                places[day, place]["unissued"] += 1
                continue
            item, lot = row.order.item_id, row.lot_id
            orders[row.order_id]["scans"] += 1
            orders[row.order_id]["firsts"] += first
            if row.activated_at is None or _moment(scan.at) < row.activated_at:
                orders[row.order_id]["early"] += 1
        else:
            found = registry.item_of(scan)
            if found is None:
                continue
            item, lot = found.pk, registry.lot_of(found, scan)
        key = (day, item, lot, place)
        days[key]["scans"] += 1
        days[key]["firsts"] += first
        phones[key].add(scan.client)
    for (day, _item, _lot, place), seen in phones.items():
        places[day, place]["clients"] += len(seen)
    periods: dict[Any, Counter[str]] = defaultdict(Counter)
    for key, sums in days.items():
        for period in (f"{key[0]:%Y-%m}", f"{key[0]:%Y}"):
            periods[period, key[1]].update(sums)
            periods[period, key[1]]["clients"] += len(phones[key])
    return {
        "days": {k: (s["scans"], len(phones[k]), s["firsts"]) for k, s in days.items()},
        "places": {
            k: tuple(s[n] for n in ("scans", "clients", "firsts", "forged", "unissued"))
            for k, s in places.items()
        },
        "periods": {k: (s["scans"], s["clients"], s["firsts"]) for k, s in periods.items()},
        "orders": {k: (s["scans"], s["firsts"], s["early"]) for k, s in orders.items()},
        "sources": {(d, int.from_bytes(c, "big", signed=True)): n for (d, c), n in sources.items()},
        "stamps": {key: _stamp(registry, rows) for key, rows in by_stamp.items() if rows},
    }


def _stamp(registry: _Registry, scans: list[Scan]) -> Told:
    """What is kept of one stamp. Phones are those of each day; see `StampSeen` for those that come
    late, of a day before one that was seen."""
    known = [scan for scan in scans if scan.place in POINTS]
    row = registry.range_of(scans[0])
    clients, latest, today = 0, datetime(1, 1, 1, tzinfo=UTC).date(), set[bytes]()
    for scan in scans:
        day = _moment(scan.at).astimezone(ZONE).date()
        if day < latest:
            clients += 1
            continue
        if day > latest:
            latest, today = day, set()
        clients += scan.client not in today
        today.add(scan.client)
    early = 0
    if row is not None:
        starts = row.activated_at
        early = sum(starts is None or _moment(scan.at) < starts for scan in scans)
    hops = 0
    for one, other in pairwise(known):
        km = _apart(POINTS[one.place], POINTS[other.place])
        hours = abs(other.at - one.at) / 3_600_000
        hops += km >= 150 and km > 900 * hours
    return {
        "scans": len(scans),
        "clients": clients,
        "places": len({scan.place for scan in known}),
        "first_at": _moment(min(scan.at for scan in scans)),
        "last_at": _moment(max(scan.at for scan in scans)),
        "last_place": known[-1].place if known else "",
        "last_place_at": _moment(known[-1].at) if known else None,
        "early": early,
        "gone": sum(registry.is_lost(scan) for scan in scans),
        "hops": hops,
    }


def kept() -> Told:
    """What the tables hold."""
    sums = ("scans", "clients", "firsts")
    return {
        "days": {
            (r.day, r.item_id, r.lot_id, r.place): (r.scans, r.clients, r.firsts)
            for r in ScanDay.objects.all()
        },
        "places": {
            (r.day, r.place): (r.scans, r.clients, r.firsts, r.forged, r.unissued)
            for r in ScanPlaceDay.objects.all()
        },
        "periods": {
            (r.period, r.item_id): tuple(getattr(r, name) for name in sums)
            for r in ScanPeriod.objects.all()
        },
        "orders": {r.order_id: (r.scans, r.firsts, r.early) for r in OrderSeen.objects.all()},
        "sources": {(r.day, r.client): r.tries for r in ForgedSource.objects.all()},
        "stamps": {
            (r.version, r.number): {name: getattr(r, name) for name in _OF_STAMP}
            for r in StampSeen.objects.all()
        },
    }


_OF_STAMP = (
    "scans", "clients", "places", "first_at", "last_at", "last_place", "last_place_at", "early",
    "gone", "hops",
)  # fmt: skip
