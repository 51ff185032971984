"""Taking events into the log: each once, in order, whoever else tries at the same moment.

All entries of an event, its mark and the new length are written together or not at all, so a stop
in the middle is made good by the next run. One row (`LogHead`) is held meanwhile: on PostgreSQL
other drains wait for it, on SQLite there is one writer anyway. The unique index and the unique
event stand behind it.

What cannot be read (`reading`) is left where it is and stops nothing: the audit tells of it. So is
what tells of a key or a status list and was not told by the system (`chains`), and a change of a
row that its event does not explain.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from ocop.core import db, keys
from ocop.core.actor import SYSTEM
from ocop.core.keys import PublicKey
from ocop.core.models import Event
from ocop.core.transparency import merkle
from ocop.recognition.credential import statuses
from ocop.recognition.credential.services import publish_status_list
from ocop.recognition.log import chains, projection, reading, services
from ocop.recognition.log.forms import RECOGNITION, Facts, Form, family, write
from ocop.recognition.log.reading import Unread
from ocop.recognition.models import LogEntry, LogHead, LogStep

_EVENTS = 200  # in one transaction
_MANY = 1000  # entries after which the database looks at the tables anew
_META = ("type", "version", "recorded_at", "entry")  # of an entry, whatever it tells


def waiting() -> QuerySet[Event]:
    """Events that the log has not taken in, oldest first."""
    named = Event.objects.filter(name__in=list(projection.names()), log_step=None)
    return named.order_by("pk")


def to_take_in(*, at: datetime) -> Iterator[Event]:
    """Those of them that it can take in."""
    return (event for event in reading.readable(waiting(), at=at) if _is_true(event))


def untrue(*, at: datetime) -> Iterator[Event]:
    """Those that tell of a key or a list that is not ours."""
    return (event for event in reading.readable(waiting(), at=at) if not _is_true(event))


def unread(*, at: datetime) -> Iterator[Unread]:
    """Those that it cannot read."""
    return reading.unreadable(waiting(), at=at)


def drain(*, at: datetime) -> int:
    """Take in everything that waits; how many entries that gave."""
    chains.signer(keys.REGISTER, at=at)
    written = 0
    while (more := _some(at)) is not None:
        written += more
    if written >= _MANY:
        db.learn(LogEntry, LogStep)
    return written


def head() -> LogHead:
    """The head of the log."""
    return LogHead.objects.filter(pk=1).first() or LogHead(pk=1)


@transaction.atomic
def _some(at: datetime) -> int | None:
    """Some events; None where none waits."""
    LogHead.objects.get_or_create(pk=1)
    held = LogHead.objects.select_for_update().get(pk=1)
    events = list(islice(to_take_in(at=at), _EVENTS))
    # What the log itself tells is taken in with what it is told after: nothing of it ever waits.
    last = len(events) < _EVENTS
    events += _announce_keys(at) if last else []
    events += _publish_status_list(at) if last else []
    if not events:
        return None
    before = held.size
    for event in events:
        start = held.size
        for form, rows in projection.steps_of(event):
            held.size += _write(event, form, rows, held.size)
        LogStep.objects.create(event=event, entries=held.size - start)
    held.save(update_fields=["size"])
    return held.size - before


def _write(event: Event, form: Form, rows: Sequence[int], index: int) -> int:
    """The entries of one form for some rows, from an index on; how many."""
    if not rows:
        return 0
    facts = (form.then or form.facts)(rows)
    told = form.told(event)
    first = first_entries(form.kind, rows)
    last = last_facts(form, list(first)) if form is RECOGNITION else {}
    entries: list[LogEntry] = []
    for key in rows:
        if key not in facts or (form.follows and key not in first):
            continue
        if key in last and not projection.is_explained(event, last[key], facts[key]):
            continue
        leaf = write(form, {**facts[key], **told}, recorded_at=event.at, entry=first.get(key))
        entries.append(
            LogEntry(
                index=index + len(entries),
                event=event,
                form=form.name,
                kind=form.kind,
                object_id=key,
                leaf=leaf,
                leaf_hash=merkle.leaf_hash(leaf.encode()).hex(),
            )
        )
    db.insert(entries)
    return len(entries)


def first_entries(kind: str, rows: Sequence[int]) -> dict[int, int]:
    """The index of the first entry about each row that has one: its name in later entries."""
    found = LogEntry.objects.filter(kind=kind, object_id__in=rows).order_by()
    return dict(found.values_list("object_id").annotate(first=Min("index")))


def last_facts(form: Form, rows: Sequence[int]) -> Mapping[int, Facts]:
    """What the last entry of a family about each row tells, where it is of this form."""
    entries = LogEntry.objects.filter(kind=form.kind, object_id__in=rows, form__in=family(form))
    last = entries.order_by().values("object_id").annotate(last=Max("index")).values("last")
    told = LogEntry.objects.filter(index__in=last, form=form.name).order_by()
    return {
        key: {name: each for name, each in json.loads(leaf).items() if name not in _META}
        for key, leaf in told.values_list("object_id", "leaf")
    }


def unannounced() -> list[tuple[str, PublicKey]]:
    """Keys, with their purposes, that have no event yet."""
    return [
        (purpose, key)
        for purpose in keys.purposes()
        if chains.wrong(purpose) is None
        for key in chains.untold(purpose)
    ]


def _announce_keys(at: datetime) -> list[Event]:
    return [
        services.announce_issuer_key(actor=SYSTEM, purpose=purpose, key=key, at=at)
        for purpose, key in unannounced()
    ]


def _publish_status_list(at: datetime) -> list[Event]:
    """See to it that the bits of now have their event: after what set them, for the rows are
    changed and their events recorded before this looks."""
    found = statuses.next_version(at=at)
    if found is None:
        return []
    number, bits = found
    return [publish_status_list(actor=SYSTEM, number=number, bits=bits, at=at)]


def _is_true(event: Event) -> bool:
    """Whether what an event tells of a key or of the status list is the system's own word: signed
    by the register's key, and not told before."""
    if event.name == reading.KEY_ANNOUNCED:
        earlier = Event.objects.filter(name=event.name, pk__lt=event.pk)
        if event.change in list(earlier.values_list("change", flat=True)):
            return False
        return chains.is_stated(chains.key_statement(event.change), event.change)
    if event.name == reading.LIST_CHANGED:
        last = statuses.last_version()
        number = last.change["number"] if last else 0
        return event.change["number"] == number + 1 and chains.is_stated(
            chains.list_statement(event.change), event.change
        )
    return True
