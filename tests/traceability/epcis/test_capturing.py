"""Events are written once, for whose they are, all of a document or those that hold."""

from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM, Actor, ActorKind
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.traceability import naming
from ocop.traceability.epcis import documents
from ocop.traceability.models import EventThing, TraceEvent
from ocop.traceability.services.capturing import Captured, NotCaptured, capture
from ocop.traceability.services.recalling import recall_lot
from tests.traceability.epcis.examples import (
    aggregation,
    document,
    lot_event,
    object_event,
    transformation,
)
from tests.traceability.making import Maker, maker
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
GTIN = "08935001700012"


def take(actor: Actor, now: datetime, *events: Json, **more: Any) -> Captured:
    return capture(actor=actor, raws=documents.events_of(document(*events)), at=now, **more)


def actor_of(user: Any, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


@pytest.fixture
def made(now: datetime) -> Maker:
    return maker(now, gtin=GTIN)


@pytest.fixture
def own(made: Maker, now: datetime) -> Actor:
    return actor_of(member(now, made.producer), now)


def shipping(made: Maker, **more: Any) -> Json:
    """An event about a lot of a producer, at a place of it."""
    goods = [{"epcClass": naming.lot_uri(made.lot), "quantity": 5, "uom": "KGM"}]
    told = {"quantityList": goods, "bizStep": "shipping", "disposition": "in_transit"}
    return lot_event(**told | {"readPoint": {"id": naming.site_uri(made.site)}} | more)


def test_event_is_written_with_what_it_is_asked_by(made: Maker, own: Actor, now: datetime) -> None:
    done = take(own, now, shipping(made, eventID="urn:uuid:1"))
    row = TraceEvent.objects.get(pk=done.new[0])
    assert (row.event_id, row.type, row.action) == ("urn:uuid:1", "ObjectEvent", "OBSERVE")
    assert (row.biz_step, row.disposition) == ("shipping", "in_transit")
    assert row.event_time.isoformat() == "2013-06-08T14:58:56.591000+00:00"
    assert (row.record_time, row.producer, row.site) == (now, made.producer, made.site)
    assert row.biz_location == "https://id.gs1.org/414/0614141008889"
    assert row.body["quantityList"][0]["quantity"] == 5
    thing = row.things.get(role="class")
    assert (thing.lot, str(thing.quantity), thing.measure) == (made.lot, "5.000000", "KGM")
    parties = row.things.filter(role__in=("source", "destination")).values_list("value", flat=True)
    assert set(parties) == {
        "possessing_party https://id.gs1.org/417/4012345002256",
        "location https://id.gs1.org/414/0614141007776",
    }


@pytest.mark.parametrize(
    "written",
    [
        f"https://id.gs1.org/01/{GTIN}/10/L-01",
        f"https://id.ocop.example/01/{GTIN}/10/L-01?17=270101",
        "urn:epc:class:lgtin:8935001.070001.L-01",
    ],
)
def test_own_lot_is_found_however_it_is_written(
    made: Maker, own: Actor, now: datetime, written: str
) -> None:
    goods = [{"epcClass": written, "quantity": 5, "uom": "KGM"}]
    take(own, now, shipping(made, quantityList=goods))
    assert EventThing.objects.get(role="class").lot == made.lot


def test_piece_with_its_lot_is_of_the_lot(made: Maker, own: Actor, now: datetime) -> None:
    piece = f"https://id.gs1.org/01/{GTIN}/10/L-01/21/7"
    take(own, now, object_event(epcList=[piece]))
    thing = EventThing.objects.get(role="epc")
    assert (thing.lot, thing.value) == (made.lot, f"https://id.gs1.org/01/{GTIN}/21/7")


def test_lot_without_a_gtin_has_a_name_of_ours(now: datetime) -> None:
    made = maker(now)
    take(SYSTEM, now, shipping(made))
    assert naming.lot_uri(made.lot) == f"urn:ocop:lot:class:{made.lot.code.upper()}"
    assert EventThing.objects.get(role="class").lot == made.lot


def test_event_without_an_id_is_named_by_its_content(
    made: Maker, own: Actor, now: datetime
) -> None:
    done = take(own, now, shipping(made))
    row = TraceEvent.objects.get()
    assert done.ids == [row.event_id]
    assert row.event_id == f"ni:///sha-256;{row.digest}?ver=CBV2.0"
    assert row.body["eventID"] == row.event_id


@pytest.mark.parametrize("again", [{}, {"eventID": "urn:uuid:1"}, {"eventID": "urn:uuid:2"},
                                   {"eventTime": "2013-06-08T21:58:56.591+07:00"}])  # fmt: skip
def test_event_that_is_here_is_passed_over(
    made: Maker, own: Actor, now: datetime, again: Json
) -> None:
    take(own, now, shipping(made, eventID="urn:uuid:1"))
    done = take(own, now, shipping(made, **again))
    assert (done.new, done.known, done.ids) == ([], 1, ["urn:uuid:1"])
    assert TraceEvent.objects.count() == 1


def test_event_twice_in_a_document_is_written_once(made: Maker, own: Actor, now: datetime) -> None:
    done = take(own, now, shipping(made), shipping(made))
    assert (len(done.new), done.known) == (1, 1)


def test_id_of_another_event_is_refused(made: Maker, own: Actor, now: datetime) -> None:
    take(own, now, shipping(made, eventID="urn:uuid:1"))
    with pytest.raises(NotCaptured) as refusal:
        take(own, now, shipping(made, eventID="urn:uuid:1", bizStep="receiving"))
    assert list(refusal.value.fields) == ["/epcisBody/eventList/0/eventID"]


def test_one_wrong_event_stops_all_unless_the_caller_goes_on(
    made: Maker, own: Actor, now: datetime
) -> None:
    events = [shipping(made), shipping(made, bizStep="selling")]
    with pytest.raises(NotCaptured) as refusal:
        take(own, now, *events)
    assert list(refusal.value.fields) == ["/epcisBody/eventList/1/bizStep"]
    assert not TraceEvent.objects.exists()
    done = take(own, now, *events, proceed=True)
    assert len(done.new) == 1
    assert [p.place for p in done.problems] == ["/epcisBody/eventList/1/bizStep"]


def test_one_event_of_the_log_names_lots_and_events(made: Maker, own: Actor, now: datetime) -> None:
    done = take(own, now, shipping(made), shipping(made, eventTime="2013-06-09T00:00:00Z"))
    event = Event.objects.latest("pk")
    assert (event.name, event.change) == (
        "traceability.events_captured",
        {"new": 2, "known": 0, "wrong": 0},
    )
    named = set(event.objects_named.values_list("kind", "object_id"))
    assert named == {("lot", made.lot.pk)} | {("traceevent", key) for key in done.new}


# --- Whose events they are.


def test_stranger_writes_nothing(made: Maker, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        take(Actor(ActorKind.PERSON, user_id=0), now, shipping(made))


def test_other_producer_does_not_write_at_my_place(made: Maker, now: datetime) -> None:
    other = actor_of(member(now, maker(now).producer), now)
    with pytest.raises(NotCaptured):
        take(other, now, shipping(made))


def test_lot_of_another_may_be_received_and_used_but_not_made(made: Maker, now: datetime) -> None:
    buyer = maker(now)
    actor = actor_of(member(now, buyer.producer), now)
    here = {"readPoint": {"id": naming.site_uri(buyer.site)}, "bizLocation": {
        "id": naming.site_uri(buyer.site)}}  # fmt: skip
    goods = [{"epcClass": naming.lot_uri(made.lot), "quantity": 5, "uom": "KGM"}]
    mine = [{"epcClass": naming.lot_uri(buyer.lot), "quantity": 2, "uom": "KGM"}]
    take(actor, now, lot_event(quantityList=goods, **here))
    used = transformation(inputEPCList=[], inputQuantityList=goods, outputEPCList=[],
                          outputQuantityList=mine, **here)  # fmt: skip
    take(actor, now, used)
    assert set(TraceEvent.objects.values_list("producer", flat=True)) == {buyer.producer.pk}
    for event in (
        lot_event(quantityList=goods, action="ADD", **here),
        used | {"outputQuantityList": goods, "inputQuantityList": mine},
    ):
        with pytest.raises(NotCaptured):
            take(actor, now, event)


def test_event_about_nothing_of_ours_is_of_the_only_producer_one_acts_for(
    made: Maker, own: Actor, now: datetime
) -> None:
    take(own, now, aggregation())
    assert TraceEvent.objects.get().producer == made.producer


def test_event_of_nobody_is_refused(made: Maker, own: Actor, now: datetime) -> None:
    office = actor_of(person(now, Role.PROVINCIAL_OFFICER), now)
    with pytest.raises(NotCaptured):
        take(office, now, aggregation())
    take(office, now, aggregation(), owner=made.producer)
    assert TraceEvent.objects.get().producer == made.producer


def test_officers_write_for_producers_of_their_area(now: datetime) -> None:
    places = build_places(now)
    here = maker(now, producer__commune=places.here)
    there = maker(now, producer__commune=places.there)
    officer = actor_of(person(now, Role.COMMUNE_OFFICER, places.here), now)
    take(officer, now, shipping(here))
    with pytest.raises(NotCaptured):
        take(officer, now, shipping(there))


# --- Declarations of error (EPCIS 2.0, 7.4.1.4).

WRONG = {"errorDeclaration": {"declarationTime": "2026-11-23T02:00:00Z", "reason": "did_not_occur"}}


@pytest.mark.parametrize("named", [{}, {"eventID": "urn:uuid:1"}])
def test_declaration_keeps_the_event_and_takes_it_out_of_count(
    made: Maker, own: Actor, now: datetime, named: Json
) -> None:
    take(own, now, shipping(made, **named))
    original = TraceEvent.objects.get()
    done = take(own, now, shipping(made, **named) | WRONG)
    declaring = TraceEvent.objects.get(pk=done.new[0])
    original.refresh_from_db()
    assert (declaring.declares, declaring.event_id) == (original, original.event_id)
    assert original.declared_wrong_at == declaring.declared_wrong_at == now
    assert original.body == shipping(made, **named) | {
        "eventID": original.event_id,
        "@context": [{"example": "https://ns.example.com/epcis/"}],
    }


def test_declaration_twice_is_one(made: Maker, own: Actor, now: datetime) -> None:
    take(own, now, shipping(made))
    take(own, now, shipping(made) | WRONG)
    assert take(own, now, shipping(made) | WRONG).known == 1


@pytest.mark.parametrize("again", [{}, {"eventID": "urn:uuid:1"}, {"eventID": "urn:uuid:2"}])
def test_declaration_again_is_known_by_whichever_name(
    made: Maker, own: Actor, now: datetime, again: Json
) -> None:
    take(own, now, shipping(made, eventID="urn:uuid:1"))
    take(own, now, shipping(made) | WRONG)  # without the id that the event has
    done = take(own, now, shipping(made, **again) | WRONG)
    assert (done.new, done.known, done.ids) == ([], 1, ["urn:uuid:1"])
    declaring = TraceEvent.objects.get(declares__isnull=False)
    assert declaring.event_id == declaring.body["eventID"] == "urn:uuid:1"


def test_declaration_twice_in_a_document_is_one(made: Maker, own: Actor, now: datetime) -> None:
    take(own, now, shipping(made, eventID="urn:uuid:1"))
    done = take(own, now, shipping(made) | WRONG, shipping(made, eventID="urn:uuid:1") | WRONG)
    assert (len(done.new), done.known) == (1, 1)


def test_event_and_its_declaration_may_come_together(made: Maker, now: datetime) -> None:
    take(SYSTEM, now, shipping(made), shipping(made) | WRONG)
    assert TraceEvent.objects.filter(declares=None, declared_wrong_at=now).count() == 1


@pytest.mark.parametrize("changed", [{"bizStep": "receiving"}, {"eventID": "urn:uuid:9"}])
def test_declaration_of_what_was_never_told_is_refused(
    made: Maker, own: Actor, now: datetime, changed: Json
) -> None:
    take(own, now, shipping(made, eventID="urn:uuid:1"))
    told = {"eventID": "urn:uuid:1"} | changed
    if "eventID" in changed:
        told["bizStep"] = "receiving"
    with pytest.raises(NotCaptured):
        take(own, now, shipping(made, **told) | WRONG)


def test_nobody_else_declares_an_event_wrong(made: Maker, now: datetime) -> None:
    take(SYSTEM, now, aggregation(), owner=made.producer)
    other = actor_of(member(now, maker(now).producer), now)
    with pytest.raises(NotCaptured):
        take(other, now, aggregation() | WRONG)


def test_declared_event_is_no_stage_of_a_lot(made: Maker, own: Actor, now: datetime) -> None:
    from ocop.traceability.queries import stages_of

    take(own, now, shipping(made))
    assert len(stages_of(made.lot)) == 1
    take(own, now, shipping(made) | WRONG)
    assert stages_of(made.lot) == []


@pytest.mark.parametrize(
    "said",
    [{"disposition": "recalled"}, {"disposition": "urn:epcglobal:cbv:disp:recalled"},
     {"persistentDisposition": {"set": ["https://ref.gs1.org/cbv/Disp-recalled"]}}],
)  # fmt: skip
def test_recall_is_an_act_and_no_event(made: Maker, own: Actor, now: datetime, said: Json) -> None:
    event = shipping(made, bizStep="inspecting") | said
    with pytest.raises(NotCaptured) as refused:
        take(own, now, event)
    assert f"POST /api/v1/lots/{made.lot.code}/recall" in refused.value.problems[0].words
    recall_lot(actor=own, lot=made.lot, reason="Có mốc", at=now)
    assert len(take(own, now, event).new) == 1  # it tells of what is so


def test_no_event_lifts_a_recall(made: Maker, own: Actor, now: datetime) -> None:
    recall_lot(actor=own, lot=made.lot, reason="Có mốc", at=now)
    with pytest.raises(NotCaptured):
        take(own, now, shipping(made, persistentDisposition={"unset": ["recalled"]}))
    made.lot.refresh_from_db()
    assert made.lot.recalled_at == now
