"""Putting products before the public, and into the programme.

A product that comes with an import, a proposal or its own producer's form is not for the public
until somebody answers for it: an officer who enters it, or a publication in the register.
"""

from collections.abc import Iterable

from ocop.producers.models import Producer
from ocop.products.models import Product

_BATCH = 500  # keys in one statement


def show(product_ids: Iterable[int]) -> None:
    """Put these products and their producers before the public. Called inside an action."""
    keys = list(product_ids)
    for start in range(0, len(keys), _BATCH):
        shown = Product.objects.filter(pk__in=keys[start : start + _BATCH])
        shown.filter(listed=False).update(listed=True)
        makers = shown.values("producer_id")
        Producer.objects.filter(pk__in=makers, listed=False).update(listed=True)


def join(product_ids: Iterable[int]) -> list[int]:
    """Put these products into the programme, as a star does: the keys of those that were not.
    Called inside an action."""
    keys, joined = list(product_ids), []
    for start in range(0, len(keys), _BATCH):
        out = Product.objects.filter(pk__in=keys[start : start + _BATCH], in_ocop=False)
        joined += list(out.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(joined), _BATCH):
        Product.objects.filter(pk__in=joined[start : start + _BATCH]).update(in_ocop=True)
    return joined
