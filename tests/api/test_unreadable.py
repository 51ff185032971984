"""Half of a surrogate pair is no text: refused at the door of the API, whatever the operation."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Sheet
from tests.api.calling import Program, program
from tests.councils.hall import Hall, open_hall
from tests.dossiers.office import build_world

pytestmark = pytest.mark.django_db
HALF = "Lý do \ud800"


@pytest.fixture
def hall(now: datetime) -> Hall:
    """Marking goes on now; a demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return open_hall(timezone.now())


def refused(who: Program, call: str, body: Any) -> None:
    """A call that is refused in words and writes nothing."""
    told = who.refused(call, body, "text_unreadable")
    assert told["detail"] == "Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại."


@pytest.mark.parametrize(
    "body",
    [
        {"rescoring_reason": HALF},
        {"opinion": HALF},
        {"marks": {"1.1": {"points": 0, "comment": HALF}}},
        {"marks": {"\udfff": {"points": 0}}},
        {"gates": {"\ud800": True}},
    ],
)
def test_in_a_sheet(hall: Hall, body: Any) -> None:
    member = program(hall.people[2], hall.now)
    refused(member, f"PATCH items/{hall.item.code}/sheet", body)
    assert not Sheet.objects.exists()


def test_in_a_note_of_attendance(hall: Hall) -> None:
    secretary = program(hall.people[1], hall.now)
    there = [{"seat": hall.seat(2).pk, "present": False, "note": HALF}]
    refused(secretary, f"POST sittings/{hall.sitting.code}/attendance", there)


@pytest.mark.parametrize("field", ["title", "wanted", "document", "kind"])
def test_in_a_task(now: datetime, field: str) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    world = build_world(timezone.now())
    task = {
        "kind": "other", "title": "Báo cáo", "wanted": "Gửi báo cáo", "year": 2026,
        "due_on": timezone.localdate() + timedelta(days=9), "units": [world.places.here.code],
    }  # fmt: skip
    refused(program(world.officer, world.now), "POST tasks", {**task, field: HALF})


def test_as_bytes(hall: Hall) -> None:
    """Half a pair as three bytes, without an escape."""
    body = '{"opinion": "\ud800"}'.encode("utf-8", "surrogatepass")
    answer = Client().patch(
        f"/api/v1/items/{hall.item.code}/sheet",
        body,
        content_type="application/json",
        headers=program(hall.people[2], hall.now).headers,
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


def test_whole_pair_and_broken_json_are_told_apart(hall: Hall) -> None:
    member = program(hall.people[2], hall.now)
    path = f"items/{hall.item.code}/sheet"
    assert member(f"PATCH {path}", {"opinion": "Ngon 🍵"})["opinion"] == "Ngon 🍵"
    answer = Client().patch(
        f"/api/v1/{path}", "{", content_type="application/json", headers=member.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")
