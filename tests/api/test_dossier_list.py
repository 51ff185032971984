"""The list of dossiers by the API: everybody's own, with the filters of the table."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.dossiers.office import World, build_world

pytestmark = pytest.mark.django_db
LIST = "/api/v1/dossiers"


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def test_the_list_is_narrowed_and_a_slip_is_told(client: Client, world: World) -> None:
    found = world.dossier()
    world.dossier(state="examining")
    client.force_login(world.auditor)
    with time_machine.travel(world.now, tick=False):
        assert client.get(LIST).json()["total"] == 2
        narrowed = client.get(LIST, {"state": "at_commune"}).json()
        assert [row["code"] for row in narrowed["items"]] == [found.code]
        for slip in ({"state": "x"}, {"stage": "at_commune"}, {"year": "x"}):
            assert client.get(LIST, slip).status_code == 422
        client.force_login(world.elsewhere)
        assert client.get(LIST).json()["total"] == 0
