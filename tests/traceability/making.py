"""A producer with lots and places, and steps of its diary, for tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry, Used
from ocop.traceability.models import Lot, Material, Site, TraceEvent, TradeItem
from ocop.traceability.services import noting
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer, a place of it, a sales unit and a lot."""

    producer: Producer
    product: Product
    site: Site
    item: TradeItem
    lot: Lot


def maker(now: datetime, *, gtin: str = "", **more: Any) -> Maker:
    """A producer with what a diary speaks of; each call makes another one."""
    product = ProductFactory(**more)
    site = make_site(product, now)
    item = make_item(product, now, gtin=gtin)
    return Maker(product.producer, product, site, item, make_lot(item, now))


def entry(made: Maker, step: Step, now: datetime, **more: Any) -> Entry:
    """A step an hour ago that lacks nothing."""
    usual: dict[str, Any] = {"quantity": Decimal(10), "measure": "KGM", "sure": True}
    if step in (Step.HARVEST, Step.PROCESS, Step.PACK, Step.SHIP, Step.DESTROY):
        usual["lot"] = made.lot
    if step is Step.RECEIVE:
        usual |= {"name": "Chè tươi", "partner": "Hộ bà Thử"}
    if step is Step.PROCESS:
        usual["used"] = [Used(material=material(made, now), quantity=Decimal(50), measure="KGM")]
    if step is Step.SHIP:
        usual |= {"partner": "Cửa hàng Thử"}
    if step is Step.DESTROY:
        usual |= {"note": "Hết hạn"}
    return Entry(**{"step": step, "done_at": now - timedelta(hours=1), "site": made.site} | usual
                 | more)  # fmt: skip


def material(made: Maker, now: datetime, **more: Any) -> Material:
    """Raw material that came to a producer, with its event."""
    done_at = now - timedelta(hours=2, seconds=Material.objects.count())
    note(made, Step.RECEIVE, now, done_at=done_at, **more)
    return Material.objects.latest("pk")


def note(made: Maker, step: Step, now: datetime, **more: Any) -> TraceEvent:
    """The event of a step, noted by the system."""
    return noting.note_step(
        actor=SYSTEM, producer=made.producer, entry=entry(made, step, now, **more), at=now
    )


def lot_of(made: Maker, number: str, now: datetime) -> Lot:
    """Another lot of the same sales unit."""
    return make_lot(made.item, now, number=number)


def made_of(made: Maker, lot: Lot, *used: Lot | Material, now: datetime) -> TraceEvent:
    """The event that says what a lot was made of."""
    inputs = [
        Used(lot=each, quantity=Decimal(5), measure="KGM")
        if isinstance(each, Lot)
        else Used(material=each, quantity=Decimal(5), measure="KGM")
        for each in used
    ]
    done_at = now - timedelta(minutes=59) + timedelta(milliseconds=TraceEvent.objects.count())
    return note(made, Step.PROCESS, now, lot=lot, used=inputs, done_at=done_at)
