"""The units and successions that come with the package, as plain objects.

No database is needed: `ocop locate` and dry runs of imports work on an empty installation.
Periods are half-open; a unit without a first day in the lists has BEGINNING.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources

from ocop.places import extents
from ocop.places.eras import BEGINNING

#: Kinds of units, as they stand before a name. The longest comes first.
KINDS = ("thị trấn", "thành phố", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One unit in one era. `parent` is the unit above it in that era, None for provinces."""

    code: str
    name: str  # with its kind: Xã Đức Trọng
    kind: str
    level: str  # province, district, commune
    parent: "Entry | None"
    valid_from: date
    valid_to: date | None
    lat: float | None
    lon: float | None

    @property
    def bare(self) -> str:
        """The name without its kind; a number stands without leading zeros."""
        lower = self.name.lower()
        for kind in KINDS:
            if lower.startswith(kind + " "):
                rest = self.name[len(kind) + 1 :]
                return rest.lstrip("0") if rest.isdigit() else rest
        return self.name

    def holds_on(self, day: date) -> bool:
        """Whether the unit existed on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def ancestors(self) -> Iterator["Entry"]:
        """The units above it, nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


@dataclass(frozen=True, slots=True)
class Step:
    """A succession: what the old unit became, wholly or in part, and how we know."""

    old: Entry
    new: Entry
    extent: str  # whole, largest part, part
    basis: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A unit that a place leads to, and how much of the place went there."""

    entry: Entry
    extent: str  # whole, largest part, part


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units and successions."""

    entries: tuple[Entry, ...]
    steps: tuple[Step, ...]
    _eras: dict[str, list[Entry]] = field(repr=False)
    _onward: dict[Entry, list[Step]] = field(repr=False)

    def successors(self, entry: Entry) -> list[Step]:
        """What became of a unit at the end of its era."""
        return self._onward.get(entry, [])

    def follow(self, entry: Entry, day: date) -> list[Reached]:
        """The units of a day that a place leads to, through every era between, largest part first.

        One: certain, and whole. Several: the unit was split on the way. None: nobody recorded it.
        """
        if entry.valid_to is None or day < entry.valid_to:
            return [Reached(entry, extents.WHOLE)]
        paths = (
            (later.entry, extents.onward(step.extent, later.extent))
            for step in self.successors(entry)
            for later in self.follow(step.new, day)
        )
        return [Reached(*one) for one in extents.joined(paths, lambda e: (e.code, e.level))]

    def find(self, code: str, day: date) -> Entry | None:
        """The unit that bears a code on a day."""
        return next((e for e in self._eras.get(code, ()) if e.holds_on(day)), None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def load() -> Gazetteer:
    """Read the packaged lists, once per process."""
    folder = resources.files("ocop.places") / "data"
    eras: dict[str, list[Entry]] = {}
    entries = []
    with (folder / "units.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: len(row["code"]))
    for row in rows:
        ends = _day(row["valid_to"])
        entry = Entry(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            level=row["level"],
            parent=_parent(eras.get(row["parent"], []), ends),
            valid_from=_day(row["valid_from"]) or BEGINNING,
            valid_to=ends,
            lat=_number(row["lat"]),
            lon=_number(row["lon"]),
        )
        eras.setdefault(entry.code, []).append(entry)
        entries.append(entry)
    keyed = {(e.code, e.valid_from): e for e in entries}
    steps = []
    with (folder / "successions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            old = keyed[row["old_code"], _day(row["old_from"]) or BEGINNING]
            new = keyed[row["new_code"], _day(row["new_from"]) or BEGINNING]
            steps.append(Step(old, new, row["extent"], row["basis"]))
    onward: dict[Entry, list[Step]] = {}
    for step in steps:
        onward.setdefault(step.old, []).append(step)
    return Gazetteer(tuple(entries), tuple(steps), eras, onward)


def _parent(bearers: list[Entry], child_ends: date | None) -> Entry | None:
    """The bearer of the parent's code that outlives the child: codes come again in later eras."""

    def outlives(entry: Entry) -> bool:
        if child_ends is None or entry.valid_to is None:
            return child_ends is None and entry.valid_to is None
        return entry.valid_to >= child_ends

    return next(filter(outlives, bearers), None)
