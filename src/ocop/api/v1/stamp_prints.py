"""Files of stamps, allowances and keys."""

from datetime import datetime
from typing import Any, Literal

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.files import sent
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.stamp_shapes import StampReasonIn
from ocop.api.v1.stamps import order_of, spans_of
from ocop.core.actions import require
from ocop.core.jobs.files import JobState
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.filters.stamps import AllowanceFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.producers import queries as producers
from ocop.traceability import jobs, rules, stamp_queries
from ocop.traceability.models import StampAllowance, StampKey, StampPrint
from ocop.traceability.print_layouts import Layout
from ocop.traceability.services import allowances, keys, printing

router = Router(tags=["stamps"])
Json = dict[str, Any]


class StampPrintOut(Schema):
    """A file of stamps and how far it is: waiting, working, ready, failed or removed. `done` of
    `pieces` stamps are written; a ready file is removed after `kept_until`."""

    code: str
    order: str
    kind: str
    state: str
    done: int
    pieces: int
    failure: str
    name: str
    size: int
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime | None
    address: str
    file: str | None


class StampPrintIn(JsonIn):
    """Which stamps as which file. Measures are millimetres; those left out follow from the code.
    `words` are at most two lines below the code."""

    kind: Literal["a4", "roll", "svg", "png", "csv", "hidden"]
    places: str
    module: float = 0.4
    across: float | None = None
    down: float | None = None
    left: float | None = None
    top: float | None = None
    columns: int | None = None
    rows: int | None = None
    marks: bool = True
    words: list[str] = []


class StampPasswordOut(Schema):
    """The password of a file of hidden codes."""

    password: str


class StampAllowanceOut(Schema):
    """How many stamps a producer may order in a year, and how many of them it did."""

    producer: str
    year: int
    quantity: int
    used: int


class StampAllowanceIn(JsonIn):
    """How many stamps may be ordered in a year."""

    year: int
    quantity: int


class StampKeyOut(Schema):
    """What is known of a key of stamps; its secret is in no answer. `issued` numbers were given
    out."""

    version: int
    fingerprint: str
    in_use: bool
    issued: int
    created_at: datetime
    retired_at: datetime | None


def _print(made: StampPrint) -> Json:
    named = ("code", "kind", "state", "done", "pieces", "failure", "name", "size")
    address = f"/api/v1/stamp-prints/{made.code}"
    ready = made.state == JobState.READY
    return {
        **{name: getattr(made, name) for name in (*named, "asked_at", "ended_at")},
        "order": made.order.code,
        "kept_until": stamp_queries.kept_until(made) if ready else None,
        "address": address,
        "file": f"{address}/file" if ready else None,
    }


def _found(request: ApiRequest, code: str, scope: str = READ_TRACEABILITY) -> StampPrint:
    need_scope(request.actor, scope)
    return get_object_or_404(stamp_queries.prints_visible_to(request.actor), code=code)


@router.get(
    "/stamp-orders/{code}/prints",
    response=list[StampPrintOut],
    operation_id="stamp_order_prints",
    summary=N_("Tệp in của một đơn đặt tem"),
)
def prints(request: ApiRequest, code: str) -> list[Json]:
    """The files of an order, newest first; none for who may not have them."""
    found = order_of(request, code)
    rows = stamp_queries.prints_visible_to(request.actor).filter(order=found)
    return [_print(made) for made in rows]


@router.post(
    "/stamp-orders/{code}/prints",
    response={202: StampPrintOut},
    operation_id="ask_stamp_print",
    summary=N_("Yêu cầu tệp in tem"),
)
def ask(request: ApiRequest, response: HttpResponse, code: str, told: StampPrintIn) -> Status[Json]:
    """Let a file of stamps be made in the background. `Location` is the address to ask how far it
    is. The same file is made once while it is kept."""
    found = order_of(request, code, WRITE_TRACEABILITY)
    given = told.model_dump()
    spans = spans_of(found, given.pop("places"))
    if len(spans) != 1:
        words = _("Hãy ghi một khoảng liền nhau, ví dụ 1-800.")
        raise Refused("print_places", words, fields={"places": [words]})
    if len(given["words"]) > 2 or any(len(line) > 60 for line in given["words"]):
        words = _("Nhiều nhất hai dòng chữ, mỗi dòng 60 ký tự.")
        raise Refused("print_words", words, fields={"words": [words]})
    kind, words_ = given.pop("kind"), tuple(given.pop("words"))
    wish = printing.Wish(kind, spans[0], Layout(words=words_, **given))
    made = jobs.ask_print(actor=request.actor, order=found, wish=wish, at=timezone.now())
    row = _print(made)
    response["Location"] = row["address"]
    return Status(202, row)


@router.get(
    "/stamp-prints/{code}",
    response=StampPrintOut,
    operation_id="stamp_print",
    summary=N_("Tiến độ tạo tệp in tem"),
)
def stamp_print(request: ApiRequest, code: str) -> Json:
    """How far a file is."""
    return _print(_found(request, code))


@router.get(
    "/stamp-prints/{code}/file",
    response={200: bytes},
    operation_id="stamp_print_file",
    summary=N_("Tệp in tem"),
)
def file(request: ApiRequest, code: str) -> FileResponse:
    """The file, once its state is ready, as a stream."""
    made = _found(request, code)
    if not made.is_there:
        raise Http404
    media = jobs.MEDIA_TYPES[made.name.rpartition(".")[2]]
    return sent(made.file, made.name, media)


@router.post(
    "/stamp-prints/{code}/password",
    response=StampPasswordOut,
    operation_id="stamp_print_password",
    summary=N_("Mật khẩu của tệp mã ẩn"),
)
def password(request: ApiRequest, code: str) -> Json:
    """The password of a file of hidden codes; who asks stays known."""
    made = _found(request, code, WRITE_TRACEABILITY)
    told = printing.tell_password(actor=request.actor, made=made, at=timezone.now())
    return {"password": told}


@router.get(
    "/stamp-allowances",
    response=Page[StampAllowanceOut],
    operation_id="stamp_allowances",
    summary=N_("Hạn mức tem"),
    openapi_extra=described(AllowanceFilter),
)
def allowance_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The allowances that were set or used, as far as the caller may see them."""
    need_scope(request.actor, READ_TRACEABILITY)
    seen = stamp_queries.allowances_visible_to(request.actor)
    return page(request, response, filtered(request, AllowanceFilter, seen), _allowance)


@router.post(
    "/producers/{code}/stamp-allowance",
    response=StampAllowanceOut,
    operation_id="set_stamp_allowance",
    summary=N_("Đặt hạn mức tem của chủ thể"),
)
def set_allowance(request: ApiRequest, code: str, told: StampAllowanceIn) -> Json:
    """Set how many stamps a producer may order in a year."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    producer = get_object_or_404(producers.visible_to(request.actor), code=code)
    row = allowances.set_allowance(
        actor=request.actor, producer=producer, at=timezone.now(), **told.model_dump()
    )
    return _allowance(row)


@router.get(
    "/stamp-keys",
    response=list[StampKeyOut],
    operation_id="stamp_keys",
    summary=N_("Khóa tem"),
)
def key_list(request: ApiRequest) -> list[Json]:
    """The keys of stamps, the one in use first."""
    need_scope(request.actor, READ_TRACEABILITY)
    require(request.actor, rules.may_see_keys)
    return [_key(key) for key in stamp_queries.keys_with_orders()]


@router.post(
    "/stamp-keys",
    response={201: StampKeyOut},
    operation_id="rotate_stamp_key",
    summary=N_("Thay khóa tem"),
)
def rotate(request: ApiRequest, told: StampReasonIn) -> Status[Json]:
    """Take a new key into use; stamps made with the others stay valid."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    made = keys.rotate_stamp_key(actor=request.actor, reason=told.reason, at=timezone.now())
    return Status(201, _key(made))


def _allowance(row: StampAllowance) -> Json:
    return {
        "producer": row.producer.code,
        "year": row.year,
        "quantity": row.quantity,
        "used": row.used,
    }


def _key(key: StampKey) -> Json:
    named = ("version", "fingerprint", "in_use", "created_at", "retired_at")
    return {**{name: getattr(key, name) for name in named}, "issued": key.next_number}
