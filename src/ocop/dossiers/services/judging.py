"""Steps of a council that also move dossiers: both happen, or neither does.

The council knows cases only; these join its acts with those of the dossiers behind them.
"""

from datetime import datetime

from django.db import transaction

from ocop.core.actor import Actor
from ocop.councils.models import Item, ItemState, Sitting
from ocop.councils.services import agenda, concluding, sittings
from ocop.dossiers.models import Dossier
from ocop.dossiers.services import proposing


def conclude(*, actor: Actor, item: Item, at: datetime) -> Item:
    """Conclude on a case; a dossier's then waits for the decision, or for the second pass."""
    with transaction.atomic():
        concluded = concluding.conclude(actor=actor, item=item, at=at)
        if _has_dossier(concluded):
            proposing.note_conclusion(actor=actor, item=concluded, at=at)
    return concluded


def take_off(*, actor: Actor, item: Item, reason: str, at: datetime) -> Item:
    """Take a case off its agenda; its dossier is ready for another sitting."""
    with transaction.atomic():
        gone = agenda.take_off(actor=actor, item=item, reason=reason, at=at)
        if _has_dossier(gone):
            proposing.note_taken_off(actor=actor, item=gone, reason=reason, at=at)
    return gone


def cancel_sitting(*, actor: Actor, sitting: Sitting, reason: str, at: datetime) -> Sitting:
    """Cancel a sitting; the dossiers of its agenda are ready for another."""
    with transaction.atomic():
        before = set(sitting.items.exclude(state=ItemState.TAKEN_OFF).values_list("pk", flat=True))
        cancelled = sittings.cancel_sitting(actor=actor, sitting=sitting, reason=reason, at=at)
        for item in cancelled.items.filter(pk__in=before).select_related("sitting__council"):
            if _has_dossier(item):
                proposing.note_taken_off(actor=actor, item=item, reason=reason, at=at)
    return cancelled


def _has_dossier(item: Item) -> bool:
    return Dossier.objects.filter(case=item.case_id).exists()
