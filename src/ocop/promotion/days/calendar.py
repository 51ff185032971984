"""The days of an event: which there are, and which may still be told of."""

from datetime import date, timedelta

#: Days after the last one in which sales and visitors may still be told.
GRACE = 30
#: Days after a day on which booths are reminded of it, should a reminder have been missed.
REMINDED = 3


def days(first: date, last: date) -> list[date]:
    """Every day of an event."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def day_of(first: date, last: date, number: int) -> date | None:
    """The day of this number, counted from 1; None: there is none."""
    day = first + timedelta(days=number - 1) if 0 < number < 1000 else None
    return day if day is not None and day <= last else None


def ended(first: date, last: date, on: date) -> list[date]:
    """The days of an event that are over and of which booths are still reminded on a day."""
    return [day for day in days(first, last) if on - timedelta(days=REMINDED) <= day < on]


def tellable(first: date, last: date, on: date) -> list[date]:
    """The days that may be told of on a day: those begun, until a month after the last."""
    if on > last + timedelta(days=GRACE):
        return []
    return [day for day in days(first, last) if day <= on]
