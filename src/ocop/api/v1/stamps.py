"""Orders of stamps: asked for, answered, and what becomes of their numbers."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.stamp_shapes import (
    ActivatedIn,
    DeliveredIn,
    EndedIn,
    ExceptedIn,
    PlacesIn,
    PrintedIn,
    StampOrderIn,
    StampOrderOut,
    StampOut,
    StampReasonIn,
    WholeStampOrderOut,
)
from ocop.core.language import noop as N_
from ocop.filters.stamps import StampOrderFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.recognition.models import LogEntry
from ocop.traceability import lifecycle, log_places, queries, stamp_keys, stamp_lists, stamp_queries
from ocop.traceability.intervals import Span
from ocop.traceability.models import StampException, StampOrder
from ocop.traceability.scans import queries as scans
from ocop.traceability.services import exceptions, orders, ranges

router = Router(tags=["stamps"])
_SIGNALS = 50
Json = dict[str, Any]


def order_of(request: ApiRequest, code: str, scope: str = READ_TRACEABILITY) -> StampOrder:
    """An order the caller may see."""
    need_scope(request.actor, scope)
    return get_object_or_404(queries.orders_visible_to(request.actor), code=code)


def spans_of(order: StampOrder, text: str, field: str = "places") -> list[Span]:
    """The numbers that a text names. Refused: an order without numbers, words that name none."""
    if order.state != lifecycle.APPROVED:
        return []
    whole, version = stamp_queries.span_of(order), stamp_queries.key_of(order).version
    return stamp_lists.read(text, whole, version, stamp_keys.reader(), field=field)


def _row(order: StampOrder) -> Json:
    named = ("code", "quantity", "year", "wet", "hidden", "note", "state", "answer")
    return {
        **{name: getattr(order, name) for name in (*named, "requested_at", "answered_at")},
        "item": order.item.code,
        "product": order.item.product.code,
        "producer": order.item.product.producer.code,
        "address": stamp_queries.address_of(order.item),
    }


def _whole(order: StampOrder) -> Json:
    told: Json = {**_row(order), "key_version": None, "counts": None, "ranges": [], "log": []}
    if order.state != lifecycle.APPROVED:
        return {**told, "exceptions": []}
    first = stamp_queries.span_of(order).first
    counts = stamp_queries.tally_of(order)
    gone = ("voided", "lost", "recalled", "suspicious")
    return {
        **told,
        "key_version": stamp_queries.key_of(order).version,
        "counts": {**counts.states, **{name: getattr(counts, name) for name in gone}},
        "ranges": [
            {
                "first": row.first - first + 1,
                "count": row.count,
                "state": row.state,
                "lot": row.lot.code if row.lot else None,
                "activated_at": row.activated_at,
            }
            for row in order.ranges.select_related("lot").order_by("first")
        ],
        "exceptions": [
            _said(row, first) for row in order.exceptions.filter(lifted_at=None).order_by("pk")
        ],
        "log": [_logged(each) for each in log_places.entries_of(order)],
    }


def _logged(entry: LogEntry) -> Json:
    base = settings.BASE_URL.rstrip("/")
    return {
        "index": entry.index,
        "type": entry.form,
        "entry": base + reverse("register_entry", args=[entry.index]),
        "proof": base + reverse("register_proof", args=[entry.index]),
    }


def _said(row: StampException, first: int) -> Json:
    named = {name: getattr(row, name) for name in ("count", "kind", "reason", "at")}
    return {"key": row.pk, "first": row.first - first + 1, **named}


def _step(path: str, name: str, words: str) -> Callable[[Callable[..., Json]], Callable[..., Json]]:
    """An act on an order: it answers with the order as it is then."""
    address = f"/stamp-orders/{{code}}/{path}"
    return router.post(address, response=WholeStampOrderOut, operation_id=name, summary=words)


def _acted(
    request: ApiRequest,
    code: str,
    service: Callable[..., object],
    told: Any = None,
    read: Callable[[StampOrder], Json] = lambda _order: {},
    **more: Any,
) -> Json:
    """Do it to the order, or to those of its stamps that were told; `read` is what else is to be
    read of the order first."""
    found = order_of(request, code, WRITE_TRACEABILITY)
    more |= read(found)
    if isinstance(told, PlacesIn):
        more["spans"] = spans_of(found, told.places)
    service(actor=request.actor, order=found, at=timezone.now(), **more)
    found.refresh_from_db()
    return _whole(found)


@router.get(
    "/stamp-orders",
    response=Page[StampOrderOut],
    operation_id="stamp_orders",
    summary=N_("Đơn đặt tem"),
    openapi_extra=described(StampOrderFilter),
)
def stamp_orders(request: ApiRequest, response: HttpResponse) -> Json:
    """The orders that the caller may see, newest first."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = filtered(request, StampOrderFilter, queries.orders_visible_to(request.actor))
    return page(request, response, rows, _row, newest_first=True)


@router.post(
    "/stamp-orders",
    response={201: WholeStampOrderOut},
    operation_id="order_stamps",
    summary=N_("Đặt tem cho một quy cách"),
)
def order_stamps(request: ApiRequest, told: StampOrderIn) -> Status[Json]:
    """Order stamps out of the producer's allowance of the year. A star is not asked for."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    given = told.model_dump()
    item = get_object_or_404(queries.items_visible_to(request.actor), code=given.pop("item"))
    made = orders.order_stamps(
        actor=request.actor, item=item, wanted=orders.Wanted(**given), at=timezone.now()
    )
    return Status(201, _whole(made))


@router.get(
    "/stamp-orders/{code}",
    response=WholeStampOrderOut,
    operation_id="stamp_order",
    summary=N_("Một đơn đặt tem và tem của đơn"),
)
def stamp_order(request: ApiRequest, code: str) -> Json:
    """An order with where its stamps are and what is said of some."""
    return _whole(order_of(request, code))


@_step("approval", "approve_stamp_order", N_("Duyệt đơn đặt tem"))
def approve(request: ApiRequest, code: str) -> Json:
    """Approve an order: it gets the next numbers of the key in use."""
    return _acted(request, code, orders.approve_order)


@_step("refusal", "refuse_stamp_order", N_("Không duyệt đơn đặt tem"))
def refuse(request: ApiRequest, code: str, told: StampReasonIn) -> Json:
    """Refuse an order with the reason; the stamps return to the allowance."""
    return _acted(request, code, orders.refuse_order, reason=told.reason)


@_step("withdrawal", "withdraw_stamp_order", N_("Rút đơn đặt tem"))
def withdraw(request: ApiRequest, code: str, told: StampReasonIn) -> Json:
    """Take an order back before it is answered."""
    return _acted(request, code, orders.withdraw_order, reason=told.reason)


@_step("printing", "confirm_stamp_printing", N_("Xác nhận in tem và đối chiếu"))
def printing(request: ApiRequest, code: str, told: PrintedIn) -> Json:
    """Note that stamps are printed. Good, spoiled and missing ones must be all of them."""

    def counted(order: StampOrder) -> Json:
        spoiled = spans_of(order, told.spoiled, "spoiled")
        missing = spans_of(order, told.missing, "missing")
        return {"counted": ranges.Counted(told.good, spoiled, missing)}

    return _acted(request, code, ranges.confirm_printing, told, counted)


@_step("delivery", "deliver_stamps", N_("Ghi việc giao tem"))
def delivery(request: ApiRequest, code: str, told: DeliveredIn) -> Json:
    """Note that printed stamps were handed to the producer."""
    return _acted(request, code, ranges.deliver_stamps, told, document=told.document)


@_step("activation", "activate_stamps", N_("Kích hoạt tem cho lô hàng"))
def activation(request: ApiRequest, code: str, told: ActivatedIn) -> Json:
    """Activate delivered stamps for a lot. Refused while any of the ten data or eight items that
    the law asks for is missing."""

    def lot(_order: StampOrder) -> Json:
        rows = queries.lots_visible_to(request.actor)
        return {"lot": get_object_or_404(rows, code=told.lot)}

    return _acted(request, code, ranges.activate_stamps, told, lot)


@_step("activation-undone", "undo_stamp_activation", N_("Hủy kích hoạt nhầm"))
def undo(request: ApiRequest, code: str, told: EndedIn) -> Json:
    """Take back an activation that was a mistake."""
    return _acted(request, code, ranges.undo_activation, told, reason=told.reason)


@_step("closing", "close_stamps", N_("Đóng dải tem"))
def closing(request: ApiRequest, code: str, told: EndedIn) -> Json:
    """Close active stamps whose goods are all sold."""
    return _acted(request, code, ranges.close_stamps, told, reason=told.reason)


@_step("exceptions", "except_stamps", N_("Báo tem hủy, mất, thu hồi hoặc nghi ngờ"))
def except_(request: ApiRequest, code: str, told: ExceptedIn) -> Json:
    """Say what happened to some stamps; their pages tell it at once."""
    service = exceptions.except_stamps
    return _acted(request, code, service, told, kind=told.kind, reason=told.reason)


@_step("exceptions/{key}/lifting", "lift_stamp_exception", N_("Gỡ điều đã ghi về tem"))
def lift(request: ApiRequest, code: str, key: int, told: StampReasonIn) -> Json:
    """Say that what was said of some stamps does not hold."""
    found = order_of(request, code, WRITE_TRACEABILITY)
    row = get_object_or_404(found.exceptions.filter(lifted_at=None), pk=key)
    exceptions.lift_exception(
        actor=request.actor, exception=row, reason=told.reason, at=timezone.now()
    )
    return _whole(found)


@router.get(
    "/stamps/{serial}",
    response=StampOut,
    operation_id="stamp",
    summary=N_("Một con tem"),
)
def stamp(request: ApiRequest, serial: str) -> Json:
    """What a stamp is, for who oversees or owns it; not counted as a scan."""
    need_scope(request.actor, READ_TRACEABILITY)
    told = stamp_lists.serial_in(serial).upper()
    read = stamp_keys.reader().read(told)
    found = stamp_queries.order_of(read.version, read.number) if read else None
    nothing = dict.fromkeys(_KNOWN_OF_ISSUED)
    if read is None or found is None:
        return {"serial": told, "issued": False, "exceptions": [], "signals": [], **nothing}
    order = order_of(request, found.code)
    standing = stamp_queries.standing_in_order(order, read.number)
    fact = standing.range
    lot = order.item.lots.filter(pk=fact.lot).first() if fact and fact.lot else None
    seen = scans.stamp_seen(read.version, read.number)
    signals = scans.signals_of_stamp(request.actor, read.version, read.number)
    return {
        "serial": told,
        "issued": True,
        "order": order.code,
        "place": read.number - stamp_queries.span_of(order).first + 1,
        "state": fact.state if fact else None,
        "exceptions": sorted(standing.exceptions),
        "lot": lot.code if lot else None,
        "lot_expires_on": lot.expires_on if lot else None,
        "lot_recalled_at": lot.recalled_at if lot else None,
        "lot_recall_reason": lot.recall_reason if lot else None,
        "scans": seen.scans if seen else 0,
        "first_scanned_at": seen.first_at if seen else None,
        "last_scanned_at": seen.last_at if seen else None,
        "signals": list(signals.values_list("code", flat=True)[:_SIGNALS]),
    }


_KNOWN_OF_ISSUED = (
    "order", "place", "state", "lot", "lot_expires_on", "lot_recalled_at", "lot_recall_reason",
    "scans", "first_scanned_at", "last_scanned_at",
)  # fmt: skip
