"""Stretches of days, half-open: the first day belongs to them, the end is the first day after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `end`; without an end, from `start` on.

    Never empty: an end on or before the start raises ValueError.
    """

    start: date
    end: date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"empty period: {self.start} to {self.end}")

    @classmethod
    def of_days(cls, first: date, last: date) -> "Period":
        """The period from its first to its last day, both included, as papers write it."""
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date | None:
        """The last day that belongs to it; None when it has no end."""
        return None if self.end is None else self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def days(self) -> int | None:
        """How many days it has; None when it has no end."""
        return None if self.end is None else (self.end - self.start).days

    def __iter__(self) -> Iterator[date]:
        """Its days in order, endless when it has no end."""
        day = self.start
        while day in self:
            yield day
            day += timedelta(days=1)

    def overlaps(self, other: "Period") -> bool:
        """True when a day belongs to both."""
        return self.common(other) is not None

    def common(self, other: "Period") -> "Period | None":
        """The days that belong to both; None when there are none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Period(start, end)


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def quarter(number: int, nth: int) -> Period:
    """The nth (1 to 4) quarter of a year."""
    if not 1 <= nth <= 4:
        raise ValueError(f"no quarter {nth}")
    end = date(number + 1, 1, 1) if nth == 4 else date(number, 3 * nth + 1, 1)
    return Period(date(number, 3 * nth - 2, 1), end)
