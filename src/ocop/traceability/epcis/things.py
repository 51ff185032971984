"""What an event speaks of: every thing, class, party and document, in the one form of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ocop.traceability.epcis import identifiers, vocabulary
from ocop.traceability.epcis.documents import Context, Json
from ocop.traceability.epcis.validation import moment
from ocop.traceability.epcis.vocabulary import Kind

#: Lists of an event and what their things are to it (`models.ThingRole`).
_EPCS = {
    "epcList": "epc",
    "childEPCs": "child",
    "inputEPCList": "input",
    "outputEPCList": "output",
}
_CLASSES = {
    "quantityList": "class",
    "childQuantityList": "child_class",
    "inputQuantityList": "input_class",
    "outputQuantityList": "output_class",
}
_TYPED = {
    "bizTransactionList": ("bizTransaction", "transaction", Kind.TRANSACTION),
    "sourceList": ("source", "source", Kind.PARTY),
    "destinationList": ("destination", "destination", Kind.PARTY),
}
#: Between the type and the party or document: neither can hold it.
BETWEEN = " "
_STEP = Decimal("0.000001")
MOST = Decimal(10) ** 12  # more of something than any event holds


@dataclass(frozen=True, slots=True)
class Thing:
    """As what a thing stands in the event, and how much of it. `written` is how the event has it:
    it may say more, as the lot of a piece."""

    role: str
    value: str
    written: str
    quantity: Decimal | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an event is asked by."""

    type: str
    event_time: datetime
    action: str
    biz_step: str
    disposition: str
    read_point: str
    biz_location: str


def facts_of(body: Json, context: Context) -> Facts:
    """The columns of an event that holds (`validation`)."""
    at = moment(body["eventTime"])
    assert at is not None  # the validation has read it
    return Facts(
        type=body["type"],
        event_time=at.astimezone(UTC),
        action=body.get("action", ""),
        biz_step=_word(Kind.STEP, body.get("bizStep", ""), context),
        disposition=_word(Kind.DISPOSITION, body.get("disposition", ""), context),
        read_point=_place(body, "readPoint"),
        biz_location=_place(body, "bizLocation"),
    )


def things_of(body: Json, context: Context) -> list[Thing]:
    """Everything an event names, each once in each role."""
    found = {(thing.role, thing.value, thing.quantity): thing for thing in _all(body, context)}
    return list(found.values())


def _all(body: Json, context: Context) -> Iterator[Thing]:
    for name, role in _EPCS.items():
        for epc in body.get(name, ()):
            yield Thing(role, identifiers.canonical(epc), epc)
    for name, role in _CLASSES.items():
        for each in body.get(name, ()):
            yield _class(role, each)
    if "parentID" in body:
        yield Thing("parent", identifiers.canonical(body["parentID"]), body["parentID"])
    if "transformationID" in body:
        yield Thing("transform", body["transformationID"], body["transformationID"])
    for name, (inner, role, kind) in _TYPED.items():
        for each in body.get(name, ()):
            word = _word(kind, each.get("type", ""), context)
            yield Thing(role, typed(word, each[inner]), each[inner])


def typed(word: str, uri: str) -> str:
    """A party or a document with its type, as it is kept and asked for."""
    return f"{word}{BETWEEN}{identifiers.canonical(uri)}"


def amount(number: Decimal) -> Decimal:
    """How much of something, as it is kept and asked for."""
    return number.quantize(_STEP)


def _class(role: str, each: dict[str, Any]) -> Thing:
    told = each.get("quantity")
    quantity = None if told is None else amount(Decimal(str(told)))
    written = each["epcClass"]
    return Thing(role, identifiers.canonical(written), written, quantity, each.get("uom", ""))


def _word(kind: Kind, text: str, context: Context) -> str:
    return vocabulary.short(kind, str(context.named(text)))


def _place(body: Json, name: str) -> str:
    return identifiers.canonical(body[name]["id"]) if name in body else ""
