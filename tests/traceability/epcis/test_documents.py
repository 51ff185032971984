"""Documents as callers write them: other names for keys, contexts, single events, and no JSON."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ocop.traceability.epcis import documents, hashing, validation
from ocop.traceability.epcis.documents import Raw, Unreadable, events_of, loads
from tests.traceability.epcis.examples import (
    CONTEXT,
    EXAMPLE,
    document,
    object_event,
    transformation,
)

Json = dict[str, Any]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def one(told: Json) -> Raw:
    (found,) = events_of(told)
    assert validation.problems(found, AT) == []
    return found


def renamed(event: Json, **names: str) -> Json:
    return {names.get(key, key): value for key, value in event.items()}


@pytest.mark.parametrize(
    ("contexts", "key"),
    [
        ((), "type"),
        ((), "isA"),  # as before the standard was out
        ((), "@type"),
        (({"kind": "@type"},), "kind"),
        (({"loai": {"@id": "@type"}},), "loai"),
    ],
)
def test_an_event_whose_type_goes_by_another_name_is_not_lost(
    contexts: tuple[Json, ...], key: str
) -> None:
    told = document(renamed(object_event(), type=key), contexts=contexts)
    assert one(told).body["type"] == "ObjectEvent"


def test_a_document_whose_type_goes_by_another_name_is_one() -> None:
    told = renamed(document(object_event(), contexts=({"kind": "@type"},)), type="kind")
    assert one(told).body["type"] == "ObjectEvent"


def test_type_may_be_written_with_its_whole_name() -> None:
    for name in ("epcis:ObjectEvent", "https://ref.gs1.org/epcis/ObjectEvent"):
        assert one(document(object_event(type=name))).body["type"] == "ObjectEvent"


def test_other_names_for_any_key_are_followed() -> None:
    context = {"thoi_diem": "https://ref.gs1.org/epcis/eventTime", "noi": "epcis:readPoint"}
    event = renamed(object_event(), eventTime="thoi_diem", readPoint="noi")
    assert (
        one(document(event, contexts=(context,))).body
        == one(document(object_event(), contexts=())).body
    )


def test_words_may_have_names_of_their_own() -> None:
    context = {"giao": "https://ref.gs1.org/cbv/BizStep-shipping"}
    raw = one(document(object_event(bizStep="giao"), contexts=(context,)))
    plain = one(document(object_event(), contexts=(context,)))
    assert hashing.digest(raw.body, raw.context) == hashing.digest(plain.body, plain.context)


def test_contexts_stay_with_the_event_but_that_of_the_standard() -> None:
    told = document(object_event(), contexts=({"ex": "https://ns.example.com/"},))
    assert one(told).body["@context"] == [{"ex": "https://ns.example.com/"}]
    assert "@context" not in one(document(object_event(), contexts=())).body


def test_context_of_an_event_adds_to_that_of_the_document() -> None:
    event = object_event(**{"@context": [CONTEXT, {"own": "https://own.example.com/"}]})
    raw = one(document(event | {"own:a": 1, "example:b": 2}))
    assert raw.context.prefixes["own"] == "https://own.example.com/"
    assert raw.body["@context"] == [
        {"example": "https://ns.example.com/epcis/"},
        {"own": "https://own.example.com/"},
    ]


def test_context_at_another_address_is_kept_and_never_fetched() -> None:
    raw = one(document(object_event(**{"any:a": 1}), contexts=("https://nowhere.example/c.json",)))
    assert raw.body["@context"] == ["https://nowhere.example/c.json"]


def test_single_event_with_its_own_context_is_read() -> None:
    raw = one({"@context": [CONTEXT, {"ex": "https://ns.example.com/"}], **object_event()})
    assert raw.place == ""
    assert raw.body["@context"] == [{"ex": "https://ns.example.com/"}]


def test_document_may_hold_one_event_without_a_list() -> None:
    told = document()
    told["epcisBody"] = {"event": object_event()}
    assert one(told).place == "/epcisBody/event"


def test_answer_to_a_query_is_read_as_a_document() -> None:
    told = documents.answer_of([object_event(), transformation()], created="2026-01-01T00:00:00Z",
                               contexts=[{"example": "https://ns.example.com/epcis/"}])  # fmt: skip
    first, second = events_of(told)
    assert first.body["type"] == "ObjectEvent"
    assert second.place == "/epcisBody/queryResults/resultsBody/eventList/1"


def test_answer_to_a_query_need_not_say_when_it_was_made() -> None:
    told = documents.answer_of([object_event()], created="")
    assert len(events_of({k: told[k] for k in ("@context", "type", "epcisBody")})) == 1


@pytest.mark.parametrize(
    "names",
    [
        {"Obj": "epcis:ObjectEvent"},
        {"Obj": {"@id": "https://ref.gs1.org/epcis/ObjectEvent"}},
        {"e": "https://ref.gs1.org/epcis/", "Obj": "e:ObjectEvent"},
    ],
    ids=str,
)
def test_other_name_for_the_kind_of_an_event_is_followed(names: Json) -> None:
    event = renamed(object_event(), type="kind") | {"kind": "Obj"}
    (raw,) = events_of(document(event, contexts=(EXAMPLE, {"kind": "@type"}, names)))
    (usual,) = events_of(document(object_event()))
    assert raw.body["type"] == "ObjectEvent"
    assert hashing.hash_id(raw.body, raw.context) == hashing.hash_id(usual.body, usual.context)
    assert validation.problems(raw, AT) == []


@pytest.mark.parametrize("where", ["document", "body"])
def test_other_names_for_the_body_and_its_list_are_followed(where: str) -> None:
    names = {"inside": "epcis:epcisBody", "list": "epcis:eventList", "when": "epcis:eventTime"}
    event = renamed(object_event(), eventTime="when")
    told = document(contexts=(EXAMPLE, names))
    body = told.pop("epcisBody") and {"list": [event]}
    if where == "body":
        told = document(contexts=(EXAMPLE, {"inside": "epcis:epcisBody"}))
        told.pop("epcisBody")
        body["@context"] = names
    (raw,) = events_of(told | {"inside": body})
    assert raw.body["eventTime"] == object_event()["eventTime"]


def test_key_with_the_prefix_of_the_standard_is_its_key() -> None:
    contexts = (EXAMPLE, {"e": "https://ref.gs1.org/epcis/"})
    (raw,) = events_of(document(renamed(object_event(), bizStep="e:bizStep"), contexts=contexts))
    assert raw.body["bizStep"] == "shipping"


def test_names_that_stand_for_each_other_end() -> None:
    (raw,) = events_of(document(object_event(), contexts=({"a": "b:x", "b": "a:y", "c": "c:c"},)))
    assert raw.body["type"] == "ObjectEvent"


def test_two_keys_of_one_meaning_are_refused_and_neither_is_lost() -> None:
    (raw,) = events_of(document(object_event(isA="AggregationEvent")))
    assert {"type", "isA"} <= set(raw.body)
    assert validation.problems(raw, AT)


@pytest.mark.parametrize(
    "told",
    [
        None, [], 1, "x", {}, {"type": "EPCISDocument"},
        {"type": "Document", "epcisBody": {"eventList": []}},
        document() | {"schemaVersion": "1.2"},
        document() | {"schemaVersion": 2.0},
        document() | {"@context": 5},
        document() | {"@context": [CONTEXT, 5]},
        {key: value for key, value in document().items() if key != "@context"},
        {key: value for key, value in document().items() if key != "creationDate"},
        document() | {"creationDate": "2026-11-23T09:00:00"},
        document(object_event() | {"@context": 5}),
        document() | {"epcisBody": []},
        document() | {"epcisBody": {"eventList": {}}},
        document() | {"epcisBody": {"eventList": ["x"]}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_document_is_refused(told: Any) -> None:
    with pytest.raises(Unreadable):
        events_of(told)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b'{"a": NaN}', b'{"a": 1e400}', b'{"a": "\\u0000"}', b'{"\\u0000": 1}',
        b'{"a": "\\ud800"}', b"\xff", b"[" * 30 + b"]" * 30, b"[" * 100_000,
    ],
    ids=lambda c: c[:20],
)  # fmt: skip
def test_what_no_database_could_keep_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        loads(content)


def test_json_is_read() -> None:
    assert loads('{"tên": [1, 2.5, null, true]}'.encode()) == {"tên": [1, 2.5, None, True]}
