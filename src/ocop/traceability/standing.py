"""What a stamp is, from its number alone: the range it lies in and what was said of it since.

Pure, and made for reading: whoever answers scans builds one `Book` of all ranges and exceptions and
asks it a million times. A number that no range holds was never given out, however well its serial
is made: somebody has the key, or the database is older than the stamps.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ocop.traceability import lifecycle
from ocop.traceability.intervals import Span, union


@dataclass(frozen=True, slots=True)
class RangeFact:
    """A range as the tables have it; `version` is that of its key."""

    version: int
    span: Span
    state: str
    order: int
    item: int
    lot: int | None = None
    activated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExceptionFact:
    """Numbers of which something was said, as long as it holds."""

    version: int
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a stamp is now. `range` None: no such number was given out."""

    range: RangeFact | None
    exceptions: frozenset[str] = frozenset()

    @property
    def is_issued(self) -> bool:
        """Whether the office gave this number out."""
        return self.range is not None

    @property
    def is_active(self) -> bool:
        """Whether the stamp was activated for a lot, and nothing was said against it."""
        return (
            self.range is not None and self.range.state == lifecycle.ACTIVE and not self.exceptions
        )

    @property
    def word(self) -> str:
        """The gravest that is to be said: an exception before a state, "" for nothing issued."""
        if self.range is None:
            return ""
        for kind in _GRAVEST:
            if kind in self.exceptions:
                return kind
        return self.range.state


_GRAVEST = (lifecycle.RECALLED, lifecycle.LOST, lifecycle.VOIDED, lifecycle.SUSPICIOUS)
NOTHING = Standing(None)


class Book:
    """All ranges and exceptions, ready to be asked. Never changed: a change makes a new one."""

    def __init__(self, ranges: Iterable[RangeFact], exceptions: Iterable[ExceptionFact]) -> None:
        by_version: dict[int, list[RangeFact]] = defaultdict(list)
        for fact in ranges:
            by_version[fact.version].append(fact)
        self._ranges: dict[int, tuple[list[int], list[RangeFact]]] = {}
        for version, some in by_version.items():
            some.sort(key=_first)
            self._ranges[version] = ([fact.span.first for fact in some], some)
        # Of one kind as a set: exceptions may overlap, and one look-up is enough then.
        said: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for told in exceptions:
            said[told.version][told.kind].append(told.span)
        self._said: dict[int, list[tuple[str, list[int], list[Span]]]] = {}
        for version, kinds in said.items():
            sets = [(kind, union(spans)) for kind, spans in kinds.items()]
            self._said[version] = [(kind, [s.first for s in spans], spans) for kind, spans in sets]

    def standing(self, version: int, number: int) -> Standing:
        """What a number of a key is."""
        found = self._ranges.get(version)
        if found is None:
            return NOTHING
        firsts, facts = found
        at = bisect_right(firsts, number) - 1
        if at < 0 or number not in facts[at].span:
            return NOTHING
        said = self._said.get(version)
        if said is None:
            return Standing(facts[at])
        return Standing(facts[at], frozenset(_kinds(said, number)))


def standing_of(
    version: int,
    number: int,
    ranges: Iterable[RangeFact],
    exceptions: Iterable[ExceptionFact],
) -> Standing:
    """What one number is, among few ranges. For many questions keep a `Book`."""
    return Book(ranges, exceptions).standing(version, number)


def _kinds(said: Iterable[tuple[str, list[int], list[Span]]], number: int) -> Iterator[str]:
    for kind, firsts, spans in said:
        at = bisect_right(firsts, number) - 1
        if at >= 0 and number in spans[at]:
            yield kind


def _first(fact: RangeFact) -> int:
    return fact.span.first
