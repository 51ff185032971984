"""Products that were added to a decision after its publication: since which day the register knows
them, and why so late. Their star is valid by law from the signing; the public sees both days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ocop.core.events import kind_of
from ocop.core.models import EventObject
from ocop.recognition.models import Recognition

COMPLETED = "recognition.decision_completed"


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
