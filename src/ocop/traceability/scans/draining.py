"""From the journal into the sums: every scan once, whatever happens in between.

The place in the journal up to which scans are counted (`ScanHead`) is moved in the transaction that
adds them. A stop at any moment leaves both as they were or both as they are afterwards, so nothing
is lost and nothing counted twice. Who counts does not hold the row meanwhile: a portion is reckoned
first and written only if nobody counted since, which keeps the transaction short. An office form
waits for no crowd at the stamps.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from ocop.core import db
from ocop.core.collector import without_collector
from ocop.traceability.journal import Row, Source
from ocop.traceability.models import (
    ForgedSource,
    OrderSeen,
    ScanClient,
    ScanDay,
    ScanHead,
    ScanPeriod,
    ScanPlaceDay,
    StampSeen,
)
from ocop.traceability.scans import knowing, tables
from ocop.traceability.scans.counting import (
    Counted,
    DayKey,
    count,
    key_of,
    number_of,
    stamps_in,
)
from ocop.traceability.scans.days import day_of
from ocop.traceability.scans.knowing import Knowledge
from ocop.traceability.scans.pacing import MOST, Pace
from ocop.traceability.scans.raising import Reached, raise_what_was_caught

_LOG = logging.getLogger("ocop.scans")
_KEYS = {True: ("day", "item_id", "lot_id", "place"), False: ("day", "item_id", "place")}
_WHERE = {True: "WHERE lot_id IS NOT NULL", False: "WHERE lot_id IS NULL"}
_SUMS = ("scans", "clients", "firsts")
_LOOK = ("day", "key", "client")
_BY_LOOK = itemgetter(0, 1, 2)
_LOG_EVERY = 1.0  # seconds, in which SQLite's log of writes grows by some 20 MB
_MOST_ASKED = 500  # clients whose tries are looked at: of a flood more tells nothing more


class CountedByOthersError(Exception):
    """Somebody counted meanwhile: what was reckoned does not hold any more."""


@dataclass(frozen=True, slots=True)
class Position:
    """The last scan of a journal that is counted."""

    number: int = 0
    at: int = 0


def drain(
    source: Source,
    *,
    seconds: float = float("inf"),
    portion: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Count what the journal holds, for so long at most; how many scans that were. `portion`: how
    many at once, else as many as others can stand."""
    name = source.name()
    if not name:
        return 0
    began, counted, knowledge, pace = time.monotonic(), 0, Knowledge(), Pace()
    shortened = began
    with without_collector():
        while not stop() and time.monotonic() - began < seconds:
            try:
                done = count_portion(source, name, portion or pace.portion, knowledge, pace)
            except CountedByOthersError:
                continue
            if not done:
                break
            counted += done
            if time.monotonic() - shortened > _LOG_EVERY:
                db.shorten_log()
                shortened = time.monotonic()
            pace.rest()
    return counted


def count_portion(
    source: Source,
    name: str,
    portion: int = MOST,
    knowledge: Knowledge | None = None,
    pace: Pace | None = None,
) -> int:
    """Count some scans; how many, 0 where none waits. CountedByOthersError: look again."""
    head = ScanHead.objects.filter(pk=1).first() or ScanHead.objects.get_or_create(pk=1)[0]
    position = _where(source, name, head)
    rows = source.rows_after(position.number, portion)
    if not rows:
        return 0
    reckoned = _reckoned(rows, knowledge or Knowledge())
    began = time.monotonic()
    with transaction.atomic():
        _move(head, name, rows)
        _write(reckoned)
    if pace is not None:
        pace.took(len(rows), time.monotonic() - began)
    return len(rows)


def position(name: str) -> Position:
    """How far a journal is counted."""
    head = ScanHead.objects.filter(pk=1).first()
    return Position(*head.positions[name]) if head and name in head.positions else Position()


def _where(source: Source, name: str, head: ScanHead) -> Position:
    """Where to go on. The last scan counted is still in its journal, for nobody lets go of it. If
    it is not, the journal was brought back from a copy: its scans up to that moment are counted."""
    if name not in head.positions:
        return Position()
    told = Position(*head.positions[name])
    if source.at_of(told.number) == told.at:
        return told
    number = source.last_until(told.at)
    _LOG.error(
        "The journal %s does not hold the last scan that was counted (%s). It seems to come from a"
        " copy; counting goes on after number %s, the last one of before.",
        name,
        told.number,
        number,
    )
    return Position(number, told.at)


def _move(head: ScanHead, name: str, rows: list[Row]) -> None:
    last, at = rows[-1][0], rows[-1][1]
    moved = ScanHead.objects.filter(pk=1, turns=head.turns).update(
        turns=head.turns + 1,
        positions={**head.positions, name: [last, at]},
        counted_at=timezone.now(),
    )
    if not moved:
        raise CountedByOthersError


@dataclass(frozen=True, slots=True)
class _Portion:
    """What is to be written: reckoned and read before the transaction begins."""

    found: Counted
    clients: dict[DayKey, int]  # phones that are new in a row of a day
    looks: list[tuple[int, int, int]]  # the same as rows
    stamps: list[tuple[object, ...]]  # rows of those that were scanned


def _reckoned(rows: list[Row], knowledge: Knowledge) -> _Portion:
    stamps = stamps_in(rows)
    found = count(rows, knowledge.of(rows, stamps), knowing.seen(stamps))
    looks = _looks(found)
    known = tables.present(ScanClient, _LOOK, looks)
    clients: dict[DayKey, int] = {}
    for look, key in looks.items():
        if look not in known:
            clients[key] = clients.get(key, 0) + 1
    cells = [knowing.cells(found.stamps[key]) for key in sorted(found.issued)]
    return _Portion(found, clients, [look for look in looks if look not in known], cells)


def _looks(found: Counted) -> dict[tuple[int, int, int], DayKey]:
    """The phones of a portion as rows, in the order of their table."""
    hashed = {key: key_of(key) for key in found.days}
    looks = [(key[0], hashed[key], number_of(client), key) for key, client in found.clients]
    looks.sort(key=_BY_LOOK)
    return {(day, key, client): of for day, key, client, of in looks}


def _write(portion: _Portion) -> None:
    found, clients = portion.found, portion.clients
    tables.insert(ScanClient, _LOOK, portion.looks)
    days = {number: day_of(number) for number, _item, _lot, _place in found.days}
    for with_lot in (True, False):
        rows = [
            (days[day], item, *((lot,) if with_lot else ()), place, scans, clients.get(key, 0), new)
            for key, (scans, new) in found.days.items()
            for day, item, lot, place in (key,)
            if (lot is not None) == with_lot
        ]
        tables.add(ScanDay, _KEYS[with_lot], _SUMS, rows, where=_WHERE[with_lot])
    _places(found, clients)
    _periods(found, clients)
    tables.replace(StampSeen, ("version", "number"), knowing.COLUMNS, portion.stamps)
    raise_what_was_caught(found, Reached(early=_orders(found), forged=_sources(found)))


def _places(found: Counted, clients: dict[DayKey, int]) -> None:
    new: dict[tuple[int, str], int] = {}
    for (day, _item, _lot, place), many in clients.items():
        new[day, place] = new.get((day, place), 0) + many
    rows = [
        (day_of(day), place, s.scans, new.get((day, place), 0), s.firsts, s.forged, s.unissued)
        for (day, place), s in found.places.items()
    ]
    tables.add(ScanPlaceDay, ("day", "place"), (*_SUMS, "forged", "unissued"), rows)


def _periods(found: Counted, clients: dict[DayKey, int]) -> None:
    days = {number: day_of(number) for number, _item, _lot, _place in found.days}
    periods = {number: (f"{day:%Y-%m}", f"{day:%Y}") for number, day in days.items()}
    summed: dict[tuple[str, int], list[int]] = {}
    for key, (scans, firsts) in found.days.items():
        for period in periods[key[0]]:
            row = summed.setdefault((period, key[1]), [0, 0, 0])
            row[0] += scans
            row[1] += clients.get(key, 0)
            row[2] += firsts
    tables.add(
        ScanPeriod, ("period", "item_id"), _SUMS, [(*key, *sums) for key, sums in summed.items()]
    )


def _orders(found: Counted) -> dict[int, int]:
    """Sums of orders; how many early scans each of those has that had one now."""
    rows = [(order, s.scans, s.firsts, s.early) for order, s in found.orders.items()]
    tables.add(OrderSeen, ("order_id",), ("scans", "firsts", "early"), rows)
    early = [order for order, sums in found.orders.items() if sums.early]
    told = OrderSeen.objects.filter(pk__in=early) if early else OrderSeen.objects.none()
    return dict(told.values_list("pk", "early"))


def _sources(found: Counted) -> dict[tuple[int, bytes], int]:
    """How many forged serials each client tried on that day, now and before."""
    rows = [(day_of(d), number_of(client), n) for (d, client), n in found.sources.items()]
    tables.add(ForgedSource, ("day", "client"), ("tries",), rows)
    reached: dict[tuple[int, bytes], int] = {}
    for number in {day for day, _client in found.sources}:
        asked = {number_of(client): client for day, client in found.sources if day == number}
        told = ForgedSource.objects.filter(day=day_of(number), client__in=list(asked)[:_MOST_ASKED])
        for client, tries in told.values_list("client", "tries"):
            reached[number, asked[client]] = tries
    return reached


def is_behind(source: Source) -> bool:
    """Whether scans wait."""
    name = source.name()
    return bool(name) and bool(source.rows_after(position(name).number, 1))


def counted_until() -> datetime | None:
    """The moment of the last scan that is counted, for who reads the sums."""
    head = ScanHead.objects.filter(pk=1).first()
    ats = [at for _number, at in head.positions.values()] if head else []
    return datetime.fromtimestamp(max(ats) / 1000, UTC) if ats else None
