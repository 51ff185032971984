"""The likeness warning over the table: the pure comparison is `likeness`."""

from functools import lru_cache

from django.db.models import Count, Max, Min

from ocop.core.actor import Actor
from ocop.core.models import Event
from ocop.products import likeness
from ocop.products.likeness import Entry, Index, Like
from ocop.products.models import Product
from ocop.products.queries import visible_to

_SHOWN = 3
_LOOKED_AT = 30  # so that three remain when the actor may not see all
#: Events after which names stand otherwise although no product came or went.
_RENAMING = ("products.product_changed", "producers.producer_changed")


def alike(actor: Actor, asked: Entry, *, limit: int = _SHOWN) -> list[Like]:
    """The products most like the one asked about that the actor may see, with the reasons.

    `asked.key` is the product's own key, or None for one that is not stored yet; producer and
    commune are keys, too.
    """
    found = _index(_version()).alike(asked, limit=_LOOKED_AT)
    seen = set(
        visible_to(actor)
        .filter(pk__in=[like.entry.key for like in found])
        .values_list("pk", flat=True)
    )
    return [like for like in found if like.entry.key in seen][:limit]


def entry_of(product: Product) -> Entry:
    """A product as it is compared."""
    return Entry(product.pk, product.name, product.producer_id, product.commune_id)


def _version() -> tuple[object, ...]:
    facts = Product.objects.order_by().aggregate(
        last=Max("pk"), count=Count("pk"), first_text=Min("folded"), last_text=Max("folded")
    )
    renamed = Event.objects.order_by().filter(name__in=_RENAMING).aggregate(at=Max("at"))
    return (*facts.values(), renamed["at"])


@lru_cache(maxsize=1)
def _index(_version: tuple[object, ...]) -> Index:
    rows = Product.objects.order_by().values_list("pk", "name", "producer_id", "commune_id")
    return likeness.Index(Entry(*row) for row in rows.iterator())
