"""Ranges on their way: reconciled after printing, delivered, activated for a lot, closed."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.traceability import lifecycle, stamp_queries
from ocop.traceability.intervals import Span, overlap, size
from ocop.traceability.models import Lot, StampOrder, StampRange, TraceEvent
from ocop.traceability.services import exceptions, ranges
from ocop.traceability.stamp_queries import span_of
from tests.factories import RecognitionFactory
from tests.traceability import stamps_making as making
from tests.traceability.factories import make_lot
from tests.world import member, person

pytestmark = pytest.mark.django_db


def shape(order: StampOrder) -> list[tuple[int, int, str]]:
    """The ranges of an order by place, count and state."""
    rows = order.ranges.order_by("first")
    return [(row.first - span_of(order).first + 1, row.count, row.state) for row in rows]


def confirm(order: StampOrder, now: datetime, good: int, **more: Any) -> StampOrder:
    spans = more.pop("spans", [span_of(order)])
    return ranges.confirm_printing(
        actor=SYSTEM, order=order, spans=spans, counted=ranges.Counted(good, **more), at=now
    )


def activate(order: StampOrder, lot: Lot, spans: list[Span], now: datetime) -> StampOrder:
    return ranges.activate_stamps(actor=SYSTEM, order=order, spans=spans, lot=lot, at=now)


def test_spoiled_and_missing_stamps_and_good_ones_are_all(now: datetime) -> None:
    order = making.approved(now)
    spoiled, missing = making.places(order, 1, 4), making.places(order, 99, 100)
    confirm(order, now, 94, spoiled=spoiled, missing=missing)
    assert shape(order) == [(1, 100, "printed")]
    told = stamp_queries.tally_of(order)
    assert (told.states["printed"], told.voided, told.lost, told.total) == (94, 4, 2, 100)
    event = Event.objects.get(name="traceability.printing_confirmed")
    assert event.change == {"printed": 100, "good": 94, "spoiled": 4, "missing": 2}
    assert [(e.kind, e.reason) for e in order.exceptions.all()] == [
        ("voided", "Hỏng khi in"),
        ("lost", "Thiếu khi đối chiếu sau in"),
    ]


@pytest.mark.parametrize(
    ("good", "spoiled", "missing", "field"),
    [
        (99, (), (), "good"),
        (101, (), (), "good"),
        (100, ((1, 2),), (), "good"),
        (96, ((1, 4),), ((4, 4),), "missing"),
        (99, ((101, 101),), (), "spoiled"),
    ],
)
def test_a_count_that_does_not_add_up_is_refused(
    now: datetime, good: int, spoiled: Any, missing: Any, field: str
) -> None:
    order = making.approved(now)
    found = [
        [s for a, b in each for s in making.places(order, a, b)] for each in (spoiled, missing)
    ]
    with pytest.raises(Refused) as refused:
        confirm(order, now, good, spoiled=found[0], missing=found[1])
    assert field in refused.value.fields
    assert shape(order) == [(1, 100, "ordered")]
    assert not order.exceptions.exists()


def test_printing_is_confirmed_in_parts(now: datetime) -> None:
    order = making.approved(now)
    confirm(order, now, 30, spans=making.places(order, 11, 40))
    assert shape(order) == [(1, 10, "ordered"), (11, 30, "printed"), (41, 60, "ordered")]
    confirm(order, now, 70, spans=[*making.places(order, 1, 10), *making.places(order, 41, 100)])
    assert shape(order) == [(1, 100, "printed")]


def test_stamps_voided_before_printing_are_not_counted(now: datetime) -> None:
    order = making.approved(now)
    exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 1, 10),
        kind="voided",
        reason="Không in phần này",
        at=now,
    )
    confirm(order, now, 90)
    assert stamp_queries.tally_of(order).states["printed"] == 90


def test_delivery_tells_the_producer(now: datetime) -> None:
    item = making.sold(now)
    own = member(now, item.product.producer)
    order = making.printed(now, item)
    part = making.places(order, 1, 60)
    ranges.deliver_stamps(actor=SYSTEM, order=order, spans=part, document="12/BBGN", at=now)
    assert shape(order) == [(1, 60, "delivered"), (61, 40, "printed")]
    event = Event.objects.get(name="traceability.stamps_delivered")
    assert event.change == {"count": 60, "document": "12/BBGN"}
    told = Message.objects.get(user=own, kind="traceability.stamps_delivered")
    assert "60" in told.body


def test_part_of_a_range_is_activated_for_a_lot(now: datetime) -> None:
    order = making.delivered(now)
    lot, other = making.traced(order.item, now), making.traced(order.item, now, number="L-02")
    activate(order, lot, making.places(order, 21, 50), now)
    activate(order, other, making.places(order, 51, 60), now)
    assert shape(order) == [
        (1, 20, "delivered"),
        (21, 30, "active"),
        (51, 10, "active"),
        (61, 40, "delivered"),
    ]
    row = StampRange.objects.get(lot=lot)
    assert (row.count, row.activated_at) == (30, now)
    book = stamp_queries.book()
    found = [book.standing(0, order.first + n).word for n in (0, 20, 49, 50, 99)]
    assert found == ["delivered", "active", "active", "active", "delivered"]
    assert book.standing(0, order.first + 20).range.lot == lot.pk


def test_stamps_that_are_all_lost_go_nowhere(now: datetime) -> None:
    """A reel that was lost is no goods: who says that it was put on some is told why not."""
    order = making.printed(now)
    exceptions.except_stamps(
        actor=SYSTEM, order=order, spans=making.places(order, 1, 5), kind="lost",
        reason="rơi trên đường", at=now,
    )  # fmt: skip
    lot, some = making.traced(order.item, now), making.places(order, 2, 4)
    with pytest.raises(Refused) as refusal:
        ranges.deliver_stamps(actor=SYSTEM, order=order, spans=some, at=now)
    assert list(refusal.value.fields) == ["places"]
    assert "báo mất" in refusal.value.message
    ranges.deliver_stamps(actor=SYSTEM, order=order, spans=making.places(order, 1, 6), at=now)
    with pytest.raises(Refused, match="báo mất"):
        activate(order, lot, some, now)
    activate(order, lot, making.places(order, 1, 6), now)
    assert shape(order) == [(1, 6, "active"), (7, 94, "printed")]


def test_an_activation_is_an_event_of_its_lot(now: datetime) -> None:
    order = making.delivered(now)
    lot = making.traced(order.item, now)
    exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 1, 2),
        kind="voided",
        reason="Rách",
        at=now,
    )
    activate(order, lot, making.places(order, 1, 30), now)
    event = TraceEvent.objects.get(things__lot=lot, biz_step="encoding")
    assert event.event_time == now
    assert event.things.get().quantity == 28  # the voided ones are on no goods


def test_an_activation_never_asks_for_a_star(now: datetime) -> None:
    order = making.delivered(now)
    assert not order.item.product.recognitions.exists()
    activate(order, making.traced(order.item, now), making.places(order, 1, 1), now)
    starred = making.delivered(now)
    old = date(2020, 1, 1)
    RecognitionFactory(product=starred.item.product, on=old)  # its star ended years ago
    activate(starred, making.traced(starred.item, now), making.places(starred, 1, 1), now)
    assert shape(starred)[0] == (1, 1, "active")


def _no_image(lot: Lot) -> None:
    lot.item.product.images.all().delete()


def _no_stage(lot: Lot) -> None:
    TraceEvent.objects.update(declared_wrong_at=datetime.fromisoformat("2026-11-23T00:00+07:00"))


def _blank(field: str) -> Any:
    def change(lot: Lot) -> None:
        setattr(lot.item, field, "")
        lot.item.save()

    return change


def _no_day(lot: Lot) -> None:
    lot.produced_on = None
    lot.save()


def _no_address(lot: Lot) -> None:
    maker = lot.item.product.producer
    maker.address, maker.commune = "", None
    maker.save()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_no_image, "Hình ảnh sản phẩm"),  # Circular 02/2024, datum 2
        (_no_address, "Địa chỉ đơn vị"),  # 4
        (_no_stage, "Các công đoạn"),  # 5
        (_no_day, "Thời gian sản xuất"),  # 6
        (_blank("standards"), "Tiêu chuẩn áp dụng"),  # 10
        (_blank("origin"), "Xuất xứ"),  # Decree 37/2026, Art. 32, item 3
    ],
)
def test_a_datum_that_the_law_asks_for_and_nobody_told_stops_an_activation(
    now: datetime, spoil: Any, words: str
) -> None:
    order = making.delivered(now)
    lot = making.traced(order.item, now)
    spoil(lot)
    order, lot = StampOrder.objects.get(pk=order.pk), Lot.objects.get(pk=lot.pk)
    with pytest.raises(ranges.DataMissing) as refused:
        activate(order, lot, [span_of(order)], now)
    assert refused.value.code == "data_missing"
    assert words in refused.value.message
    assert refused.value.missing
    assert shape(order) == [(1, 100, "delivered")]


@pytest.mark.parametrize("field", ["brand", "shelf_life", "warnings", "certificates", "other"])
def test_what_the_law_asks_for_only_if_any_stops_nothing(now: datetime, field: str) -> None:
    order = making.delivered(now)
    lot = making.traced(order.item, now)
    _blank(field)(lot)
    activate(order, Lot.objects.get(pk=lot.pk), [span_of(order)], now)
    assert shape(order) == [(1, 100, "active")]


def test_a_lot_of_another_item_recalled_or_expired_is_refused(now: datetime) -> None:
    order = making.delivered(now)
    other = making.traced(making.sold(now), now)
    recalled = making.traced(order.item, now, recalled_at=now, recall_reason="Kiểm nghiệm")
    expired = making.traced(order.item, now, number="L-03", expires_on=date(2026, 11, 22))
    last_day = making.traced(order.item, now, number="L-04", expires_on=date(2026, 11, 23))
    for lot in (other, recalled, expired):
        with pytest.raises(Refused) as refused:
            activate(order, lot, [span_of(order)], now)
        assert "lot" in refused.value.fields
    activate(order, last_day, [span_of(order)], now)


def test_a_lot_without_events_says_what_to_do(now: datetime) -> None:
    order = making.delivered(now)
    with pytest.raises(ranges.DataMissing) as refused:
        activate(order, make_lot(order.item, now), [span_of(order)], now)
    assert "nhật ký" in refused.value.message


def test_a_wrong_activation_is_undone(now: datetime) -> None:
    order = making.active(now)
    part = making.places(order, 41, 60)
    ranges.undo_activation(actor=SYSTEM, order=order, spans=part, reason="Nhầm lô", at=now)
    assert shape(order) == [(1, 40, "active"), (41, 20, "delivered"), (61, 40, "active")]
    row = order.ranges.get(state="delivered")
    assert (row.lot, row.activated_at) == (None, None)


def test_closed_stamps_keep_their_lot(now: datetime) -> None:
    order = making.active(now)
    spans = [span_of(order)]
    ranges.close_stamps(actor=SYSTEM, order=order, spans=spans, reason="Bán hết", at=now)
    (row,) = order.ranges.all()
    assert (row.state, row.lot, row.activated_at) == ("closed", order.item.lots.get(), now)


@pytest.mark.parametrize(
    ("made", "act"),
    [
        (making.approved, "deliver"),
        (making.approved, "activate"),
        (making.printed, "print"),
        (making.printed, "activate"),
        (making.delivered, "deliver"),
        (making.delivered, "close"),
        (making.active, "activate"),
        (making.active, "print"),
    ],
)
def test_no_step_is_passed_over_or_done_twice(now: datetime, made: Any, act: str) -> None:
    order = made(now)
    lot = order.item.lots.first() or making.traced(order.item, now)
    spans = [span_of(order)]
    acts = {
        "print": lambda: confirm(order, now, 100),
        "deliver": lambda: ranges.deliver_stamps(actor=SYSTEM, order=order, spans=spans, at=now),
        "activate": lambda: activate(order, lot, spans, now),
        "close": lambda: ranges.close_stamps(
            actor=SYSTEM, order=order, spans=spans, reason="Bán hết", at=now
        ),
    }
    before = shape(order)
    with pytest.raises(Refused) as refused:
        acts[act]()
    assert refused.value.code == "move_not_possible"
    assert "1–100" in refused.value.message
    assert shape(order) == before


def test_numbers_outside_of_the_order_are_refused(now: datetime) -> None:
    making.approved(now)
    order = making.printed(now)
    for spans in ([], making.places(order, 1, 101), [Span(0, 1)]):
        with pytest.raises(Refused) as refused:
            ranges.deliver_stamps(actor=SYSTEM, order=order, spans=spans, at=now)
        assert "places" in refused.value.fields


def test_an_order_without_numbers_has_nothing_to_move(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        ranges.confirm_printing(
            actor=SYSTEM,
            order=making.requested(now),
            spans=[Span(0, 1)],
            counted=ranges.Counted(1),
            at=now,
        )
    assert refused.value.code == "order_without_numbers"


def test_a_page_of_a_minute_ago_changes_nothing(now: datetime) -> None:
    """A row is changed only as it was read."""
    order = making.delivered(now)
    rows = list(order.ranges.all())
    StampRange.objects.filter(pk=rows[0].pk).update(count=60)
    with pytest.raises(Refused) as refused, transaction.atomic():
        ranges._write(order, rows, [])
    assert refused.value.code == "order_changed"


def test_who_may(now: datetime) -> None:
    order = making.delivered(now)
    lot = making.traced(order.item, now)
    maker = order.item.product.producer
    own = people.actor_for(member(now, maker), on=now.date())
    other = people.actor_for(member(now, making.sold(now).product.producer), on=now.date())
    inspector = people.actor_for(person(now, Role.INSPECTOR), on=now.date())
    spans = making.places(order, 1, 10)
    for who in (other, inspector):
        with pytest.raises(NotAllowed):
            ranges.activate_stamps(actor=who, order=order, spans=spans, lot=lot, at=now)
    ranges.activate_stamps(actor=own, order=order, spans=spans, lot=lot, at=now)
    with pytest.raises(NotAllowed):
        ranges.undo_activation(actor=own, order=order, spans=spans, reason="Nhầm lô", at=now)
    with pytest.raises(NotAllowed):
        ranges.close_stamps(actor=other, order=order, spans=spans, reason="Bán hết", at=now)
    ranges.close_stamps(actor=own, order=order, spans=spans, reason="Bán hết", at=now)


MOVES = sorted(lifecycle.RANGE.moves)
ACTS = st.lists(
    st.tuples(st.sampled_from(MOVES), st.integers(1, 20), st.integers(1, 20), st.integers(0, 2)),
    max_size=15,
)


@pytest.mark.whole
@settings(max_examples=40)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=3), ACTS)
def test_ranges_of_a_key_never_overlap_and_always_sum_to_their_orders(
    quantities: list[int], acts: list[tuple[str, int, int, int]]
) -> None:
    """Whatever is tried, in whatever order, against a table with the state of every stamp."""
    now = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
    with transaction.atomic():
        made = [making.approved(now, quantity=quantity) for quantity in quantities]
        lots = [making.traced(order.item, now) for order in made]
        slow = [["ordered"] * order.quantity for order in made]
        for move, first, count, which in acts:
            n = which % len(made)
            order, places = made[n], range(first - 1, first - 1 + count)
            spans = [Span(span_of(order).first + first - 1, count)]
            rule = lifecycle.RANGE.moves[move]
            may = places[-1] < order.quantity and all(
                slow[n][place] in rule.sources for place in places
            )
            try:
                _do(move, order, spans, lots[n], count, now)
            except Refused:
                assert not may
                continue
            assert may
            for place in places:
                slow[n][place] = rule.target
        rows = list(StampRange.objects.all())
        whole = [Span(row.first, row.count) for row in rows]
        assert not overlap(whole)
        assert size(whole) == sum(quantities)
        for order, states in zip(made, slow, strict=True):
            found = [s for p in stamp_queries.pieces_of(order) for s in [p.state] * p.span.count]
            assert found == states
            assert sum(row.count for row in order.ranges.all()) == order.quantity
        transaction.set_rollback(True)


def _do(
    move: str, order: StampOrder, spans: list[Span], lot: Lot, count: int, now: datetime
) -> None:
    if move == "print":
        confirm(order, now, count, spans=spans)
    elif move == "deliver":
        ranges.deliver_stamps(actor=SYSTEM, order=order, spans=spans, at=now)
    elif move == "activate":
        activate(order, lot, spans, now)
    else:
        service = ranges.undo_activation if move == "undo" else ranges.close_stamps
        service(actor=SYSTEM, order=order, spans=spans, reason="Bán hết", at=now)


def test_activation_is_an_event_of_the_lot_and_taken_back_with_it(now: datetime) -> None:
    """Stamps put on goods are an event; of a mistake it is said that it did not happen."""
    order = making.active(now)
    event = TraceEvent.objects.get(biz_step="encoding")
    assert event.things.get().quantity == size([span_of(order)])
    part = making.places(order, 1, 5)
    ranges.undo_activation(actor=SYSTEM, order=order, spans=part, reason="Nhầm lô", at=now)
    event.refresh_from_db()
    assert event.declared_wrong_at is None  # other stamps of the lot are active
    rest = making.places(order, 6, span_of(order).count)
    ranges.undo_activation(actor=SYSTEM, order=order, spans=rest, reason="Nhầm lô", at=now)
    event.refresh_from_db()
    assert event.declared_wrong_at == now
