"""The commune that has a dossier sees wherever it works that a change to it is asked for."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core.codes import public_code
from ocop.dossiers.models import ChangeRequest, Dossier, Snapshot
from ocop.programme.agenda import agenda
from tests.dossiers.office import World, build_world, stored_report

pytestmark = pytest.mark.django_db
ASKED = "Có đề nghị thay đổi chưa trả lời"


@pytest.fixture
def world(now: datetime) -> Iterator[World]:
    with time_machine.travel(now, tick=False):
        yield build_world(now)


def _asked(dossier: Dossier, now: datetime) -> None:
    base = Snapshot.objects.create(
        dossier=dossier, number=1, content={}, sha256="0" * 64, why="submitted", made_at=now
    )
    ChangeRequest.objects.create(
        code=public_code(),
        dossier=dossier,
        base=base,
        proposed={},
        reason="Sai số điện thoại",
        asked_at=now,
    )


@pytest.mark.parametrize("asked", [False, True])
def test_queue_calendar_and_forwarding_name_an_open_request(world: World, asked: bool) -> None:
    dossier = world.dossier()
    stored_report(dossier, world.now)
    if asked:
        _asked(dossier, world.now)
    client = Client()
    client.force_login(world.commune)
    queue = client.get(reverse("office:commune_queue")).content.decode()
    assert dossier.product.name in queue
    assert (ASKED in queue) is asked
    forward = client.get(reverse("office:dossier_step", args=[dossier.code, "chuyen"]))
    assert ("đề nghị thay đổi chưa trả lời" in forward.content.decode()) is asked
    [entry] = agenda(world.actor(world.commune), on=world.now.date())
    assert (ASKED in entry.detail) is asked
