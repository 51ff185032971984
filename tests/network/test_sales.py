"""What points sold, told by month."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ocop.core.actor import SYSTEM, Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.network.models import Sale, SalesPoint, SalesReport, StockLine
from ocop.network.queries import sales as queries
from ocop.network.services import sales
from ocop.network.services.sales import Sold
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.products.models import Product
from ocop.programme import reminding
from tests.factories import ProductFactory, RecognitionFactory
from tests.network.factories import make_keeper, make_line, make_point
from tests.world import person

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def point() -> SalesPoint:
    return make_point()


@pytest.fixture
def product(point: SalesPoint) -> Product:
    found = RecognitionFactory().product
    make_line(found, point=point)
    return found


def report(
    point: SalesPoint,
    sold: Sequence[Sold],
    now: datetime,
    *,
    month: date = OCTOBER,
    key: UUID | None = None,
    actor: Actor = SYSTEM,
) -> SalesReport:
    return sales.report_sales(
        actor=actor, point=point, month=month, sold=sold, client_id=key or uuid4(), at=now
    )


def test_sales_of_a_month_are_told_by_product(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    report(point, [Sold(product, 12, 960_000)], now)
    (told,) = queries.by_month(SalesPoint.objects.all())
    assert (told.month, told.quantity, told.amount) == (OCTOBER, 12, 960_000)
    (line,) = queries.by_product(SalesPoint.objects.all(), OCTOBER, OCTOBER)
    assert (line["product__code"], line["packs"], line["shops"]) == (product.code, 12, 1)


def test_a_month_without_sales_is_told_as_well(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    assert OCTOBER in queries.awaited(point, now.date())
    report(point, [Sold(product, 0)], now)
    assert OCTOBER not in queries.awaited(point, now.date())
    assert not Sale.objects.exists()


def test_same_report_sent_twice_is_told_once(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    key = uuid4()
    first = report(point, [Sold(product, 12)], now, key=key)
    assert report(point, [Sold(product, 12)], now, key=key) == first
    assert Sale.objects.count() == 1


def test_later_report_takes_the_place_of_the_first(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    report(point, [Sold(product, 12)], now)
    report(point, [Sold(product, 15)], now)
    assert Sale.objects.get().quantity == 15
    assert SalesReport.objects.count() == 1


def test_report_of_one_month_is_no_report_of_another(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    key = uuid4()
    report(point, [Sold(product, 12)], now, key=key)
    with pytest.raises(Refused) as refusal:
        report(point, [Sold(product, 12)], now, key=key, month=date(2026, 9, 1))
    assert refusal.value.code == "sales_client_id"


@pytest.mark.parametrize(
    "month", [date(2026, 12, 1), date(2025, 12, 1), date(2026, 10, 2), date(2024, 1, 1)]
)
def test_month_outside_the_life_of_the_point_is_refused(
    now: datetime, point: SalesPoint, product: Product, month: date
) -> None:
    with pytest.raises(Refused) as refusal:
        report(point, [Sold(product, 1)], now, month=month)
    assert list(refusal.value.fields) == ["month"]


def test_goods_that_were_not_offered_in_the_month_are_refused(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    later = ProductFactory()
    make_line(later, point=point, starts_on=date(2026, 11, 1))
    for row in (Sold(later, 1), Sold(ProductFactory(), 1), Sold(product, -1), Sold(product, 1, -5)):
        with pytest.raises(Refused) as refusal:
            report(point, [row], now)
        assert list(refusal.value.fields) == [f"quantity_{row.product.code}"]
    with pytest.raises(Refused):
        report(point, [Sold(product, 1), Sold(product, 2)], now)


def test_goods_that_left_during_the_month_are_told_still(now: datetime, point: SalesPoint) -> None:
    gone = ProductFactory()
    make_line(gone, point=point, ends_on=date(2026, 10, 9))
    report(point, [Sold(gone, 3)], now)
    assert Sale.objects.get().quantity == 3


def test_goods_that_were_told_of_a_month_are_told_again(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    """Whatever became of their line on the shelf."""
    report(point, [Sold(product, 3)], now)
    StockLine.objects.all().delete()
    assert list(queries.to_tell(point, OCTOBER)) == [product]
    report(point, [Sold(product, 4)], now)
    assert Sale.objects.get().quantity == 4


def test_product_twice_is_told_as_that(now: datetime, point: SalesPoint, product: Product) -> None:
    with pytest.raises(Refused) as refusal:
        report(point, [Sold(product, 3), Sold(product, 4)], now)
    assert "hai lần" in refusal.value.message


def test_sales_are_told_by_the_keeper_only(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    user = person(now, None)
    actor = people.actor_for(user, on=now.date())
    with pytest.raises(NotAllowed):
        report(point, [Sold(product, 1)], now, actor=actor)
    make_keeper(point, user)
    assert report(point, [Sold(product, 1)], now, actor=actor).sent_by == user


def test_application_awaits_no_sales() -> None:
    waiting = SalesPoint(recognised_on=None)
    assert queries.awaited(waiting, OCTOBER) == []
    assert queries.tellable(waiting, OCTOBER) == []


def test_sales_are_summed_by_the_words_of_goods_and_makers(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    other = RecognitionFactory().product
    make_line(other, point=point)
    report(point, [Sold(product, 12), Sold(other, 5)], now)
    rows, span = SalesPoint.objects.all(), (OCTOBER, OCTOBER)
    assert len(queries.by_product(rows, *span)) == 2
    (line,) = queries.by_product(rows, *span, product.name)
    assert line["packs"] == 12
    (line,) = queries.by_product(rows, *span, other.producer.name)
    assert line["packs"] == 5
    assert not queries.by_product(rows, *span, "không có hàng này")
    assert queries.by_month(rows, date(2026, 11, 1), date(2026, 11, 1)) == []


def test_keeper_is_reminded_once_of_a_month_that_nobody_told(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    user = person(now, None)
    make_keeper(point, user)
    make_point()  # kept by nobody
    early = now.replace(day=5)
    reminding.remind(at=early)
    assert not Message.objects.filter(kind="network.point_untold").exists()
    reminding.remind(at=early + timedelta(days=1))
    reminding.remind(at=now)
    told = Message.objects.get(kind="network.point_untold")
    assert (told.user, told.subject) == (user, f"Ghi doanh số tháng 10/2026: {point.name}")
    assert told.link == f"/cua-toi/diem-ban/{point.code}/doanh-so/2026-10/"


def test_month_that_was_told_is_not_asked_for(
    now: datetime, point: SalesPoint, product: Product
) -> None:
    rows = SalesPoint.objects.all()
    later = make_point(recognised_on=date(2026, 11, 2))
    closed = make_point(closed_on=OCTOBER, state="closed")
    assert set(queries.untold(rows, OCTOBER)) == {point}
    report(point, [], now)
    assert not queries.untold(rows, OCTOBER).exists()
    assert set(queries.untold(rows, date(2026, 11, 1))) == {point, later}
    assert closed in queries.untold(rows, date(2026, 9, 1))
