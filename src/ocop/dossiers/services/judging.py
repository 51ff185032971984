"""What a council does with a case, and what follows for the dossier behind it, as one act each.

The council knows cases only; these join its acts with the dossier's, both or neither.
"""

from datetime import datetime

from django.db import transaction

from ocop.core.actor import Actor
from ocop.councils.models import Item, Sitting
from ocop.councils.queries import sittings as queries
from ocop.councils.services import concluding, sittings
from ocop.dossiers.services import proposing


def conclude(*, actor: Actor, item: Item, at: datetime) -> Item:
    """Conclude on a case; its dossier waits for the decision, or for the second pass."""
    with transaction.atomic():
        concluded = concluding.conclude(actor=actor, item=item, at=at)
        proposing.note_conclusion(actor=actor, item=concluded, at=at)
    return concluded


def take_off(*, actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Take a case off the agenda; its dossier waits for another sitting."""
    with transaction.atomic():
        taken = sittings.take_off(actor=actor, item=item, reason=reason, at=at)
        proposing.note_taken_off(actor=actor, item=taken, reason=reason, at=at)
    return taken


def cancel_sitting(*, actor: Actor, sitting: Sitting, reason: str, at: datetime) -> Sitting:
    """Cancel a sitting; the dossiers on its agenda wait for another."""
    with transaction.atomic():
        left = list(queries.unfinished(sitting).select_related("sitting", "case"))
        cancelled = sittings.cancel_sitting(actor=actor, sitting=sitting, reason=reason, at=at)
        for item in left:
            item.sitting = cancelled
            proposing.note_taken_off(actor=actor, item=item, reason=reason, at=at)
    return cancelled
