"""Sets of numbers as spans: a million numbers in a row are two figures.

Pure. A set is a sequence of spans in order that neither overlap nor touch; `union` makes one of
whatever comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Numbers in a row: `count` of them from `first` on, at least one."""

    first: int
    count: int

    def __post_init__(self) -> None:
        if self.first < 0 or self.count < 1:
            raise ValueError(f"{self.count} numbers from {self.first} on are no span")

    @property
    def end(self) -> int:
        """The number after the last."""
        return self.first + self.count

    def __contains__(self, number: int) -> bool:
        return self.first <= number < self.end


def between(first: int, end: int) -> Span:
    """The numbers from `first` to before `end`."""
    return Span(first, end - first)


def union(spans: Iterable[Span]) -> list[Span]:
    """All numbers that are in any of the spans, as a set."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].end:
            found[-1] = between(found[-1].first, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def intersection(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Numbers that are in both."""
    left, right = union(some), union(others)
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        first, end = max(left[i].first, right[j].first), min(left[i].end, right[j].end)
        if first < end:
            found.append(between(first, end))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    return found


def difference(some: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Numbers of the first that are not in the second."""
    found: list[Span] = []
    taken = union(others)
    at = 0
    for span in union(some):
        first = span.first
        while at < len(taken) and taken[at].end <= first:
            at += 1
        here = at
        while here < len(taken) and taken[here].first < span.end:
            if first < taken[here].first:
                found.append(between(first, taken[here].first))
            first = taken[here].end
            here += 1
        if first < span.end:
            found.append(between(first, span.end))
    return found


def earliest(said: Iterable[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """What is said of numbers at moments, each number with its first: in order, none in two."""
    rows = sorted(said)
    edges = sorted({edge for span, _at in rows for edge in (span.first, span.end)})
    here: list[
        tuple[int, int]
    ] = []  # moment and end of the spans that hold the numbers from `first`
    found: list[tuple[Span, int]] = []
    coming = 0
    for first, end in pairwise(edges):
        while coming < len(rows) and rows[coming][0].first <= first:
            span, at = rows[coming]
            heappush(here, (at, span.end))
            coming += 1
        while here and here[0][1] <= first:
            heappop(here)
        if not here:
            continue
        at = here[0][0]
        if found and found[-1][1] == at and found[-1][0].end == first:
            found[-1] = (between(found[-1][0].first, end), at)
        else:
            found.append((between(first, end), at))
    return found


def size(spans: Iterable[Span]) -> int:
    """How many numbers there are, each counted once."""
    return sum(span.count for span in union(spans))


def covers(some: Iterable[Span], others: Iterable[Span]) -> bool:
    """Whether every number of the second is in the first."""
    return not difference(others, some)


def shifted(spans: Iterable[Span], by: int) -> list[Span]:
    """The same spans, so many numbers on."""
    return [Span(span.first + by, span.count) for span in spans]


def overlap(spans: Sequence[Span]) -> bool:
    """Whether a number is in two of the spans."""
    return size(spans) != sum(span.count for span in spans)
