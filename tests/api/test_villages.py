"""Craft villages by the API."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.network.villages.models import RouteStop, Village, VillageImport
from ocop.people.roles import Role
from tests.api.calling import Program, program
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageRouteFactory,
    VillageYearFactory,
    village_import,
)
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def village(places: Places) -> Village:
    found: Village = VillageFactory(
        name="Làng Phú Vinh", commune=places.here, unit=places.before, began_year=1700
    )
    VillageYearFactory(village=found, income=78_000_000)
    VillageRecognitionFactory(village=found, title="traditional")
    VillageFactory(name="Làng Kia", commune=places.there)
    return found


@pytest.fixture
def officer(now: datetime, places: Places) -> Program:
    return program(person(now, Role.COMMUNE_OFFICER, places.here), now)


@pytest.fixture
def office(now: datetime) -> Program:
    return program(person(now, Role.PROVINCIAL_OFFICER), now)


def test_villages_are_listed_by_the_filters_of_the_page(office: Program, village: Village) -> None:
    assert office("GET villages")["total"] == 2
    (row,) = office("GET villages?q=phu+vinh&title=traditional")["items"]
    assert (row["code"], row["title"], row["title_year"]) == (village.code, "traditional", 2020)
    assert (row["in_trade"], row["households"], row["told_year"]) == (200, 500, 2025)
    assert row["commune_now"]["name"] == village.place_name
    assert office("GET villages?title=none")["total"] == 1


def test_one_village_tells_years_titles_and_criteria(office: Program, village: Village) -> None:
    told = office(f"GET villages/{village.code}")
    assert [year["income"] for year in told["years"]] == [78_000_000]
    assert [title["number"] for title in told["titles"]] == ["1234/QĐ-UBND"]
    met = {row["criterion"]: (row["article"], row["met"]) for row in told["criteria"]}
    assert met["age"] == ("5.1a", True)
    assert met["households"] == ("5.2a", True)
    assert met["environment"] == ("5.2c", None)


def test_officer_of_the_commune_tells_of_a_year(officer: Program, village: Village) -> None:
    address = f"POST villages/{village.code}/years"
    officer(address, {"year": 2024, "households": 500, "in_trade": 190, "stable": True})
    assert village.years.get(year=2024).in_trade == 190
    officer.refused(address, {"year": 2024, "households": 10, "in_trade": 11}, "village_in_trade")
    assert village.years.get(year=2024).in_trade == 190


def test_route_names_its_villages_and_other_places(office: Program, village: Village) -> None:
    route = VillageRouteFactory(name="Tuyến Nam")
    RouteStop.objects.create(route=route, position=1, village=village, note="Xem đan")
    RouteStop.objects.create(route=route, position=2, name="Bến xe", lat=20.75, lon=105.95)
    VillageRouteFactory(name="Tuyến Bắc")
    (told,) = office(f"GET village-routes?village={village.code}")["items"]
    first, second = told["stops"]
    assert (first["kind"], first["code"], first["note"]) == ("village", village.code, "Xem đan")
    assert (second["kind"], second["code"], second["name"]) == (None, None, "Bến xe")
    assert (second["lat"], second["lon"]) == (20.75, 105.95)


def test_workbooks_that_were_brought_are_listed(office: Program) -> None:
    batch: VillageImport = village_import()
    (row,) = office("GET village-imports?state=loaded")["items"]
    assert (row["code"], row["filename"], row["state"]) == (batch.code, "lang.xlsx", "loaded")
    assert office("GET village-imports?state=undone")["items"] == []
