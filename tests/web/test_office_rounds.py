"""Rounds of a year's plan as the office sees and withdraws them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers.models import Round, State
from ocop.dossiers.services import rounds
from tests.dossiers.office import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def world(now: datetime, client: Client) -> World:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    world = build_world(now)
    client.force_login(world.officer)
    return world


def _plan(client: Client, year: int) -> str:
    return client.get(reverse("office:plan"), {"year": str(year)}).content.decode()


def test_a_round_is_withdrawn_from_the_plan_and_stays_in_it(client: Client, world: World) -> None:
    rounds.plan_year(actor=world.actor(world.officer), year=2027, at=world.now)
    first, second = (
        reverse("office:round_withdraw", args=[Round.objects.get(kind=kind).code])
        for kind in ("first", "second")
    )
    world.dossier(State.RECEIVED, round=Round.objects.get(kind="first"))
    turned = client.get(first, follow=True)
    assert "1 hồ sơ nên không hủy được" in turned.content.decode()
    body = _plan(client, 2027)
    assert (first in body, second in body) == (False, True)
    assert reverse("office:plan_new") not in body
    assert "lập nhầm" in client.get(second).content.decode()
    assert client.post(second, {"reason": "Lập nhầm năm"}).status_code == 302
    body = _plan(client, 2027)
    assert ("đã hủy" in body, second in body) == (True, False)
    assert reverse("office:plan_new") in body


def test_a_round_that_nobody_filed_for_is_not_called_late(client: Client, world: World) -> None:
    """Nothing is owed: a deadline binds the dossiers of a round (Art. 6)."""
    rounds.plan_year(actor=world.actor(world.officer), year=2025, at=world.now)
    body = _plan(client, 2025)
    assert ("không có hồ sơ" in body, "quá hạn" in body) == (True, False)
    world.dossier(State.RECEIVED, round=Round.objects.get(kind="first"))
    assert "quá hạn" in _plan(client, 2025)
