"""Orders of stamps on their way, for tests."""

from datetime import date, datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.core.models import Attachment
from ocop.producers.models import Producer
from ocop.products.models import ProductImage
from ocop.traceability.intervals import Span
from ocop.traceability.models import (
    EventThing,
    EventType,
    Lot,
    PrintKind,
    StampOrder,
    ThingRole,
    TraceEvent,
    TradeItem,
)
from ocop.traceability.print_layouts import Layout
from ocop.traceability.services import orders, printing, ranges
from ocop.traceability.stamp_queries import span_of
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site


def sold(at: datetime, producer: Producer | None = None, **more: Any) -> TradeItem:
    """A sales unit whose product has a picture."""
    product = ProductFactory(producer=producer) if producer else ProductFactory()
    product.producer.address = "Thôn Một"
    product.producer.save()
    number = Attachment.objects.count()
    stored = Attachment.objects.create(
        sha256=f"{number:064d}", size=1, media_type="image/png", file="a.png", created_at=at
    )
    ProductImage.objects.create(product=product, attachment=stored)
    return make_item(product, at, **more)


def traced(item: TradeItem, at: datetime, **more: Any) -> Lot:
    """A lot of which all is known that the law asks for, one event among it."""
    lot = make_lot(item, at, **({"expires_on": date(2027, 7, 1)} | more))
    site = make_site(item.product, at)
    event = TraceEvent.objects.create(
        event_id=f"urn:uuid:{lot.code}",
        digest=f"{lot.pk:064d}",
        type=EventType.OBJECT,
        event_time=at,
        record_time=at,
        biz_step="harvesting",
        site=site,
        producer=item.product.producer,
        body={},
    )
    EventThing.objects.create(event=event, role=ThingRole.CLASS, value=lot.code, lot=lot)
    return lot


def requested(at: datetime, item: TradeItem | None = None, **more: Any) -> StampOrder:
    """An order that waits for its answer."""
    wanted = orders.Wanted(**({"quantity": 100} | more))
    return orders.order_stamps(actor=SYSTEM, item=item or sold(at), wanted=wanted, at=at)


def approved(at: datetime, item: TradeItem | None = None, **more: Any) -> StampOrder:
    """An order with its numbers."""
    return orders.approve_order(actor=SYSTEM, order=requested(at, item, **more), at=at)


def printed(at: datetime, item: TradeItem | None = None, **more: Any) -> StampOrder:
    """An order of which all stamps are printed, and good."""
    order = approved(at, item, **more)
    return ranges.confirm_printing(
        actor=SYSTEM,
        order=order,
        spans=[span_of(order)],
        counted=ranges.Counted(order.quantity),
        at=at,
    )


def delivered(at: datetime, item: TradeItem | None = None, **more: Any) -> StampOrder:
    """An order whose stamps the producer has."""
    order = printed(at, item, **more)
    return ranges.deliver_stamps(actor=SYSTEM, order=order, spans=[span_of(order)], at=at)


def active(at: datetime, item: TradeItem | None = None, **more: Any) -> StampOrder:
    """An order whose stamps are all activated for one lot."""
    order = delivered(at, item, **more)
    lot = traced(order.item, at)
    return ranges.activate_stamps(actor=SYSTEM, order=order, spans=[span_of(order)], lot=lot, at=at)


def places(order: StampOrder, first: int, last: int) -> list[Span]:
    """Stamps of an order by their places, counted from one."""
    return [Span(span_of(order).first + first - 1, last - first + 1)]


def wish(order: StampOrder, kind: str = PrintKind.CSV, **layout: Any) -> printing.Wish:
    """A file of all stamps of an order."""
    return printing.Wish(kind, span_of(order), Layout(**layout))
