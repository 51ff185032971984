"""Names of goods in events that are here, understood as they are today.

Which of our goods a name means is found once, when the event is written. When names are read in
another way (`goods`), or an activation of stamps was a mistake, the events are looked at anew. What
a migration marks so is read by the worker, a portion at a time, so that nobody waits for it.
"""

import logging
import math
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import transaction

from ocop.core import db
from ocop.core.actions import action, require
from ocop.core.actor import SYSTEM, Actor
from ocop.core.events import record
from ocop.core.refusals import Refused
from ocop.traceability import goods, rules
from ocop.traceability.epcis import sorting, things
from ocop.traceability.epcis.documents import Context
from ocop.traceability.epcis.sorting import Prepared
from ocop.traceability.epcis.things import Facts
from ocop.traceability.models import EventThing, TraceEvent
from ocop.traceability.portions import portions
from ocop.traceability.scans.pacing import Pace
from ocop.traceability.services import capturing, drawing_along

_LOG = logging.getLogger("ocop.traceability")
_MOST, _FEWEST = 500, 10  # events in one transaction
_BESIDE, _REST = 0.05, 0.11  # seconds: as long as others are kept waiting, and let in between


def read_on(
    *,
    seconds: float = math.inf,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Read events that wait for it, for so long at most; how many of them say something else now
    than they did."""
    if not TraceEvent.objects.filter(names_read_at=None).exists():
        return 0
    pace = Pace(most=_MOST, fewest=_FEWEST, beside=_BESIDE, least_rest=_REST)
    until, changed = time.monotonic() + seconds, 0
    while not stop() and time.monotonic() < until:
        began = time.monotonic()
        try:
            read, other = _read_some(pace.portion, clock())
        except Refused as refused:
            # Without the keys of stamps no name of one is read: it is tried at the next look.
            _LOG.warning("Names in events cannot be looked up now: %s", refused.message)
            break
        changed += other
        if not read:
            break
        pace.took(read, time.monotonic() - began)
        pace.rest()
    return changed


@transaction.atomic
def _read_some(most: int, at: datetime) -> tuple[int, int]:
    """How many were read, and how many of them say something else now."""
    waiting = TraceEvent.objects.filter(names_read_at=None).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:most])
    found = _others(keys)
    if found:
        read_names_again(actor=SYSTEM, events=sorted(found), at=at)
    for some in portions(keys):
        TraceEvent.objects.filter(pk__in=some).update(names_read_at=at)
    return len(keys), len(found)


@action("traceability.read_names_again")
def read_names_again(*, actor: Actor, events: Collection[int], at: datetime) -> int:
    """Let events speak of the goods that their names mean today, and recall what is now known to be
    made of recalled lots; how many say something else than before. An event whose names would be
    refused today stays as it is."""
    require(actor, rules.may_read_names_again)
    changed = read(events, at=at)
    record(
        actor,
        "traceability.names_read_again",
        at=at,
        change={"events": len(changed)},
        also=[("traceevent", key) for key in changed],
    )
    return len(changed)


def read(events: Iterable[int], *, at: datetime) -> list[int]:
    """The same as part of an act that records it; the events that say something else now."""
    changed = _others(events)
    for some in portions(changed):
        EventThing.objects.filter(event__in=some, role__in=sorting.GOODS).delete()
    written = [thing for made in changed.values() for thing in made]
    db.insert(written)
    goods.settle(written)
    counting = _counting(changed)
    told = drawing_along.draw([t for t in written if t.event_id in counting], at=at)
    capturing.write(told, at=at)
    return list(changed)


def _others(events: Iterable[int]) -> dict[int, list[EventThing]]:
    """The goods of events as they are understood today, for those where that is another thing than
    what is kept."""
    found: dict[int, list[EventThing]] = {}
    for some in portions(events):
        held = TraceEvent.objects.filter(pk__in=some).select_for_update(of=("self",)).order_by("pk")
        pairs = [(row, _prepared(row)) for row in held.select_related("producer", "site")]
        sorting.name_goods([event for _row, event in pairs])
        kept = _kept(row.pk for row, _event in pairs)
        for row, event in pairs:
            if event.misnamed or sorting.makes_for_others(event):
                continue
            made = [t for t in capturing.things_of(row, event) if t.role in sorting.GOODS]
            if {_said(thing) for thing in made} != kept.get(row.pk, set()):
                found[row.pk] = made
    return found


_Said = tuple[object, ...]


def _said(thing: EventThing) -> _Said:
    return (thing.role, thing.value, thing.lot_id, thing.quantity, thing.measure, thing.stamp)


def _kept(events: Iterable[int]) -> dict[int, set[_Said]]:
    found: dict[int, set[_Said]] = {}
    rows = EventThing.objects.filter(event__in=list(events), role__in=sorting.GOODS).order_by()
    for thing in rows:
        found.setdefault(thing.event_id, set()).add(_said(thing))
    return found


def _prepared(row: TraceEvent) -> Prepared:
    return Prepared(
        place="",
        body=row.body,
        facts=Facts(
            row.type,
            row.event_time,
            row.action,
            row.biz_step,
            row.disposition,
            row.read_point,
            row.biz_location,
        ),
        things=things.things_of(row.body, Context()),
        event_id=row.event_id,
        digest=row.digest,
        site=row.site,
        producer=row.producer,
    )


def _counting(events: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for some in portions(events):
        rows = TraceEvent.objects.filter(pk__in=some, declared_wrong_at=None).order_by()
        found |= set(rows.values_list("pk", flat=True))
    return found
