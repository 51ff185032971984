"""How the events of a dossier read: its steps are not buried by pages that were saved."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.events import activity, record
from ocop.web.happenings import told, told_briefly
from tests.dossiers.office import build_world

pytestmark = pytest.mark.django_db


def test_pages_saved_after_each_other_are_one_line(now: datetime) -> None:
    world = build_world(now)
    dossier = world.dossier()
    maker, officer = world.actor(world.commune), world.actor(world.officer)
    day = timedelta(days=1)
    acts = [(maker, 0), (maker, 0), (maker, 0), (officer, 0), (maker, 0), (maker, 1)]
    for actor, later in acts:
        record(actor, "dossiers.answers_saved", dossier, at=now + later * day)
    record(SYSTEM, "dossiers.submitted", dossier, at=now + day)
    record(SYSTEM, "dossiers.submitted", dossier, at=now + day)
    events = list(activity(dossier))
    assert len(told(events)) == 8
    words = [line.words for line in told_briefly(events)]
    saved = told(events[-1:])[0].words
    assert words[2:] == [saved, saved, saved, f"{saved} (3 lần)"]
    assert words[0] == words[1]
