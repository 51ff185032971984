"""The design centres of the demonstration: a first round of ten, and what came of them."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from ocop.core.actor import ANONYMOUS
from ocop.councils.models import Item
from ocop.network.centres import queries
from ocop.network.centres.models import AssessmentState, CentreAssessment, DesignCentre
from ocop.network.villages import queries_routes
from ocop.programme.models import Target
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
TODAY = timezone.localdate(LOADED_AT)


def test_ten_dossiers_were_judged_on_27_december_2023_five_from_80_and_five_from_70() -> None:
    items = Item.objects.filter(case__kind="centre", state="concluded")
    assert {timezone.localdate(item.concluded_at) for item in items} == {date(2023, 12, 27)}
    means = sorted(Decimal(item.mean) for item in items)
    assert len(means) == 10
    assert all(70 <= mean < 80 for mean in means[:5])
    assert all(80 <= mean < 90 for mean in means[5:])


def test_what_the_council_said_is_what_the_decisions_rest_on() -> None:
    rows = CentreAssessment.objects.filter(state=AssessmentState.RECOGNISED)
    for row in rows.select_related("case"):
        found = queries.outcome_of(row)
        assert (found.passed, found.mean) == (True, row.score)
        held = queries.answers_of(row, row.sheet)
        assert all(answer.met for answer in held)


def test_the_plan_of_2024_is_met() -> None:
    target = Target.objects.get(indicator="design_centres")
    found = queries.recognised_by_year(DesignCentre.objects.all())
    assert set(found) == {2024}
    assert target.high is not None
    assert target.low <= found[2024] <= target.high


def test_every_route_ends_at_a_centre_that_the_public_finds() -> None:
    for route in queries_routes.routes(ANONYMOUS):
        last = queries_routes.stops_of(route, ANONYMOUS)[-1]
        assert (last.kind, last.page) == ("centre", "centre")
        assert queries.public().filter(code=last.place.code).exists()


def test_a_year_of_months_ties_and_what_still_waits() -> None:
    centres = queries.standing_on(TODAY)
    assert any(queries.awaited(centre, TODAY) for centre in centres)
    assert len(queries.by_month(centres)) > 12
    assert all(centre.ties.exists() for centre in centres)
    waiting = CentreAssessment.objects.filter(state=AssessmentState.OPEN)
    met = {all(a.met for a in queries.answers_of(row, row.sheet)) for row in waiting}
    assert met == {True, False}
