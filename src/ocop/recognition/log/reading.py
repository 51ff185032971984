"""Which events the log can read.

The log believes nothing that stands in the event table before it has looked: a row put there by
hand must neither stop the log nor hide what was done beside it. An event that is not as the acts
record it, or is dated after now, stays out, and the audit tells of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from ocop.core import keys
from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.core.transparency.notes import decode
from ocop.recognition.models import Ground, ImportBatch

IMPORT_LOADED = "recognition.import_loaded"
IMPORT_PUBLISHED = "recognition.import_published"
IMPORT_UNDONE = "recognition.import_undone"
KEY_ANNOUNCED = "recognition.issuer_key_announced"
LIST_CHANGED = "recognition.status_list_changed"
#: Two clocks of one office differ by no more.
_CLOCKS = timedelta(minutes=5)
#: The worker takes events in within a minute; one that waits longer than this explains nothing.
LATE_AFTER = timedelta(minutes=30)
_MOST_DIGITS = 18  # of a key
_BATCH = kind_of(ImportBatch)
Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that the log cannot read."""

    pk: int
    name: str


def is_late(event: Event, at: datetime) -> bool:
    """Whether an event has waited longer than the log ever lets one wait."""
    return event.at < at - LATE_AFTER


def readable(events: QuerySet[Event], *, at: datetime) -> Iterator[Event]:
    """Those that the log can take in at a moment."""
    for key in list(events.values_list("pk", flat=True)):
        event = read(key, at=at)
        if event is not None:
            yield event


def unreadable(events: QuerySet[Event], *, at: datetime) -> Iterator[Unread]:
    """The others."""
    for key, name in list(events.values_list("pk", "name")):
        if read(key, at=at) is None:
            yield Unread(key, name)


def well_formed(events: QuerySet[Event]) -> list[Event]:
    """Those that say what they must, whenever they say they happened."""
    return [event for event in events.defer("at") if is_well_formed(event)]


def read(key: int, *, at: datetime) -> Event | None:
    """One event; None where it is not as the acts record it."""
    try:
        event = Event.objects.get(pk=key)
    except ValueError:  # SQLite keeps what is no moment, too
        return None
    is_dated = isinstance(event.at, datetime) and event.at <= at + _CLOCKS and event.at.year > 1
    return event if is_dated and is_well_formed(event) else None


def is_well_formed(event: Event) -> bool:
    """Whether the event says what events of its name say, in their types."""
    change = event.change
    if not isinstance(change, dict):
        return False
    if not NEEDED.get(event.name, frozenset()) <= change.keys():
        return False
    tests = TESTS.get(event.name, {})
    if not all(test(change[name]) for name, test in tests.items() if name in change):
        return False
    if event.name not in (IMPORT_PUBLISHED, IMPORT_UNDONE):
        return True
    return EventObject.objects.filter(event=event, kind=_BATCH).count() == 1


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_purpose(value: Any) -> bool:
    return isinstance(value, str) and keys.is_purpose(value)


def _is_base64(*lengths: int) -> Test:
    """Base 64 of so many bytes."""

    def test(value: Any) -> bool:
        try:
            return isinstance(value, str) and len(decode(value)) in lengths
        except ValueError:
            return False

    return test


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_ground(value: Any) -> bool:
    return isinstance(value, str) and value in Ground.values


def _are_rows(value: Any) -> bool:
    """Rows by their keys, each with what stood in its columns."""
    return isinstance(value, dict) and all(
        key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS and isinstance(row, dict)
        for key, row in value.items()
    )


def _is_known_day(value: Any) -> bool:
    return value == "" or _is_day(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_PAPER = {"number": _is_text, "signed_on": _is_known_day, "authority": _is_text}
#: What of its change the log reads of an event; rooms above add theirs (`joining`).
TESTS: dict[str, Mapping[str, Test]] = {
    "recognition.extension_confirmed": {"until": _is_day},
    "dossiers.refused": {"extended_until": _is_day},
    "dossiers.refusal_taken_back": {"until": lambda value: value is None or _is_day(value)},
    "recognition.revoked": {"on": _is_day, "ground": _is_ground, "named": _is_count, **_PAPER},
    "recognition.restored": {"on": _is_day, **_PAPER},
    "recognition.revocation_withdrawn": {"on": _is_day},
    "recognition.restoration_withdrawn": {"on": _is_day},
    "recognition.appeal_recorded": {"on": _is_day},
    "recognition.appeal_settled": {"on": _is_day, "upheld": lambda v: isinstance(v, bool)},
    "recognition.annulled": {"on": _is_day, **_PAPER},
    "recognition.record_corrected": {"on": _is_day, "decision": lambda v: isinstance(v, bool)},
    IMPORT_LOADED: {"completed": _are_rows},
    KEY_ANNOUNCED: {
        "purpose": _is_purpose,
        "public": _is_base64(32),
        "since": _is_day,
        "vouched": _is_base64(0, 64),
        "lost": lambda value: value is True,
        "stated": _is_base64(64),
    },
    LIST_CHANGED: {
        "number": _is_count,
        "bits": _is_count,
        "set": _is_count,
        "sha256": _is_digest,
        "stated": _is_base64(64),
    },
}
#: And what it must say, for the log has it from nowhere else.
NEEDED: dict[str, frozenset[str]] = {
    name: frozenset(TESTS[name]) - {"lost", "stated"}
    for name in (
        KEY_ANNOUNCED,
        LIST_CHANGED,
        "recognition.appeal_recorded",
        "recognition.appeal_settled",
    )
}
