"""The office in the producer's place: noted on the event and in what is frozen, and told to the
producer's people. Called inside actions, records no event of its own."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.dossiers import helping_notices, rules
from ocop.dossiers.models import ChangeRequest, Dossier
from ocop.producers import queries as producers


def stands_in(actor: Actor, dossier: Dossier, at: datetime) -> bool:
    """Whether this is the office helping, and not the producer."""
    return rules.stands_in(actor, dossier.product.producer, timezone.localdate(at))


def writing(actor: Actor, dossier: Dossier, at: datetime) -> dict[str, bool]:
    """What the event of writing in a dossier says of it; the producer is told once a day."""
    if not stands_in(actor, dossier, at):
        return {}
    helping_notices.written(dossier=dossier, at=at)
    return {"behalf": True}


def acting(actor: Actor, dossier: Dossier, what: str, reason: str, at: datetime) -> dict[str, bool]:
    """The same of an act that others see: the producer is told of each, with the reason."""
    if not stands_in(actor, dossier, at):
        return {}
    helping_notices.acted(dossier=dossier, what=what, reason=reason, at=at)
    return {"behalf": True}


def asked_for_them(change: ChangeRequest) -> bool:
    """Whether the office asked for a change in the producer's place."""
    on = timezone.localdate(change.asked_at)
    own = producers.people_of(change.dossier.product.producer, on)
    return change.asked_by is not None and not own.filter(pk=change.asked_by).exists()
