"""Entering and changing products, their state, their place before the public, their pictures."""

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PIL import Image

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.producers import services as producers
from ocop.producers.models import Producer
from ocop.products import queries, services
from ocop.products.models import Product, ProductImage, ProductState, Sector
from ocop.products.services import Particulars
from tests.factories import PDF, ProducerFactory, ProductFactory, UnitFactory
from tests.world import Places, build_places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OFFICE = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
KNOWN = Particulars(name=" Mật  ong ", sector=Sector.FOOD, story=" Hoa nhãn ", revenue=5)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def maker(places: Places) -> Producer:
    return ProducerFactory(name="HTX Ong Vàng", commune=places.here, unit=places.before)


@pytest.fixture
def own(now: datetime, maker: Producer) -> Actor:
    """Somebody who acts for the producer."""
    user = people.create_account(actor=SYSTEM, name="A", email="a@a.example", at=now)
    producers.add_member(
        actor=SYSTEM, producer=maker, user=user, starts_on=date(2026, 1, 1), at=now
    )
    return Actor(ActorKind.PERSON, user.pk)


def create(
    now: datetime, maker: Producer, given: Particulars = KNOWN, actor: Actor = SYSTEM, **more: Any
) -> Product:
    return services.create_product(actor=actor, producer=maker, particulars=given, at=now, **more)


def change(now: datetime, product: Product, given: Particulars, actor: Actor = SYSTEM) -> Product:
    return services.change_product(actor=actor, product=product, particulars=given, at=now)


def test_product_lies_where_its_producer_does_unless_told(
    now: datetime, maker: Producer, places: Places
) -> None:
    made = create(now, maker)
    kept = Product.objects.get(pk=made.pk)
    assert (kept.name, kept.folded) == ("Mật ong", "mat ong htx ong vang")
    assert (kept.story, kept.revenue, kept.sector) == ("Hoa nhãn", 5, "I")
    assert (kept.commune, kept.unit, kept.province) == (places.here, places.before, "01")
    elsewhere = create(now, maker, Particulars(name="Chè", commune=places.there))
    assert elsewhere.commune == places.there


def test_place_follows_a_producer_without_one(now: datetime) -> None:
    made = create(now, ProducerFactory(commune=None, province="48"))
    assert (made.commune, made.unit, made.province) == (None, None, "48")
    alone = UnitFactory(parent=None)
    other = Particulars(name="Chè tuyết")
    assert create(now, ProducerFactory(commune=alone, province="48"), other).province == "48"


def test_officer_puts_a_product_before_the_public_and_its_producer_with_it(
    now: datetime, maker: Producer, own: Actor
) -> None:
    Producer.objects.filter(pk=maker.pk).update(listed=False)
    by_owner = create(now, maker, actor=own)
    assert (by_owner.listed, Product.objects.get().listed) == (False, False)
    by_officer = create(now, maker, Particulars(name="Chè tuyết"), OFFICE)
    assert (by_officer.listed, Product.objects.get(pk=by_officer.pk).listed) == (True, True)
    maker.refresh_from_db()
    assert maker.listed


def test_set_tells_the_sector_and_must_be_of_it(now: datetime, maker: Producer) -> None:
    """Set 14 is one of the four of sector II, drinks."""
    assert create(now, maker, Particulars(name="Rượu", set_number=14)).sector == "II"
    with pytest.raises(Refused) as refusal:
        create(now, maker, Particulars(name="Mứt", set_number=14, sector=Sector.FOOD))
    assert refusal.value.code == "product_set_number"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "product_name"),
        ({"name": "x" * 201}, "text_too_long"),
        ({"name": "Mật\0"}, "text_unreadable"),
        ({"set_number": 27}, "unknown_set"),
        ({"gtin": "123"}, "gtin_form"),
        ({"gtin": "9521234000013"}, "product_gtin"),  # the demonstration's own prefix
        ({"official_code": "01"}, "product_code"),
        ({"official_code": "01-280-10360-2-2021"}, "product_official_code"),
        ({"old_code": "01-09001-2-2026"}, "product_old_code"),
        ({"revenue": -1}, "product_revenue"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    now: datetime, maker: Producer, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        create(now, maker, replace(KNOWN, **changed))
    assert refusal.value.code == code
    assert not Product.objects.exists()


def test_commune_must_be_one_of_today(now: datetime, maker: Producer, places: Places) -> None:
    for unit in (places.before, places.province):
        with pytest.raises(Refused) as refusal:
            create(now, maker, replace(KNOWN, commune=unit))
        assert refusal.value.code == "product_commune"


def test_numbers_are_of_one_product(now: datetime, maker: Producer) -> None:
    numbers = {"gtin": "8938505974194", "official_code": "01-09001-2-2026"}
    first = create(now, maker, replace(KNOWN, **numbers, old_code="01-280-10360-2-2021"))
    assert (first.gtin[-13:], first.official_code) == ("8938505974194", "01-09001-2-2026")
    change(now, first, replace(KNOWN, **numbers))  # its own numbers again
    for field, value in numbers.items():
        with pytest.raises(Refused) as refusal:
            create(now, maker, Particulars(name="Chè", **{field: value}))
        assert refusal.value.code == f"product_{field}"
        assert list(refusal.value.fields) == [field]


def test_numbers_of_the_demonstration_are_taken_there_only(now: datetime, maker: Producer) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    made = create(now, maker, replace(KNOWN, gtin="9521234000013"))
    assert made.demonstration
    assert made.gtin.endswith("9521234000013")


def test_name_like_another_is_entered_on_second_thought_with_a_reason(
    now: datetime, maker: Producer
) -> None:
    first = create(now, maker)
    like = replace(KNOWN, name="Mat ong")
    with pytest.raises(services.AlikeProducts) as refusal:
        create(now, maker, like)
    assert [str(found.entry.key) for found in refusal.value.alike] == [str(first.pk)]
    assert "Mật ong" in refusal.value.fields["name"][0]
    with pytest.raises(Refused) as needed:
        create(now, maker, like, confirm_alike=True, reason=" ")
    assert needed.value.code == "reason_needed"
    create(now, maker, like, confirm_alike=True, reason="giống ong khác")
    event = Event.objects.filter(name="products.product_created").latest("pk")
    assert (event.reason, len(event.change["alike"])) == ("giống ong khác", 1)


def test_change_leaves_state_and_what_was_not_told_and_names_its_fields(
    now: datetime, maker: Producer
) -> None:
    made = create(now, maker)
    told = replace(KNOWN, name="Mật ong rừng", state=ProductState.STOPPED, revenue=None)
    change(now, made, told, OFFICE)
    made.refresh_from_db()
    assert (made.name, made.state, made.revenue) == ("Mật ong rừng", "active", 5)
    event = Event.objects.get(name="products.product_changed")
    assert event.change == {
        "fields": ["folded", "name"],
        "values": {"name": ["Mật ong", "Mật ong rừng"]},
    }


def test_own_people_leave_codes_place_and_programme_to_officers(
    now: datetime, maker: Producer, own: Actor, places: Places
) -> None:
    made = create(now, maker)
    change(now, made, replace(KNOWN, story="Mới"), own)
    assert made.story == "Mới"
    for field, value in (
        ("official_code", "01-09001-2-2026"),
        ("old_code", "01-280-10360-2-2021"),
        ("in_ocop", False),
        ("commune", places.there),
        ("unit", places.here),
    ):
        with pytest.raises(NotAllowed) as refusal:
            change(now, made, replace(KNOWN, **{field: value}), own)
        assert refusal.value.code == "officers_fields"
        made.refresh_from_db()
    assert change(now, made, replace(KNOWN, in_ocop=False), OFFICE).in_ocop is False


def test_product_stops_and_is_made_again_once(now: datetime, maker: Producer, own: Actor) -> None:
    made = create(now, maker, replace(KNOWN, state=ProductState.IDEA))
    for service, reason, code, state in (
        (services.resume_product, " ", "reason_needed", "idea"),
        (services.resume_product, "làm thật", None, "active"),
        (services.resume_product, "lần nữa", "product_state", "active"),
        (services.stop_product, " ", "reason_needed", "active"),
        (services.stop_product, "hết mùa", None, "stopped"),
        (services.stop_product, "lần nữa", "product_state", "stopped"),
    ):
        if code is None:
            service(actor=own, product=made, reason=reason, at=now)
        else:
            with pytest.raises(Refused) as refusal:
                service(actor=own, product=made, reason=reason, at=now)
            assert refusal.value.code == code
        assert Product.objects.get().state == made.state == state


def test_officers_put_products_before_the_public_and_take_them_back(
    now: datetime, maker: Producer, own: Actor
) -> None:
    made = create(now, maker, replace(KNOWN, state=ProductState.IDEA), own)
    shown = {"actor": OFFICE, "product": made, "at": now}
    with pytest.raises(NotAllowed):
        services.list_product(actor=own, product=made, at=now)
    for service, more, code in (
        (services.list_product, {}, "product_idea"),
        (services.unlist_product, {"reason": "xem lại"}, "product_unlisted"),
    ):
        with pytest.raises(Refused) as refusal:
            service(**shown, **more)
        assert refusal.value.code == code
    services.resume_product(actor=own, product=made, reason="làm thật", at=now)
    services.list_product(**shown)
    with pytest.raises(Refused) as refusal:
        services.list_product(**shown)
    assert refusal.value.code == "product_listed"
    with pytest.raises(Refused) as refusal:
        services.unlist_product(reason=" ", **shown)
    assert refusal.value.code == "reason_needed"
    services.unlist_product(reason="nhập hai lần", **shown)
    assert (made.listed, Product.objects.get().listed) == (False, False)


def picture(colour: str) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(into, "PNG")
    return into.getvalue()


def test_pictures_stand_in_the_order_they_came_and_none_twice(
    now: datetime, maker: Producer
) -> None:
    made = create(now, maker)
    given: dict[str, Any] = {"actor": OFFICE, "product": made, "filename": "a.png", "at": now}
    for colour in ("red", "blue", "green"):
        services.add_image(content=picture(colour), caption=f" Hũ  {colour} ", **given)
    found = list(queries.images_of(made))
    assert [(image.position, image.caption) for image in found] == [
        (0, "Hũ red"),
        (1, "Hũ blue"),
        (2, "Hũ green"),
    ]
    assert str(found[0]) == "Hũ red"
    for content, caption, filename, code in (
        (picture("red"), "Hũ", "a.png", "product_image"),
        (picture("black"), " ", "a.png", "product_caption"),
        (picture("black"), "x" * 161, "a.png", "product_caption"),
        (PDF, "Hũ", "a.pdf", "product_image"),
    ):
        with pytest.raises(Refused) as refusal:
            services.add_image(content=content, caption=caption, **{**given, "filename": filename})
        assert refusal.value.code == code
    assert ProductImage.objects.count() == 3


def test_each_sees_what_is_his_to_see(
    now: datetime, maker: Producer, own: Actor, places: Places
) -> None:
    ProductFactory(name="Công khai")
    ProductFactory(name="Ý tưởng", state=ProductState.IDEA)
    ProductFactory(name="Của mình", producer=maker, listed=False, commune=places.there)
    ProductFactory(name="Ở đây", listed=False, commune=places.here)
    here = Actor(ActorKind.PERSON, 9, frozenset({Grant(Role.COMMUNE_OFFICER, places.here.pk)}))
    seen = {
        actor: set(queries.visible_to(actor).values_list("name", flat=True))
        for actor in (ANONYMOUS, own, here, OFFICE)
    }
    assert seen[ANONYMOUS] == {"Công khai"}
    assert seen[own] == {"Công khai", "Của mình"}
    assert seen[here] == {"Công khai", "Ở đây"}
    assert seen[OFFICE] == {"Công khai", "Ý tưởng", "Của mình", "Ở đây"}
    assert queries.of_producer(own, maker).get().name == "Của mình"
    assert not queries.of_producer(ANONYMOUS, maker).exists()


def test_revenue_is_told_to_its_own_people_the_office_and_auditors(
    now: datetime, maker: Producer, own: Actor
) -> None:
    made = create(now, maker)
    auditor = Actor(ActorKind.PERSON, 8, frozenset({Grant(Role.AUDITOR)}))
    for actor in (own, OFFICE, auditor):
        assert queries.facts_for(actor, made, on=TODAY).revenue == 5
    for actor in (ANONYMOUS, Actor(ActorKind.PERSON, 7)):
        assert queries.facts_for(actor, made, on=TODAY).revenue is None
    (row,) = queries.for_lists(Product.objects.all())
    assert "revenue" in row.get_deferred_fields()


def test_producer_that_works_no_more_gets_no_new_product(now: datetime, maker: Producer) -> None:
    producers.stop_producer(
        actor=SYSTEM, producer=maker, stopped_on=now.date(), reason="Giải thể", at=now
    )
    with pytest.raises(Refused) as refusal:
        create(now, maker)
    assert refusal.value.code == "producer_stopped"
    producers.resume_producer(actor=SYSTEM, producer=maker, reason="Mở lại", at=now)
    assert create(now, maker).pk


@pytest.mark.parametrize(
    ("content", "filename"),
    [(b"\x00\x01\x02\x03" * 9, "a.bin"), (b"a,b\n1,2\n", "a.csv"), (PDF, "a.pdf")],
)
def test_what_is_no_picture_is_told_which_pictures_are(
    now: datetime, maker: Producer, content: bytes, filename: str
) -> None:
    made = create(now, maker)
    with pytest.raises(Refused) as refusal:
        services.add_image(
            actor=OFFICE, product=made, content=content, filename=filename, caption="Hũ", at=now
        )
    assert refusal.value.fields == {"image": ["Hãy chọn tệp ảnh PNG, JPEG hoặc WebP."]}
