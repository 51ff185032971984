"""The hash id of an event (CBV 2.0, 8.9): one name for an event, however it is written.

The string that is hashed holds keys and values in the order of the standard, times in UTC,
identifiers as canonical Digital Links and words of the vocabulary as web addresses. What stands
neither in the order nor among the fields left out is an extension and comes at the end.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal
from typing import Any

from ocop.traceability.epcis import identifiers, vocabulary
from ocop.traceability.epcis.documents import Context, Json
from ocop.traceability.epcis.validation import moment
from ocop.traceability.epcis.vocabulary import Kind

_LEFT_OUT = frozenset(
    ["@context", "type", "eventID", "recordTime", "errorDeclaration", "certificationInfo"]
)
_EPCS = ("epcList", "inputEPCList", "childEPCs", "outputEPCList")
_QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_TYPED = {
    "bizTransactionList": ("bizTransaction", Kind.TRANSACTION),
    "sourceList": ("source", Kind.PARTY),
    "destinationList": ("destination", Kind.PARTY),
}
_PLACES = ("readPoint", "bizLocation")
_ORDER = (
    "eventTime", "eventTimeZoneOffset", "epcList", "parentID", "inputEPCList", "childEPCs",
    "quantityList", "childQuantityList", "inputQuantityList", "outputEPCList",
    "outputQuantityList", "action", "transformationID", "bizStep", "disposition",
    "persistentDisposition", "readPoint", "bizLocation", "bizTransactionList", "sourceList",
    "destinationList", "sensorElementList",
)  # fmt: skip
_METADATA = (
    "time", "startTime", "endTime", "deviceID", "deviceMetadata", "rawData",
    "dataProcessingMethod", "bizRules",
)  # fmt: skip
_REPORT = (
    "type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time",
    "microorganism", "chemicalSubstance", "value", "component", "stringValue", "booleanValue",
    "hexBinaryValue", "uriValue", "minValue", "maxValue", "meanValue", "sDev", "percRank",
    "percValue", "uom", "coordinateReferenceSystem",
)  # fmt: skip
_MOMENTS = ("time", "startTime", "endTime", "eventTime")
_WORDS = {
    "bizStep": Kind.STEP,
    "disposition": Kind.DISPOSITION,
    "set": Kind.DISPOSITION,
    "unset": Kind.DISPOSITION,
    "component": Kind.COMPONENT,
    "exception": Kind.EXCEPTION,
}


def hash_id(event: Json, context: Context) -> str:
    """The id of an event that its maker gave none."""
    return f"ni:///sha-256;{digest(event, context)}?ver=CBV2.0"


def digest(event: Json, context: Context) -> str:
    """The SHA-256 of its string, 64 hexadecimal digits."""
    return hashlib.sha256(prehash(event, context).encode()).hexdigest()


def prehash(event: Json, context: Context) -> str:
    """The string of an event."""
    found = [f"eventType={event['type']}"]
    found += [_field(name, event[name], context) for name in _ORDER if name in event]
    if event.get("ilmd"):
        found.append("ilmd" + "".join(_extensions(event["ilmd"], context)))
    rest = {k: v for k, v in event.items() if k not in (*_ORDER, "ilmd") and k not in _LEFT_OUT}
    trailing = _extensions(rest, context)
    for name in _PLACES:  # CBV 2.0 has what stands within a field at the end, after its name
        more = {k: v for k, v in event.get(name, {}).items() if k != "id"}
        if more:
            trailing.append(name + "".join(_extensions(more, context)))
    sensors = _sensor_extensions(event.get("sensorElementList", ()), context)
    return "".join(found) + "".join(sorted([*trailing, *sensors]))


def _field(name: str, value: Any, context: Context) -> str:
    if name in _EPCS:
        epcs = sorted(f"epc={identifiers.canonical(epc)}" for epc in value)
        return name + "".join(epcs) if epcs else ""
    if name in _QUANTITIES:
        parts = sorted(_quantity(each, context) for each in value)
        return name + "".join(parts) if parts else ""
    if name in _TYPED:
        inner, kind = _TYPED[name]
        parts = sorted(_typed(each, inner, kind, context) for each in value)
        return name + "".join(parts) if parts else ""
    if name in _PLACES:
        return f"{name}id={identifiers.canonical(value['id'])}"
    if name == "persistentDisposition":
        words = (_list(key, value[key], context) for key in ("set", "unset") if key in value)
        return name + "".join(words)
    if name == "sensorElementList":
        return "".join(sorted(_sensor(each, context) for each in value))
    return _pair(name, value, context)


def _list(key: str, values: Iterable[Any], context: Context) -> str:
    return "".join(sorted(_pair(key, value, context) for value in values))


def _quantity(each: Json, context: Context) -> str:
    names = (name for name in ("epcClass", "quantity", "uom") if name in each)
    return "quantityElement" + "".join(_pair(name, each[name], context) for name in names)


def _typed(each: Json, inner: str, kind: Kind, context: Context) -> str:
    found = ""
    if "type" in each:
        found = f"type={vocabulary.long(kind, context.named(each['type']))}"
    return f"{found}{inner}={identifiers.canonical(each[inner])}"


def _sensor(each: Json, context: Context) -> str:
    found = "sensorElement"
    if metadata := each.get("sensorMetadata"):
        found += "sensorMetadata" + _inner(metadata, _METADATA, context)
    reports = sorted("sensorReport" + _inner(r, _REPORT, context) for r in each["sensorReport"])
    return found + "".join(reports)


def _inner(node: Json, order: tuple[str, ...], context: Context) -> str:
    return "".join(_pair(name, node[name], context) for name in order if name in node)


def _sensor_extensions(elements: Iterable[Json], context: Context) -> list[str]:
    found: list[str] = []
    for each in elements:
        more = {k: v for k, v in each.items() if k not in ("sensorMetadata", "sensorReport")}
        inner = "".join(_extensions(more, context))
        data = {k: v for k, v in each.get("sensorMetadata", {}).items() if k not in _METADATA}
        if data:
            inner += "sensorMetadata" + "".join(_extensions(data, context))
        for report in each["sensorReport"]:
            told = {k: v for k, v in report.items() if k not in _REPORT}
            if told:
                inner += "sensorReport" + "".join(_extensions(told, context))
        if inner:
            found.append(f"sensorElementListsensorElement{inner}")
    return found


def _pair(name: str, value: Any, context: Context) -> str:
    return f"{name}={_value(name, value, context)}"


def _value(name: str, value: Any, context: Context) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    text = str(value).strip()
    if name in _MOMENTS:
        return _moment(text)
    if name in _WORDS:
        return vocabulary.long(_WORDS[name], context.named(text))
    if name == "type":  # of a sensor's report: a measurement of GS1's web vocabulary
        named = str(context.named(text))
        return named if ":" in named else f"{vocabulary.GS1}{named}"
    if name in ("eventTimeZoneOffset", "action", "uom", "stringValue", "hexBinaryValue"):
        return text
    return identifiers.canonical(str(context.named(text)))


def _number(value: float) -> str:
    """Without zeros at the end, and never with an exponent."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def _moment(text: str) -> str:
    """In UTC, to the millisecond."""
    found = moment(text)
    if found is None:
        return text
    utc = found.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _extensions(node: Any, context: Context) -> list[str]:
    """Keys with their namespace, and values, sorted at each level (steps 19 and 20)."""
    found: list[str] = []
    for key, value in node.items():
        if key == "@context":
            continue
        name = _name(key, context)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found.append(name + "".join(_extensions(each, context)))
            elif each is not None:
                found.append(f"{name}={_free(each, context)}")
    return sorted(found)


def _free(value: Any, context: Context) -> str:
    if isinstance(value, list):
        return "".join(sorted(_free(each, context) for each in value))
    if isinstance(value, dict):
        return "".join(_extensions(value, context))
    if isinstance(value, str):
        return identifiers.canonical(value.strip())
    return _value("", value, context)


def _name(key: str, context: Context) -> str:
    prefix, colon, rest = key.partition(":")
    if colon and prefix in context.prefixes:
        return f"{{{context.prefixes[prefix]}}}{rest}"
    if colon and rest.startswith("//"):  # a whole name: what follows the last / or # is its own
        cut = max(key.rfind("/"), key.rfind("#")) + 1
        return f"{{{key[:cut]}}}{key[cut:]}"
    return key
