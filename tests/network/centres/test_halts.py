"""Centres as halts of routes through villages."""

from datetime import datetime

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.network.centres import halts as own
from ocop.network.villages import halts
from ocop.network.villages.queries_routes import stops_of
from ocop.network.villages.services.routes import RouteParticulars, StopParticulars, open_route
from tests.network.centres.factories import make_application, make_centre
from tests.network.villages.factories import VillageFactory

pytestmark = pytest.mark.django_db


def test_a_route_stops_at_a_centre_and_leads_to_its_page(now: datetime) -> None:
    centre = make_centre(summary="Lụa Vạn Phúc", lat=20.97, lon=105.77)
    stops = [
        StopParticulars(village=VillageFactory()),
        StopParticulars(kind=own.KIND, place=centre.code, name=centre.name),
    ]
    route = open_route(actor=SYSTEM, particulars=RouteParticulars("Lụa", stops), at=now)
    last = stops_of(route, ANONYMOUS)[1]
    assert (last.kind, last.page, last.place.name) == ("centre", "centre", centre.name)
    assert (last.place.lat, last.place.about) == (20.97, "Lụa Vạn Phúc")


def test_a_centre_that_waits_is_no_stop_for_the_public() -> None:
    waiting = make_application().centre
    assert halts.seen(ANONYMOUS, {own.KIND: [waiting.code]}) == {}
    assert (own.KIND, waiting.code) in halts.seen(SYSTEM, {own.KIND: [waiting.code]})


def test_centres_are_found_by_their_whole_name_or_code() -> None:
    centre = make_centre(name="Trung tâm Vạn Phúc")
    for asked in ("trung tâm vạn phúc", centre.code):
        assert [place.code for _kind, place in halts.named(SYSTEM, asked)] == [centre.code]
    assert halts.named(SYSTEM, "Vạn Phúc") == []
