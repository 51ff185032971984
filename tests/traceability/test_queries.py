"""Who sees and who writes which sales units, lots and places; and what lists tell of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.core.codes import public_code
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.products import services as products
from ocop.traceability import queries
from ocop.traceability.freshness import Freshness, freshness
from ocop.traceability.models import EventThing, EventType, Lot, Site, ThingRole, TradeItem
from ocop.traceability.models.events import TraceEvent
from ocop.traceability.passport import Law, missing
from tests.dossiers.making import picture
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.world import Places, build_places, member, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@dataclass
class Side:
    item: TradeItem
    lot: Lot
    site: Site


@dataclass
class World:
    places: Places
    here: Side
    there: Side


def _side(now: datetime, unit: Unit, **more: object) -> Side:
    item = make_item(ProductFactory(producer=ProducerFactory(commune=unit), **more), now)
    site = make_site(item.product, now)
    return Side(item, make_lot(item, now, site=site), site)


@pytest.fixture
def world(now: datetime) -> World:
    places = build_places(now)
    return World(places, _side(now, places.here), _side(now, places.there, in_ocop=False))


def actor(user: User) -> Actor:
    return people.actor_for(user, on=TODAY)


def seen(who: Actor) -> tuple[set[TradeItem], set[Lot], set[Site]]:
    return (
        set(queries.items_visible_to(who)),
        set(queries.lots_visible_to(who)),
        set(queries.sites_visible_to(who)),
    )


def kept(who: Actor) -> tuple[set[TradeItem], set[Lot], set[Site]]:
    return (
        set(queries.items_kept_by(who)),
        set(queries.lots_kept_by(who)),
        set(queries.sites_kept_by(who)),
    )


def all_of(*sides: Side) -> tuple[set[TradeItem], set[Lot], set[Site]]:
    return ({s.item for s in sides}, {s.lot for s in sides}, {s.site for s in sides})


NOTHING: tuple[set[TradeItem], set[Lot], set[Site]] = (set(), set(), set())


def test_producer_sees_and_writes_what_is_its_own(world: World, now: datetime) -> None:
    own = actor(member(now, world.here.item.product.producer))
    assert seen(own) == kept(own) == all_of(world.here)
    assert list(queries.products_kept_by(own)) == [world.here.item.product]


def test_commune_officer_sees_and_writes_what_is_in_the_commune(
    world: World, now: datetime
) -> None:
    officer = actor(person(now, Role.COMMUNE_OFFICER, world.places.there))
    assert seen(officer) == kept(officer) == all_of(world.there)


def test_office_sees_and_writes_all(world: World, now: datetime) -> None:
    for role in (Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD):
        officer = actor(person(now, role))
        assert seen(officer) == kept(officer) == all_of(world.here, world.there)


def test_inspectors_and_auditors_see_all_and_write_nothing(world: World, now: datetime) -> None:
    for role in (Role.INSPECTOR, Role.AUDITOR):
        watcher = actor(person(now, role))
        assert seen(watcher) == all_of(world.here, world.there)
        assert kept(watcher) == NOTHING
        assert not queries.products_kept_by(watcher).exists()


def test_everybody_else_sees_nothing(world: World, now: datetime) -> None:
    for who in (
        ANONYMOUS,
        actor(person(now, None)),
        actor(person(now, Role.COUNCIL_MEMBER)),
        actor(member(now, ProducerFactory())),
    ):
        assert seen(who) == kept(who) == NOTHING


def test_trace_codes_are_of_gs1_where_there_are_some(world: World, now: datetime) -> None:
    lot, site = world.here.lot, world.here.site
    assert queries.trace_code(lot) == f"{lot.item.code.upper()}/L-01"
    assert queries.site_code(site) == site.code.upper()
    lot.item.gtin, site.gln = "08938505974194", "8938505974194"
    assert queries.trace_code(lot) == "08938505974194/L-01"
    assert queries.site_code(site) == "8938505974194"


def happened(now: datetime, lot: Lot, hours: int, **more: object) -> TraceEvent:
    told = {"site": lot.site, "biz_step": "commissioning"} | more
    event = TraceEvent.objects.create(
        event_id=public_code(),
        digest="0" * 64,
        type=EventType.OBJECT,
        event_time=now + timedelta(hours=hours),
        record_time=now,
        body={},
        **told,
    )
    EventThing.objects.create(event=event, role=ThingRole.CLASS, value="x", lot=lot)
    return event


def test_steps_stand_in_the_order_they_happened(world: World, now: datetime) -> None:
    lot = world.here.lot
    happened(now, lot, 3, biz_step="shipping", site=None, read_point="urn:epc:id:sgln:x")
    twice = happened(now, lot, 1)
    EventThing.objects.create(event=twice, role=ThingRole.OUTPUT_CLASS, value="x", lot=lot)
    happened(now, lot, 2, declared_wrong_at=now)
    found = queries.stages_of(lot)
    assert [(s.step, s.site_code) for s in found] == [
        ("commissioning", world.here.site.code.upper()),
        ("shipping", ""),
    ]


def test_lot_tells_all_once_it_has_a_picture_and_a_step(world: World, now: datetime) -> None:
    lot, item = world.here.lot, world.here.item
    lacking = {(each.law, each.number) for each in missing(queries.facts_of(item, lot))}
    assert lacking == {(Law.TEN, 2), (Law.TEN, 5), (Law.EIGHT, 4)}
    products.add_image(
        actor=SYSTEM, product=item.product, content=picture(), filename="a.png", caption="Ảnh",
        at=now,
    )  # fmt: skip
    happened(now, lot, 1)
    assert missing(queries.facts_of(item, lot)) == []


def test_persons_number_is_not_told_to_buyers(world: World) -> None:
    item = world.here.item
    item.product.producer.tax_code = "001085012345"
    assert queries.facts_of(item, None).producer_code == item.product.producer.code.upper()
    item.product.producer.tax_code = "0100109106"
    assert queries.facts_of(item, None).producer_code == "0100109106"


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"standards": ""},
        {"origin": ""},
        {"brand": "", "shelf_life": "", "warnings": "", "other": "", "certificates": ""},
    ],
)
@pytest.mark.parametrize("pictured", [True, False])
@pytest.mark.parametrize("placed", [True, False])
def test_list_of_what_is_incomplete_is_what_the_laws_miss(
    change: dict[str, str], pictured: bool, placed: bool, world: World, now: datetime
) -> None:
    item = make_item(
        ProductFactory(
            producer=ProducerFactory(address="Thôn Một" if placed else "", tax_code="0100109106")
        ),
        now,
        **change,
    )
    if pictured:
        products.add_image(
            actor=SYSTEM, product=item.product, content=picture(), filename="a.png", caption="Ảnh",
            at=now,
        )  # fmt: skip
    lot = make_lot(item, now, site=make_site(item.product, now))
    happened(now, lot, 1)
    lacking = missing(queries.facts_of(item, lot))
    assert queries.incomplete(TradeItem.objects.filter(pk=item.pk)).exists() is bool(lacking)


def test_list_of_lots_that_lack_their_day_or_a_step(world: World, now: datetime) -> None:
    lot, other = world.here.lot, world.there.lot
    happened(now, lot, 1)
    happened(now, other, 1, site=None)
    assert list(queries.lots_incomplete(Lot.objects.all())) == [other]
    Lot.objects.filter(pk=lot.pk).update(produced_on=None)
    assert set(queries.lots_incomplete(Lot.objects.all())) == {lot, other}


def test_lots_by_state_are_those_that_stand_so(world: World, now: datetime) -> None:
    item = world.here.item
    Lot.objects.all().delete()
    made = 0
    for day in (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)):
        for recalled in (None, now):
            made += 1
            make_lot(
                item, now, number=str(made), expires_on=day, recalled_at=recalled,
                recall_reason="Nhiễm bẩn" if recalled else "",
            )  # fmt: skip
    for state in Freshness:
        expected = {
            lot.pk
            for lot in Lot.objects.all()
            if freshness(lot.expires_on, recalled=lot.recalled_at is not None, on=TODAY) is state
        }
        assert {lot.pk for lot in queries.lots_in(Lot.objects.all(), state, TODAY)} == expected
        assert expected


def test_lists_count_the_lots_and_tell_the_last(world: World, now: datetime) -> None:
    make_lot(world.here.item, now, number="L-02", produced_on=date(2026, 8, 1))
    row = queries.items_for_lists(TradeItem.objects.filter(pk=world.here.item.pk)).get()
    assert (row.lots_count, row.last_made) == (2, date(2026, 8, 1))
    assert [lot.number for lot in queries.newest_lots(row.lots.all())] == ["L-02", "L-01"]
