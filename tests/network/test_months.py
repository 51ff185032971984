"""Months of which sales may be told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ocop.network import months

DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def test_months_are_told_from_recognition_to_today() -> None:
    found = months.tellable(date(2026, 9, 20), date(2026, 11, 23))
    assert found == [date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)]


def test_the_running_month_is_not_awaited_yet() -> None:
    told = {date(2026, 9, 1)}
    assert months.awaited(date(2026, 9, 20), date(2026, 11, 23), told) == [date(2026, 10, 1)]


def test_calendar_ends_without_a_fault() -> None:
    assert months.before(date(1, 2, 1), 11) == date.min
    assert months.after(date(9999, 12, 1)) == date.max
    assert months.before(date(1, 2, 1)) == date(1, 1, 1)
    assert months.after(date(9999, 11, 1)) == date(9999, 12, 1)


def test_nothing_is_told_after_the_month_of_the_last_day() -> None:
    found = months.tellable(date(2026, 9, 20), date(2026, 11, 23), date(2026, 10, 2))
    assert found == [date(2026, 10, 1), date(2026, 9, 1)]


@given(since=DAYS, on=DAYS)
def test_tellable_months_are_first_days_within_a_year(since: date, on: date) -> None:
    found = months.tellable(since, on)
    assert len(found) <= months.BACK + 1
    assert all(month.day == 1 and month <= on for month in found)
    assert found == sorted(set(found), reverse=True)


@given(month=DAYS.map(months.first_of), count=st.integers(0, 30))
def test_going_back_and_forth_ends_where_it_began(month: date, count: int) -> None:
    other = months.before(month, count)
    for _turn in range(count):
        other = months.after(other)
    assert other == month
