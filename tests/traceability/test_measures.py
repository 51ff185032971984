"""Units of UN/CEFACT Recommendation 20: codes in the data, words on the pages."""

from datetime import datetime
from decimal import Decimal

import pytest

from ocop.core import language
from ocop.traceability import balance, diary
from ocop.traceability.chronicle import amount
from ocop.traceability.measures import counted_words, measure_named
from tests.traceability.making import maker


@pytest.mark.parametrize(
    ("told", "vietnamese", "english"),
    [
        ("KGM", "kg", "kg"),
        ("LTR", "lít", "litres"),
        ("lít", "lít", "litres"),
        ("TNE", "tấn", "tonnes"),
        ("DTN", "tạ", "quintals"),
        ("H87", "cái", "pieces"),
        ("DZN", "tá", "dozen"),
        ("MTK", "m²", "m²"),
        ("hộp", "hộp", "hộp"),  # what the producer wrote
        ("", "", ""),
        ("XBX", "XBX", "XBX"),  # none that is known
    ],
)
def test_what_a_lot_is_counted_in_is_read_in_words(
    told: str, vietnamese: str, english: str
) -> None:
    assert counted_words(told) == vietnamese
    with language.using("en"):
        assert counted_words(told) == english


def test_a_code_means_its_unit() -> None:
    assert (measure_named("KGM"), measure_named(" kg "), measure_named("hộp")) == ("KGM", "KGM", "")


def test_pieces_are_what_the_lot_says_they_are() -> None:
    assert diary.measure_words("H87", "hộp") == "hộp"
    assert diary.measure_words("", "hộp") == "hộp"


@pytest.mark.django_db
def test_a_lot_in_a_code_is_a_weight_and_is_read_as_one(now: datetime) -> None:
    lot = maker(now).lot
    lot.measure, lot.quantity = "KGM", Decimal(500)
    assert (lot.counted, balance.measure_of(lot)) == ("kg", "KGM")
    assert amount(lot.quantity, "", lot) == "500 kg"
