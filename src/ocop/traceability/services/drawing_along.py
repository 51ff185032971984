"""What is made of something that was recalled is recalled with it, also when that is told later."""

from collections.abc import Sequence
from datetime import datetime

from ocop.traceability import genealogy
from ocop.traceability.epcis.sorting import Prepared
from ocop.traceability.models import Lot, ThingRole
from ocop.traceability.portions import portions

_IN = (
    ThingRole.INPUT,
    ThingRole.INPUT_CLASS,
    ThingRole.CHILD,
    ThingRole.CHILD_CLASS,
    ThingRole.TRANSFORM,
)


def draw(events: Sequence[Prepared], *, at: datetime) -> None:
    """Recall lots that new events make of recalled ones. Part of the act that writes the events."""
    used = {t.value for event in events for t in event.things if t.role in _IN}
    if not used or not Lot.objects.filter(recalled_at__isnull=False).exists():
        return
    lots = {lot.pk: lot for event in events for lot in event.lots.values()}
    before = genealogy.made_from((), used)
    recalled = Lot.objects.filter(pk__in=before.lots | set(lots), recalled_at__isnull=False)
    for root in recalled.select_related("item", "recalled_with"):
        recall_all_made_of(root, at=at)


def recall_all_made_of(root: Lot, *, at: datetime) -> list[int]:
    """Recall whatever was made of a recalled lot and is not recalled yet; their keys."""
    first = root.recalled_with or root
    turned: list[int] = []
    for some in portions(sorted(genealogy.made_of([root]).lots)):
        rows = Lot.objects.filter(pk__in=some, recalled_at=None)
        keys = list(rows.values_list("pk", flat=True))
        rows.filter(pk__in=keys).update(
            recalled_at=at, recall_reason=first.recall_reason, recalled_with=first
        )
        turned += keys
    return turned
