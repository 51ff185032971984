"""Sums in words, as vouchers of the State budget write them."""

import pytest

from ocop.core.money_words import in_words

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (101, "Một trăm lẻ một đồng"),
        (110, "Một trăm mười đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (35_000_000, "Ba mươi lăm triệu đồng"),
        (10_500_000, "Mười triệu năm trăm nghìn đồng"),
        (1_005_021, "Một triệu không trăm lẻ năm nghìn không trăm hai mươi mốt đồng"),
        (1_200_000_000, "Một tỷ hai trăm triệu đồng"),
        (2_000_000_005, "Hai tỷ không trăm lẻ năm đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
    ],
)
def test_sum_is_written_as_people_say_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_nothing_is_below_nothing() -> None:
    with pytest.raises(ValueError, match="below nothing"):
        in_words(-1)


def heard(words: str) -> int:
    """A sum that somebody reads out, back as a number: by another way than it was written."""
    total = group = digit = 0
    for word in words.casefold().removesuffix(" đồng").split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word in ("mươi", "trăm"):
            group, digit = group + digit * {"mươi": 10, "trăm": 100}[word], 0
        elif word in ("nghìn", "triệu"):
            total += (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word]
            group = digit = 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
        else:
            assert word == "lẻ"
    return total + group + digit


@pytest.mark.parametrize("step", [7, 1_013, 99_991, 12_345_679, 7_777_777_777])
def test_what_is_read_out_is_the_same_sum(step: int) -> None:
    assert all(heard(in_words(n)) == n for n in range(0, step * 500, step))
