"""Who may do what with products, and who may see what of them."""

from datetime import date
from typing import TYPE_CHECKING

from ocop.core.actor import Actor
from ocop.people import rules as people_rules
from ocop.producers import rules as producer_rules
from ocop.producers.models import Producer

if TYPE_CHECKING:
    from ocop.products.models import Product


def is_officer_of(actor: Actor, producer: Producer) -> bool:
    """The office, or the officer of the producer's commune."""
    return people_rules.is_office(actor) or producer_rules.covers(actor, producer.commune)


def may_create_product(actor: Actor, producer: Producer, on: date) -> bool:
    """Officers, and the producer's own people."""
    return producer_rules.may_change_producer(actor, producer, on)


def may_change_product(actor: Actor, product: "Product", on: date) -> bool:
    """Officers, and the people of its producer."""
    return may_create_product(actor, product.producer, on)


def may_list_product(actor: Actor, product: "Product") -> bool:
    """Whether the public sees a product is for officers to say."""
    return is_officer_of(actor, product.producer)


def may_see_revenue(actor: Actor, product: "Product", on: date) -> bool:
    """A product's revenue is for its producer's people, the office and auditors."""
    return producer_rules.may_see_restricted(actor, product.producer, on)
