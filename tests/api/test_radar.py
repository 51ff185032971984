"""The radar, the council's work to come and campaigns, by the API."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine

from ocop.people.roles import Role
from ocop.programme.models import UnitTask
from tests.api.calling import Program, program
from tests.world import Places, build_places, person, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def office(now: datetime, places: Places) -> Program:
    recognised("Chè", on=date(2024, 4, 30), commune=places.here)
    recognised("Gạo", on=date(2024, 1, 9), commune=places.there, stars=4)
    return program(person(now, Role.PROVINCIAL_OFFICER), now)


def test_radar_counts_as_the_list_does(office: Program) -> None:
    found = office("GET radar")
    assert (found["total"], found["states"]) == (2, {"window_open": 1, "window_missed": 1})
    assert sum(found["totals"]) == 2
    assert found["columns"][0]["first"] is None
    lines = office("GET radar/lines?by=rank")["items"]
    assert {(line["key"], line["total"]) for line in lines} == {("3", 1), ("4", 1)}
    listed = office("GET expiring?state=window_open")["items"]
    assert [row["name"] for row in listed] == ["Chè"]
    office.refused("GET radar/lines?by=hoa", None, "filter_value")
    office.refused("GET radar?rank=9", None, "filter_value")


def test_officer_of_a_commune_reads_the_own_part(
    office: Program, now: datetime, places: Places
) -> None:
    officer = program(person(now, Role.COMMUNE_OFFICER, places.here), now)
    assert officer("GET radar")["total"] == 1
    assert officer("GET radar/workload", None, 403)["code"] == "not_allowed"


def test_workload_tells_month_by_month(office: Program) -> None:
    found = office("GET radar/workload")
    assert len(found["months"]) == 13
    assert (found["late"], found["waiting"]) == (1, 0)
    assert sum(float(month["filed"]) for month in found["months"]) == pytest.approx(1)


def test_campaign_is_made_sent_reminded_and_closed(office: Program) -> None:
    codes = [row["product"] for row in office("GET expiring")["items"]]
    told = {
        "title": "Nhắc đợt 1", "reason": "Hết hạn", "asked": "Nhắc", "told": "Nộp",
        "due_on": "2026-12-20",
    }  # fmt: skip
    office.refused("POST campaigns", {**told, "products": ["khongco"]}, "not_ending")
    office.refused("POST campaigns", {**told, "products": []}, "nothing_chosen")
    made = office("POST campaigns", {**told, "products": codes[:1]}, 201)
    assert (made["stars"], made["sent"]) == (1, 0)
    at = f"campaigns/{made['code']}"
    assert office(f"PUT {at}", {**told, "asked": "Trả lời"})["asked"] == "Trả lời"
    assert office(f"POST {at}/members", {"products": codes})["stars"] == 2
    assert office(f"POST {at}/send")["sent"] == 2
    office.refused(f"POST {at}/send", None, "nothing_to_send")
    assert UnitTask.objects.get().answers.count() == 2
    assert office(f"POST {at}/remind") == {"communes": 2, "producers": 0}
    rows = office(f"GET {at}/members")["items"]
    assert {row["name"]: (row["filed"], row["renewed"]) for row in rows} == {
        "Chè": (False, False),
        "Gạo": (False, False),
    }
    assert office(f"POST {at}/close", {"reason": "Đã xong"})["closed_at"]
    assert office("GET campaigns")["total"] == 1
    assert office(f"GET {at}")["code"] == made["code"]
