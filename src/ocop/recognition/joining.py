"""A star puts its product into the programme: a decision says more than an officer's mark."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.products import listing


def join_programme(
    actor: Actor, source: models.Model, product_ids: Iterable[int], at: datetime
) -> None:
    """Put the products that `source` (a decision, an import) gave a star into the programme, and
    keep on record which were not in it. Called inside an action."""
    joined = listing.join(product_ids)
    if joined:
        also = [("product", key) for key in joined]
        change = {"rows": len(joined)}
        record(actor, "recognition.products_joined", source, at=at, change=change, also=also)
