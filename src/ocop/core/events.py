"""Recording what happened, and reading it back for activity tabs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import QuerySet

from ocop.core.actor import Actor
from ocop.core.models import Event, EventObject

_AT_ONCE = 10_000  # rows that an event names, handed to the database together


def record(
    actor: Actor,
    name: str,
    *objects: models.Model,
    at: datetime,
    reason: str = "",
    change: Mapping[str, Any] | None = None,
    also: Iterable[tuple[str, int]] = (),
) -> Event:
    """Append one event that names its objects.

    `also` takes (kind, id) pairs for an act on very many rows, as an import. `change` must be
    JSON and hold no personal data.

    Event and objects are seen together or not at all, also outside of an act: whoever reads events
    beside it (the public log) would take one without its objects for one that names nothing.
    """
    # An import names hundreds of thousands of rows: a model instance for each is too much.
    insert = (
        f"INSERT INTO {EventObject._meta.db_table} (event_id, kind, object_id) VALUES (%s, %s, %s)"
    )
    with transaction.atomic(savepoint=False):
        event = Event.objects.create(
            name=name,
            actor_kind=actor.kind,
            actor_id=actor.user_id,
            at=at,
            reason=reason,
            change=dict(change or {}),
        )
        rows = ((event.pk, kind_of(o), int(o.pk)) for o in objects)
        more = ((event.pk, kind, key) for kind, key in also)
        with connection.cursor() as cursor:
            waiting = chain(rows, more)
            while some := list(islice(waiting, _AT_ONCE)):
                cursor.executemany(insert, some)
    return event


def kind_of(target: models.Model | type[models.Model]) -> str:
    """The name under which events know a model: `product`, `recognition`."""
    return str(target._meta.model_name)


def activity(target: models.Model) -> QuerySet[Event]:
    """The events that name this object, newest first."""
    return Event.objects.filter(
        objects_named__kind=kind_of(target), objects_named__object_id=target.pk
    ).order_by("-id")


def newest(named: Mapping[str, Iterable[Any]], names: Iterable[str] = ()) -> str:
    """A mark of the events that name one of these objects (kind: their keys), or that are called
    so; `core.*` stands for all of a room. While it stays the same nothing happened.

    It holds the last key and how many there are: of two writes at once the one that began first
    may be seen last, with a key below one that was seen before.
    """
    seen: list[dict[str, Any]] = []
    for kind, keys in named.items():
        rows = EventObject.objects.filter(kind=kind, object_id__in=keys)
        seen.append(rows.aggregate(last=models.Max("event"), count=models.Count("event")))
    for name in names:
        room = name.removesuffix("*")
        # Bounds instead of a pattern: SQLite finds only these in the index. "/" follows ".".
        called = (
            {"name": name} if room == name else {"name__gte": room, "name__lt": f"{room[:-1]}/"}
        )
        rows_ = Event.objects.filter(**called)
        seen.append(rows_.aggregate(last=models.Max("pk"), count=models.Count("pk")))
    last = max((each["last"] or 0 for each in seen), default=0)
    return f"{last}-{sum(each['count'] for each in seen)}"
