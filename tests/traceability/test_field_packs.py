"""What an inspector takes along tells every stamp of a producer, and makes none."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.core.refusals import NotAllowed
from ocop.core.transparency.notes import decode
from ocop.traceability import field_packs
from ocop.traceability.field_packs import pack_of, parts_of
from ocop.traceability.models import StampOrder
from ocop.traceability.reference import OrderFact, RangeFact
from tests.factories import ProductFactory, RecognitionFactory
from tests.traceability.factories import make_item, make_lot
from tests.traceability.stamping import activate, except_one, make_order, serial

TODAY = date(2026, 11, 23)


def told(pack: dict[str, Any], text: str) -> dict[str, Any] | None:
    """As the phone looks: the digest, and the row that its place lies in."""
    digests = decode(pack["digests"])
    wanted = sha256(text.encode()).digest()[:8]
    places = [at for at in range(0, len(digests), 8) if digests[at : at + 8] == wanted]
    if not places:
        return None
    left = places[0] // 8
    for row in pack["rows"]:
        if left < row["count"]:
            found: dict[str, Any] = row
            return found
        left -= row["count"]
    raise AssertionError("a digest without a row")


def test_order_is_divided_where_something_else_is_told() -> None:
    ranges = (RangeFact(10, 20, "active", 7), RangeFact(20, 30, "printed", None))
    order = OrderFact(1, 0, 10, 30, 1, False, ranges, ((12, 14, "lost"), (18, 22, "voided")))
    assert [(p.first, p.end, p.word, p.lot) for p in parts_of(order)] == [
        (10, 12, "active", 7),
        (12, 14, "lost", 7),
        (14, 18, "active", 7),
        (18, 20, "voided", 7),
        (20, 22, "voided", None),
        (22, 30, "printed", None),
    ]


@pytest.fixture
def order(db: None, now: datetime) -> StampOrder:
    product = ProductFactory(name="Bánh gai")
    RecognitionFactory(product=product, stars=4, on=date(2025, 6, 19))
    item = make_item(product, now)
    placed = make_order(item, now, 50)
    activate(placed, make_lot(item, now, expires_on=TODAY + timedelta(days=9)), now)
    return placed


def pack(order: StampOrder, now: datetime, actor: Actor = SYSTEM) -> dict[str, Any]:
    return pack_of(actor, order.item.product.producer, at=now, on=TODAY)


def test_every_stamp_is_told_with_lot_and_state(order: StampOrder, now: datetime) -> None:
    except_one(order, 3, "suspicious", now)
    fresh = make_order(order.item, now, 5)
    found = pack(order, now)
    active = told(found, serial(order, 0))
    assert active is not None
    assert (active["state"], active["lot"], active["expires"]) == ("active", "L-01", "2026-12-02")
    for text, state in ((serial(order, 3), "suspicious"), (serial(fresh, 4), "ordered")):
        row = told(found, text)
        assert row is not None
        assert row["state"] == state
    last = serial(order, 0)[-1]
    assert told(found, serial(order, 0)[:-1] + ("1" if last == "0" else "0")) is None
    assert len(decode(found["digests"])) == 8 * 55
    assert not found["partial"]


def test_recalled_lot_is_told_of_its_stamps(order: StampOrder, now: datetime) -> None:
    lot = order.ranges.get().lot
    assert lot is not None
    lot.recalled_at, lot.recall_reason = now, "Có tạp chất"
    lot.save()
    row = told(pack(order, now), serial(order))
    assert row is not None
    assert row["state"] == "recalled"


def test_star_goes_along_with_its_last_day(order: StampOrder, now: datetime) -> None:
    product = order.item.product
    assert pack(order, now)["products"] == {
        product.code: {
            "name": "Bánh gai",
            "stars": 4,
            "holds": True,
            "until": "2028-06-19",
            "state": "valid",
        }
    }
    product.recognitions.all().delete()
    assert pack(order, now)["products"][product.code]["state"] == ""


def test_newest_stamps_go_along_where_there_are_too_many(
    order: StampOrder, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = make_order(order.item, now, 30)
    activate(newer, make_lot(order.item, now, number="L-02"), now)
    monkeypatch.setattr(field_packs, "MOST", 40)
    found = pack(order, now)
    assert found["partial"]
    assert [row["count"] for row in found["rows"]] == [30, 10]
    assert told(found, serial(newer, 29)) is not None
    assert told(found, serial(order, 11)) is None


def test_stamps_on_goods_go_before_those_that_are_not_printed(
    order: StampOrder, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An order of yesterday, however large, leaves room for what is on the market."""
    fresh = make_order(order.item, now, 300)
    monkeypatch.setattr(field_packs, "MOST", 60)
    found = pack(order, now)
    assert [(row["state"], row["count"]) for row in found["rows"]] == [
        ("active", 50), ("ordered", 10),
    ]  # fmt: skip
    assert told(found, serial(order, 49)) is not None
    assert told(found, serial(fresh, 9)) is not None


def test_as_many_as_there_is_room_for_are_all(
    order: StampOrder, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_packs, "MOST", 50)
    assert not pack(order, now)["partial"]


def test_no_key_and_no_other_producer_goes_along(order: StampOrder, now: datetime) -> None:
    other = make_order(make_item(ProductFactory(), now), now)
    found = pack(order, now)
    assert told(found, serial(other)) is None
    assert set(found) == {
        "version", "made", "producer", "products", "rows", "digests", "partial",
    }  # fmt: skip


def test_strangers_take_nothing_along(order: StampOrder, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        pack(order, now, ANONYMOUS)
