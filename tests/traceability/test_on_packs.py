"""What a stamp told stays: the data of a lot and its sales unit once buyers read them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from ocop.core.actor import SYSTEM, Actor
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.traceability.diary import Step
from ocop.traceability.models import Lot, TradeItem
from ocop.traceability.services import items, lots, noting, recalling
from ocop.traceability.services.items import ItemParticulars
from ocop.traceability.services.lots import LotParticulars
from tests.factories import ProductFactory
from tests.traceability import making
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.stamping import activate, make_order
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db
WHY = "Ghi nhầm ngày khi mở lô"
MADE, ENDS = date(2026, 7, 1), date(2027, 1, 1)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def item(places: Places, now: datetime) -> TradeItem:
    product = ProductFactory(producer__commune=places.here)
    return make_item(product, now, warnings="Có chứa lạc")


@pytest.fixture
def lot(item: TradeItem, now: datetime) -> Lot:
    return make_lot(item, now, expires_on=ENDS, quantity=Decimal(100), measure="hộp")


@pytest.fixture
def sold(lot: Lot, now: datetime) -> Lot:
    activate(make_order(lot.item, now), lot, now)
    return lot


@pytest.fixture
def maker(item: TradeItem, now: datetime) -> User:
    return member(now, item.product.producer)


def known(lot: Lot) -> LotParticulars:
    names = ("number", "site", "produced_on", "expires_on", "quantity", "measure", "note")
    return LotParticulars(**{name: getattr(lot, name) for name in names})


def as_actor(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


def change(lot: Lot, actor: Actor, now: datetime, reason: str = WHY, **more: object) -> Lot:
    given = replace(known(Lot.objects.get(pk=lot.pk)), **more)  # type: ignore[arg-type]
    found = Lot.objects.get(pk=lot.pk)
    return lots.change_lot(actor=actor, lot=found, particulars=given, reason=reason, at=now)


def test_lot_nobody_was_told_of_is_changed_freely(lot: Lot, maker: User, now: datetime) -> None:
    changed = change(lot, as_actor(maker, now), now, reason="", expires_on=date(2031, 1, 1))
    assert changed.expires_on == date(2031, 1, 1)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"expires_on": ENDS - timedelta(days=1)},
        {"produced_on": MADE - timedelta(days=1)},
        {"quantity": Decimal(900)},
        {"measure": "gói"},
    ],
    ids=lambda given: str(*given),
)
def test_what_buyers_read_changes_with_a_reason(
    sold: Lot, maker: User, now: datetime, given: dict[str, object]
) -> None:
    actor = as_actor(maker, now)
    with pytest.raises(Refused) as refusal:
        change(sold, actor, now, reason="", **given)
    assert list(refusal.value.fields) == ["reason"]
    change(sold, actor, now, **given)
    event = Event.objects.get(name="traceability.lot_changed")
    assert event.reason == WHY
    (name,) = given
    before, after = event.change["values"][name]
    assert before != after


def test_place_changes_with_a_reason(sold: Lot, maker: User, now: datetime) -> None:
    site = make_site(sold.item.product, now)
    with pytest.raises(Refused):
        change(sold, as_actor(maker, now), now, reason="", site=site)
    assert change(sold, as_actor(maker, now), now, site=site).site == site


def test_note_that_buyers_do_not_read_needs_none(sold: Lot, maker: User, now: datetime) -> None:
    assert change(sold, as_actor(maker, now), now, reason="", note="Kho 2").note == "Kho 2"
    assert not Message.objects.exists()


def recalled(lot: Lot, now: datetime) -> None:
    recalling.recall_lot(actor=SYSTEM, lot=lot, reason="Có mảnh thủy tinh", at=now)


def stamped(lot: Lot, now: datetime) -> None:
    activate(make_order(lot.item, now), lot, now)


@pytest.mark.parametrize("how", [stamped, recalled])
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"expires_on": ENDS + timedelta(days=1)}, "expires_on"),
        ({"expires_on": None}, "expires_on"),
        ({"produced_on": MADE + timedelta(days=1)}, "produced_on"),
    ],
)
def test_longer_use_is_for_the_office(
    places: Places,
    lot: Lot,
    maker: User,
    now: datetime,
    how: Callable[[Lot, datetime], None],
    given: dict[str, object],
    field: str,
) -> None:
    how(lot, now)
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    for user in (maker, officer):
        with pytest.raises(Refused) as refusal:
            change(lot, as_actor(user, now), now, **given)
        assert list(refusal.value.fields) == [field]
    office = person(now, Role.PROVINCIAL_OFFICER)
    assert getattr(change(lot, as_actor(office, now), now, **given), field) == given[field]


def test_use_by_date_that_was_never_told_is_for_the_office(
    item: TradeItem, maker: User, now: datetime
) -> None:
    lot = make_lot(item, now)
    stamped(lot, now)
    with pytest.raises(Refused) as refusal:
        change(lot, as_actor(maker, now), now, expires_on=date(2031, 1, 1))
    assert list(refusal.value.fields) == ["expires_on"]


def test_day_of_making_is_never_lost(sold: Lot, now: datetime) -> None:
    """The sixth of the ten data."""
    with pytest.raises(Refused) as refusal:
        change(sold, SYSTEM, now, produced_on=None)
    assert list(refusal.value.fields) == ["produced_on"]
    sold.refresh_from_db()
    assert sold.produced_on == MADE


def test_nothing_is_made_before_what_went_into_it_was_there(item: TradeItem, now: datetime) -> None:
    product = item.product
    made = making.Maker(product.producer, product, make_site(product, now), item, make_lot(
        item, now, produced_on=now.date(), expires_on=date(2027, 7, 1)))  # fmt: skip
    material = making.material(made, now)  # received today
    making.made_of(made, made.lot, material, now=now)
    activate(make_order(item, now), made.lot, now)
    owner = people.actor_for(member(now, product.producer), on=now.date())
    earlier = replace(known(made.lot), produced_on=now.date() - timedelta(days=1))
    with pytest.raises(Refused, match="bắt đầu ngày") as refusal:
        lots.change_lot(actor=owner, lot=made.lot, particulars=earlier, reason=WHY, at=now)
    assert set(refusal.value.fields) == {"produced_on"}
    made.lot.refresh_from_db()
    assert made.lot.produced_on == now.date()


def test_stamps_given_back_free_the_lot(sold: Lot, maker: User, now: datetime) -> None:
    sold.ranges.update(state="delivered", lot=None, activated_at=None)
    change(sold, as_actor(maker, now), now, reason="", produced_on=None)


def facts(item: TradeItem, **more: str) -> ItemParticulars:
    names = ("name", "gtin", "brand", "shelf_life", "standards", "origin", "certificates",
             "warnings", "other")  # fmt: skip
    return ItemParticulars(**{name: getattr(item, name) for name in names} | more)


def change_item(
    item: TradeItem, actor: Actor, now: datetime, reason: str = WHY, **more: str
) -> TradeItem:
    found = TradeItem.objects.get(pk=item.pk)
    return items.change_item(
        actor=actor, item=found, particulars=facts(item, **more), reason=reason, at=now
    )


@pytest.mark.parametrize("field", ["standards", "origin"])
def test_legal_data_of_a_sales_unit_are_not_emptied(sold: Lot, now: datetime, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_item(sold.item, SYSTEM, now, **{field: ""})
    assert list(refusal.value.fields) == [field]
    change_item(sold.item, SYSTEM, now, **{field: "Khác"})


def test_sales_unit_on_packs_changes_with_a_reason(sold: Lot, maker: User, now: datetime) -> None:
    actor = as_actor(maker, now)
    with pytest.raises(Refused) as refusal:
        change_item(sold.item, actor, now, reason="", warnings="")
    assert list(refusal.value.fields) == ["reason"]
    change_item(sold.item, actor, now, warnings="Có chứa vừng")
    event = Event.objects.get(name="traceability.item_changed")
    assert event.reason == WHY
    assert event.change["values"]["warnings"] == ["Có chứa lạc", "Có chứa vừng"]


def test_sales_unit_without_stamps_is_changed_freely(lot: Lot, now: datetime) -> None:
    assert change_item(lot.item, SYSTEM, now, reason="", standards="").standards == ""


def test_how_long_goods_on_sale_keep_is_for_the_office(
    item: TradeItem, maker: User, now: datetime
) -> None:
    lot = make_lot(item, now)
    stamped(lot, now)
    with pytest.raises(Refused) as refusal:
        change_item(item, as_actor(maker, now), now, shelf_life="60 tháng")
    assert list(refusal.value.fields) == ["shelf_life"]
    Lot.objects.update(expires_on=ENDS)  # the page says both
    with pytest.raises(Refused):
        change_item(item, as_actor(maker, now), now, shelf_life="60 tháng")
    Lot.objects.update(expires_on=now.date() - timedelta(days=1))
    change_item(item, as_actor(maker, now), now, shelf_life="60 tháng")


def test_lot_that_was_sent_off_without_stamps_is_told_as_well(maker: User, now: datetime) -> None:
    """Its label leads to its page all the same."""
    made = making.maker(now)
    actor = as_actor(member(now, made.producer), now)
    lots.change_lot(
        actor=actor, lot=made.lot, particulars=replace(known(made.lot), expires_on=ENDS), at=now
    )
    event = making.note(made, Step.SHIP, now)
    for more in ({"number": "KHAC"}, {"produced_on": None}, {"expires_on": None}):
        with pytest.raises(Refused):
            lots.change_lot(actor=actor, lot=Lot.objects.get(pk=made.lot.pk), reason=WHY,
                            particulars=replace(known(made.lot), **more), at=now)  # fmt: skip
    noting.declare_wrong(actor=actor, event=event, happened=False, reason=WHY, at=now)
    told = replace(known(Lot.objects.get(pk=made.lot.pk)), number="KHAC")
    lots.change_lot(actor=actor, lot=Lot.objects.get(pk=made.lot.pk), particulars=told, at=now)


def test_place_of_a_told_lot_is_not_emptied(sold: Lot, maker: User, now: datetime) -> None:
    site = make_site(sold.item.product, now)
    told = replace(known(sold), site=site)
    lots.change_lot(actor=as_actor(maker, now), lot=sold, particulars=told, reason=WHY, at=now)
    with pytest.raises(Refused) as refusal:
        lots.change_lot(actor=as_actor(maker, now), lot=sold, reason=WHY,
                        particulars=replace(told, site=None), at=now)  # fmt: skip
    assert list(refusal.value.fields) == ["site"]


def test_office_and_commune_learn_what_buyers_now_read(
    places: Places, sold: Lot, maker: User, now: datetime
) -> None:
    office = person(now, Role.PROVINCIAL_OFFICER)
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    person(now, Role.COMMUNE_OFFICER, places.there)
    second = member(now, sold.item.product.producer)
    change(sold, as_actor(maker, now), now, expires_on=date(2026, 12, 1))
    told = {message.user: message for message in Message.objects.all()}
    assert set(told) == {office, officer, second}
    assert "hạn sử dụng 01/01/2027 → 01/12/2026" in told[office].body
    assert WHY in told[office].body
    assert told[office].link == f"/dieu-hanh/truy-xuat/lo/{sold.code}/"
    assert told[second].link == f"/cua-toi/truy-xuat/lo/{sold.code}/"


def test_producer_learns_what_the_office_changed(sold: Lot, maker: User, now: datetime) -> None:
    office = person(now, Role.OFFICE_HEAD)
    change_item(sold.item, as_actor(office, now), now, origin="Xã Đại Xuyên")
    message = Message.objects.get(user=maker)
    assert "xuất xứ “Hà Nội” → “Xã Đại Xuyên”" in message.body
