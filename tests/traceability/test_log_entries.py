"""Stamps and lots in the public log: one entry for each range and act, none for a stamp, and
whatever somebody changes behind it is found."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.models import Event, EventObject
from ocop.recognition.log import auditing, keeping, queries, store
from ocop.recognition.log.forms import FORMS
from ocop.recognition.log.joining import Part, join
from ocop.recognition.models import LogEntry
from ocop.traceability import lifecycle, log_numbers, log_places, naming
from ocop.traceability.epcis import documents
from ocop.traceability.intervals import Span
from ocop.traceability.log_entries import ACTIVATION, PART
from ocop.traceability.models import Lot, StampException, StampOrder, StampRange
from ocop.traceability.services import exceptions, ranges, recalling
from ocop.traceability.services.capturing import capture
from ocop.traceability.stamp_lists import MOST_SERIALS
from ocop.traceability.stamp_options import MOST_OF_AN_ORDER
from tests.recognition.log.logged import Lifted, code, entries, found
from tests.traceability import making
from tests.traceability.epcis.examples import document, transformation
from tests.traceability.stamps_making import active, approved, delivered, places, requested, traced

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


def feed(made: making.Maker, now: datetime) -> Lot:
    """Another lot of the producer, into which the first one goes."""
    lot = making.lot_of(made, "B", now)
    making.made_of(made, lot, made.lot, now=now)
    return lot


def told(now: datetime, *names: str) -> list[dict[str, Any]]:
    """The entries of these forms, in a log that agrees."""
    audit = found(now)
    assert code(audit) == "", audit.difference
    return entries(*names)


def part(order: StampOrder, first: int, last: int) -> dict[str, Any]:
    return {"actor": SYSTEM, "order": order, "spans": places(order, first, last)}


# --- What is told ---------------------------------------------------------------------------------


def test_an_approved_order_is_one_entry_with_its_numbers(now: datetime) -> None:
    order = approved(now, quantity=1000)
    (entry,) = told(now, "stamp-range")
    del entry["recorded_at"]
    assert entry == {
        "type": "stamp-range", "version": 1, "product": order.item.product.code,
        "item": order.item.code, "order": order.code, "key": order.key.version,
        "first": order.first, "count": 1000, "demonstration": False,
    }  # fmt: skip


def test_an_order_that_waits_or_was_refused_is_none(now: datetime) -> None:
    requested(now)
    assert told(now, "stamp-range") == []


def test_each_act_tells_its_numbers_and_the_first_entry(now: datetime) -> None:
    order = delivered(now, quantity=100)
    lot, other = traced(order.item, now), traced(order.item, now, number="L2")
    ranges.activate_stamps(**part(order, 1, 40), lot=lot, at=now)
    ranges.activate_stamps(**part(order, 41, 50), lot=other, at=now)
    ranges.undo_activation(**part(order, 31, 45), reason="Nhầm lô", at=now)
    ranges.close_stamps(**part(order, 1, 10), reason="Đã bán hết", at=now)
    lines = told(now, "activation", "activation-undone", "stamps-closed")
    (issue,) = (each for each in LogEntry.objects.filter(form="stamp-range"))
    assert [(line["type"], line["numbers"]) for line in lines] == [
        ("activation", f"{lot.code}:1-40"),
        ("activation", f"{other.code}:41-50"),
        ("activation-undone", "31-45"),
        ("stamps-closed", "1-10"),
    ]
    assert {line["entry"] for line in lines} == {issue.index}


def test_what_is_said_of_stamps_is_an_entry_and_so_is_that_it_ended(now: datetime) -> None:
    order = delivered(now, quantity=100)
    (row,) = exceptions.except_stamps(
        **part(order, 5, 9), kind=lifecycle.LOST, reason="Rơi ở chợ Bưởi", at=now
    )
    (lost,) = told(now, "stamp-exception")
    assert (lost["exception"], lost["first"], lost["count"]) == ("lost", order.first + 4, 5)
    exceptions.lift_exception(actor=SYSTEM, exception=row, reason="Tìm thấy", at=now)
    (lifted,) = told(now, "exception-lifted")
    assert lifted["entry"] == LogEntry.objects.get(form="stamp-exception").index


def test_spoiled_and_missing_stamps_of_a_printing_are_told(now: datetime) -> None:
    order = approved(now, quantity=100)
    counted = ranges.Counted(97, places(order, 3, 4), places(order, 8, 8))
    ranges.confirm_printing(**part(order, 1, 100), counted=counted, at=now)
    assert [
        (line["exception"], line["first"] - order.first, line["count"])
        for line in told(now, "stamp-exception")
    ] == [("voided", 2, 2), ("lost", 7, 1)]


def test_a_recall_tells_every_lot_that_turned_and_which_drew_it(now: datetime) -> None:
    made = making.maker(now)
    flour = feed(made, now)
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mảnh thủy tinh", at=now)
    first, second = told(now, "recall")
    assert (first["lot"], second["lot"], second["with"]) == (
        made.lot.code, flour.code, made.lot.code
    )  # fmt: skip
    assert "with" not in first
    assert first["on"] == second["on"] == now.date().isoformat()
    recalling.lift_recall(actor=SYSTEM, lot=made.lot, reason="Kiểm nghiệm đạt", at=now)
    assert {line["lot"] for line in told(now, "recall-lifted")} == {made.lot.code, flour.code}


def test_a_lot_drawn_along_later_is_told(now: datetime) -> None:
    made = making.maker(now)
    flour, bread = feed(made, now), making.lot_of(made, "C", now)
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mảnh thủy tinh", at=now)
    event = transformation(
        inputEPCList=[], inputQuantityList=[{"epcClass": naming.lot_uri(flour)}], outputEPCList=[],
        outputQuantityList=[{"epcClass": naming.lot_uri(bread)}], ilmd={},
        readPoint={"id": naming.site_uri(made.site)},
    )  # fmt: skip
    capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now)
    bread.refresh_from_db()
    assert bread.recalled_with == made.lot
    lines = told(now, "recall")
    assert [line["lot"] for line in lines] == [made.lot.code, flour.code, bread.code]
    assert lines[-1]["with"] == made.lot.code


def test_acts_that_wait_together_are_told_each(now: datetime) -> None:
    made = making.maker(now)
    order = delivered(now)
    (row,) = exceptions.except_stamps(
        **part(order, 1, 1), kind=lifecycle.VOIDED, reason="Rách", at=now
    )
    exceptions.lift_exception(actor=SYSTEM, exception=row, reason="Nhầm", at=now)
    for _turn in range(2):
        recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mảnh thủy tinh", at=now)
        recalling.lift_recall(actor=SYSTEM, lot=made.lot, reason="Kiểm nghiệm đạt", at=now)
    lines = told(now, "stamp-exception", "exception-lifted", "recall", "recall-lifted")
    assert [line["type"] for line in lines] == [
        "stamp-exception", "exception-lifted", "recall", "recall-lifted", "recall", "recall-lifted",
    ]  # fmt: skip


def test_no_entry_is_for_one_stamp_and_none_names_anybody(now: datetime) -> None:
    order = active(now, quantity=2000)
    exceptions.except_stamps(
        **part(order, 5, 9), kind=lifecycle.LOST, reason="Bà Năm làm rơi", at=now
    )
    recalling.recall_lot(
        actor=SYSTEM, lot=Lot.objects.get(ranges__order=order), reason="Ông Tư báo", at=now
    )
    told(now)
    assert LogEntry.objects.filter(form__in=[form.name for form in PART.forms]).count() == 4
    whole = "".join(LogEntry.objects.values_list("leaf", flat=True))
    maker = order.item.product.producer
    for word in (maker.name, maker.code, "Bà Năm", "Ông Tư", maker.address):
        assert word not in whole


def test_a_demonstration_comes_in_with_all_that_had_become_of_its_stamps(now: datetime) -> None:
    order = delivered(now, quantity=100)
    lot, other = traced(order.item, now), traced(order.item, now, number="L2")
    ranges.activate_stamps(**part(order, 1, 40), lot=lot, at=now)
    ranges.activate_stamps(**part(order, 41, 60), lot=other, at=now)
    ranges.close_stamps(**part(order, 1, 40), reason="Đã bán hết", at=now)
    with Lifted():
        EventObject.objects.all().delete()
        Event.objects.all().delete()
    record(SYSTEM, "demonstration.loaded", order, at=now)
    lines = told(now, "stamp-range", "activation", "stamps-closed")
    assert [(line["type"], line.get("numbers")) for line in lines] == [
        ("stamp-range", None),
        ("activation", f"{lot.code}:1-40 {other.code}:41-60"),
        ("stamps-closed", "1-40"),
    ]


def test_every_range_has_its_proof(now: datetime) -> None:
    order = active(now)
    exceptions.except_stamps(**part(order, 5, 9), kind=lifecycle.LOST, reason="Rơi", at=now)
    other = approved(now)
    told(now)
    about = log_places.entries_of(order)
    assert [each.form for each in about] == ["stamp-range", "activation", "stamp-exception"]
    assert [each.form for each in log_places.entries_of(other)] == ["stamp-range"]
    for each in about:
        proof = queries.proof_of(each.index)
        assert proof is not None
        proof.verify(each.leaf.encode(), origin=store.origin(), keys=store.verifier_keys())


# --- What is found --------------------------------------------------------------------------------


@pytest.fixture
def order(now: datetime) -> StampOrder:
    """Stamps in every state that the log tells of: active, closed, delivered, lost."""
    order = active(now, quantity=100)
    ranges.undo_activation(**part(order, 61, 100), reason="Nhầm lô", at=now)
    ranges.close_stamps(**part(order, 1, 20), reason="Đã bán hết", at=now)
    exceptions.except_stamps(**part(order, 90, 95), kind=lifecycle.LOST, reason="Rơi", at=now)
    assert code(found(now)) == ""
    return order


def _move(order: StampOrder) -> None:
    other = traced(order.item, order.requested_at, number="L9")
    order.ranges.filter(state="active").update(lot=other)


def _shift(order: StampOrder) -> None:
    order.ranges.filter(state="closed").update(count=30)
    order.ranges.filter(state="active").update(first=order.first + 30, count=30)


def _add(order: StampOrder) -> None:
    StampRange.objects.create(
        order=order, key=order.key, first=order.first + 5000, count=10, state="delivered"
    )


def _activate(order: StampOrder) -> None:
    lot = order.ranges.get(state="active").lot
    order.ranges.filter(state="delivered").update(
        state="active", lot=lot, activated_at=order.requested_at
    )


@pytest.mark.whole
@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (_move, "stamps_differ"),
        (_shift, "stamps_differ"),
        (_activate, "stamps_differ"),
        (lambda order: order.ranges.filter(state="closed").update(state="active"), "stamps_differ"),
        (_add, "stamps_uncovered"),
        (lambda order: order.ranges.filter(state="active").delete(), "stamps_uncovered"),
        (lambda order: order.ranges.filter(state="active").update(count=99), "stamps_uncovered"),
        (lambda order: order.exceptions.update(kind="suspicious"), "row_changed"),
        (lambda order: order.exceptions.update(count=1), "row_changed"),
        (lambda order: order.exceptions.update(lifted_at=order.requested_at), "row_missing"),
        (lambda order: order.exceptions.all().delete(), "row_missing"),
    ],
)
def test_changed_rows_are_found(
    now: datetime, order: StampOrder, tamper: Any, expected: str
) -> None:
    tamper(order)
    difference = found(now).difference
    assert difference is not None
    assert (difference.code, difference.facts["of"]) == (expected, order.item.product.code)
    assert order.item.product.code in difference.words


def test_a_changed_number_of_an_order_is_found(now: datetime) -> None:
    order = approved(now)
    found(now)
    StampOrder.objects.filter(pk=order.pk).update(quantity=500)
    difference = found(now).difference
    assert difference is not None
    assert (difference.code, difference.facts["name"]) == ("row_changed", "count")


def test_numbers_given_out_without_an_event_are_found(now: datetime, order: StampOrder) -> None:
    fresh = StampOrder.objects.create(
        code="zzzzzzzz", item=order.item, quantity=10, year=2026, state="approved", key=order.key,
        first=7000, requested_at=now,
    )  # fmt: skip
    StampRange.objects.create(order=fresh, key=order.key, first=7000, count=10)
    assert code(found(now)) == "row_extra"


def test_an_exception_without_an_event_is_found(now: datetime, order: StampOrder) -> None:
    StampException.objects.create(
        key=order.key, order=order, first=order.first, count=1, kind="recalled", reason="x", at=now
    )
    assert code(found(now)) == "row_extra"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"recalled_at": None, "recall_reason": ""}, "row_missing"),
        ({"recalled_at": datetime.fromisoformat("2026-01-02T08:00+07:00")}, "row_changed"),
    ],
)
def test_a_recall_that_was_undone_in_the_table_is_found(
    now: datetime, change: dict[str, Any], expected: str
) -> None:
    lot = making.maker(now).lot
    recalling.recall_lot(actor=SYSTEM, lot=lot, reason="Có mảnh thủy tinh", at=now)
    assert code(found(now)) == ""
    Lot.objects.filter(pk=lot.pk).update(**change)
    assert code(found(now)) == expected


def test_a_recall_without_an_event_is_found(now: datetime) -> None:
    lot = making.maker(now).lot
    keeping.keep(at=now)
    Lot.objects.filter(pk=lot.pk).update(recalled_at=now, recall_reason="x")
    assert code(found(now)) == "row_extra"


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("traceability.stamps_activated", {"count": 5}),
        ("traceability.stamps_activated", {"numbers": "1-5"}),
        ("traceability.activation_undone", {"numbers": "5-1"}),
        ("traceability.stamps_closed", {"numbers": ["1"]}),
        ("traceability.recall_lifted", {"lots": 1}),
        ("traceability.recall_lifted", {"kept": [True]}),
        ("traceability.recall_lifted", {"kept": "1"}),
    ],
)
def test_an_event_that_the_acts_do_not_record_is_left_out(
    now: datetime, order: StampOrder, name: str, change: dict[str, Any]
) -> None:
    before = LogEntry.objects.count()
    record(SYSTEM, name, order, at=now, change=change)
    assert code(found(now)) == "event_unreadable"
    assert LogEntry.objects.count() == before


def test_an_act_that_was_put_in_without_its_rows_is_found(now: datetime, order: StampOrder) -> None:
    record(SYSTEM, "traceability.stamps_closed", order, at=now, change={"numbers": "21-30"})
    assert code(found(now)) == "stamps_differ"


def test_rows_are_not_excused_by_another_act_of_the_order(now: datetime, order: StampOrder) -> None:
    """A change behind the log is not taken over by the next honest entry."""
    _move(order)
    ranges.close_stamps(**part(order, 21, 30), reason="Đã bán hết", at=now)
    assert code(found(now)) == "stamps_differ"


def test_an_act_that_waits_is_no_difference(now: datetime, order: StampOrder) -> None:
    ranges.close_stamps(**part(order, 21, 30), reason="Đã bán hết", at=now)
    approved(now)
    assert code(auditing.audit(at=now)) == ""
    assert code(auditing.audit(at=now + LATER)) != ""


# --- Joining --------------------------------------------------------------------------------------


def test_a_part_joins_once(now: datetime) -> None:
    names = set(FORMS)
    join(PART)
    assert set(FORMS) == names
    assert FORMS["activation"] is ACTIVATION
    approved(now)
    assert len(told(now, "stamp-range")) == 1


def test_a_kind_of_entry_belongs_to_one_room() -> None:
    taken = Part(forms=(ACTIVATION,), rows=(), projections={}, tests={}, needed={})
    with pytest.raises(ValueError, match="activation"):
        join(taken)


def test_an_entry_fits_its_bundle() -> None:
    """A bundle gives an entry 65,535 bytes; an act names at most 5,000 parts."""
    spans = [Span(MOST_OF_AN_ORDER - 1 - 2 * turn, 1) for turn in range(MOST_SERIALS)]
    leaf = json.dumps({"numbers": log_numbers.write(spans, 0)})
    assert len(leaf) < 60_000
