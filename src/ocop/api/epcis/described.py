"""What the interface takes and answers, for its OpenAPI description."""

from typing import Any

from ocop.traceability.epcis import validation
from ocop.traceability.epcis.questions import MOST, NAMES, PER_PAGE, QUANTITIES

Json = dict[str, Any]
_TEXT = {"type": "string"}
_ENUMS: dict[str, list[str]] = {
    "eventType": list(validation.TYPES),
    "EQ_action": ["ADD", "OBSERVE", "DELETE"],
    "orderBy": ["eventTime", "recordTime"],
    "orderDirection": ["ASC", "DESC"],
    "EXISTS_errorDeclaration": ["true"],
}
_COUNTS = {"perPage": MOST, "eventCountLimit": 10**9 - 1, "maxEventCount": 10**9 - 1}
_COMPARED = {
    "EQ": "equal to",
    "GT": "greater than",
    "GE": "greater than or equal to",
    "LT": "less than",
    "LE": "less than or equal to",
}
_PART = (
    "Events whose `{}` is one of these places or a part of one. A GLN with an extension (AI 254) "
    "is a part of the place with that GLN; other identifiers have no parts."
)
_WORDS = {
    "WD_readPoint": _PART.format("readPoint"),
    "WD_bizLocation": _PART.format("bizLocation"),
    **{
        name: "Events that name, in `quantityList`, `childQuantityList`, `inputQuantityList` or "
        f"`outputQuantityList`, a `quantity` {_COMPARED[name[:2]]} this number, whatever its unit."
        for name in QUANTITIES
    },
}
_CONTEXT = {"anyOf": [_TEXT, {"type": "array"}, {"type": "object"}]}

EVENT: Json = {
    "title": "Event",
    "type": "object",
    "description": "An event of EPCIS 2.0 (chapter 7), with its identifiers as it was captured.",
    "properties": {
        "@context": _CONTEXT,
        "type": {"type": "string", "enum": list(validation.TYPES)},
        "eventID": {"type": "string", "format": "uri"},
        "eventTime": {"type": "string", "format": "date-time"},
        "eventTimeZoneOffset": _TEXT,
        "recordTime": {"type": "string", "format": "date-time"},
    },
    "required": ["type", "eventTime", "eventTimeZoneOffset"],
}
_LIST = {"type": "array", "items": EVENT}
DOCUMENT: Json = {
    "title": "EPCISDocument",
    "type": "object",
    "properties": {
        "@context": _CONTEXT,
        "type": {"type": "string", "enum": ["EPCISDocument"]},
        "schemaVersion": {"type": "string", "enum": ["2.0"]},
        "creationDate": {"type": "string", "format": "date-time"},
        "epcisBody": {
            "type": "object",
            "properties": {"eventList": _LIST},
            "required": ["eventList"],
        },
    },
    "required": ["type", "schemaVersion", "epcisBody"],
}
_RESULTS = {
    "type": "object",
    "properties": {
        "queryName": _TEXT,
        "resultsBody": {
            "type": "object",
            "properties": {"eventList": _LIST},
            "required": ["eventList"],
        },
    },
    "required": ["queryName", "resultsBody"],
}
QUERY_DOCUMENT: Json = {
    "title": "EPCISQueryDocument",
    "type": "object",
    "properties": {
        "@context": _CONTEXT,
        "type": {"type": "string", "enum": ["EPCISQueryDocument"]},
        "schemaVersion": _TEXT,
        "creationDate": {"type": "string", "format": "date-time"},
        "epcisBody": {
            "type": "object",
            "properties": {"queryResults": _RESULTS},
            "required": ["queryResults"],
        },
    },
    "required": ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
}
COLLECTION: Json = {
    "title": "Collection",
    "type": "object",
    "properties": {
        "@context": _CONTEXT,
        "type": {"type": "string", "enum": ["Collection"]},
        "member": {"type": "array", "items": _TEXT},
    },
    "required": ["@context", "type", "member"],
}
CAPTURE_JOB: Json = {
    "title": "CaptureJob",
    "type": "object",
    "properties": {
        "captureID": _TEXT,
        "createdAt": {"type": "string", "format": "date-time"},
        "finishedAt": {"type": ["string", "null"], "format": "date-time"},
        "running": {"type": "boolean"},
        "success": {"type": "boolean"},
        "captureErrorBehaviour": {"type": "string", "enum": ["rollback", "proceed"]},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["captureID", "createdAt", "running", "success", "captureErrorBehaviour", "errors"],
}


def _parameter(name: str) -> Json:
    schema: Json = dict(_TEXT) | {"minLength": 1}
    if name in _ENUMS:
        schema = {"type": "string", "enum": _ENUMS[name]}
    elif name in _COUNTS:
        schema = {"type": "integer", "minimum": 1, "maximum": _COUNTS[name]}
        if name == "perPage":
            schema["default"] = PER_PAGE
    elif name in QUANTITIES:
        schema = {"type": "number"}
    elif name.startswith(("GE_", "LT_")):
        schema = {"type": "string", "format": "date-time"}
    told: Json = {"in": "query", "name": name, "required": False, "schema": schema}
    return told | {"description": _WORDS[name]} if name in _WORDS else told


PAGING = [_parameter(name) for name in ("perPage", "nextPageToken")]
#: Parameters that hold a name of the caller's, as EQ_ILMD_cbvmda:lotNumber, EQ_bizTransaction_po
#: or EXISTS_ex:colour, are told of in words: OpenAPI has no form for them.
FILTERS = [_parameter(name) for name in NAMES]
BEHAVIOUR: Json = {
    "in": "header",
    "name": "GS1-Capture-Error-Behaviour",
    "required": False,
    "schema": {"type": "string", "enum": ["rollback", "proceed"], "default": "rollback"},
}
_PROBLEM = {
    "description": "What is wrong, as problem+json (RFC 9457) with the exceptions of EPCIS 2.0.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_LOCATION = {"Location": {"schema": {"type": "string", "format": "uri"}}}


def answered(
    schema: Json, words: str, parameters: list[Json] | None = None, *, many: bool = False
) -> Json:
    """An operation that answers so."""
    kind = "application/json" if schema is CAPTURE_JOB else "application/ld+json"
    told = {"type": "array", "items": schema} if many else schema
    return {
        "parameters": parameters or [],
        "responses": {
            200: {"description": words, "content": {kind: {"schema": told}}},
            "default": _PROBLEM,
        },
    }


def taking(schema: Json, status: int, words: str, *parameters: Json) -> Json:
    """An operation that takes JSON and answers with an address."""
    body = {kind: {"schema": schema} for kind in ("application/json", "application/ld+json")}
    return {
        "parameters": list(parameters),
        "requestBody": {"required": True, "content": body},
        "responses": {
            status: {"description": words, "headers": _LOCATION},
            "default": _PROBLEM,
        },
    }


def optional() -> Json:
    """An operation that says what can be done."""
    return {"responses": {204: {"description": "See the headers."}, "default": _PROBLEM}}
