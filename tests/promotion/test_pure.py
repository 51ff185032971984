"""Points, conditions and states of events, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, priority
from ocop.promotion.conditions import Asked, Goods, Lack, back, lacks
from ocop.promotion.priority import Past, Weights
from ocop.recognition.validity import HOLDING, State

GOOD = Goods(4, State.VALID, State.VALID, traced=True, labelled=True)


def points(past: Past) -> int:
    return priority.total(priority.parts(past, Weights()))


def test_who_never_had_a_booth_stands_before_who_had_one_lately() -> None:
    assert points(Past(4)) > points(Past(4, booths=1)) > points(Past(4, booths=3))


def test_more_stars_and_earlier_refusals_count_for_a_producer() -> None:
    assert points(Past(5)) > points(Past(4)) > points(Past(3))
    assert points(Past(3, refusals=1)) > points(Past(3))
    assert points(Past(3, refusals=9)) == points(Past(3, refusals=priority.MOST_REFUSALS))


@given(st.integers(0, 5), st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_points_are_the_sum_of_the_parts_that_are_told(
    stars: int, booths: int, refusals: int, traced: bool
) -> None:
    told = priority.parts(Past(stars, booths, refusals, traced), Weights())
    assert all(part.points for part in told)
    assert {part.key for part in told} <= priority.WORDS.keys()
    assert priority.total(told) >= 3 * Weights().had_booth


def test_the_setting_of_points_takes_known_names_and_whole_numbers_only() -> None:
    assert priority.is_setting({"star_5": 60, "had_booth": -20})
    for wrong in ({"gold": 1}, {"star_5": 1.5}, {"star_5": True}, {"star_5": 1000}, [], None):
        assert not priority.is_setting(wrong)
    assert priority.weights_of({"star_5": 60}) == Weights(star_5=60)


def test_goods_with_everything_may_come() -> None:
    assert lacks(GOOD, Asked()) == ()


@pytest.mark.parametrize(
    ("goods", "lack"),
    [
        (Goods(None, None, None, traced=True, labelled=True), Lack.NO_STAR),
        (Goods(4, State.EXPIRED, State.EXPIRED, traced=True, labelled=True), Lack.NO_STAR),
        (Goods(2, State.VALID, State.VALID, traced=True, labelled=True), Lack.FEW_STARS),
        (Goods(4, State.VALID, State.EXPIRED, traced=True, labelled=True), Lack.ENDS_BEFORE),
        (Goods(4, State.VALID, State.VALID, traced=False, labelled=True), Lack.NO_TRACE),
        (Goods(4, State.VALID, State.VALID, traced=True, labelled=False), Lack.NO_LABEL),
        (Goods(4, State.VALID, State.VALID, traced=True, labelled=True, stopped=True),
         Lack.STOPPED),
    ],
)  # fmt: skip
def test_what_goods_lack_is_named(goods: Goods, lack: Lack) -> None:
    assert lacks(goods, Asked()) == (lack,)


def test_an_event_may_ask_for_less_and_for_more() -> None:
    bare = Goods(None, None, None, traced=False, labelled=False)
    assert lacks(bare, Asked(stars=None, trace=False, labels=False)) == ()
    assert lacks(GOOD, Asked(stars=5)) == (Lack.FEW_STARS,)


@given(st.sampled_from(State))
def test_only_a_star_that_holds_counts(state: State) -> None:
    told = lacks(Goods(5, state, state, traced=True, labelled=True), Asked())
    assert (told == ()) == (state in HOLDING)


def test_three_years_back_of_a_leap_day() -> None:
    assert back(3, date(2028, 2, 29)) == date(2025, 2, 28)
    assert back(3, date(2026, 11, 30)) == date(2023, 11, 30)


def test_moves_begin_and_end_at_known_states() -> None:
    for move in lifecycle.MOVES.values():
        assert {*move.sources, move.target} <= lifecycle.STATES.keys()
    with pytest.raises(Refused, match="Đã diễn ra"):
        lifecycle.expect("cancel", lifecycle.HELD)
    lifecycle.expect("call", lifecycle.SELECTING)
