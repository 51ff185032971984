"""The plan of a hall: what fits, what overlaps, what stands side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.promotion.plan import (
    Hall,
    Rows,
    Spot,
    beside,
    check,
    in_rows,
    neighbours,
    overlap,
)

HALL = Hall(200, 100)
SIDES = st.integers(5, 60)


@st.composite
def spots(draw: st.DrawFn, label: str = "A01") -> Spot:
    return Spot(label, draw(st.integers(0, 100)), draw(st.integers(0, 100)), draw(SIDES),
        draw(SIDES))  # fmt: skip


def cells(spot: Spot) -> set[tuple[int, int]]:
    """Every square decimetre of a booth."""
    return {(x, y) for x in range(spot.x, spot.right) for y in range(spot.y, spot.bottom)}


@given(spots(), spots())
def test_booths_overlap_when_they_share_ground(one: Spot, other: Spot) -> None:
    assert overlap(one, other) == bool(cells(one) & cells(other))
    assert beside(one, other) == beside(other, one)
    if beside(one, other):
        assert not overlap(one, other)


@given(st.lists(spots(), max_size=8))
def test_neighbours_are_all_pairs_that_stand_beside(found: list[Spot]) -> None:
    named = [Spot(f"B{n}", s.x, s.y, s.width, s.depth) for n, s in enumerate(found)]
    pairs = {
        (one.label, other.label)
        for one in named
        for other in named
        if one.label < other.label and beside(one, other)
    }
    assert neighbours(named) == pairs


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot("a 1", 0, 0, 30, 30), "không dùng được"),
        (Spot("A01", 180, 0, 30, 30), "ngoài mặt bằng"),
        (Spot("A01", -1, 0, 30, 30), "ngoài mặt bằng"),
        (Spot("A01", 0, 0, 4, 30), "hẹp dưới"),
    ],
)
def test_a_booth_that_cannot_be_built_is_named(spot: Spot, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(HALL, [spot])


def test_two_booths_on_one_ground_or_of_one_number_are_refused() -> None:
    first = Spot("A01", 0, 0, 30, 30)
    with pytest.raises(Refused, match="A01 và gian A02 chồng"):
        check(HALL, [first, Spot("A02", 29, 29, 30, 30)])
    with pytest.raises(Refused, match="A01 có hai lần"):
        check(HALL, [first, Spot("A01", 60, 0, 30, 30)])
    check(HALL, [first, Spot("A02", 30, 0, 30, 30)])


def test_rows_stand_back_to_back_with_aisles_around() -> None:
    made = in_rows(Hall(180, 240), [("I", 6), ("IV", 3)], Rows())
    check(Hall(180, 240), made)
    assert [spot.label for spot in made][:5] == ["A01", "A02", "A03", "A04", "B01"]
    assert [spot.sector for spot in made] == ["I"] * 6 + ["IV"] * 3
    assert {spot.y for spot in made} == {30, 60, 120}
    pairs = neighbours(made)
    assert ("A01", "B01") in pairs
    assert ("A01", "A02") in pairs
    assert ("B01", "C01") not in pairs


def test_rows_that_do_not_fit_say_how_many_would() -> None:
    with pytest.raises(Refused, match="chỉ xếp được 8 trong 40 gian"):
        in_rows(Hall(180, 120), [("", 40)], Rows())
