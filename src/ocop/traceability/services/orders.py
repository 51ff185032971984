"""Orders of stamps: asked for, answered, and given their numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.traceability import lifecycle, rules, stamp_keys, stamp_notices
from ocop.traceability.models import StampKey, StampOrder, StampRange, TradeItem
from ocop.traceability.serials import NUMBERS
from ocop.traceability.services import allowances
from ocop.traceability.stamp_options import MOST_OF_AN_ORDER

_TWICE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered: how many, for wet goods or not, with hidden codes or not."""

    quantity: int
    wet: bool = False
    hidden: bool = False
    note: str = ""


@action("traceability.order_stamps")
def order_stamps(*, actor: Actor, item: TradeItem, wanted: Wanted, at: datetime) -> StampOrder:
    """Order stamps for a sales unit, out of the producer's allowance of the year. No star is asked
    for.

    Refused: a sales unit that is not sold any more, none or too many, more than are left, the same
    order twice in two minutes.
    """
    producer = item.product.producer
    today = timezone.localdate(at)
    require(actor, rules.may_order_stamps, producer, today)
    if item.stopped_at is not None:
        raise Refused("item_stopped", _("Quy cách này đã ngừng bán, không đặt tem được."))
    if not 1 <= wanted.quantity <= MOST_OF_AN_ORDER:
        most = write_number(MOST_OF_AN_ORDER)
        message = _("Mỗi đơn từ 1 đến %s tem. Cần nhiều hơn thì đặt nhiều đơn.") % most
        raise Refused("order_quantity", message, fields={"quantity": [message]})
    order = StampOrder(
        code=public_code(),
        item=item,
        quantity=wanted.quantity,
        year=today.year,
        wet=wanted.wet,
        hidden=wanted.hidden,
        note=folding.clean(wanted.note),
        requested_at=at,
    )
    fits(order)
    allowances.take(producer, order.year, order.quantity)  # holds its row: one order at a time
    _refuse_same(order)
    order.save()
    record(
        actor,
        "traceability.stamps_ordered",
        order,
        item,
        producer,
        at=at,
        change={"quantity": order.quantity},
    )
    stamp_notices.ordered(order=order, at=at)
    return order


@action("traceability.approve_order")
def approve_order(*, actor: Actor, order: StampOrder, at: datetime) -> StampOrder:
    """Approve an order and give it its numbers: the next ones of the key in use.

    Refused: it was answered already, the file of secrets is missing or another, the key is used up.
    """
    require(actor, rules.may_manage_stamps)
    _expect(order, "approve")
    key = stamp_keys.current(at=at)
    stamp_keys.serial_key(key.version)  # the file is there and is the right one
    first = _numbers(key, order.quantity)
    _move(order, "approve", at, key=key, first=first)
    StampRange.objects.create(order=order, key=key, first=first, count=order.quantity)
    record(
        actor,
        "traceability.order_approved",
        order,
        order.item,
        order.item.product.producer,
        at=at,
        change={"quantity": order.quantity, "key": key.version},
    )
    stamp_notices.answered(order=order, at=at)
    return order


@action("traceability.refuse_order")
def refuse_order(*, actor: Actor, order: StampOrder, reason: str, at: datetime) -> StampOrder:
    """Refuse an order with the reason; the stamps return to the allowance."""
    require(actor, rules.may_manage_stamps)
    needs_reason(reason, most=500)
    _end(order, "refuse", reason.strip(), at)
    record(
        actor,
        "traceability.order_refused",
        order,
        order.item,
        order.item.product.producer,
        at=at,
        reason=reason.strip(),
        change={"quantity": order.quantity},
    )
    stamp_notices.answered(order=order, at=at)
    return order


@action("traceability.withdraw_order")
def withdraw_order(*, actor: Actor, order: StampOrder, reason: str, at: datetime) -> StampOrder:
    """Take an order back before it is answered; the stamps return to the allowance."""
    producer = order.item.product.producer
    require(actor, rules.may_order_stamps, producer, timezone.localdate(at))
    needs_reason(reason, most=500)
    _end(order, "withdraw", reason.strip(), at)
    record(
        actor,
        "traceability.order_withdrawn",
        order,
        order.item,
        order.item.product.producer,
        at=at,
        reason=reason.strip(),
        change={"quantity": order.quantity},
    )
    return order


def _refuse_same(order: StampOrder) -> None:
    """Refused: the same was ordered a moment ago and waits, as a form that was sent twice does."""
    waiting = StampOrder.objects.filter(
        item=order.item,
        state=lifecycle.REQUESTED,
        requested_at__gt=order.requested_at - _TWICE,
        requested_at__lt=order.requested_at,
    )
    same = {name: getattr(order, name) for name in ("quantity", "wet", "hidden", "note")}
    if waiting.filter(**same).exists():
        raise Refused(
            "order_twice",
            _("Đơn này vừa được gửi. Muốn đặt thêm, hãy chờ vài phút hoặc ghi rõ ở ghi chú."),
        )


def _end(order: StampOrder, move: str, reason: str, at: datetime) -> None:
    _expect(order, move)
    _move(order, move, at, answer=reason)
    allowances.give_back(order.item.product.producer, order.year, order.quantity)


def _expect(order: StampOrder, move: str) -> None:
    """Refused: the order is not where the move begins."""
    lifecycle.expect(lifecycle.ORDER, move, order.state)


def _move(order: StampOrder, move: str, at: datetime, **more: object) -> None:
    """Move an order; of two who answer it at once only one does."""
    target = lifecycle.ORDER.moves[move].target
    waiting = StampOrder.objects.filter(pk=order.pk, state__in=lifecycle.ORDER.moves[move].sources)
    moved = waiting.update(state=target, answered_at=at, **more)
    order.refresh_from_db()
    if not moved:
        _expect(order, move)


def _numbers(key: StampKey, count: int) -> int:
    """Take the next numbers of a key; the first of them. One statement takes them, so no two orders
    get the same; and what was noted as given out beside the secrets is never given again."""
    before = stamp_keys.given(key.version)
    room = NUMBERS - count
    free = StampKey.objects.filter(pk=key.pk, in_use=True, next_number__lte=room)
    if before > room or not free.update(
        next_number=Greatest(F("next_number"), Value(before)) + count
    ):
        raise Refused(
            "stamp_key_used_up", _("Khóa tem đang dùng đã cấp hết số. Hãy thay khóa rồi duyệt lại.")
        )
    key.refresh_from_db(fields=["next_number"])
    stamp_keys.note_given(key.version, key.next_number)
    return key.next_number - count
