"""Reads of scans: standing figures from the sums, never from single scans; filtered by who asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.traceability import queries as traceability
from ocop.traceability import rules as traceability_rules
from ocop.traceability.models import (
    ExceptionKind,
    Lot,
    OrderSeen,
    RangeState,
    ScanDay,
    ScanPeriod,
    ScanPlaceDay,
    ScanSignal,
    StampException,
    StampRange,
    StampSeen,
    TradeItem,
)
from ocop.traceability.models.signals import SignalRule
from ocop.traceability.scans import knowing, lifecycle, periods, rules
from ocop.traceability.scans.periods import Period

_SUMS = ("scans", "clients", "firsts")
_ACTIVE = (RangeState.ACTIVE, RangeState.CLOSED)
_MOST = 10  # products on the first page


@dataclass(frozen=True, slots=True)
class Sums:
    """Scans of something. `clients`: phones, each once a day and row (see `ScanDay`). `forged` and
    `unissued` are known only where no sales unit is asked for."""

    scans: int = 0
    clients: int = 0
    firsts: int = 0
    forged: int | None = None
    unissued: int | None = None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day (in a year's report: a month, by its first day) and its scans."""

    day: date
    sums: Sums


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A province and its scans; its code is "" where the place is not known."""

    code: str
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot and its scans; None: no lot was told."""

    lot: Lot | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class Stamps:
    """Stamps that are on packs, and how many of them anybody ever scanned."""

    active: int
    seen: int

    @property
    def percent(self) -> Fraction | None:
        """Seen of active; None where none is active. Stamps that were scanned before activation, or
        whose lot was changed, can make it more than a hundred."""
        return Fraction(self.seen * 100, self.active) if self.active else None


def items_scanned(actor: Actor, period: Period, *, own: bool = False) -> QuerySet[ScanPeriod]:
    """Sales units with their scans in a period, the most scanned first. `own`: only those that the
    actor makes, whatever else the actor may see; so everywhere here."""
    rows = ScanPeriod.objects.filter(period=period.key)
    return _whose(rows, actor, own=own).order_by("-scans", "pk")


def day_rows(actor: Actor, period: Period, *, own: bool = False) -> QuerySet[ScanDay]:
    """Scans of a period by day, sales unit, lot and province together, the newest day first."""
    rows = ScanDay.objects.filter(day__gte=period.start, day__lt=period.end)
    told = rows.select_related("item__product__producer", "lot")
    return _whose(told, actor, own=own).order_by("-day", "pk")


def with_stamps(rows: QuerySet[ScanPeriod]) -> QuerySet[ScanPeriod]:
    """The same with what is shown in a line: product, maker, and of all time the `active` stamps
    and those of them that were `seen`."""
    ranges = StampRange.objects.filter(order__item=OuterRef("item"), state__in=_ACTIVE)
    active = ranges.order_by().values("order__item").annotate(n=Sum("count")).values("n")
    orders = OrderSeen.objects.filter(order__item=OuterRef("item")).order_by()
    seen = orders.values("order__item").annotate(n=Sum("firsts")).values("n")
    return rows.select_related("item__product__producer").annotate(
        active=Subquery(active), seen=Subquery(seen)
    )


def days(
    actor: Actor, period: Period, item: TradeItem | None = None, *, own: bool = False
) -> list[DayLine]:
    """Scans of every day of a period on which there were any."""
    rows, more = _finest(actor, period, item, own=own)
    grouped = rows.order_by().values("day").annotate(**_sums(more)).order_by("day")
    return [DayLine(row["day"], _read(row)) for row in grouped]


def places(
    actor: Actor, period: Period, item: TradeItem | None = None, *, own: bool = False
) -> list[PlaceLine]:
    """Scans of every province, the most first; where the place is not known stands at the end."""
    rows, more = _finest(actor, period, item, own=own)
    names = knowing.provinces()
    grouped = rows.order_by().values("place").annotate(**_sums(more)).order_by("-scans", "place")
    lines = [PlaceLine(r["place"], names.get(r["place"], ""), _read(r)) for r in grouped]
    return sorted(lines, key=lambda line: not line.code)


def overview(
    actor: Actor, period: Period, item: TradeItem | None = None, *, own: bool = False
) -> tuple[list[DayLine], list[PlaceLine]]:
    """`days` and `places` of a month; of a year its months in the place of days, by their first.

    A year is read once for both, month by month: grouped by day and again by place it took twice
    the time.
    """
    if period.is_month:
        return days(actor, period, item, own=own), places(actor, period, item, own=own)
    months: list[DayLine] = []
    found: dict[str, list[Sums]] = {}
    for each in periods.months_of(period):
        lines = places(actor, each, item, own=own)
        if lines:
            months.append(DayLine(each.start, total(line.sums for line in lines)))
        for line in lines:
            found.setdefault(line.code, []).append(line.sums)
    names = knowing.provinces()
    together = [PlaceLine(code, names.get(code, ""), total(sums)) for code, sums in found.items()]
    return months, sorted(together, key=lambda p: (not p.code, -p.sums.scans, p.code))


def lots(period: Period, item: TradeItem) -> list[LotLine]:
    """Scans of the lots of a sales unit, the most first."""
    rows = ScanDay.objects.filter(item=item, day__gte=period.start, day__lt=period.end)
    grouped = list(rows.order_by().values("lot").annotate(**_sums(())).order_by("-scans", "lot"))
    found = Lot.objects.in_bulk([row["lot"] for row in grouped if row["lot"] is not None])
    return [LotLine(found.get(row["lot"]), _read(row)) for row in grouped]


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    told = list(sums)
    known = bool(told) and told[0].forged is not None
    return Sums(
        *(sum(getattr(each, name) for each in told) for name in _SUMS),
        *(
            sum(getattr(each, name) or 0 for each in told) if known else None
            for name in ("forged", "unissued")
        ),
    )


def most_scanned(actor: Actor, period: Period) -> list[ScanPeriod]:
    """The sales units that were scanned most."""
    rows = items_scanned(actor, period).select_related("item__product__producer")
    return list(rows[:_MOST])


def stamps_of(item: TradeItem) -> Stamps:
    """How many stamps of a sales unit are on packs, and how many of them were ever scanned."""
    ranges = StampRange.objects.filter(order__item=item, state__in=_ACTIVE)
    active = ranges.aggregate(n=Sum("count"))["n"] or 0
    seen = OrderSeen.objects.filter(order__item=item).aggregate(n=Sum("firsts"))["n"] or 0
    return Stamps(active, seen)


def periods_there() -> list[Period]:
    """The months and years of which there are scans, the newest first."""
    found = ScanPlaceDay.objects.aggregate(first=Min("day"), last=Max("day"))
    if found["first"] is None:
        return []
    return periods.between(found["first"], found["last"])


def items_of(actor: Actor, *, own: bool = False) -> QuerySet[TradeItem]:
    """The sales units whose scans an actor may see."""
    if own:
        return TradeItem.objects.filter(product__producer__in=producers.own(actor).values("pk"))
    return traceability.items_visible_to(actor)


def signals_visible_to(actor: Actor) -> QuerySet[ScanSignal]:
    """Signals: those who look into them and auditors see all, nobody else any; a producer is heard
    when somebody comes, not warned before."""
    rows = ScanSignal.objects.select_related("item__product__producer", "lot", "order__key")
    return rows if rules.may_see_signals(actor) else rows.none()


def signals_open(actor: Actor) -> int:
    """How many signals wait for a finding."""
    return signals_visible_to(actor).filter(state__in=lifecycle.OPEN).count()


def signals_by_rule(rows: QuerySet[ScanSignal]) -> Mapping[str, int]:
    """How many there are of every rule."""
    counted = rows.order_by().values_list("rule").annotate(n=Count("pk"))
    return dict(counted)


def stamp_of(signal: ScanSignal) -> StampSeen | None:
    """What is kept of the stamp that a signal is about."""
    if signal.version is None or signal.number is None:
        return None
    return stamp_seen(signal.version, signal.number)


def stamp_seen(version: int, number: int) -> StampSeen | None:
    """What is kept of the scans of a stamp; nothing where nobody ever scanned it."""
    return StampSeen.objects.filter(version=version, number=number).first()


def early_stamps(signal: ScanSignal) -> QuerySet[StampSeen]:
    """The stamps of an order that were scanned before their activation, the latest scanned first;
    none for a signal about anything else."""
    order = signal.order
    if signal.rule != SignalRule.EARLY or order is None or order.first is None:
        return StampSeen.objects.none()
    key = order.key
    rows = StampSeen.objects.filter(
        version=key.version if key else -1,
        number__gte=order.first,
        number__lt=order.first + order.quantity,
        early__gt=0,
    )
    return rows.order_by("-last_at", "number")


def signals_of_stamp(actor: Actor, version: int, number: int) -> QuerySet[ScanSignal]:
    """The signals about a stamp that an actor may see, the latest first."""
    rows = about_stamp(signals_visible_to(actor), version, number)
    return rows.order_by("-last_at", "-pk")


def about_stamp(rows: QuerySet[ScanSignal], version: int, number: int) -> QuerySet[ScanSignal]:
    """Those of some signals that are about a stamp, or about its order for a scan of it."""
    about = Q(version=version, number=number)
    seen = stamp_seen(version, number)
    if seen is not None and seen.early:
        last = number - F("order__quantity")
        of_order = Q(order__key__version=version, order__first__lte=number, order__first__gt=last)
        about |= of_order & Q(rule=SignalRule.EARLY)
    return rows.filter(about)


def others_about(signal: ScanSignal) -> QuerySet[ScanSignal]:
    """Further signals about the same stamp or the same order."""
    same = Q(subject=signal.subject)
    if signal.order_id is not None:
        same |= Q(order=signal.order_id)
    return (
        ScanSignal.objects.filter(same)
        .exclude(pk=signal.pk)
        .select_related("item__product", "order__key")
    )


def _whose(rows: QuerySet[Any], actor: Actor, *, own: bool) -> QuerySet[Any]:
    if traceability_rules.may_see_all_stamps(actor) and not own:
        return rows
    return rows.filter(item__in=items_of(actor, own=own).order_by().values("pk"))


def _finest(
    actor: Actor, period: Period, item: TradeItem | None, *, own: bool
) -> tuple[QuerySet[Any], Sequence[str]]:
    """The smallest table that answers: all scans of a day and province, or those of sales units."""
    within = {"day__gte": period.start, "day__lt": period.end}
    if item is None and not own and traceability_rules.may_see_all_stamps(actor):
        return ScanPlaceDay.objects.filter(**within), ("forged", "unissued")
    rows = _whose(ScanDay.objects.filter(**within), actor, own=own)
    return (rows if item is None else rows.filter(item=item)), ()


def _sums(more: Sequence[str]) -> dict[str, Sum]:
    return {name: Sum(name) for name in (*_SUMS, *more)}


def _read(row: Mapping[str, Any]) -> Sums:
    return Sums(row["scans"], row["clients"], row["firsts"], row.get("forged"), row.get("unissued"))


def mark_of(signal: ScanSignal) -> StampException | None:
    """What says now that the stamp of a signal is suspicious, if anything does."""
    if signal.number is None or signal.order_id is None:
        return None
    rows = StampException.objects.filter(
        order=signal.order_id, kind=ExceptionKind.SUSPICIOUS, lifted_at=None
    )
    rows = rows.filter(first__lte=signal.number, first__gt=signal.number - F("count"))
    return rows.order_by("pk").first()


def forged_by_province(signal: ScanSignal) -> list[tuple[str, int]]:
    """Where serials that no key made were scanned on the day of a signal about who tried them; of
    the client itself nothing is kept but a digest."""
    day = signal.subject.split(":")[1]
    rows = ScanPlaceDay.objects.filter(day=day, forged__gt=0).order_by("-forged", "place")
    return list(rows.values_list("place", "forged"))
