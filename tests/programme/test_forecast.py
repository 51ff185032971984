"""What the council must expect month by month, against a slow reference."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.periods import Period
from ocop.programme.forecast import Filed, Month, forecast
from ocop.recognition.horizon import horizon, months

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))


def _slowly(
    ends: dict[date, int], filed: list[Filed], on: date, shown: list[Period]
) -> list[tuple[int, int, Fraction, Fraction]]:
    """Star by star and day by day."""
    unfiled = [day for day, count in ends.items() for _star in range(count)]
    for each in filed:
        if each.expires_on in unfiled:
            unfiled.remove(each.expires_on)
    found = []
    for month in shown:
        opens = sum(n for day, n in ends.items() if day - timedelta(days=180) in month)
        closes = sum(n for day, n in ends.items() if day - timedelta(days=120) in month)
        come = decided = Fraction(0)
        for day in unfiled:
            window = Period.of_days(day - timedelta(days=180), day - timedelta(days=120))
            left = [each for each in window if each >= on]
            for each in left:
                come += Fraction(1, len(left)) * (each in month)
                decided += Fraction(1, len(left)) * (each + timedelta(days=45) in month)
        decided += sum(max(each.filed_on + timedelta(days=45), on) in month for each in filed)
        found.append((opens, closes, come, decided))
    return found


@settings(max_examples=60, deadline=None)
@given(
    on=DAYS,
    ends=st.dictionaries(st.integers(-200, 700), st.integers(1, 9), max_size=6),
    filed=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 120)), max_size=5),
)
def test_forecast_is_what_counting_day_by_day_gives(
    on: date, ends: dict[int, int], filed: list[tuple[int, int]]
) -> None:
    told = {on + timedelta(days=n): count for n, count in ends.items()}
    came = [Filed(on + timedelta(days=e), on - timedelta(days=n)) for e, n in filed]
    came += [Filed(day, on) for day in told]  # one of each star has a dossier
    shown = months(horizon(on))
    found = forecast(told, came, on=on, months=shown)
    assert [(m.opens, m.closes, m.filed, m.decided) for m in found] == _slowly(
        told, came, on, shown
    )


@settings(max_examples=60, deadline=None)
@given(on=DAYS, ends=st.dictionaries(st.integers(120, 320), st.integers(1, 9), max_size=8))
def test_all_that_can_still_be_filed_is_expected_to_be(on: date, ends: dict[int, int]) -> None:
    """Windows that are open, or open within the months to come, leave nobody out."""
    told = {on + timedelta(days=n): count for n, count in ends.items()}
    found = forecast(told, [], on=on, months=months(horizon(on)))
    assert sum(m.filed for m in found) == sum(told.values())
    # The last day of filing and 45 days more lie within twelve months.
    assert sum(m.decided for m in found) == sum(told.values())


def test_one_star_is_spread_over_its_window_and_decided_at_most_45_days_later() -> None:
    """It ends on 30/06/2027: to be filed from 01/01/2027 to 02/03/2027, 61 days."""
    on = date(2026, 11, 30)
    found = {
        f"{m.days.start:%m/%Y}": m
        for m in forecast({date(2027, 6, 30): 61}, [], on=on, months=months(horizon(on)))
    }
    assert [found[m].filed for m in ("01/2027", "02/2027", "03/2027")] == [31, 28, 2]
    assert [found[m].decided for m in ("02/2027", "03/2027", "04/2027")] == [14, 31, 16]
    assert (found["01/2027"].opens, found["03/2027"].closes) == (61, 61)


def test_closed_window_is_in_no_month_and_an_open_one_counts_the_days_left() -> None:
    on = date(2026, 11, 30)
    closed = {on + timedelta(days=119): 5}
    assert not any(m.filed for m in forecast(closed, [], on=on, months=months(horizon(on))))
    last_day = {on + timedelta(days=120): 5}
    first, *_rest = forecast(last_day, [], on=on, months=months(horizon(on)))
    assert first.filed == 5


def test_sittings_hold_so_many_products_each() -> None:
    def needed(decided: Fraction) -> int:
        return Month(horizon(date(2026, 1, 1)), 0, 0, Fraction(0), decided).sittings(20)

    assert [needed(Fraction(n)) for n in (0, 1, 20, 21)] == [0, 1, 1, 2]
    assert needed(Fraction(401, 20)) == 2
