"""What does not add up in a diary: asked about where the producer may be right, refused where it
cannot be."""

from collections.abc import Iterator

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.traceability import balance
from ocop.traceability.balance import Left
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry, Used
from ocop.traceability.measures import Amount
from ocop.traceability.models import Lot, Material


def doubts(producer: Producer, entry: Entry) -> list[str]:
    """Sentences about more than is left, and about what was not there yet."""
    return [*_of_used(producer, entry), *_of_lot(producer, entry)]


def asked() -> str:
    """What to do about a doubt."""
    return _("Nếu đúng như vậy, hãy đánh dấu xác nhận rồi ghi lại.")


def _of_used(producer: Producer, entry: Entry) -> Iterator[str]:
    materials = [each.material for each in entry.used if each.material]
    lots = [each.lot for each in entry.used if each.lot]
    of_materials = balance.of_materials(producer, balance.of_one_code(producer, materials))
    of_lots = balance.of_lots(producer, lots)
    for each in entry.used:
        left = of_lots.get(each.lot.pk) if each.lot else None
        if each.material is not None:
            left = of_materials.get(each.material.pk)
            event = each.material.event
            if event is not None and event.event_time > entry.done_at:
                words = _("“%s” được ghi là có sau thời điểm làm việc này.")
                yield words % each.material.name
        if each.quantity is not None:
            yield from _short(left, Amount(each.quantity, each.measure), _name(each), "")


def _of_lot(producer: Producer, entry: Entry) -> Iterator[str]:
    leaving = entry.step in (Step.SHIP, Step.DESTROY)
    if entry.lot is None or entry.quantity is None or not (leaving or entry.step is Step.PACK):
        return
    left = balance.of_lots(producer, [entry.lot]).get(entry.lot.pk)
    if left is not None and not leaving:
        left = Left(left.had, left.had)  # packing takes nothing away
    amount = Amount(entry.quantity, entry.measure)
    yield from _short(left, amount, _("Lô %s") % entry.lot.number, entry.lot.measure)


def _short(left: Left | None, told: Amount, name: str, counted: str) -> Iterator[str]:
    if left is None or not left.falls_short_of(told):
        return
    words = _("%(name)s: còn %(left)s, đang ghi %(told)s.")
    there = left.left if left.left.number > 0 else Amount(left.left.number * 0, left.left.measure)
    yield words % {
        "name": name,
        "left": there.words(counted),
        "told": told.words(counted),
    }


def _name(used: Used) -> str:
    if used.lot is not None:
        return _("Lô %s") % used.lot.number
    row: Material | None = used.material
    return row.name if row else ""


def refuse_more_stamps_than_packs(lot: Lot, *, field: str = "lot") -> None:
    """Refused: a lot that is counted in packs has more active stamps than packs."""
    packs = balance.pieces_of(lot)
    if packs is None:
        return
    stamps = balance.stamps_on(lot)
    if stamps <= packs:
        return
    message = _(
        "Lô %(lot)s có %(packs)s %(measure)s mà kích hoạt cộng lại %(stamps)s tem. Hãy sửa số "
        "lượng của lô nếu ghi thiếu, hoặc kích hoạt ít tem hơn."
    ) % {
        "lot": lot.number,
        "packs": write_number(packs),
        "measure": lot.measure,
        "stamps": write_number(stamps),
    }
    raise Refused("more_stamps_than_packs", message, fields={field: [message]})
