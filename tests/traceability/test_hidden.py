"""Hidden codes: from the rule of HMAC (RFC 2104), and against guesses."""

from collections import Counter
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.hidden import DIGITS, code, codes, is_right
from ocop.traceability.serials import NUMBERS, Stamp

SECRET, OTHER = b"k" * 32, b"l" * 32
stamps = st.builds(Stamp, version=st.integers(0, 15), number=st.integers(0, NUMBERS - 1))


def by_hand(secret: bytes, stamp: Stamp) -> str:
    """HMAC as RFC 2104 writes it: two hashes around two pads of one block."""
    block = secret.ljust(64, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C))
    told = bytes([stamp.version]) + stamp.number.to_bytes(8, "big")
    mac = sha256(outer + sha256(inner + told).digest()).digest()
    return str(int(mac[:8].hex(), 16))[-DIGITS:].rjust(DIGITS, "0")


@given(stamps)
def test_code_is_what_its_rule_says(stamp: Stamp) -> None:
    found = code(SECRET, stamp)
    assert found == by_hand(SECRET, stamp)
    assert len(found) == 8
    assert found.isascii()
    assert found.isdigit()


@given(stamps)
def test_code_is_typed_as_people_type(stamp: Stamp) -> None:
    found = code(SECRET, stamp)
    for typed in (found, f" {found[:4]} {found[4:]} ", f"{found[:4]}-{found[4:]}"):
        assert is_right(SECRET, stamp, typed)


@given(stamps, st.text(max_size=10))
def test_other_text_is_wrong(stamp: Stamp, typed: str) -> None:
    assert not is_right(SECRET, stamp, typed) or typed.replace(" ", "").replace("-", "").isdigit()


def test_every_other_digit_is_wrong() -> None:
    stamp = Stamp(1, 77)
    found = code(SECRET, stamp)
    for place in range(DIGITS):
        for digit in set("0123456789") - {found[place]}:
            assert not is_right(SECRET, stamp, found[:place] + digit + found[place + 1 :])
    assert not is_right(OTHER, stamp, found)
    assert not is_right(SECRET, Stamp(2, 77), found)
    assert not is_right(SECRET, Stamp(1, 78), found)


def test_digits_are_drawn_evenly() -> None:
    """Each digit at each place some 1,000 times in 10,000; six standard deviations are 180."""
    found = [*codes(SECRET, 1, range(10_000))]
    assert len(set(found)) > 9_990
    for place in range(DIGITS):
        counts = Counter(each[place] for each in found)
        assert all(820 < counts[digit] < 1_180 for digit in "0123456789")
