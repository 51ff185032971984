"""The radar: how many stars end in which month, cut by commune, sector, star or producer.

One query counts them all; what the page shows beside the table (who can file now, who missed it,
whose 36 months are over) is read from the same counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, overload

from django.db.models import CharField, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Substr

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Sector
from ocop.recognition.ending import STATES, UNKNOWN, Ending, ending, place
from ocop.recognition.horizon import Column, columns, horizon
from ocop.recognition.ranks import RANKS
from ocop.recognition.states import rank_case
from ocop.recognition.validity import State


class Cut(StrEnum):
    """What the lines of the radar are."""

    COMMUNE = "commune"
    SECTOR = "sector"
    RANK = "rank"
    PRODUCER = "producer"


CUTS: Mapping[str, str] = {
    Cut.COMMUNE: N_("Xã, phường"),
    Cut.SECTOR: N_("Ngành"),
    Cut.RANK: N_("Hạng sao"),
    Cut.PRODUCER: N_("Chủ thể"),
}
UNKNOWN_WORDS: Mapping[str, str] = {
    Cut.COMMUNE: N_("Chưa rõ xã, phường"),
    Cut.SECTOR: N_("Chưa rõ ngành"),
}
_COLUMNS: Mapping[str, str | Combinable] = {
    Cut.COMMUNE: place,
    Cut.SECTOR: F("product__sector"),
    Cut.RANK: rank_case(),
    Cut.PRODUCER: F("product__producer_id"),
}
#: By way of text, which both databases do themselves.
_MONTH = Substr(Cast("expires_on", CharField()), 1, 7)


#: States of a star whose 36 months are over.
_ENDED = frozenset(
    str(state) for state in (State.EXTENDED, State.EXTENSION_UNCONFIRMED, State.EXPIRED)
)
_AT_ONCE = 500  # names asked for in one query


class Line(NamedTuple):
    """One line: `key` is its value in an address, `counts` stand under the board's columns."""

    key: str
    label: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Board:
    """The radar of a day. `states` counts all its stars by their state.

    Lines of producers, who are thousands, stand with most stars first and have no name yet: see
    `named`.
    """

    on: date
    cut: Cut
    columns: tuple[Column, ...]
    lines: Sequence[Line]
    totals: tuple[int, ...]  # the sums under the columns
    states: Mapping[State, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    def count(self, state: str) -> int:
        """How many are in a state, or in one of several that go by a name (see `ending.STATES`)."""
        return sum(self.states.get(each, 0) for each in STATES[state])


def within(by: Ending, on: date) -> Ending:
    """A wish cut to what the radar speaks of: nothing that ends after the horizon."""
    last = horizon(on).last
    assert last is not None
    return replace(by, end=last if by.end is None else min(by.end, last))


def board(actor: Actor, cut: Cut, *, on: date, by: Ending) -> Board:
    """The radar of a day as the actor may see it."""
    rows = ending(actor, on, within(by, on)).annotate(line=_COLUMNS[cut], month=_MONTH)
    shown = columns(on)
    at = {f"{column.last:%Y-%m}": number for number, column in enumerate(shown) if number}
    counts: dict[Any, list[int]] = defaultdict(lambda: [0] * len(shown))
    totals = [0] * len(shown)
    states: Counter[str] = Counter()
    # Counted here: producers are so many that the database would only sort what it then sends.
    for key, month, state in rows.order_by().values_list("line", "month", "state"):
        states[state] += 1
        column = 0 if state in _ENDED else at[month]
        counts[key][column] += 1
        totals[column] += 1
    told = {State(state): count for state, count in states.items()}
    return Board(on, cut, shown, _LINES[cut](counts), tuple(totals), told)


def named(cut: Cut, lines: Sequence[Line]) -> list[Line]:
    """These lines with the names of their producers, and the codes that addresses know them by."""
    if cut is not Cut.PRODUCER:
        return list(lines)
    found: dict[str, tuple[str, str]] = {}
    for first in range(0, len(lines), _AT_ONCE):
        keys = [line.key for line in lines[first : first + _AT_ONCE]]
        rows = Producer.objects.filter(pk__in=keys).values_list("pk", "code", "name")
        found.update({str(pk): (code, name) for pk, code, name in rows})
    return [Line(*found[line.key], line.counts) for line in lines]


_Counts = Mapping[Any, Sequence[int]]


def _communes(counts: _Counts) -> Iterator[Line]:
    units = Unit.objects.in_bulk([key for key in counts if key])
    for unit in sorted(units.values(), key=lambda unit: (unit.folded, unit.pk)):
        yield Line(str(unit.pk), unit.name, counts[unit.pk])
    if 0 in counts:
        yield Line("0", _(UNKNOWN_WORDS[Cut.COMMUNE]), counts[0])


def _sectors(counts: _Counts) -> Iterator[Line]:
    for sector in Sector:
        if sector in counts:
            yield Line(sector, f"{sector} – {sector.label}", counts[sector])
    if "" in counts:
        yield Line(UNKNOWN, _(UNKNOWN_WORDS[Cut.SECTOR]), counts[""])


def _ranks(counts: _Counts) -> Iterator[Line]:
    for rank, words in RANKS.items():
        if rank in counts:
            yield Line(rank, _(words), counts[rank])


class _Producers(Sequence[Line]):
    """Ten thousand lines of which a page shows sixty: each is made when it is looked at."""

    def __init__(self, counts: _Counts) -> None:
        self._counts = counts
        self._order = sorted(sorted(counts), key=lambda key: sum(counts[key]), reverse=True)

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(at, slice):
            return tuple(self._line(key) for key in self._order[at])
        return self._line(self._order[at])

    def _line(self, key: int) -> Line:
        return Line(str(key), "", self._counts[key])


_LINES: Mapping[Cut, Callable[[_Counts], Sequence[Line]]] = {
    Cut.COMMUNE: lambda counts: tuple(_communes(counts)),
    Cut.SECTOR: lambda counts: tuple(_sectors(counts)),
    Cut.RANK: lambda counts: tuple(_ranks(counts)),
    Cut.PRODUCER: _Producers,
}
