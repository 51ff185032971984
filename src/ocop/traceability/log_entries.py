"""What the public log tells of stamps and lots: numbers given out, activated, closed, excepted, and
recalls. Never one entry for a stamp, never a producer or a reason.

Of an order the log tells first its numbers and then what acts did to them, by their places; the
audit plays that again (`log_replay`). Of an exception and of a lot the last entry is what the row
says. A product, an order and a lot are known by their public codes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ocop.core.events import kind_of
from ocop.core.language import noop as N_
from ocop.core.models import Event
from ocop.recognition.comparing import chunks
from ocop.recognition.log import projection
from ocop.recognition.log.forms import Facts, Form
from ocop.recognition.log.joining import Part, join
from ocop.recognition.log.projection import Step
from ocop.traceability import lifecycle, log_numbers, log_replay
from ocop.traceability.intervals import Span
from ocop.traceability.models import Lot, StampException, StampOrder, StampRange

_AT_ONCE = 2000
ORDER_KIND, EXCEPTION_KIND, LOT_KIND = kind_of(StampOrder), kind_of(StampException), kind_of(Lot)
LOT_RECALLED = "traceability.lot_recalled"
LOTS_DRAWN = "traceability.lots_drawn_along"
RECALL_LIFTED = "traceability.recall_lifted"
_IS_ISSUED = Q(state=lifecycle.APPROVED)


def _orders(keys: Sequence[int], *more: str) -> Iterator[dict[str, Any]]:
    """Orders that have numbers."""
    rows = StampOrder.objects.filter(_IS_ISSUED, pk__in=keys).order_by()
    yield from rows.values("pk", "code", "item__product__code", "key__version", *more)


def _order(row: Mapping[str, Any]) -> Facts:
    return {"product": row["item__product__code"], "order": row["code"], "key": row["key__version"]}


def _issued(keys: Sequence[int]) -> Mapping[int, Facts]:
    more = ("item__code", "item__product__demonstration", "first", "quantity")
    return {
        row["pk"]: {
            **_order(row),
            "item": row["item__code"],
            "first": row["first"],
            "count": row["quantity"],
            "demonstration": row["item__product__demonstration"],
        }
        for row in _orders(keys, *more)
    }


def _divided(*states: str, with_lots: bool) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    """Orders with their numbers in these states: for those that came in with all that had become
    of them. An act tells its own numbers."""

    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        rows = StampRange.objects.filter(order__in=keys, state__in=states).order_by("first")
        for order, lot, first, count in rows.values_list("order", "lot__code", "first", "count"):
            found[order][lot if with_lots else ""].append(Span(first, count))
        return {
            row["pk"]: {**_order(row), "numbers": _numbers(found[row["pk"]], row["first"])}
            for row in _orders(keys, "first")
            if row["pk"] in found
        }

    return facts


def _numbers(by_lot: Mapping[str, Sequence[Span]], first: int) -> str:
    parts = [(lot, log_numbers.write(spans, first)) for lot, spans in by_lot.items()]
    return " ".join(f"{lot}:{numbers}" if lot else numbers for lot, numbers in parts)


def _acted(keys: Sequence[int]) -> Mapping[int, Facts]:
    return {row["pk"]: _order(row) for row in _orders(keys)}


def _told_numbers(event: Event) -> Facts:
    return {"numbers": event.change["numbers"]} if "numbers" in event.change else {}


def _of_orders(name: str, facts: Callable[[Sequence[int]], Mapping[int, Facts]]) -> Form:
    return Form(
        name, ORDER_KIND, "activation", facts, _told_numbers, follows=True, replayed=True
    )  # fmt: skip


#: An order was approved and has its numbers.
ISSUE = Form("stamp-range", ORDER_KIND, "stamp-range", _issued, state=_IS_ISSUED)
ACTIVATION = _of_orders("activation", _divided(lifecycle.ACTIVE, lifecycle.CLOSED, with_lots=True))
ACTIVATION_UNDONE = _of_orders("activation-undone", _acted)
CLOSING = _of_orders("stamps-closed", _divided(lifecycle.CLOSED, with_lots=False))


def _exceptions(where: Q) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        rows = StampException.objects.filter(where, pk__in=keys).order_by()
        return {
            row["pk"]: {
                "product": row["order__item__product__code"],
                "order": row["order__code"],
                "key": row["key__version"],
                "exception": row["kind"],
                "first": row["first"],
                "count": row["count"],
            }
            for row in rows.values(
                "pk", "order__item__product__code", "order__code", "key__version", "kind", "first",
                "count",
            )
        }  # fmt: skip

    return facts


_EVER = Q()
#: Numbers are voided, lost, recalled or suspicious, whatever their range is.
EXCEPTION = Form(
    "stamp-exception",
    EXCEPTION_KIND,
    "stamp-exception",
    _exceptions(Q(lifted_at=None)),
    then=_exceptions(_EVER),
    state=_EVER,
)
EXCEPTION_LIFTED = Form(
    "exception-lifted",
    EXCEPTION_KIND,
    "stamp-exception",
    _exceptions(Q(lifted_at__isnull=False)),
    then=_exceptions(_EVER),
    follows=True,
)


def _lots(where: Q, *, recalled: bool) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        rows = Lot.objects.filter(where, pk__in=keys).order_by()
        return {
            row["pk"]: {
                "product": row["item__product__code"],
                "lot": row["code"],
                "demonstration": row["item__product__demonstration"],
                **(_recalled(row) if recalled else {}),
            }
            for row in rows.values(
                "pk", "item__product__code", "code", "item__product__demonstration", "recalled_at",
                "recalled_with__code",
            )
        }  # fmt: skip

    return facts


def _recalled(row: Mapping[str, Any]) -> Facts:
    at = row["recalled_at"]
    return {"on": _day(at) if at else None, "with": row["recalled_with__code"]}


def _told_recall(event: Event) -> Facts:
    """A recall is of the day of its act; one that stays when another is lifted keeps its own."""
    return {"on": _day(event.at)} if event.name in (LOT_RECALLED, LOTS_DRAWN) else {}


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


_IS_RECALLED = Q(recalled_at__isnull=False)
RECALL = Form(
    "recall",
    LOT_KIND,
    "recall",
    _lots(_IS_RECALLED, recalled=True),
    _told_recall,
    then=_lots(_EVER, recalled=True),
    state=_IS_RECALLED,
)
RECALL_ENDED = Form(
    "recall-lifted",
    LOT_KIND,
    "recall",
    _lots(~_IS_RECALLED, recalled=False),
    then=_lots(_EVER, recalled=False),
    follows=True,
)


def _given_out(event: Event) -> Iterator[Step]:
    """Orders that came in with all that had become of their numbers."""
    for keys in chunks(projection.named(event, ORDER_KIND), _AT_ONCE):
        for form in (ISSUE, ACTIVATION, CLOSING):
            yield form, keys


def _lifted(event: Event) -> Iterator[Step]:
    """Lots that may be sold again, and those that stay recalled with another."""
    kept = set(event.change["kept"])
    keys = projection.named(event, LOT_KIND)
    yield RECALL_ENDED, [key for key in keys if key not in kept]
    yield RECALL, [key for key in keys if key in kept]


def _are_keys(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(key, int) and not isinstance(key, bool) for key in value
    )


_ACTS: Mapping[str, Form] = {
    "traceability.order_approved": ISSUE,
    "traceability.stamps_activated": ACTIVATION,
    "traceability.activation_undone": ACTIVATION_UNDONE,
    "traceability.stamps_closed": CLOSING,
    "traceability.printing_confirmed": EXCEPTION,
    "traceability.stamps_excepted": EXCEPTION,
    "traceability.exception_lifted": EXCEPTION_LIFTED,
    LOT_RECALLED: RECALL,
    LOTS_DRAWN: RECALL,
}
_TESTS = {
    "traceability.stamps_activated": {"numbers": log_numbers.is_of_lots},
    "traceability.activation_undone": {"numbers": log_numbers.is_numbers},
    "traceability.stamps_closed": {"numbers": log_numbers.is_numbers},
    RECALL_LIFTED: {"kept": _are_keys},
}
PART = Part(
    forms=(
        ISSUE,
        ACTIVATION,
        ACTIVATION_UNDONE,
        CLOSING,
        EXCEPTION,
        EXCEPTION_LIFTED,
        RECALL,
        RECALL_ENDED,
    ),
    rows=(StampOrder, StampException, Lot),
    projections={
        **{name: projection.each(form) for name, form in _ACTS.items()},
        RECALL_LIFTED: _lifted,
        "demonstration.loaded": _given_out,
    },
    tests=_TESTS,
    needed={name: frozenset(tests) for name, tests in _TESTS.items()},
    looks=(log_replay.differences,),
    words={
        "stamps_differ": N_(
            "Đơn tem %(key)s (sản phẩm %(of)s): các dải tem đã kích hoạt, đã đóng trong cơ sở dữ "
            "liệu không còn như nhật ký đã ghi. Dữ liệu đã bị sửa ngoài hệ thống."
        ),
        "stamps_uncovered": N_(
            "Đơn tem %(key)s (sản phẩm %(of)s): các dải tem trong cơ sở dữ liệu không còn vừa "
            "đúng các số đã cấp. Dữ liệu đã bị sửa ngoài hệ thống."
        ),
    },
    form_words={
        "stamp-range": N_("cấp số tem"),
        "activation": N_("kích hoạt tem"),
        "activation-undone": N_("hủy kích hoạt tem"),
        "stamps-closed": N_("đóng dải tem"),
        "stamp-exception": N_("tem hủy, mất, thu hồi, nghi ngờ"),
        "exception-lifted": N_("gỡ ghi nhận về tem"),
        "recall": N_("thu hồi lô hàng"),
        "recall-lifted": N_("gỡ thu hồi lô hàng"),
    },
    field_words={
        "order": N_("đơn tem"),
        "key": N_("bản khóa tem"),
        "item": N_("quy cách"),
        "first": N_("số đầu"),
        "count": N_("số lượng"),
        "numbers": N_("tem số"),
        "exception": N_("điều được ghi về tem"),
        "lot": N_("lô hàng"),
        "with": N_("thu hồi theo lô"),
    },
)


def join_log() -> None:
    """Make the public log tell of stamps and lots: once, when the application is loaded."""
    join(PART)
