"""From what was counted to signals: raised once, measured on while they are open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.traceability.models import ScanSignal
from ocop.traceability.models.signals import SignalState
from ocop.traceability.scans import options, signal_notices
from ocop.traceability.scans.counting import Counted, Stamp, StampKey
from ocop.traceability.scans.days import day_of
from ocop.traceability.scans.knowing import moment
from ocop.traceability.scans.services import Caught, raise_signal
from ocop.traceability.scans.suspicion import Limits, Rule

#: A flood is one matter, not thousands: so many sources a day, or numbers never given out, are told
#: apart; all of them are counted (`ScanPlaceDay`).
MOST_OF_A_FLOOD = 50
_FLOODS = {Rule.FORGED, Rule.UNISSUED}


@dataclass(frozen=True, slots=True)
class Reached:
    """What only the tables know: how far sums came with this portion."""

    early: Mapping[int, int]  # by order
    forged: Mapping[tuple[int, bytes], int]  # by day and client


def raise_what_was_caught(found: Counted, reached: Reached) -> int:
    """Raise signals and bring open ones up to date; how many are new."""
    caught = list(_caught(found, reached, options.limits()))
    if not caught:
        return 0
    last: dict[tuple[str, str], ScanSignal] = {}
    subjects = {each.subject for each in caught}
    for signal in ScanSignal.objects.filter(subject__in=subjects).order_by("pk"):
        last[signal.rule, signal.subject] = signal
    new = [each.rule for each in caught if _put(each, last.get((each.rule, each.subject)))]
    if new:
        signal_notices.raised(rules=set(new), at=timezone.now())
    return len(new)


def _put(each: Caught, last: ScanSignal | None) -> bool:
    if last is not None and last.state != SignalState.CLOSED:
        _measure(last, each)
        return False
    if last is not None and each.measure < 2 * last.measure:
        return False  # looked into, and hardly more came since
    if last is None and each.rule in _FLOODS and _of_its_flood(each) >= MOST_OF_A_FLOOD:
        return False
    raise_signal(actor=SYSTEM, caught=each, at=timezone.now())
    return True


def _measure(signal: ScanSignal, each: Caught) -> None:
    ScanSignal.objects.filter(pk=signal.pk).update(
        measure=each.measure,
        facts=each.facts or signal.facts,
        first_at=min(signal.first_at, each.first_at),
        last_at=max(signal.last_at, each.last_at),
    )


def _of_its_flood(each: Caught) -> int:
    about = each.subject.rpartition(":")[0]  # a day, a version
    return ScanSignal.objects.filter(rule=each.rule, subject__startswith=f"{about}:").count()


def _caught(found: Counted, reached: Reached, limits: Limits) -> Iterator[Caught]:
    for key in sorted(found.issued):
        yield from _of_stamp(found, key, found.stamps[key], limits)
    items = {each.order: each.item for each in found.issued.values() if each is not None}
    for order, early in sorted(reached.early.items()):
        if early > limits.early:
            yield _of_order(found, order, items[order], early, limits.early)
    for (day, client), tries in sorted(reached.forged.items()):
        if tries > limits.forged:
            first, last = found.source_at[day, client]
            yield Caught(
                rule=Rule.FORGED,
                subject=f"source:{day_of(day)}:{client.hex()}",
                measure=tries,
                limit=limits.forged,
                facts={"places": sorted(found.source_places[day, client])},
                first_at=moment(first),
                last_at=moment(last),
            )


def _of_order(found: Counted, order: int, item: int, early: int, limit: int) -> Caught:
    sums = found.orders[order]
    return Caught(
        rule=Rule.EARLY,
        subject=f"order:{order}",
        order=order,
        item=item,
        measure=early,
        limit=limit,
        first_at=moment(sums.first_at),
        last_at=moment(sums.last_at),
    )


@dataclass(slots=True)
class _Of:
    """What all signals of one stamp share."""

    key: StampKey
    stamp: Stamp
    found: Counted
    facts: dict[str, Any] = field(default_factory=dict)

    def caught(self, rule: Rule, measure: int, limit: int, **facts: Any) -> Caught:
        issued = self.found.issued[self.key]
        version, number = self.key
        return Caught(
            rule=rule,
            subject=f"stamp:{version}:{number}",
            version=version,
            number=number,
            order=issued.order if issued else None,
            item=issued.item if issued else None,
            lot=issued.lot if issued else None,
            measure=measure,
            limit=limit,
            facts=facts,
            first_at=moment(self.stamp.first_at),
            last_at=moment(self.stamp.last_at),
        )


def _of_stamp(found: Counted, key: StampKey, stamp: Stamp, limits: Limits) -> Iterator[Caught]:
    of = _Of(key, stamp, found)
    if found.issued[key] is None:
        yield of.caught(Rule.UNISSUED, stamp.scans, 0)
    if stamp.gone:
        yield of.caught(Rule.GONE, stamp.gone, 0)
    if stamp.clients > limits.devices:
        yield of.caught(Rule.DEVICES, stamp.clients, limits.devices, places=stamp.places)
    if key in found.hops:
        hop = found.hops[key]
        yield of.caught(
            Rule.FAR,
            stamp.hops,
            0,
            one=hop.one,
            one_at=hop.one_at,
            other=hop.other,
            other_at=hop.other_at,
            km=round(hop.km),
        )
    if stamp.after_opening > limits.after_opening:
        yield of.caught(Rule.OPENED, stamp.after_opening, limits.after_opening)
