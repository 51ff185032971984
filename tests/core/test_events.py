"""Events with what they name, and the mark of what happened, by which pages and papers know whether
they are still true."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import IntegrityError

from ocop.core import events
from ocop.core.actor import SYSTEM
from ocop.core.models import Event, Option
from tests.councils.test_races import _protected_again, at_once, really_committed

__all__ = ["_protected_again", "really_committed"]
TRIED = "core.tried"


def _told() -> int:
    return Event.objects.filter(name=TRIED).count()


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
def test_an_event_is_seen_with_what_it_names(now: datetime) -> None:
    """Also outside of an act: who reads it beside would take it for one that names nothing."""
    seen: list[int] = []

    def named() -> Iterator[tuple[str, int]]:
        seen.extend(at_once(_told))
        yield "option", 1

    event = events.record(SYSTEM, TRIED, at=now, also=named())
    assert seen == [0]
    assert (at_once(_told), event.objects_named.count()) == ([1], 1)


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
def test_an_event_of_which_the_objects_cannot_be_kept_is_none(now: datetime) -> None:
    with pytest.raises(IntegrityError):
        events.record(SYSTEM, TRIED, at=now, also=[(None, 1)])  # type: ignore[list-item]
    assert _told() == 0


@pytest.mark.django_db
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
