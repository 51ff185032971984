"""Farm products that carry stamps are counted from the ranges that were activated."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from ocop.core.actor import ANONYMOUS
from ocop.products.models import Product
from ocop.programme import indicators, queries
from ocop.programme.scope import Choice
from ocop.traceability.models import StampRange
from tests.programme import province
from tests.programme.province import Province, scope

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 31)


@pytest.fixture
def place() -> Province:
    return province.found()


def count(*choices: Choice, as_of: date = DAY) -> int:
    value = indicators.get("stamped_products").figure(scope(*choices, as_of=as_of)).value
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 5, 1), 0),
        (date(2023, 5, 2), 1),
        (date(2024, 3, 30), 2),
        (DAY, 3),  # activated at 23:30 of the day where the office is
        (date(2024, 4, 1), 4),
    ],
)
def test_products_count_from_the_day_of_their_first_stamps(
    place: Province, day: date, expected: int
) -> None:
    assert count(as_of=day) == expected


def test_goods_that_were_sold_carried_their_stamps(place: Province) -> None:
    StampRange.objects.filter(state="active").update(state="closed")
    assert count() == 3


def test_an_activation_that_was_taken_back_is_none(place: Province) -> None:
    first = StampRange.objects.filter(activated_at__isnull=False).order_by("pk").last()
    assert first is not None
    product = first.order.item.product
    ranges = StampRange.objects.filter(order__item__product=product)
    before = count(as_of=date(2024, 4, 1))
    ranges.update(state="delivered", lot=None, activated_at=None)
    product.sector = "I"
    product.save()
    assert count(as_of=date(2024, 4, 1)) == before


def test_by_units_of_then_and_of_now(place: Province) -> None:
    reading = indicators.get("stamped_products")
    told = {
        cut: {line.label: line.count for line in reading.slices(scope(), cut)}
        for cut in reading.cuts
    }
    assert told == {
        "district_then": {"Huyện Hoài Đức": 1, "Huyện Phú Xuyên": 2},
        "commune_then": {"Xã Vân Canh": 1, "Xã Vân Từ": 1, "Xã Tân Dân": 1},
        "commune_now": {"Xã Hoài Đức": 1, "Xã Phú Xuyên": 2},
    }
    for cut in reading.cuts:
        for line in reading.slices(scope(), cut):
            assert count((cut, line.key)) == line.count


def test_invented_products_and_other_provinces_stay_out(place: Province) -> None:
    rows = Product.objects.filter(trade_items__isnull=False)
    rows.filter(sector="II").update(demonstration=True)
    rows.filter(sector="III").update(province="79")
    assert count() == 1
    reading = indicators.get("stamped_products")
    assert reading.figure(replace(scope(), demonstration=True)).value == 2


def test_the_list_names_what_the_visitor_may_see(place: Province, client: Client) -> None:
    hidden = Product.objects.get(sector="II")
    Product.objects.filter(pk=hidden.pk).update(listed=False)
    rows = list(queries.listed(indicators.get("stamped_products"), scope(actor=ANONYMOUS)))
    assert [(row.sector, row.named) for row in rows] == [("I", True), ("II", False), ("III", True)]
    text = client.get("/so-lieu/danh-sach/nong-san-gan-tem/?as_of=2024-03-31").content.decode()
    for row in rows:
        assert (row.name in text) is row.named
    assert "02/05/2023" in text
    assert "Xã Vân Canh, Huyện Hoài Đức" in text
    told = client.get("/api/v1/indicators/stamped_products/rows?as_of=2024-03-31").json()
    assert [(row["kind"], row["code"]) for row in told["items"]] == [
        ("product", rows[0].code), ("product", None), ("product", rows[2].code)
    ]  # fmt: skip
    assert [row["unit_then"] for row in told["items"]] == ["Xã Vân Canh", "Xã Vân Từ", "Xã Tân Dân"]
