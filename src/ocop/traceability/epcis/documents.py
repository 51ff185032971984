"""Documents as callers send them: the events in them, with their keys by the names of the standard.

JSON-LD lets a context give every key another name: `isA` or `kind` for `type`. Names that stand in
the document itself are followed; contexts at other addresses are kept and never fetched.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

Json = dict[str, Any]

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
VERSION = "2.0"
#: Where GS1 keeps the context of the standard; every copy of it means the same.
_STANDARD = ("https://ref.gs1.org/standards/epcis/", "https://gs1.github.io/EPCIS/",
             "https://id.gs1.org/epcis-context")  # fmt: skip
_EPCIS = ("https://ref.gs1.org/epcis/", "https://ns.gs1.org/epcis/", "epcis:")
#: Prefixes that the context of the standard declares.
PREFIXES: Mapping[str, str] = {
    "gs1": "https://ref.gs1.org/voc/",
    "cbv": "https://ref.gs1.org/cbv/",
    "cbvmda": "urn:epcglobal:cbv:mda",
    "epcis": "https://ref.gs1.org/epcis/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
}
_KEYS = {"@type": "type", "@id": "id", "isA": "type"}
DEEPEST = 24  # levels of a document that anybody reads
_NAMES_ON_NAMES = 4  # prefixes that stand for others


class Unreadable(Refused):
    """No EPCIS document, or one that cannot be kept."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the contexts of a document say: prefixes, other names for keys, names for values.

    `told` is what is kept with an event; `open` says that an address was named whose names are not
    known here, so that a prefix may come from it.
    """

    prefixes: Mapping[str, str] = field(default_factory=lambda: dict(PREFIXES))
    keys: Mapping[str, str] = field(default_factory=lambda: dict(_KEYS))
    values: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Any, ...] = ()
    open: bool = False

    def with_more(self, given: Any) -> "Context":
        """This context and one within it. Unreadable: something that is none."""
        prefixes, keys, values = dict(self.prefixes), dict(self.keys), dict(self.values)
        told, remote = list(self.told), self.open
        for each in given if isinstance(given, list) else [given]:
            if isinstance(each, str):
                if not each.startswith(_STANDARD):
                    told.append(each)
                    remote = True
                continue
            if not isinstance(each, dict):
                raise _no_context()
            meant = {term: _meaning(meaning) for term, meaning in each.items()}
            known = prefixes | {term: iri for term, iri in meant.items() if term[:1] != "@" and iri}
            kept = {}
            for term, meaning in each.items():
                iri = _whole(meant[term], known)
                name = _standard_name(iri)
                if name:
                    keys[term] = name
                else:
                    kept[term] = meaning
                if iri and term[:1] != "@" and iri[:1] != "@":
                    prefixes[term] = iri
                    values[term] = iri
            if kept and kept not in told:
                told.append(kept)
        return Context(prefixes, keys, values, tuple(told), remote)

    def key(self, text: str) -> str:
        """A key by the name that the standard has for it; another's as it is."""
        return self.keys.get(text) or _standard_name(_whole(text, self.prefixes)) or text

    def named(self, value: Any) -> Any:
        """A value of a vocabulary by its whole name, where the context gives it a short one."""
        if not isinstance(value, str):
            return value
        return self.values.get(value) or _whole(value, self.prefixes)


@dataclass(frozen=True, slots=True)
class Raw:
    """An event as it was sent, its keys by the names of the standard; `place` is its address in
    the document, for whoever must mend it."""

    body: Json
    context: Context
    place: str


def loads(content: bytes) -> Any:
    """JSON that both databases and every answer can hold. Unreadable: anything else."""
    try:
        found = json.loads(content, parse_constant=_no_number)
        _check(found, 0)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    return found


def events_of(document: Any) -> list[Raw]:
    """The events of a document or of the answer to a query, or the one event that it is.

    Unreadable: neither; another version of the standard; events that are no objects.
    """
    if not isinstance(document, dict):
        raise Unreadable("epcis_document", _("Hãy gửi một tài liệu EPCIS 2.0 ở dạng JSON."))
    context = Context().with_more(document.get("@context", []))
    told = _renamed(document, context, deep=False)
    kind = _local(context.named(told.get("type")))
    if kind in ("EPCISDocument", "EPCISQueryDocument"):
        return list(_within(told, context, kind))
    if "eventTime" in told or kind.endswith("Event"):
        return [_raw(document, Context(), "")]
    raise Unreadable(
        "epcis_document",
        _("Tài liệu phải có “type” là EPCISDocument, hoặc là một sự kiện EPCIS."),
        fields={"type": [_("Tài liệu phải có “type” là EPCISDocument.")]},
    )


def document_of(events: list[Json], *, created: str, contexts: list[Any] | None = None) -> Json:
    """A document that holds events."""
    return {
        "@context": [CONTEXT, *(contexts or ())],
        "type": "EPCISDocument",
        "schemaVersion": VERSION,
        "creationDate": created,
        "epcisBody": {"eventList": events},
    }


def answer_of(events: list[Json], *, created: str, contexts: list[Any] | None = None) -> Json:
    """The answer to a query, which holds events (EPCIS 2.0, 8.2.7)."""
    results = {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": events}}
    return {
        "@context": [CONTEXT, *(contexts or ())],
        "type": "EPCISQueryDocument",
        "schemaVersion": VERSION,
        "creationDate": created,
        "epcisBody": {"queryResults": results},
    }


def _within(told: Json, context: Context, kind: str) -> Iterator[Raw]:
    _check_head(told, kind)
    place, body = "", told
    inner = ["epcisBody"]
    if kind == "EPCISQueryDocument":
        inner += ["queryResults", "resultsBody"]
    for name in inner:
        place += f"/{name}"
        node = body.get(name)
        body = node if isinstance(node, dict) else {}
        context = context.with_more(body.get("@context", []))
        body = _renamed(body, context, deep=False)
    found = body.get("eventList")
    if found is None and isinstance(body.get("event"), dict):
        yield _raw(body["event"], context, f"{place}/event")
        return
    if not isinstance(found, list):
        words = _("Tài liệu phải có danh sách sự kiện epcisBody.eventList.")
        raise Unreadable("epcis_body", words, fields={"epcisBody": [words]})
    for number, event in enumerate(found):
        at = f"{place}/eventList/{number}"
        if not isinstance(event, dict):
            words = _("Mỗi sự kiện là một đối tượng JSON.")
            raise Unreadable("epcis_event", words, fields={at: [words]})
        yield _raw(event, context, at)


def _check_head(told: Json, kind: str) -> None:
    """What a document has to say of itself; the answer to a query need not say when it was made."""
    version = told.get("schemaVersion")
    asked = kind == "EPCISQueryDocument" and version is None
    if not asked and version not in ("2.0", "2", "2.0.0", "2.0.1", "2.1", "2.1.0"):
        words = _("Hệ thống đọc EPCIS phiên bản 2.0 và 2.1. Hãy ghi “schemaVersion”: “2.0”.")
        raise Unreadable("epcis_version", words, fields={"schemaVersion": [words]})
    if "@context" not in told:
        words = _("Tài liệu phải có “@context”: %s.") % CONTEXT
        raise Unreadable("epcis_context", words, fields={"@context": [words]})
    made = told.get("creationDate")
    if (made is not None or kind == "EPCISDocument") and not _is_moment(made):
        words = _("Tài liệu phải có “creationDate”: thời điểm lập, kèm múi giờ.")
        raise Unreadable("epcis_created", words, fields={"creationDate": [words]})


def _is_moment(text: Any) -> bool:
    try:
        return datetime.fromisoformat(text.upper()).tzinfo is not None
    except (AttributeError, ValueError):
        return False


def _raw(event: Json, context: Context, place: str) -> Raw:
    within = context.with_more(event["@context"]) if "@context" in event else context
    body = _renamed({k: v for k, v in event.items() if k != "@context"}, within)
    if isinstance(body.get("type"), str):
        body["type"] = _local(within.named(body["type"]))
    if within.told:
        body["@context"] = list(within.told)
    return Raw(body, within, place)


def _renamed(node: Any, context: Context, *, deep: bool = True) -> Any:
    """With keys by the names of the standard. Two keys of one meaning both stay: it is refused
    later, and neither is lost."""
    if isinstance(node, list):
        return [_renamed(each, context) for each in node]
    if not isinstance(node, dict):
        return node
    found: Json = {}
    for key, value in node.items():
        name = context.key(key)
        name = key if name in found or (name != key and name in node) else name
        found[name] = _renamed(value, context) if deep else value
    return found


def _meaning(given: Any) -> str:
    """What a context says that a term is: a name, or the name in its description."""
    found = given.get("@id") if isinstance(given, dict) else given
    return found if isinstance(found, str) else ""


def _whole(text: str, prefixes: Mapping[str, str]) -> str:
    """A name with its prefix written out, as often as a prefix stands for another."""
    for _turn in range(_NAMES_ON_NAMES):
        prefix, colon, rest = text.partition(":")
        scheme = prefix in ("http", "https", "urn") or rest.startswith("//")
        if not colon or scheme or prefix not in prefixes:
            break
        text = prefixes[prefix] + rest
    return text


def _standard_name(iri: Any) -> str:
    """The name in the standard of what a context or a key calls by its whole name."""
    if not isinstance(iri, str):
        return ""
    if iri in ("@type", "@id"):
        return iri[1:]
    for start in _EPCIS:
        if iri.startswith(start) and iri != start:
            return iri.removeprefix(start)
    return ""


def _local(name: Any) -> str:
    return (_standard_name(name) or name) if isinstance(name, str) else ""


def _check(node: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(node, dict):
        for key, value in node.items():
            _check(key, depth)
            _check(value, depth + 1)
    elif isinstance(node, list):
        for each in node:
            _check(each, depth + 1)
    elif (isinstance(node, str) and "\x00" in node) or (
        isinstance(node, float) and not math.isfinite(node)
    ):
        raise ValueError("no database holds it")


def _no_number(_text: str) -> Any:
    raise ValueError("no number of JSON")


def _no_context() -> Unreadable:
    words = _("“@context” là địa chỉ, đối tượng, hoặc danh sách của chúng.")
    return Unreadable("epcis_context", words, fields={"@context": [words]})


def _unreadable() -> Unreadable:
    return Unreadable("unreadable", _("Không đọc được nội dung gửi lên. Hãy gửi đúng JSON."))
