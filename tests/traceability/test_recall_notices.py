"""Who learns of a recall, of its end, and of a lot that was found not to be as it should be."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.traceability import naming
from ocop.traceability.epcis import documents
from ocop.traceability.services import noting, recalling
from ocop.traceability.services.capturing import capture
from tests.traceability.epcis.examples import document, transformation
from tests.traceability.making import Maker, lot_of, made_of, maker, material
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db
REASON = "Có mảnh thủy tinh"


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def first(places: Places, now: datetime) -> Maker:
    return maker(now, producer__commune=places.here)


@pytest.fixture
def second(places: Places, first: Maker, now: datetime) -> Maker:
    """Another producer, elsewhere, who made a lot of the first one's."""
    made = maker(now, producer__commune=places.there)
    made_of(made, made.lot, material(made, now, source=first.lot), now=now)
    return made


@pytest.fixture
def around(places: Places, first: Maker, second: Maker, now: datetime) -> dict[str, User]:
    """Everybody whom a recall concerns, and one whom it does not."""
    return {
        "office": person(now, Role.PROVINCIAL_OFFICER),
        "inspector": person(now, Role.INSPECTOR),
        "here": person(now, Role.COMMUNE_OFFICER, places.here),
        "there": person(now, Role.COMMUNE_OFFICER, places.there),
        "first": member(now, first.producer),
        "second": member(now, second.producer),
        "nobody": member(now, maker(now).producer),
    }


def told(kind: str) -> dict[User, Message]:
    return {m.user: m for m in Message.objects.filter(kind=f"traceability.{kind}")}


def test_recall_is_told_to_all_whose_lots_turn(
    first: Maker, second: Maker, around: dict[str, User], now: datetime
) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    found = told("lot_recalled")
    assert set(found) == {user for name, user in around.items() if name != "nobody"}
    assert REASON in found[around["office"]].body
    other = found[around["second"]]
    assert second.lot.number in other.body
    assert first.lot.number in other.body
    assert other.link == f"/cua-toi/truy-xuat/lo/{second.lot.code}/nguon-goc/"
    assert found[around["first"]].link == f"/cua-toi/truy-xuat/lo/{first.lot.code}/nguon-goc/"
    assert found[around["here"]].link == f"/dieu-hanh/truy-xuat/lo/{first.lot.code}/nguon-goc/"
    assert found[around["there"]].link == f"/dieu-hanh/truy-xuat/lo/{second.lot.code}/nguon-goc/"


def test_others_do_not_read_each_others_names(
    first: Maker, second: Maker, around: dict[str, User], now: datetime
) -> None:
    """Who bought of whom is not for the seller; the buyer said it itself."""
    third = maker(now)
    made_of(third, third.lot, material(third, now, source=first.lot), now=now)
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    assert second.producer.name not in told("lot_recalled")[around["first"]].body
    assert third.producer.name not in told("lot_recalled")[around["second"]].body


def test_lot_made_later_of_a_recalled_one_is_told(
    first: Maker, around: dict[str, User], now: datetime
) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    last = Message.objects.latest("pk").pk
    later = lot_of(first, "SAU", now)
    event = transformation(
        inputEPCList=[], inputQuantityList=[{"epcClass": naming.lot_uri(first.lot)}],
        outputEPCList=[], outputQuantityList=[{"epcClass": naming.lot_uri(later)}], ilmd={},
        readPoint={"id": naming.site_uri(first.site)},
    )  # fmt: skip
    capture(actor=SYSTEM, raws=documents.events_of(document(event)), at=now + timedelta(hours=1))
    later.refresh_from_db()
    assert later.recalled_at is not None
    found = {m.user: m for m in Message.objects.filter(pk__gt=last)}
    assert {around["office"], around["first"], around["here"]} <= set(found)
    assert around["second"] not in found
    assert "SAU" in found[around["first"]].body


def test_end_of_a_recall_is_told_to_the_same(
    first: Maker, second: Maker, around: dict[str, User], now: datetime
) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    recalling.lift_recall(actor=SYSTEM, lot=first.lot, reason="Đã kiểm tra lại", at=now)
    found = told("recall_lifted")
    assert set(found) == {user for name, user in around.items() if name != "nobody"}
    assert "Đã kiểm tra lại" in found[around["second"]].body
    assert second.lot.number in found[around["second"]].body


def test_lot_that_stays_recalled_is_not_told_free(
    first: Maker, second: Maker, around: dict[str, User], now: datetime
) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=second.lot, reason="Mốc", at=now)
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    recalling.lift_recall(actor=SYSTEM, lot=first.lot, reason="Đã kiểm tra lại", at=now)
    assert around["second"] not in told("recall_lifted")


def test_each_recall_of_a_lot_is_news(first: Maker, around: dict[str, User], now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now)
    recalling.lift_recall(actor=SYSTEM, lot=first.lot, reason="Đã kiểm tra lại", at=now)
    recalling.recall_lot(actor=SYSTEM, lot=first.lot, reason=REASON, at=now.replace(hour=5))
    messages = Message.objects.filter(user=around["first"], kind="traceability.lot_recalled")
    assert messages.count() == 2


def test_lot_that_does_not_conform_is_told(
    first: Maker, around: dict[str, User], now: datetime
) -> None:
    given = {"actor": SYSTEM, "lot": first.lot, "done_at": now, "at": now}
    noting.inspect_lot(conforms=True, note="", **given)
    assert not told("lot_not_conforming")
    noting.inspect_lot(conforms=False, note="Nhãn thiếu hạn dùng", **given)
    found = told("lot_not_conforming")
    assert set(found) == {around["office"], around["here"], around["first"]}
    assert "Nhãn thiếu hạn dùng" in found[around["first"]].body
