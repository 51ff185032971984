"""A lot of a product with stamps, and a phone that opens them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from ocop.traceability.models import Lot, StampOrder, TradeItem
from tests.factories import ProductFactory, RecognitionFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.stamping import activate, make_order, serial
from tests.web.stamps.phone import Phone

GTIN = "09520123456788"
TODAY = date(2026, 11, 23)


@dataclass
class Pack:
    """What is on a pack."""

    item: TradeItem
    lot: Lot
    order: StampOrder

    def serial(self, place: int = 0) -> str:
        return serial(self.order, place)

    @property
    def code(self) -> str:
        """The address of its first stamp as GS1 writes it."""
        return f"/01/{GTIN}/21/{self.serial()}"


@pytest.fixture
def pack(db: None, now: datetime) -> Pack:
    product = ProductFactory(name="Bánh gai <Đại Xuyên>", story="Bà nội gói bánh từ bé.")
    RecognitionFactory(product=product, stars=4, on=date(2025, 6, 19))
    item = make_item(product, now, gtin=GTIN, warnings="Có chứa lạc")
    lot = make_lot(
        item, now, number="L/1", expires_on=TODAY + timedelta(days=30), site=make_site(product, now)
    )
    order = make_order(item, now)
    activate(order, lot, now)
    return Pack(item, lot, order)


@pytest.fixture
def phone(pack: Pack) -> Phone:
    return Phone(day=TODAY)
