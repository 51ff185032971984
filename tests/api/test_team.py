"""The advisory team by the API."""

from datetime import datetime

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.dossiers.models import State
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
def adviser(world: World) -> Program:
    return program(world.adviser, world.now)


def test_sectors_of_an_adviser_are_told_anew(
    office: Program, adviser: Program, world: World
) -> None:
    call = f"PUT advisers/{world.adviser.pk}/sectors"
    adviser.refused(call, {"sectors": ["I"]}, "not_allowed", 403)
    office.missing(f"PUT advisers/{world.officer.pk}/sectors", {"sectors": ["I"]})
    office.refused(call, {"sectors": ["XX"]}, "invalid")
    told = office(call, {"sectors": ["II", "I", "I"]})
    assert told == {
        "account": world.adviser.pk,
        "name": world.adviser.name,
        "sectors": ["I", "II"],
        "at_hand": 0,
    }
    assert office(call, {"sectors": ["II"]})["sectors"] == ["II"]
    auditor = program(world.auditor, world.now)
    team = {row["account"]: row["sectors"] for row in auditor("GET advisers")}
    assert team == {world.adviser.pk: ["II"], world.second.pk: []}
    adviser.refused("GET advisers", None, "not_allowed", 403)


def test_dossier_is_taken_from_an_adviser_with_a_reason(
    office: Program, adviser: Program, world: World
) -> None:
    row = world.dossier(State.RECEIVED)
    path = f"dossiers/{row.code}/advisers"
    told = {"advisers": [world.adviser.pk, world.second.pk], "lead": world.adviser.pk}
    lead, other = sorted(office(f"POST {path}", told), key=lambda each: not each["lead"])

    end = f"POST {path}/{lead['id']}/end"
    program(world.elsewhere, world.now).missing(end, {"reason": "Trùng lịch"})
    adviser.refused(end, {"reason": "Trùng lịch"}, "not_allowed", 403)
    office.missing(f"POST {path}/0/end", {"reason": "Trùng lịch"})
    office.refused(end, {"reason": " "}, "reason_needed")
    assert office(end, {"reason": "Trùng lịch"}) == [{**other, "lead": True}]
    assert Event.objects.latest("pk").reason == "Trùng lịch"
    office.refused(end, {"reason": "Trùng lịch"}, "assignment_ended")
    assert office(f"POST {path}/{other['id']}/end", {"reason": "Nghỉ ốm"}) == []
    row.refresh_from_db()
    assert row.state == State.RECEIVED
