"""What EPCIS 2.0 (chapter 7) and CBV 2.0 allow, one line a rule."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.epcis import documents, validation, vocabulary
from ocop.traceability.epcis.vocabulary import Kind
from tests.traceability.epcis import examples
from tests.traceability.epcis.examples import (
    EACH,
    aggregation,
    association,
    document,
    lot_event,
    object_event,
    transaction,
    transformation,
)

Json = dict[str, Any]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def problems(event: Json, *contexts: Any) -> list[str]:
    told = document(event, contexts=contexts or (examples.EXAMPLE,))
    (raw,) = documents.events_of(told)
    start = "/epcisBody/eventList/0"
    return [each.place.removeprefix(start) for each in validation.problems(raw, AT)]


def without(event: Json, *names: str) -> Json:
    return {name: value for name, value in event.items() if name not in names}


@pytest.mark.parametrize("make", EACH)
def test_examples_of_the_standard_hold(make: Any) -> None:
    assert problems(make()) == []


SENSOR = {
    "sensorMetadata": {"time": "2019-04-02T14:05:00+01:00",
                       "deviceID": "urn:epc:id:giai:4000001.111"},
    "sensorReport": [{"type": "Temperature", "value": 26.0, "uom": "CEL", "component": "x"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "event",
    [
        object_event(eventTime="2013-06-08T14:58:56+02:00"),
        object_event(bizStep="https://example.com/steps/sun-drying"),
        object_event(bizStep="urn:epcglobal:cbv:bizstep:shipping"),
        object_event(disposition="https://ref.gs1.org/cbv/Disp-in_transit"),
        object_event(persistentDisposition={"set": ["completeness_verified"]}),
        object_event(certificationInfo=["https://example.com/cert/1"]),
        object_event(epcList=["https://shop.example.com/tea/0007"]),
        without(object_event(sensorElementList=[SENSOR]), "epcList"),
        object_event(action="ADD", ilmd={"cbvmda:lotNumber": "L1"}),
        lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*"}]),
        lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                 "quantity": 3}]),
        without(aggregation(action="DELETE"), "childEPCs", "childQuantityList"),
        without(aggregation(action="OBSERVE"), "parentID"),
        without(transformation(transformationID="urn:epc:id:gdti:0614141.12345.400"),
                "inputEPCList", "inputQuantityList"),
        object_event(errorDeclaration={"declarationTime": "2020-01-01T00:00:00Z",
                                       "reason": "did_not_occur",
                                       "correctiveEventIDs": ["urn:uuid:1"]}),
        object_event(**{"https://ns.example.com/epcis/colour": "green"}),
    ],
    ids=lambda e: e["type"],
)  # fmt: skip
def test_holds(event: Json) -> None:
    assert problems(event) == []


@pytest.mark.parametrize(
    ("event", "places"),
    [
        # 7.4.1: what every event has
        (without(object_event(), "eventTime"), [""]),
        (without(object_event(), "eventTimeZoneOffset"), [""]),
        (object_event(eventTime="2013-06-08T14:58:56"), ["/eventTime"]),  # no zone
        (object_event(eventTime="2013-06-31T14:58:56Z"), ["/eventTime"]),
        (object_event(eventTime="2016-12-31T23:59:60Z"), ["/eventTime"]),
        (object_event(eventTime=1370703536), ["/eventTime"]),
        (object_event(eventTime="2027-11-01T00:00:00Z"), ["/eventTime"]),  # not yet
        (object_event(eventTime="2026-11-23T09:06:00+07:00"), ["/eventTime"]),
        (object_event(eventTime="2026-11-23T09:04:00+07:00"), []),  # a clock that is fast
        (object_event(recordTime="2027-11-01T00:00:00Z"), []),  # of another; it is not read
        (
            object_event(errorDeclaration={"declarationTime": "2027-01-01T00:00:00Z"}),
            ["/errorDeclaration/declarationTime"],
        ),
        (object_event(bizStep="ex:foo"), ["/bizStep"]),
        (object_event(bizStep="example:foo"), []),  # declared in the document
        (object_event(disposition="ex:foo"), ["/disposition"]),
        (object_event(bizStep="tag:shop.example,2026:foo"), []),
        (object_event(eventTimeZoneOffset="+7:00"), ["/eventTimeZoneOffset"]),
        (object_event(eventTimeZoneOffset="+14:30"), ["/eventTimeZoneOffset"]),
        (object_event(recordTime="yesterday"), ["/recordTime"]),
        (object_event(eventID="my event"), ["/eventID"]),
        (object_event(type="PartyEvent"), ["/type"]),
        (without(object_event(), "type"), ["/type"]),
        # 7.4.2: object events
        (object_event(action="MOVE"), ["/action"]),
        (without(object_event(), "action"), [""]),
        (without(object_event(), "epcList"), [""]),
        (object_event(epcList=[]), [""]),
        (object_event(epcList=["a b"]), ["/epcList/0"]),
        (object_event(epcList=["urn:epc:id:sgtin:0614141.107346.2017"] * 2), ["/epcList"]),
        (object_event(ilmd={"cbvmda:lotNumber": "L1"}), ["/ilmd"]),  # only where something begins
        (object_event(action="ADD", ilmd={"lotNumber": "L1"}), ["/ilmd"]),
        (object_event(readPoint="urn:epc:id:sgln:0614141.07346.1234"), ["/readPoint"]),
        (object_event(readPoint={}), ["/readPoint"]),
        (object_event(colour="green"), [""]),
        (object_event(**{"ex:colour": "green"}), ["/ex:colour"]),  # a prefix nobody declared
        (object_event(persistentDisposition={}), ["/persistentDisposition"]),
        # 7.3.3.3: quantities
        (lot_event(quantityList=[{"quantity": 1}]), ["/quantityList/0"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                  "quantity": -1}]), ["/quantityList/0/quantity"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                  "quantity": "1"}]), ["/quantityList/0/quantity"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                  "quantity": 1.5}]), ["/quantityList/0/quantity"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                  "uom": "KGM"}]), ["/quantityList/0/uom"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:idpat:sgtin:4012345.098765.*",
                                  "quantity": 1, "uom": "kg"}]), ["/quantityList/0/uom"]),
        # 7.3.3: instances and classes, CBV 2.0, 8.2: their identifiers
        (object_event(epcList=["urn:epc:class:lgtin:4012345.012345.998877"]), ["/epcList/0"]),
        (object_event(epcList=["https://id.gs1.org/01/04012345999884/10/A"]), ["/epcList/0"]),
        (lot_event(quantityList=[{"epcClass": "urn:epc:id:sgtin:0614141.107346.2017"}]),
         ["/quantityList/0/epcClass"]),
        (object_event(epcList=["https://id.gs1.org/01/04012345999885/21/A"]), ["/epcList/0"]),
        (object_event(epcList=["urn:epc:id:sgtin:0614141.1073.2017"]), ["/epcList/0"]),
        (object_event(bizLocation={"id": "https://id.gs1.org/414/4012345000116"}),
         ["/bizLocation/id"]),
        # 7.4.3, 7.4.7: aggregation and association
        (without(aggregation(), "parentID"), [""]),
        (without(aggregation(), "childEPCs", "childQuantityList"), [""]),
        (without(aggregation(action="DELETE"), "parentID"), [""]),
        (without(association(), "parentID"), [""]),
        (without(association(), "childEPCs"), [""]),
        (aggregation(ilmd={"cbvmda:lotNumber": "1"}), [""]),
        # 7.4.5: transaction
        (without(transaction(), "bizTransactionList"), [""]),
        (transaction(bizTransactionList=[]), ["/bizTransactionList"]),
        # 7.4.6: transformation
        (without(transformation(), "outputEPCList"), [""]),
        (without(transformation(), "inputEPCList", "inputQuantityList"), [""]),
        (transformation(action="ADD"), [""]),
        # CBV 2.0, chapter 7: its words
        (object_event(bizStep="selling"), ["/bizStep"]),
        (object_event(bizStep="urn:epcglobal:cbv:bizstep:selling"), ["/bizStep"]),
        (object_event(bizStep="https://ref.gs1.org/cbv/BizStep-selling"), ["/bizStep"]),
        (object_event(disposition="shipping"), ["/disposition"]),
        (object_event(disposition="in transit"), ["/disposition"]),
        (object_event(persistentDisposition={"set": ["fresh"]}), ["/persistentDisposition/set/0"]),
        (object_event(bizTransactionList=[{"type": "bill", "bizTransaction": "urn:x:1"}]),
         ["/bizTransactionList/0/type"]),
        (lot_event(sourceList=[{"type": "seller", "source": "urn:x:1"}]), ["/sourceList/0/type"]),
        (lot_event(sourceList=[{"source": "urn:x:1"}]), ["/sourceList/0"]),
        (object_event(errorDeclaration={"reason": "did_not_occur"}), ["/errorDeclaration"]),
        (object_event(errorDeclaration={"declarationTime": "2020-01-01T00:00:00Z",
                                        "reason": "mistake"}), ["/errorDeclaration/reason"]),
        (object_event(sensorElementList=[{"sensorReport": []}]),
         ["/sensorElementList/0/sensorReport"]),
        (object_event(sensorElementList=[{"sensorReport": [{"value": 1}]}]),
         ["/sensorElementList/0/sensorReport/0"]),
    ],
    ids=str,
)  # fmt: skip
def test_is_refused_at_its_place(event: Json, places: list[str]) -> None:
    assert problems(event) == places


def test_several_problems_are_told_at_once() -> None:
    event = object_event(eventTime="x", action="MOVE", eventTimeZoneOffset="y")
    assert problems(event) == ["/action", "/eventTime", "/eventTimeZoneOffset"]


def test_words_of_the_vocabulary_are_read_in_every_form() -> None:
    for text in ("receiving", "urn:epcglobal:cbv:bizstep:receiving", "cbv:BizStep-receiving",
                 "https://ref.gs1.org/cbv/BizStep-receiving"):  # fmt: skip
        assert vocabulary.short(Kind.STEP, text) == "receiving"
        assert vocabulary.long(Kind.STEP, text) == "https://ref.gs1.org/cbv/BizStep-receiving"


def test_numbers_of_words_are_those_of_the_standard() -> None:
    """CBV 2.0, 7.1 to 7.5."""
    assert len(vocabulary.STEPS) == 41
    assert len(vocabulary.DISPOSITIONS) == 33
    assert len(vocabulary.TRANSACTIONS) == 13


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
NAMES = sorted({name for make in EACH for name in make()} | {"ilmd", "errorDeclaration"})


@given(st.sampled_from(EACH), st.dictionaries(st.sampled_from(NAMES), anything, max_size=3))
def test_whatever_stands_in_a_field_is_answered_with_words(make: Any, given_: Json) -> None:
    (raw,) = documents.events_of(document(make(**given_)))
    for problem in validation.problems(raw, AT):
        assert problem.words
        assert problem.place.startswith("/epcisBody/eventList/0")
