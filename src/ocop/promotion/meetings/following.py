"""When a deal is asked after, and how far it has come. A deal is followed for a year."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: Months after signing on whose day it is asked what was delivered.
MONTHS = (3, 6, 9, 12)
#: Days after which an answer that did not come is told to the office.
LATE_DAYS = 15


def due_days(signed_on: date) -> list[date]:
    """The days on which a deal is asked after; the last day of a month stays in its month."""
    return [months_after(signed_on, months) for months in MONTHS]


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, or the day it is due on: đồng delivered since signing (None: not told)."""

    due_on: date
    delivered: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a deal has come. `share` is in per cent of its value, None where it has none; `due`
    is the day of the first answer that is missing, `late` whether that day has passed."""

    delivered: int
    share: int | None
    due: date | None
    late: bool


def progress(value: int | None, told: Sequence[Told], on: date) -> Progress:
    """How far a deal has come on a day."""
    delivered = max((each.delivered for each in told if each.delivered is not None), default=0)
    due = min((each.due_on for each in told if each.delivered is None), default=None)
    share = delivered * 100 // value if value else None
    return Progress(delivered, share, due, due is not None and due < on)
