"""How many design centres are recognised: from their register, or as it was reported before."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.programme import indicators, queries
from ocop.programme.scope import Choice
from tests.factories import ReportedFigureFactory, TargetFactory
from tests.network.centres.factories import make_application, make_centre
from tests.programme import province
from tests.programme.province import Province, scope

pytestmark = pytest.mark.django_db
SINCE = date(2024, 1, 10)


@pytest.fixture
def place() -> Province:
    return province.units()


def count(*choices: Choice, as_of: date = province.END_OF_MARCH) -> Decimal | int | None:
    return indicators.get("design_centres").figure(scope(*choices, as_of=as_of)).value


def enter(place: Province) -> None:
    for unit in (place.van_tu, place.tan_dan, place.van_canh):
        make_centre(unit=unit, recognised_on=SINCE)
    make_centre(unit=place.van_canh, recognised_on=SINCE, state="ended", ended_on=date(2024, 3, 31))
    make_centre(unit=place.van_canh, recognised_on=date(2024, 4, 1))
    make_application(unit=place.van_canh)


def test_centres_whose_recognition_stands_on_the_day_are_counted(place: Province) -> None:
    enter(place)
    assert count() == 3
    assert count(as_of=date(2024, 3, 30)) == 4
    assert count(as_of=date(2024, 4, 1)) == 4


def test_cuts_by_units_of_then_add_up_and_name_the_same_rows(place: Province) -> None:
    enter(place)
    reading = indicators.get("design_centres")
    lines = reading.slices(scope(), "district_then")
    assert {line.label: line.count for line in lines} == {
        "Huyện Hoài Đức": 1,
        "Huyện Phú Xuyên": 2,
    }
    for line in lines:
        assert count(("district_then", line.key)) == line.count
        assert queries.listed(reading, scope(("district_then", line.key))).count() == line.count


def test_reported_figure_speaks_until_a_centre_is_recognised(place: Province) -> None:
    ReportedFigureFactory(
        indicator="design_centres", unit=place.then, value=7, as_of=date(2023, 12, 31)
    )
    make_application(unit=place.van_canh)
    assert count() == 7
    enter(place)
    assert count() == 3
    assert count(as_of=date(2023, 12, 31)) == 7


def test_examples_count_in_an_example_province_only(place: Province) -> None:
    make_centre(unit=place.van_tu, recognised_on=SINCE, demonstration=True)
    assert count() is None
    make_centre(unit=place.van_tu, recognised_on=SINCE)
    assert count() == 1


def test_targets_of_single_years_by_year(place: Province) -> None:
    TargetFactory(
        indicator="design_centres", unit=place.then, low=5, high=10,
        starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1),
    )  # fmt: skip
    TargetFactory(
        indicator="design_centres", unit=place.then, low=30,
        starts_on=date(2021, 1, 1), ends_on=date(2026, 1, 1),
    )  # fmt: skip
    found = queries.yearly_targets("design_centres", place.then.code)
    assert {year: (row.low, row.high) for year, row in found.items()} == {2024: (5, 10)}
