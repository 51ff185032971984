"""Recalls and their end as events of EPCIS 2.0, for whoever asks for events and not for lots.

CBV 2.0 has the disposition `recalled` (7.2) and no step of business for it: somebody says it of
goods wherever they are. It persists until another event unsets it (EPCIS 2.0, 7.3.6.2).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import diary, naming
from ocop.traceability.diary import Amount, Note
from ocop.traceability.epcis import documents
from ocop.traceability.epcis.sorting import Prepared, sort
from ocop.traceability.models import Lot, TraceEvent
from ocop.traceability.portions import portions


def recalled(lots: Iterable[int], *, reason: str, at: datetime) -> list[Prepared]:
    """Events that say of lots, by their keys, that they are recalled; one for each producer, who
    alone sees it."""
    return _told(lots, reason, at, lifted=False)


def lifted(lots: Iterable[int], *, reason: str, at: datetime) -> list[Prepared]:
    """Events that say that lots are recalled no more."""
    return _told(lots, reason, at, lifted=True)


def _told(lots: Iterable[int], reason: str, at: datetime, *, lifted: bool) -> list[Prepared]:
    by_producer: dict[int, list[Lot]] = defaultdict(list)
    for some in portions(sorted(set(lots))):
        for lot in Lot.objects.filter(pk__in=some).select_related("item__product__producer"):
            by_producer[lot.item.product.producer_id].append(lot)
    found: list[Prepared] = []
    note = Note(timezone.localtime(at), "", reason)
    for own in by_producer.values():
        producer = own[0].item.product.producer
        for part in portions(own):
            body = diary.recall(note, [Amount(naming.lot_uri(lot)) for lot in part], lifted=lifted)
            done = sort(documents.events_of(body), SYSTEM, at, owner=producer)
            if done.problems:
                raise Refused("event_wrong_form", done.problems[0].words)
            for event in done.events:
                event.producer = producer
            found += done.events
    known = TraceEvent.objects.filter(digest__in=[event.digest for event in found])
    told = set(known.values_list("digest", flat=True))  # the same in the same moment
    return [event for event in found if event.digest not in told]
