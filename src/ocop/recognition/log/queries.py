"""Reading the public log: last entries, entries of recognitions, proofs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from ocop.core.transparency.checkpoints import Checkpoint, Proof
from ocop.core.transparency.merkle import inclusion_path
from ocop.core.transparency.tiles import TileNodes
from ocop.recognition.log import store
from ocop.recognition.log.forms import RECOGNITION, RECOGNITION_KIND
from ocop.recognition.models import LogEntry


@dataclass(frozen=True, slots=True)
class Published:
    """What is published now: the checkpoint as signed, its head, and the key to verify it with."""

    note: str
    head: Checkpoint
    key: str


def published() -> Published | None:
    """The head of the log; None before the first entry.

    NotSigned, ValueError: what stands there is not ours.
    """
    head, note = store.head(), store.note()
    if head is None or note is None:
        return None
    return Published(note, head, str(store.verifier_keys()[-1]))


def last_entries(size: int, count: int) -> Sequence[LogEntry]:
    """The last entries of the published log, the newest first."""
    rows = LogEntry.objects.filter(index__lt=size, index__gte=size - count)
    return list(rows.order_by("-index"))


def entry_at(index: int) -> LogEntry | None:
    """One entry."""
    return LogEntry.objects.filter(index=index).first()


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
