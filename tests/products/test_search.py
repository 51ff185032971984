"""Search in products: every word, as the beginning of a word; the same on both databases."""

from datetime import datetime

import pytest
from django.db import connection

from ocop.core.actor import SYSTEM
from ocop.producers import services as producers
from ocop.products.models import Product
from ocop.products.queries import search
from ocop.products.search import InstallSearch, Matches, install, remove
from ocop.recognition.models import Recognition
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return sorted(search(Product.objects.all(), text).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Chè Đại Xuyên 3.5", "Mật ong"]),
        ("   ", ["Chè Đại Xuyên 3.5", "Mật ong"]),
        ("mật", ["Mật ong"]),
        ("MAT ON", ["Mật ong"]),
        ("ong htx mat", ["Mật ong"]),
        ("dai xuyen", ["Chè Đại Xuyên 3.5"]),
        ("đại", ["Chè Đại Xuyên 3.5"]),
        ("3.5", ["Chè Đại Xuyên 3.5"]),
        ("ng", []),
        ("mat che", []),
        ("!?", []),
        ("' OR 1=1 --", []),
        ('"mat" *', ["Mật ong"]),
        ("mat & ong", ["Mật ong"]),
        ("x" * 10_000, []),
        ("mat " * 500, ["Mật ong"]),
    ],
)
def test_words_are_found_as_beginnings_and_signs_are_no_commands(
    text: str, names: list[str]
) -> None:
    maker = ProducerFactory(name="HTX Vàng")
    ProductFactory(name="Mật ong", producer=maker)
    ProductFactory(name="Chè Đại Xuyên 3.5", producer=ProducerFactory(name="Nhà Lan"))
    assert found(text) == names


def test_index_follows_rows_however_they_change(now: datetime) -> None:
    product = ProductFactory(name="Mật ong")
    Product.objects.filter(pk=product.pk).update(folded="che tuyet")
    assert (found("mat"), found("che")) == ([], ["Mật ong"])
    product.delete()
    assert found("che") == []


def test_products_follow_the_name_of_their_producer(now: datetime) -> None:
    maker = ProducerFactory(name="HTX Vàng")
    ProductFactory(name="Mật ong", producer=maker)
    particulars = producers.Particulars(name="HTX Bạc")
    producers.change_producer(actor=SYSTEM, producer=maker, particulars=particulars, at=now)
    assert (found("vang"), found("bac")) == ([], ["Mật ong"])


def test_rows_of_the_register_are_found_by_their_product() -> None:
    row = RecognitionFactory(product=ProductFactory(name="Mật ong"))
    RecognitionFactory(product=ProductFactory(name="Chè"))
    assert list(search(Recognition.objects.all(), "mat", path="product__")) == [row]


def test_two_searches_of_one_query_are_not_taken_for_one() -> None:
    assert Matches(["mat"]) != Matches(["che"])
    assert Matches(["mat"]) == Matches(["mat"])


def test_index_is_built_anew_from_the_rows_that_are_there() -> None:
    ProductFactory(name="Mật ong")
    connection.check_constraints()  # PostgreSQL alters no table while a check is open
    try:
        remove(connection)
    finally:
        install(connection)
    assert found("mat") == ["Mật ong"]
    name, arguments, keywords = InstallSearch().deconstruct()
    assert (name, arguments, keywords) == ("InstallSearch", [], {})


@pytest.mark.parametrize(
    "asked",
    ["01-09619-3-2026", " 1-9619-3-2026 ", "01–09619–3–2026", "9520000004514", "09520000004514",
     "952 0000 00451 4", "01-280-09619-3-2020"],
)  # fmt: skip
def test_numbers_on_a_package_find_its_product(asked: str) -> None:
    ProductFactory(name="Chè 2026", official_code="01-09619-4-2026")
    ProductFactory(
        name="Mật ong",
        official_code="01-09619-3-2026",
        old_code="01-280-09619-3-2020",
        gtin="09520000004514",
    )
    assert found(asked) == ["Mật ong"]
    assert found("9520000004515") == []  # no GTIN: a word that no name has
