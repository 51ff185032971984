"""Scans of the demonstration's stamps: written into the journal and counted from it, as real ones.

Whatever stamps there are get buyers over the last weeks, most in Hà Nội, more on weekends. A few
do what no buyer does: a copied code, stamps that were sold before activation, somebody who tries
codes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db.models import Q, QuerySet

from ocop.core.zone import ZONE
from ocop.demonstration import frame
from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from ocop.traceability.journal import FORGED, NO_STAMP, Scan
from ocop.traceability.models import Lot, StampRange
from ocop.traceability.scans import draining, journals, keeping
from ocop.traceability.scans.knowing import milliseconds, provinces

_DAYS = 70  # before today
_EVERY = 16  # scans of a range of a thousand stamps in a day, at most
_FAR = ("79", "92", "48", "66", "46")  # Hồ Chí Minh City, Cần Thơ, Đà Nẵng, Đắk Lắk, Huế
_NEAR = ("24", "33", "37", "31", "25", "19")  # around Hà Nội
_HOURS = (8, 9, 10, 11, 12, 15, 17, 18, 19, 20, 20, 21)
_AT_ONCE = 5_000
_SOME = 40  # codes of each kind that are scanned: the demonstration is loaded in a minute


@dataclass(frozen=True, slots=True)
class _Code:
    """What somebody may scan: stamps of a range, or a lot's own code."""

    gtin: str
    lot: str
    version: int
    first: int
    count: int
    since: datetime


class _Crowd:
    """Who scans, where and when: drawn from one seed."""

    def __init__(self, at: datetime) -> None:
        self.at, self.draw = at, Random(frame.SEED)
        here, known = frame.PROVINCE, set(provinces())
        self.places = [here] * 12 + [
            code for code in (*_NEAR, *_FAR, "") if code in known or not code
        ]
        self.far = [code for code in _FAR if code in known] or [here]

    def client(self, key: int | None = None) -> bytes:
        return (self.draw.getrandbits(63) if key is None else key).to_bytes(8, "big")

    def moment(self, days_ago: int) -> int:
        """Some time of a day, not after now."""
        day = self.at.astimezone(ZONE) - timedelta(days=days_ago)
        hour, minute = self.draw.choice(_HOURS), self.draw.randrange(60)
        found = day.replace(hour=hour, minute=minute, second=self.draw.randrange(60), microsecond=0)
        return milliseconds(min(found, self.at - timedelta(seconds=self.draw.randrange(1, 9_000))))


def play_scans(*, at: datetime) -> int:
    """Write the scans and count them; how many."""
    crowd = _Crowd(at)
    codes = _codes(crowd)
    made = sorted((*_bought(crowd, codes), *_strange(crowd, codes)), key=lambda scan: scan.at)
    store = journals.store()
    for start in range(0, len(made), _AT_ONCE):
        store.append(made[start : start + _AT_ONCE])
    store.close()
    source = journals.source()
    counted = draining.drain(source)
    keeping.keep(source, at=at)
    return counted


def _codes(crowd: _Crowd) -> list[_Code]:
    """Some of the stamps and lots there are, those of the producer who signs in first."""
    own = Q(lot__item__product__producer__memberships__user__email=email_of(Role.PRODUCER))
    rows = StampRange.objects.filter(activated_at__isnull=False, lot__isnull=False)
    ranges = [*_some(crowd, rows.filter(own)), *_some(crowd, rows.exclude(own))]
    codes = [
        _Code(
            row.lot.item.gtin or row.lot.item.code.upper(),
            row.lot.number,
            row.key.version,
            row.first,
            row.count,
            row.activated_at or crowd.at,
        )
        for row in ranges
        if row.lot is not None
    ]
    mine = Q(item__product__producer__memberships__user__email=email_of(Role.PRODUCER))
    bare = Lot.objects.filter(ranges=None)
    lots = [*_some(crowd, bare.filter(mine)), *_some(crowd, bare.exclude(mine))]
    codes += [
        _Code(lot.item.gtin or lot.item.code.upper(), lot.number, NO_STAMP, 0, 1, _made(lot))
        for lot in lots
    ]
    return codes


def _made(lot: Lot) -> datetime:
    """When a lot came into the world."""
    if lot.produced_on is None:
        return lot.created_at
    return datetime.combine(lot.produced_on, time(12), ZONE)


def _some(crowd: _Crowd, rows: QuerySet[Any]) -> list[Any]:
    """A few of the rows, drawn."""
    keys = sorted(set(rows.values_list("pk", flat=True)))
    drawn = crowd.draw.sample(keys, min(_SOME, len(keys)))
    item = "lot__item" if rows.model is StampRange else "item"
    more = (item, "key") if rows.model is StampRange else (item,)
    return list(rows.model.objects.filter(pk__in=drawn).select_related(*more).order_by("pk"))


def _bought(crowd: _Crowd, codes: Sequence[_Code]) -> Iterator[Scan]:
    """Ordinary buyers."""
    for code in codes:
        liked = crowd.draw.choice((0.2, 0.5, 1.0, 1.6))
        weight = min(code.count, 1000) / 1000 if code.version != NO_STAMP else 0.3
        for ago in range(_DAYS, -1, -1):
            day = crowd.at - timedelta(days=ago)
            if day < code.since:
                continue
            weekend = 1.7 if day.astimezone(ZONE).weekday() >= 5 else 1.0
            many = crowd.draw.random() * _EVERY * weight * liked * weekend
            for _turn in range(round(many)):
                yield from _buyer(crowd, code, ago)


def _buyer(crowd: _Crowd, code: _Code, ago: int) -> Iterator[Scan]:
    """One who scans a stamp, and at times again in the kitchen."""
    number = code.first + crowd.draw.randrange(code.count) if code.version != NO_STAMP else 0
    at = max(crowd.moment(ago), milliseconds(code.since) + 60_000)
    client = crowd.client()
    place = crowd.places[(number or crowd.draw.randrange(99)) % len(crowd.places)]  # a pack stays
    gtin, lot = ("", "") if code.version != NO_STAMP else (code.gtin, code.lot)
    again = crowd.draw.random() < 0.2
    for wait in (0, crowd.draw.randrange(40_000, 4_000_000)) if again else (0,):
        if at + wait < milliseconds(crowd.at):
            yield Scan(at + wait, gtin, lot, code.version, number, client, place)


def _strange(crowd: _Crowd, codes: Sequence[_Code]) -> Iterator[Scan]:
    """What becomes a signal."""
    stamped = [code for code in codes if code.version != NO_STAMP]
    if not stamped:
        return
    yield from _copied(crowd, stamped[0])
    yield from _shown(crowd, stamped[-1])
    early = StampRange.objects.filter(activated_at=None).exclude(state="ordered")
    found = early.select_related("key").order_by("pk").first()
    if found is not None:
        for turn in range(5):
            at = crowd.moment(6 - turn)
            yield Scan(
                at, "", "", found.key.version, found.first + turn, crowd.client(), frame.PROVINCE
            )
    client = crowd.client()
    for turn in range(9):
        yield Scan(crowd.moment(3) + turn * 700, "", "", FORGED, 7, client, crowd.far[0])


def _copied(crowd: _Crowd, code: _Code) -> Iterator[Scan]:
    """One code on many packs: Hà Nội and far away within minutes, and ever more phones."""
    number = code.first + code.count // 2
    for ago in range(12, 0, -1):
        at = crowd.moment(ago)
        yield Scan(at, "", "", code.version, number, crowd.client(), frame.PROVINCE)
        for turn in range(1, 5):
            place = crowd.draw.choice(crowd.far)
            yield Scan(at + turn * 240_000, "", "", code.version, number, crowd.client(), place)


def _shown(crowd: _Crowd, code: _Code) -> Iterator[Scan]:
    """A pack on the table of a fair: many phones, one place."""
    for ago in (9, 8, 7):
        for _turn in range(14):
            at = crowd.moment(ago)
            yield Scan(at, "", "", code.version, code.first, crowd.client(), frame.PROVINCE)
