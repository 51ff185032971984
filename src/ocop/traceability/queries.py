"""Reads of sales units, lots and stamps, filtered by who asks."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ocop.core.actor import ANONYMOUS, Actor
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import rules
from ocop.traceability.models import Lot, Site, StampOrder, TraceEvent, TradeItem
from ocop.traceability.passport import Facts, Stage


def items_visible_to(actor: Actor) -> QuerySet[TradeItem]:
    """Sales units that an actor keeps or oversees; what a code tells the public is the resolver's.

    A producer's people: the own ones. A commune officer: those of the own communes. The office,
    its inspectors and auditors: all.
    """
    return TradeItem.objects.filter(_within(actor, "product__producer")).select_related(
        "product__producer"
    )


def lots_visible_to(actor: Actor) -> QuerySet[Lot]:
    """Lots of the sales units above."""
    return Lot.objects.filter(_within(actor, "item__product__producer")).select_related(
        "item__product__producer", "site"
    )


def sites_visible_to(actor: Actor) -> QuerySet[Site]:
    """Places, by the same rule."""
    return Site.objects.filter(_within(actor, "producer")).select_related("producer", "commune")


def orders_visible_to(actor: Actor) -> QuerySet[StampOrder]:
    """Orders of stamps, by the same rule."""
    return StampOrder.objects.filter(_within(actor, "item__product__producer")).select_related(
        "item__product__producer", "key"
    )


def _within(actor: Actor, producer: str) -> Q:
    if rules.may_see_all_stamps(actor):
        return Q()
    seen: Q = producers.in_area(actor, f"{producer}__")
    if actor.user_id is not None:
        seen |= Q(**{f"{producer}__in": producers.own(actor).values("pk")})
    return seen


def trade_code(item: TradeItem) -> str:
    """The number of a sales unit: its GTIN, else its own code."""
    return item.gtin or item.code.upper()


def site_code(site: Site) -> str:
    """The location trace code of a place: its GLN, else its own code."""
    return site.gln or site.code.upper()


def trace_code(lot: Lot) -> str:
    """The trace code of a lot: the number of its sales unit and its own (TCVN 13274:2020)."""
    return f"{trade_code(lot.item)}/{lot.number}"


def stages_of(lot: Lot) -> list[Stage]:
    """What was recorded to be done with a lot, where and when, in the order it happened."""
    events = (
        TraceEvent.objects.filter(things__lot=lot, declared_wrong_at=None)
        .select_related("site")
        .distinct()
        .order_by("event_time", "pk")
    )
    return [
        Stage(
            step=event.biz_step,
            trace_code=trace_code(lot),
            site_code=site_code(event.site) if event.site else event.read_point,
            site=event.site.name if event.site else "",
            at=event.event_time,
        )
        for event in events
    ]


def _told_tax_code(producer: Producer) -> str:
    """What anybody may know: a code is told to whoever holds a pack."""
    return producers.facts_for(ANONYMOUS, producer, on=timezone.localdate()).tax_code


def facts_of(item: TradeItem, lot: Lot | None) -> Facts:
    """What is known of a sales unit and, with it, of a lot of it, for `passport`."""
    product, producer = item.product, item.product.producer
    about_lot: dict[str, Any] = {
        "lot": lot.number if lot else "",
        "stages": stages_of(lot) if lot else (),
        "produced_on": lot.produced_on if lot else None,
        "expires_on": lot.expires_on if lot else None,
        "trace_code": trace_code(lot) if lot else "",
    }
    return Facts(
        product=product.name,
        pack=item.name,
        trade_code=trade_code(item),
        has_gtin=bool(item.gtin),
        has_image=product.images.exists(),
        producer=producer.name,
        producer_code=_told_tax_code(producer) or producer.code.upper(),
        address=producer.address or (str(producer.commune) if producer.commune else ""),
        brand=item.brand,
        shelf_life=item.shelf_life,
        standards=item.standards,
        origin=item.origin,
        certificates=[item.certificates] if item.certificates else [],
        warnings=item.warnings,
        other=item.other,
        **about_lot,
    )
