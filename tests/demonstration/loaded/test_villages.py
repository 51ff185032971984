"""The craft villages of the demonstration show what the register can do."""

from collections import Counter
from itertools import pairwise

from django.utils import timezone

from ocop.core.actor import ANONYMOUS
from ocop.demonstration.logins import email_of
from ocop.network.villages import queries, queries_routes
from ocop.network.villages.models import Village
from ocop.network.villages.reviewing import Outcome, reviewed
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
TODAY = timezone.localdate(LOADED_AT)


def test_forty_seven_trades_and_every_outcome_of_the_review_are_there() -> None:
    assert Village.objects.values("trade").distinct().count() == 47
    found = Counter(each.outcome for each in reviewed(Village.objects.all(), TODAY).values())
    assert set(found) == set(Outcome)


def test_officer_of_the_commune_has_villages_to_tell_of() -> None:
    officer = User.objects.get(email=email_of(Role.COMMUNE_OFFICER))
    actor = people.actor_for(officer, on=TODAY)
    assert 1 <= queries.for_office(actor).count() < 60


def test_routes_pass_neighbours() -> None:
    """A day's journey: no two villages that follow each other are more than a dozen km apart."""
    for route in queries_routes.routes(ANONYMOUS):
        places = [stop.place for stop in queries_routes.stops_of(route, ANONYMOUS)]
        known = [(at.lat, at.lon) for at in places if at.lat is not None and at.lon is not None]
        assert len(known) == len(places) == 6
        for one, other in pairwise(known):
            assert abs(one[0] - other[0]) + abs(one[1] - other[1]) < 0.11, route


def test_traditional_villages_were_old_enough_when_they_were_recognised() -> None:
    for village in Village.objects.filter(recognitions__title="traditional"):
        (row,) = village.recognitions.all()
        assert village.began_year is not None
        assert row.year - village.began_year > 50


def test_nothing_is_told_of_days_to_come() -> None:
    assert not Village.objects.filter(environment__checked_on__gt=TODAY).exists()
    assert not Village.objects.filter(recognitions__signed_on__gt=TODAY).exists()
