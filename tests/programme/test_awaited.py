"""What registrations still bring: those of products that were not evaluated yet."""

from datetime import date

import pytest

from ocop.programme import queries
from ocop.recognition.models import Kind
from tests.factories import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
    TargetFactory,
)
from tests.programme import province
from tests.programme.province import scope

pytestmark = pytest.mark.django_db
SUMMER = date(2024, 7, 31)


@pytest.fixture
def units() -> province.Province:
    found = province.units()
    TargetFactory(unit=found.now, low=20)
    return found


def _expected() -> tuple[int, int]:
    told = queries.progress(scope(as_of=SUMMER))
    return told.registered_this_year, told.expected_by_year_end


def test_products_evaluated_without_a_registration_do_not_use_one_up(
    units: province.Province,
) -> None:
    for day in range(1, 5):
        RecognitionFactory(on=date(2024, 5, day))
    for name in ("Mật ong", "Chè xanh"):
        RegistrationFactory(unit=units.hoai_duc, product_name=name, year=2024)
    assert _expected() == (2, 6)


def test_registration_of_an_evaluated_product_is_counted_once(units: province.Province) -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2024, 5, 5))
    RegistrationFactory(unit=units.hoai_duc, product=product, year=2024)
    assert _expected() == (1, 1)


def test_registration_that_names_product_and_producer_is_found_by_them(
    units: province.Province,
) -> None:
    product = ProductFactory(name="Mật ong rừng", producer=ProducerFactory(name="HTX Ong Vàng"))
    RecognitionFactory(product=product, on=date(2024, 5, 5))
    names = {"product_name": "MẬT ONG  rừng", "producer_name": "HTX. Ong vàng"}
    RegistrationFactory(unit=units.hoai_duc, year=2024, **names)
    RegistrationFactory(unit=units.hoai_duc, year=2024, **{**names, "producer_name": "HTX Khác"})
    assert _expected() == (2, 2)


def test_bare_name_is_found_in_the_unit_that_listed_it(units: province.Province) -> None:
    product = ProductFactory(name="Gạo nếp", producer=ProducerFactory(name="Hộ bà Lan"))
    RecognitionFactory(product=product, on=date(2024, 5, 5), unit=units.van_tu)
    bare = {"product_name": "Gạo nếp", "producer_name": "", "year": 2024}
    RegistrationFactory(unit=units.phu_xuyen, **bare)  # the district of that commune
    assert _expected() == (1, 1)
    RegistrationFactory(unit=units.hoai_duc, **bare)  # another one of the same name
    assert _expected() == (2, 2)


def test_registration_to_be_evaluated_again_brings_no_product(units: province.Province) -> None:
    RegistrationFactory(unit=units.hoai_duc, year=2024, kind=Kind.REEVALUATION)
    assert _expected() == (0, 0)


def test_year_that_is_over_brings_nothing_more(units: province.Province) -> None:
    RegistrationFactory(unit=units.hoai_duc, year=2024)
    told = queries.progress(scope(as_of=date(2024, 12, 31)))
    assert (told.registered_this_year, told.expected_by_year_end) == (1, 0)
