"""What an inspector takes along to tell the stamps of a producer without a network.

A phone must not hold the key of stamps: whoever finds it could make some. It takes eight bytes of
the SHA-256 of every serial instead. That tells a serial that stands on a pack, its lot and its
state; nobody finds a serial from its digest, for there are 2^100 of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.transparency.notes import encode
from ocop.producers.models import Producer
from ocop.recognition.certified import Certified, certified
from ocop.traceability import lifecycle, reference_rows, rules, serials, stamp_keys
from ocop.traceability.models import Lot, StampOrder, TradeItem
from ocop.traceability.reference import OrderFact

#: Stamps of one producer that go along: 1.6 MB in the phone.
MOST = 200_000
#: Those that nobody can meet on goods go last.
_UNMET = (lifecycle.PRINTED, lifecycle.ORDERED)
DIGEST = 8  # bytes


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers of an order in a row of which the same is told."""

    first: int
    end: int
    word: str
    lot: int | None


def parts_of(order: OrderFact) -> Iterator[Part]:
    """An order divided wherever something else is told: by its ranges and by what is said against
    some of their stamps."""
    said = {edge for first, end, _kind in order.exceptions for edge in (first, end)}
    for part in order.ranges:
        edges = sorted({part.first, part.end, *(e for e in said if part.first < e < part.end)})
        for first, end in pairwise(edges):
            yield Part(first, end, order.said_of(first) or part.state, part.lot)


def pack_of(actor: Actor, producer: Producer, *, at: datetime, on: date) -> dict[str, Any]:
    """All that is told of a producer's stamps, as JSON takes it. Refused: see `rules`."""
    require(actor, rules.may_see_all_stamps)
    items = TradeItem.objects.filter(product__producer=producer).select_related("product")
    named = {item.pk: item for item in items}
    stars = {product.pk: certified(product, on) for product in {i.product for i in named.values()}}
    lots = Lot.objects.filter(item__in=named).in_bulk()
    orders = StampOrder.objects.filter(item__in=named).order_by("-pk").values_list("pk", flat=True)
    held = {order.key: order for order in reference_rows.orders(list(orders))}
    rows: list[dict[str, Any]] = []
    digests: list[bytes] = []
    parts = [(held[key], part) for key in orders if key in held for part in parts_of(held[key])]
    keys = {v: stamp_keys.serial_key(v) for v in {order.version for order, _part in parts}}
    left, whole = MOST, sum(part.end - part.first for _order, part in parts)
    for order, part in sorted(parts, key=_met):
        count = min(part.end - part.first, left)
        if count == 0:
            break
        left -= count
        rows.append(_row(named[order.item], lots.get(part.lot or 0), part, count))
        block = serials.serials(keys[order.version], part.first, count)
        digests += [sha256(serial.tobytes()).digest()[:DIGEST] for serial in block]
    return {
        "version": 1,
        "made": at.isoformat(),
        "producer": {"code": producer.code, "name": producer.name},
        "products": {
            each.product.code: _star(each.product.name, stars[each.product_id])
            for each in named.values()
        },
        "rows": rows,
        "digests": encode(b"".join(digests)),
        "partial": whole > MOST,
    }


def _met(told: tuple[OrderFact, Part]) -> int:
    """How likely stamps are on goods: as they come, newest orders first, but for those that are
    still with the office."""
    _order, part = told
    return 1 + _UNMET.index(part.word) if part.word in _UNMET else 0


def _row(item: TradeItem, lot: Lot | None, part: Part, count: int) -> dict[str, Any]:
    recalled = lot is not None and lot.recalled_at is not None
    return {
        "product": item.product.code,
        "item": item.name,
        "gtin": item.gtin,
        "unit": item.code,
        "count": count,
        "state": "recalled" if recalled and part.word == "active" else part.word,
        "lot": lot.number if lot else "",
        "expires": lot.expires_on.isoformat() if lot and lot.expires_on else "",
    }


def _star(name: str, told: Certified | None) -> dict[str, Any]:
    """A star as the phone turns it on its own: it ends after `until` without a network, too."""
    if told is None:
        return {"name": name, "stars": 0, "holds": False, "until": "", "state": ""}
    return {
        "name": name,
        "stars": told.recognition.stars,
        "holds": told.holds,
        "until": told.last_day.isoformat() if told.last_day else "",
        "state": told.state.value,
    }
