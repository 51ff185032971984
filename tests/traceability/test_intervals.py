"""Spans against sets that hold every number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.intervals import (
    Span,
    between,
    covers,
    difference,
    earliest,
    intersection,
    overlap,
    shifted,
    size,
    union,
)

SPAN = st.builds(Span, st.integers(0, 60), st.integers(1, 20))
SPANS = st.lists(SPAN, max_size=8)


def numbers(spans: list[Span]) -> set[int]:
    return {n for span in spans for n in range(span.first, span.first + span.count)}


def is_a_set(spans: list[Span]) -> bool:
    """In order, and neither overlapping nor touching."""
    return all(a.end < b.first for a, b in pairwise(spans))


@given(SPANS)
def test_union_holds_the_same_numbers_as_a_set(spans: list[Span]) -> None:
    found = union(spans)
    assert numbers(found) == numbers(spans)
    assert is_a_set(found)
    assert size(spans) == len(numbers(spans))


@given(SPANS, SPANS)
def test_intersection_and_difference_are_those_of_sets(
    some: list[Span], others: list[Span]
) -> None:
    both, only = intersection(some, others), difference(some, others)
    assert numbers(both) == numbers(some) & numbers(others)
    assert numbers(only) == numbers(some) - numbers(others)
    assert is_a_set(both)
    assert is_a_set(only)
    assert covers(some, others) == (numbers(others) <= numbers(some))


@given(SPANS)
def test_overlap_is_a_number_in_two_spans(spans: list[Span]) -> None:
    assert overlap(spans) == (sum(s.count for s in spans) > len(numbers(spans)))


@given(st.lists(st.tuples(SPAN, st.integers(0, 9)), max_size=8))
def test_of_what_is_said_of_a_number_the_first_holds(said: list[tuple[Span, int]]) -> None:
    told = {
        n: min(at for span, at in said if n in span) for n in numbers([span for span, _at in said])
    }
    found = earliest(said)
    assert {n: at for span, at in found for n in numbers([span])} == told
    assert all(
        a.end < b.first or (a.end == b.first and before != after)
        for (a, before), (b, after) in pairwise(found)
    )


@given(SPANS, st.integers(0, 100))
def test_shifted_moves_every_number(spans: list[Span], by: int) -> None:
    assert numbers(shifted(spans, by)) == {n + by for n in numbers(spans)}


@pytest.mark.parametrize(("first", "count"), [(0, 0), (5, -1), (-1, 3)])
def test_nothing_is_no_span(first: int, count: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(first, count)


def test_a_span_knows_its_numbers() -> None:
    span = between(3, 6)
    assert [n for n in range(10) if n in span] == [3, 4, 5]
    assert span.end == 6
