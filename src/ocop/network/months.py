"""Months of sales: which may be told on a day, and which still wait."""

from datetime import date

BACK = 12  # months that may still be told
GRACE = 5  # days after a month in which nobody is reminded of its sales


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def before(month: date, count: int = 1) -> date:
    """The month so many months before; at the ends of the calendar its first or last day."""
    number = month.year * 12 + month.month - 1 - count
    if not 12 <= number < 12 * (date.max.year + 1):
        return date.min if number < 12 else date.max
    return date(number // 12, number % 12 + 1, 1)


def after(month: date) -> date:
    """The next month."""
    return before(month, -1)


def tellable(since: date, on: date, until: date | None = None) -> list[date]:
    """The months of which sales may be told on a day, newest first: from the one in which the point
    was recognised to the present one, or that of its last day, a year back at most."""
    last = first_of(on if until is None else min(on, until))
    found, month = [], last
    while month >= first_of(since) and month >= before(first_of(on), BACK):
        found.append(month)
        month = before(month)
    return found


def awaited(since: date, on: date, told: set[date], until: date | None = None) -> list[date]:
    """The months that are over and were not told yet, newest first."""
    ended = [month for month in tellable(since, on, until) if month < first_of(on)]
    return [month for month in ended if month not in told]


def overdue(on: date) -> date | None:
    """The month of which keepers are reminded on a day: the last one, some days after its end."""
    return before(first_of(on)) if on.day > GRACE else None
