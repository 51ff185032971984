import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.products import gtin


def closes(digits: str) -> bool:
    """GS1's rule said the other way round: the weighted sum of all digits is a multiple of ten."""
    total = 0
    for place, digit in enumerate(digits.zfill(14)):
        total += int(digit) * (3 if place % 2 == 0 else 1)
    return total % 10 == 0


@pytest.mark.parametrize(
    ("text", "full", "printed"),
    [
        ("4006381333931", "04006381333931", "4006381333931"),
        ("036000291452", "00036000291452", "0036000291452"),
        ("96385074", "00000096385074", "96385074"),
        ("9521234567899", "09521234567899", "9521234567899"),
        ("1 952 1234 56788 9", "19521234567889", "19521234567889"),
        ("893-6000.00000 4", "08936000000004", "8936000000004"),
    ],
)
def test_number_in_each_of_its_lengths(text: str, full: str, printed: str) -> None:
    assert closes(full)
    assert gtin.normalise(text) == full
    assert gtin.printed(full) == printed
    assert gtin.normalise(printed) == full
    assert gtin.is_valid(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "gtin_form"),
        ("123456789", "gtin_form"),
        ("400638133393X", "gtin_form"),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", "gtin_form"),
        ("4006381333932", "gtin_check_digit"),
        ("00000000", "gtin_check_digit"),
        ("2000000000008", "gtin_restricted"),
        ("0200000000004", "gtin_restricted"),
        ("20000004", "gtin_restricted"),
    ],
)
def test_number_that_is_no_gtin_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        gtin.normalise(text)
    assert refusal.value.code == code
    assert not gtin.is_valid(text)


@given(st.text("0123456789", min_size=7, max_size=13))
def test_check_digit_closes_the_sum(body: str) -> None:
    digit = gtin.check_digit(body)
    assert [d for d in range(10) if closes(f"{body}{d}")] == [digit]


@given(st.integers(0, 10**9 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(serial: int, place: int, off: int) -> None:
    good = gtin.printed(gtin.demonstration(serial))
    wrong = f"{good[:place]}{(int(good[place]) + off) % 10}{good[place + 1 :]}"
    assert gtin.is_valid(good)
    assert not gtin.is_valid(wrong)


def test_demonstration_numbers_say_so() -> None:
    number = gtin.demonstration(7)
    assert number == "09520000000073"
    assert gtin.is_demonstration(number)
    assert not gtin.is_vietnamese(number)
    assert gtin.is_vietnamese(gtin.normalise("8936000000004"))
    with pytest.raises(ValueError, match="out of range"):
        gtin.demonstration(10**9)
