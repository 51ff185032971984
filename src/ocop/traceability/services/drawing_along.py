"""What is made of something that was recalled is recalled with it, also when that is told later."""

from collections.abc import Sequence
from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import SYSTEM, Actor
from ocop.core.events import record
from ocop.traceability import genealogy, recall_notices, rules
from ocop.traceability.epcis.sorting import Prepared
from ocop.traceability.models import EventThing, Lot, ThingRole
from ocop.traceability.portions import portions
from ocop.traceability.services import recall_events

_IN = (
    ThingRole.INPUT,
    ThingRole.INPUT_CLASS,
    ThingRole.CHILD,
    ThingRole.CHILD_CLASS,
    ThingRole.TRANSFORM,
)


def draw(things: Sequence[EventThing], *, at: datetime) -> list[Prepared]:
    """Recall lots that events with these things make of recalled ones; the events that tell of it,
    to be written by the act that writes the others."""
    used = {thing.value for thing in things if thing.role in _IN}
    if not used or not _any_recalled():
        return []
    named = {thing.lot_id for thing in things if thing.lot_id is not None}
    return _draw(named | genealogy.made_from((), used).lots, at)


def draw_in(lot: Lot, *, at: datetime) -> list[Prepared]:
    """The same of a lot that events turn out to speak of."""
    return _draw(genealogy.made_from([lot]).lots, at) if _any_recalled() else []


def _any_recalled() -> bool:
    return Lot.objects.filter(recalled_at__isnull=False).exists()


def _draw(lots: set[int], at: datetime) -> list[Prepared]:
    told: list[Prepared] = []
    roots: list[Lot] = []
    for some in portions(sorted(lots)):
        recalled = Lot.objects.filter(pk__in=some, recalled_at__isnull=False)
        roots += recalled.select_related("item", "recalled_with")
    for root in roots:
        if along := _to_turn(root):
            first = root.recalled_with or root
            draw_along(actor=SYSTEM, root=first, lots=along, at=at)
            told += recall_events.recalled(along, reason=first.recall_reason, at=at)
    return told


@action("traceability.draw_along")
def draw_along(*, actor: Actor, root: Lot, lots: Sequence[int], at: datetime) -> int:
    """Recall lots into which, as was told only now, a recalled one went; how many turned. An act of
    its own, for the public log tells of every recall."""
    require(actor, rules.may_draw_along)
    turned = _turn(root, lots, at)
    record(
        actor,
        "traceability.lots_drawn_along",
        at=at,
        change={"lots": len(turned), "with": root.code},
        also=[("lot", key) for key in turned],
    )
    if turned:
        recall_notices.recalled(actor=actor, root=root, turned=turned, at=at, itself=False)
    return len(turned)


def recall_all_made_of(root: Lot, *, at: datetime) -> list[int]:
    """Recall whatever was made of a recalled lot and is not recalled yet; their keys."""
    return _turn(root.recalled_with or root, _to_turn(root), at)


def _to_turn(root: Lot) -> list[int]:
    found: list[int] = []
    for some in portions(sorted(genealogy.made_of([root]).lots)):
        rows = Lot.objects.filter(pk__in=some, recalled_at=None)
        found += rows.order_by("pk").values_list("pk", flat=True)
    return found


def _turn(first: Lot, lots: Sequence[int], at: datetime) -> list[int]:
    turned: list[int] = []
    for some in portions(lots):
        rows = Lot.objects.filter(pk__in=some, recalled_at=None)
        keys = list(rows.values_list("pk", flat=True))
        rows.filter(pk__in=keys).update(
            recalled_at=at, recall_reason=first.recall_reason, recalled_with=first
        )
        turned += keys
    return turned
