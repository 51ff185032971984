"""Craft villages in the figures: from their register, until then from reports."""

from dataclasses import replace
from datetime import date

import pytest

from ocop.network.villages.models import Village
from ocop.programme import indicators, queries
from ocop.programme.readings import Figure
from tests.factories import ReportedFigureFactory
from tests.network.villages.factories import VillageFactory, VillageRecognitionFactory
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 31)


def _figure(key: str, on: date = DAY) -> Figure:
    return indicators.get(key).figure(scope(as_of=on))


def test_report_holds_until_the_register_is_brought() -> None:
    place = province.units()
    ReportedFigureFactory(indicator="craft_villages", unit=place.then, value=1350)
    assert _figure("craft_villages").value == 1350
    VillageFactory(unit=place.phu_xuyen, commune=None)
    told = _figure("craft_villages")
    assert (told.value, told.told_by) == (1, "")


def test_only_villages_before_the_public_count_while_the_trade_is_there() -> None:
    place = province.units()
    kept = VillageFactory(unit=place.phu_xuyen, commune=None)
    VillageFactory(unit=place.phu_xuyen, commune=None, listed=False)
    VillageFactory(unit=place.phu_xuyen, commune=None, ended_on=DAY)
    VillageFactory(unit=place.phu_xuyen, commune=None, counted_from=date(2024, 4, 1))
    VillageFactory(unit=place.phu_xuyen, commune=None, province="02")
    reading = indicators.get("craft_villages")
    assert list(queries.listed(reading, scope(as_of=DAY))) == [kept]
    slices = reading.slices(scope(as_of=DAY), "district_then")
    assert [(line.label, line.count) for line in slices] == [(place.phu_xuyen.name, 1)]


def test_title_counts_while_it_stands() -> None:
    place = province.units()
    village: Village = VillageFactory(
        unit=place.phu_xuyen, commune=None, counted_from=date(2018, 6, 1)
    )
    assert _figure("craft_villages_recognised").value == 0
    row = VillageRecognitionFactory(village=village, signed_on=date(2020, 12, 28))
    assert _figure("craft_villages_recognised", date(2020, 12, 27)).value == 0
    assert _figure("craft_villages_recognised", date(2020, 12, 28)).value == 1
    row.revoked_on = date(2022, 1, 1)
    row.save()
    assert _figure("craft_villages_recognised", date(2021, 12, 31)).value == 1
    assert _figure("craft_villages_recognised", date(2022, 1, 1)).value == 0


def test_invented_villages_stand_beside_none_of_an_office() -> None:
    province.units()
    VillageFactory(demonstration=True)
    reading = indicators.get("craft_villages")
    assert reading.figure(scope(as_of=DAY)).value is None
    assert reading.figure(replace(scope(as_of=DAY), demonstration=True)).value == 1
