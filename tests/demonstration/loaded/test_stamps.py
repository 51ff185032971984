"""Stamps of the demonstration: on more than five thousand farm products, and in every state."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, Sum

from ocop.demonstration.traceability.packs import FARMED
from ocop.demonstration.traceability.playing import play_stamps
from ocop.traceability import lifecycle, passport, queries, stamp_queries
from ocop.traceability.intervals import Span, overlap
from ocop.traceability.models import (
    ExceptionKind,
    OrderState,
    PrintKind,
    RangeState,
    StampAllowance,
    StampException,
    StampKey,
    StampOrder,
    StampPrint,
    StampRange,
    TraceEvent,
    TradeItem,
)
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


@pytest.fixture(autouse=True)
def _keys(settings: Any, demonstration_keys: Path) -> None:
    """The province was filled before the settings of this test."""
    settings.OCOP_KEYS_DIR = demonstration_keys


def test_more_than_five_thousand_farm_products_carry_a_stamp() -> None:
    """The figure of the office, counted."""
    active = StampRange.objects.filter(
        state=RangeState.ACTIVE, order__item__product__set_number__in=FARMED
    )
    products = active.values("order__item__product").distinct()
    assert products.count() > 5000
    starless = products.filter(order__item__product__in_ocop=False)
    assert starless.count() > products.count() / 2  # a stamp needs no star


def test_ranges_never_overlap_and_sum_to_their_orders() -> None:
    rows = StampRange.objects.order_by("first").values_list("first", "count")
    assert not overlap([Span(first, count) for first, count in rows])
    sums = StampOrder.objects.filter(state="approved").annotate(found=Sum("ranges__count"))
    assert not sums.exclude(found=F("quantity")).exists()
    key = StampKey.objects.get()
    last = StampOrder.objects.latest("first")
    assert key.next_number == (last.first or 0) + last.quantity


def test_no_stamp_is_active_for_a_lot_that_lacks_what_the_law_asks_for() -> None:
    assert not queries.lots_incomplete(
        queries.Lot.objects.filter(ranges__state=RangeState.ACTIVE)
    ).exists()
    lacking = queries.incomplete(TradeItem.objects.all())
    assert not StampRange.objects.filter(order__item__in=lacking.values("pk")).exists()
    for row in StampRange.objects.filter(state=RangeState.ACTIVE).order_by("pk")[:20]:
        assert row.lot is not None
        assert passport.missing(queries.facts_of(row.order.item, row.lot)) == []


def test_nobody_ordered_more_than_was_allowed() -> None:
    assert not StampAllowance.objects.filter(used__gt=F("quantity")).exists()
    taken = StampOrder.objects.aggregate(all=Sum("quantity"))["all"]
    assert StampAllowance.objects.aggregate(all=Sum("used"))["all"] == taken


def test_nothing_happened_in_the_future() -> None:
    assert not StampRange.objects.filter(activated_at__gt=LOADED_AT).exists()
    assert not TraceEvent.objects.filter(event_time__gt=LOADED_AT).exists()


def test_orders_are_played_into_every_state() -> None:
    before = set(StampOrder.objects.values_list("pk", flat=True))
    play_stamps(at=LOADED_AT)
    played = StampOrder.objects.exclude(pk__in=before)
    assert set(played.values_list("state", flat=True)) == set(OrderState.values)
    found = set(StampRange.objects.filter(order__in=played).values_list("state", flat=True))
    assert found == set(RangeState.values)
    assert set(StampException.objects.values_list("kind", flat=True)) == set(ExceptionKind.values)
    ready = StampPrint.objects.filter(state="ready").values_list("kind", flat=True)
    assert set(ready) == {PrintKind.A4, PrintKind.CSV, PrintKind.HIDDEN}
    for order in played.filter(state=lifecycle.APPROVED):
        assert stamp_queries.tally_of(order).total == order.quantity
