"""The arithmetic of progress against slow and obvious readings of the same words."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.programme import queries, terms
from ocop.programme.progress import Counted, day_of_the_nth, percent, quarter, reckon
from ocop.programme.terms import Term

TERM = Term(2021, 2025)


def _counted(
    as_of: date,
    days: list[date],
    registered: int,
    target: int | None,
    awaited: int | None = None,
) -> Counted:
    """What is counted when products were evaluated on these days of the term."""
    return Counted(
        as_of=as_of,
        evaluated_total=len(days) + 1054,
        evaluated_in_term=len(days),
        registered_this_year=registered,
        awaited_this_year=registered if awaited is None else awaited,
        target=target,
        reached_on=target and day_of_the_nth(sorted(days), target),
        term_starts_on=TERM.starts_on,
        term_ends_on=TERM.ends_on,
        last_round_ends_on=queries.last_round_of(as_of.year),
    )


def test_term_of_2021_to_2025_as_the_office_told_it() -> None:
    days = [date(2021, 12, 30)] * 595 + [date(2022, 12, 30)] * 518 + [date(2023, 12, 28)] * 544
    found = reckon(_counted(date(2024, 3, 31), days, 510, 2000))
    assert (found.evaluated_total, found.evaluated_in_term, found.target) == (2711, 1657, 2000)
    assert (found.share_percent, found.missing) == (Decimal("82.9"), 343)
    assert (found.expected_by_year_end, found.expected_share_percent) == (2167, Decimal("108.4"))
    assert (found.target_reached_in, found.is_reached) == ("2024-Q4", False)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (1, 16, "6.3"),  # 6.25: half goes up, not to the even digit
        (1657, 2000, "82.9"),  # 82.85
        (9, 80, "11.3"),  # 11.25
        (2, 3, "66.7"),
        (0, 7, "0.0"),
        (8, 8, "100.0"),
        (2531, 2000, "126.6"),  # 126.55
    ],
)
def test_share_is_rounded_half_up_to_one_decimal(part: int, whole: int, told: str) -> None:
    assert str(percent(part, whole)) == told


@pytest.mark.parametrize("whole", [0, None])
def test_share_of_nothing_is_no_share(whole: int | None) -> None:
    assert percent(3, whole) is None


@given(part=st.integers(0, 10**7), whole=st.integers(1, 10**7))
def test_share_is_the_nearest_tenth(part: int, whole: int) -> None:
    told = percent(part, whole)
    assert told is not None
    assert told.as_tuple().exponent == -1
    left = Fraction(part * 100, whole) - Fraction(told)
    assert -Fraction(1, 20) <= left < Fraction(1, 20)  # a half goes up


_DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))


@given(
    as_of=_DAYS,
    days=st.lists(st.dates(TERM.starts_on, date(2025, 12, 31)), max_size=12),
    awaited=st.integers(0, 12),
    target=st.none() | st.integers(1, 20),
)
def test_forecast_fills_the_year_product_by_product(
    as_of: date, days: list[date], awaited: int, target: int | None
) -> None:
    days = sorted(day for day in days if day <= as_of)
    found = reckon(_counted(as_of, days, 12, target, awaited))

    coming = list(days)
    running = 2021 <= as_of.year <= 2025 and as_of + timedelta(days=1) != date(as_of.year + 1, 1, 1)
    if running:  # whatever was evaluated, those who still wait come in the last round
        coming += [date(as_of.year, 12, 29)] * awaited

    assert found.evaluated_in_term == len(days)
    assert found.expected_by_year_end == len(coming)
    if target is None:
        assert (found.missing, found.share_percent, found.target_reached_in) == (None, None, None)
        assert not found.is_reached
        return
    missing = 0
    while len(days) + missing < target:
        missing += 1
    assert (found.missing, found.is_reached) == (missing, missing == 0)
    # Products already evaluated come before those that are only expected.
    filled = None if len(coming) < target else coming[target - 1]
    assert found.target_reached_in == (filled and f"{filled.year}-{_QUARTERS[filled.month - 1]}")


_QUARTERS = ["Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q3", "Q3", "Q3", "Q4", "Q4", "Q4"]


@given(day=_DAYS)
def test_quarters_have_three_months_each(day: date) -> None:
    assert quarter(day) == f"{day.year}-{_QUARTERS[day.month - 1]}"


@given(days=st.lists(_DAYS, max_size=8), nth=st.integers(1, 10))
def test_day_of_the_nth_is_the_first_day_with_so_many(days: list[date], nth: int) -> None:
    days.sort()
    found = next((day for day in days if sum(d <= day for d in days) >= nth), None)
    assert day_of_the_nth(days, nth) == found


@pytest.mark.parametrize("year", [2024, 2026])
def test_last_round_is_done_before_30_december(year: int) -> None:
    assert queries.last_round_of(year) == date(year, 12, 29)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2021-2025", Term(2021, 2025)),
        (" 2021–2025 ", Term(2021, 2025)),
        ("2021 - 2025", Term(2021, 2025)),
        ("2024", Term(2024, 2024)),
    ],
)
def test_term_is_read_as_people_write_it(text: str, term: Term) -> None:
    assert terms.parse(text) == term
    assert terms.parse(term.code) == terms.parse(str(term)) == term


@pytest.mark.parametrize("text", ["", "2025-2021", "21-25", "1999", "2101", "2021-2025-2030", "kỳ"])
def test_term_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        terms.parse(text)
    assert refusal.value.code == "term_form"
    assert text.strip() in refusal.value.message


@given(year=st.integers(2000, 2095))
def test_term_of_a_year_has_five_years_and_ends_with_a_five_or_zero(year: int) -> None:
    term = terms.containing(year)
    assert term.first <= year <= term.last
    assert (term.last - term.first, term.last % 5) == (4, 0)
    assert (term.starts_on, term.ends_on) == (date(term.first, 1, 1), date(term.last + 1, 1, 1))


@given(as_of=_DAYS, first=st.integers(2016, 2027), length=st.integers(0, 6))
def test_years_of_a_term_are_those_that_have_begun(as_of: date, first: int, length: int) -> None:
    begun = [y for y in range(first, first + length + 1) if date(y, 1, 1) <= as_of]
    assert list(Term(first, first + length).years_until(as_of)) == begun
