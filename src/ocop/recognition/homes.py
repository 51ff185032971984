"""Where a product lay on a day: the committees above its place, in the units of that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from ocop.places import gazetteer
from ocop.places.gazetteer import Entry
from ocop.places.models import Level as Tier
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition import signers
from ocop.recognition.authority import Level
from ocop.recognition.models import Recognition
from ocop.recognition.signers import Signer


@dataclass(frozen=True, slots=True)
class Above:
    """The committees above a place. Several of a level where the place was put together of several
    since; none where nothing is known of it."""

    provinces: frozenset[Signer]
    districts: frozenset[Signer]


def above(of: Product | Recognition, on: date) -> Above:
    """Who stood above the place of a product, or of what it was recognised for, on a day."""
    found: set[Signer] = set()
    for unit in (of.unit, of.commune):
        if unit is not None and not found:
            found.update(_over(unit, on))
    provinces = {each for each in found if each.level is Level.PROVINCE}
    return Above(frozenset(provinces), frozenset(found - provinces))


def _over(unit: Unit, on: date) -> Iterator[Signer]:
    units = gazetteer.load()
    entry = units.find(unit.code, unit.valid_from)
    if entry is not None and entry.name == unit.name:
        for then in _then(entry, on):
            for each in (then, *then.ancestors()):
                if each.level != "commune":
                    yield signers.of_entry(each, on)
        return
    line = [unit]  # one that the packaged lists do not have
    while (parent := line[-1].parent) is not None:
        line.append(parent)
    if not all(_holds(each, on) for each in line):
        return
    for one in line:
        if one.level == Tier.PROVINCE:
            yield signers.province_named(one.name)
        elif one.level == Tier.DISTRICT and line[-1].level == Tier.PROVINCE:
            yield signers.district_named(one.name, line[-1].name)


def _holds(unit: Unit, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)


def _then(entry: Entry, on: date) -> set[Entry]:
    """The units of a day that a unit was put together of, or that became of it."""
    if entry.valid_from <= on:
        return {reached.entry for reached in gazetteer.load().follow(entry, on)}
    return {then for old in _origins().get(entry, ()) for then in _then(old, on)}


@cache
def _origins() -> dict[Entry, list[Entry]]:
    found: dict[Entry, list[Entry]] = {}
    for step in gazetteer.load().steps:
        found.setdefault(step.new, []).append(step.old)
    return found
