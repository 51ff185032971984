"""After a star is given, by the API: visits, complaints, cases, and what everybody may know."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from ocop.recognition.models import Recognition
from tests.api.calling import Program, program
from tests.dossiers.making import picture
from tests.recognition import aftercare
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
CRITERION = load_set(aftercare.SET).criteria[0].code


@pytest.fixture
def at() -> datetime:
    """The API acts now; a demonstration asks nobody for a one-time code."""
    now = timezone.now()
    build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return now


@pytest.fixture
def star(at: datetime) -> Recognition:
    return aftercare.star(at)


@pytest.fixture
def office(at: datetime) -> Program:
    return program(person(at, Role.PROVINCIAL_OFFICER), at)


def day(at: datetime, days: int) -> str:
    return (timezone.localdate(at) + timedelta(days=days)).isoformat()


def test_visit_from_plan_to_correction(at: datetime, star: Recognition, office: Program) -> None:
    inspector = person(at, Role.INSPECTOR)
    plan = {"title": "Quý", "starts_on": day(at, 0), "ends_on": day(at, 60)}
    code = office("POST postcheck-plans", plan, 201)["code"]
    given = {"inspector": inspector.pk, "planned_on": day(at, 1), "plan": code}
    (made,) = office("POST postchecks", {**given, "recognitions": [star.pk]}, 201)
    assert made["plan"] == code
    office.missing("POST postchecks", {**given, "recognitions": [star.pk, 0]})
    visit = f"postchecks/{made['code']}"
    office(f"POST {visit}/change", {"inspector": inspector.pk, "planned_on": day(at, 2)})
    own = program(inspector, at)
    minutes = {
        "client_id": str(uuid4()),
        "visited_at": at.isoformat(),
        "note": "Đã đến",
        "proposal": "correct",
        "criteria": {CRITERION: {"held": "not_kept", "words": "Thiếu"}},
        "lat": 20.7,
        "lon": 105.9,
    }
    told = own(f"POST {visit}/minutes", minutes, 201)
    assert told["findings"] == [{"criterion": CRITERION, "held": "not_kept", "words": "Thiếu"}]
    assert own(f"POST {visit}/minutes", minutes, 201)["code"] == made["code"]
    assert own.send(f"{visit}/photos", picture("red"))["photos"] == 1
    maker = program(member(at, star.product.producer), at)
    maker.missing(f"GET {visit}")
    end = {"result": "correct", "words": "Sửa", "correct_until": day(at, 9)}
    assert office(f"POST {visit}/conclusion", end)["state"] == "correcting"
    assert maker(f"GET {visit}")["conclusion"] == "Sửa"
    done = office(f"POST {visit}/correction", {"result": "kept", "words": "Đã sửa"})
    assert done["state"] == "closed"
    assert office("GET postcheck-plans")["items"][0]["done"] == 1
    (row,) = office("GET postchecks?state=closed")["items"]
    assert row["code"] == made["code"]
    paper = Client().get(f"/api/v1/{visit}/minutes.pdf", headers=office.headers)
    assert paper.content.startswith(b"%PDF")


def test_visit_is_called_off(at: datetime, star: Recognition, office: Program) -> None:
    check = aftercare.planned(at, star)
    told = office(f"POST postchecks/{check.code}/cancellation", {"reason": "Nghỉ mùa vụ"})
    assert told["state"] == "cancelled"


def test_complaint_by_telephone(at: datetime, star: Recognition, office: Program) -> None:
    told = {
        "product": star.product.code,
        "topic": "quality",
        "text": "Hộp bị phồng.",
        "contact": "0912",
    }
    receipt = office("POST complaints", {**told, "text": "Hộp bị phồng khi mở."}, 201)
    address = f"complaints/{receipt['number']}"
    assert office(f"GET {address}")["contact"] == "0912"
    auditor = program(person(at, Role.AUDITOR), at)
    assert auditor(f"GET {address}")["contact"] is None
    check = aftercare.planned(at, star)
    tied = office(f"POST {address}/postcheck", {"postcheck": check.code})
    assert tied["state"] == "checking"
    assert office(f"POST {address}/answer", {"answer": "Đã thu hồi lô."})["state"] == "answered"
    office.refused(f"POST {address}/dismissal", {"answer": "Thôi"}, "move_not_possible")
    assert office("GET complaints?state=answered")["total"] == 1
    status = Client().get(f"/phan-anh/{receipt['number']}/{receipt['secret']}/")
    assert "Đã thu hồi lô." in status.content.decode()
    paper = Client().get(f"/api/v1/{address}/answer.docx", headers=office.headers)
    assert paper.content.startswith(b"PK")


def test_case_from_ground_to_appeal(at: datetime, star: Recognition, office: Program) -> None:
    told = {
        "recognition": star.pk,
        "ground": "forged",
        "facts": "Giấy giả",
        "established_on": day(at, -2),
        "conclusion_of": "Kết luận 9",
    }
    made = office("POST revocation-cases", told, 201)
    assert made["due_on"] == day(at, 13)
    case = f"revocation-cases/{made['code']}"
    maker = program(member(at, star.product.producer), at)
    assert maker(f"POST {case}/statement", {"words": "Không đúng."})["statements"]
    office(f"POST {case}/hearing", {"heard_on": day(at, 0), "words": "Chủ thể dự"})
    office(f"POST {case}/proposal", {"words": "Thu hồi"})
    decision = {"number": "9/QĐ-UBND", "signed_on": day(at, 0), "authority": "UBND TP Hà Nội"}
    office(f"POST {case}/decision", decision, 403)
    head = program(person(at, Role.OFFICE_HEAD), at)
    nobody = head(f"POST {case}/decision", {**decision, "authority": " "}, 422)
    assert [error["field"] for error in nobody["errors"]] == ["authority"]
    assert head(f"POST {case}/decision", decision)["state"] == "revoked"
    office(f"POST {case}/notice", {"notice": "Thu hồi."})
    (shown,) = Client().get("/api/v1/revocations").json()["items"]
    assert (shown["product"], shown["notice"]) == (star.product.code, "Thu hồi.")
    office(f"POST {case}/appeal", {"appealed_on": day(at, 0), "words": "Khiếu nại"})
    outcome = {"upheld": True, "ended_on": day(at, 0), "words": "Giữ nguyên"}
    assert office(f"POST {case}/appeal-outcome", outcome)["state"] == "upheld"
    assert office("GET revocation-cases?ground=forged")["total"] == 1
    assert office(f"GET {case}")["hearing"] == "Chủ thể dự"
    paper = Client().get(f"/api/v1/{case}/notice.pdf", headers=office.headers)
    assert paper.content.startswith(b"%PDF")


def test_star_is_given_back_after_an_accepted_appeal(
    at: datetime, star: Recognition, office: Program
) -> None:
    case = aftercare.accepted(at, star)
    given = {"number": "81/QĐ-UBND", "signed_on": day(at, 0), "authority": "UBND TP Hà Nội"}
    address = f"POST revocation-cases/{case.code}/restoration"
    office(address, given, 403)
    head = program(person(at, Role.OFFICE_HEAD), at)
    assert head(address, {**given, "number": "abc"}, 422)
    told = head(address, given)
    assert (told["state"], told["restoring_number"]) == ("restored", "81/QĐ-UBND")
    (shown,) = Client().get("/api/v1/revocations").json()["items"]
    assert (shown["decision"], shown["authority"]) == ("77/QĐ-UBND", "UBND thành phố Hà Nội")
    assert shown["restored_on"] == day(at, 0)
    assert "81/QĐ-UBND" in shown["restoring_decision"]
    found = Client().get(f"/api/v1/products/{star.product.code}").json()
    assert found["star"]["state"] in ("valid", "window_open", "window_missed")


def test_case_is_closed_without_revocation(
    at: datetime, star: Recognition, office: Program
) -> None:
    case = aftercare.opened(at, star)
    told = office(f"POST revocation-cases/{case.code}/closing", {"reason": "Không đủ căn cứ"})
    assert told["state"] == "closed"
