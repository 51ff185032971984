"""Events, diaries, inspections and recalls."""

from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.traceability import naming
from ocop.traceability.diary import Step
from ocop.traceability.epcis import documents
from ocop.traceability.models import EventThing, Lot
from ocop.traceability.services import recalling
from tests.traceability import making
from tests.traceability.epcis.examples import document, lot_event

Given = dict[str, Any]


def _document(now: datetime) -> Given:
    made = making.maker(now)
    return document(
        lot_event(
            quantityList=[{"epcClass": naming.lot_uri(made.lot), "quantity": 1}],
            readPoint={"id": naming.site_uri(made.site)},
        )
    )


def _capture(now: datetime) -> Given:
    return {"raws": documents.events_of(_document(now))}


def _receive(now: datetime) -> Given:
    return {"document": _document(now), "proceed": False}


def _note(now: datetime) -> Given:
    made = making.maker(now)
    return {"producer": made.producer, "entry": making.entry(made, Step.SHIP, now)}


def _declare(now: datetime) -> Given:
    event = making.note(making.maker(now), Step.SHIP, now)
    return {"event": event, "happened": True, "reason": "Ghi nhầm số lượng"}


def _inspect(now: datetime) -> Given:
    return {"lot": making.maker(now).lot, "conforms": True, "note": "", "done_at": now}


def _recall(now: datetime) -> Given:
    return {"lot": making.maker(now).lot, "reason": "Có mảnh thủy tinh"}


def _along(now: datetime) -> Given:
    root, other = making.maker(now).lot, making.maker(now).lot
    Lot.objects.filter(pk=root.pk).update(recalled_at=now, recall_reason="Có mảnh thủy tinh")
    root.refresh_from_db()
    return {"root": root, "lots": [other.pk]}


def _read_again(now: datetime) -> Given:
    event = making.note(making.maker(now), Step.SHIP, now)
    EventThing.objects.filter(event=event).update(lot=None)
    return {"events": [event.pk]}


def _lift(now: datetime) -> Given:
    lot = making.maker(now).lot
    recalling.recall_lot(actor=SYSTEM, lot=lot, reason="Có mảnh thủy tinh", at=now)
    return {"lot": lot, "reason": "Kiểm nghiệm đạt"}


EXAMPLES = {
    "traceability.capture_events": _capture,
    "traceability.declare_wrong": _declare,
    "traceability.draw_along": _along,
    "traceability.inspect_lot": _inspect,
    "traceability.lift_recall": _lift,
    "traceability.note_step": _note,
    "traceability.read_names_again": _read_again,
    "traceability.recall_lot": _recall,
    "traceability.receive_capture": _receive,
}
