"""What the page of a product says of its standing at points."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.core.actor import Actor
from ocop.network import rules
from ocop.network.models import KeyGood
from ocop.network.queries import goods
from ocop.network.standing_goods import Verdict
from ocop.products.models import Product
from ocop.web.office.network.looks import verdict_tag


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whether a product may stand at points today, where it does, and by which documents."""

    look: dict[str, Any]
    shops: int
    named: list[KeyGood]
    may_name: bool


def shelf_of(actor: Actor, product: Product, on: date) -> Shelf | None:
    """None for who does not open the network."""
    if not rules.may_open_lists(actor):
        return None
    ((_row, told),) = goods.judged(Product.objects.filter(pk=product.pk), on)
    return Shelf(
        verdict_tag(told),
        goods.selling(product, on).count(),
        list(goods.listed_on(on).filter(product=product)),
        rules.may_decide(actor) and told is not Verdict.STOPPED,
    )
