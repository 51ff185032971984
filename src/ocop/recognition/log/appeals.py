"""Appeals against revocations, held against the events that record them.

They are no public matter, so the log has no entry of them: only office and producer read that a
producer appealed, and how it ended. But one that vanished, or that nobody made, must be found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.products.models import Product
from ocop.recognition.log import reading
from ocop.recognition.log.differences import Difference
from ocop.recognition.models import Revocation
from ocop.recognition.postcheck.models import CaseState, RevocationCase

_RECORDED = "recognition.appeal_recorded"
_SETTLED = "recognition.appeal_settled"
_WITHDRAWN = "recognition.revocation_withdrawn"  # in a case: how an appeal ended is entered anew
_CASE, _PRODUCT = kind_of(RevocationCase), kind_of(Product)


@dataclass(frozen=True, slots=True)
class _Appeal:
    """What is known of the last appeal in a case; `upheld`: the revocation."""

    on: date | None = None
    ended_on: date | None = None
    upheld: bool | None = None


def differences() -> Iterator[Difference]:
    """Cases and products of which rows and events tell other appeals. Looked at twice where they
    seem to: acts go on while the audit looks."""
    first = [*_of_cases(), *_outside()]
    if first:
        again = {*_of_cases(), *_outside()}
        yield from (Difference("appeal_differs", {"of": of}) for of in first if of in again)


def _of_cases() -> list[str]:
    told = _told()
    rows = RevocationCase.objects.order_by("pk")
    return [row.code for row in rows if not _agrees(row, told.get(row.pk, _Appeal()))]


def _told() -> dict[int, _Appeal]:
    """What events tell of each case in which there was an appeal."""
    events = Event.objects.filter(name__in=(_RECORDED, _SETTLED, _WITHDRAWN)).order_by("pk")
    cases = dict(_named(_CASE).values_list("event", "object_id"))
    found: dict[int, _Appeal] = {}
    for event in reading.well_formed(events.filter(pk__in=cases)):
        key = cases[event.pk]
        before = found.get(key, _Appeal())
        if event.name == _WITHDRAWN:
            found[key] = _Appeal(before.on)
            continue
        day = date.fromisoformat(event.change["on"])
        if event.name == _RECORDED:
            found[key] = _Appeal(day)
        else:
            found[key] = _Appeal(before.on, day, event.change["upheld"])
    return found


def _agrees(row: RevocationCase, told: _Appeal) -> bool:
    if (row.appealed_on, row.appeal_ended_on) != (told.on, told.ended_on):
        return False
    outcome = {CaseState.UPHELD: True, CaseState.OVERTURNED: False, CaseState.APPEALED: None}
    return row.state not in outcome or told.upheld is outcome[CaseState(row.state)]


def _outside() -> list[str]:
    """Products with appeals against revocations of no case. By product: an appeal about a star
    that was taken in the place of another is kept with what the decision names."""
    told: dict[int, Counter[date]] = defaultdict(Counter)
    in_cases = _named(_CASE).values("event")
    events = Event.objects.filter(name=_RECORDED).exclude(pk__in=in_cases).order_by("pk")
    products = dict(_named(_PRODUCT).values_list("event", "object_id"))
    for event in reading.well_formed(events):
        if event.pk in products:
            told[products[event.pk]][date.fromisoformat(event.change["on"])] += 1
    kept: dict[int, Counter[date]] = defaultdict(Counter)
    rows = Revocation.objects.filter(appealed_on__isnull=False).order_by()
    for key, day in rows.values_list("recognition__product", "appealed_on"):
        if day is not None:
            kept[key][day] += 1
    wrong = [key for key in told.keys() | kept.keys() if told[key] != kept[key]]
    return list(Product.objects.filter(pk__in=wrong).order_by("pk").values_list("code", flat=True))


def _named(kind: str) -> QuerySet[EventObject]:
    """What events of appeals name of a kind."""
    names = (_RECORDED, _SETTLED, _WITHDRAWN)
    return EventObject.objects.filter(kind=kind, event__name__in=names).order_by()
