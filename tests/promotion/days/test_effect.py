"""Sums of what booths told, and what is compared with what."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ocop.promotion.days import effect
from ocop.promotion.days.effect import Came, Compared, Told

DAY, NEXT = date(2026, 11, 20), date(2026, 11, 21)
ROWS = [
    Told(1, "I", DAY, 5, 50, 2),
    Told(1, "I", NEXT, 7, 0, 1),
    Told(2, "II", DAY, 1, 0, 4),
]  # fmt: skip
told = st.builds(
    Told, st.integers(1, 9), st.sampled_from(["I", "II", "III"]), st.dates(),
    st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**4),
)  # fmt: skip


def test_a_booth_that_told_of_two_days_is_one_booth() -> None:
    whole = effect.sums(ROWS)
    assert (whole.booths, whole.sold, whole.ordered, whole.contacts) == (2, 13, 50, 7)
    assert whole.turnover == 63


def test_sums_by_day_and_sector() -> None:
    days = effect.by(ROWS, lambda row: row.day)
    assert [(day, each.sold, each.booths) for day, each in days.items()] == [
        (DAY, 6, 2),
        (NEXT, 7, 1),
    ]
    assert {key: each.sold for key, each in effect.by(ROWS, lambda row: row.sector).items()} == {
        "I": 12,
        "II": 1,
    }


@given(st.lists(told))
def test_the_parts_make_the_whole(rows: list[Told]) -> None:
    whole = effect.sums(rows)
    for key in (lambda row: row.day, lambda row: row.sector, lambda row: row.booth):
        parts = effect.by(rows, key).values()
        assert sum(each.sold for each in parts) == whole.sold
        assert sum(each.ordered for each in parts) == whole.ordered
        assert sum(each.contacts for each in parts) == whole.contacts


def test_visitors_are_all_but_the_people_of_the_booths() -> None:
    assert Came(DAY, exhibitors=9, guests=2, ticketed=3, counted=4).visitors == 9
    assert effect.in_order([DAY, NEXT], {NEXT: Came(NEXT, 1)}) == [Came(DAY), Came(NEXT, 1)]


def test_a_change_is_told_only_where_there_was_something_before() -> None:
    assert Compared(200, 250).change == 25
    assert Compared(200, 150).change == -25
    assert Compared(3, 4).change == 33
    assert Compared(8, 7).change == -13  # 12.5 away from nothing, as money is rounded
    assert Compared(0, 5).change is None
    assert Compared(None, 5).change is None
    assert effect.share(1, 3) == 33
    assert effect.share(1, 0) is None
    assert effect.per(10, 4) == 3
    assert effect.per(10, 0) is None
