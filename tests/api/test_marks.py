"""Marks by the API, with and without the time at which they were written."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.councils.models import Sheet
from ocop.criteria.sets import load_set
from ocop.web.council.sheet_reading import owner_of
from tests.api.calling import Program, program
from tests.councils.books import harmless
from tests.councils.hall import SET, Hall, marks, open_hall

pytestmark = pytest.mark.django_db
FIRST, SECOND = load_set(SET).criteria[:2]
GATE = load_set(SET).gates[0].id


@pytest.fixture
def hall(now: datetime) -> Hall:
    """Marking goes on now; a demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return open_hall(timezone.now())


@pytest.fixture
def member(hall: Hall) -> Program:
    """A member's program."""
    return program(hall.people[2], hall.now)


def save(member: Program, hall: Hall, points: int | None, **more: Any) -> Any:
    """The sheet after a call that gives the first criterion these points."""
    mark = {"points": points, **more.pop("mark", {})}
    return member(f"PATCH items/{hall.item.code}/sheet", {"marks": {FIRST.code: mark}, **more})


def test_last_call_without_a_stamp_wins_whichever_is_larger(member: Program, hall: Hall) -> None:
    for points in (3, 1, 2, 0, 3, 1):
        told = save(member, hall, points)
        assert (told["marks"], told["overtaken"]) == ({FIRST.code: points}, [])
    assert save(member, hall, None)["marks"] == {}
    assert save(member, hall, 1)["marks"] == {FIRST.code: 1}


def test_gates_and_opinion_without_a_stamp_are_said_now_as_well(
    member: Program, hall: Hall
) -> None:
    for yes, opinion in ((True, "Đồng ý"), (False, "Chưa"), (True, "Đồng ý")):
        told = save(member, hall, 1, gates={GATE: yes}, opinion=opinion)
        assert (told["gates"], told["opinion"]) == ({GATE: yes}, opinion)


@pytest.mark.parametrize("ahead", [-5000, 0, 10**9])
def test_call_without_a_stamp_wins_over_what_the_page_wrote(
    member: Program, hall: Hall, ahead: int
) -> None:
    page = Client()
    page.force_login(hall.people[2])
    stamp = int(timezone.now().timestamp() * 1000) + ahead
    changes = {FIRST.code: {"points": 3, "comment": "", "stamp": stamp}}
    body = {"owner": owner_of(hall.people[2]), "attempt": 1, "changes": changes}
    save_page = reverse("council:save", args=[hall.item.code])
    answer = page.post(save_page, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200
    assert Sheet.objects.get().marks == {FIRST.code: 3}
    assert save(member, hall, 1)["marks"] == {FIRST.code: 1}


def test_same_call_again_changes_nothing(member: Program, hall: Hall) -> None:
    first = save(member, hall, 3, opinion="Đồng ý")
    before = Event.objects.count()
    assert save(member, hall, 3, opinion="Đồng ý") == first
    assert Event.objects.count() == before


def test_same_said_later_is_newer_than_what_was_written_between(
    member: Program, hall: Hall
) -> None:
    save(member, hall, 3, stamp=1000)
    save(member, hall, 3)
    late = save(member, hall, 1, stamp=2000)
    assert (late["marks"], late["overtaken"]) == ({FIRST.code: 3}, [FIRST.code])


def test_stamp_of_the_call_is_that_of_marks_without_their_own(member: Program, hall: Hall) -> None:
    marks = {FIRST.code: {"points": 3}, SECOND.code: {"points": 0, "stamp": 9000}}
    member(f"PATCH items/{hall.item.code}/sheet", {"marks": marks, "stamp": 5000})
    assert Sheet.objects.get().stamps == {FIRST.code: 5000, SECOND.code: 9000}
    assert save(member, hall, 1, stamp=4000)["overtaken"] == [FIRST.code]
    assert save(member, hall, 1, stamp=6000)["marks"][FIRST.code] == 1


def test_points_alone_leave_the_comment_and_an_empty_one_takes_it_back(
    member: Program, hall: Hall
) -> None:
    call = f"PATCH items/{hall.item.code}/sheet"
    member(call, {"marks": {"1.4": {"points": 2, "comment": "Hợp đồng hết hạn"}}})
    told = member(call, {"marks": {"1.4": {"points": 1}}})
    assert (told["marks"]["1.4"], told["comments"]) == (1, {"1.4": "Hợp đồng hết hạn"})
    assert member(call, {"marks": {"1.4": {"points": 1, "comment": ""}}})["comments"] == {}


def test_no_sheet_yet_says_so_and_a_total_is_written_one_way(member: Program, hall: Hall) -> None:
    told = member(f"GET items/{hall.item.code}/sheet", status=404)
    assert (told["code"], "phiếu có từ điểm đầu tiên" in told["detail"]) == ("not_found", True)
    given = marks(load_set(SET), 58)
    member(
        f"PATCH items/{hall.item.code}/sheet",
        {
            "marks": {c: {"points": p} for c, p in given.items()},
            "gates": harmless(load_set(SET)),
        },
    )
    for call in ("POST", "POST"):
        assert member(f"{call} items/{hall.item.code}/sheet/submit")["total"] == "58"
    assert member(f"GET items/{hall.item.code}/sheet")["total"] == "58"


def test_a_discussion_longer_than_any_minutes_is_refused(hall: Hall) -> None:
    chair = program(hall.people[0], hall.now)
    told = {"text": "a" * 10_001}
    chair.refused(f"PUT items/{hall.item.code}/discussion", told, "text_too_long")
