"""The national table PTNT_OCOP: one row per product in force, in the columns of the decision."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.refusals import NotAllowed
from ocop.people.roles import Role
from ocop.programme import exchange
from tests.factories import ProductFactory, RecognitionFactory
from tests.programme import province
from tests.programme.province import END_OF_MARCH, scope

pytestmark = pytest.mark.django_db
AUDITOR = Actor(ActorKind.PERSON, user_id=8, grants=frozenset({Grant(Role.AUDITOR)}))
PRODUCER = Actor(ActorKind.PERSON, user_id=9, grants=frozenset({Grant(Role.PRODUCER)}))


def _table() -> list[dict[str, Any]]:
    rows = exchange.rows(scope(actor=AUDITOR))
    return [dict(zip(exchange.COLUMNS, exchange.values(row), strict=True)) for row in rows]


def test_row_has_the_columns_of_the_decision() -> None:
    place = province.units()
    product = ProductFactory(
        name="Trà sen", official_code="01-10273-001-2023", old_code="cũ", revenue=1_500_000_000
    )
    RecognitionFactory(product=product, on=date(2023, 5, 5), stars=4, commune=place.today_phu_xuyen)
    assert _table() == [
        {
            "MA_OCOP": product.code,
            "MA_DVHC": "10273",
            "MA_KY": "2024",
            "MA_SAN_PHAM": "01-10273-001-2023",
            "TEN_SAN_PHAM": "Trà sen",
            "HANG": "4*",
            "CHU_THE": product.producer.name,
            "DOANH_THU": 1_500_000_000,
            "TRANG_THAI": "Còn hiệu lực",
        }
    ]


def test_what_is_not_known_falls_back_or_stays_empty() -> None:
    province.units()
    RecognitionFactory(product__old_code="01-280-10360-002-2021", on=date(2023, 5, 5))
    (row,) = _table()
    assert (row["MA_SAN_PHAM"], row["MA_DVHC"], row["DOANH_THU"]) == (
        "01-280-10360-002-2021",
        "01",
        None,
    )


def test_only_products_that_hold_a_star_are_in_it_once_and_potential_five_stars_hold_four() -> None:
    province.units()
    kept = ProductFactory()
    RecognitionFactory(product=kept, on=date(2021, 6, 1), stars=3)
    RecognitionFactory(product=kept, on=date(2023, 6, 1), stars=4, potential_five=True)
    RecognitionFactory(on=date(2023, 6, 2), stars=5)
    RecognitionFactory(on=date(2021, 3, 1))  # expired
    RecognitionFactory(on=date(2023, 6, 1), revoked_on=END_OF_MARCH)
    assert [row["HANG"] for row in _table()] == ["4*", "5*"]


@pytest.mark.parametrize("actor", [ANONYMOUS, PRODUCER])
def test_revenue_by_product_is_for_the_office_and_its_auditors(actor: Actor) -> None:
    RecognitionFactory(on=date(2023, 5, 5))
    with pytest.raises(NotAllowed):
        list(exchange.rows(scope(actor=actor)))
    assert len(list(exchange.rows(scope(actor=SYSTEM)))) == 1


def test_rows_of_a_demonstration_say_so() -> None:
    RecognitionFactory(on=date(2023, 5, 5))
    (row,) = exchange.rows(replace(scope(actor=SYSTEM), demonstration=True))
    assert row.status == "Còn hiệu lực (Dữ liệu mẫu)"


@pytest.mark.parametrize("number", [1, 3])
def test_table_takes_as_many_queries_for_many_rows_as_for_one(
    number: int, django_assert_max_num_queries: Any
) -> None:
    place = province.units()
    for _ in range(number):
        RecognitionFactory(on=date(2023, 5, 5), commune=place.today_phu_xuyen)
    with django_assert_max_num_queries(3):
        assert len(_table()) == number
