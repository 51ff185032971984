"""What the tables know about the codes of a portion of scans, as `counting` takes it."""

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import Max

from ocop.places.models import Level, Unit
from ocop.traceability.intervals import Span, earliest
from ocop.traceability.journal import Row
from ocop.traceability.models import (
    ExceptionKind,
    Lot,
    StampException,
    StampOpening,
    StampRange,
    StampSeen,
    TradeItem,
)
from ocop.traceability.models import StampKey as KeyRow
from ocop.traceability.scans import options, tables
from ocop.traceability.scans.counting import Issued, Known, Ranges, Stamp, StampKey
from ocop.traceability.scans.distances import Distances
from ocop.traceability.scans.suspicion import Limits

#: Columns of `StampSeen` beside its key, in the order in which they are read and written.
COLUMNS = (
    "scans",
    "clients",
    "places",
    "first_at",
    "last_at",
    "places_seen",
    "last_place",
    "last_place_at",
    "early",
    "gone",
    "hops",
    "after_opening",
    "day",
    "today",
)
_AT_ONCE = 500  # values in one question
_NONE: Mapping[StampKey, int] = {}


class Knowledge:
    """What there is to know about codes, kept while portions of scans follow each other.

    What was read holds for scans that were made before: a range that was activated since is none of
    theirs. For later ones it is read anew.
    """

    def __init__(self) -> None:
        self._read_at = -1
        self._ranges = self._lost = Ranges(())
        self._provinces: frozenset[str] = frozenset()
        self._distances = Distances(())
        self._limits = Limits()

    def of(self, rows: Sequence[Row], stamps: Iterable[StampKey]) -> Known:
        """All of it that some rows need."""
        if max(row[1] for row in rows) >= self._read_at:
            self._read()
        looked_at = {(row[2], row[3]) for row in rows if row[4] < 0}
        items = _items({code for code, _lot in looked_at})
        return Known(
            items=items,
            lots=_lots(items, {lot for _code, lot in looked_at if lot}),
            ranges=self._ranges,
            gone=self._gone_of(stamps),
            opened=_opened(stamps),
            provinces=self._provinces,
            distances=self._distances,
            limits=self._limits,
        )

    def _gone_of(self, stamps: Iterable[StampKey]) -> Mapping[StampKey, int]:
        if not self._lost:
            return _NONE
        found = ((key, self._lost.of(*key)) for key in stamps)
        return {key: lost.active_from or 0 for key, lost in found if lost is not None}

    def _read(self) -> None:
        self._read_at = round(time.time() * 1000)
        self._ranges, self._lost = Ranges(_issued()), Ranges(_gone())
        self._provinces = frozenset(provinces())
        self._distances = _distances(_mark_of_places())
        self._limits = options.limits()


def seen(stamps: Iterable[StampKey]) -> dict[StampKey, Stamp]:
    """Scanned stamps as they are kept."""
    return {
        (version, row[0]): _stamp(version, row)
        for version, wanted in _by_version(stamps).items()
        for row in tables.picked(
            StampSeen, ("number", *COLUMNS), "version", version, "number", wanted
        )
    }


def cells(stamp: Stamp) -> tuple[object, ...]:
    """A stamp as a row of `StampSeen`: its key, then `COLUMNS`, moments in milliseconds."""
    return (
        stamp.version,
        stamp.number,
        stamp.scans,
        stamp.clients,
        stamp.places,
        stamp.first_at,
        stamp.last_at,
        stamp.places_seen,
        stamp.last_place,
        stamp.last_place_at,
        stamp.early,
        stamp.gone,
        stamp.hops,
        stamp.after_opening,
        stamp.day,
        stamp.today,
    )


def moment(at: int) -> datetime:
    """Milliseconds since 1970 as a moment."""
    return datetime.fromtimestamp(at / 1000, UTC)


def milliseconds(at: datetime) -> int:
    """The other way round."""
    return round(at.timestamp() * 1000)


def provinces() -> dict[str, str]:
    """Today's provinces: names by code."""
    rows = Unit.objects.filter(level=Level.PROVINCE, valid_to=None)
    return dict(rows.values_list("code", "name"))


def _items(codes: set[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for some in _portions(codes - {""}):
        rows = TradeItem.objects.filter(gtin__in=some)
        found |= dict(rows.values_list("gtin", "pk"))
        own = {code.lower(): code for code in some}
        for code, key in TradeItem.objects.filter(code__in=own).values_list("code", "pk"):
            found.setdefault(own[code], key)
    return found


def _lots(items: Mapping[str, int], numbers: set[str]) -> Mapping[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    keys = set(items.values())
    for some in _portions(numbers):
        rows = Lot.objects.filter(number__in=some).values_list("item", "number", "pk")
        found |= {(item, number): key for item, number, key in rows if item in keys}
    return found


def _issued() -> list[Issued]:
    rows = StampRange.objects.order_by("key__version", "first")
    told = rows.values_list(
        "key__version", "first", "count", "order", "order__item", "lot", "activated_at"
    )
    return [
        Issued(version, first, many, order, item, lot, milliseconds(active) if active else None)
        for version, first, many, order, item, lot, active in told.iterator()
    ]


def _gone() -> list[Issued]:
    """Numbers that are voided or lost, and since when (`active_from`); of what was said twice of a
    number the earlier holds."""
    rows = StampException.objects.filter(
        kind__in=(ExceptionKind.VOIDED, ExceptionKind.LOST), lifted_at=None
    )
    told = rows.order_by("key__version", "first").values_list(
        "key__version", "first", "count", "at"
    )
    parts: list[Issued] = []
    for version, some in groupby(told.iterator(), key=itemgetter(0)):
        said = [(Span(first, many), milliseconds(at)) for _version, first, many, at in some]
        parts += [
            Issued(version, span.first, span.count, 0, 0, None, since)
            for span, since in earliest(said)
        ]
    return parts


def _opened(stamps: Iterable[StampKey]) -> Mapping[StampKey, int]:
    """When the hidden codes of stamps were first entered right."""
    numbers = _by_version(stamps)
    keys = KeyRow.objects.filter(version__in=numbers).values_list("version", "pk")
    return {
        (version, number): milliseconds(_in_utc(at))
        for version, key in keys
        for number, at in tables.picked(
            StampOpening, ("number", "opened_at"), "key_id", key, "number", numbers[version]
        )
        if at is not None
    }


def _by_version(stamps: Iterable[StampKey]) -> dict[int, list[int]]:
    """Numbers in their order, which is that of the tables."""
    numbers: dict[int, list[int]] = {}
    for version, number in sorted(stamps):
        numbers.setdefault(version, []).append(number)
    return numbers


def _mark_of_places() -> tuple[int, int]:
    rows = Unit.objects.filter(level=Level.COMMUNE, valid_to=None)
    return rows.aggregate(last=Max("pk"))["last"] or 0, rows.count()


@lru_cache(maxsize=1)
def _distances(_mark: tuple[int, int]) -> Distances:
    """From today's communes; reckoned anew when they change."""
    rows = Unit.objects.filter(level=Level.COMMUNE, valid_to=None)
    told = rows.values_list("parent__code", "lat", "lon").iterator()
    return Distances((p, lat, lon) for p, lat, lon in told if lat is not None and lon is not None)


def _stamp(version: int, row: Sequence[object]) -> Stamp:
    number, *values = row
    told = dict(zip(COLUMNS, values, strict=True))
    told.pop("places")
    for name in ("first_at", "last_at", "last_place_at"):
        told[name] = _read_moment(told[name])
    told["today"] = bytes(told["today"])  # type: ignore[call-overload]
    return Stamp(version, number, **told)  # type: ignore[arg-type]


def _read_moment(value: object) -> int | None:
    """A moment as the engine gives it back: SQLite knows no zones and keeps UTC."""
    if not isinstance(value, datetime):
        return None
    return milliseconds(_in_utc(value))


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _portions(values: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
