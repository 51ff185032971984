"""Accounts and their roles by the API: for the administrator and auditors only."""

from datetime import datetime

import pytest
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from ocop.places import queries as places
from tests.api.calling import program
from tests.dossiers.office import World, build_world
from tests.world import SINCE, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_world(timezone.now())


def test_accounts_are_listed_with_the_roles_of_today(world: World) -> None:
    auditor = program(world.auditor, world.now)
    (found,) = auditor(f"GET accounts?role={Role.PROVINCIAL_OFFICER}")["items"]
    assert (found["id"], found["name"], found["is_active"]) == (
        world.officer.pk, world.officer.name, True,
    )  # fmt: skip
    role = {"role": "commune_officer", "starts_on": str(SINCE), "ends_on": None}
    here = {**role, "unit": places.key_of(world.places.here)}
    communes = auditor(f"GET accounts?role={Role.COMMUNE_OFFICER}")["items"]
    assert [row["roles"] for row in communes if row["id"] == world.commune.pk] == [[here]]
    people.close_account(actor=SYSTEM, user=world.second, reason="Nghỉ hưu", at=world.now)
    (closed,) = auditor("GET accounts?is_active=false")["items"]
    assert (closed["id"], closed["roles"]) == (world.second.pk, [])
    auditor.refused("GET accounts?role=king", None, "filter_value")
    auditor.refused("GET accounts?rol=auditor", None, "unknown_filter")


def test_key_of_a_person_without_the_second_factor_that_is_due_is_refused(world: World) -> None:
    user = person(world.now, Role.ADMINISTRATOR)
    administrator = program(user, world.now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=False, at=world.now)
    for call in ("GET accounts", "GET products"):
        told = administrator.refused(call, None, "second_factor_missing", 403)
        assert "mã một lần" in told["detail"]
    with_second_factor(user, world.now)
    assert administrator("GET accounts")["total"] == 8
    commune = program(world.commune, world.now)  # owes none
    assert commune("GET products")["total"] >= 0


def test_accounts_come_in_pages(world: World) -> None:
    administrator = program(person(world.now, Role.ADMINISTRATOR), world.now)
    first = administrator("GET accounts?limit=2")
    assert (len(first["items"]), first["total"]) == (2, 8)
    assert "cursor=" in first["next"]


def test_accounts_are_nobody_elses_to_read(world: World) -> None:
    for user in (world.head, world.officer, world.commune, world.adviser):
        program(user, world.now).refused("GET accounts", None, "not_allowed", 403)
    reader = program(world.auditor, world.now, READ_REGISTER)
    reader.refused("GET accounts", None, "scope_missing", 403)
