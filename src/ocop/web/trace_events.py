"""What the pages of events share on every face."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.traceability import chronicle, queries
from ocop.traceability.chronicle import Goods
from ocop.traceability.models import Lot, TraceEvent
from ocop.web.lineage import picture


def reading(actor: Actor, row: TraceEvent) -> dict[str, Any]:
    """What a page shows of one event."""
    (event,) = chronicle.told([row])
    return {
        "row": row,
        "event": event,
        "parts": _parts(event.goods),
        "seen": _seen(actor, (each.lot for each in event.goods)),
        "declared": row.declarations.first(),
    }


def lineage(actor: Actor, lot: Lot) -> dict[str, Any]:
    """What a page shows of the way of a lot."""
    step = chronicle.one_step(actor, lot)
    return {
        "lot": lot,
        "item": lot.item,
        "step": step,
        "picture": picture(lot, step, words=_("Lô này")),
        "sides": [(_("Bước trước"), step.back), (_("Bước sau"), step.forward)],
        "rows": chronicle.told(chronicle.of_lot(actor, lot)),
        "seen": _seen(actor, (node.lot for node in (*step.back, *step.forward))),
    }


def _parts(goods: Iterable[Goods]) -> list[tuple[str, list[Goods]]]:
    found = list(goods)
    groups = (
        (_("Đã dùng"), ("input", "input_class")),
        (_("Làm ra"), ("output", "output_class")),
        (_("Hàng"), ("epc", "class", "child", "child_class")),
        (_("Kiện"), ("parent",)),
    )
    return [(label, [g for g in found if g.role in roles]) for label, roles in groups]


def _seen(actor: Actor, lots: Iterable[Lot | None]) -> set[int]:
    """Those of these lots whose page the reader may open."""
    keys = {lot.pk for lot in lots if lot is not None}
    if not keys:
        return set()
    return set(queries.lots_visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
