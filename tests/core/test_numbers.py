from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core import language
from ocop.core.numbers import (
    half_up,
    read_number,
    read_whole,
    share_percent,
    write_date,
    write_number,
    write_percent,
)


def by_hand(value: Decimal, places: int) -> Decimal:
    """Rounding as taught at school, on the digits of the number written out."""
    digits = f"{abs(value):.{places + 30}f}"
    head, tail = digits[: len(digits) - 30], digits[-30:]
    number = int(head.replace(".", "")) + (tail[0] >= "5")
    return Decimal(-number if value < 0 else number) / 10**places


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Decimal("2.5"), 0, "3"),
        (Decimal("3.5"), 0, "4"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("82.85"), 1, "82.9"),
        (Decimal("82.849999"), 1, "82.8"),
        (2.675, 2, "2.68"),
        (Fraction(1, 3), 4, "0.3333"),
        (7, 2, "7.00"),
        (Decimal("0.05"), 1, "0.1"),
        (10**40 + 1, 1, f"{10**40 + 1}.0"),
    ],
)
def test_half_up_by_example(value: Decimal, places: int, expected: str) -> None:
    assert str(half_up(value, places)) == expected


@given(
    st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=6),
    st.integers(0, 4),
)
def test_half_up_as_by_hand(value: Decimal, places: int) -> None:
    assert half_up(value, places) == by_hand(value, places)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_half_up_refuses_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        half_up(value, 1)


def test_share_of_the_term_target() -> None:
    assert str(share_percent(1657, 2000)) == "82.9"  # 82.85 exactly, half up
    assert str(share_percent(2000, 2000)) == "100.0"
    assert str(share_percent(0, 5)) == "0.0"
    assert str(share_percent(1, 3)) == "33.3"
    assert str(share_percent(2167, 2000)) == "108.4"


def test_share_of_nothing_has_no_value() -> None:
    with pytest.raises(ZeroDivisionError):
        share_percent(1, 0)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_share_is_within_half_a_tenth(part: int, whole: int) -> None:
    shown = Fraction(share_percent(part, whole))
    assert -Fraction(1, 20) < shown - Fraction(part * 100, whole) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("value", "places", "vietnamese", "english"),
    [
        (1657, None, "1.657", "1,657"),
        (1234567, None, "1.234.567", "1,234,567"),
        (999, None, "999", "999"),
        (0, None, "0", "0"),
        (100, None, "100", "100"),
        (Decimal("82.5000"), None, "82,5", "82.5"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("82.3333"), 2, "82,33", "82.33"),
        (80, 2, "80,00", "80.00"),
        (2.5, None, "2,5", "2.5"),
        (Fraction(1, 3), None, "0,3333", "0.3333"),
        (-1500, None, "\u22121.500", "\u22121,500"),
        (Decimal("-0.01"), 1, "0,0", "0.0"),
    ],
)
def test_number_in_either_language(
    value: Decimal, places: int | None, vietnamese: str, english: str
) -> None:
    assert write_number(value, places) == vietnamese
    with language.using("en"):
        assert write_number(value, places) == english


@given(st.integers(0, 10**15))
def test_grouped_number_reads_back(value: int) -> None:
    written = write_number(value)
    assert int(written.replace(".", "")) == value
    assert all(len(group) == 3 for group in written.split(".")[1:])


def test_percent_in_either_language() -> None:
    assert write_percent(Decimal("82.9")) == "82,9 %"
    assert write_percent(Decimal("100.0")) == "100,0 %"
    assert write_percent(75) == "75 %"
    assert write_percent(Fraction(829, 10)) == "82,9 %"
    with language.using("en"):
        assert write_percent(Decimal("82.9")) == "82.9%"


def test_infinite_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="not a number"):
        write_number(Decimal("Infinity"))


def test_date_is_day_month_year_in_both_languages() -> None:
    assert write_date(date(2026, 11, 3)) == "03/11/2026"
    with language.using("en"):
        assert write_date(date(2026, 11, 3)) == "03/11/2026"


@pytest.mark.parametrize(
    ("spoken", "text", "expected"),
    [
        ("vi", "1.657", "1657"),
        ("vi", "1 657", "1657"),
        ("vi", "1657", "1657"),
        ("vi", "82,9", "82.9"),
        ("vi", "82.9", "82.9"),
        ("vi", "0.125", "0.125"),
        ("vi", "1.234.567,89", "1234567.89"),
        ("en", "1,657", "1657"),
        ("en", "1.657", "1.657"),
        ("en", "82,9", "82.9"),
        ("en", "\u22125", "-5"),
    ],
)
def test_number_is_read_as_its_language_writes_it(spoken: str, text: str, expected: str) -> None:
    with language.using(spoken):
        assert str(read_number(text)) == expected


@pytest.mark.parametrize("text", ["", "một", "1.2.3", "1,2,3", "12,345.67", "1e5", "NaN", "\u0661"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    with language.using("vi"), pytest.raises(ValueError, match="not a number"):
        read_number(text)


@given(
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from(["vi", "en"]),
)
def test_what_is_written_is_read_again(value: Decimal, spoken: str) -> None:
    with language.using(spoken):
        assert read_number(write_number(value)) == value


@pytest.mark.parametrize(
    ("spoken", "text", "expected"),
    [
        ("vi", "1.000", 1_000),
        ("vi", "20.000", 20_000),
        ("vi", "1 000", 1_000),
        ("vi", "1\u00a0000", 1_000),
        ("vi", " 1000 ", 1_000),
        ("vi", "1.200.000", 1_200_000),
        ("vi", "1,200,000", 1_200_000),
        ("vi", "\u22125", -5),
        ("vi", "007", 7),
        ("en", "1,000", 1_000),
        ("en", "1.200.000", 1_200_000),
    ],
)
def test_whole_number_keeps_its_thousands(spoken: str, text: str, expected: int) -> None:
    with language.using(spoken):
        assert read_whole(text) == expected


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("vi", "1,000"),  # one, or a thousand
        ("en", "1.000"),
        *[
            ("vi", text)
            for text in (
                "", "một", "1.5", "1.00", "1.0000", "0.125", "1.000,5", "1.000 000", "1,2,3",
                "10.00.000", "1e3", "\u0661", "9" * 5_000,
            )
        ],
    ],
)  # fmt: skip
def test_what_may_be_another_number_is_not_read(spoken: str, text: str) -> None:
    with language.using(spoken), pytest.raises(ValueError, match=r"."):
        read_whole(text)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["vi", "en"]))
def test_whole_number_is_read_as_written(value: int, spoken: str) -> None:
    with language.using(spoken):
        assert read_whole(write_number(value)) == value
