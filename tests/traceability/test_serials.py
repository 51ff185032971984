"""Serials: against the same arithmetic done one by one, and against everything that is none."""

import secrets
from random import Random

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.serials import (
    ALPHABET,
    LENGTH,
    NUMBERS,
    Key,
    Reader,
    Stamp,
    serials,
    written,
)

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
KEY = Key(3, SECRET)
READER = Reader([KEY])

keys = st.builds(Key, version=st.integers(0, 15), secret=st.binary(min_size=32, max_size=32))
numbers = st.integers(0, NUMBERS - 1)


def by_hand(key: Key, number: int) -> str:
    """One serial, bit by bit as text."""

    def prf(use: int, value: int) -> str:
        block = bytes([use, key.version, 0, 0, 0, 0, 0, 0]) + value.to_bytes(8, "big")
        cipher = Cipher(AES256(key.secret), ECB()).encryptor()
        return "".join(f"{byte:08b}" for byte in cipher.update(block) + cipher.finalize())

    code = prf(1, number)[:60]
    mask = prf(2, int(code, 2))[:36]
    hidden = "".join(str(int(a != b)) for a, b in zip(f"{number:036b}", mask, strict=True))
    bits = f"{key.version:04b}{hidden}{code}"
    return "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 100, 5))


def texts(key: Key, first: int, count: int) -> list[str]:
    return [bytes(row).decode("ascii") for row in serials(key, first, count)]


@given(keys, numbers)
def test_serial_is_what_its_rule_says(key: Key, number: int) -> None:
    text = written(key, number)
    assert text == by_hand(key, number)
    assert Reader([key]).read(text) == Stamp(key.version, number)


@given(keys, st.integers(0, NUMBERS - 40), st.integers(0, 40))
def test_range_is_its_serials_one_after_the_other(key: Key, first: int, count: int) -> None:
    assert texts(key, first, count) == [by_hand(key, first + n) for n in range(count)]


def test_serial_has_twenty_signs_of_the_alphabet_and_of_a_qr_code() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")
    for text in texts(KEY, 0, 200):
        assert len(text) == LENGTH == 20
        assert set(text) <= set(ALPHABET)


def test_sequence_does_not_show() -> None:
    """Numbers that follow each other differ everywhere but in the version of their key."""
    rows = serials(KEY, 0, 4096)
    assert len({bytes(row) for row in rows}) == 4096
    # The first sign holds the version and one hidden bit, so two values; every other has all 32,
    # each about 128 times (128 ± 66 is six standard deviations).
    for place in range(1, LENGTH):
        counts = np.unique(rows[:, place], return_counts=True)[1]
        assert len(counts) == 32
        assert counts.min() > 62
        assert counts.max() < 194


def test_every_changed_sign_is_refused() -> None:
    text = written(KEY, 123_456_789)
    for place in range(LENGTH):
        for sign in ALPHABET:
            if sign != text[place]:
                assert READER.read(text[:place] + sign + text[place + 1 :]) is None


@given(st.permutations(range(LENGTH)), numbers)
def test_turned_signs_are_refused(order: list[int], number: int) -> None:
    text = written(KEY, number)
    turned = "".join(text[place] for place in order)
    assert READER.read(turned) == (Stamp(3, number) if turned == text else None)


def test_drawn_serials_are_refused() -> None:
    random = Random(5)
    every = Reader([Key(version, SECRET) for version in range(16)])
    for _ in range(20_000):
        assert every.read("".join(random.choices(ALPHABET, k=LENGTH))) is None


def test_signs_are_read_as_a_person_means_them() -> None:
    text = next(t for t in texts(KEY, 0, 400) if "0" in t and "1" in t)
    stamp = READER.read(text)
    assert stamp is not None
    assert READER.read(text.lower()) == stamp
    for one in "IiLl":
        assert READER.read(text.replace("1", one)) == stamp
    for nought in "Oo":
        assert READER.read(text.replace("0", nought)) == stamp


@given(st.text(max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert READER.read(text) is None


@pytest.mark.parametrize("sign", ["U", "u", "_", " ", "+", "-", "~", "٣", "０", "\n", "\x00"])
def test_sign_outside_of_the_alphabet_is_refused(sign: str) -> None:
    """Among them those that Python reads as a part of a number."""
    text = written(KEY, 0)
    for place in range(LENGTH):
        assert READER.read(text[:place] + sign + text[place + 1 :]) is None


def test_length_is_twenty() -> None:
    text = written(KEY, 9)
    for wrong in (text[:-1], text + "0", "0" + text, " " + text, text + "\n", ""):
        assert READER.read(wrong) is None


def test_key_of_a_serial_decides() -> None:
    old, new, strange = Key(3, SECRET), Key(4, OTHER), Key(3, OTHER)
    text = written(old, 77)
    assert Reader([new, old]).read(text) == Stamp(3, 77)
    assert Reader([new]).read(text) is None
    assert Reader([strange]).read(text) is None
    assert Reader([]).read(text) is None


@pytest.mark.parametrize(
    ("first", "count"), [(-1, 1), (0, -1), (NUMBERS, 1), (NUMBERS - 1, 2), (0, NUMBERS + 1)]
)
def test_numbers_outside_of_the_sequence_are_refused(first: int, count: int) -> None:
    with pytest.raises(ValueError, match="outside of the sequence"):
        serials(KEY, first, count)


def test_ends_of_the_sequence() -> None:
    assert READER.read(written(KEY, 0)) == Stamp(3, 0)
    assert READER.read(written(KEY, NUMBERS - 1)) == Stamp(3, NUMBERS - 1)
    assert serials(KEY, NUMBERS, 0).shape == (0, LENGTH)


@pytest.mark.parametrize(("version", "secret"), [(-1, SECRET), (16, SECRET), (0, SECRET[:-1])])
def test_key_of_another_form_is_refused(version: int, secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"version of a key|secret of 32 bytes"):
        Key(version, secret)


def test_secret_is_not_shown() -> None:
    key = Key(1, secrets.token_bytes(32))
    assert repr(key) == str(key) == "Key(version=1)"
