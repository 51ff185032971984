"""Loading stamps of the demonstration: every farm product that lacks nothing carries some. Called
inside its action only.

A million stamps are a few thousand rows: an order for each sales unit, and ranges of its numbers,
active for its newest lots. A lot whose stamps are active has a step that was recorded, as the law
asks; where the diaries of the demonstration tell none, packing is told here.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import Q
from django.utils import timezone

from ocop.core.codes import public_code
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.traceability.packs import FARMED
from ocop.traceability import diary, lifecycle, naming, queries, stamp_keys
from ocop.traceability.diary import Amount, Note
from ocop.traceability.epcis import documents
from ocop.traceability.epcis.sorting import Prepared, prepare
from ocop.traceability.models import (
    EventThing,
    Lot,
    StampAllowance,
    StampKey,
    StampOrder,
    StampRange,
    TradeItem,
)
from ocop.traceability.services import capturing
from ocop.traceability.stamp_options import ALLOWANCE

_SEED = frame.SEED + 6
_ACTIVE_LOTS = 2  # the newest ones; stamps of older lots are closed
_WITHOUT_STAMPS = 60  # every so manieth still waits for its first ones
_LATER = 33  # of products every so manieth has its first ones only since lately
_OLD = timedelta(days=600)  # goods of a lot of this age are sold
#: The first lots with stamps: before the report that tells of more than 5,000 such products.
_FIRST_LOTS = (date(2023, 6, 1), date(2024, 3, 10))


class Stamps:
    """Draws orders and ranges for the sales units that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._random = Random(_SEED)
        self._next = 0

    def load(self) -> None:
        """Write orders, ranges, steps of the lots, and what was taken of the allowances."""
        lots = self._lots()
        items = TradeItem.objects.select_related("product").in_bulk(lots)
        for lot in self._loader.keep(self._first_lots(items, lots)):
            lots[lot.item_id].insert(0, lot)
        self._tell_packing([lot for some in lots.values() for lot in some])
        key = stamp_keys.current(at=_morning(_FIRST_LOTS[0]) - timedelta(days=90))
        self._next = stamp_keys.given(key.version)
        orders = self._loader.keep(self._orders(items, lots, key))
        self._loader.keep(self._ranges(orders, lots, key))
        self._loader.keep(self._allowances(orders))
        StampKey.objects.filter(pk=key.pk).update(next_number=self._next)
        stamp_keys.note_given(key.version, self._next)

    def _lots(self) -> dict[int, list[Lot]]:
        """The lots of each sales unit that carries stamps, the oldest first."""
        whole = TradeItem.objects.filter(product__set_number__in=FARMED)
        whole = whole.exclude(pk__in=queries.incomplete(TradeItem.objects.all()).values("pk"))
        rows = Lot.objects.filter(item__in=whole.values("pk")).exclude(produced_on=None)
        found: dict[int, list[Lot]] = {}
        told = rows.select_related("site", "item__product__producer")
        for lot in told.order_by("item", "produced_on", "pk"):
            found.setdefault(lot.item_id, []).append(lot)
        late = list(found)[_WITHOUT_STAMPS - 1 :: _WITHOUT_STAMPS]
        return {item: some for item, some in found.items() if item not in late}

    def _first_lots(self, items: dict[int, TradeItem], lots: dict[int, list[Lot]]) -> Iterator[Lot]:
        """A lot of years ago for most products: with it their stamps began."""
        first, last = _FIRST_LOTS
        of_products = {item.product_id: item for item in reversed(items.values())}
        for number, item in enumerate(of_products.values()):
            if number % _LATER == _LATER - 1:
                continue
            like = lots[item.pk][0]
            made = first + timedelta(days=self._random.randint(0, (last - first).days))
            kept = like.expires_on - (like.produced_on or made) if like.expires_on else None
            yield Lot(
                code=public_code(self._random),
                item=item,
                number=f"{made:%y%m%d}",
                site=like.site,
                produced_on=made,
                expires_on=made + kept if kept else None,
                quantity=like.quantity,
                measure=like.measure,
                created_at=_morning(made),
            )

    def _orders(
        self, items: dict[int, TradeItem], lots: dict[int, list[Lot]], key: StampKey
    ) -> Iterator[StampOrder]:
        for item in items.values():
            asked = self._at - timedelta(days=self._random.randint(60, 700))
            if self._is_old(lots[item.pk][0]):
                began = lots[item.pk][0].produced_on or self._at.date()
                asked = _morning(began) - timedelta(days=self._random.randint(20, 60))
            quantity = self._random.choice((500, 1_000, 1_500, 2_000))
            yield StampOrder(
                code=public_code(self._random),
                item=item,
                quantity=quantity,
                year=timezone.localtime(asked).year,
                wet=(item.product.set_number or 0) in (1, 2, 5),
                hidden=self._random.random() < 0.05,
                state=lifecycle.APPROVED,
                key=key,
                first=self._next,
                requested_at=asked,
                answered_at=asked + timedelta(days=2),
            )
            self._next += quantity

    def _ranges(
        self, orders: list[StampOrder], lots: dict[int, list[Lot]], key: StampKey
    ) -> Iterator[StampRange]:
        """Part of an order for each lot in turn, never more than its packs; the rest waits with
        the producer."""
        for order in orders:
            some = lots[order.item_id]
            each = order.quantity // (len(some) + 1)
            at = order.first or 0
            for turn, lot in enumerate(some):
                count = each if lot.quantity is None else min(each, int(lot.quantity))
                closed = turn < len(some) - _ACTIVE_LOTS or self._is_old(lot)
                yield StampRange(
                    order=order,
                    key=key,
                    first=at,
                    count=count,
                    state=lifecycle.CLOSED if closed else lifecycle.ACTIVE,
                    lot=lot,
                    activated_at=self._packed_at(lot) + timedelta(hours=1),
                )
                at += count
            yield StampRange(
                order=order,
                key=key,
                first=at,
                count=(order.first or 0) + order.quantity - at,
                state=lifecycle.DELIVERED,
            )

    def _allowances(self, orders: list[StampOrder]) -> Iterator[StampAllowance]:
        taken: dict[tuple[int, int], int] = {}
        for order in orders:
            of = (order.item.product.producer_id, order.year)
            taken[of] = taken.get(of, 0) + order.quantity
        usual = ALLOWANCE.get()
        for (producer, year), used in taken.items():
            most = -(-used // usual) * usual
            yield StampAllowance(producer_id=producer, year=year, quantity=most, used=used)

    def _tell_packing(self, lots: list[Lot]) -> None:
        known = set(
            EventThing.objects.filter(~Q(lot=None)).values_list("lot", flat=True).distinct()
        )
        silent = [lot for lot in lots if lot.pk not in known]
        if not silent:
            return
        events = [self._packing(lot) for lot in silent]
        self._loader.remember(capturing.write(events, at=self._at))

    def _packing(self, lot: Lot) -> Prepared:
        """As a diary tells it. Whose it is need not be looked up, as for events from elsewhere."""
        goods = naming.lot_uri(lot)
        body = diary.pack(
            Note(
                timezone.localtime(self._packed_at(lot)),
                naming.site_uri(lot.site) if lot.site else "",
            ),
            Amount(goods, lot.quantity),
            package=naming.package_uri(public_code(self._random)),
            packages=self._random.randint(2, 12),
        )
        (raw,) = documents.events_of(body)
        event = prepare(raw)
        event.lots, event.site = {goods: lot}, lot.site
        event.producer = lot.item.product.producer
        return event

    def _is_old(self, lot: Lot) -> bool:
        return lot.produced_on is not None and lot.produced_on < (self._at - _OLD).date()

    def _packed_at(self, lot: Lot) -> datetime:
        """In the afternoon of the day it was made, and never still to come."""
        day = lot.produced_on or timezone.localdate(self._at)
        made = timezone.make_aware(datetime(day.year, day.month, day.day, 15))  # noqa: DTZ001
        return min(made, self._at - timedelta(hours=2))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
