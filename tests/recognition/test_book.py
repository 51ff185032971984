"""A number of a year is one decision of its authority, however the authority and the letters behind
the number are written (Decree 30/2020/NĐ-CP, Art. 15: one series a year)."""

from datetime import date, datetime

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.recognition import signers
from ocop.recognition.book import Use, expect_free
from ocop.recognition.keys import paper_key
from tests.factories import DecisionFactory, RecognitionFactory

pytestmark = pytest.mark.django_db
DAY, OTHER = date(2026, 11, 13), date(2026, 11, 24)
HANOI = "Ủy ban nhân dân thành phố Hà Nội"
SPELLINGS = [
    "UBND Hà Nội", "Ủy ban nhân dân Hà Nội", "Chủ tịch UBND Hà Nội", "UBND Thủ đô Hà Nội",
    "TM. UBND thành phố Hà Nội", "UBND t.p Hà Nội", "UBND TP Hà Nội", "UBND Tp. Hà Nội", HANOI,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _here(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)


def is_free(number: str, day: date, authority: str, use: Use = Use.RECOGNITION) -> bool:
    try:
        expect_free(number, day, authority, use)
    except Refused as refused:
        return "number" not in refused.fields
    return True


@pytest.mark.parametrize("use", list(Use))
@pytest.mark.parametrize("authority", SPELLINGS)
def test_no_spelling_makes_a_second_book(authority: str, use: Use) -> None:
    DecisionFactory(number="5120/QĐ-UBND", signed_on=DAY, authority=HANOI)
    for number in ("5120/QĐ-UBND", "5120/QĐ-UB", "5120/QĐ-CTUBND", "5120/QĐ-UBND-NN"):
        assert not is_free(number, OTHER, authority, use)
    assert not is_free("5120/QĐ-UB", DAY, authority)  # the same decision again
    assert is_free("5121/QĐ-UBND", OTHER, authority, use)
    assert is_free("5120/QĐ-UBND", date(2025, 11, 24), authority, use)  # numbers begin anew


def test_the_ministry_has_one_book_under_all_its_names() -> None:
    row = RecognitionFactory(stars=5, revoked_on=date(2026, 11, 20)).revocations.get()
    row.number, row.signed_on = "7801/QĐ-BNNMT", date(2026, 11, 20)
    row.authority = "Bộ Nông nghiệp và Môi trường"
    row.save()
    for name in ("Bộ NN&MT", "Bộ trưởng Bộ Nông nghiệp và Môi trường", "Bộ NN và MT"):
        assert not is_free("7801/QĐ-BNNMT", date(2026, 11, 21), name, Use.REVOCATION)
        assert is_free("7801/QĐ-BNNMT", date(2026, 11, 20), name, Use.REVOCATION)
    assert is_free("7801/QĐ-UBND", date(2026, 11, 21), HANOI, Use.REVOCATION)


def test_a_district_has_a_book_of_its_own() -> None:
    then = date(2024, 12, 30)
    DecisionFactory(number="12/QĐ-UBND", signed_on=then, authority="UBND huyện Ba Vì")
    other = date(2024, 12, 27)
    assert not is_free("12/QĐ-UBND", other, "Ủy ban nhân dân huyện Ba Vì, thành phố Hà Nội")
    assert is_free("12/QĐ-UBND", other, "UBND huyện Phú Xuyên")
    assert is_free("12/QĐ-UBND", other, "UBND thành phố Hà Nội")


def test_what_cannot_be_read_is_compared_as_it_is_written() -> None:
    """An import brought it; nothing is entered under such a name."""
    DecisionFactory(number="12/QĐ-UBND", signed_on=DAY, authority="UBND xã Hoài Đức")
    assert not is_free("12/QĐ-UBND", OTHER, "ủy ban nhân dân  xã Hoài Đức")
    assert is_free("12/QĐ-UBND", OTHER, "UBND thành phố Hà Nội")


def test_the_letters_of_one_body_are_one_book() -> None:
    papers = [
        ("5120/QĐ-UBND", "Ủy ban nhân dân thành phố Hà Nội"),
        ("5120/QĐ-UB", "UBND Hà Nội"),
        ("5120/QĐ-CTUBND", "Chủ tịch UBND Thủ đô Hà Nội"),
        ("5120/QĐ-UBND", "TM. UBND t.p Hà Nội"),
    ]
    assert len({paper_key(number, OTHER, name, "") for number, name in papers}) == 1
    others = [
        ("5121/QĐ-UBND", "UBND Hà Nội"),
        ("5120a/QĐ-UBND", "UBND Hà Nội"),
        ("5120/2026/QĐ-UBND", "UBND Hà Nội"),  # makes law, counted apart
        ("5120/QĐ-UBND", "UBND tỉnh Lâm Đồng"),
        ("5120/QĐ-UBND", "UBND xã Hoài Đức, thành phố Hà Nội"),
        ("5120/QĐ-BNNMT", "Bộ NN&MT"),
    ]
    assert len({paper_key(number, OTHER, name, "") for number, name in [*papers, *others]}) == 7
    own = signers.province_named("Thành phố Hà Nội")
    assert signers.serial_of(own, "5120/QĐ-SNN") == ""
