"""Stamps for tests: given out, activated and marked as the tables have it."""

from datetime import datetime
from typing import Any

from django.db.models import F

from ocop.core.codes import public_code
from ocop.traceability import serials, stamp_keys
from ocop.traceability.models import (
    Lot,
    OrderState,
    StampException,
    StampKey,
    StampOrder,
    StampRange,
    TradeItem,
)


def make_order(item: TradeItem, at: datetime, quantity: int = 100, **more: Any) -> StampOrder:
    """An approved order with its numbers, all in one range."""
    key = stamp_keys.current(at=at)
    first = key.next_number
    StampKey.objects.filter(pk=key.pk).update(next_number=F("next_number") + quantity)
    told = {"year": at.year, "requested_at": at, "answered_at": at} | more
    order = StampOrder.objects.create(
        code=public_code(),
        item=item,
        quantity=quantity,
        state=OrderState.APPROVED,
        key=key,
        first=first,
        **told,
    )
    StampRange.objects.create(order=order, key=key, first=first, count=quantity)
    return order


def activate(order: StampOrder, lot: Lot, at: datetime) -> None:
    """All stamps of an order, for one lot."""
    order.ranges.update(state="active", lot=lot, activated_at=at)


def except_one(order: StampOrder, place: int, kind: str, at: datetime) -> StampException:
    """Something is said against one stamp of an order."""
    return StampException.objects.create(
        key=order.key,
        order=order,
        first=order.first + place,
        count=1,
        kind=kind,
        reason="Thử",
        at=at,
    )


def serial(order: StampOrder, place: int = 0) -> str:
    """The serial of one stamp of an order."""
    key = stamp_keys.serial_key(order.key.version)
    return serials.written(key, order.first + place)
