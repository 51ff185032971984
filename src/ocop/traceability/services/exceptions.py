"""What is said of some stamps whatever their range is: voided, lost, recalled, suspicious."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability import lifecycle, rules
from ocop.traceability.intervals import Span, covers, difference, union
from ocop.traceability.models import StampException, StampOrder
from ocop.traceability.stamp_queries import exceptions_of, key_of, span_of


@action("traceability.except_stamps")
def except_stamps(
    *,
    actor: Actor,
    order: StampOrder,
    spans: Sequence[Span],
    kind: str,
    reason: str,
    at: datetime,
) -> list[StampException]:
    """Say that some numbers of an order are voided, lost, recalled or suspicious; their pages tell
    it at once. `stamp_queries.order_of` finds the order of one stamp.

    Refused: a kind there is not, numbers of no or another order, all said already.
    """
    producer = order.item.product.producer
    if kind in lifecycle.EXCEPTIONS and kind not in lifecycle.GONE:
        require(actor, rules.may_doubt_stamps, kind)
    require(actor, rules.may_except_stamps, producer, kind, timezone.localdate(at))
    if kind not in lifecycle.EXCEPTIONS:
        raise _refuse("kind", _("Hãy chọn điều xảy ra với tem."))
    needs_reason(reason, most=500)
    order = StampOrder.objects.select_for_update().get(pk=order.pk)
    if order.state != lifecycle.APPROVED:
        raise Refused("order_without_numbers", _("Đơn chưa được duyệt nên chưa có tem."))
    asked = union(spans)
    if not asked or not covers([span_of(order)], asked):
        raise _refuse("places", _("Hãy chọn các tem có trong đơn này."))
    noted = note(order, asked, kind, reason.strip(), at)
    if not noted:
        raise _refuse("places", _("Các tem này đã được ghi như vậy."))
    record(
        actor,
        "traceability.stamps_excepted",
        order,
        *noted,
        order.item,
        at=at,
        reason=reason.strip(),
        change={"kind": kind, "count": sum(row.count for row in noted)},
    )
    return noted


@action("traceability.lift_exception")
def lift_exception(
    *, actor: Actor, exception: StampException, reason: str, at: datetime
) -> StampException:
    """Say that what was said of some stamps does not hold: they were found, or are not copied."""
    require(actor, rules.may_lift_exception, exception.kind)
    needs_reason(reason)
    held = StampException.objects.filter(pk=exception.pk, lifted_at=None)
    if not held.update(lifted_at=at):
        raise Refused("exception_lifted", _("Việc này đã được gỡ."))
    exception.refresh_from_db()
    record(
        actor,
        "traceability.exception_lifted",
        exception,
        exception.order,
        at=at,
        reason=reason.strip(),
        change={"kind": exception.kind, "count": exception.count},
    )
    return exception


def note(
    order: StampOrder, spans: Sequence[Span], kind: str, reason: str, at: datetime
) -> list[StampException]:
    """Write down what was not yet said. Part of an act, none of its own."""
    known = [span for told, span in exceptions_of(order) if told == kind]
    return [
        StampException.objects.create(
            key=key_of(order),
            order=order,
            first=span.first,
            count=span.count,
            kind=kind,
            reason=reason,
            at=at,
        )
        for span in difference(spans, known)
    ]


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"exception_{field}", message, fields={field: [message]})
