"""What acts did to the numbers of orders, as the log tells it, against the ranges as they are.

An entry tells what an act did and not what is left of it, so the audit does all of them again in
their order; what comes out must be the rows. The rows of an order must also be its numbers, each
once: a number that lies in no range of its own answers as one that was never given out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ocop.core.events import kind_of
from ocop.recognition.comparing import chunks
from ocop.recognition.log.coming import Coming
from ocop.recognition.log.differences import Difference
from ocop.recognition.models import LogEntry
from ocop.traceability import lifecycle, log_numbers
from ocop.traceability.intervals import Span, difference, intersection, overlap, union
from ocop.traceability.models import StampOrder, StampRange

FAMILY = "activation"
_KIND = kind_of(StampOrder)
_FORMS = ("activation", "activation-undone", "stamps-closed")
_TOLD = (lifecycle.ACTIVE, lifecycle.CLOSED)
_AT_ONCE = 2000
#: Numbers by state and code of the lot, as sets.
Division = dict[tuple[str, str], list[Span]]


def differences(coming: Coming) -> Iterator[Difference]:
    """Orders whose ranges are not what the log tells; those of which an event that waits will tell
    are left to the next audit."""
    waits = coming.rows([FAMILY, "stamp-range"])
    for keys in chunks(sorted(_concerned() - waits), _AT_ONCE):
        logged, stored = _logged(keys), _stored(keys)
        orders = StampOrder.objects.filter(pk__in=keys).order_by("pk")
        for order in orders.select_related("item__product", "key"):
            rows = stored.get(order.pk, [])
            about = {"of": order.item.product.code, "key": order.code}
            found = None
            if not _are_its_numbers(order, rows):
                found = Difference("stamps_uncovered", about)
            elif _replayed(order, logged.get(order.pk, [])) != _divided(rows):
                found = Difference("stamps_differ", about)
            # Acts go on while the audit looks.
            if found and order.pk not in coming.rows([FAMILY, "stamp-range"]) | _moved(rows, order):
                yield found


def _concerned() -> set[int]:
    entries = LogEntry.objects.filter(kind=_KIND, form__in=_FORMS).order_by()
    return {
        *StampOrder.objects.filter(state=lifecycle.APPROVED).values_list("pk", flat=True),
        *StampRange.objects.order_by().values_list("order", flat=True),
        *entries.values_list("object_id", flat=True),
    }


Entries = Sequence[tuple[str, str]]  # the form, and the numbers that it tells
Row = tuple[int, int, int, str, str | None]  # of the key, from a number on, so many, state, lot


def _logged(keys: Sequence[int]) -> Mapping[int, Entries]:
    entries = LogEntry.objects.filter(kind=_KIND, form__in=_FORMS, object_id__in=keys)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, form, leaf in entries.order_by("index").values_list("object_id", "form", "leaf"):
        told: dict[str, Any] = json.loads(leaf)
        found[key].append((form, told.get("numbers", "")))
    return found


def _stored(keys: Sequence[int]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = StampRange.objects.filter(order__in=keys).order_by("first")
    columns = ("order", "key", "first", "count", "state", "lot__code")
    for order, *row in rows.values_list(*columns):
        found[order].append((row[0], row[1], row[2], row[3], row[4]))
    return found


def _moved(rows: Sequence[Row], order: StampOrder) -> set[int]:
    """The order, where its rows are no longer those that were compared."""
    return set() if _stored([order.pk]).get(order.pk, []) == rows else {order.pk}


def _are_its_numbers(order: StampOrder, rows: Sequence[Row]) -> bool:
    if order.first is None:
        return not rows
    spans = [Span(first, count) for _key, first, count, _state, _lot in rows]
    own = all(key == order.key_id for key, *_rest in rows)
    return own and not overlap(spans) and union(spans) == [Span(order.first, order.quantity)]


def _divided(rows: Iterable[Row]) -> Division:
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for _key, first, count, state, lot in rows:
        if state in _TOLD:
            found[state, lot or ""].append(Span(first, count))
    return {of: union(spans) for of, spans in found.items()}


def _replayed(order: StampOrder, entries: Entries) -> Division:
    """How the numbers of an order are divided after all that the log tells."""
    found: Division = {}
    for form, numbers in entries:
        if form == "activation":
            for part in numbers.split():
                lot, _colon, told = part.partition(":")
                spans = log_numbers.read(told, order.first or 0)
                found = _without(found, spans)
                of = (lifecycle.ACTIVE, lot)
                found[of] = union([*found.get(of, ()), *spans])
            continue
        spans = log_numbers.read(numbers, order.first or 0) if numbers else []
        touched = {of: intersection(had, spans) for of, had in found.items()}
        found = _without(found, spans)
        if form == "stamps-closed":
            for (_state, lot), some in touched.items():
                of = (lifecycle.CLOSED, lot)
                if some:
                    found[of] = union([*found.get(of, ()), *some])
    return found


def _without(found: Division, spans: Sequence[Span]) -> Division:
    left = {of: difference(had, spans) for of, had in found.items()}
    return {of: some for of, some in left.items() if some}
