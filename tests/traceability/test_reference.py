"""What a resolver holds in memory, and what a change makes it read again."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import db
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.models import Event
from ocop.traceability import reference_rows
from ocop.traceability.following import EVERYTHING, NOTHING, Changes, Follower
from ocop.traceability.models import EventThing, StampOrder, TraceEvent
from ocop.traceability.reference import (
    EXCEPTIONS,
    Found,
    ItemFact,
    LotFact,
    OrderFact,
    RangeFact,
    Reference,
)
from ocop.traceability.serials import Stamp
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.stamping import activate, except_one, make_order

ITEM = ItemFact(1, "aaaaaaaa", "09520123456788", "Bánh, hộp", 5, "pppppppp", True, True)
LOT = LotFact(7, "llllllll", "L/1", 1, False)


def order(key: int, first: int, *parts: RangeFact, said: Any = ()) -> OrderFact:
    return OrderFact(key, 3, first, parts[-1].end, 1, False, parts, said)


def held(*orders: OrderFact) -> Reference:
    told = Reference()
    told.put_items([ITEM])
    told.put_lots([LOT])
    told.put_orders(orders)
    return told


def test_number_is_found_in_its_range_and_nowhere_else() -> None:
    told = held(
        order(
            1,
            100,
            RangeFact(100, 150, "active", 7, "23/11/2026"),
            RangeFact(150, 200, "printed", None),
        ),
        order(2, 200, RangeFact(200, 210, "closed", 7)),
    )
    assert told.found(Stamp(3, 99)) is None
    assert told.found(Stamp(3, 100)) == Found(ITEM, LOT, "active", False, "23/11/2026")
    assert told.found(Stamp(3, 149)) == told.found(Stamp(3, 100))
    assert told.found(Stamp(3, 150)) == Found(ITEM, None, "printed", False, "")
    assert told.found(Stamp(3, 209)) == Found(ITEM, LOT, "closed", False, "")
    assert told.found(Stamp(3, 210)) is None
    assert told.found(Stamp(4, 100)) is None


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8),
    kinds=st.lists(st.sampled_from(EXCEPTIONS), min_size=8, max_size=8),
    number=st.integers(0, 50),
)
def test_gravest_of_what_is_said_counts(
    spans: list[tuple[int, int]], kinds: list[str], number: int
) -> None:
    said = tuple(
        (first, first + count, kind) for (first, count), kind in zip(spans, kinds, strict=False)
    )
    told = held(order(1, 0, RangeFact(0, 50, "active", 7), said=said)).found(Stamp(3, number))
    if number == 50:
        assert told is None
        return
    of_it = [kind for first, end, kind in said if first <= number < end]
    assert told is not None
    assert told.word == (min(of_it, key=EXCEPTIONS.index) if of_it else "active")


def test_recalled_lot_turns_all_its_stamps() -> None:
    told = held(order(1, 0, RangeFact(0, 5, "active", 7)))
    told.put_lots([LotFact(7, "llllllll", "L/1", 1, True)])
    found = told.found(Stamp(3, 4))
    assert found is not None
    assert found.word == "recalled"


def test_newer_self_stands_in_the_place_of_the_older() -> None:
    told = held(order(1, 0, RangeFact(0, 5, "ordered", None)))
    told.put_orders([order(1, 0, RangeFact(0, 5, "active", 7))])
    told.put_items([ItemFact(1, "aaaaaaaa", "", "Bánh, hộp", 5, "pppppppp", True, True)])
    told.put_lots([LotFact(7, "llllllll", "L2", 1, False)])
    found = told.found(Stamp(3, 0))
    assert found is not None
    assert found.word == "active"
    assert told.item_of("09520123456788") is None
    assert told.item_coded("aaaaaaaa") is not None
    assert told.lot_of(1, "L/1") is None
    assert told.lot_of(1, "L2") == told.lot_coded("llllllll")


def test_gtin_that_moved_to_another_unit_stays_there() -> None:
    told = held()
    moved = ItemFact(2, "bbbbbbbb", ITEM.gtin, "Bánh, túi", 5, "pppppppp", True, True)
    told.put_items([moved])
    told.put_items([ItemFact(1, "aaaaaaaa", "", "Bánh, hộp", 5, "pppppppp", True, True)])
    assert told.item_of(ITEM.gtin) == moved


@pytest.fixture
def rows(db: None, now: datetime) -> Any:
    product = ProductFactory(name="Bánh gai")
    item = make_item(product, now, gtin="09520123456788")
    lot = make_lot(item, now)
    placed = make_order(item, now)
    activate(placed, lot, now)
    return product, item, lot, placed


def test_everything_is_read_from_the_tables(rows: Any, now: datetime) -> None:
    product, item, lot, placed = rows
    except_one(placed, 3, "lost", now)
    except_one(placed, 4, "lost", now).delete()
    StampOrder.objects.create(
        code="zzzzzzzz", item=item, quantity=5, year=2026, requested_at=now
    )  # not answered: no numbers
    told = reference_rows.everything()
    expected = ItemFact(
        item.pk, item.code, item.gtin, "Bánh gai, Hộp 250 g", product.pk, product.code, True, False
    )
    assert told.item_of("09520123456788") == expected
    assert told.lot_of(item.pk, "L-01") == LotFact(lot.pk, lot.code, "L-01", item.pk, False)
    assert list(told.orders) == [placed.pk]
    words = [told.found(Stamp(0, placed.first + place)) for place in (0, 3, 4)]
    assert [each.word if each else None for each in words] == ["active", "lost", "active"]
    assert told.found(Stamp(0, placed.first + 100)) is None


def test_few_are_read_alone(rows: Any, now: datetime, django_assert_num_queries: Any) -> None:
    _product, item, lot, placed = rows
    make_order(make_item(ProductFactory(), now), now)
    with django_assert_num_queries(9):  # three of them settings, on which today's star depends
        assert [each.key for each in reference_rows.items([item.pk])] == [item.pk]
        assert [each.key for each in reference_rows.lots([lot.pk])] == [lot.pk]
        assert [each.key for each in reference_rows.orders([placed.pk])] == [placed.pk]


def changes(*objects: Any, name: str = "traceability.thing_done", at: datetime) -> Changes:
    follower = Follower()
    follower.begin()
    record(SYSTEM, name, *objects, at=at)
    return follower.changes(0.0)


def test_nothing_happened_is_nothing(rows: Any) -> None:
    follower = Follower()
    follower.begin()
    assert follower.changes(0.0) == NOTHING
    assert not NOTHING


def test_order_is_read_again_when_it_or_a_part_of_it_is_named(rows: Any, now: datetime) -> None:
    _product, _item, lot, placed = rows
    for named in (placed, placed.ranges.get(), except_one(placed, 1, "lost", now)):
        assert changes(named, at=now).orders == {placed.pk}
    of_lot = changes(lot, at=now)
    assert (of_lot.orders, of_lot.lots) == ({placed.pk}, {lot.pk})


def test_pages_of_a_product_are_made_again_when_anything_of_it_changes(
    rows: Any, now: datetime
) -> None:
    product, item, lot, _placed = rows
    other = make_item(ProductFactory(), now)
    star = RecognitionFactory(product=product, decision=DecisionFactory())
    site = make_site(product, now)
    lot.site = site
    lot.save()
    event = TraceEvent.objects.create(
        event_id="urn:uuid:1",
        digest="1",
        type="ObjectEvent",
        event_time=now,
        record_time=now,
        body={},
    )
    EventThing.objects.create(event=event, role="class", value="x", lot=lot)
    for named in (product, product.producer, star, star.decision, item, lot, site, event):
        assert changes(named, at=now).pages == {item.pk}, named
    assert changes(other, at=now).pages == {other.pk}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("councils.sheet_submitted", NOTHING),
        ("traceability.hidden_code_checked", NOTHING),
        ("recognition.complaint_received", NOTHING),
        ("traceability.events_captured", NOTHING),  # all of them were known
        ("core.option_set", EVERYTHING),
        ("recognition.import_published", EVERYTHING),
    ],
)
def test_act_that_names_nothing_of_ours(
    rows: Any, now: datetime, name: str, expected: Changes
) -> None:
    assert changes(name=name, at=now) == expected


def test_key_that_changed_makes_the_keys_be_read_again(rows: Any, now: datetime) -> None:
    assert changes(rows[3].key, at=now).keys


def test_event_that_commits_late_is_seen_still(rows: Any, now: datetime) -> None:
    """Of two acts at once the one that took its number first commits last."""
    _product, item, _lot, _placed = rows
    follower = Follower()
    follower.begin()
    late = record(SYSTEM, "traceability.thing_done", item, at=now)
    kept = (late.pk, list(late.objects_named.values_list("kind", "object_id")))

    db._unprotect(connection)
    late.objects_named.all().delete()
    Event.objects.filter(pk=late.pk).delete()
    record(SYSTEM, "councils.sheet_submitted", at=now)
    assert follower.changes(0.0) == NOTHING
    Event.objects.create(pk=kept[0], name="traceability.thing_done", actor_kind="system", at=now)
    Event.objects.get(pk=kept[0]).objects_named.create(kind="tradeitem", object_id=item.pk)
    assert follower.changes(30.0).items == {item.pk}
    assert follower.changes(31.0) == NOTHING
    db._protect(connection)


def test_number_that_never_comes_is_given_up(rows: Any, now: datetime) -> None:
    follower = Follower(_last=0)
    follower.begin()
    follower._passed = {follower._last + 5: 60.0}
    follower.changes(61.0)
    assert follower._passed == {}


def test_another_database_is_read_as_a_whole(rows: Any, now: datetime) -> None:
    follower = Follower()
    follower.begin()
    follower._last += 100
    assert follower.changes(0.0) == EVERYTHING
    assert follower.changes(0.0) == NOTHING
