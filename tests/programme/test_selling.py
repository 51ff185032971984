"""Producers that sell online are counted from links that were checked."""

from datetime import UTC, date, datetime

import pytest

from ocop.market.verdicts import Reason
from ocop.products.models import Product
from ocop.programme import indicators, queries
from ocop.programme.readings import Figure
from tests.market.factories import check, waiting
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db
ADDED = date(2024, 1, 10)
FOUND = datetime(2024, 3, 20, 9, 0, tzinfo=UTC)
KEY = "selling_online_share"


@pytest.fixture
def sold() -> Product:
    """A product with a valid star, linked to a shop that was found on 20 March 2024."""
    province.found()
    product: Product = indicators.get("valid").rows(scope()).order_by("pk")[0].product
    check(waiting(product, starts_on=ADDED), Reason.OK, FOUND, 200)
    return product


def figure(as_of: date = date(2024, 3, 31)) -> Figure:
    return indicators.get(KEY).figure(scope(as_of=as_of))


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize(("day", "part"), [(19, 0), (20, 1), (31, 1)])
def test_a_producer_counts_from_the_day_its_link_was_found(day: int, part: int) -> None:
    assert figure(date(2024, 3, day)).part == part


@pytest.mark.usefixtures("sold")
def test_the_whole_are_producers_with_a_valid_star() -> None:
    assert figure().whole == indicators.get("producers_valid").rows(scope()).count()


def test_a_link_that_leads_nowhere_counts_until_that_was_found(sold: Product) -> None:
    gone = datetime(2024, 3, 25, 9, 0, tzinfo=UTC)
    check(sold.shop_links.get(), Reason.GONE, gone, 404)
    assert [figure(date(2024, 3, day)).part for day in (24, 25)] == [1, 0]


def test_the_list_names_the_producers_behind_the_number(sold: Product) -> None:
    rows = list(queries.listed(indicators.get(KEY), scope()))
    assert [row.pk for row in rows] == [sold.producer_id]
