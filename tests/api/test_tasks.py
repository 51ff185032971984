"""Tasks to units, own messages and what is ahead, by the API."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import outbox
from tests.api.calling import Program, program
from tests.dossiers.office import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(timezone.now())


@pytest.fixture
def office(world: World) -> Program:
    return program(world.officer, world.now)


@pytest.fixture
def commune(world: World) -> Program:
    return program(world.commune, world.now)


@pytest.fixture
def elsewhere(world: World) -> Program:
    """The officer of another commune."""
    return program(world.elsewhere, world.now)


def task(world: World) -> dict[str, object]:
    return {
        "kind": "other", "title": "Báo cáo", "wanted": "Gửi báo cáo", "year": 2026,
        "due_on": timezone.localdate() + timedelta(days=9), "units": [world.places.here.code],
    }  # fmt: skip


def test_task_is_given_answered_and_cancelled(
    office: Program, commune: Program, elsewhere: Program, world: World
) -> None:
    told = task(world)
    assert commune("POST tasks", told, 403)["code"] == "not_allowed"
    office.missing("POST tasks", {**told, "units": ["00000"]})
    office.refused("POST tasks", {**told, "title": " "}, "title_needed")
    office.refused("POST tasks", {**told, "kind": "holiday"}, "invalid")
    made = office("POST tasks", told, 201)
    assert (made["asked"], made["answered"]) == (1, 0)
    assert commune("GET tasks")["total"] == 1
    assert elsewhere("GET tasks")["total"] == 0
    assert elsewhere("GET task-answers")["total"] == 0
    (part,) = commune("GET task-answers")["items"]

    remind = f"POST tasks/{made['code']}/remind"
    elsewhere.missing(remind)
    assert commune(remind, None, 403)["code"] == "not_allowed"
    assert [row["code"] for row in office(remind)] == [part["code"]]
    office.refused(remind, None, "nobody_to_remind")

    answer = f"PUT task-answers/{part['code']}"
    elsewhere.missing(answer, {"text": "Đã gửi"})
    commune.refused(answer, {"text": " "}, "answer_needed")
    assert commune(answer, {"text": "Đã gửi"})["answer"] == "Đã gửi"
    assert office("GET tasks")["items"][0]["answered"] == 1

    cancel = f"POST tasks/{made['code']}/cancel"
    elsewhere.missing(cancel, {"reason": "Thôi"})
    assert commune(cancel, {"reason": "Thôi"}, 403)["code"] == "not_allowed"
    office.refused(cancel, {"reason": ""}, "reason_needed")
    assert office(cancel, {"reason": "Trùng việc"})["cancelled_at"]
    office.refused(cancel, {"reason": "Trùng việc"}, "task_cancelled_before")
    commune.refused(answer, {"text": "Đã gửi"}, "task_cancelled")


def test_messages_are_ones_own(office: Program, commune: Program, world: World) -> None:
    (sent,) = outbox.tell(
        users=[world.commune], kind="people.test", key="tin", subject="Tin", body="Có việc",
        at=world.now,
    )  # fmt: skip
    assert [row["code"] for row in commune("GET messages")["items"]] == [sent.code]
    assert office("GET messages")["total"] == 0
    office.missing(f"POST messages/{sent.code}/read")
    assert commune(f"POST messages/{sent.code}/read")["read_at"]
    commune.refused("GET messages?unread=1", None, "unknown_filter")


def test_agenda_holds_what_waits_for_oneself(
    office: Program, commune: Program, elsewhere: Program, world: World
) -> None:
    office("POST tasks", task(world), 201)
    assert [row["title"] for row in commune("GET agenda")["items"]]
    assert elsewhere("GET agenda")["items"] == []
