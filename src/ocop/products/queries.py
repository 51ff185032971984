"""Reads of products."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products import rules
from ocop.products.models import Product, ProductImage, ProductState
from ocop.products.search import by_relevance
from ocop.products.search import matching as search
from ocop.products.suggesting import suggestions

__all__ = [
    "ProductFacts",
    "by_relevance",
    "facts_for",
    "for_lists",
    "images_of",
    "of_producer",
    "search",
    "suggestions",
    "visible_to",
]

#: What only the producer's own people, the office and auditors see.
RESTRICTED = ("revenue",)


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What an actor may read of a product; `revenue` (đồng a year) is None where it may not."""

    product: Product
    revenue: int | None


def visible_to(actor: Actor) -> QuerySet[Product]:
    """Products an actor may see.

    The public: those put before it, ideas never. A producer's people: all of the own one, too.
    A commune officer: all of the own communes. The office and its auditors: all.
    """
    if people_rules.may_see_everything(actor):
        return Product.objects.all()
    seen = Q(listed=True) & ~Q(state=ProductState.IDEA) | producers.in_area(actor)
    if actor.user_id is not None:
        seen |= Q(producer__in=producers.own(actor).values("pk"))
    return Product.objects.filter(seen)


def for_lists(rows: QuerySet[Product]) -> QuerySet[Product]:
    """Rows with producer and place at hand, without restricted facts of either."""
    hidden = (*RESTRICTED, *(f"producer__{name}" for name in producers.RESTRICTED))
    return rows.select_related("producer", "commune", "unit", "unit__parent").defer(*hidden)


def of_producer(actor: Actor, producer: Producer) -> QuerySet[Product]:
    """The products of a producer that the actor may see."""
    return visible_to(actor).filter(producer=producer)


def facts_for(actor: Actor, product: Product, *, on: date) -> ProductFacts:
    """A product as this actor may see it: without revenue for the public."""
    told = rules.may_see_revenue(actor, product, on)
    return ProductFacts(product, product.revenue if told else None)


def images_of(product: Product) -> QuerySet[ProductImage]:
    """The photographs of a product in the order of showing."""
    return product.images.select_related("attachment")
