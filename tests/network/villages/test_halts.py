"""Routes stop at places that other parts of the network bring."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from ocop.core.actor import SYSTEM, Actor, ActorKind
from ocop.core.refusals import Refused
from ocop.network.villages import halts, queries_routes
from ocop.network.villages.halts import Halt, Place
from ocop.network.villages.models import RouteStop
from ocop.network.villages.services import routes
from ocop.network.villages.services.routes import RouteParticulars, StopParticulars
from tests.network.villages.factories import VillageFactory, VillageRouteFactory

pytestmark = pytest.mark.django_db
STRANGER = Actor(ActorKind.ANONYMOUS)
HALL = Place("hall0001", "Nhà giới thiệu", "Trưng bày", 20.7, 105.9, "Xã Phú Xuyên")
HIDDEN = Place("hall0002", "Nhà đang soạn")


def _of_codes(actor: Actor, codes: Collection[str]) -> Mapping[str, Place]:
    seen = (HALL,) if actor == STRANGER else (HALL, HIDDEN)
    return {place.code: place for place in seen if place.code in codes}


def _named(actor: Actor, name: str) -> Sequence[Place]:
    return [p for p in _of_codes(actor, ["hall0001", "hall0002"]).values() if p.name == name]


@pytest.fixture
def halls() -> Iterator[None]:
    """A part of the network that has halls."""
    halts.bring(Halt("hall", "village", _of_codes, _named))
    yield
    del halts.HALTS["hall"]


def _stops(*kept: Place) -> list[StopParticulars]:
    return [StopParticulars(kind="hall", place=place.code, name=place.name) for place in kept]


def test_stop_has_name_position_and_page_of_the_place(halls: None, now: datetime) -> None:
    given = RouteParticulars("Tuyến", [StopParticulars(village=VillageFactory()), *_stops(HALL)])
    route = routes.open_route(actor=SYSTEM, particulars=given, at=now)
    stop = queries_routes.stops_of(route, STRANGER)[1]
    assert (stop.kind, stop.page, stop.place) == ("hall", "village", HALL)
    assert routes.particulars_of(route) == given


def test_place_that_the_reader_may_not_see_is_left_out(halls: None, now: datetime) -> None:
    given = RouteParticulars("Tuyến", _stops(HIDDEN, HALL))
    route = routes.open_route(actor=SYSTEM, particulars=given, at=now)
    assert [s.place for s in queries_routes.stops_of(route, STRANGER)] == [HALL]
    assert [s.place for s in queries_routes.stops_of(route, SYSTEM)] == [HIDDEN, HALL]


def test_place_of_a_part_that_is_gone_keeps_its_name(now: datetime) -> None:
    route = VillageRouteFactory()
    RouteStop.objects.create(route=route, position=1, kind="hall", place="x", name="Nhà cũ")
    (stop,) = queries_routes.stops_of(route, STRANGER)
    assert (stop.kind, stop.place.code, stop.place.name) == ("", "", "Nhà cũ")


def test_places_are_found_by_code_and_by_whole_name(halls: None) -> None:
    assert halts.named(SYSTEM, "HALL0002") == [("hall", HIDDEN)]
    assert halts.named(SYSTEM, "Nhà đang soạn") == [("hall", HIDDEN)]
    assert halts.named(STRANGER, "Nhà đang soạn") == []


@pytest.mark.parametrize("twice", [True, False])
def test_same_place_twice_and_kinds_nobody_brings_are_refused(
    halls: None, now: datetime, *, twice: bool
) -> None:
    stops = _stops(HALL, HALL) if twice else [*_stops(HALL), StopParticulars(kind="x", place="y")]
    given = RouteParticulars("Tuyến", stops)
    with pytest.raises(Refused) as refusal:
        routes.open_route(actor=SYSTEM, particulars=given, at=now)
    assert refusal.value.code == "route_stops"


def test_kind_of_villages_belongs_to_them() -> None:
    with pytest.raises(ValueError, match="village"):
        halts.bring(Halt("village", "village", _of_codes, _named))


def test_kind_without_a_place_is_no_row() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RouteStop.objects.create(route=VillageRouteFactory(), position=1, kind="hall", name="Nhà")


def test_village_becomes_the_last_stop_once(now: datetime) -> None:
    first, second = VillageFactory(), VillageFactory()
    given = RouteParticulars("Tuyến", [StopParticulars(village=first), StopParticulars(name="Bến")])
    route = routes.open_route(actor=SYSTEM, particulars=given, at=now)
    routes.add_stop(actor=SYSTEM, route=route, village=second, note="Xem đan", at=now)
    kept = routes.particulars_of(route).stops
    assert [(stop.village, stop.note) for stop in kept] == [
        (first, ""), (None, ""), (second, "Xem đan"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refusal:
        routes.add_stop(actor=SYSTEM, route=route, village=first, at=now)
    assert refusal.value.code == "route_route"


def test_route_ends_with_twenty_stops(now: datetime) -> None:
    places = [StopParticulars(name=f"Nơi {n}") for n in range(20)]
    route = routes.open_route(actor=SYSTEM, particulars=RouteParticulars("Tuyến", places), at=now)
    with pytest.raises(Refused) as refusal:
        routes.add_stop(actor=SYSTEM, route=route, village=VillageFactory(), at=now)
    assert refusal.value.code == "route_route"
    assert route.stops.count() == 20
