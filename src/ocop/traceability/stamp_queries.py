"""Reads of orders, ranges, exceptions, allowances and files of stamps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from ocop.core.actor import Actor
from ocop.core.jobs.files import JobState
from ocop.producers.models import Producer
from ocop.traceability import lifecycle, rules, stamp_addresses
from ocop.traceability import queries as items
from ocop.traceability.carving import Piece
from ocop.traceability.intervals import Span, union
from ocop.traceability.models import (
    Lot,
    OrderState,
    StampAllowance,
    StampException,
    StampKey,
    StampOrder,
    StampPrint,
    StampRange,
    TradeItem,
)
from ocop.traceability.own_hosts import own_hosts
from ocop.traceability.stamp_options import ALLOWANCE, KEPT_DAYS
from ocop.traceability.standing import (
    Book,
    ExceptionFact,
    RangeFact,
    Standing,
    standing_of,
)
from ocop.traceability.tallies import Tally, tally


def address_of(item: TradeItem) -> str:
    """What stands before the serial in the codes of a sales unit."""
    return stamp_addresses.prefix(settings.OCOP_STAMP_URL, item.gtin)


def foreign_host(text: str) -> str:
    """The host of a code that leads elsewhere; "" where the code is ours, or names no host. A true
    serial behind the website of somebody else is the usual forgery."""
    host = stamp_addresses.host_in(text)
    return "" if host in own_hosts() else host


def span_of(order: StampOrder) -> Span:
    """The numbers of an approved order."""
    if order.first is None:
        raise ValueError(f"order {order.code} has no numbers")
    return Span(order.first, order.quantity)


def key_of(order: StampOrder) -> StampKey:
    """The key of the numbers of an approved order."""
    if order.key is None:
        raise ValueError(f"order {order.code} has no numbers")
    return order.key


def piece_of(row: StampRange) -> Piece:
    """A range as the arithmetic takes it."""
    return Piece(Span(row.first, row.count), row.state, row.lot_id, row.activated_at)


def pieces_of(order: StampOrder) -> list[Piece]:
    """How the numbers of an order are divided now."""
    return [piece_of(row) for row in order.ranges.order_by("first")]


def exceptions_of(order: StampOrder) -> list[tuple[str, Span]]:
    """What is said of some of its numbers and holds."""
    rows = order.exceptions.filter(lifted_at=None).values_list("kind", "first", "count")
    return [(kind, Span(first, count)) for kind, first, count in rows]


def gone_of(order: StampOrder) -> list[Span]:
    """Its numbers that are voided or lost."""
    return union(span for kind, span in exceptions_of(order) if kind in lifecycle.GONE)


def tally_of(order: StampOrder) -> Tally:
    """How many of its stamps are where."""
    return tally(pieces_of(order), exceptions_of(order))


def for_lists(rows: QuerySet[StampOrder]) -> QuerySet[StampOrder]:
    """Orders with the counts of their ranges by state, for tables."""
    return rows.annotate(
        **{
            f"in_{state}": Sum("ranges__count", filter=Q(ranges__state=state), default=0)
            for state in lifecycle.RANGE.situations
        }
    )


def standing_in(rows: QuerySet[StampOrder], stage: str) -> QuerySet[StampOrder]:
    """Orders in a state, or with a range in a state."""
    if stage in OrderState.values and stage != OrderState.APPROVED:
        return rows.filter(state=stage)
    return rows.filter(pk__in=StampRange.objects.filter(state=stage).values("order"))


def order_of(version: int, number: int) -> StampOrder | None:
    """The order that a number of a key belongs to."""
    rows = StampOrder.objects.filter(key__version=version, first__lte=number)
    found = rows.select_related("item__product__producer", "key").order_by("-first").first()
    return found if found and number in span_of(found) else None


def range_facts() -> Iterator[RangeFact]:
    """All ranges, for `standing.Book`."""
    rows = StampRange.objects.order_by().values_list(
        "key__version", "first", "count", "state", "order", "order__item", "lot", "activated_at"
    )
    for version, first, count, state, order, item, lot, at in rows.iterator():
        yield RangeFact(version, Span(first, count), state, order, item, lot, at)


def exception_facts() -> Iterator[ExceptionFact]:
    """All exceptions that hold, for `standing.Book`."""
    rows = StampException.objects.filter(lifted_at=None).order_by()
    for version, first, count, kind in rows.values_list("key__version", "first", "count", "kind"):
        yield ExceptionFact(version, Span(first, count), kind)


def book() -> Book:
    """What every stamp is, as of now."""
    return Book(range_facts(), exception_facts())


def standing_in_order(order: StampOrder, number: int) -> Standing:
    """What one stamp is, of an order that is known: reads no other."""
    version = key_of(order).version
    facts = [
        RangeFact(version, piece.span, piece.state, order.pk, order.item_id, piece.lot)
        for piece in pieces_of(order)
    ]
    said = [ExceptionFact(version, span, kind) for kind, span in exceptions_of(order)]
    return standing_of(version, number, facts, said)


# Allowances


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a producer may order in a year, and what of it is taken."""

    quantity: int
    used: int

    @property
    def left(self) -> int:
        """What may still be ordered."""
        return self.quantity - self.used


def allowance_of(producer: Producer, year: int) -> Allowed:
    """The allowance of a producer: its own, or the usual one."""
    row = StampAllowance.objects.filter(producer=producer, year=year).first()
    return Allowed(row.quantity, row.used) if row else Allowed(ALLOWANCE.get(), 0)


def allowances_in(makers: Sequence[Producer], year: int) -> list[tuple[Producer, Allowed]]:
    """The same of several, each with its own."""
    rows = StampAllowance.objects.filter(producer__in=makers, year=year)
    set_ = {row.producer_id: Allowed(row.quantity, row.used) for row in rows}
    usual = Allowed(ALLOWANCE.get(), 0)
    return [(maker, set_.get(maker.pk, usual)) for maker in makers]


def allowances_visible_to(actor: Actor) -> QuerySet[StampAllowance]:
    """Allowances that were set or used: of all producers, or of the own ones."""
    rows = StampAllowance.objects.select_related("producer")
    if rules.may_see_all_stamps(actor):
        return rows
    seen = items.items_visible_to(actor).values("product__producer")
    return rows.filter(producer__in=seen)


# Keys


def keys_with_orders() -> QuerySet[StampKey]:
    """The keys with what was ordered under each."""
    return StampKey.objects.annotate(
        order_count=Count("orders"), last_order_at=Max("orders__answered_at")
    ).order_by("-version")


# Files


def prints_visible_to(actor: Actor) -> QuerySet[StampPrint]:
    """Files hold the codes of stamps nobody has yet: they are the office's alone."""
    rows = StampPrint.objects.select_related("order__item__product__producer", "order__key")
    return rows if actor.is_system or rules.may_manage_stamps(actor) else rows.none()


def kept_until(made: StampPrint) -> datetime | None:
    """When a file is removed."""
    return made.ended_at + timedelta(days=KEPT_DAYS.get()) if made.ended_at else None


def old(at: datetime) -> QuerySet[StampPrint]:
    """Files that are not kept any longer."""
    last = at - timedelta(days=KEPT_DAYS.get())
    return StampPrint.objects.filter(state=JobState.READY, ended_at__lt=last)


def lots_to_activate(order: StampOrder) -> QuerySet[Lot]:
    """The lots of the sales unit that stamps may be activated for, the newest first."""
    return order.item.lots.filter(recalled_at=None).order_by(
        F("produced_on").desc(nulls_last=True), "-pk"
    )
