"""How many sales points work: from the points themselves, or as it was reported before."""

from datetime import date
from decimal import Decimal

import pytest

from ocop.programme import indicators, queries, sentences
from ocop.programme.scope import Choice
from tests.factories import ReportedFigureFactory
from tests.network.factories import make_application, make_point
from tests.programme import province
from tests.programme.province import Province, scope

pytestmark = pytest.mark.django_db
SINCE = date(2023, 5, 1)


@pytest.fixture
def place() -> Province:
    return province.units()


def count(*choices: Choice, as_of: date = province.END_OF_MARCH) -> Decimal | int | None:
    return indicators.get("sales_points").figure(scope(*choices, as_of=as_of)).value


def lines(cut: str) -> dict[str, int]:
    found = indicators.get("sales_points").slices(scope(), cut)
    return {line.label: line.count for line in found}


def enter(place: Province) -> None:
    for unit in (place.van_tu, place.tan_dan, place.van_canh):
        make_point(unit=unit, recognised_on=SINCE, founder=None)
    make_point(
        unit=place.van_canh, recognised_on=SINCE, state="closed", closed_on=date(2024, 3, 31)
    )
    make_point(unit=place.van_canh, recognised_on=date(2024, 4, 1))
    make_application(unit=place.van_canh)


def test_points_that_work_on_the_day_are_counted(place: Province) -> None:
    enter(place)
    assert count() == 3
    assert count(as_of=date(2024, 3, 30)) == 4
    assert count(as_of=date(2024, 4, 1)) == 4


def test_cuts_by_units_of_then_add_up(place: Province) -> None:
    enter(place)
    assert lines("district_then") == {"Huyện Hoài Đức": 1, "Huyện Phú Xuyên": 2}
    assert sum(lines("commune_then").values()) == 3
    reading = indicators.get("sales_points")
    for line in reading.slices(scope(), "district_then"):
        assert count(("district_then", line.key)) == line.count
        listed = queries.listed(reading, scope(("district_then", line.key)))
        assert listed.count() == line.count


def test_reported_figure_speaks_until_points_are_entered(place: Province) -> None:
    ReportedFigureFactory(indicator="sales_points", unit=place.then, value=105)
    assert count() == 105
    enter(place)
    assert count() == 3
    assert count(as_of=date(2023, 4, 30)) is None


def test_district_that_set_up_points_is_named_with_its_communes(place: Province) -> None:
    enter(place)
    for unit in (place.van_tu, place.tan_dan):
        point = unit.pk
        make_point(
            unit=unit, recognised_on=SINCE, founder=place.phu_xuyen, name=f"Điểm của huyện {point}"
        )
    told = [line.text for line in sentences.all_of(scope()) if "điểm, tại" in line.text]
    assert told == ["Trong đó huyện Phú Xuyên có 4 điểm, tại xã Tân Dân, xã Vân Từ."]
