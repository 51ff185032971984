"""Reading the public log: last entries, entries of recognitions, proofs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from ocop.core import keys
from ocop.core.transparency.checkpoints import Checkpoint, Proof
from ocop.core.transparency.merkle import inclusion_path
from ocop.core.transparency.notes import encode
from ocop.core.transparency.tiles import TileNodes
from ocop.recognition.log import store
from ocop.recognition.log.forms import ISSUER_KEY, RECOGNITION, RECOGNITION_KIND
from ocop.recognition.models import LogEntry


@dataclass(frozen=True, slots=True)
class Published:
    """What is published now: the checkpoint as signed, its head, the key to verify it with, and the
    keys before it, the last one first."""

    note: str
    head: Checkpoint
    key: str
    keys_before: Sequence["KeyBefore"]


@dataclass(frozen=True, slots=True)
class KeyBefore:
    """A key that the log was signed with, to before a day. `entry`: the published entry that tells
    of the key after it, with its signature over that; None: there is none yet."""

    key: str
    since: date
    until: date | None
    entry: int | None


def published() -> Published | None:
    """The head of the log; None before the first entry.

    NotSigned, ValueError: what stands there is not ours.
    """
    head, note = store.head(), store.note()
    if head is None or note is None:
        return None
    return Published(note, head, str(store.verifier_keys()[-1]), _keys_before(head.size))


def _keys_before(size: int) -> list[KeyBefore]:
    held = list(zip(store.verifier_keys(), keys.public_keys(keys.REGISTER), strict=True))
    entries = _entries_of_keys(size) if len(held) > 1 else {}
    return [
        KeyBefore(str(key), told.since, told.until, entries.get(encode(follower.public)))
        for (key, told), (follower, _told) in reversed(list(pairwise(held)))
    ]


def _entries_of_keys(size: int) -> dict[str, int]:
    """The published entry of each key of the register, by the key."""
    rows = LogEntry.objects.filter(form=ISSUER_KEY.name, index__lt=size).order_by("-index")
    told = [(json.loads(leaf), index) for index, leaf in rows.values_list("index", "leaf")]
    return {leaf["public"]: index for leaf, index in told if leaf["purpose"] == keys.REGISTER}


def last_entries(size: int, count: int) -> Sequence[LogEntry]:
    """The last entries of the published log, the newest first."""
    rows = LogEntry.objects.filter(index__lt=size, index__gte=size - count)
    return list(rows.order_by("-index"))


def entry_at(index: int) -> LogEntry | None:
    """One entry."""
    return LogEntry.objects.filter(index=index).first()


def published_about(rows: Q) -> Sequence[LogEntry]:
    """The published entries about some rows, by kind and key, in their order."""
    entries = LogEntry.objects.filter(rows, index__lt=store.size()).select_related("event")
    return list(entries.order_by("index"))


def entries_of(recognitions: Iterable[int]) -> dict[int, int]:
    """The published entry that holds what each of these recognitions is, by its key."""
    rows = LogEntry.objects.filter(
        form=RECOGNITION.name,
        kind=RECOGNITION_KIND,
        object_id__in=list(recognitions),
        index__lt=store.size(),
    ).order_by()
    return dict(rows.values_list("object_id").annotate(last=Max("index")))


def with_entry(rows: QuerySet[Any], path: str = "pk") -> QuerySet[Any]:
    """Recognitions with `entry`: the published entry that holds what each is; None: not yet."""
    entries = (
        LogEntry.objects.filter(
            form=RECOGNITION.name,
            kind=RECOGNITION_KIND,
            object_id=OuterRef(path),
            index__lt=store.size(),
        )
        .order_by("-index")
        .values("index")
    )
    return rows.annotate(entry=Subquery(entries[:1]))


def proof_of(index: int) -> Proof | None:
    """The proof that an entry is in the published log, from the stored tiles; None: not yet.

    NotSigned, ValueError, OSError: what is published does not hold together.
    """
    head, note = store.head(), store.note()
    if head is None or note is None or not 0 <= index < head.size:
        return None
    nodes = TileNodes(head.size, store.read)
    return Proof(index, tuple(inclusion_path(index, head.size, nodes)), note)
