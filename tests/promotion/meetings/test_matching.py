"""Which goods fit what a buyer looks for: each reason, and what rules out."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ocop.products.models import Product
from ocop.promotion.meetings import queries
from ocop.promotion.meetings.matching import (
    MOST,
    WORDS,
    Fit,
    Goods,
    Measure,
    Part,
    Reach,
    Wanted,
    match,
)
from tests.promotion.factories import make_goods
from tests.promotion.meetings import factories as making

WANTED = Wanted(
    words=("mien", "dong"), sector="I", group=5, quantity=Decimal(2), measure=Measure.TONNE,
    months=frozenset({10, 11, 12, 1}), reach=Reach.COUNTRY, stars=3,
)  # fmt: skip
GOODS = Goods(
    words=frozenset({"mien", "dong", "lang", "so"}), sector="I", group=5, stars=4,
    quantity=Decimal(2_000), measure=Measure.KG, months=frozenset(range(1, 13)),
    reach=Reach.ABROAD,
)  # fmt: skip


def fits(wanted: Wanted, goods: Goods) -> dict[Part, Fit]:
    found = match(wanted, goods)
    assert found is not None
    return {reason.part: reason.fit for reason in found.reasons}


def test_goods_that_have_everything_have_a_hundred_points() -> None:
    found = match(WANTED, GOODS)
    assert found is not None
    assert found.points == 100
    assert fits(WANTED, GOODS) == {
        Part.PRODUCT: Fit.NAMED, Part.QUANTITY: Fit.ENOUGH,
        Part.SEASON: Fit.ALL_MONTHS, Part.PLACE: Fit.REACHED,
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"sector": "II"},
        {"stars": None},
        {"stars": 2},
        {"months": frozenset({5, 6})},
        {"words": frozenset({"gao"}), "group": 6},
    ],
)
def test_another_sector_kind_star_or_season_does_not_fit(more: dict[str, object]) -> None:
    assert match(WANTED, replace(GOODS, **more)) is None  # type: ignore[arg-type]


def test_the_nearer_the_name_the_more_points() -> None:
    told = [
        GOODS,
        replace(GOODS, words=frozenset({"bun", "kho"})),
        replace(GOODS, words=frozenset({"mien", "gao"}), group=6),
    ]
    product = [match(WANTED, goods).reasons[0] for goods in told]  # type: ignore[union-attr]
    assert [each.fit for each in product] == [Fit.NAMED, Fit.GROUP, Fit.SOME_WORDS]
    assert [each.points for each in product] == sorted(
        (each.points for each in product), reverse=True
    )


def test_a_whole_sector_is_found_when_no_group_is_asked_for() -> None:
    wanted = replace(WANTED, words=("qua", "tet"), group=0)
    assert fits(wanted, GOODS)[Part.PRODUCT] == Fit.SECTOR


def test_much_of_something_else_is_not_what_was_asked_for() -> None:
    wanted = replace(WANTED, words=("gao", "nep"), group=0)
    found = match(wanted, GOODS)
    assert found is not None
    assert [reason.points for reason in found.reasons] == [10, 4, 4, 2]


def test_a_part_of_the_quantity_and_of_the_season_counts_by_its_share() -> None:
    half = replace(GOODS, quantity=Decimal(500), months=frozenset({11}))
    found = match(WANTED, half)
    assert found is not None
    by_part = {reason.part: reason for reason in found.reasons}
    assert (by_part[Part.QUANTITY].points, by_part[Part.QUANTITY].number) == (5, (25,))
    assert (by_part[Part.SEASON].points, by_part[Part.SEASON].number) == (5, (1, 4))


def test_measures_of_another_kind_are_not_compared() -> None:
    boxes = replace(GOODS, measure=Measure.BOX)
    assert fits(WANTED, boxes)[Part.QUANTITY] == Fit.OTHER_MEASURE


def test_goods_that_are_delivered_in_the_province_only_fall_behind() -> None:
    near = replace(GOODS, reach=Reach.HERE)
    assert fits(WANTED, near)[Part.PLACE] == Fit.TOO_FAR
    assert fits(replace(WANTED, reach=Reach.HERE), near)[Part.PLACE] == Fit.REACHED


def test_what_is_not_told_is_said_so() -> None:
    bare = replace(GOODS, quantity=None, months=frozenset(), reach=None)
    assert fits(WANTED, bare) == {
        Part.PRODUCT: Fit.NAMED, Part.QUANTITY: Fit.NOT_TOLD,
        Part.SEASON: Fit.NOT_TOLD, Part.PLACE: Fit.NOT_TOLD,
    }  # fmt: skip
    assert fits(replace(WANTED, quantity=None), bare)[Part.QUANTITY] == Fit.NOT_ASKED


def test_no_months_asked_for_means_the_whole_year() -> None:
    wanted, six = replace(WANTED, months=frozenset()), frozenset(range(1, 7))
    found = match(wanted, replace(GOODS, months=six))
    assert found is not None
    assert found.reasons[2].number == (6, 12)


MONTHS = st.frozensets(st.integers(1, 12))
AMOUNTS = st.none() | st.integers(1, 5_000).map(Decimal)


@given(
    st.builds(
        Wanted, words=st.just(("mien", "dong")), sector=st.sampled_from(("", "I")),
        group=st.sampled_from((0, 5)), quantity=AMOUNTS, measure=st.sampled_from(Measure),
        months=MONTHS, reach=st.sampled_from(Reach), stars=st.sampled_from((None, 3, 5)),
    ),
    st.builds(
        Goods, words=st.frozensets(st.sampled_from(("mien", "dong", "so"))),
        sector=st.sampled_from(("I", "II")), group=st.sampled_from((5, 6)),
        stars=st.sampled_from((None, 3, 4, 5)), quantity=AMOUNTS,
        measure=st.sampled_from(Measure), months=MONTHS,
        reach=st.none() | st.sampled_from(Reach),
    ),
)  # fmt: skip
def test_every_match_tells_each_part_once_within_its_points(wanted: Wanted, goods: Goods) -> None:
    found = match(wanted, goods)
    if found is None:
        return
    assert [reason.part for reason in found.reasons] == list(Part)
    assert all(0 <= reason.points <= MOST[reason.part] for reason in found.reasons)
    assert all((reason.part, reason.fit) in WORDS for reason in found.reasons)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "name", "fit"),
    [
        ("Miến dong", "Ổi lê Đông Phương Yên", Fit.SECTOR),
        ("Miến dong", "Hành tỏi phi Đồng Lạc", Fit.SECTOR),
        ("Miến dong", "Miến dong Lãng Sơn", Fit.NAMED),
        ("Miến dong", "Bún miến khô", Fit.SOME_WORDS),
        ("Chè hoa hoà tan", "Chè hoa hòa tan", Fit.NAMED),
        ("mien dong", "Miến dong Lãng Sơn", Fit.NAMED),
    ],
)
def test_words_are_compared_with_their_marks_where_a_buyer_writes_them(
    now: datetime, wanted: str, name: str, fit: Fit
) -> None:
    demand = making.posted(now, wanted=wanted, sector="I")
    product = make_goods(now, name)
    (found,) = queries.goods_for(
        demand, Product.objects.filter(pk=product.pk), timezone.localdate(now)
    )
    assert found.match.reasons[0].fit == fit
