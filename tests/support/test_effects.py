"""What followed support: stars before and now, stamps since, as each may see it."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from ocop.core.actor import SYSTEM
from ocop.network.models import Sale, SalesReport
from ocop.people import queries as people
from ocop.products.models import Product
from ocop.promotion.days.models import BoothDay
from ocop.promotion.models import ApplicationState
from ocop.support.effects import Star, best_on, changes, effects_for
from tests.network.factories import make_point
from tests.promotion.days import factories as event_days
from tests.support import factories as making
from tests.support.factories import GrantFactory
from tests.traceability import stamps_making
from tests.world import member, recognised


def test_a_star_counts_on_its_days_and_the_highest_of_a_product() -> None:
    stars = [Star(1, 3, date(2020, 1, 1), date(2023, 1, 1)), Star(1, 4, date(2022, 1, 1), None)]
    assert best_on(stars, date(2019, 12, 31)) == {}
    assert best_on(stars, date(2021, 6, 1)) == {1: 3}
    assert best_on(stars, date(2022, 6, 1)) == {1: 4}
    assert best_on(stars[:1], date(2023, 1, 1)) == {}


def test_products_rise_and_fall() -> None:
    assert changes({1: 3, 2: 4, 3: 3}, {1: 4, 3: 3, 4: 3}) == (2, 1)


@pytest.mark.django_db
def test_what_followed_is_told_of_every_supported_producer(now: datetime) -> None:
    star = recognised("Mật ong", stars=4, on=date(2025, 6, 1))
    maker = star.product.producer
    GrantFactory(producer=maker, year=2021, amount=5_000_000)
    making.paid(now, making.approved(now, making.asked(now, producer=maker)))
    stamps_making.approved(now, stamps_making.sold(now, maker), quantity=120)
    (row,) = effects_for(SYSTEM, now.date())
    assert (row.producer, row.amount, row.times) == (maker, 15_000_000, 2)
    assert row.first_on == date(2021, 12, 31)
    assert (row.held_before, row.held_now, row.raised, row.lost) == (0, 1, 1, 0)
    assert row.stamps == 120


@pytest.mark.django_db
def test_support_of_this_year_did_not_come_on_a_day_to_come(now: datetime) -> None:
    GrantFactory(year=now.year)
    (row,) = effects_for(SYSTEM, now.date())
    assert row.first_on == now.date()


@pytest.mark.django_db
def test_a_producer_sees_what_was_given_to_it_alone(now: datetime) -> None:
    mine, _other = GrantFactory(), GrantFactory()
    actor = people.actor_for(member(now, mine.producer), on=now.date())
    assert [row.producer for row in effects_for(actor, now.date())] == [mine.producer]


@pytest.mark.django_db
def test_sales_count_from_the_day_after_the_first_support(now: datetime) -> None:
    booth = event_days.first(event_days.going_on(now))
    maker = booth.producer
    product = Product.objects.get(producer=maker)
    Product.objects.filter(pk=product.pk).update(revenue=90_000_000)
    GrantFactory(producer=maker, given_on=date(2025, 6, 15), year=2025)
    point = make_point()
    for month, amount in ((5, 1), (6, 10), (7, 100), (8, None)):
        report = SalesReport.objects.create(
            point=point, month=date(2025, month, 1), client_id=uuid4(), sent_at=now
        )
        Sale.objects.create(report=report, product=product, quantity=1, amount=amount)
    for day, sold in ((now.date(), 1_000), (date(2025, 6, 15), 10_000)):
        BoothDay.objects.create(
            application=booth, day=day, sold=sold, client_id=uuid4(), sent_at=now
        )
    (row,) = effects_for(SYSTEM, now.date())
    assert (row.sold, row.turnover) == (1_100, 90_000_000)
    booth.state = ApplicationState.WITHDRAWN
    booth.save()
    (row,) = effects_for(SYSTEM, now.date())
    assert row.sold == 100
