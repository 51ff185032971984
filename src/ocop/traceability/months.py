"""Months by UTC: journals are let go of by them, and a file of scans holds one."""

from datetime import UTC, datetime

Month = tuple[int, int]  # year, month


def month_of(at: int) -> Month:
    """The month of a moment, in milliseconds since 1970."""
    day = datetime.fromtimestamp(at / 1000, UTC)
    return day.year, day.month


def following(month: Month) -> Month:
    """The month after one."""
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def bounds(month: Month) -> tuple[int, int]:
    """Its first millisecond, and the first after it."""
    first, after = (
        int(datetime(*each, 1, tzinfo=UTC).timestamp() * 1000) for each in (month, following(month))
    )
    return first, after


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from one to another, both with them."""
    found = []
    while first <= last:
        found.append(first)
        first = following(first)
    return found


def written(month: Month) -> str:
    """As it stands in names of files: 2026-11."""
    return f"{month[0]}-{month[1]:02d}"
