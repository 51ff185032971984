"""The day of a scan in Vietnam, reckoned without a calendar: millions of them are counted.

Vietnam keeps UTC+7 without summer time since 1975; there are no scans of before.
"""

from datetime import date, datetime, timedelta

from ocop.core.zone import ZONE

_OFFSET = int((datetime(2026, 1, 1, tzinfo=ZONE).utcoffset() or timedelta()).total_seconds() * 1000)
_DAY = 86_400_000
_FIRST = date(1970, 1, 1)


def day_number(at: int) -> int:
    """The days since 1970 of a moment in milliseconds since 1970."""
    return (at + _OFFSET) // _DAY


def day_of(number: int) -> date:
    """The day of such a number."""
    return _FIRST + timedelta(days=number)


def number_of(day: date) -> int:
    """The number of a day."""
    return (day - _FIRST).days


def start_of(day: date) -> int:
    """The first moment of a day, in milliseconds since 1970."""
    return number_of(day) * _DAY - _OFFSET
