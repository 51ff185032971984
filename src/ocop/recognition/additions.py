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
_CHANGES = (
    "recognition.decision_recorded",
    "recognition.decision_published",
    "recognition.record_corrected",
    COMPLETED,
)
#: And what changes it by one of its results.
_OF_RESULTS = ("recognition.annulled",)


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
    """When each of these decisions was last entered, published, added to or corrected, or one of
    its results annulled, as far as events tell: who follows them by hours must not find a change
    dated before the last visit."""
    named = EventObject.objects.filter(
        event__name__in=_CHANGES, kind=kind_of(Decision), object_id__in=keys
    )
    rows = named.order_by().values_list("object_id").annotate(last=Max("event__at"))
    found = dict(rows)
    of = dict(
        Recognition.objects.filter(decision__in=keys, annulled_on__isnull=False).values_list(
            "pk", "decision"
        )
    )
    void = EventObject.objects.filter(
        event__name__in=_OF_RESULTS, kind=kind_of(Recognition), object_id__in=of
    )
    for key, at in void.values_list("object_id", "event__at"):
        found[of[key]] = max(found.get(of[key], at), at)
    return found
