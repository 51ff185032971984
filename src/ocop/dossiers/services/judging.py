"""Steps of a council that also move dossiers: both happen, or neither does.

The council knows cases only; these join its acts with those of the dossiers behind them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from ocop.core.actor import Actor
from ocop.councils.models import Item, ItemState, Sitting, SittingKind
from ocop.councils.services import agenda, concluding, sittings
from ocop.dossiers.models import Dossier
from ocop.dossiers.services import proposing
from ocop.dossiers.services.checks import judged_in_time


def conclude(*, actor: Actor, item: Item, at: datetime, no_gaps: bool = False) -> Item:
    """Conclude on a case; a dossier's then waits for the decision, or for the second pass."""
    with transaction.atomic():
        concluded = concluding.conclude(actor=actor, item=item, at=at, no_gaps=no_gaps)
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


def move_sitting(
    *,
    actor: Actor,
    sitting: Sitting,
    starts_at: datetime,
    place: str,
    reason: str,
    at: datetime,
    until: date | None = None,
) -> Sitting:
    """Move a sitting, not past the last day of a re-evaluation on its agenda."""
    with transaction.atomic():
        moved = sittings.move_sitting(
            actor=actor,
            sitting=sitting,
            starts_at=starts_at,
            place=place,
            reason=reason,
            until=until,
            at=at,
        )
        _in_time(moved, at, "until" if moved.kind == SittingKind.WRITTEN else "starts_at")
    return moved


def call_meeting(
    *,
    actor: Actor,
    sitting: Sitting,
    starts_at: datetime,
    place: str,
    items: Sequence[Item],
    at: datetime,
) -> Sitting:
    """Bring cases from written opinions before a meeting, in time for each re-evaluation."""
    with transaction.atomic():
        meeting = concluding.call_meeting(
            actor=actor, sitting=sitting, starts_at=starts_at, place=place, items=items, at=at
        )
        _in_time(meeting, at, "starts_at")
    return meeting


def _in_time(sitting: Sitting, at: datetime, field: str) -> None:
    standing = sitting.items.exclude(state=ItemState.TAKEN_OFF).values("case")
    judged_in_time(
        Dossier.objects.filter(case__in=standing), sitting, at=at, named=False, field=field
    )


def _has_dossier(item: Item) -> bool:
    return Dossier.objects.filter(case=item.case_id).exists()
