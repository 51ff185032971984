"""Craft villages and their routes before the public."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import pypdfium2
import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.network.villages.models import Artisan, RouteStop, Village
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageRouteFactory,
    VillageYearFactory,
)
from tests.world import Places, build_places

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
    return found


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_public_reads_villages_of_the_province(client: Client, village: Village) -> None:
    VillageFactory(name="Làng Ẩn", listed=False, commune=village.commune)
    page = _text(client, "/lang-nghe/")
    assert "Làng Phú Vinh" in page
    assert "Làng Ẩn" not in page
    assert "Làng Phú Vinh" not in _text(client, "/lang-nghe/?title=village")
    page = _text(client, "/lang-nghe/ban-do/")
    assert "1 làng có nghề" in page
    assert "Xã Đại Xuyên" in page


def test_public_takes_the_list_along(client: Client, village: Village) -> None:
    VillageFactory(name="Làng Khác", commune=village.commune)
    content = client.get("/lang-nghe/?q=phu+vinh&format=xlsx").getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = dict(zip(rows[-2], rows[-1], strict=True))
    assert (told["Làng"], told["Danh hiệu"]) == ("Làng Phú Vinh", "Làng nghề truyền thống")
    assert "Làng Khác" not in str(rows)


def test_income_by_year_is_drawn_from_two_years_on(client: Client, village: Village) -> None:
    drawn = "Triệu đồng một năm, từ 2024 đến 2025."
    assert drawn not in _text(client, f"/lang-nghe/{village.code}/")
    VillageYearFactory(village=village, year=2024, income=75_500_000)
    page = _text(client, f"/lang-nghe/{village.code}/")
    assert drawn in page
    assert ">75,5<" in page


def test_crawlers_find_villages_and_routes(client: Client, village: Village) -> None:
    hidden = VillageFactory(listed=False)
    route = VillageRouteFactory()
    told = _text(client, "/sitemap.xml")
    assert f"/lang-nghe/{village.code}/<" in told
    assert f"/lang-nghe/tuyen/{route.code}/<" in told
    assert hidden.code not in told


def test_page_of_a_village_names_artisans_with_consent_only(
    client: Client, village: Village
) -> None:
    for name, consents in (("Bà Một", True), ("Ông Hai", False)):
        Artisan.objects.create(village=village, name=name, title="skilled", consents=consents)
    page = _text(client, f"/lang-nghe/{village.code}/")
    assert "Bà Một" in page
    assert "Ông Hai" not in page
    assert "78.000.000" in page


def test_route_has_its_map_and_its_leaflet(client: Client, village: Village) -> None:
    route = VillageRouteFactory(name="Tuyến Nam", summary="Một ngày", hours=6)
    RouteStop.objects.create(route=route, position=1, village=village)
    RouteStop.objects.create(route=route, position=2, name="Bến xe", lat=20.75, lon=105.95)
    assert "Tuyến Nam" in _text(client, "/lang-nghe/tuyen/")
    page = _text(client, f"/lang-nghe/tuyen/{route.code}/")
    assert "1. Làng Phú Vinh" in page
    assert "2. Bến xe" in page
    answer = client.get(f"/lang-nghe/tuyen/{route.code}/to-gap.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert "Làng Phú Vinh" in text
    assert "Bến xe" in text
    assert "Tuyến Nam" in _text(client, f"/lang-nghe/{village.code}/")


def test_route_in_preparation_is_not_there_for_the_public(client: Client, places: Places) -> None:
    route = VillageRouteFactory(listed=False)
    assert client.get(f"/lang-nghe/tuyen/{route.code}/").status_code == 404
    assert client.get(f"/lang-nghe/tuyen/{route.code}/to-gap.pdf").status_code == 404


def test_village_that_ended_says_so(client: Client, village: Village) -> None:
    Village.objects.update(ended_on=date(2026, 6, 1))
    assert "Làng Phú Vinh" not in _text(client, "/lang-nghe/")
    assert "không còn làm nghề từ 01/06/2026" in _text(client, f"/lang-nghe/{village.code}/")
