"""A recall and its end are events too, each seen by whose lots they are."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import naming
from ocop.traceability.epcis import documents, validation
from ocop.traceability.models import Lot, TraceEvent
from ocop.traceability.queries import stages_of
from ocop.traceability.services import noting, recalling
from ocop.traceability.services.capturing import capture
from tests.traceability import making
from tests.traceability.making import Maker, maker

pytestmark = pytest.mark.django_db
REASON = "Dư lượng vượt mức"


@pytest.fixture
def made(now: datetime) -> Maker:
    return maker(now, gtin="08935001700012")


def told(lot: Lot) -> list[TraceEvent]:
    return list(TraceEvent.objects.filter(things__lot=lot, disposition="recalled"))


def test_recall_is_an_event_by_the_standard(made: Maker, now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason=REASON, at=now)
    (row,) = told(made.lot)
    assert (row.type, row.action, row.biz_step) == ("ObjectEvent", "OBSERVE", "")
    assert row.body["persistentDisposition"] == {"set": ["recalled"]}
    assert row.body["quantityList"] == [{"epcClass": naming.lot_uri(made.lot)}]
    assert row.producer == made.producer
    (raw,) = documents.events_of(row.body)
    assert validation.problems(raw, now) == []
    assert stages_of(made.lot) == []  # nothing was done with the goods


def test_lifting_unsets_it(made: Maker, now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason=REASON, at=now)
    later = now + timedelta(days=2)
    recalling.lift_recall(actor=SYSTEM, lot=made.lot, reason="Kiểm nghiệm lại đạt", at=later)
    row = TraceEvent.objects.filter(things__lot=made.lot).latest("event_time")
    assert row.body["persistentDisposition"] == {"unset": ["recalled"]}
    assert row.disposition == "available"
    assert row.event_time == later


def test_each_producer_has_an_event_of_its_own(made: Maker, now: datetime) -> None:
    other = maker(now)
    bought = making.material(other, now, source=made.lot)
    making.made_of(other, other.lot, bought, now=now)
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason=REASON, at=now)
    (own,), (theirs,) = told(made.lot), told(other.lot)
    assert (own.producer, theirs.producer) == (made.producer, other.producer)
    assert naming.lot_uri(other.lot) not in str(own.body)
    assert naming.lot_uri(made.lot) not in str(theirs.body)


def test_lot_that_turns_later_has_its_event(made: Maker, now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason=REASON, at=now)
    later = making.lot_of(made, "N2", now)
    from_before = naming.lot_uri(made.lot)
    body = {
        "@context": documents.CONTEXT,
        "type": "TransformationEvent",
        "eventTime": now.isoformat(),
        "eventTimeZoneOffset": "+07:00",
        "inputQuantityList": [{"epcClass": from_before}],
        "outputQuantityList": [{"epcClass": naming.lot_uri(later)}],
    }
    capture(actor=SYSTEM, raws=documents.events_of(body), at=now)
    later.refresh_from_db()
    assert later.recalled_at == now
    (row,) = told(later)
    assert row.body["ocop:note"] == REASON


def test_recall_is_not_taken_back_as_an_entry(made: Maker, now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=made.lot, reason=REASON, at=now)
    (row,) = told(made.lot)
    with pytest.raises(Refused) as refusal:
        noting.declare_wrong(actor=SYSTEM, event=row, happened=False, reason="Nhầm", at=now)
    assert refusal.value.code == "event_of_others"
