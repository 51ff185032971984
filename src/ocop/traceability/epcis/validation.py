"""Whether an event is one: its shape by the schema (`schema.json`), then what EPCIS 2.0 and CBV 2.0
say in words and no schema can hold."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.traceability.epcis import identifiers, vocabulary
from ocop.traceability.epcis.documents import Context, Json, Raw
from ocop.traceability.epcis.vocabulary import Kind

_SCHEMA = Path(__file__).with_name("schema.json")
TYPES = (
    "ObjectEvent",
    "AggregationEvent",
    "TransactionEvent",
    "TransformationEvent",
    "AssociationEvent",
)
INSTANCES = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
CLASSES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
MOST_TOLD = 5  # problems of one event: who mends the first often mends the others
_TIMES = ("eventTime", "recordTime")
#: With these a name of somebody's own is a whole one; anything else before a colon is a prefix.
_SCHEMES = ("http", "https", "urn", "tag", "ni", "did", "cbv")
_AHEAD = timedelta(minutes=5)  # so much a clock of a phone or a scanner may be fast


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: a JSON pointer into what was sent."""

    place: str
    words: str


def problems(raw: Raw, at: datetime) -> list[Problem]:
    """What is wrong with an event that is told at this moment; nothing: it may be captured."""
    kind = raw.body.get("type")
    if kind not in TYPES:
        words = _("“type” phải là một trong năm loại sự kiện của EPCIS 2.0: %s.")
        return [Problem(f"{raw.place}/type", words % ", ".join(TYPES))]
    validator = _validators()[kind]
    if not validator.is_valid(raw.body):
        errors = sorted(
            validator.iter_errors(raw.body), key=lambda e: list(map(str, e.instance_path))
        )
        return [_said(error, raw.place) for error in errors[:MOST_TOLD]]
    found = _worded(raw.body, raw.context, at)
    return [Problem(raw.place + place, words) for place, words in found][:MOST_TOLD]


def _place_of(error: Any) -> list[str]:
    return [str(step) for step in error.instance_path]


@cache
def _validators() -> dict[str, Any]:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return {
        kind: jsonschema_rs.Draft202012Validator(
            {"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}, validate_formats=True
        )
        for kind in TYPES
    }


# --- What the schema found, in words.

_WORDS: dict[str, str] = {
    "required": N_("Thiếu trường “%s”."),
    "enum": N_("Giá trị không có trong danh sách của chuẩn."),
    "format": N_("Giá trị phải có dạng “%s”; thời điểm phải kèm múi giờ."),
    "pattern": N_("Giá trị không đúng dạng của chuẩn."),
    "type": N_("Giá trị không đúng kiểu dữ liệu."),
    "minItems": N_("Danh sách không được trống."),
    "uniqueItems": N_("Danh sách có phần tử lặp lại."),
    "minimum": N_("Số không được âm."),
    "exclusiveMaximum": N_("Số quá lớn."),
    "maxLength": N_("Giá trị dài quá mức cho phép."),
    "minLength": N_("Giá trị không được trống."),
    "additionalProperties": N_(
        "Chuẩn không có trường “%s”. Trường mở rộng phải có tiền tố, ví dụ ex:mau."
    ),
    "propertyNames": N_("Tên trường ở đây phải có tiền tố, ví dụ cbvmda:lotNumber."),
    "anyOf": N_("Sự kiện phải nêu ít nhất một đối tượng trong danh sách của nó."),
}
_FACTS: dict[str, Callable[[Any], Any]] = {
    "required": lambda kind: kind.property,
    "format": lambda kind: kind.format,
    "additionalProperties": lambda kind: ", ".join(kind.unexpected),
}


def _said(error: Any, place: str) -> Problem:
    name = error.kind.name
    words = _(_WORDS.get(name, N_("Giá trị không đúng chuẩn EPCIS 2.0.")))
    if name in _FACTS:
        words %= _FACTS[name](error.kind)
    return Problem(place + "".join(f"/{step}" for step in error.instance_path), words)


# --- What the text of the standards says beyond it.

Found = Iterator[tuple[str, str]]


def _worded(body: Json, context: Context, at: datetime) -> Found:
    yield from _moments(body, at)
    yield from _vocabulary(body, context)
    yield from _identifiers(body)
    yield from _quantities(body)
    yield from _master_data(body)
    yield from _prefixes(body, context)


def _moments(body: Json, at: datetime) -> Found:
    told = {f"/{name}": body[name] for name in _TIMES if name in body}
    if "declarationTime" in body.get("errorDeclaration", {}):
        told["/errorDeclaration/declarationTime"] = body["errorDeclaration"]["declarationTime"]
    for place, text in told.items():
        found = moment(text)
        if found is None:
            yield place, _("Không có thời điểm này.")
        elif found > at + _AHEAD and place != "/recordTime":  # that is of no account here
            # An event tells what happened (EPCIS 2.0, 7.4.1), never what is to come.
            yield place, _("Thời điểm này chưa tới. Sự kiện chỉ ghi việc đã xảy ra.")


def moment(text: str) -> datetime | None:
    """A moment with its zone; None: a second that no clock of a database shows."""
    try:
        found = datetime.fromisoformat(text.upper().replace(" ", "T"))
        found.timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return found if 1900 <= found.year <= 2200 else None


def _vocabulary(body: Json, context: Context) -> Found:
    for place, kind, word in words_of(body):
        whole = context.named(word)
        if not vocabulary.is_known(kind, whole):
            said = _("“%s” không có trong từ vựng CBV 2.0 và không phải địa chỉ (URI) riêng.")
            yield place, said % word
        elif ":" in whole and not context.open and whole.partition(":")[0] not in _SCHEMES:
            yield place, _undeclared() % whole.partition(":")[0]


def words_of(body: Json) -> Iterator[tuple[str, Kind, str]]:
    """Where words of the vocabulary stand in an event."""
    for name, kind in (("bizStep", Kind.STEP), ("disposition", Kind.DISPOSITION)):
        if name in body:
            yield f"/{name}", kind, body[name]
    for name, values in body.get("persistentDisposition", {}).items():
        for n, word in enumerate(values):
            yield f"/persistentDisposition/{name}/{n}", Kind.DISPOSITION, word
    for name, kind in (
        ("bizTransactionList", Kind.TRANSACTION),
        ("sourceList", Kind.PARTY),
        ("destinationList", Kind.PARTY),
    ):
        for n, each in enumerate(body.get(name, ())):
            if "type" in each:
                yield f"/{name}/{n}/type", kind, each["type"]
    if "reason" in body.get("errorDeclaration", {}):
        yield "/errorDeclaration/reason", Kind.ERROR, body["errorDeclaration"]["reason"]
    for n, element in enumerate(body.get("sensorElementList", ())):
        for m, report in enumerate(element["sensorReport"]):
            at = f"/sensorElementList/{n}/sensorReport/{m}"
            for name, kind in (("component", Kind.COMPONENT), ("exception", Kind.EXCEPTION)):
                if name in report:
                    yield f"{at}/{name}", kind, report[name]


def _identifiers(body: Json) -> Found:
    told = _("Mã GS1 không đúng: sai dạng hoặc sai số kiểm tra.")
    of_class = _("Đây là mã của cả loại hay lô. Hãy đặt vào danh sách số lượng.")
    of_thing = _("Đây là mã của một vật. Hãy đặt vào danh sách EPC.")
    for name in INSTANCES:
        for n, uri in enumerate(body.get(name, ())):
            if not _well_formed(uri):
                yield f"/{name}/{n}", told
            elif is_class(uri):
                yield f"/{name}/{n}", of_class
    for name in CLASSES:
        for n, each in enumerate(body.get(name, ())):
            if not _well_formed(each["epcClass"]):
                yield f"/{name}/{n}/epcClass", told
            elif is_instance(each["epcClass"]):
                yield f"/{name}/{n}/epcClass", of_thing
    for name in ("readPoint", "bizLocation"):
        if name in body and not _well_formed(body[name]["id"]):
            yield f"/{name}/id", told
    if "parentID" in body and not _well_formed(body["parentID"]):
        yield "/parentID", told


def _well_formed(uri: str) -> bool:
    """What claims to be a GS1 identifier is one."""
    claims = uri.startswith(("urn:epc:", f"{identifiers.ROOT}/"))
    return not claims or identifiers.is_gs1(uri)


def is_class(uri: str) -> bool:
    """Whether a GS1 identifier names a class of goods or a lot, and no single thing."""
    if uri.startswith("urn:epc:"):
        return not uri.startswith("urn:epc:id:")
    found = identifiers.canonical(uri)
    return found.startswith(f"{identifiers.ROOT}/01/") and not is_instance(uri)


def is_instance(uri: str) -> bool:
    """Whether a GS1 identifier names a single thing."""
    if uri.startswith("urn:epc:"):
        return uri.startswith("urn:epc:id:")
    found = identifiers.canonical(uri)
    if found.startswith(f"{identifiers.ROOT}/01/"):
        return "/21/" in found or "/235/" in found
    return found.startswith(f"{identifiers.ROOT}/00/")


def _quantities(body: Json) -> Found:
    for name in CLASSES:
        for n, each in enumerate(body.get(name, ())):
            amount = each.get("quantity")
            if amount is not None and "uom" not in each and amount != int(amount):
                yield f"/{name}/{n}/quantity", _("Số lượng không có đơn vị đo phải là số nguyên.")
            if amount is None and "uom" in each:
                yield f"/{name}/{n}/uom", _("Có đơn vị đo thì phải có số lượng.")


def _master_data(body: Json) -> Found:
    if "ilmd" in body and body["type"] == "ObjectEvent" and body["action"] != "ADD":
        yield "/ilmd", _("Dữ liệu gốc (ilmd) chỉ có trong sự kiện ADD hoặc sự kiện chế biến.")


def _prefixes(body: Json, context: Context) -> Found:
    if context.open:  # a context that is not read here may declare it
        return
    for place, node in (("", body), ("/ilmd", body.get("ilmd", {}))):
        for key in node:
            prefix, colon, rest = key.partition(":")
            if colon and not rest.startswith("//") and prefix not in (*context.prefixes, "urn"):
                yield f"{place}/{key}", _undeclared() % prefix


def _undeclared() -> str:
    return _("Tiền tố “%s” chưa được khai báo trong @context.")
