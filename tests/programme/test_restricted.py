"""Numbers drawn from what producers tell in confidence: told of five at least, listed for few."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ocop.core import language
from ocop.core.actor import Actor, ActorKind, Grant
from ocop.people.roles import Role
from ocop.places.queries import key_of
from ocop.producers.models import Sex
from ocop.programme import indicators, queries
from ocop.programme.cuts import CUTS, UNKNOWN
from ocop.programme.scope import Scope
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.programme import province
from tests.programme.province import END_OF_MARCH, scope

pytestmark = pytest.mark.django_db
AUDITOR = Actor(ActorKind.PERSON, user_id=8, grants=frozenset({Grant(Role.AUDITOR)}))
EARLY, LATE = date(2023, 5, 5), date(2024, 2, 1)  # before and after the turn of the year


def makers(count: int, on: date = EARLY, **facts: Any) -> None:
    """Producers with one valid product each."""
    told = {"revenue": facts.pop("revenue", 100)}
    for _ in range(count):
        producer = ProducerFactory(**facts)
        RecognitionFactory(product=ProductFactory(producer=producer, **told), on=on)


@pytest.mark.parametrize(
    ("key", "facts", "total"),
    [("revenue", {}, 500), ("workers", {"workers": 7}, 35)],
)
def test_sum_is_told_of_five_producers_at_least(
    key: str, facts: dict[str, Any], total: int
) -> None:
    province.units()
    frame = scope(actor=AUDITOR)
    reading = indicators.get(key)
    assert (reading.figure(frame).value, reading.figure(frame).withheld) == (None, False)
    makers(4, **facts)
    assert (reading.figure(frame).value, reading.figure(frame).withheld) == (None, True)
    makers(1, **facts)
    assert (reading.figure(frame).value, reading.figure(frame).withheld) == (total, False)
    makers(1, revenue=None)  # who told nothing adds nothing
    assert (reading.figure(frame).value, reading.rows(frame).count()) == (total, 5)
    assert reading.slices(frame, "year") == []


def test_many_products_of_few_producers_are_withheld() -> None:
    province.units()
    producer = ProducerFactory()
    for _ in range(6):
        RecognitionFactory(product=ProductFactory(producer=producer, revenue=100), on=EARLY)
    assert indicators.get("revenue").figure(scope(actor=AUDITOR)).withheld


def test_public_numbers_are_the_whole_provinces_at_the_end_of_the_year_before() -> None:
    """The difference of two days, or of two units, would tell one producer's own figure."""
    place = province.units()
    makers(5)
    makers(1, on=LATE)
    narrowed = scope(("commune_then", key_of(place.van_tu)))
    for frame in (scope(), narrowed):
        figure = indicators.get("revenue").figure(frame)
        assert (figure.value, figure.as_of) == (500, date(2023, 12, 31))
    told = indicators.get("revenue").figure(scope(actor=AUDITOR))
    assert (told.value, told.as_of) == (600, END_OF_MARCH)
    at_the_end = replace(scope(), as_of=date(2024, 12, 31))
    assert indicators.get("revenue").figure(at_the_end).as_of == date(2024, 12, 31)


def test_share_counts_those_who_answered() -> None:
    province.units()
    makers(3, leader_sex=Sex.FEMALE, leader_ethnicity="Tày")
    makers(1, leader_sex=Sex.MALE, leader_ethnicity="kinh")
    frame = scope(actor=AUDITOR)
    women = indicators.get("women_led_share")
    assert women.figure(frame).withheld
    makers(1, leader_sex=Sex.MALE, leader_ethnicity="Kinh")
    makers(2)  # no answer is none
    figure = women.figure(frame)
    assert (figure.part, figure.whole, str(figure.value)) == (3, 5, "60.0")
    assert women.rows(frame).count() == 3
    assert str(indicators.get("minority_led_share").figure(frame).value) == "60.0"
    assert str(indicators.get("organised_share").figure(frame).value) == "100.0"


def test_values_are_written_as_people_write_them() -> None:
    assert indicators.get("fair_support_since").write(2019) == "2019"
    assert indicators.get("sales_points").write(1105) == "1.105"
    assert indicators.get("sales_points").write(1105, 1200) == "1.105–1.200"
    share = indicators.get("organised_share")
    assert (share.write(Decimal("70.00")), share.write(Decimal("2.50"), 3)) == ("70 %", "2,5–3 %")
    with language.using("en"):
        assert share.write(Decimal("2.50"), 100) == "2.5–100%"


def test_not_known_has_words_in_every_cut() -> None:
    for cut in CUTS.values():
        assert cut.label(UNKNOWN).startswith("Chưa rõ")


def test_lists_behind_numbers_name_what_the_reader_may_open() -> None:
    province.units()
    hidden = ProducerFactory(name="HTX Kín", listed=False)
    RecognitionFactory(product=ProductFactory(producer=hidden, listed=False), on=EARLY)
    reading = indicators.get("producers")

    def names(frame: Scope) -> list[str]:
        return [queries.name_of(row) for row in queries.listed(reading, frame)]

    assert names(scope(actor=AUDITOR)) == ["HTX Kín"]
    assert names(scope()) == ["không công khai"]
    figures = queries.listed(indicators.get("sales_points"), scope())
    assert list(figures) == []
