"""Finding the unit an address speaks of: right, ambiguous or unknown, never guessed.

An address is read from its end: province, district, commune, each with or without its kind. What
the writer left out stays open; what the lists cannot tell apart is ambiguous. See ADR 10.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from ocop.places import gazetteer
from ocop.places.eras import DISTRICTS_ENDED, HANOI_REORGANISED
from ocop.places.gazetteer import Entry
from ocop.places.reading import Index, Reading, read

#: Any day of each era for which the lists differ.
_ERAS = (
    HANOI_REORGANISED - timedelta(days=1),
    DISTRICTS_ENDED - timedelta(days=1),
    DISTRICTS_ENDED,
)


@dataclass(frozen=True, slots=True)
class Located:
    """The answer: the unit of then and of now.

    `ambiguous` with `candidates` when several units are possible, of then or, where the unit of
    then is certain but was split, of now. Neither: the address names no unit of the lists.
    """

    then: Entry | None = None
    now: Entry | None = None
    ambiguous: bool = False
    candidates: tuple[Entry, ...] = ()


def locate(address: str, on: date) -> Located:
    """The unit an address of a day speaks of, and the unit it is today.

    Marks, abbreviations (TP., H., TT., P.), missing levels and missing commas are tolerated. An
    address written with the units of another era is found by them. A commune that is named and
    not in the lists gives nothing, even when its district is known.
    """
    return _locate(address, _era_of(on))


@lru_cache(maxsize=20_000)
def _locate(address: str, era: int) -> Located:
    own = read(address, _index(era))
    if own.entries and own.has_district:
        return _answer(own.entries)
    others = [r for e in range(len(_ERAS)) if e != era and (r := read(address, _index(e))).entries]
    if not own.entries:
        return _from_other_eras(others, era)
    if fuller := [r for r in others if r.has_district and r.start < own.start]:
        return _from_other_eras(fuller, era)
    strangers = [reading for reading in others if not _lead_to_the_same(own, reading)]
    if not strangers:
        return _answer(own.entries)
    possible = _distinct(own.entries, *(reading.entries for reading in strangers))
    return Located(ambiguous=True, candidates=possible)


def _from_other_eras(readings: list[Reading], era: int) -> Located:
    """An address in the words of another era: certain when all readings lead to one place."""
    entries = _distinct(*(reading.entries for reading in readings))
    ways = {tuple(id(now) for now in _today(entry)) for entry in entries}
    if len(ways) > 1:
        return Located(ambiguous=True, candidates=entries)
    then = _distinct(t for entry in entries if (t := _then(entry, era)))
    certain = then[0] if len(then) == 1 else None
    now = _today(entries[0]) if entries else ()
    if len(now) > 1:
        return Located(then=certain, ambiguous=True, candidates=now)
    return Located(then=certain, now=now[0] if now else None)


def _answer(entries: tuple[Entry, ...]) -> Located:
    if len(entries) > 1:
        return Located(ambiguous=True, candidates=entries)
    (then,) = entries
    now = _today(then)
    if len(now) == 1:
        return Located(then=then, now=now[0])
    return Located(then=then, ambiguous=len(now) > 1, candidates=now)


def _lead_to_the_same(one: Reading, other: Reading) -> bool:
    return {id(e) for e in _distinct(*map(_today, other.entries))} <= {
        id(e) for e in _distinct(*map(_today, one.entries))
    }


def _today(entry: Entry) -> tuple[Entry, ...]:
    return tuple(gazetteer.load().follow(entry, date.max))


def _then(entry: Entry, era: int) -> Entry | None:
    """The unit of an era that a unit of another one is, if it is certainly one."""
    day = _ERAS[era]
    if entry.holds_on(day):
        return entry
    if entry.valid_from > day:
        return None
    later = gazetteer.load().follow(entry, day)
    return later[0] if len(later) == 1 else None


def _distinct(*groups: Iterable[Entry]) -> tuple[Entry, ...]:
    found = {id(entry): entry for group in groups for entry in group}
    return tuple(sorted(found.values(), key=lambda e: (e.code, e.valid_from)))


def _era_of(on: date) -> int:
    return (on >= HANOI_REORGANISED) + (on >= DISTRICTS_ENDED)


@cache
def _index(era: int) -> Index:
    day = _ERAS[era]
    return Index([e for e in gazetteer.load().entries if e.holds_on(day)])
