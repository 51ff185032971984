"""Serial numbers of stamps: issued by the million, checked without reading anything.

A serial is 100 bits in 20 characters of Crockford's base 32, the longest that AI (21) may be (GS1
General Specifications: at most 20 characters). From the left: 4 bits version of the key, 36 bits
hidden number, 60 bits authentication code.

    code   = PRF(1, version, number), its first 60 bits
    hidden = number xor PRF(2, version, code), its first 36 bits

This is deterministic authenticated encryption in the manner of SIV (Rogaway and Shrimpton 2006)
with one block of AES-256 as the pseudo-random function, the first byte of the block telling its two
uses apart. The number is the place in the sequence of its key: who holds two stamps cannot tell how
many were printed between them, and a serial with a wrong character is refused but for one in 2^60.
So stamps need no rows: a range of numbers is all that is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB
from numpy.typing import NDArray

LENGTH = 20  # characters
VERSIONS = 16
NUMBERS = 2**36  # of each key
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_CODE_BITS, _NUMBER_BITS = 60, 36
_CODE, _NUMBER = 2**_CODE_BITS - 1, NUMBERS - 1
_LEFT, _RIGHT = 8, 12  # characters: version and hidden number, code
_SIGNS = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)
_NOTHING = "~"  # is no digit


def _digits() -> dict[int, str]:
    """Every ASCII sign as a digit to base 32 of `int`, or as nothing. Small letters, and O, I and L
    for 0, 1 and 1, are read as a person means them (Crockford); printed are only those above."""
    digits = dict.fromkeys(map(chr, range(128)), _NOTHING)
    for value, sign in enumerate(ALPHABET):
        digits[sign] = digits[sign.lower()] = "0123456789abcdefghijklmnopqrstuv"[value]
    digits |= {"O": "0", "o": "0", "I": "1", "i": "1", "L": "1", "l": "1"}
    return {ord(sign): digit for sign, digit in digits.items()}


_DIGITS = _digits()


_PLAIN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def plain(serial: str) -> str:
    """A serial as it is printed, whichever way it was typed; what is none is left in capitals."""
    return serial.upper().translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 32 bytes, drawn at random, and its version, from 0 to 15."""

    version: int
    secret: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.version < VERSIONS:
            raise ValueError(f"version of a key from 0 to {VERSIONS - 1}, not {self.version}")
        if len(self.secret) != 32:
            raise ValueError(f"secret of 32 bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return f"Key(version={self.version})"


class Stamp(NamedTuple):
    """What a serial says: the version of its key and its number in the sequence of that key."""

    version: int
    number: int


def serials(key: Key, first: int, count: int) -> NDArray[np.uint8]:
    """The serials of `count` numbers from `first` on, as ASCII: an array (count, 20).

    Takes some 150 bytes of memory a serial: ask for a million at a time. ValueError: outside of the
    sequence, which has 2^36 numbers.
    """
    if count < 0 or not 0 <= first <= first + count <= NUMBERS:
        raise ValueError(f"{count} numbers from {first} on are outside of the sequence")
    prf = Cipher(AES256(key.secret), ECB()).encryptor().update
    blocks = np.zeros((count, 2), ">u8")
    numbers = np.arange(first, first + count, dtype=np.uint64)
    blocks[:, 0] = _head(1, key.version)
    blocks[:, 1] = numbers
    codes = _first_words(prf(blocks.tobytes())) >> np.uint64(64 - _CODE_BITS)
    blocks[:, 0] = _head(2, key.version)
    blocks[:, 1] = codes
    hidden = numbers ^ (_first_words(prf(blocks.tobytes())) >> np.uint64(64 - _NUMBER_BITS))
    left = hidden | np.uint64(key.version << _NUMBER_BITS)
    signs = np.empty((count, LENGTH), np.uint8)
    for place in range(_LEFT):
        signs[:, place] = _SIGNS[_fives(left, _LEFT - 1 - place)]
    for place in range(_RIGHT):
        signs[:, _LEFT + place] = _SIGNS[_fives(codes, _RIGHT - 1 - place)]
    return signs


def written(key: Key, number: int) -> str:
    """The serial of one number. ValueError: outside of the sequence."""
    return serials(key, number, 1).tobytes().decode("ascii")


class Reader:
    """Reads serials made with any of some keys. One for each thread: its ciphers keep a state."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._prfs = {
            key.version: Cipher(AES256(key.secret), ECB()).encryptor().update for key in keys
        }

    def read(self, text: str) -> Stamp | None:
        """What a serial says; None: none of the keys made it."""
        if len(text) != LENGTH or not text.isascii():
            return None
        try:
            value = int(text.translate(_DIGITS), 32)
        except ValueError:
            return None
        version = value >> (_CODE_BITS + _NUMBER_BITS)
        prf = self._prfs.get(version)
        if prf is None:
            return None
        # In the fewest steps: a resolver reads one for every answer.
        code, whole = value & _CODE, int.from_bytes
        hiding = whole(prf((_head(2, version) << 64 | code).to_bytes(16, "big")), "big")
        number = (value >> _CODE_BITS & _NUMBER) ^ (hiding >> 128 - _NUMBER_BITS)
        made = whole(prf((_head(1, version) << 64 | number).to_bytes(16, "big")), "big")
        if made >> 128 - _CODE_BITS != code:
            return None
        return Stamp(version, number)


def place(version: int, number: int) -> int:
    """Where a stamp stands among those of all keys: stamps of one span stand one behind another."""
    return version * NUMBERS + number


def _head(use: int, version: int) -> int:
    """The first eight bytes of a block: use, version, nothing."""
    return use << 56 | version << 48


def _first_words(blocks: bytes) -> NDArray[np.uint64]:
    """The first eight bytes of every block as a number."""
    return np.frombuffer(blocks, ">u8")[::2].astype(np.uint64)


def _fives(values: NDArray[np.uint64], place: int) -> NDArray[np.intp]:
    """Five bits of every value, `place` from the right."""
    return (values >> np.uint64(5 * place) & np.uint64(31)).astype(np.intp)
