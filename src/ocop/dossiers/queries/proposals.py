"""To whom the advisory team reports, and what they may read of it before an agenda has it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.councils import rules as council_rules
from ocop.councils.models import Seat
from ocop.dossiers.models import ChangeRequest, ChangeState, Dossier, Proposal, State
from ocop.producers import queries as producers

#: The team's word is out and the chair has not put the dossier before the council.
WAITING = (State.EXAMINING, State.READY)


#: What a change has to touch for the team's word to be about another dossier.
JUDGED = ("marks", "gates", "claims")


def changed_since() -> Exists:
    """Of a proposal: what is judged in its dossier was changed after it was written."""
    changes = ChangeRequest.objects.filter(
        dossier=OuterRef("dossier"),
        state=ChangeState.ACCEPTED,
        answered_at__gt=OuterRef("written_at"),
        proposed__has_any_keys=list(JUDGED),
    )
    return Exists(changes)


def is_outdated(dossier: Dossier) -> bool:
    """Whether the team has to confirm its proposal, or make it anew."""
    return Proposal.objects.filter(changed_since(), dossier=dossier).exists()


def leaders(on: date) -> QuerySet[Seat]:
    """The seats of who leads a council that is at work on a day: to them the team reports."""
    at_work = Q(council__dissolved_on=None) | Q(council__dissolved_on__gt=on)
    return Seat.objects.filter(
        at_work, *council_rules.seated(on), position__in=council_rules.LEADING
    )


def to_leader(actor: Actor, on: date | None = None) -> Q:
    """The condition of dossiers that an actor may read because the team reported on them to the
    council the actor leads; none of a producer the actor acts for."""
    on = on or timezone.localdate()
    own = producers.own(actor, on=on).values("pk")
    return (
        Q(proposal__isnull=False, state__in=WAITING)
        & Q(Exists(leaders(on).filter(user=actor.user_id)))
        & ~Q(product__producer__in=own)
    )
