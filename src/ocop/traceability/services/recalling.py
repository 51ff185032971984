"""Writes of recalls: a lot and all that was made of it turn at once, whoever made it."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import recall_notices, rules
from ocop.traceability.models import Lot
from ocop.traceability.portions import portions
from ocop.traceability.recalls import is_held, kept_by_others, turning_back
from ocop.traceability.services import capturing, recall_events
from ocop.traceability.services.drawing_along import recall_all_made_of

_LONGEST = 500  # characters: the page of every stamp shows it


@action("traceability.recall_lot")
def recall_lot(*, actor: Actor, lot: Lot, reason: str, at: datetime) -> int:
    """Call a lot back with everything that was made of it; how many other lots turned with it.

    Lots of other producers turn as well: they say themselves that this lot went into theirs, and
    goods are not safer for belonging to somebody else. Refused: a lot that is recalled already.
    """
    require(actor, rules.may_recall, lot.item.product.producer, timezone.localdate(at))
    needs_reason(reason, most=_LONGEST)
    told = reason.strip()
    rows = Lot.objects.filter(pk=lot.pk, recalled_at=None)
    if not rows.update(recalled_at=at, recall_reason=told):
        raise Refused("lot_recalled", _("Lô này đã được thu hồi."))
    lot.recalled_at, lot.recall_reason = at, told
    turned = recall_all_made_of(lot, at=at)
    capturing.write(recall_events.recalled([lot.pk, *turned], reason=told, at=at), at=at)
    record(
        actor,
        "traceability.lot_recalled",
        lot,
        at=at,
        reason=told,
        change={"lots": 1 + len(turned)},
        also=[("lot", key) for key in turned],
    )
    recall_notices.recalled(actor=actor, root=lot, turned=turned, at=at)
    return len(turned)


@action("traceability.lift_recall")
def lift_recall(*, actor: Actor, lot: Lot, reason: str, at: datetime) -> int:
    """Say that a lot may be sold again; how many other lots turned back with it.

    What was recalled with it turns back unless something else that is recalled went into it. A lot
    that was drawn along by another is lifted with that; by itself only when nothing that still
    counts leads from the other to it, as when the event between them was declared wrong. Refused:
    a lot that is not recalled, or that something recalled went into.
    """
    require(actor, rules.may_lift_recall)
    needs_reason(reason, most=_LONGEST)
    if lot.recalled_at is None:
        raise Refused("lot_not_recalled", _("Lô này không bị thu hồi."))
    if is_held(lot):  # see `genealogy.is_cut_off`
        words = _(
            "Lô này bị thu hồi theo lô %s. Hãy gỡ thu hồi của lô đó, hoặc báo sai sự kiện nối hai "
            "lô nếu sự kiện đó sai."
        )
        raise Refused("lot_recalled_with", words % (lot.recalled_with or lot).number)
    drawn = turning_back(lot)
    kept = kept_by_others(lot.recalled_with or lot, drawn | {lot.pk})
    if lot.pk in kept:
        words = _("Lô này được làm từ lô %s đang bị thu hồi. Hãy gỡ thu hồi của lô đó trước.")
        raise Refused("lot_made_of_recalled", words % kept[lot.pk].number)
    free = sorted(drawn - kept.keys())
    for key, root in kept.items():
        Lot.objects.filter(pk=key).update(recalled_with=root, recall_reason=root.recall_reason)
    for some in portions([lot.pk, *free]):
        Lot.objects.filter(pk__in=some).update(
            recalled_at=None, recall_reason="", recalled_with=None
        )
    lot.recalled_at, lot.recall_reason, lot.recalled_with = None, "", None
    capturing.write(recall_events.lifted([lot.pk, *free], reason=reason.strip(), at=at), at=at)
    record(
        actor,
        "traceability.recall_lifted",
        lot,
        at=at,
        reason=reason.strip(),
        change={"lots": 1 + len(free), "kept": sorted(kept)},
        also=[("lot", key) for key in sorted(drawn)],
    )
    recall_notices.lifted(actor=actor, root=lot, free=free, reason=reason.strip(), at=at)
    return len(free)
