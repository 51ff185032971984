"""The mark of what happened, by which pages and papers know whether they are still true."""

from datetime import datetime

import pytest

from ocop.core import events
from ocop.core.models import Event, Option

pytestmark = pytest.mark.django_db


def test_what_began_first_and_is_seen_last_changes_the_mark(now: datetime) -> None:
    """Two writes at once: keys are given when they begin, events are seen when they end."""
    option = Option.objects.create(key="x", value=1)

    def seen(key: int) -> None:
        event = Event.objects.create(
            pk=key, name="core.option_set", actor_kind="system", at=now, change={}
        )
        event.objects_named.create(kind="option", object_id=option.pk)

    seen(1002)
    named, called = events.newest({"option": [option.pk]}), events.newest({}, ["core.*"])
    assert named == events.newest({"option": [option.pk]})
    seen(1001)
    assert events.newest({"option": [option.pk]}) != named
    assert events.newest({}, ["core.*"]) != called
