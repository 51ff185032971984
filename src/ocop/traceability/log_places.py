"""Where the public log tells of an order of stamps: each of its ranges has a proof there."""

from collections.abc import Sequence

from django.db.models import Q

from ocop.recognition.log.queries import published_about
from ocop.recognition.models import LogEntry
from ocop.traceability.log_entries import EXCEPTION_KIND, ORDER_KIND
from ocop.traceability.models import StampOrder


def entries_of(order: StampOrder) -> Sequence[LogEntry]:
    """The published entries about an order, its stamps and what was said of them, in order."""
    said = order.exceptions.values("pk")
    return published_about(
        Q(kind=ORDER_KIND, object_id=order.pk) | Q(kind=EXCEPTION_KIND, object_id__in=said)
    )
