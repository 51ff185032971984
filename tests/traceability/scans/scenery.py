"""Three sales units, their lots and stamps in every state, and a journal, for tests of scans.

Provinces are three: Hà Nội and Bắc Ninh touch, Cà Mau is far from both.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ocop.places.models import Level, Unit
from ocop.traceability.journal import NO_STAMP, Scan
from ocop.traceability.models import (
    ExceptionKind,
    Lot,
    StampException,
    StampKey,
    StampOrder,
    StampRange,
    TradeItem,
)
from ocop.traceability.scans import journals
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.traceability.factories import make_item, make_lot

#: 2026-11-23, 00:00 in Hà Nội.
MIDNIGHT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
START = int(MIDNIGHT.timestamp() * 1000)
MINUTE, HOUR = 60_000, 3_600_000
DAY = 24 * HOUR
ACTIVE_FROM = MIDNIGHT + timedelta(hours=9)
VERSION = 3
HERE, BESIDE, FAR = "01", "24", "96"
#: Where the one commune of each lies.
POINTS = {HERE: (21.03, 105.85), BESIDE: (21.12, 105.95), FAR: (9.18, 105.15)}
GTINS = ("08930000000017", "08930000000024")
#: Numbers of the stamps: active from nine o'clock, delivered, never given out, lost.
ACTIVE, DELIVERED, UNISSUED, LOST = range(10), range(100, 110), range(900, 905), range(110, 112)


@dataclass
class Scenery:
    """What there is."""

    items: list[TradeItem]
    lots: list[Lot]
    orders: list[StampOrder]

    @property
    def active(self) -> StampOrder:
        return self.orders[0]

    @property
    def delivered(self) -> StampOrder:
        return self.orders[1]


def build(at: datetime = MIDNIGHT, **producer: Any) -> Scenery:
    """All of it."""
    _places()
    maker = ProducerFactory(**producer)
    items = [make_item(ProductFactory(producer=maker), at, gtin=gtin) for gtin in (*GTINS, "")]
    lots = [
        make_lot(item, at, number=number)
        for item, number in zip(items, ("L-01", "L/2", "A"), strict=True)
    ]
    lots.append(make_lot(items[0], at, number="L-02"))
    key = StampKey.objects.create(version=VERSION, fingerprint="0" * 64, created_at=at)
    orders = [
        order(items[0], key, ACTIVE, "active", lots[0], at=at),
        order(items[2], key, range(100, 120), "delivered", None, at=at),
    ]
    StampException.objects.create(
        key=key, order=orders[1], first=LOST[0], count=len(LOST), kind=ExceptionKind.LOST,
        reason="rơi trên đường giao", at=at,
    )  # fmt: skip
    return Scenery(items, lots, orders)


def order(
    item: TradeItem, key: StampKey, numbers: range, state: str, lot: Lot | None, *, at: datetime
) -> StampOrder:
    """An approved order of stamps, all in one state."""
    made = StampOrder.objects.create(
        code=f"dh{numbers[0]:06d}", item=item, quantity=len(numbers), year=2026, state="approved",
        key=key, first=numbers[0], requested_at=at, answered_at=at,
    )  # fmt: skip
    StampRange.objects.create(
        order=made, key=key, first=numbers[0], count=len(numbers), state=state, lot=lot,
        activated_at=ACTIVE_FROM if lot else None,
    )  # fmt: skip
    return made


def _places() -> None:
    for code, (lat, lon) in POINTS.items():
        province = Unit.objects.filter(code=code, level=Level.PROVINCE, valid_to=None).first()
        province = province or UnitFactory(code=code, level=Level.PROVINCE, name=f"Tỉnh {code}")
        UnitFactory(parent=province, lat=lat, lon=lon, valid_from=date(2025, 7, 1))


def client(number: int) -> bytes:
    """A phone."""
    return number.to_bytes(8, "big")


def scan(at: int = START + 10 * HOUR, **told: Any) -> Scan:
    """A scan of a stamp, unless told otherwise; `phone` is who scans."""
    values = {
        "gtin": "", "lot": "", "version": VERSION, "number": ACTIVE[0], "place": HERE,
        "client": client(told.pop("phone", 1)),
    } | told  # fmt: skip
    return Scan(at=at, **values)


def look(at: int = START + 10 * HOUR, **told: Any) -> Scan:
    """A look at a product or a lot."""
    return scan(at, **({"version": NO_STAMP, "number": 0, "gtin": GTINS[0]} | told))


def write(*scans: Scan) -> None:
    """Into the journal of the installation."""
    store = journals.store()
    store.append(scans)
    store.close()
