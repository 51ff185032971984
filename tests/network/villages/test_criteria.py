"""Article 5 of Decree 52/2018/NĐ-CP, criterion by criterion."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.network.villages.criteria import (
    Answer,
    Criterion,
    Facts,
    Title,
    Year,
    answers,
    best,
    verdict,
)
from ocop.network.villages.laws import law_on

DAY = date(2026, 11, 23)
LAW = law_on(DAY)
WHOLE = Facts(
    on=DAY,
    began=1900,
    developing=True,
    distinctive=True,
    named=True,
    years=(Year(2024, 500, 100, True), Year(2025, 500, 100, True)),
    environment=True,
    environment_on=date(2026, 3, 1),
)


def _of(facts: Facts, criterion: Criterion) -> Answer:
    assert LAW is not None
    return next(a for a in answers(facts, LAW, months=24) if a.criterion == criterion)


def _best(facts: Facts) -> Title | None:
    assert LAW is not None
    return best(answers(facts, LAW, months=24))


def test_decree_52_is_in_force_from_june_2018() -> None:
    assert law_on(date(2018, 5, 31)) is None
    told = law_on(date(2018, 6, 1))
    assert told is not None
    assert (told.decree, told.household_percent, told.stable_years, told.older_than) == (
        "52/2018/NĐ-CP", 20, 2, 50,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("began", "met"), [(1900, True), (1975, True), (1976, None), (1977, False), (None, None)]
)
def test_trade_is_more_than_fifty_years_old(began: int | None, met: bool | None) -> None:
    """Of 1976 only the year is known: on 2026-11-23 it may be fifty years or some days less."""
    assert _of(replace(WHOLE, began=began), Criterion.AGE).met is met


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_at_least_a_fifth_of_the_households(households: int, in_trade: int) -> None:
    facts = replace(WHOLE, years=(Year(2025, households, in_trade, True),))
    assert _of(facts, Criterion.HOUSEHOLDS).met is (in_trade * 5 >= households)


@pytest.mark.parametrize(
    "years",
    [
        (),
        (Year(2025, 500, None),),
        (Year(2025, 0, 0),),
        (Year(2024, 500, 400),),
        (Year(2027, 5, 5),),
    ],
)
def test_households_are_not_known_without_recent_numbers(years: tuple[Year, ...]) -> None:
    assert _of(replace(WHOLE, years=years), Criterion.HOUSEHOLDS).met is None


def test_latest_year_counts() -> None:
    years = (Year(2025, 500, 400), Year(2026, 500, 99))
    assert _of(replace(WHOLE, years=years), Criterion.HOUSEHOLDS).met is False


@pytest.mark.parametrize(
    ("before", "last", "met"),
    [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (None, True, None),
        (None, False, False),
    ],
)
def test_stable_in_the_two_years_before(
    before: bool | None, last: bool | None, met: bool | None
) -> None:
    years = (Year(2024, stable=before), Year(2025, stable=last), Year(2023, stable=False))
    assert _of(replace(WHOLE, years=years), Criterion.STABLE).met is met


@pytest.mark.parametrize(
    ("day", "kept", "met"),
    [
        (date(2024, 11, 23), True, True),
        (date(2024, 11, 22), True, None),
        (date(2026, 11, 23), False, False),
        (date(2026, 11, 24), True, None),
        (None, None, None),
    ],
)
def test_environment_is_told_by_a_look_of_the_last_two_years(
    day: date | None, kept: bool | None, met: bool | None
) -> None:
    facts = replace(WHOLE, environment=kept, environment_on=day)
    assert _of(facts, Criterion.ENVIRONMENT).met is met


def test_traditional_village_needs_both() -> None:
    assert _best(WHOLE) is Title.TRADITIONAL
    assert _best(replace(WHOLE, named=None)) is Title.VILLAGE
    assert _best(replace(WHOLE, environment=False)) is Title.CRAFT
    assert _best(replace(WHOLE, environment=False, distinctive=False)) is None


def test_what_is_not_known_is_not_met_and_not_missed() -> None:
    assert LAW is not None
    found = answers(replace(WHOLE, named=None), LAW, months=24)
    assert verdict(found, Title.TRADITIONAL) is None
    assert verdict(found, Title.VILLAGE) is True
    missed = answers(replace(WHOLE, named=None, distinctive=False), LAW, months=24)
    assert verdict(missed, Title.CRAFT) is False


def test_every_answer_names_its_article() -> None:
    assert LAW is not None
    assert [a.article for a in answers(WHOLE, LAW, months=24)] == [
        "5.1a", "5.1a", "5.1b", "5.1c", "5.2a", "5.2b", "5.2c",
    ]  # fmt: skip
