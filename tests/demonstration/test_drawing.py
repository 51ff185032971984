"""Parting totals into whole shares, and choosing days."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.demonstration import drawing

WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 90), min_size=1)


@given(total=st.integers(0, 2000), weights=WEIGHTS)
def test_shares_add_up_and_miss_proportion_by_less_than_one(
    total: int, weights: dict[str, int]
) -> None:
    shares = drawing.apportion(total, weights)
    assert sum(shares.values()) == total
    whole = sum(weights.values())
    assert all(abs(shares[k] * whole - total * w) < whole for k, w in weights.items())


@given(data=st.data(), most=st.dictionaries(st.text(max_size=3), st.integers(0, 40), min_size=1))
def test_bounded_shares_keep_the_total_and_their_bounds(
    data: st.DataObject, most: dict[str, int]
) -> None:
    open_keys = [key for key, cap in most.items() if cap]
    total = data.draw(st.integers(len(open_keys), sum(most.values())))
    shares = drawing.apportion(total, {key: cap + 1 for key, cap in most.items()})
    kept = drawing.within(shares, most)
    assert sum(kept.values()) == total
    assert set(kept) == set(open_keys)
    assert all(1 <= kept[key] <= most[key] for key in kept)


@pytest.mark.parametrize("total", [1, 7])
def test_bounded_shares_that_cannot_be_are_an_error(total: int) -> None:
    with pytest.raises(ValueError, match="no such shares"):
        drawing.within({"a": total}, {"a": 3, "b": 3})


@given(parts=st.integers(1, 30), more=st.integers(0, 60), seed=st.integers(0, 99))
def test_parts_are_at_least_one_each(parts: int, more: int, seed: int) -> None:
    sizes = drawing.parted(parts + more, parts, Random(seed))
    assert len(sizes) == parts
    assert min(sizes) >= 1
    assert sum(sizes) == parts + more


@given(
    first=st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    days=st.integers(3, 60),
    seed=st.integers(0, 99),
)
def test_weekday_lies_between_its_days(first: date, days: int, seed: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    day = drawing.weekday_between(first, last, Random(seed))
    assert day.weekday() < 5
    assert first <= day <= last
