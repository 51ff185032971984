"""The string of bits, from W3C Bitstring Status List 1.0 and RFC 1952."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.credentials import base64url
from ocop.core.credentials.bitstrings import LEAST, Unreadable, bits_of, decoded, encoded, is_set

#: The example of the standard (§2.2): 131,072 bits, none of them set.
EXAMPLE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
indices = st.sets(st.integers(0, 3 * LEAST), max_size=30)


def test_the_example_of_the_standard_is_read() -> None:
    assert decoded(EXAMPLE) == bytes(16_384)


@pytest.mark.whole
@given(indices)
def test_what_is_written_is_read(wanted: set[int]) -> None:
    bits = decoded(encoded(bits_of(wanted)))
    assert {index for index in range(len(bits) * 8) if is_set(bits, index)} == wanted


@given(indices, st.integers(0, 3 * LEAST))
def test_one_more_bit_flips_itself_alone(wanted: set[int], index: int) -> None:
    before, after = bits_of(wanted - {index}), bits_of(wanted | {index})
    longer = max(len(before), len(after))
    was, now = (int.from_bytes(bits.ljust(longer, b"\0")) for bits in (before, after))
    assert was ^ now == 1 << longer * 8 - 1 - index


def test_the_first_bit_is_the_leftmost() -> None:
    assert bits_of([0])[0] == 0b1000_0000
    assert bits_of([7])[0] == 0b0000_0001
    assert bits_of([8])[1] == 0b1000_0000


@pytest.mark.parametrize(("highest", "bits"), [(0, 1), (LEAST - 1, 1), (LEAST, 2), (2 * LEAST, 3)])
def test_it_never_has_fewer_bits_than_the_standard_asks_for(highest: int, bits: int) -> None:
    assert len(bits_of([highest])) * 8 == bits * 131_072


def test_an_empty_list_has_all_its_bits() -> None:
    assert len(bits_of([])) == 16_384


def test_the_same_bits_are_the_same_text() -> None:
    assert encoded(bits_of([5, 1])) == encoded(bits_of([1, 5]))


@pytest.mark.parametrize("index", [-1, LEAST])
def test_past_the_end_there_is_no_bit(index: int) -> None:
    with pytest.raises(Unreadable):
        is_set(bits_of([]), index)


def packed(raw: bytes) -> str:
    return "u" + base64url.encode(gzip.compress(raw, mtime=0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        EXAMPLE[1:],  # without multibase
        "z" + EXAMPLE[1:],  # another base
        EXAMPLE + "==",
        EXAMPLE.replace("-", "+"),
        "uAAAA",
        EXAMPLE[:-8],  # cut short
        "u" + base64url.encode(bytes(16_384)),  # not packed
        packed(bytes(16_383)),  # too few bits
        packed(bytes((4 << 20) + 1)),  # more than a list ever has
        "ư",
    ],
)
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        decoded(text)
