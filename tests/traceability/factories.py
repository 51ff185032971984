"""Sales units, lots and places for tests."""

from datetime import date, datetime
from typing import Any

from ocop.core.codes import public_code
from ocop.products.models import Product
from ocop.traceability.models import Lot, Site, TradeItem


def make_site(product: Product, at: datetime, **more: Any) -> Site:
    """A place of the product's producer."""
    told = {"name": "Xưởng chính", "address": "Thôn Một"} | more
    return Site.objects.create(code=public_code(), producer=product.producer, created_at=at, **told)


def make_item(product: Product, at: datetime, **more: Any) -> TradeItem:
    """A sales unit with all that the law asks of it."""
    told = {
        "name": "Hộp 250 g",
        "gtin": "",
        "brand": "Nhãn thử",
        "shelf_life": "12 tháng",
        "standards": "TCCS 01:2026",
        "origin": "Hà Nội",
    } | more
    return TradeItem.objects.create(code=public_code(), product=product, created_at=at, **told)


def make_lot(item: TradeItem, at: datetime, **more: Any) -> Lot:
    """A lot of a sales unit."""
    told = {"number": "L-01", "produced_on": date(2026, 7, 1)} | more
    return Lot.objects.create(code=public_code(), item=item, created_at=at, **told)
