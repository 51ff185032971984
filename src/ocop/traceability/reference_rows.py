"""What a resolver holds in memory, read from the tables: all of it, or what a change touched."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ocop.core import zone
from ocop.core.actor import ANONYMOUS
from ocop.core.numbers import write_date
from ocop.core.zone import ZONE
from ocop.products.models import Product, ProductState
from ocop.recognition.credential import issuing
from ocop.recognition.models import Recognition
from ocop.recognition.standing import standing
from ocop.traceability.models import (
    Lot,
    OrderState,
    StampException,
    StampOrder,
    StampRange,
    TradeItem,
)
from ocop.traceability.reference import (
    ItemFact,
    LotFact,
    OrderFact,
    RangeFact,
    Reference,
    StarFact,
)

Keys = Collection[int]


def everything() -> Reference:
    """All there is."""
    told = Reference()
    told.put_items(items(None))
    told.put_lots(lots(None))
    told.put_orders(orders(None))
    return told


def items(keys: Keys | None) -> list[ItemFact]:
    """Sales units: those with these keys, or all, with the stars of today."""
    ranked = Recognition.objects.filter(product=OuterRef("product"))
    rows = _those(TradeItem.objects.all(), keys).annotate(ranked=Exists(ranked))
    stars = _stars(rows)
    # Columns, not rows of the model: each process reads all of them before it answers anybody.
    told = rows.values_list(
        "pk", "code", "gtin", "name", "ranked", "product", "product__code", "product__name",
        "product__listed", "product__state",
    )  # fmt: skip
    return [
        ItemFact(
            key=key,
            code=code,
            gtin=gtin,
            name=f"{product_name}, {name}",
            product=product,
            product_code=product_code,
            public=listed and state != ProductState.IDEA,
            ranked=ranked,
            star=stars.get(product),
        )
        for (
            key, code, gtin, name, ranked, product, product_code, product_name, listed, state,
        ) in told.iterator()
    ]  # fmt: skip


def lots(keys: Keys | None) -> list[LotFact]:
    """Lots: those with these keys, or all."""
    rows = _those(Lot.objects.all(), keys).order_by("pk")
    told = rows.values_list("pk", "code", "number", "item", "recalled_at")
    return [
        LotFact(key, code, number, item, recalled is not None)
        for key, code, number, item, recalled in told.iterator()
    ]


def orders(keys: Keys | None) -> list[OrderFact]:
    """Approved orders with their ranges and what is said against stamps: those with these keys, or
    all."""
    rows = _those(StampOrder.objects.filter(state=OrderState.APPROVED), keys)
    ranges: dict[int, list[RangeFact]] = defaultdict(list)
    for row in _within(StampRange.objects.order_by("first"), keys).iterator():
        since = _day(row.activated_at)
        part = RangeFact(row.first, row.first + row.count, row.state, row.lot_id, since)
        ranges[row.order_id].append(part)
    said: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for exc in _within(StampException.objects.filter(lifted_at=None), keys).iterator():
        said[exc.order_id].append((exc.first, exc.first + exc.count, exc.kind))
    return [
        OrderFact(
            key=pk,
            version=version,
            first=first,
            end=first + count,
            item=item,
            hidden=hidden,
            ranges=tuple(ranges[pk]),
            exceptions=tuple(said[pk]),
        )
        for pk, version, first, count, item, hidden in rows.order_by("pk").values_list(
            "pk", "key__version", "first", "quantity", "item", "hidden"
        )
    ]


def _stars(items: QuerySet[Any]) -> dict[int, StarFact]:
    """What rules the products of sales units today, by their keys."""
    certified = issuing.credentialed(ANONYMOUS).filter(pk=OuterRef("standing_id"))
    rows = standing(Product.objects.filter(pk__in=items.values("product")), zone.today())
    told = rows.filter(standing_id__isnull=False).annotate(credential=Exists(certified))
    return {
        product: StarFact(key, stars, state, credential)
        for product, key, stars, state, credential in told.values_list(
            "pk", "standing_id", "stars", "star_state", "credential"
        )
    }


def _those(rows: QuerySet[Any], keys: Keys | None) -> QuerySet[Any]:
    return rows if keys is None else rows.filter(pk__in=keys)


def _within(rows: QuerySet[Any], keys: Keys | None) -> QuerySet[Any]:
    return rows if keys is None else rows.filter(order__in=keys)


def _day(at: datetime | None) -> str:
    return write_date(at.astimezone(ZONE).date()) if at else ""
