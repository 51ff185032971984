"""What the pages of traceability in the office share: tabs, template, links that open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase

from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.traceability import queries, rules
from ocop.web.menu import shown
from ocop.web.office.traceability.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    """A list below the tabs of traceability; `here` is the name of its page."""
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/traceability/list.html",
        context={"tabs": shown(TABS, request.actor, here), **more},
    )


def sees_producer(actor: Actor, producer: Producer) -> bool:
    """Whether the page of a producer opens for who is shown its goods: an inspector is not told of
    producers that are not before the public."""
    return producers.visible_to(actor).filter(pk=producer.pk).exists()


def sees_product(actor: Actor, product: Product) -> bool:
    """The same of a product."""
    return products.visible_to(actor).filter(pk=product.pk).exists()


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page of a product or a producer says of traceability: how many sales units and
    places there are, and whether more may be entered."""

    items: int
    sites: int
    may_keep: bool


def beside(actor: Actor, producer: Producer, product: Product | None, on: date) -> Beside | None:
    """For who oversees the goods of a producer; None for everybody else."""
    if not rules.may_open_lists(actor):
        return None
    items = queries.items_visible_to(actor).filter(product__producer=producer)
    return Beside(
        items=(items.filter(product=product) if product else items).count(),
        sites=queries.sites_visible_to(actor).filter(producer=producer).count(),
        may_keep=rules.may_keep_items(actor, producer, on),
    )
