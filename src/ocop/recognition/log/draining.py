"""Taking events into the log: each once, in order, whoever else tries at the same moment.

All entries of an event, its mark and the new length are written together or not at all, so a stop
in the middle is made good by the next run. One row (`LogHead`) is held meanwhile: on PostgreSQL
other drains wait for it, on SQLite there is one writer anyway. The unique index and the unique
event stand behind it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from ocop.core import db, keys
from ocop.core.actor import SYSTEM
from ocop.core.keys import PublicKey
from ocop.core.models import Event
from ocop.core.transparency import merkle
from ocop.core.transparency.notes import encode
from ocop.recognition.credential import statuses
from ocop.recognition.credential.services import publish_status_list
from ocop.recognition.log import projection, services
from ocop.recognition.log.forms import Form, write
from ocop.recognition.models import LogEntry, LogHead, LogStep

_EVENTS = 200  # in one transaction
_MANY = 1000  # entries after which the database looks at the tables anew
_KEY_EVENT = "recognition.issuer_key_announced"


def waiting() -> QuerySet[Event]:
    """Events that the log has still to take in, oldest first."""
    named = Event.objects.filter(name__in=list(projection.names()), log_step=None)
    return named.order_by("pk")


def drain(*, at: datetime) -> int:
    """Take in everything that waits; how many entries that gave."""
    keys.signer(keys.REGISTER, at=at)
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
    _announce_keys(at)
    _publish_status_list(at)
    events = list(waiting()[:_EVENTS])
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
    entries: list[LogEntry] = []
    for key in rows:
        if key not in facts or (form.follows and key not in first):
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


def unannounced() -> list[tuple[str, PublicKey]]:
    """Keys, with their purposes, that have no event yet."""
    events = Event.objects.filter(name=_KEY_EVENT)
    known = {(each.change["purpose"], each.change["public"]) for each in events}
    held = [(purpose, key) for purpose in keys.purposes() for key in keys.public_keys(purpose)]
    return [(purpose, key) for purpose, key in held if (purpose, encode(key.public)) not in known]


def _announce_keys(at: datetime) -> None:
    for purpose, key in unannounced():
        services.announce_issuer_key(actor=SYSTEM, purpose=purpose, key=key, at=at)


def _publish_status_list(at: datetime) -> None:
    """See to it that the bits of now have their event: after what set them, for the rows are
    changed and their events recorded before this looks."""
    if found := statuses.next_version(timezone.localdate(at)):
        number, bits = found
        publish_status_list(actor=SYSTEM, number=number, bits=bits, at=at)
