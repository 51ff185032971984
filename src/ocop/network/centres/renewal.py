"""When a recognised centre is visited and assessed anew."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def due_on(last: date, months: int) -> date:
    """The day by which what was done last is done again."""
    return months_after(last, months)


def is_due(last: date, months: int, on: date) -> bool:
    """Whether that day has come."""
    return on >= due_on(last, months)
