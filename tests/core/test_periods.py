from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.periods import Period, quarter, year

BASE = date(2024, 2, 1)
offsets = st.integers(0, 60)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = BASE + timedelta(days=draw(offsets))
    length = draw(st.none() | st.integers(1, 40))
    return Period(start, None if length is None else start + timedelta(days=length))


def days_of(period: Period) -> set[date]:
    """Its days within a range wide enough for every drawn period."""
    return {d for n in range(-5, 120) if (d := BASE + timedelta(days=n)) in period}


def test_end_is_the_first_day_outside() -> None:
    period = Period(date(2024, 1, 1), date(2024, 1, 3))
    assert date(2023, 12, 31) not in period
    assert date(2024, 1, 2) in period
    assert date(2024, 1, 3) not in period
    assert period.last == date(2024, 1, 2)
    assert period.days == 2
    assert list(period) == [date(2024, 1, 1), date(2024, 1, 2)]


def test_of_days_includes_both() -> None:
    first = date(2024, 2, 29)
    assert Period.of_days(first, first) == Period(first, date(2024, 3, 1))


def test_period_without_end_goes_on() -> None:
    period = Period(BASE, None)
    assert date(9000, 1, 1) in period
    assert period.last is None
    assert list(islice(period, 2)) == [BASE, BASE + timedelta(days=1)]
    assert period.days is None


def test_empty_period_is_no_period() -> None:
    with pytest.raises(ValueError, match="empty period"):
        Period(BASE, BASE)


@given(periods(), periods())
def test_common_days_are_those_of_both(one: Period, other: Period) -> None:
    both = days_of(one) & days_of(other)
    common = one.common(other)
    assert (days_of(common) if common else set()) == both
    assert one.overlaps(other) == bool(both)
    assert other.common(one) == common


def test_quarters_make_the_year() -> None:
    assert [d for n in (1, 2, 3, 4) for d in quarter(2024, n)] == list(year(2024))
    assert year(2024).days == 366
    with pytest.raises(ValueError, match="no quarter"):
        quarter(2024, 5)
