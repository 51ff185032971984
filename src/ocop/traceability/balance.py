"""What is left of lots and materials, by what their own producer noted of them.

An estimate to ask by, never one to forbid by: a diary may lack a harvest, and goods shrink as they
dry. Only what is measured alike is summed up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from ocop.producers.models import Producer
from ocop.traceability.intervals import Span, difference, size
from ocop.traceability.measures import Amount, counts_pieces, measure_named
from ocop.traceability.models import (
    EventThing,
    Lot,
    Material,
    RangeState,
    StampOrder,
    StampRange,
    ThingRole,
)
from ocop.traceability.naming import material_uri
from ocop.traceability.portions import portions
from ocop.traceability.stamp_queries import gone_of

_USED = (ThingRole.INPUT, ThingRole.INPUT_CLASS)
_LEFT_THE_HOUSE = Q(
    role__in=(ThingRole.EPC, ThingRole.CLASS),
    event__biz_step__in=("shipping", "destroying", "retail_selling", "dispensing"),
)
_ON_PACKS = (RangeState.ACTIVE, RangeState.CLOSED)


@dataclass(frozen=True, slots=True)
class Left:
    """How much there was and how much of it is not used or gone, in one unit. Below nothing: more
    was noted to be used than there was."""

    had: Amount
    left: Amount

    @property
    def is_used_up(self) -> bool:
        return self.left.number <= 0

    def falls_short_of(self, asked: Amount) -> bool:
        """Whether more is asked for than is left; what is measured otherwise is not compared."""
        return asked.kind == self.left.kind and asked.base > max(self.left.base, Decimal(0))


def measure_of(lot: Lot) -> str:
    """The unit in which a lot is counted, as events write it; pieces where it is none of ours."""
    return measure_named(lot.measure)


def of_materials(producer: Producer, rows: Sequence[Material]) -> dict[int, Left]:
    """What is left of materials of a producer, by their keys; those of one code are one heap."""
    had: dict[str, list[Amount]] = defaultdict(list)
    for row in rows:
        if row.quantity is not None:
            had[material_uri(row)].append(Amount(row.quantity, row.measure))
    gone = _gone(_by(producer).filter(value__in=[]), "value")
    for some in portions(had):
        gone |= _gone(_by(producer).filter(value__in=some), "value")
    heaps = {value: _left(amounts, gone.get(value, {})) for value, amounts in had.items()}
    found = {row.pk: heaps.get(material_uri(row)) for row in rows}
    return {key: left for key, left in found.items() if left is not None}


def of_one_code(producer: Producer, rows: Sequence[Material]) -> list[Material]:
    """These materials with all others of the producer that the same code names: one heap."""
    keys = {row.pk for row in rows}
    lots = {row.lot_id for row in rows if row.lot_id is not None}
    codes = {row.source_code for row in rows if row.source_code}
    own = Material.objects.filter(producer=producer, event__declared_wrong_at=None)
    named = Q(pk__in=keys) | Q(lot__in=lots) | Q(source_code__in=codes)
    return list(own.filter(named).select_related("lot__item"))


def of_lots(producer: Producer, rows: Sequence[Lot]) -> dict[int, Left]:
    """What is left of lots of a producer, by their keys."""
    had = {
        row.pk: [Amount(row.quantity, measure_of(row))] for row in rows if row.quantity is not None
    }
    found: dict[int, Left] = {}
    for some in portions(had):
        gone = _gone(_by(producer).filter(lot__in=some), "lot")
        for key in some:
            left = _left(had[key], gone.get(key, {}))
            if left is not None:
                found[key] = left
    return found


def _by(producer: Producer) -> QuerySet[EventThing]:
    return EventThing.objects.filter(
        Q(role__in=_USED) | _LEFT_THE_HOUSE,
        event__producer=producer,
        event__declared_wrong_at=None,
        quantity__isnull=False,
    )


def _gone(things: QuerySet[EventThing], by: str) -> dict[object, dict[str, Decimal]]:
    """Sums of what is gone, in grams, millilitres and pieces."""
    found: dict[object, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    sums = things.order_by().values_list(by, "measure").annotate(n=Sum("quantity"))
    for key, measure, number in sums:
        amount = Amount(number, measure)
        if amount.kind:
            found[key][amount.kind] += amount.base
    return dict(found)


def _left(had: Iterable[Amount], gone: Mapping[str, Decimal]) -> Left | None:
    amounts = list(had)
    first = amounts[0]
    if not first.kind or any(each.kind != first.kind for each in amounts):
        return None
    base = sum((each.base for each in amounts), Decimal(0))
    left = base - gone.get(first.kind, Decimal(0))
    return Left(first.within(base), first.within(left))


def pieces_of(lot: Lot) -> int | None:
    """How many packs a lot has; None: not known, or not counted in what a stamp is put on."""
    if lot.quantity is None or not counts_pieces(lot.measure):
        return None
    return int(lot.quantity)


def stamps_on(lot: Lot) -> int:
    """How many stamps were activated for a lot and not voided or lost."""
    spans: dict[int, list[Span]] = defaultdict(list)
    rows = StampRange.objects.filter(lot=lot, state__in=_ON_PACKS)
    for order, first, count in rows.values_list("order", "first", "count"):
        spans[order].append(Span(first, count))
    orders = StampOrder.objects.in_bulk(spans)
    return sum(size(difference(each, gone_of(orders[key]))) for key, each in spans.items())
