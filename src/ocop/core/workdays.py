"""Working days of Vietnamese offices: Monday to Friday without public holidays.

Holidays are data (`data/holidays.yaml`, with their articles). An office adds or corrects days in
`OCOP_DATA_DIR/holidays.yaml`, in the same form: `yearly` days, `years`, and `swaps` in a year.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

PACKAGED = Path(__file__).parent / "data" / "holidays.yaml"
_DAY = timedelta(days=1)
_NATIONAL_DAY_SINCE = 2021


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and Saturdays worked, for the years it knows."""

    years: frozenset[int]
    expected: frozenset[int]  # years whose holidays the government has not decided yet
    off: frozenset[date]  # holidays and days given for them, weekends aside
    worked: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Refused for a year without data."""
        if day.year not in self.years:
            raise Refused(
                "holidays_unknown",
                _(
                    "Chưa có lịch nghỉ lễ của năm %d. Hãy bổ sung năm này vào tệp holidays.yaml "
                    "trong thư mục dữ liệu của hệ thống."
                )
                % day.year,
            )
        return day in self.worked or (day.weekday() < 5 and day not in self.off)


def is_working_day(day: date) -> bool:
    """True when offices work that day. Refused beyond the years with data (2018 to 2035)."""
    return calendar().is_working_day(day)


def add_working_days(start: date, n: int) -> date:
    """The nth working day after `start`, which does not count itself; before it when n < 0.

    So a file that came on a Friday with three working days is due on Wednesday. n = 0: `start`.
    """
    days, day, left = calendar(), start, abs(n)
    step = _DAY if n > 0 else -_DAY
    while left:
        day += step
        left -= days.is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`: what is left of a time limit today.

    Negative when `end` lies before `start`. `working_days_between(d, add_working_days(d, n)) == n`.
    """
    days = calendar()
    if end < start:
        return -sum(days.is_working_day(start - _DAY * n) for n in range(1, (start - end).days + 1))
    return sum(days.is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))


def is_expected(day: date) -> bool:
    """True when the government has not decided that year's holidays: a date may still move."""
    return day.year in calendar().expected


def calendar() -> Calendar:
    """The packaged calendar with the office's own file on top; read again when that changes."""
    own = Path(os.environ.get("OCOP_DATA_DIR", "var")) / "holidays.yaml"
    try:
        return _load(own, own.stat().st_mtime_ns)
    except FileNotFoundError:
        return _load(None, 0)


@cache
def _load(own: Path | None, _changed: int) -> Calendar:
    data = yaml.safe_load(PACKAGED.read_text(encoding="utf-8"))
    if own is None:
        return build(data)
    try:
        return build(data, yaml.safe_load(own.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, UnicodeDecodeError, LookupError, TypeError, ValueError, AttributeError):
        raise Refused(
            "holidays_file",
            _("Không đọc được tệp lịch nghỉ lễ %s. Hãy sửa theo mẫu trong tài liệu cài đặt.") % own,
        ) from None


def build(packaged: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Calendar:
    """A calendar from data of the files' form; a year in `own` replaces only what it names.

    Raises LookupError, TypeError, ValueError or AttributeError on data of another form.
    """
    own = own or {}
    years = {year: dict(facts) for year, facts in packaged["years"].items()}
    for year, facts in own.get("years", {}).items():
        years[year] = {**years.get(year, {}), "announced": True, **facts}
    yearly = [*packaged["yearly"], *own.get("yearly", [])]
    swaps = [swap for facts in years.values() for swap in facts.get("swaps", [])]
    statutory = {day for year, facts in years.items() for day in _statutory(year, facts, yearly)}
    off = _moved(statutory) | {_date(swap["free"]) for swap in swaps}
    return Calendar(
        frozenset(years),
        frozenset(year for year, facts in years.items() if not facts.get("announced", True)),
        frozenset(off),
        frozenset(_date(swap["worked"]) for swap in swaps),
    )


def _statutory(
    year: int, facts: Mapping[str, Any], yearly: Iterable[Mapping[str, Any]]
) -> set[date]:
    """The holidays of Art. 112 in one year, on whatever weekday."""
    days = {
        date.fromisoformat(f"{year}-{each['day']}")
        for each in yearly
        if year >= each.get("since", 0)
    }
    first = _date(facts["tet"]) - _DAY * int(facts["before"])
    days |= {first + _DAY * n for n in range(5)}
    days.add(_date(facts["hung_kings"]))
    if year >= _NATIONAL_DAY_SINCE:
        days.add(_date(facts["national_day"]))
    return days


def _moved(statutory: set[date]) -> set[date]:
    """Holidays with those on a weekend moved to the next day that is free to take them."""
    off = set(statutory)
    for day in sorted(d for d in statutory if d.weekday() >= 5):
        instead = day
        while instead.weekday() >= 5 or instead in off:
            instead += _DAY
        off.add(instead)
    return off


def _date(value: object) -> date:
    """A day as YAML gives it; anything else is an error in the file."""
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value
