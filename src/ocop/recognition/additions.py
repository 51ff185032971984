"""Products that were added to a decision after its publication: since which day the register knows
them, and why so late. Their star is valid by law from the signing; the public sees both days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from ocop.core.events import kind_of
from ocop.core.models import EventObject
from ocop.recognition.models import Decision, Recognition

COMPLETED = "recognition.decision_completed"
#: What changes the public page of a decision.
_CHANGES = ("recognition.decision_recorded", "recognition.decision_published", COMPLETED)


@dataclass(frozen=True, slots=True)
class Addition:
    """The day a row came to a published decision, and the reason that was given."""

    on: date
    reason: str


def additions_of(keys: Collection[int]) -> Mapping[int, Addition]:
    """Those of the recognitions that were added to a decision which was published then."""
    named = EventObject.objects.filter(
        event__name=COMPLETED, kind=kind_of(Recognition), object_id__in=keys
    ).select_related("event")
    return {
        each.object_id: Addition(timezone.localdate(each.event.at), each.event.reason)
        for each in named
        if not each.event.change.get("awaits")
    }


def changed_at(keys: Collection[int]) -> Mapping[int, datetime]:
    """When each of these decisions was last entered, published or added to, as far as events tell:
    who follows them by hours must not find a change dated before the last visit."""
    named = EventObject.objects.filter(
        event__name__in=_CHANGES, kind=kind_of(Decision), object_id__in=keys
    )
    rows = named.order_by().values_list("object_id").annotate(last=Max("event__at"))
    return dict(rows)
