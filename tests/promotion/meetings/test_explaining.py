"""Seasons and reasons as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.promotion.meetings import explaining
from ocop.promotion.meetings.matching import Fit, Match, Part, Reason


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([], "quanh năm"),
        (list(range(1, 13)), "quanh năm"),
        ([5], "tháng 5"),
        ([5, 6, 7], "tháng 5–7"),
        ([11, 12, 1], "tháng 11–1"),
        ([1, 12, 6], "tháng 6, 12–1"),
        ([2, 4], "tháng 2, 4"),
    ],
)
def test_season_is_told_in_runs_over_the_turn_of_the_year(months: list[int], words: str) -> None:
    assert explaining.season_words(months) == words


def test_reasons_are_one_line_with_their_numbers() -> None:
    told = [
        Reason(Part.PRODUCT, Fit.NAMED, 50),
        Reason(Part.QUANTITY, Fit.SHARE, 5, (25,)),
        Reason(Part.SEASON, Fit.SOME_MONTHS, 5, (1, 4)),
    ]
    words = "đúng tên sản phẩm cần mua; đáp ứng 25 % số lượng; có hàng 1/4 tháng cần mua"
    assert explaining.words_of(told).replace("\xa0", " ") == words


@given(
    st.lists(
        st.builds(
            Reason, part=st.sampled_from(Part), fit=st.sampled_from(Fit),
            points=st.integers(0, 50), number=st.tuples(st.integers(0, 100)),
        )
    )
)  # fmt: skip
def test_reasons_are_read_as_they_were_kept(reasons: list[Reason]) -> None:
    assert explaining.read(explaining.kept(Match(tuple(reasons)))) == reasons
