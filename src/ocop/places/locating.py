"""Finding the unit an address speaks of: right, ambiguous or unknown, never guessed.

An address is read from its end: province, district, commune, each with or without its kind. What
the writer left out stays open; what the lists cannot tell apart is ambiguous. See ADR 10.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from ocop.places import gazetteer
from ocop.places.eras import DISTRICTS_ENDED, HANOI_REORGANISED
from ocop.places.extents import LARGEST
from ocop.places.gazetteer import Entry, Reached
from ocop.places.index import Index, folded_name
from ocop.places.reading import Reading, may_name, read

#: Any day of each era for which the lists differ.
_ERAS = (
    HANOI_REORGANISED - timedelta(days=1),
    DISTRICTS_ENDED - timedelta(days=1),
    DISTRICTS_ENDED,
)


@dataclass(frozen=True, slots=True)
class Located:
    """The answer: the unit of then and of now.

    `ambiguous` with `candidates` when several units are possible, of then or, where the place of
    then is certain but was split, of now; then `largest` is the one that most of it went to.
    A gone unit whose successor nobody recorded is the only candidate when its day is past.
    Nothing of all this: the address names no unit of the lists.
    """

    then: Entry | None = None
    now: Entry | None = None
    ambiguous: bool = False
    candidates: tuple[Entry, ...] = ()
    largest: Entry | None = None


def locate(address: str, on: date) -> Located:
    """The unit an address of a day speaks of, and the unit it is today.

    Marks, abbreviations (TP., H., TT., P.), missing levels and missing commas are tolerated. An
    address written with the units of another era is found by them, and one that mixes eras (a
    district of then in the province of now) by how its units followed each other. A commune that
    is named and not in the lists gives nothing, even when its district is known; what may be one,
    before a name that was a district's and is a commune's, leaves both possible.
    """
    return _locate(address, _era_of(on))


@lru_cache(maxsize=20_000)
def _locate(address: str, era: int) -> Located:
    own = read(address, _index(era))
    if own.has_district and own.names_commune:
        return _answer(own.entries)
    others = [r for e in _others(address, era) if (r := read(address, _index(e))).entries]
    if own.names_commune:  # the street in it is no commune of another day
        others = [reading for reading in others if not reading.street]
    fuller = [r for r in others if r.has_district and r.names_commune and r.start < own.start]
    if not own.entries or fuller:
        return _from_other_eras(_with_mixed(address, fuller or others, era), era)
    districts: list[Entry] = []
    if own.start:
        mixed = read(address, _mixed())
        street = mixed.street and own.names_commune
        if mixed.names_commune and mixed.start < own.start and not street:
            return _from_other_eras([mixed], era)
        if own.led and own.names_commune and mixed.start == own.start:
            districts = [e for e in mixed.entries if e.level == "district"]
    strangers = [e for reading in others for e in _strangers(own, reading)]
    return _answer(_distinct(own.entries, districts, strangers))


def _others(address: str, era: int) -> Iterator[int]:
    """The other eras, but only one of the two with districts where both read the address alike."""
    with_districts, today = (0, 1), 2
    alike = not may_name(address, _differing(*with_districts))
    if era == today:
        yield from with_districts[:1] if alike else with_districts
        return
    if not alike:
        yield 1 - era
    yield today


def _with_mixed(address: str, readings: list[Reading], era: int) -> list[Reading]:
    """Readings of other eras with what the address says when it mixes them."""
    names = _index(era).names["commune"]
    if readings and all(
        r.has_district
        and r.names_commune
        and not r.led
        and not any(folded_name(e) in names for e in r.entries)
        for r in readings
    ):
        return readings  # no commune of the day bears such a name
    mixed = read(address, _mixed())
    start = min((reading.start for reading in readings), default=len(address))
    if mixed.start < start and mixed.entries:
        return [mixed]
    held = tuple(e for e in mixed.entries if e.level == "commune" and e.holds_on(_ERAS[era]))
    if mixed.start == start and held:
        return [*readings, replace(mixed, entries=held)]
    return readings


def _strangers(own: Reading, other: Reading) -> Iterator[Entry]:
    """The units of another era that the words may mean just as well as those of their own day.

    Not those that became what the own reading leads to, or that agree less with what is written.
    An address in the full form of its day needs no other reading where the old unit of that name
    went, if only in part, into the one of today.
    """
    if (own.exact and not other.exact) or (own.names_commune and not other.names_commune):
        return
    leads_to = {one.entry for entry in own.entries for one in _today(entry)}
    for entry in other.entries:
        today = {one.entry for one in _today(entry)}
        if leads_to >= today and today:
            continue
        if not (own.formal and own.exact and leads_to & today):
            yield entry


def _from_other_eras(readings: list[Reading], era: int) -> Located:
    """An address in the words of another era: certain when all readings lead to one place."""
    entries = _distinct(*(reading.entries for reading in readings))
    ways = {tuple(one.entry for one in _today(entry)) for entry in entries}
    if len(ways) > 1:
        return Located(ambiguous=True, candidates=entries)
    if not entries:
        return Located()
    then = _distinct(t for entry in entries if (t := _then(entry, era)))
    certain = then[0] if len(then) == 1 else None
    if ways == {()} and certain is None:
        return Located(ambiguous=True, candidates=entries)
    return _since(certain, _today(entries[0]))


def _answer(entries: tuple[Entry, ...]) -> Located:
    if len(entries) > 1:
        return Located(ambiguous=True, candidates=entries)
    return _since(entries[0], _today(entries[0]))


def _since(then: Entry | None, now: tuple[Reached, ...]) -> Located:
    """One place of then, whether or not it is one place now."""
    if len(now) <= 1:
        return Located(then=then, now=now[0].entry if now else None)
    largest = next((one.entry for one in now if one.extent == LARGEST), None)
    return Located(
        then=then, ambiguous=True, candidates=tuple(one.entry for one in now), largest=largest
    )


@cache
def _today(entry: Entry) -> tuple[Reached, ...]:
    return tuple(gazetteer.load().follow(entry, date.max))


def _then(entry: Entry, era: int) -> Entry | None:
    """The unit of an era that a unit of another one is, if it is certainly one."""
    day = _ERAS[era]
    if entry.valid_from > day:
        return None
    later = gazetteer.load().follow(entry, day)
    return later[0].entry if len(later) == 1 else None


def _distinct(*groups: Iterable[Entry]) -> tuple[Entry, ...]:
    found = {entry for group in groups for entry in group}
    return tuple(sorted(found, key=lambda e: (e.code, e.valid_from)))


def located_alike(on: date) -> date:
    """The one day that stands for all days on which addresses are located as on this one."""
    return _ERAS[_era_of(on)]


def _era_of(on: date) -> int:
    return (on >= HANOI_REORGANISED) + (on >= DISTRICTS_ENDED)


@cache
def _mixed() -> Index:
    """The units of all eras, each in whatever it, its successors or its predecessors lay in."""
    known = gazetteer.load()
    backward: dict[Entry, list[Entry]] = {}
    for step in known.steps:
        backward.setdefault(step.new, []).append(step.old)

    def earlier(entry: Entry) -> Iterator[Entry]:
        for old in backward.get(entry, ()):
            yield old
            yield from earlier(old)

    def later(entry: Entry) -> Iterator[Entry]:
        for step in known.successors(entry):
            yield step.new
            yield from later(step.new)

    @cache
    def above(entry: Entry) -> frozenset[Entry]:
        line = (entry, *earlier(entry), *later(entry))
        higher = {a for one in line for a in one.ancestors()}
        return frozenset(higher | {after for a in higher for after in later(a)})

    return Index(known.entries, above)


@cache
def _differing(one: int, other: int) -> Index:
    """The units that only one of two eras has."""
    days = _ERAS[one], _ERAS[other]
    return Index(
        [e for e in gazetteer.load().entries if e.holds_on(days[0]) != e.holds_on(days[1])]
    )


@cache
def _index(era: int) -> Index:
    day = _ERAS[era]
    return Index([e for e in gazetteer.load().entries if e.holds_on(day)])
