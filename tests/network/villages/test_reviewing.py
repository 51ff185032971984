"""Decree 52/2018/NĐ-CP, Article 5, asked of every village beside its title."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.network.villages.criteria import Criterion, Title
from ocop.network.villages.models import Artisan, Village, VillageEnvironment
from ocop.network.villages.reviewing import Outcome, checked, reviewed
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageYearFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _village(
    *, title: str = "", in_trade: int = 200, traditional: bool = False, looked: bool = True
) -> Village:
    village: Village = VillageFactory(
        began_year=1900 if traditional else None,
        developing=traditional or None,
        distinctive=traditional or None,
    )
    if traditional:
        Artisan.objects.create(village=village, name="Bà Một", title="skilled")
    for year in (2024, 2025):
        VillageYearFactory(village=village, year=year, in_trade=in_trade)
    if looked:
        VillageEnvironment.objects.create(village=village, checked_on=date(2026, 1, 5), kept=True)
    if title:
        VillageRecognitionFactory(village=village, title=title)
    return village


def _outcomes(on: date = TODAY) -> list[Outcome]:
    return [each.outcome for _key, each in sorted(reviewed(Village.objects.all(), on).items())]


def test_each_village_is_held_against_the_title_that_it_has() -> None:
    _village(title="village")
    _village(title="village", in_trade=99)  # of 500 households: less than 20 %
    _village(title="village", looked=False)
    _village()
    _village(in_trade=99)
    _village(title="village", traditional=True)
    _village(title="traditional", traditional=True)
    _village(title="traditional")  # nobody wrote down how old the craft is
    assert _outcomes() == [
        Outcome.KEPT, Outcome.MISSED, Outcome.UNKNOWN, Outcome.READY, Outcome.OPEN,
        Outcome.RISING, Outcome.KEPT, Outcome.UNKNOWN,
    ]  # fmt: skip


def test_highest_title_says_what_is_asked_for() -> None:
    village = _village(title="village", in_trade=99)
    VillageRecognitionFactory(village=village, title="craft")
    (found,) = reviewed(Village.objects.all(), TODAY).values()
    assert (found.title, found.missed) == (Title.VILLAGE, (Criterion.HOUSEHOLDS,))


def test_only_what_was_known_on_the_day_counts() -> None:
    village = _village(title="village")
    VillageEnvironment.objects.create(village=village, checked_on=date(2026, 6, 1), kept=False)
    assert _outcomes(date(2026, 5, 31)) == [Outcome.KEPT]
    assert _outcomes(date(2026, 6, 1)) == [Outcome.MISSED]
    assert _outcomes(date(2020, 12, 27)) == [Outcome.OPEN]  # signed on the 28th


def test_before_the_first_decree_nothing_is_asked() -> None:
    _village()
    assert reviewed(Village.objects.all(), date(2018, 5, 31)) == {}


def test_all_at_once_says_the_same_as_one_by_one() -> None:
    villages = [_village(), _village(in_trade=99), _village(looked=False)]
    villages.append(_village(traditional=True))
    together = reviewed(Village.objects.all(), TODAY)
    for village in villages:
        one = {answer.criterion: answer.met for answer in checked(village, TODAY).answers}
        asked = (Criterion.HOUSEHOLDS, Criterion.STABLE, Criterion.ENVIRONMENT)
        assert together[village.pk].missed == tuple(c for c in asked if one[c] is False)
        assert together[village.pk].unknown == tuple(c for c in asked if one[c] is None)


def test_number_of_queries_does_not_grow_with_the_villages() -> None:
    _village(title="village")
    with CaptureQueriesContext(connection) as one:
        reviewed(Village.objects.all(), TODAY)
    for _turn in range(3):
        _village(title="village", traditional=True)
    with CaptureQueriesContext(connection) as four:
        reviewed(Village.objects.all(), TODAY)
    assert len(four) == len(one)
