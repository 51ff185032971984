"""Months and years as scans are summed up by them, in Vietnam's days."""

import re
from dataclasses import dataclass
from datetime import date

from ocop.core.language import gettext as _

_KEY = re.compile("([0-9]{4})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A month (2026-11) or a year (2026): half-open."""

    key: str
    start: date
    end: date

    @property
    def is_month(self) -> bool:
        return "-" in self.key

    @property
    def words(self) -> str:
        if self.is_month:
            return _("Tháng %s") % f"{self.start:%m/%Y}"
        return _("Năm %s") % f"{self.start:%Y}"


def read(key: str) -> Period | None:
    """The period of a key; None: there is no such."""
    found = _KEY.fullmatch(key)
    if found is None or not 1970 <= int(found[1]) < 9999:
        return None
    year = int(found[1])
    if found[2] is None:
        return Period(key, date(year, 1, 1), date(year + 1, 1, 1))
    return month(date(year, int(found[2]), 1))


def month(day: date) -> Period:
    """The month of a day."""
    start = day.replace(day=1)
    ends_year = start.month == 12
    end = date(start.year + ends_year, 1 if ends_year else start.month + 1, 1)
    return Period(f"{start:%Y-%m}", start, end)


def year(day: date) -> Period:
    """The year of a day."""
    return Period(f"{day:%Y}", date(day.year, 1, 1), date(day.year + 1, 1, 1))


def months_of(period: Period) -> list[Period]:
    """The months of a year."""
    return [month(date(period.start.year, n, 1)) for n in range(1, 13)]


def between(first: date, last: date) -> list[Period]:
    """The months and years from one day to another, the newest first, each year before its
    months."""
    found: list[Period] = []
    here = month(last)
    while here.end > first:
        if not found or found[-1].start.year != here.start.year:
            found.append(year(here.start))
        found.append(here)
        previous = here.start.replace(day=1)
        here = month(date(previous.year - (previous.month == 1), (previous.month - 2) % 12 + 1, 1))
    return found
