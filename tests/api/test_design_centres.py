"""A design centre by the API, from its application to its months and its last day."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ocop.network.centres.models import DesignCentre
from ocop.people.roles import Role
from ocop.people.scopes import READ_NETWORK, WRITE_NETWORK
from tests.councils.hall import build_hall
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.network.centres.factories import judged, make_application, make_centre, make_visit
from tests.network.factories import picture
from tests.network.villages.factories import VillageFactory
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
CENTRES = "/design-centres"
NUMBERS = {
    "area": 650, "zones": {"display": 220, "meeting": 110.5, "experience": 150, "photo": 30},
    "goods": 80, "ocop": 40, "craft": 12,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def office(now: datetime) -> dict[str, str]:
    return bearer(person(now, Role.PROVINCIAL_OFFICER), now, READ_NETWORK, WRITE_NETWORK)


def call(
    method: str, path: str, head: dict[str, str], body: Any = None, status: int = 200
) -> dict[str, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        "" if body is None else json.dumps(body),
        content_type="application/json",
        headers=head,
    )
    assert answer.status_code == status, answer.content
    return answer.json()


def test_centre_from_application_to_the_agenda(now: datetime, office: dict[str, str]) -> None:
    maker, commune = ProducerFactory(), UnitFactory(code="09001")
    own = bearer(member(now, maker), now)
    asked = {
        "producer": maker.code, "name": "Trung tâm Một", "operator": maker.name,
        "address": "Ngõ Một", "commune": commune.code, "lat": 20.7, "lon": 105.9,
        "numbers": NUMBERS | {"area": 480},
    }  # fmt: skip
    made = call("POST", CENTRES, own, asked, 201)
    path = f"{CENTRES}/{made['code']}"
    (assessment,) = made["inside"]["assessments"]
    met = {each["condition"]: each["met"] for each in assessment["conditions"]}
    assert met == {"area": False, "zones": True, "within": False, "meeting": True, "goods": True}
    assert call("GET", path, bearer(person(now, None), now), status=404)["code"] == "not_found"
    hall = build_hall(now, cases=[])
    sent = {"sitting": hall.sitting.code}
    assert call("POST", f"{path}/agenda", office, sent, 422)["code"] == "centre_numbers_short"
    change = {"phone": "0900", "numbers": NUMBERS, "seen": made["inside"]["mark"]}
    changed = call("PATCH", path, own, change)
    assert (changed["phone"], changed["lat"]) == ("0900", 20.7)
    assert call("POST", f"{path}/agenda", office, {"sitting": "x"}, 422)["code"] == "centre_sitting"
    found = call("POST", f"{path}/agenda", office, sent)
    assert found["inside"]["assessments"][0]["state"] == "sent"


def test_centre_is_recognised_by_what_the_council_gave(
    now: datetime, office: dict[str, str]
) -> None:
    assessment = make_application()
    path = f"{CENTRES}/{assessment.centre.code}"
    judged(build_hall(now, cases=[]), assessment, 80, 82, 84)
    measured = {"visited_on": timezone.localdate().isoformat(), "numbers": NUMBERS}
    seen = call("POST", f"{path}/visits", office, measured)["inside"]
    assert (seen["visits"][0]["passed"], seen["assessments"][0]["mean"]) == (True, 82)
    decision = {"number": "9/QĐ-UBND", "signed_on": measured["visited_on"], "authority": "UBND"}
    found = call("POST", f"{path}/recognition", office, decision)
    assert found["state"] == "recognised"
    public = call("GET", path, {})
    assert public["inside"] is None
    assert public["recognised_on"] == decision["signed_on"]
    assert call("POST", f"{path}/refusal", office, {"reason": "Muộn"}, 422)["code"] == (
        "centre_no_assessment"
    )


def test_photographs_of_a_centre(now: datetime, office: dict[str, str]) -> None:
    centre = make_centre()
    path = f"{CENTRES}/{centre.code}"
    form = {"file": SimpleUploadedFile("a.png", picture(), "image/png"), "caption": "Mặt tiền"}
    answer = Client().post(f"/api/v1{path}/photos", form, headers=office)
    assert answer.status_code == 201
    (photo,) = answer.json()["photos"]
    assert photo["caption"] == "Mặt tiền"
    assert Client().get(photo["address"]).getvalue()
    removal = f"{path}/photos/{photo['key']}/removal"
    call("POST", removal, office, {"reason": ""}, 422)
    assert call("POST", removal, office, {"reason": "Ảnh mờ"})["photos"] == []


def test_months_ties_and_the_end(now: datetime, office: dict[str, str]) -> None:
    centre = make_centre()
    make_visit(centre, timezone.localdate())
    path = f"{CENTRES}/{centre.code}"
    told = call(
        "POST", f"{path}/months", office,
        {"month": "2026-10-01", "visitors": 900, "income": 50_000_000},
    )  # fmt: skip
    assert told["visitors"] == [{"month": "2026-10-01", "visitors": 900}]
    assert "2026-10-01" not in told["inside"]["awaited"]
    tour, village = ProductFactory(set_number=26, listed=True), VillageFactory()
    tied = call(
        "POST", f"{path}/ties", office, {"products": [tour.code], "villages": [village.code]}
    )
    assert [row["code"] for row in tied["products"] + tied["villages"]] == [tour.code, village.code]
    wrong = {"products": ["khong"], "villages": []}
    assert call("POST", f"{path}/ties", office, wrong, 422)["code"] == "centre_products"
    again = call("POST", f"{path}/assessments", office, NUMBERS)
    assert again["inside"]["assessments"][0]["round"] == "again"
    call("POST", f"{path}/refusal", office, {"reason": "Chủ thể rút"})
    login = person(now, None).email
    kept = call("POST", f"{path}/keepers", office, {"login": login})["inside"]["keepers"]
    call("POST", f"{path}/keepers/{kept[0]['key']}/end", office, {"reason": "Chuyển việc"})
    ending = {"number": "1/QĐ-UBND", "ended_on": "2026-11-20", "reason": "Trả mặt bằng"}
    assert call("POST", f"{path}/ending", office, ending)["state"] == "ended"
    assert not DesignCentre.objects.filter(state="recognised").exists()
