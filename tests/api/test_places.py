"""A unit's history by the API."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.places import services
from ocop.places.models import Extent, Level, Succession
from ocop.places.queries import key_of
from tests.factories import MERGER, OldUnitFactory, UnitFactory
from tests.world import Places, build_places

pytestmark = pytest.mark.django_db
V1 = "/api/v1/units"


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def _history(client: Client, key: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{V1}/{key}").json()
    return found


def _steps(steps: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(step["old"]["name"], step["new"]["name"], step["extent"]) for step in steps]


def test_every_unit_of_the_list_is_read_by_its_key(client: Client, places: Places) -> None:
    items = client.get(V1).json()["items"]
    assert len(items) == 6
    for item in items:
        assert _history(client, item["key"]).items() >= item.items()


def test_unit_of_today_tells_its_origins(client: Client, places: Places) -> None:
    told = _history(client, "09001")
    assert (told["name"], told["valid_from"], told["valid_to"]) == (
        "Xã Đại Xuyên",
        MERGER.isoformat(),
        None,
    )
    assert _steps(told["origins"]) == [("Xã Phú Yên", "Xã Đại Xuyên", "whole")]
    assert told["origins"][0]["old"]["key"] == key_of(places.before)
    assert told["origins"][0]["old"]["parent"] == "280"
    assert told["successors"] == []
    assert [unit["key"] for unit in told["now"]] == [told["key"]]
    assert [unit["key"] for unit in told["eras"]] == [told["key"]]


def test_unit_of_then_is_followed_through_all_eras(client: Client, places: Places) -> None:
    """As Sơn Hà became Quang Hà on 2025-01-01, and that a part of today's communes."""
    between = UnitFactory(
        code="10279",
        name="Xã Quang Hà",
        parent=places.district,
        valid_from=date(2025, 1, 1),
        valid_to=MERGER,
    )
    before = OldUnitFactory(
        code="10255", name="Xã Sơn Hà", parent=places.district, valid_to=date(2025, 1, 1)
    )
    for old, new, extent in (
        (before, between, Extent.WHOLE),
        (between, places.here, Extent.LARGEST),
        (between, places.there, Extent.PART),
    ):
        Succession.objects.create(old=old, new=new, extent=extent, basis="Nghị quyết mẫu")
    told = _history(client, key_of(before))
    assert _steps(told["successors"]) == [
        ("Xã Sơn Hà", "Xã Quang Hà", "whole"),
        ("Xã Quang Hà", "Xã Đại Xuyên", "largest part"),
        ("Xã Quang Hà", "Xã Ứng Hòa", "part"),
    ]
    assert {step["basis"] for step in told["successors"]} == {"Nghị quyết mẫu"}
    assert [unit["code"] for unit in told["now"]] == ["09001", "09002"]
    told = _history(client, key_of(between))
    assert [unit["name"] for unit in told["eras"]] == ["Xã Phú Yên", "Xã Quang Hà"]
    assert told["eras"][0]["valid_from"] is None
    assert _steps(told["origins"]) == [("Xã Sơn Hà", "Xã Quang Hà", "whole")]


def test_district_ended_without_a_successor(client: Client, places: Places) -> None:
    told = _history(client, key_of(places.district))
    assert (told["level"], told["valid_to"]) == (Level.DISTRICT, MERGER.isoformat())
    assert (told["successors"], told["now"]) == ([], [])


@pytest.mark.parametrize(
    "key", ["99999", "09001.20250101", "09001.2025", "09001.20251340", "%00", "."]
)
def test_key_of_no_unit_is_not_found(client: Client, places: Places, key: str) -> None:
    answer = client.get(f"{V1}/{key}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_located_units_carry_the_key_under_which_they_are_read(
    client: Client, now: datetime
) -> None:
    services.load_units(actor=SYSTEM, at=now)
    query = {"address": "xã Sơn Hà, huyện Phú Xuyên, thành phố Hà Nội", "on": "2024-01-01"}
    found = client.get("/api/v1/locate", query).json()
    assert _history(client, found["then"]["key"])["name"] == "Xã Sơn Hà"
    told = _history(client, found["now"]["key"])
    assert told["name"] == "Xã Phú Xuyên"
    assert ("Xã Sơn Hà", "Xã Quang Hà", "whole") in _steps(told["origins"])
