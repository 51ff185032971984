"""Holding the log against the tables and the files: the first difference, or that there is none.

What an entry must say is worked out anew from the rows, the tree from the entries, the files from
the tree. A row that an event still waiting to be taken in explains (`coming`) is about to get its
entry and is no difference. An event that cannot be read, or has waited too long, is one.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from ocop.core.models import Event
from ocop.core.transparency import merkle
from ocop.core.transparency.checkpoints import Checkpoint
from ocop.core.transparency.notes import NotSigned
from ocop.core.transparency.tiles import File, Tree
from ocop.criteria.models import CriteriaSetVersion
from ocop.recognition.credential import statuses
from ocop.recognition.log import appeals, chains, draining, projection, reading, revocations, store
from ocop.recognition.log.coming import Coming
from ocop.recognition.log.differences import Difference
from ocop.recognition.log.forms import (
    ANNULMENT,
    CORRECTION,
    EXTENSION,
    FORMS,
    ISSUER_KEY,
    RECOGNITION,
    RECOGNITION_KIND,
    REVOCATION,
    SET_KIND,
    STATUS_LIST,
    Facts,
    Form,
    family,
    write,
)
from ocop.recognition.log.papers import DECISION_KIND
from ocop.recognition.models import Decision, LogEntry, Recognition

Progress = Callable[[int, int], None]
_AT_ONCE = 2000
#: What sets a bit of the status list.
_OF_BITS = [form.family for form in (RECOGNITION, EXTENSION, REVOCATION, ANNULMENT, CORRECTION)]
#: Rooms above add theirs (`joining`).
MODELS: dict[str, type[models.Model]] = {
    RECOGNITION_KIND: Recognition,
    SET_KIND: CriteriaSetVersion,
    DECISION_KIND: Decision,
}


#: What rooms above hold against the log besides.
MORE: list[Callable[[Coming], Iterator[Difference]]] = []


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit looked at, and the first difference. `waiting`: events still to be taken in."""

    entries: int
    published: int
    waiting: int
    difference: Difference | None


def audit(progress: Progress | None = None, *, at: datetime) -> Audit:
    """Look at everything, up to the first difference."""
    try:
        head, broken = store.head(), None
    except NotSigned:
        head, broken = None, Difference("checkpoint_unsigned")
    except ValueError:
        head, broken = None, Difference("checkpoint_unreadable")
    total = draining.head().size
    try:
        found = next(_differences(head, broken, total, progress, at), None)
    except ValueError as error:  # SQLite keeps what is no day and no number, too
        found = Difference("row_unreadable", {"why": str(error)})
    return Audit(
        entries=total,
        published=head.size if head else 0,
        waiting=draining.waiting().count(),
        difference=found,
    )


def _differences(
    head: Checkpoint | None,
    broken: Difference | None,
    total: int,
    progress: Progress | None,
    now: datetime,
) -> Iterator[Difference]:
    size = head.size if head else 0
    coming = Coming(now)
    yield from chains.problems()  # first: it explains what else is not as it was
    tree, at = Tree(), 0
    for entries in _chunks():
        yield from sorted(_of_entries(entries, at, coming), key=lambda found: found.facts["index"])
        for entry in entries:
            if tree.size == size:
                break
            yield from _of_files(tree.add(entry.leaf.encode()))
        at = entries[-1].index + 1
        if progress:
            progress(at, total)
    if at < total:
        yield Difference("entry_missing", {"index": at})
    if at > draining.head().size:
        yield Difference("entry_extra", {"index": at - 1})
    if tree.size < size:
        yield Difference("log_ahead", {"published": size, "found": tree.size})
    yield from _of_files(tree.partial())
    if head and head.root != tree.root:
        yield Difference("root_changed", {"size": size})
    if broken:
        yield broken
    if head is None and total:
        yield Difference("checkpoint_missing")
    yield from _of_signed(head)
    for form in FORMS.values():
        if form.state is not None:
            yield from _of_rows(form, form.state, coming)
    yield from _of_silent_events()
    yield from _of_keys()
    yield from _of_status_lists()
    yield from revocations.differences(coming)
    yield from appeals.differences()
    for look in MORE:
        yield from look(coming)
    yield from _of_status_list(coming)
    yield from of_events(now)


def _of_signed(head: Checkpoint | None) -> Iterator[Difference]:
    """The head as published against the last one that was signed here."""
    try:
        last = store.signed()
    except ValueError:
        yield Difference("head_unreadable")
        return
    if head is None or last is None:
        return
    if head.size == last.size and head.root != last.root:
        yield Difference("root_changed", {"size": head.size})
    if head.size < last.size:
        yield Difference("checkpoint_older", {"published": head.size, "found": last.size})


def _chunks() -> Iterator[Sequence[LogEntry]]:
    after = -1
    while True:
        rows = LogEntry.objects.filter(index__gt=after).select_related("event").order_by("index")
        entries = list(rows.defer("event__change", "event__reason")[:_AT_ONCE])
        if not entries:
            return
        yield entries
        after = entries[-1].index


# --- Entries and rows -----------------------------------------------------------------------------


def _of_entries(entries: Sequence[LogEntry], expected: int, coming: Coming) -> Iterator[Difference]:
    """Entries that are missing, changed, or no longer say what their rows say; `expected` is the
    index that comes next."""
    of_form: dict[str, list[LogEntry]] = defaultdict(list)
    for entry in entries:
        if entry.index != expected:
            yield Difference("entry_missing", {"index": expected})
            expected = entry.index
        expected += 1
        if merkle.leaf_hash(entry.leaf.encode()).hex() != entry.leaf_hash:
            yield Difference("entry_changed", {"index": entry.index})
        elif entry.form not in FORMS:
            yield Difference("entry_unknown", {"index": entry.index, "form": entry.form})
        else:
            of_form[entry.form].append(entry)
    for name, some in of_form.items():
        yield from _of_form(FORMS[name], some, coming)


def _of_form(form: Form, entries: Sequence[LogEntry], coming: Coming) -> Iterator[Difference]:
    keys = [entry.object_id for entry in entries]
    if form.replayed:
        return
    last = _last(form, keys)
    first = draining.first_entries(form.kind, keys)
    facts = form.facts(keys)
    for entry in entries:
        key = entry.object_id
        if entry.index != last[key]:
            continue  # a later one stands in its place; this one is in the tree
        found = _compare(form, entry, facts.get(key), first[key])
        if found and not (_is_superseded(form, entry) or coming.explains(form, key, entry)):
            yield found


def _compare(form: Form, entry: LogEntry, facts: Facts | None, first: int) -> Difference | None:
    logged: dict[str, Any] = json.loads(entry.leaf)
    about = {"index": entry.index, "form": form.name, "of": _name(logged)}
    if facts is None:
        return Difference("row_missing", about)
    told = None if first == entry.index else first
    facts = {k: v for k, v in facts.items() if k in logged or k not in form.later}
    leaf = write(form, facts, recorded_at=entry.event.at, entry=told)
    if leaf == entry.leaf:
        return None
    now = json.loads(leaf)
    name = next(name for name in sorted({*logged, *now}) if logged.get(name) != now.get(name))
    values = {"name": name, "logged": _shown(logged.get(name)), "found": _shown(now.get(name))}
    return Difference("row_changed", {**about, **values})


def _last(form: Form, keys: Sequence[int]) -> dict[int, int]:
    rows = LogEntry.objects.filter(kind=form.kind, object_id__in=keys, form__in=family(form))
    return dict(rows.order_by().values_list("object_id").annotate(last=Max("index")))


def _is_superseded(form: Form, entry: LogEntry) -> bool:
    """Whether the row got a later entry just now, which is looked at in its turn."""
    return _last(form, [entry.object_id])[entry.object_id] != entry.index


def _of_rows(form: Form, state: models.Q, coming: Coming) -> Iterator[Difference]:
    """Rows that must have an entry and have none."""
    logged = LogEntry.objects.filter(
        kind=form.kind, form__in=family(form), object_id=OuterRef("pk")
    )
    rows = MODELS[form.kind]._default_manager.filter(state).exclude(Exists(logged)).order_by("pk")
    after = 0
    while keys := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:_AT_ONCE]):
        after = keys[-1]
        for key, facts in sorted(form.facts(keys).items()):
            if not coming.explains(form, key, None) and not _last(form, [key]):
                yield Difference("row_extra", {"form": form.name, "of": _name(facts), "key": key})


def _of_silent_events() -> Iterator[Difference]:
    """Events that say what became of a star in the log, while nothing became of it: no act records
    one without changing the row."""
    told = projection.OF_STATES
    for event in Event.objects.filter(name__in=list(told), log_step__entries=0).order_by("pk"):
        keys = projection.named(event, RECOGNITION_KIND)
        first = draining.first_entries(RECOGNITION_KIND, keys).values()
        # What happened before a star came into the log is told with its first entry, if at all.
        before = LogEntry.objects.filter(index__in=list(first), event__lt=event)
        known = dict.fromkeys(before.values_list("object_id", flat=True))
        if known.keys() - _last(told[event.name], keys).keys():
            yield Difference("event_empty", {"event": event.pk, "name": event.name})


def _of_keys() -> Iterator[Difference]:
    """Keys that the log tells and that are not ours: neither stated by the register's key nor, in
    entries of before such statements, in the files."""
    for index, told in _told(ISSUER_KEY):
        if not chains.is_ours(told):
            yield Difference("key_untrue", {"index": index, "purpose": told["purpose"]})


def _of_status_lists() -> Iterator[Difference]:
    """Versions of the status list that are not ours, or do not follow each other."""
    number, is_signed = 0, False
    for index, told in _told(STATUS_LIST):
        change = {**told, "set": told["set_bits"]}
        is_signed = is_signed or "stated" in change
        if told["number"] != number + 1 or (
            is_signed and not chains.is_stated(chains.list_statement(change), change)
        ):
            yield Difference("list_untrue", {"index": index, "number": told["number"]})
        number = told["number"]


def _told(form: Form) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries of a form, in order."""
    entries = LogEntry.objects.filter(kind=form.kind, form=form.name).order_by("index")
    for index, leaf in entries.values_list("index", "leaf").iterator():
        yield index, json.loads(leaf)


def _of_status_list(coming: Coming) -> Iterator[Difference]:
    """The bits of the last version against the rows, as they were to stand on its day; what waits
    may have changed some since."""
    last = statuses.last_version()
    if last is None:
        return
    on, told = timezone.localdate(last.at), last.change["sha256"]
    if statuses.bits_on(on).sha256 == told:
        return
    if statuses.bits_on(on, without=coming.rows(_OF_BITS)).sha256 != told:
        yield Difference("status_list_differs", {"number": last.change["number"]})


def of_events(now: datetime) -> Iterator[Difference]:
    """Events that the log cannot read or should have taken in long ago."""
    for each in draining.unread(at=now):
        yield Difference("event_unreadable", {"event": each.pk, "name": each.name})
    for event in draining.untrue(at=now):
        yield Difference("event_untrue", {"event": event.pk, "name": event.name})
    for event in draining.to_take_in(at=now):
        if reading.is_late(event, now):
            yield Difference("event_late", {"event": event.pk, "name": event.name})


def _name(facts: Mapping[str, Any]) -> str:
    names = (facts.get(name) for name in ("product", "set", "purpose", "decision"))
    return next((str(name) for name in names if name), "–")


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


# --- Files ----------------------------------------------------------------------------------------


def _of_files(files: Iterator[File]) -> Iterator[Difference]:
    for path, content in list(files):
        try:
            found = store.read(path)
        except FileNotFoundError:
            yield Difference("file_missing", {"path": path})
        else:
            if found != content:
                yield Difference("file_changed", {"path": path})
