"""What is asked for: the parameters of a query (EPCIS 2.0, 8.2.7.1), each value in its one form.

Several values of a parameter stand in one text, with commas or bars between, or in several; one of
them must hold. All parameters must hold.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability.epcis import identifiers, things, vocabulary
from ocop.traceability.epcis.validation import TYPES, moment
from ocop.traceability.epcis.vocabulary import Kind

PER_PAGE, MOST = 30, 1_000
_EPC_ROLES = {
    "MATCH_epc": ("epc", "child"),
    "MATCH_parentID": ("parent",),
    "MATCH_inputEPC": ("input",),
    "MATCH_outputEPC": ("output",),
    "MATCH_anyEPC": ("epc", "child", "parent", "input", "output"),
    "MATCH_epcClass": ("class", "child_class"),
    "MATCH_inputEPCClass": ("input_class",),
    "MATCH_outputEPCClass": ("output_class",),
    "MATCH_anyEPCClass": ("class", "child_class", "input_class", "output_class"),
}
_TYPED = {
    "EQ_bizTransaction_": ("transaction", Kind.TRANSACTION),
    "EQ_source_": ("source", Kind.PARTY),
    "EQ_destination_": ("destination", Kind.PARTY),
}
#: Held against any amount in the four lists of classes (EPCIS 2.0: QuantityElement).
QUANTITIES = ("EQ_quantity", "GT_quantity", "GE_quantity", "LT_quantity", "LE_quantity")
_BETWEEN = re.compile(r"[,|]")
_BETWEEN_URIS = re.compile(r"\||,(?=\s*(?:urn|https?|ni|tag|did):)", re.IGNORECASE)
_OF_URIS = ("read_point", "biz_location", "event_id")
_COMPARED = re.compile(r"(EQ|GT|GE|LT|LE|EXISTS)_(ILMD_)?([^:_][^:]*:.+)")
#: Parameters with a fixed name, for the description of the interface.
NAMES = (
    "eventType", "GE_eventTime", "LT_eventTime", "GE_recordTime", "LT_recordTime", "EQ_action",
    "EQ_bizStep", "EQ_disposition", "EQ_readPoint", "WD_readPoint", "EQ_bizLocation",
    "WD_bizLocation", "EQ_transformationID", *_EPC_ROLES, *QUANTITIES, "EQ_eventID",
    "EXISTS_errorDeclaration", "GE_errorDeclarationTime", "LT_errorDeclarationTime",
    "EQ_errorReason", "EQ_correctiveEventID", "orderBy",
    "orderDirection", "eventCountLimit", "maxEventCount", "perPage", "nextPageToken",
)  # fmt: skip


class Misasked(Refused):
    """A parameter that nobody understands, told by its name."""


class TooLarge(Refused):
    """More events than the caller wanted to have at most."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A value of master data (`ilmd`) or an extension, held against others."""

    operator: str  # EQ, GT, GE, LT, LE or EXISTS
    path: tuple[str, ...]  # keys into the event
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood. Columns hold values in the form in which events are kept."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)  # from then on
    before: Mapping[str, datetime] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # with what is in them
    #: Roles, values, and what values of patterns begin with.
    things: Sequence[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = ()
    quantities: tuple[tuple[str, Decimal], ...] = ()  # operator, amount
    transformations: tuple[str, ...] = ()
    declared: bool | None = None
    reasons: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()
    order: str = ""  # event_time or record_time; none: as they were captured
    descending: bool = True
    per_page: int = PER_PAGE
    after: tuple[str, int] | None = None  # the last of the page before
    limit: int | None = None
    at_most: int | None = None


def read(given: Mapping[str, Sequence[str]]) -> Question:
    """A question out of parameters. Misasked: an unknown one, or a value that it cannot have."""
    question = Question()
    for name, texts in given.items():
        reader = _reader(name)
        if reader is None:
            raise _misasked(name, _("Không có tham số truy vấn này: %s.") % name)
        question = reader(question, name, texts)
    if question.limit is not None and question.at_most is not None:
        raise _misasked(
            "maxEventCount", _("Chỉ dùng một trong hai: eventCountLimit, maxEventCount.")
        )
    return question


def token(value: str, key: int) -> str:
    """What a page ends with, so that the next begins after it."""
    return base64.urlsafe_b64encode(json.dumps([value, key]).encode()).decode().rstrip("=")


def value_token(value: str) -> str:
    """What a page of values ends with."""
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def value_of(texts: Sequence[str]) -> str:
    """The value after which a page of values begins."""
    text = _one("nextPageToken", texts)
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        found = "\x00"
    if "\x00" in found:
        raise _wrong_token()
    return found


def one_form(column: str, text: str) -> str:
    """A value of a column in the form in which it is kept."""
    kinds = {"biz_step": Kind.STEP, "disposition": Kind.DISPOSITION}
    if column in kinds:
        return vocabulary.short(kinds[column], text)
    return identifiers.canonical(text) if column in ("read_point", "biz_location") else text


Reader = Callable[[Question, str, Sequence[str]], Question]


def _reader(name: str) -> Reader | None:
    if name in _READERS:
        return _READERS[name]
    if name in _EPC_ROLES:
        return _things
    if any(name.startswith(start) and name != start for start in _TYPED):
        return _typed
    return _compared if _COMPARED.fullmatch(name) else None


def _values(name: str, texts: Sequence[str]) -> tuple[str, ...]:
    return _split(name, texts, _BETWEEN)


def _uris(name: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Values that are URIs: a comma may stand within one, and parts two only before the next."""
    return _split(name, texts, _BETWEEN_URIS)


def _split(name: str, texts: Sequence[str], between: re.Pattern[str]) -> tuple[str, ...]:
    found = tuple(part.strip() for text in texts for part in between.split(text))
    if not all(found):
        raise _misasked(name, _("Tham số %s chưa có giá trị.") % name)
    return found


def _one(name: str, texts: Sequence[str]) -> str:
    if len(texts) != 1 or not texts[0].strip():
        raise _misasked(name, _("Tham số %s có đúng một giá trị.") % name)
    return texts[0].strip()


def _column(column: str, allowed: Sequence[str] = ()) -> Reader:
    def read_column(question: Question, name: str, texts: Sequence[str]) -> Question:
        parts = _uris if column in _OF_URIS else _values
        values = tuple(one_form(column, text) for text in parts(name, texts))
        if allowed and (strange := [each for each in values if each not in allowed]):
            raise _misasked(name, _("“%s” không phải giá trị của tham số này.") % strange[0])
        return replace(question, columns={**question.columns, column: values})

    return read_column


def _place(column: str) -> Reader:
    def read_place(question: Question, name: str, texts: Sequence[str]) -> Question:
        values = tuple(one_form(column, text) for text in _uris(name, texts))
        return replace(question, places={**question.places, column: values})

    return read_place


def _quantity(question: Question, name: str, texts: Sequence[str]) -> Question:
    found = number(_one(name, texts))
    if found is None or abs(found) >= things.MOST:
        raise _misasked(name, _("Tham số %s có giá trị là một số.") % name)
    asked = (name.partition("_")[0], things.amount(found))
    return replace(question, quantities=(*question.quantities, asked))


def _moment(column: str, *, since: bool) -> Reader:
    def read_moment(question: Question, name: str, texts: Sequence[str]) -> Question:
        at = moment(_one(name, texts).replace(" ", "+"))  # a plus sign that was not escaped
        if at is None or at.tzinfo is None:
            raise _misasked(
                name, _("Hãy gửi thời điểm kèm múi giờ, ví dụ 2026-11-23T09:00:00+07:00.")
            )
        if since:
            return replace(question, since={**question.since, column: at})
        return replace(question, before={**question.before, column: at})

    return read_moment


def _things(question: Question, name: str, texts: Sequence[str]) -> Question:
    texts = _uris(name, texts)
    patterns = [text for text in texts if identifiers.is_pattern(text)]
    begins = [identifiers.beginnings(text) for text in patterns]
    if not all(begins):
        raise _misasked(name, _("Mẫu mã không đúng dạng urn:epc:idpat của chuẩn."))
    values = tuple(identifiers.canonical(text) for text in texts)
    every = tuple(start for some in begins for start in some)
    return replace(question, things=[*question.things, (_EPC_ROLES[name], values, every)])


def _typed(question: Question, name: str, texts: Sequence[str]) -> Question:
    start = next(each for each in _TYPED if name.startswith(each))
    role, kind = _TYPED[start]
    word = vocabulary.short(kind, name.removeprefix(start))
    values = tuple(things.typed(word, text) for text in _uris(name, texts))
    return replace(question, things=[*question.things, ((role,), values, ())])


def _transformation(question: Question, name: str, texts: Sequence[str]) -> Question:
    return replace(question, transformations=_uris(name, texts))


def _compared(question: Question, name: str, texts: Sequence[str]) -> Question:
    match = _COMPARED.fullmatch(name)
    assert match is not None  # else there is no reader
    operator, master, key = match.groups()
    values = () if operator == "EXISTS" else _values(name, texts)
    if operator not in ("EQ", "EXISTS") and len(values) != 1:
        raise _misasked(name, _("Tham số %s có đúng một giá trị.") % name)
    path = ("ilmd", key) if master else (key,)
    return replace(question, compared=(*question.compared, Compared(operator, path, values)))


def _declared(question: Question, name: str, texts: Sequence[str]) -> Question:
    if any(text not in ("", "true") for text in texts):
        raise _misasked(name, _("Tham số %s để trống hoặc là true.") % name)
    return replace(question, declared=True)


def _reasons(question: Question, name: str, texts: Sequence[str]) -> Question:
    words = tuple(vocabulary.short(Kind.ERROR, text) for text in _values(name, texts))
    return replace(question, reasons=words)


def _corrections(question: Question, name: str, texts: Sequence[str]) -> Question:
    return replace(question, corrections=_uris(name, texts))


def _order(question: Question, name: str, texts: Sequence[str]) -> Question:
    columns = {"eventTime": "event_time", "recordTime": "record_time"}
    text = _one(name, texts)
    if text not in columns:
        raise _misasked(name, _("Sắp xếp được theo eventTime hoặc recordTime."))
    return replace(question, order=columns[text])


def _direction(question: Question, name: str, texts: Sequence[str]) -> Question:
    text = _one(name, texts)
    if text not in ("ASC", "DESC"):
        raise _misasked(name, _("orderDirection là ASC hoặc DESC."))
    return replace(question, descending=text == "DESC")


def _number(attribute: str, most: int) -> Reader:
    def read_number(question: Question, name: str, texts: Sequence[str]) -> Question:
        text = _one(name, texts)
        if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
            raise _misasked(name, _("“%(name)s” phải là số từ 1 đến %(most)d.")
                            % {"name": name, "most": most})  # fmt: skip
        changed: dict[str, Any] = {attribute: int(text)}
        return replace(question, **changed)

    return read_number


def _token(question: Question, name: str, texts: Sequence[str]) -> Question:
    text = _one(name, texts)
    try:
        padded = text + "=" * (-len(text) % 4)
        value, key = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _wrong_token() from None
    known = isinstance(value, str) and (value == "" or moment(value) is not None)
    if not known or type(key) is not int or not 0 <= key < 2**63:
        raise _wrong_token()
    return replace(question, after=(value, key))


def _wrong_token() -> Misasked:
    words = _("nextPageToken không đúng. Hãy dùng địa chỉ trong Link rel=next.")
    return _misasked("nextPageToken", words)


_READERS: Mapping[str, Reader] = {
    "eventType": _column("type", TYPES),
    "EQ_action": _column("action", ("ADD", "OBSERVE", "DELETE")),
    "EQ_bizStep": _column("biz_step"),
    "EQ_disposition": _column("disposition"),
    "EQ_readPoint": _column("read_point"),
    "WD_readPoint": _place("read_point"),
    "EQ_bizLocation": _column("biz_location"),
    "WD_bizLocation": _place("biz_location"),
    "EQ_eventID": _column("event_id"),
    "GE_eventTime": _moment("event_time", since=True),
    "LT_eventTime": _moment("event_time", since=False),
    "GE_recordTime": _moment("record_time", since=True),
    "LT_recordTime": _moment("record_time", since=False),
    "EQ_transformationID": _transformation,
    **dict.fromkeys(QUANTITIES, _quantity),
    "EXISTS_errorDeclaration": _declared,
    "GE_errorDeclarationTime": _moment("declared", since=True),
    "LT_errorDeclarationTime": _moment("declared", since=False),
    "EQ_errorReason": _reasons,
    "EQ_correctiveEventID": _corrections,
    "orderBy": _order,
    "orderDirection": _direction,
    "eventCountLimit": _number("limit", 10**9 - 1),
    "maxEventCount": _number("at_most", 10**9 - 1),
    "perPage": _number("per_page", MOST),
    "nextPageToken": _token,
}


def number(text: str) -> Decimal | None:
    """A number that was asked for; None: it is a text."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10) ** 15 else None


def _misasked(name: str, words: str) -> Misasked:
    return Misasked("query_parameter", words, fields={name: [words]})
