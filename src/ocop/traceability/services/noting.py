"""Writes of the diary: each step is an event of EPCIS 2.0 about own things."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import SYSTEM, Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.traceability import diary, naming, recall_notices, rules
from ocop.traceability.diary import Amount, Note, Step
from ocop.traceability.entries import Entry, body_of
from ocop.traceability.epcis import documents
from ocop.traceability.epcis.documents import Json
from ocop.traceability.epcis.sorting import Prepared, sort
from ocop.traceability.models import Lot, Material, TraceEvent
from ocop.traceability.services import adding_up, capturing
from ocop.traceability.services.step_checks import LONGEST, check, refuse


@action("traceability.note_step")
def note_step(*, actor: Actor, producer: Producer, entry: Entry, at: datetime) -> TraceEvent:
    """Note a step of a producer's diary.

    Refused: what lies in the future, things of others, a lot that was recalled (but for its
    destruction), a step without what it is about, what was made of itself, and the same step
    twice. More than is left, or before it was there, is asked about and noted as `sure`.
    """
    require(actor, rules.may_keep_items, producer, timezone.localdate(at))
    check(producer, entry, at)
    if doubts := adding_up.doubts(producer, entry):
        if not entry.sure:
            raise refuse("sure", " ".join([*doubts, adding_up.asked()]))
        entry = replace(entry, beyond=True)
    material = _material(producer, entry, at)
    event = _prepared(body_of(entry, material), producer, at)
    (row,) = capturing.write([event], at=at)
    if material is not None:
        material.event = row
        material.save(update_fields=["event"])
    lots = {lot.pk: lot for lot in event.lots.values()}
    record(
        actor,
        "traceability.step_noted",
        row,
        *lots.values(),
        at=at,
        change={"step": str(entry.step)} | ({"beyond": True} if entry.beyond else {}),
    )
    return row


@action("traceability.declare_wrong")
def declare_wrong(
    *, actor: Actor, event: TraceEvent, happened: bool, reason: str, at: datetime
) -> TraceEvent:
    """Say that an event is wrong: it did not happen, or its data are wrong. It stays, and counts no
    more (EPCIS 2.0, 7.4.1.4). Refused: a second time; events of stamps and inspections, which
    whoever made them takes back otherwise."""
    today = timezone.localdate(at)
    if event.producer is None:
        raise Refused("event_of_nobody", _("Sự kiện này không thuộc chủ thể nào."))
    require(actor, rules.may_keep_items, event.producer, today)
    needs_reason(reason)
    if diary.step_of(event.type, event.biz_step, event.body) in diary.OF_OTHERS:
        raise Refused(
            "event_of_others",
            _("Sự kiện kiểm tra, kích hoạt tem và thu hồi không báo sai ở đây."),
        )
    if event.declared_wrong_at is not None:
        raise Refused("event_wrong", _("Sự kiện này đã được báo sai."))
    declared = {
        "declarationTime": at.isoformat(),
        "reason": "incorrect_data" if happened else "did_not_occur",
    }
    told = {**event.body, "errorDeclaration": declared}
    (row,) = capturing.write([_prepared(told, event.producer, at)], at=at)
    lots = Lot.objects.filter(things__event=event).distinct()
    record(actor, "traceability.event_declared_wrong", event, *lots, at=at, reason=reason.strip())
    return row


@action("traceability.inspect_lot")
def inspect_lot(
    *, actor: Actor, lot: Lot, conforms: bool, note: str, done_at: datetime, at: datetime
) -> TraceEvent:
    """Note that a lot was looked at, and whether it is as it should be. Refused: the future; a lot
    that is not as it should be without a word why."""
    require(actor, rules.may_inspect)
    if done_at > at:
        raise refuse("done_at", _("Thời điểm kiểm tra không thể sau bây giờ."))
    if not conforms:
        needs_reason(note, field="note", most=LONGEST["note"])
    check_text(note, "note", LONGEST["note"])
    producer = lot.item.product.producer
    place = naming.site_uri(lot.site) if lot.site else ""
    body = diary.inspect(
        Note(timezone.localtime(done_at), place, folding.clean(note)),
        Amount(naming.lot_uri(lot)),
        conforms=conforms,
    )
    (row,) = capturing.write([_prepared(body, producer, at)], at=at)
    record(actor, "traceability.lot_inspected", row, lot, at=at, change={"conforms": conforms})
    if not conforms:
        recall_notices.not_conforming(actor=actor, lot=lot, note=folding.clean(note), at=at)
    return row


def note_activation(lot: Lot, count: int, *, at: datetime) -> TraceEvent | None:
    """The event of stamps put on goods of a lot; part of the act that activates them. None: the
    same was told in the same moment."""
    place = naming.site_uri(lot.site) if lot.site else ""
    body = diary.activate(
        Note(timezone.localtime(at), place), Amount(naming.lot_uri(lot), Decimal(count))
    )
    event = _sorted(body, lot.item.product.producer, at)
    if TraceEvent.objects.filter(digest=event.digest, declares=None).exists():
        return None
    (row,) = capturing.write([event], at=at)
    return row


def withdraw_activations(lots: Iterable[Lot], *, at: datetime) -> None:
    """Say of lots on which no stamp is left that the activations were a mistake; part of the act
    that takes them back."""
    for lot in lots:
        told = TraceEvent.objects.filter(
            things__lot=lot, biz_step="encoding", declared_wrong_at=None, producer__isnull=False
        ).select_related("producer")
        for event in told.distinct():
            assert event.producer is not None  # the filter says so
            declared = {"declarationTime": at.isoformat(), "reason": "did_not_occur"}
            body = {**event.body, "errorDeclaration": declared}
            capturing.write([_sorted(body, event.producer, at)], at=at)


def _prepared(body: Json, producer: Producer, at: datetime) -> Prepared:
    event = _sorted(body, producer, at)
    same = TraceEvent.objects.filter(digest=event.digest, declares=None)
    if not event.declares and same.exists():
        raise Refused("step_noted", _("Việc này đã được ghi vào nhật ký rồi."))
    return event


def _sorted(body: Json, producer: Producer, at: datetime) -> Prepared:
    """An event of ours, ready to be written. It is held against the standard as anybody's."""
    found = sort(documents.events_of(body), SYSTEM, at, owner=producer)
    if found.problems:
        raise Refused("event_wrong_form", found.problems[0].words)
    (event,) = found.events
    event.producer = producer
    return event


def _material(producer: Producer, entry: Entry, at: datetime) -> Material | None:
    """The row of what was harvested or received and is no lot of its own."""
    if entry.step not in (Step.HARVEST, Step.RECEIVE) or entry.lot is not None:
        return None
    row = Material(
        code=public_code(),
        producer=producer,
        name=folding.clean(entry.name),
        number=folding.clean(entry.number),
        supplier=folding.clean(entry.partner) if entry.step is Step.RECEIVE else "",
        lot=entry.source,
        source_code=entry.source_code,
        quantity=entry.quantity,
        measure=entry.measure,
        taken_on=timezone.localdate(entry.done_at),
        created_at=at,
    )
    fits(row)
    row.save()
    return row
