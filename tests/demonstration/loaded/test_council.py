"""The sitting on show: three stars, four, five, and members who differ."""

from datetime import datetime

import pytest

from ocop.core.models import Event
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import ProductOutcome
from ocop.councils.queries import workbooks as queries
from ocop.demonstration import council
from ocop.people.models import User
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


@pytest.fixture
def brought(now: datetime) -> ScoreWorkbook:
    return ScoreWorkbook.objects.first() or council.bring(at=now)


@pytest.fixture
def outcomes(brought: ScoreWorkbook) -> list[ProductOutcome]:
    return queries.outcomes(brought)


def test_secretary_brought_it_and_one_event_says_so(brought: ScoreWorkbook) -> None:
    assert brought.created_by == User.objects.get(email="thu-ky@ocop.example").pk
    assert Event.objects.filter(name="councils.workbook_stored").count() == 1
    assert "(mẫu)" in brought.title


def test_products_are_of_four_producers_of_the_demonstration(
    outcomes: list[ProductOutcome],
) -> None:
    assert len({outcome.product for outcome in outcomes}) == 4
    assert all(outcome.product.endswith("(mẫu)") for outcome in outcomes)


def test_bands_from_three_to_five_and_a_spread_beyond_the_limit(
    outcomes: list[ProductOutcome],
) -> None:
    assert {outcome.band for outcome in outcomes} == {3, 4, 5}
    assert outcomes[-1].spread > queries.SPREAD_LIMIT.get()
    assert all(len(outcome.totals) == 5 for outcome in outcomes)
