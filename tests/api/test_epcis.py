"""EPCIS 2.0 over HTTP (chapters 8.2 and 12), as a client of the standard meets it."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from ocop.people.roles import Role
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.traceability import capture_jobs, naming
from ocop.traceability.models import CaptureJob, TraceEvent
from tests.traceability.epcis.examples import (
    aggregation,
    document,
    lot_event,
    object_event,
    transformation,
)
from tests.traceability.making import Maker, maker
from tests.world import bearer, member, person

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
ROOT = "/api/epcis"


@pytest.fixture
def made(now: datetime) -> Maker:
    return maker(now, gtin="08935001700012")


@pytest.fixture
def key(made: Maker, now: datetime) -> dict[str, str]:
    return bearer(member(now, made.producer), now)


def post(client: Client, path: str, body: Any, key: Any, **more: Any) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    kind = more.pop("content_type", "application/json")
    return client.post(f"{ROOT}{path}", text, content_type=kind, headers=key | more)


def get(client: Client, path: str, key: Any, **given: Any) -> Any:
    return client.get(f"{ROOT}{path}", given, headers=key)


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["type"] == "EPCISQueryDocument"
    results = told["epcisBody"]["queryResults"]
    assert results["queryName"] == "SimpleEventQuery"
    return [event["eventID"] for event in results["resultsBody"]["eventList"]]


def handed_in(
    client: Client, key: Any, *events: Json, immediately: Any = None, **headers: str
) -> Json:
    """The job of a document, after the worker."""
    answer = post(client, "/capture", document(*events), key, **headers)
    assert answer.status_code == 202, answer.content
    assert answer["Location"].startswith("http://testserver/api/epcis/capture/")
    return client.get(answer["Location"], headers=key).json()


# --- Discovery (12.3).


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/", "OPTIONS"),
        ("/capture", "OPTIONS, GET, POST"),
        ("/capture/abcd2345", "OPTIONS, GET"),
        ("/events", "OPTIONS, GET, POST"),
        ("/events/urn%3Auuid%3A1", "OPTIONS, GET"),
        ("/bizSteps", "OPTIONS, GET"),
        ("/bizSteps/shipping/events", "OPTIONS, GET"),
        ("/epcs/https%3A%2F%2Fid.gs1.org%2F01%2F08935001700012/events", "OPTIONS, GET"),
    ],
)
def test_options_say_what_there_is(client: Client, path: str, allow: str) -> None:
    answer = client.options(f"{ROOT}{path}")
    assert (answer.status_code, answer["Allow"]) == (204, allow)
    for name in ("GS1-EPCIS-Version", "GS1-EPCIS-Min", "GS1-EPCIS-Max", "GS1-CBV-Version"):
        assert answer[name] == "2.0.0"
    assert answer["GS1-EPC-Format"] == "Never_Translates"


def test_limits_of_capture_are_told(client: Client) -> None:
    answer = client.options(f"{ROOT}/capture")
    assert answer["GS1-EPCIS-Capture-Limit"] == "2000"
    assert answer["GS1-EPCIS-Capture-File-Size-Limit"] == "5000000"
    assert answer["GS1-Capture-Error-Behaviour"] == "rollback"


@pytest.mark.parametrize("path", ["/events", "/nothing", "/capture/none2345"])
def test_every_answer_tells_its_version(client: Client, key: Any, path: str) -> None:
    answer = get(client, path, key)
    assert answer["GS1-EPCIS-Version"] == answer["GS1-CBV-Version"] == "2.0.0"


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("GS1-EPCIS-Version", "1.2", 406),
        ("GS1-EPCIS-Version", "2.0.0", 200),
        ("GS1-EPCIS-Version", "2.1", 406),
        ("GS1-EPCIS-Version", "20", 406),
        ("GS1-EPCIS-Min", "3.0.0", 406),
        ("GS1-EPCIS-Min", "1.2", 200),
        ("GS1-EPCIS-Max", "1.2", 406),
        ("GS1-EPCIS-Max", "2.1", 200),
        ("GS1-EPCIS-Max", "new", 406),
        ("GS1-CBV-Max", "1.2", 406),
        ("GS1-CBV-Min", "2.1.0", 406),
        ("Accept", "application/xml", 406),
        ("Accept", "application/json", 200),
        ("Accept", "application/ld+json", 200),
        ("Accept", "text/html, application/xml;q=0.9, */*;q=0.8", 200),
        ("GS1-CBV-Version", "2.0", 200),
        ("GS1-EPC-Format", "Always_EPC_URN", 406),
        ("GS1-EPC-Format", "No_Preference", 200),
    ],
)
def test_what_another_version_would_answer_is_refused(
    client: Client, key: Any, header: str, value: str, status: int
) -> None:
    answer = client.get(f"{ROOT}/events", headers=key | {header: value})
    assert answer.status_code == status


# --- Capture (12.6).


def test_document_is_answered_and_taken_in(
    client: Client, key: Any, made: Maker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, "/capture", document(object_event(), lot_event()), key)
    assert (answer.status_code, answer.content) == (202, b"")
    job = client.get(answer["Location"], headers=key).json()
    assert (job["running"], job["success"], job["errors"]) == (False, True, [])
    assert (job["captureErrorBehaviour"], job["captureID"]) == (
        "rollback",
        answer["Location"].rpartition("/")[2],
    )
    assert TraceEvent.objects.filter(producer=made.producer).count() == 2
    assert CaptureJob.objects.get().document is None


def test_job_runs_until_the_worker_comes(client: Client, key: Any, made: Maker) -> None:
    job = handed_in(client, key, object_event())
    assert (job["running"], job["success"], job["finishedAt"]) == (True, True, None)


def test_document_whose_worker_fell_silent_is_handed_on_once_a_silence(
    client: Client, key: Any, made: Maker, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as lost:  # with the machine
        code = handed_in(client, key, object_event())["captureID"]
    assert len(lost) == 1
    begun = CaptureJob.objects.get().created_at
    assert capture_jobs.resume(at=begun + timedelta(minutes=2)) == 0
    assert not TraceEvent.objects.exists()
    assert capture_jobs.resume(at=begun + timedelta(minutes=3)) == 1
    assert client.get(f"{ROOT}/capture/{code}", headers=key).json()["running"] is False
    assert TraceEvent.objects.count() == 1
    CaptureJob.objects.update(finished_at=None)  # as if it took long
    assert capture_jobs.resume(at=begun + timedelta(minutes=5)) == 0


@pytest.mark.parametrize(
    ("behaviour", "kept"), [({}, 0), ({"GS1-Capture-Error-Behaviour": "proceed"}, 1)]
)
def test_error_behaviour(
    client: Client, key: Any, made: Maker, behaviour: dict[str, str], kept: int,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    events = document(object_event(), object_event(bizStep="selling"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, "/capture", events, key, **behaviour)
    job = client.get(answer["Location"], headers=key).json()
    assert (job["running"], job["success"]) == (False, False)
    (error,) = job["errors"]
    assert error["type"] == "epcisException:ValidationException"
    assert error["instance"] == "/epcisBody/eventList/1/bizStep"
    assert TraceEvent.objects.count() == kept


def test_own_jobs_are_listed_newest_first_in_pages(client: Client, key: Any, now: datetime) -> None:
    made = [handed_in(client, key, object_event())["captureID"] for _n in range(3)]
    answer = get(client, "/capture", key, perPage=2)
    assert [job["captureID"] for job in answer.json()] == made[:0:-1]
    following = answer["Link"].removeprefix("<").removesuffix('>; rel="next"')
    last = client.get(following, headers=key)
    assert [job["captureID"] for job in last.json()] == made[:1]
    assert "Link" not in last
    stranger = bearer(member(now, maker(now).producer), now)
    assert get(client, "/capture", stranger).json() == []
    assert get(client, f"/capture/{made[0]}", stranger).status_code == 404
    auditor = bearer(person(now, Role.AUDITOR), now)
    assert len(get(client, "/capture", auditor).json()) == 3


@pytest.mark.parametrize(
    ("body", "kind", "status", "problem"),
    [
        ("{", "application/json", 400, "epcisException:ValidationException"),
        ('{"a": NaN}', "application/json", 400, "epcisException:ValidationException"),
        ("[]", "application/json", 400, "epcisException:ValidationException"),
        ({"type": "Thing"}, "application/json", 400, "epcisException:ValidationException"),
        (document() | {"schemaVersion": "1.2"}, "application/json", 400,
         "epcisException:ValidationException"),
        (document(), "text/xml", 415, "epcisException:ImplementationException"),
        (document(*[{"type": "x"}] * 2001), "application/json", 413,
         "epcisException:CaptureLimitExceededException"),
        (" " * 5_000_001, "application/ld+json", 413,
         "epcisException:CaptureLimitExceededException"),
    ],
    ids=lambda v: str(v)[:20],
)  # fmt: skip
def test_what_is_no_document_is_refused_at_once(
    client: Client, key: Any, body: Any, kind: str, status: int, problem: str
) -> None:
    answer = post(client, "/capture", body, key, content_type=kind)
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["type"]) == (status, problem)
    assert not CaptureJob.objects.exists()


def test_single_event_is_captured_at_once(client: Client, key: Any, made: Maker) -> None:
    answer = post(client, "/events", object_event(), key, content_type="application/ld+json")
    assert answer.status_code == 201
    found = client.get(answer["Location"], headers=key)
    assert ids(found) == [TraceEvent.objects.get().event_id]
    (told,) = found.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert told["epcList"] == object_event()["epcList"]
    assert found.json()["@context"][0].startswith("https://ref.gs1.org/standards/epcis/")
    again = post(client, "/events", object_event(), key)
    assert (again.status_code, again["Location"]) == (201, answer["Location"])
    assert TraceEvent.objects.count() == 1


def test_single_event_that_does_not_hold_is_told_where(client: Client, key: Any) -> None:
    answer = post(client, "/events", object_event(bizStep="selling"), key)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (400, "epcisException:ValidationException")
    assert [error["field"] for error in told["errors"]] == ["/bizStep"]
    assert post(client, "/events", document(object_event(), lot_event()), key).status_code == 400


# --- Who may.


def test_nobody_and_narrow_keys_are_refused(client: Client, made: Maker, now: datetime) -> None:
    assert client.get(f"{ROOT}/events").status_code == 401
    assert client.post(f"{ROOT}/events", "{}", content_type="application/json").status_code == 401
    user = member(now, made.producer)
    reader, writer = bearer(user, now, READ_TRACEABILITY), bearer(user, now, WRITE_TRACEABILITY)
    assert get(client, "/events", reader).status_code == 200
    assert post(client, "/events", object_event(), reader).status_code == 403
    assert get(client, "/events", writer).status_code == 403
    assert post(client, "/events", object_event(), writer).status_code == 201


def test_somebody_without_a_producer_is_refused(client: Client, now: datetime) -> None:
    stranger = bearer(person(now, None), now)
    answer = get(client, "/events", stranger)
    assert (answer.status_code, answer.json()["type"]) == (403, "epcisException:SecurityException")
    assert post(client, "/capture", document(object_event()), stranger).status_code == 403


def test_events_of_other_producers_are_not_there(
    client: Client, key: Any, made: Maker, now: datetime
) -> None:
    address = post(client, "/events", object_event(), key)["Location"]
    stranger = bearer(member(now, maker(now).producer), now)
    assert client.get(address, headers=stranger).status_code == 404
    assert ids(get(client, "/events", stranger)) == []
    assert get(client, "/epcs", stranger).json()["member"] == []
    office = bearer(person(now, Role.PROVINCIAL_OFFICER), now)
    assert client.get(address, headers=office).status_code == 200


# --- Queries (8.2.7.1).


@pytest.fixture
def told(client: Client, key: Any, made: Maker) -> dict[str, str]:
    """Events by a short name."""
    events = {
        "object": object_event(eventID="urn:x:object", **{"example:colour": "green"}),
        "lot": lot_event(eventID="urn:x:lot", eventTime="2014-01-01T00:00:00Z",
                         bizLocation={"id": "urn:epc:id:sgln:0614141.00888.0"}),
        "pack": aggregation(eventID="urn:x:pack", eventTime="2015-01-01T00:00:00Z"),
        "make": transformation(eventID="urn:x:make", eventTime="2016-01-01T00:00:00Z",
                               transformationID="urn:x:vat",
                               ilmd={"example:batch": "XYZ", "example:size": 12}),
    }  # fmt: skip
    for event in events.values():
        body = {"@context": [{"example": "https://ns.example.com/epcis/"}], **event}
        assert post(client, "/events", body, key).status_code == 201
    return {event["eventID"]: name for name, event in events.items()}


ALL = ["object", "lot", "pack", "make"]


@pytest.mark.whole
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ALL),
        ({"eventType": "ObjectEvent"}, ["object", "lot"]),
        ({"eventType": "AggregationEvent,TransformationEvent"}, ["pack", "make"]),
        ({"eventType": ["AggregationEvent", "ObjectEvent"]}, ["object", "lot", "pack"]),
        ({"GE_eventTime": "2014-01-01T00:00:00Z"}, ["lot", "pack", "make"]),
        ({"LT_eventTime": "2014-01-01T07:00:00+07:00"}, ["object"]),
        ({"GE_eventTime": "2014-01-01T00:00:00Z", "LT_eventTime": "2016-01-01T00:00:00Z"},
         ["lot", "pack"]),
        ({"GE_recordTime": "2014-01-01T00:00:00Z"}, ALL),
        ({"LT_recordTime": "2014-01-01T00:00:00Z"}, []),
        ({"EQ_action": "ADD"}, ["pack"]),
        ({"EQ_bizStep": "shipping"}, ["object"]),
        ({"EQ_bizStep": "urn:epcglobal:cbv:bizstep:shipping|packing"}, ["object", "pack"]),
        ({"EQ_bizStep": "https://ref.gs1.org/cbv/BizStep-receiving"}, ["lot"]),
        ({"EQ_disposition": "in_progress"}, ["lot", "make"]),
        ({"EQ_readPoint": "urn:epc:id:sgln:0614141.07346.1234"}, ["object"]),
        ({"EQ_readPoint": "https://id.gs1.org/414/0614141073467/254/1234"}, ["object"]),
        ({"EQ_bizLocation": "https://id.gs1.org/414/0614141008889"}, ["lot"]),
        ({"WD_readPoint": "https://id.gs1.org/414/0614141073467"}, ["object"]),  # with an extension
        ({"EQ_readPoint": "https://id.gs1.org/414/0614141073467"}, []),
        ({"WD_readPoint": "urn:epc:id:sgln:0614141.07346.1234"}, ["object"]),
        ({"WD_readPoint": "urn:epc:id:sgln:0614141.07346.12"}, []),
        ({"WD_readPoint": "urn:epc:id:sgln:0614141.07346.0|urn:epc:id:sgln:0614141.00777.0"},
         ["object", "lot"]),
        ({"WD_readPoint": "https://id.gs1.org/414"}, []),
        ({"WD_bizLocation": "urn:epc:id:sgln:0614141.00888.0"}, ["lot"]),
        ({"WD_bizLocation": "urn:epc:id:sgln:0614141.07346.0"}, []),
        ({"EQ_quantity": "200.5"}, ["lot"]),
        ({"EQ_quantity": "10"}, ["pack", "make"]),
        ({"GT_quantity": "10"}, ["lot"]),
        ({"GE_quantity": "10"}, ["lot", "pack", "make"]),
        ({"LT_quantity": "1e1"}, []),
        ({"LE_quantity": "200.5", "GT_quantity": "9.999999"}, ["lot", "pack", "make"]),
        ({"LE_quantity": "10", "EQ_action": "ADD"}, ["pack"]),
        ({"GT_quantity": "200.4999999"}, []),  # six decimals are kept: 200.5
        ({"EQ_eventID": "urn:x:pack"}, ["pack"]),
        ({"EQ_transformationID": "urn:x:vat"}, ["make"]),
        ({"MATCH_epc": "urn:epc:id:sgtin:0614141.107346.2017"}, ["object", "pack"]),
        ({"MATCH_epc": "https://id.gs1.org/01/10614141073464/21/2017"}, ["object", "pack"]),
        ({"MATCH_anyEPC": "urn:epc:id:sgtin:4012345.011122.25"}, ["make"]),
        ({"MATCH_inputEPC": "urn:epc:id:sgtin:4012345.011122.25"}, ["make"]),
        ({"MATCH_outputEPC": "urn:epc:id:sgtin:4012345.011122.25"}, []),
        ({"MATCH_outputEPC": "urn:epc:id:sgtin:4012345.077889.25"}, ["make"]),
        ({"MATCH_parentID": "urn:epc:id:sscc:0614141.1234567890"}, ["pack"]),
        ({"MATCH_epcClass": "urn:epc:class:lgtin:4012345.012345.998877"}, ["lot"]),
        ({"MATCH_epcClass": "urn:epc:idpat:sgtin:4012345.098765.*"}, ["pack"]),
        ({"MATCH_inputEPCClass": "urn:epc:class:lgtin:4012345.011111.4444"}, ["make"]),
        ({"MATCH_anyEPCClass": "urn:epc:class:lgtin:4012345.011111.4444"}, ["make"]),
        ({"EQ_bizTransaction_po": "http://transaction.acme.com/po/12345678"}, ["object"]),
        ({"EQ_bizTransaction_inv": "http://transaction.acme.com/po/12345678"}, []),
        ({"EQ_source_possessing_party": "urn:epc:id:pgln:4012345.00225"}, ["lot"]),
        ({"EQ_destination_location": "urn:epc:id:sgln:0614141.00777.0"}, ["lot"]),
        ({"EQ_ILMD_example:batch": "XYZ"}, ["make"]),
        ({"EQ_ILMD_example:batch": "ABC"}, []),
        ({"EQ_ILMD_example:size": "12"}, ["make"]),
        ({"GT_ILMD_example:size": "11"}, ["make"]),
        ({"LT_ILMD_example:size": "12"}, []),
        ({"EXISTS_ILMD_example:batch": ""}, ["make"]),
        ({"EQ_example:colour": "green,red"}, ["object"]),
        ({"EXISTS_example:colour": ""}, ["object"]),
        ({"EXISTS_errorDeclaration": "true"}, []),
        ({"orderBy": "eventTime"}, ALL[::-1]),
        ({"orderBy": "eventTime", "orderDirection": "ASC"}, ALL),
        ({"orderBy": "eventTime", "eventCountLimit": "2"}, ["make", "pack"]),
        ({"maxEventCount": "4"}, ALL),
        ({"EQ_action": "OBSERVE", "EQ_bizStep": "packing"}, []),
    ],
    ids=str,
)  # fmt: skip
def test_parameter(
    client: Client, key: Any, told: dict[str, str], asked: dict[str, Any], found: list[str]
) -> None:
    answer = client.get(f"{ROOT}/events", asked, headers=key)
    assert [told[each] for each in ids(answer)] == found


@pytest.mark.whole
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"colour": "red"}, 400),
        ({"eventType": "PartyEvent"}, 400),
        ({"EQ_action": "MOVE"}, 400),
        ({"GE_eventTime": "yesterday"}, 400),
        ({"GE_eventTime": "2014-01-01T00:00:00"}, 400),  # no zone
        ({"EQ_bizStep": ""}, 400),
        ({"EQ_ILMD_": "x"}, 400),
        ({"EQ_bizTransaction_": "x"}, 400),
        ({"GT_ILMD_example:size": "1,2"}, 400),
        ({"EQ_quantity": "many"}, 400),
        ({"GE_quantity": "NaN"}, 400),
        ({"LT_quantity": "1,2"}, 400),
        ({"GT_quantity": "1e300"}, 400),
        ({"WD_readPoint": ""}, 400),
        ({"orderBy": "colour"}, 400),
        ({"orderDirection": "UP"}, 400),
        ({"perPage": "0"}, 400),
        ({"perPage": "1001"}, 400),
        ({"nextPageToken": "x"}, 400),
        ({"eventCountLimit": "1", "maxEventCount": "1"}, 400),
        ({"EXISTS_errorDeclaration": "no"}, 400),
        ({"maxEventCount": "3"}, 413),
    ],
    ids=str,
)
def test_parameter_that_nobody_understands(
    client: Client, key: Any, told: dict[str, str], asked: dict[str, str], status: int
) -> None:
    answer = client.get(f"{ROOT}/events", asked, headers=key)
    assert answer.status_code == status
    names = {400: "QueryParameterException", 413: "QueryTooLargeException"}
    assert answer.json()["type"] == f"epcisException:{names[status]}"


@pytest.mark.parametrize("order", [{}, {"orderBy": "eventTime"}, {"orderBy": "recordTime",
                                   "orderDirection": "ASC"}])  # fmt: skip
def test_pages_follow_each_other_by_their_link(
    client: Client, key: Any, told: dict[str, str], order: dict[str, str]
) -> None:
    whole = ids(client.get(f"{ROOT}/events", order, headers=key))
    seen: list[str] = []
    address = f"{ROOT}/events?perPage=3&" + "&".join(f"{k}={v}" for k, v in order.items())
    while address:
        answer = client.get(address, headers=key)
        seen += ids(answer)
        link = answer.get("Link", "")
        address = link.removeprefix("<").removesuffix('>; rel="next"') if link else ""
    assert seen == whole
    assert len(seen) == 4


def test_event_captured_between_two_pages_is_neither_lost_nor_repeated(
    client: Client, key: Any, told: dict[str, str]
) -> None:
    first = client.get(f"{ROOT}/events?perPage=3", headers=key)
    post(client, "/events", object_event(eventID="urn:x:late", eventTime="2001-01-01T00:00:00Z"),
         key)  # fmt: skip
    link = first["Link"].removeprefix("<").removesuffix('>; rel="next"')
    assert ids(client.get(link, headers=key)) == ["urn:x:make", "urn:x:late"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("bizSteps/shipping", ["object"]),
        ("eventTypes/AggregationEvent", ["pack"]),
        ("dispositions/in_progress", ["lot", "make"]),
        ("readPoints/" + quote("urn:epc:id:sgln:0614141.07346.1234", safe=""), ["object"]),
        ("bizLocations/" + quote("https://id.gs1.org/414/0614141008889", safe=""), ["lot"]),
        ("epcs/" + quote("urn:epc:id:sgtin:0614141.107346.2017", safe=""), ["object", "pack"]),
        ("epcs/" + quote("https://id.gs1.org/01/04012345123456/10/998877", safe=""), ["lot"]),
        ("bizSteps/selling", []),
    ],
)
def test_events_of_a_value(
    client: Client, key: Any, told: dict[str, str], path: str, found: list[str]
) -> None:
    answer = get(client, f"/{path}/events", key)
    assert [told[each] for each in ids(answer)] == found
    narrowed = get(client, f"/{path}/events", key, LT_eventTime="2001-01-01T00:00:00Z")
    assert ids(narrowed) == []


def test_values_are_listed_in_pages(client: Client, key: Any, told: dict[str, str]) -> None:
    answer = get(client, "/bizSteps", key, perPage=3)
    assert answer.json()["member"] == ["commissioning", "packing", "receiving"]
    link = answer["Link"].removeprefix("<").removesuffix('>; rel="next"')
    assert client.get(link, headers=key).json()["member"] == ["shipping"]
    assert get(client, "/eventTypes", key).json()["member"] == [
        "AggregationEvent",
        "ObjectEvent",
        "TransformationEvent",
    ]
    assert len(get(client, "/epcs", key).json()["member"]) == 8
    assert get(client, "/colours", key).status_code == 404


def test_lot_with_a_slash_is_found_by_its_path(client: Client, key: Any, made: Maker) -> None:
    lot = "https://id.gs1.org/01/04012345999884/10/A%2F1"
    goods = [{"epcClass": lot, "quantity": 1}]
    post(client, "/events", lot_event(eventID="urn:x:slash", quantityList=goods), key)
    assert ids(get(client, f"/epcs/{quote(lot, safe='')}/events", key)) == ["urn:x:slash"]


def test_declaration_is_told_beside_its_event(client: Client, key: Any, made: Maker) -> None:
    post(client, "/events", object_event(eventID="urn:x:1"), key)
    wrong = {"declarationTime": "2026-11-23T02:00:00Z", "reason": "did_not_occur",
             "correctiveEventIDs": ["urn:x:2"]}  # fmt: skip
    event = object_event(eventID="urn:x:1", errorDeclaration=wrong)
    assert post(client, "/events", event, key).status_code == 201
    assert ids(get(client, "/events", key)) == ["urn:x:1", "urn:x:1"]
    for asked in (
        {"EXISTS_errorDeclaration": "true"},
        {"EQ_errorReason": "did_not_occur"},
        {"EQ_correctiveEventID": "urn:x:2"},
        {"GE_errorDeclarationTime": "2001-01-01T00:00:00Z"},
    ):
        assert ids(client.get(f"{ROOT}/events", asked, headers=key)) == ["urn:x:1"], asked
    assert ids(get(client, "/events", key, EQ_errorReason="incorrect_data")) == []
    alone = client.get(f"{ROOT}/events/urn%3Ax%3A1", headers=key)
    assert ids(alone) == ["urn:x:1", "urn:x:1"]
    events = alone.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    assert ["errorDeclaration" in event for event in events] == [False, True]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("urn:epc:idpat:sgtin:0614141.107346.*", True),
        ("urn:epc:idpat:sgtin:0614141.*.*", True),
        ("urn:epc:idpat:sgtin:*.*.*", True),
        ("urn:epc:idpat:sgtin:0614141.107346.A,B", True),
        ("urn:epc:id:sgtin:0614141.107346.A,B", True),
        ("urn:epc:id:sgtin:0614141.107346.9,urn:epc:id:sgtin:0614141.107346.A,B", True),
        ("urn:epc:id:sgtin:0614141.107346.A", False),
        ("urn:epc:idpat:sgtin:0614141.107347.*", False),
        ("urn:epc:idpat:sgtin:0614142.*.*", False),
        ("urn:epc:idpat:sscc:0614141.*", False),
    ],
)
def test_pieces_by_patterns_and_with_commas(
    client: Client, key: Any, made: Maker, asked: str, found: bool
) -> None:
    piece = "urn:epc:id:sgtin:0614141.107346.A,B"
    answer = post(client, "/events", object_event(eventID="urn:x:1", epcList=[piece]), key)
    assert answer.status_code == 201
    for name in ("MATCH_epc", "MATCH_anyEPC"):
        assert ids(get(client, "/events", key, **{name: asked})) == ["urn:x:1"] * found


@pytest.mark.parametrize(
    "asked",
    [
        "urn:epc:idpat:sgtin:0614141.*",
        "urn:epc:idpat:sgtin:*.107346.*",
        "urn:epc:idpat:sgtin:061.*.*",
        "urn:epc:idpat:sgtin:0614141.1.*",
        "urn:epc:idpat:tea:*",
        "urn:epc:idpat:itip:*.*.*.*.*",
    ],
)
def test_pattern_that_is_none_is_refused(client: Client, key: Any, asked: str) -> None:
    assert get(client, "/events", key, MATCH_epc=asked).status_code == 400


def test_own_lot_is_asked_for_by_what_stands_on_its_pack(
    client: Client, key: Any, made: Maker
) -> None:
    goods = [{"epcClass": naming.lot_uri(made.lot), "quantity": 2, "uom": "KGM"}]
    post(client, "/events", lot_event(eventID="urn:x:own", quantityList=goods), key)
    on_pack = "https://id.ocop.example/01/08935001700012/10/L-01"
    assert ids(get(client, "/events", key, MATCH_anyEPCClass=on_pack)) == ["urn:x:own"]


def test_description_is_openapi(client: Client) -> None:
    told = client.get(f"{ROOT}/openapi.json").json()
    assert told["openapi"].startswith("3.")
    assert {"/api/epcis/capture", "/api/epcis/events"} <= set(told["paths"])
    assert "Problem" in told["components"]["schemas"]


# --- A fault of ours.


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/epcis/events", "epcisException:ImplementationException"),
        ("/api/v1/lots", "urn:ocop:problem:internal"),
    ],
)
def test_fault_of_ours_is_a_problem_as_well(
    key: dict[str, str], monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    def fails(*_arguments: Any, **_named: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("ocop.traceability.queries._within", fails)
    answer = Client(raise_request_exception=False).get(path, headers=key)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["type"], told["code"]) == (500, kind, "internal")
    assert "secret" not in answer.content.decode()
