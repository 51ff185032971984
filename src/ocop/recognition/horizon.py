"""The months of the radar: from today twelve months on, and what ended before today."""

from dataclasses import dataclass
from datetime import date, timedelta

from ocop.core.periods import Period
from ocop.recognition.validity import expiry_of

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """The days of one column, both included. `first` is None for all that ended before today."""

    first: date | None
    last: date

    @property
    def overdue(self) -> bool:
        return self.first is None


def horizon(on: date) -> Period:
    """Today and the days after it, up to the same day twelve months on, which is not in it."""
    return Period(on, expiry_of(on, MONTHS))


def months(period: Period) -> list[Period]:
    """The calendar months of a period, the first and the last cut to it."""
    assert period.end is not None
    found, start = [], period.start
    while start < period.end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Period(start, min(following, period.end)))
        start = following
    return found


def columns(on: date) -> tuple[Column, ...]:
    """What ended before today, then the months of the horizon."""
    ahead = (Column(month.start, month.last) for month in months(horizon(on)) if month.last)
    return Column(None, on - timedelta(days=1)), *ahead
