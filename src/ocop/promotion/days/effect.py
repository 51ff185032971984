"""What an event brought, summed up from what booths told, in whole đồng."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told:
    """What a booth told of a day."""

    booth: int  # key of the application
    sector: str
    day: date
    sold: int
    ordered: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Several of them together; `booths` told of at least one day."""

    booths: int = 0
    sold: int = 0
    ordered: int = 0
    contacts: int = 0

    @property
    def turnover(self) -> int:
        """Sold on the spot and ordered."""
        return self.sold + self.ordered


def sums(rows: Iterable[Told]) -> Sums:
    """All of these together."""
    found = list(rows)
    return Sums(
        len({row.booth for row in found}),
        sum(row.sold for row in found),
        sum(row.ordered for row in found),
        sum(row.contacts for row in found),
    )


def by(rows: Iterable[Told], key: Callable[[Told], _K]) -> dict[_K, Sums]:
    """The same for each key, in the order in which keys come up."""
    found: dict[_K, list[Told]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: sums(some) for each, some in found.items()}


@dataclass(frozen=True, slots=True)
class Came:
    """Who came on a day: by ticket, and visitors counted without one."""

    day: date
    exhibitors: int = 0
    guests: int = 0
    ticketed: int = 0
    counted: int = 0

    @property
    def visitors(self) -> int:
        """Everybody but the people of the booths."""
        return self.guests + self.ticketed + self.counted


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure before and now. `before` is None where nothing is known of before."""

    before: int | None
    now: int

    @property
    def change(self) -> int | None:
        """Per cent, rounded to the nearest; None where there is nothing to compare with."""
        if not self.before:
            return None
        return _nearest((self.now - self.before) * 100, self.before)


def share(part: int, whole: int) -> int | None:
    """Per cent, rounded to the nearest; None of nothing."""
    return _nearest(part * 100, whole) if whole else None


def per(amount: int, count: int) -> int | None:
    """So much for each, rounded to the nearest; None where there is nobody."""
    return _nearest(amount, count) if count else None


def _nearest(number: int, by_what: int) -> int:
    whole, rest = divmod(abs(number), by_what)
    rounded = whole + (2 * rest >= by_what)
    return rounded if number >= 0 else -rounded


def in_order(days: Sequence[date], came: Mapping[date, Came]) -> list[Came]:
    """A line for every day, also where nobody is known to have come."""
    return [came.get(day, Came(day)) for day in days]
