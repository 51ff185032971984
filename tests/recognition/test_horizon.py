"""The months of the radar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ocop.core.periods import Period
from ocop.recognition.horizon import columns, horizon

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
_DAY = timedelta(days=1)


@given(on=DAYS)
def test_horizon_has_every_day_of_twelve_months_in_one_column(on: date) -> None:
    overdue, *ahead = columns(on)
    assert overdue.overdue
    assert overdue.last == on - _DAY
    covered = [day for c in ahead if c.first for day in Period.of_days(c.first, c.last)]
    assert covered == list(horizon(on))
    assert all(c.first and (c.first.year, c.first.month) == (c.last.year, c.last.month)
               for c in ahead)  # fmt: skip
    assert len(ahead) == (12 if on.day == 1 else 13)


def test_horizon_of_a_leap_day_ends_before_the_last_of_february() -> None:
    assert horizon(date(2028, 2, 29)) == Period(date(2028, 2, 29), date(2029, 2, 28))
    assert columns(date(2026, 11, 30))[1:3][0].last == date(2026, 11, 30)
    assert columns(date(2026, 11, 30))[-1].last == date(2027, 11, 29)
