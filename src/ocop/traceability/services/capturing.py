"""Writes of events: once each, all of a document or, where the caller wants so, those that hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from ocop.core import db
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.traceability import diary, goods, rules
from ocop.traceability.epcis.documents import Raw
from ocop.traceability.epcis.sorting import Prepared, sort
from ocop.traceability.epcis.validation import Problem
from ocop.traceability.models import EventThing, ThingRole, TraceEvent
from ocop.traceability.portions import portions
from ocop.traceability.services import drawing_along, recall_claims


@dataclass(slots=True)
class Captured:
    """What became of the events of a document: new ones, those that were here already, and what
    was wrong with the others. `ids` name the first two, in the order of the document."""

    new: list[int] = field(default_factory=list)
    known: int = 0
    ids: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class NotCaptured(Refused):
    """Something in a document does not hold, so nothing of it was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        told: dict[str, list[str]] = {}
        for problem in problems:
            told.setdefault(problem.place, []).append(problem.words)
        words = _("Có sự kiện chưa đúng, chưa ghi sự kiện nào. Hãy sửa theo danh sách lỗi.")
        super().__init__("events_wrong", words, fields=told)
        self.problems = list(problems)


def capture(
    *,
    actor: Actor,
    raws: Sequence[Raw],
    proceed: bool = False,
    owner: Producer | None = None,
    owners: Mapping[str, Producer] | None = None,
    at: datetime,
) -> Captured:
    """Take events in. Of two callers who bring the same event at the same moment one is stopped by
    the database and comes again: it then finds the event known."""
    told: dict[str, Any] = {
        "raws": raws, "proceed": proceed, "owner": owner, "owners": owners or {},
    }  # fmt: skip
    try:
        return capture_events(actor=actor, **told, at=at)
    except IntegrityError:
        return capture_events(actor=actor, **told, at=at)


@dataclass(slots=True)
class Looked:
    """What a document would bring: the places of events that are not here yet, how many are, and
    what is wrong with the others."""

    fresh: set[str]
    known: int
    problems: list[Problem]


def look(
    *,
    actor: Actor,
    raws: Sequence[Raw],
    owner: Producer | None = None,
    owners: Mapping[str, Producer] | None = None,
    at: datetime,
) -> Looked:
    """Hold events against the standard and against those that are here, and write nothing: nobody
    waits meanwhile, however many they are."""
    require(actor, rules.may_capture, timezone.localdate(at))
    done, events = Captured(), []
    for some in portions(raws):
        found = sort(some, actor, at, owner=owner, owners=owners)
        done.problems += found.problems
        events += found.events
    fresh = _not_known(events, done)
    return Looked({event.place for event in fresh}, done.known, done.problems)


@action("traceability.capture_events")
def capture_events(
    *,
    actor: Actor,
    raws: Sequence[Raw],
    proceed: bool = False,
    owner: Producer | None = None,
    owners: Mapping[str, Producer] | None = None,
    at: datetime,
) -> Captured:
    """Write events of EPCIS 2.0 for producers whose things the actor may keep.

    An event that is here already, by its id or by its content, is passed over. Refused, all of
    them unless `proceed`: events that do not hold (`epcis.validation`), an id that another event
    has, somebody else's lot said to be made, a declaration of error about nothing.
    """
    require(actor, rules.may_capture, timezone.localdate(at))
    found = sort(raws, actor, at, owner=owner, owners=owners)
    done = Captured(problems=found.problems)
    fresh = _not_known(found.events, done)
    if not actor.is_system:
        fresh = recall_claims.without(fresh, done.problems)
    if done.problems and not proceed:
        raise NotCaptured(done.problems)
    written = write(fresh, at=at)
    done.new = [event.pk for event in written]
    record(
        actor,
        "traceability.events_captured",
        *{lot.pk: lot for event in fresh for lot in event.lots.values()}.values(),
        at=at,
        change={"new": len(done.new), "known": done.known, "wrong": len(done.problems)},
        also=[("traceevent", key) for key in done.new],
    )
    return done


def write(events: Sequence[Prepared], *, at: datetime) -> list[TraceEvent]:
    """The rows of events that hold and are new; lots drawn along where something recalled went
    into them. Part of an act that records it."""
    plain = [event for event in events if not event.declares]
    rows = [_row(event, None, at) for event in plain]
    db.insert(rows)
    counting = {row.pk for row in rows}
    pairs = list(zip(rows, plain, strict=True))
    pairs += _declare([event for event in events if event.declares], at)
    things = [thing for row, event in pairs for thing in things_of(row, event)]
    db.insert(things)
    goods.settle(things)
    if along := drawing_along.draw([t for t in things if t.event_id in counting], at=at):
        write(along, at=at)
    return [row for row, _event in pairs]


def _declare(events: Sequence[Prepared], at: datetime) -> list[tuple[TraceEvent, Prepared]]:
    """Rows that say of others, written before, that they are wrong."""
    here = _stored("event_id", [event.event_id for event in events])
    rows = [_row(event, here[event.event_id].pk, at) for event in events]
    db.insert(rows)
    for some in portions(stored.pk for stored in here.values()):
        TraceEvent.objects.filter(pk__in=some).update(declared_wrong_at=at)
    return list(zip(rows, events, strict=True))


def _row(event: Prepared, original: int | None, at: datetime) -> TraceEvent:
    facts = event.facts
    return TraceEvent(
        event_id=event.event_id,
        digest=event.digest,
        declares_id=original,
        declared_wrong_at=at if original is not None else None,
        type=facts.type,
        event_time=facts.event_time,
        record_time=at,
        action=facts.action,
        biz_step=facts.biz_step,
        disposition=facts.disposition,
        read_point=facts.read_point,
        biz_location=facts.biz_location,
        site=event.site,
        producer=event.producer,
        body=event.body,
        folded=diary.folded(event.body),
        names_read_at=at,
    )


def things_of(row: TraceEvent, event: Prepared) -> Iterable[EventThing]:
    """What an event speaks of, as rows."""
    for thing in event.things:
        value = thing.value
        if thing.role == ThingRole.TRANSFORM and event.producer is not None:
            value = f"{event.producer.code} {value}"
        yield EventThing(
            event_id=row.pk,
            role=thing.role,
            value=value,
            lot=event.lots.get(thing.written),
            quantity=thing.quantity,
            measure=thing.measure,
            stamp=event.stamps.get(thing.written),
        )


def _not_known(events: Sequence[Prepared], done: Captured) -> list[Prepared]:
    """Those that are not here yet, each once; what contradicts what is here is a problem."""
    by_id = _stored("event_id", [event.event_id for event in events])
    by_digest = _stored("digest", [event.digest for event in events])
    declared = _declared({stored.pk for stored in (*by_id.values(), *by_digest.values())})
    fresh: list[Prepared] = []
    for event in events:
        here = by_id.get(event.event_id)
        if event.declares:
            here = here or by_digest.get(event.digest)
            words = _why_not_declared(event, here)
            if words:
                done.problems.append(Problem(event.place, words))
                continue
            assert here is not None  # else there were words
            event.take_id(here.event_id)
            if here.event_id in declared:
                done.known += 1
            else:
                declared.add(here.event_id)
                fresh.append(event)
            done.ids.append(event.event_id)
            continue
        if here is not None and here.digest != event.digest:
            words = _("Đã có sự kiện khác mang eventID này. Hãy dùng eventID mới.")
            done.problems.append(Problem(f"{event.place}/eventID", words))
            continue
        here = here or by_digest.get(event.digest)
        if here is not None:
            done.known += 1
        else:
            producer = event.producer.pk if event.producer else None
            here = _Stored(0, event.event_id, event.digest, producer)
            by_id[event.event_id] = by_digest[event.digest] = here
            fresh.append(event)
        done.ids.append(here.event_id)
    return fresh


@dataclass(frozen=True, slots=True)
class _Stored:
    pk: int  # 0: it stands before in the same document
    event_id: str
    digest: str
    producer: int | None


def _stored(column: str, values: Sequence[str]) -> dict[str, _Stored]:
    found: dict[str, _Stored] = {}
    for some in portions(dict.fromkeys(values)):
        rows = TraceEvent.objects.filter(**{f"{column}__in": some}, declares=None).order_by()
        names = ("pk", "event_id", "digest", "producer")
        for row in rows.values_list(*names):
            stored = _Stored(*row)
            found[getattr(stored, column)] = stored
    return found


def _declared(events: Iterable[int]) -> set[str]:
    """The ids of those of these events that were declared wrong before."""
    found: set[str] = set()
    for some in portions(events):
        rows = TraceEvent.objects.filter(declares__in=some).order_by()
        found |= set(rows.values_list("declares__event_id", flat=True))
    return found


def _why_not_declared(event: Prepared, here: _Stored | None) -> str:
    if here is None:
        return _("Chưa có sự kiện nào để báo sai. Sự kiện báo sai phải giống sự kiện đã ghi.")
    if here.digest != event.digest:
        return _("Sự kiện báo sai phải giống sự kiện đã ghi, chỉ thêm errorDeclaration.")
    if event.producer is None or here.producer != event.producer.pk:
        return _("Chỉ chủ thể đã ghi sự kiện mới báo sai được.")
    return ""
