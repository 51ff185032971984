"""Entering and changing sales units, and their codes in other systems."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM, Actor, ActorKind, Grant
from ocop.core.editing import mark
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability.models import OrderState, StampKey, StampOrder, TradeItem
from ocop.traceability.services import items
from ocop.traceability.services.items import ItemParticulars
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.traceability.factories import make_item
from tests.world import member

pytestmark = pytest.mark.django_db
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
KNOWN = ItemParticulars(
    name="  Hộp  250 g ", gtin="893 8505 974 194", brand=" Chè Sạch ", standards="TCCS 01:2026"
)


@pytest.fixture
def product() -> Product:
    maker = ProducerFactory(name="HTX Chè Sạch", commune=UnitFactory())
    return ProductFactory(name="Chè búp khô", producer=maker)


def acting(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


def officer(producer: Producer) -> Actor:
    held = Grant(Role.COMMUNE_OFFICER, producer.commune_id)
    return Actor(ActorKind.PERSON, 5, frozenset({held}))


def create(
    now: datetime, product: Product, given: ItemParticulars = KNOWN, actor: Actor = SYSTEM
) -> TradeItem:
    return items.create_item(actor=actor, product=product, particulars=given, at=now)


def change(now: datetime, item: TradeItem, given: ItemParticulars, **more: Any) -> TradeItem:
    return items.change_item(actor=SYSTEM, item=item, particulars=given, at=now, **more)


def test_what_is_entered_is_kept_clean_and_found_by_its_words(
    now: datetime, product: Product
) -> None:
    made = create(now, product)
    made.refresh_from_db()
    assert (made.name, made.gtin, made.brand) == ("Hộp 250 g", "08938505974194", "Chè Sạch")
    assert made.folded == "hop 250 g che sach"
    assert len(made.code) == 8
    assert [event.name for event in activity(product)] == ["traceability.item_created"]


def test_farm_product_outside_the_programme_is_sold_the_same_way(now: datetime) -> None:
    assert create(now, ProductFactory(in_ocop=False)).product.in_ocop is False


def test_who_may_enter(now: datetime, product: Product) -> None:
    own = acting(member(now, product.producer), now)
    for turn, actor in enumerate((own, officer(product.producer), OFFICE)):
        create(now, product, replace(KNOWN, name=f"Gói {turn}", gtin=""), actor)
    another = acting(member(now, ProducerFactory()), now)
    elsewhere = officer(ProducerFactory(commune=UnitFactory()))
    for actor in (another, elsewhere):
        with pytest.raises(NotAllowed):
            create(now, product, replace(KNOWN, name="Gói khác", gtin=""), actor)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (replace(KNOWN, name=" "), "name"),
        (replace(KNOWN, name="x" * 121), "name"),
        (replace(KNOWN, gtin="8938505974195"), "gtin"),  # the check digit is 4
        (replace(KNOWN, gtin="12345"), "gtin"),
        (replace(KNOWN, gtin="2012345678903"), "gtin"),  # for use inside a company
        (replace(KNOWN, gtin="9520000000012"), "gtin"),  # for demonstrations
        (replace(KNOWN, warnings="x" * 501), "warnings"),
    ],
)
def test_what_no_sales_unit_may_be(
    now: datetime, product: Product, given: ItemParticulars, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        create(now, product, given)
    assert list(refusal.value.fields) == [field]
    assert not TradeItem.objects.exists()


def test_number_for_demonstrations_is_taken_in_a_demonstration(
    now: datetime, product: Product
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert create(now, product, replace(KNOWN, gtin="9520000000011")).gtin == "09520000000011"


def test_product_has_a_pack_once(now: datetime, product: Product) -> None:
    create(now, product)
    with pytest.raises(Refused) as refusal:
        create(now, product, replace(KNOWN, gtin=""))
    assert list(refusal.value.fields) == ["name"]


def test_a_gtin_names_one_sales_unit(now: datetime, product: Product) -> None:
    create(now, product)
    with pytest.raises(Refused) as refusal:
        create(now, product, replace(KNOWN, name="Hộp 500 g"))
    assert list(refusal.value.fields) == ["gtin"]


def test_a_sales_unit_takes_the_number_of_its_own_product_only(
    now: datetime, product: Product
) -> None:
    product.gtin = "08938505974194"
    product.save()
    assert create(now, product).gtin == product.gtin
    TradeItem.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        create(now, ProductFactory())
    assert list(refusal.value.fields) == ["gtin"]


def test_change_says_what_stood_and_stands(now: datetime, product: Product) -> None:
    item = create(now, product)
    change(now, item, replace(KNOWN, brand="Chè Ngon"))
    told = activity(item).first()
    assert told is not None
    assert told.change["values"] == {"brand": ["Chè Sạch", "Chè Ngon"]}
    item.refresh_from_db()
    assert (item.brand, item.folded) == ("Chè Ngon", "hop 250 g che ngon")


def test_change_of_what_somebody_else_changed_is_refused(now: datetime, product: Product) -> None:
    item = create(now, product)
    seen = mark(item)
    change(now, item, replace(KNOWN, brand="Chè Ngon"))
    with pytest.raises(Refused) as refusal:
        change(now, item, replace(KNOWN, brand="Chè Hay"), seen=seen)
    assert refusal.value.code == "changed_meanwhile"
    item.refresh_from_db()
    assert item.brand == "Chè Ngon"


def ordered(now: datetime, item: TradeItem, state: str) -> None:
    key = StampKey.objects.create(version=0, fingerprint="0" * 64, created_at=now)
    numbers = {"key": key, "first": 0} if state == OrderState.APPROVED else {}
    StampOrder.objects.create(
        code="abcd1234", item=item, quantity=10, year=2026, state=state, requested_at=now, **numbers
    )


def test_number_that_is_printed_on_stamps_stays(now: datetime, product: Product) -> None:
    item = create(now, product)
    ordered(now, item, OrderState.APPROVED)
    with pytest.raises(Refused) as refusal:
        change(now, item, replace(KNOWN, gtin=""))
    assert list(refusal.value.fields) == ["gtin"]
    item.refresh_from_db()
    assert item.gtin == "08938505974194"
    change(now, item, replace(KNOWN, brand="Chè Ngon"))


def test_number_may_change_while_no_stamp_is_printed(now: datetime, product: Product) -> None:
    item = create(now, product)
    ordered(now, item, OrderState.REQUESTED)
    assert change(now, item, replace(KNOWN, gtin="")).gtin == ""


def test_stopping_is_said_once_and_why(now: datetime, product: Product) -> None:
    item = create(now, product)
    items.stop_item(actor=SYSTEM, item=item, reason="Đổi bao bì", at=now)
    item.refresh_from_db()
    assert item.stopped_at == now
    with pytest.raises(Refused) as refusal:
        items.stop_item(actor=SYSTEM, item=item, reason="Đổi bao bì", at=now)
    assert refusal.value.code == "item_stopped"


def test_codes_of_other_systems_are_kept(now: datetime, product: Product) -> None:
    item = create(now, product)
    for scheme, value in (
        ("national", " 8938505974194 "),
        ("verigoods", "VG-1"),
        ("checkvn", "https://checkvn.mae.gov.vn/t/1"),
        ("hn_check", "HN 1"),
    ):
        items.add_foreign_code(actor=SYSTEM, item=item, scheme=scheme, value=value, at=now)
    kept = sorted(item.foreign_codes.values_list("scheme", "value"))
    assert kept[0] == ("checkvn", "https://checkvn.mae.gov.vn/t/1")
    assert ("national", "8938505974194") in kept


@pytest.mark.parametrize(
    ("scheme", "value", "field"),
    [("nowhere", "1", "scheme"), ("national", "  ", "value"), ("national", "x" * 201, "value")],
)
def test_code_of_another_system_that_is_none(
    now: datetime, product: Product, scheme: str, value: str, field: str
) -> None:
    item = create(now, product)
    with pytest.raises(Refused) as refusal:
        items.add_foreign_code(actor=SYSTEM, item=item, scheme=scheme, value=value, at=now)
    assert list(refusal.value.fields) == [field]


def test_code_of_another_system_names_one_sales_unit(now: datetime, product: Product) -> None:
    first = items.add_foreign_code(
        actor=SYSTEM, item=create(now, product), scheme="national", value="1", at=now
    )
    other = make_item(ProductFactory(), now)
    with pytest.raises(Refused):
        items.add_foreign_code(actor=SYSTEM, item=other, scheme="national", value="1", at=now)
    items.remove_foreign_code(actor=SYSTEM, code=first, reason="Ghi nhầm", at=now)
    items.add_foreign_code(actor=SYSTEM, item=other, scheme="national", value="1", at=now)
    told = activity(TradeItem.objects.get(product=product)).first()
    assert told is not None
    assert told.change == {"scheme": "national", "value": "1"}
