"""Events that were captured before names were read as they are today speak of the same goods
afterwards as those captured now, and recalls follow them; nobody waits for it long."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.traceability import genealogy, goods, naming, stamp_keys
from ocop.traceability.epcis.identifiers import canonical
from ocop.traceability.following import Follower
from ocop.traceability.models import EventThing, Lot, StampOrder, TraceEvent
from ocop.traceability.services import ranges, reading_again
from ocop.traceability.services.recalling import recall_lot
from ocop.traceability.stamp_queries import span_of
from tests.traceability import stamping, stamps_making
from tests.traceability.factories import make_site
from tests.traceability.making import Maker, lot_of, maker
from tests.traceability.test_goods import is_piece, names_of, take, turned

GTIN = "08935001700012"
pytestmark = pytest.mark.django_db


def as_captured_before(event: int) -> None:
    """The rows of an event as they were written when only GS1's own names were read: what was
    called otherwise is kept as it was written and is no lot of ours."""
    row = TraceEvent.objects.get(pk=event)
    old = [each["epcClass"] for each in row.body.get("inputQuantityList", ())]
    old += row.body.get("inputEPCList", [])
    (written,) = old
    EventThing.objects.filter(event=event, role__startswith="input").update(
        value=canonical(written), lot=None, stamp=None
    )
    TraceEvent.objects.filter(pk=event).update(names_read_at=None)


def read_on(now: datetime, **more: Any) -> int:
    return reading_again.read_on(clock=lambda: now, **more)


def stamped(now: datetime, gtin: str = "") -> tuple[Maker, str]:
    made = maker(now, gtin=gtin)
    order = stamping.make_order(made.item, now)
    stamping.activate(order, made.lot, now)
    return made, stamping.serial(order)


@pytest.mark.parametrize("gtin", ["", GTIN])
def test_recall_follows_events_of_before_by_every_name(gtin: str, now: datetime) -> None:
    made, serial = stamped(now, gtin)
    children = []
    for number, name in enumerate(names_of(made.lot, serial)):
        child = lot_of(made, f"C-{number}", now)
        (key,) = take(now, turned(name, child, made, piece=is_piece(name))).new
        before = list(EventThing.objects.filter(event=key).order_by("role", "value").values())
        as_captured_before(key)
        children.append((child.pk, key, before))
    read_on(now)
    for child, key, before in children:
        after = EventThing.objects.filter(event=key).order_by("role", "value").values()
        assert [{**row, "id": 0} for row in after] == [{**row, "id": 0} for row in before]
        assert child in genealogy.made_of([made.lot]).lots
    assert not TraceEvent.objects.filter(names_read_at=None).exists()
    acts = Event.objects.filter(name="traceability.names_read_again")
    assert sum(act.change["events"] for act in acts) == len(children)
    assert read_on(now) == 0


def test_what_was_made_of_a_recalled_lot_is_recalled_once_that_is_known(now: datetime) -> None:
    made, _serial = stamped(now)
    child = lot_of(made, "C", now)
    name = f"http://localhost:8000/L/{made.lot.code.upper()}"
    (key,) = take(now, turned(name, child, made, piece=False)).new
    as_captured_before(key)
    recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mốc", at=now)
    child.refresh_from_db()
    assert child.recalled_at is None
    follower = Follower()
    follower.begin()
    assert read_on(now) == 1
    child.refresh_from_db()
    assert child.recalled_at == now
    assert child.recalled_with == made.lot
    told = TraceEvent.objects.filter(disposition="recalled", things__lot=child)
    assert told.count() == 1
    changes = follower.changes(0.0)  # resolvers read both lots again, and not everything
    assert not changes.everything
    assert {made.lot.pk, child.pk} <= changes.lots


def test_name_that_would_be_refused_today_stays_what_it_was(now: datetime) -> None:
    made, serial = stamped(now, GTIN)
    other = maker(now)
    theft = turned(naming.lot_uri(other.lot), other.lot, other, piece=False)
    copied = turned(naming.lot_uri(other.lot), lot_of(other, "C", now), other, piece=False)
    first, second = take(now, theft, copied).new
    # As older programs kept them: the lot of somebody else made by an event, by its label; and a
    # true serial behind the number of other goods.
    label = f"http://localhost:8000/L/{made.lot.code.upper()}"
    for key, change in (
        (first, {"outputQuantityList": [{"epcClass": label, "quantity": 2}]}),
        (second, {"inputQuantityList": [], "inputEPCList": [
            f"https://id.gs1.org/01/09520000003029/21/{serial}"]}),
    ):  # fmt: skip
        row = TraceEvent.objects.get(pk=key)
        row.body |= change
        row.names_read_at = None
        row.save()
    EventThing.objects.filter(event=first, role="output_class").update(value=label, lot=None)
    EventThing.objects.filter(event=second, role="input_class").update(
        role="input", value=f"https://id.gs1.org/01/09520000003029/21/{serial}", lot=None
    )
    before = list(EventThing.objects.order_by("pk").values())
    assert read_on(now) == 0
    assert list(EventThing.objects.order_by("pk").values()) == before
    assert not TraceEvent.objects.filter(names_read_at=None).exists()


def test_it_goes_on_where_it_was_stopped_and_asks_no_more_for_more(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_again, "_MOST", 20)
    made, _serial = stamped(now)
    name = f"http://localhost:8000/L/{made.lot.code.upper()}"
    moments = (now - timedelta(hours=1, seconds=each) for each in range(60))
    some = [
        turned(name, made.lot, made, piece=False) | {"eventTime": at.isoformat()} for at in moments
    ]
    for key in take(now, *some).new:
        as_captured_before(key)
    turns = iter([False, True])
    first = read_on(now, stop=lambda: next(turns))
    left = TraceEvent.objects.filter(names_read_at=None).count()
    assert 0 < first < 60
    assert left == 60 - first
    assert read_on(now) == left
    with CaptureQueriesContext(connection) as asked:
        assert read_on(now) == 0
    assert len(asked) == 1


def test_missing_keys_of_stamps_leave_events_waiting(now: datetime) -> None:
    made, serial = stamped(now)
    child = lot_of(made, "C", now)
    (key,) = take(now, turned(f"http://localhost:8000/S/{serial}", child, made, piece=True)).new
    as_captured_before(key)
    kept = stamp_keys.path().read_bytes()
    stamp_keys.path().unlink()
    assert read_on(now) == 0
    assert TraceEvent.objects.get(pk=key).names_read_at is None
    stamp_keys.path().write_bytes(kept)
    assert read_on(now) == 1


# --- Activation and its undoing -----------------------------------------------------------------


def named(order: StampOrder, place: int) -> str:
    return f"http://localhost:8000/S/{stamping.serial(order, place)}"


def delivered(now: datetime) -> tuple[StampOrder, Lot]:
    order = stamps_making.delivered(now, stamps_making.sold(now))
    return order, stamps_making.traced(order.item, now)


def test_large_activation_asks_as_often_as_a_small_one(now: datetime) -> None:
    target = maker(now)
    counts = []
    for quantity in (10, 1_000_000):
        item = maker(now).item
        order = stamping.make_order(item, now, quantity=quantity)
        lot = Lot.objects.get(item=item)
        neighbour = stamping.make_order(item, now, quantity=10)
        places = (0, 4, quantity - 1)
        keys = [
            take(now, turned(named(order, place), lot_of(target, f"C-{order.code}-{place}", now),
                             target, piece=True)).new[0]
            for place in places
        ]  # fmt: skip
        beside = take(now, turned(named(neighbour, 0), lot_of(target, f"N-{order.code}", now),
                                  target, piece=True)).new[0]  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert goods.give_lot(order, [span_of(order)], lot) == 3
        counts.append(len(asked))
        things = EventThing.objects.filter(role="input")
        assert set(things.filter(lot=lot).values_list("event", flat=True)) == set(keys)
        assert things.get(event=beside).lot is None
    assert counts == [1, 1]


def test_undoing_an_activation_takes_its_lot_from_events_as_well(now: datetime) -> None:
    order, lot = delivered(now)
    target = maker(now)
    take(now, turned(named(order, 40), target.lot, target, piece=True))
    spans = [span_of(order)]
    ranges.activate_stamps(actor=SYSTEM, order=order, spans=spans, lot=lot, at=now)
    assert target.lot.pk in genealogy.made_of([lot]).lots
    ranges.undo_activation(actor=SYSTEM, order=order, spans=spans, reason="Nhầm lô", at=now)
    assert genealogy.made_of([lot]).lots == set()
    right = stamps_making.traced(order.item, now, number="L-02")
    ranges.activate_stamps(actor=SYSTEM, order=order, spans=spans, lot=right, at=now)
    assert target.lot.pk in genealogy.made_of([right]).lots


def test_lot_whose_stamps_were_on_goods_made_of_a_recalled_lot_is_recalled_at_activation(
    now: datetime,
) -> None:
    order, lot = delivered(now)
    source = maker(now)
    event = turned(naming.lot_uri(source.lot), lot, source, piece=False)
    place = make_site(order.item.product, now)
    event["readPoint"] = {"id": naming.site_uri(place)}
    event["outputEPCList"] = [named(order, 40)]
    del event["outputQuantityList"]
    take(now, event)
    recall_lot(actor=SYSTEM, lot=source.lot, reason="Có mốc", at=now)
    lot.refresh_from_db()
    assert lot.recalled_at is None
    ranges.activate_stamps(actor=SYSTEM, order=order, spans=[span_of(order)], lot=lot, at=now)
    lot.refresh_from_db()
    assert (lot.recalled_at, lot.recalled_with) == (now, source.lot)


def test_part_of_a_transformation_told_after_the_recall_is_drawn_along(now: datetime) -> None:
    made = maker(now)
    child = lot_of(made, "C", now)
    whole = turned(naming.lot_uri(made.lot), child, made, piece=False)
    whole["transformationID"] = "urn:uuid:vat-7"
    first = {k: v for k, v in whole.items() if not k.startswith("output")}
    second = {k: v for k, v in whole.items() if not k.startswith("input")}
    take(now, first)
    recall_lot(actor=SYSTEM, lot=made.lot, reason="Có mốc", at=now)
    take(now, second)
    child.refresh_from_db()
    assert child.recalled_with == made.lot
