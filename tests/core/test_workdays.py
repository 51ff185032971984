"""Working days against the holiday runs that the government announced."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import workdays
from ocop.core.refusals import Refused
from ocop.core.workdays import (
    add_working_days,
    calendar,
    is_expected,
    is_working_day,
    working_days_between,
)

DAY = timedelta(days=1)

# First and last day of the breaks of public servants, weekends included, as announced.
BREAKS = [
    ("2018-02-14", "2018-02-20"),  # Tết
    ("2018-04-25", "2018-04-25"),
    ("2018-04-28", "2018-05-01"),
    ("2018-09-01", "2018-09-03"),
    ("2018-12-29", "2019-01-01"),  # 31 December against Saturday 5 January
    ("2019-02-02", "2019-02-10"),
    ("2019-04-13", "2019-04-15"),
    ("2019-04-27", "2019-05-01"),
    ("2019-08-31", "2019-09-02"),
    ("2020-01-01", "2020-01-01"),
    ("2020-01-23", "2020-01-29"),
    ("2020-04-02", "2020-04-02"),
    ("2020-04-30", "2020-05-03"),
    ("2020-09-02", "2020-09-02"),
    ("2021-01-01", "2021-01-03"),
    ("2021-02-10", "2021-02-16"),
    ("2021-04-21", "2021-04-21"),
    ("2021-04-30", "2021-05-03"),
    ("2021-09-02", "2021-09-05"),
    ("2022-01-01", "2022-01-03"),
    ("2022-01-29", "2022-02-06"),
    ("2022-04-09", "2022-04-11"),
    ("2022-04-30", "2022-05-03"),
    ("2022-09-01", "2022-09-04"),
    ("2022-12-31", "2023-01-02"),
    ("2023-01-20", "2023-01-26"),
    ("2023-04-29", "2023-05-03"),
    ("2023-09-01", "2023-09-04"),
    ("2023-12-30", "2024-01-01"),
    ("2024-02-08", "2024-02-14"),
    ("2024-04-18", "2024-04-18"),
    ("2024-04-27", "2024-05-01"),
    ("2024-08-31", "2024-09-03"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-25", "2025-02-02"),
    ("2025-04-05", "2025-04-07"),
    ("2025-04-30", "2025-05-04"),
    ("2025-08-30", "2025-09-02"),
    ("2026-01-01", "2026-01-04"),
    ("2026-02-14", "2026-02-22"),
    ("2026-04-25", "2026-04-27"),
    ("2026-04-30", "2026-05-03"),
    ("2026-08-29", "2026-09-02"),
]
SATURDAYS_WORKED = [
    "2019-01-05",
    "2019-05-04",
    "2024-05-04",
    "2025-04-26",
    "2026-01-10",
    "2026-08-22",
]


def announced() -> set[date]:
    days: set[date] = set()
    for first, last in BREAKS:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            days.add(day)
            day += DAY
    return days


def test_every_day_from_2018_to_2026_as_announced() -> None:
    breaks, worked = announced(), {date.fromisoformat(day) for day in SATURDAYS_WORKED}
    day, wrong = date(2018, 1, 2), []
    while day.year <= 2026:
        expected = day in worked or (day.weekday() < 5 and day not in breaks)
        if is_working_day(day) != expected:
            wrong.append(day)
        day += DAY
    assert wrong == []


@pytest.mark.parametrize("year", range(2018, 2036))
def test_lunar_days_fit_the_moon(year: int) -> None:
    facts = yaml.safe_load(workdays.PACKAGED.read_text(encoding="utf-8"))["years"]
    tet, hung_kings = facts[year]["tet"], facts[year]["hung_kings"]
    months = (tet - date(2018, 2, 16)).days / 29.530588  # new moon of a known Tết
    assert abs(months - round(months)) < 0.06
    # Two lunar months and nine days, or three months when the second is a leap month (2023).
    assert (hung_kings - tet).days in ((97, 98) if year == 2023 else (67, 68, 69))
    assert facts[year]["before"] in (1, 2)


@pytest.mark.parametrize("year", range(2018, 2036))
def test_year_has_as_many_holidays_as_the_code_grants(year: int) -> None:
    granted = 10 if year < 2021 else 11  # Art. 112: the second day of National Day since 2021
    weekdays = [date(year, 1, 1) + DAY * n for n in range(366)]
    free = [d for d in weekdays if d.year == year and d.weekday() < 5 and not is_working_day(d)]
    swapped = [d for d in calendar().worked if d.year == year]
    # 2018 ends with a day off that is worked in 2019.
    moved = {2018: 1, 2019: -1}.get(year, 0)
    # Two holidays never fall on one day in these years.
    assert len(free) - len(swapped) == granted + moved


def test_deadline_counts_from_the_day_after() -> None:
    friday = date(2026, 11, 20)
    assert add_working_days(friday, 3) == date(2026, 11, 25)
    assert add_working_days(friday, 0) == friday
    assert add_working_days(date(2026, 11, 23), -1) == friday
    assert working_days_between(friday, date(2026, 11, 25)) == 3
    assert working_days_between(friday, date(2026, 11, 22)) == 0


def test_fifteen_working_days_over_tet() -> None:
    # The commune's limit: from Wednesday 11 February 2026 over the five days of Tết.
    assert add_working_days(date(2026, 2, 11), 15) == date(2026, 3, 11)


@given(st.dates(date(2019, 1, 1), date(2034, 12, 31)), st.integers(-60, 60))
def test_adding_is_counted_back(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert working_days_between(start, end) == n
    assert n == 0 or is_working_day(end)


@given(st.dates(date(2019, 1, 1), date(2034, 6, 1)), st.integers(0, 120))
def test_working_days_between_counts_one_by_one(start: date, length: int) -> None:
    end = start + DAY * length
    days = [start + DAY * n for n in range(1, length + 1)]
    assert working_days_between(start, end) == len([d for d in days if is_working_day(d)])
    back = [start + DAY * n for n in range(length)]
    assert working_days_between(end, start) == -len([d for d in back if is_working_day(d)])


def test_years_not_yet_decided_are_marked() -> None:
    assert not is_expected(date(2026, 11, 23))
    assert is_expected(date(2027, 2, 1))


@pytest.mark.parametrize("day", [date(2017, 12, 29), date(2036, 1, 2)])
def test_year_without_data_is_refused(day: date) -> None:
    with pytest.raises(Refused, match=str(day.year)) as refusal:
        is_working_day(day)
    assert refusal.value.code == "holidays_unknown"


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path))
    return tmp_path / "holidays.yaml"


def test_office_adds_a_yearly_day_and_a_swap(own_file: Path) -> None:
    culture_day = date(2026, 11, 24)
    assert is_working_day(culture_day)
    own_file.write_text(
        "yearly: [{day: 11-24, since: 2026}]\n"
        "years: {2027: {swaps: [{free: 2027-09-06, worked: 2027-09-11}]}}\n",
        encoding="utf-8",
    )
    assert not is_working_day(culture_day)
    assert is_working_day(date(2025, 11, 24))
    assert not is_working_day(date(2027, 9, 6))
    assert is_working_day(date(2027, 9, 11))
    assert not is_expected(date(2027, 1, 4))


def test_office_changes_its_file_while_running(own_file: Path) -> None:
    own_file.write_text("", encoding="utf-8")
    assert is_working_day(date(2026, 11, 24))
    own_file.write_text("yearly: [{day: 11-24}]", encoding="utf-8")
    later = own_file.stat().st_mtime_ns + 1_000_000_000
    os.utime(own_file, ns=(later, later))
    assert not is_working_day(date(2026, 11, 24))


def test_office_goes_past_the_packaged_years(own_file: Path) -> None:
    own_file.write_text(
        "years: {2036: {tet: 2036-01-28, before: 1, hung_kings: 2036-04-06,"
        " national_day: 2036-09-01}}",
        encoding="utf-8",
    )
    assert not is_working_day(date(2036, 1, 28))
    assert is_working_day(date(2036, 2, 4))


@pytest.mark.parametrize(
    "text",
    [
        "years: [1]",
        "yearly: [{tag: 11-24}]",
        "yearly: [{day: 13-40}]",
        "years: {2036: {}}",
        "years: {2027: {tet: x}}",
        "years: {2027: {swaps: [{free: 2027-09-06}]}}",
        "a: [",
        "- x",
    ],
)
def test_unreadable_office_file_is_refused_by_name(own_file: Path, text: str) -> None:
    own_file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"holidays\.yaml") as refusal:
        is_working_day(date(2026, 11, 24))
    assert refusal.value.code == "holidays_file"
