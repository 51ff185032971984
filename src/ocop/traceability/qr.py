"""QR codes by the hundred thousand (ISO/IEC 18004): many texts of one length at once.

Every step from text to module is a table or linear over single bits: error correction is a product
with a fixed matrix of zeros and ones, placement an index, the mask one pattern added to all. So a
batch is a few operations on arrays, and what depends on the form of the code is made once. Texts
are of the alphanumeric mode: digits, capitals and nine signs, which addresses in capitals fit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
Level = Literal["M", "Q"]

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # table 5
#: Codewords for error correction of a block, and the data codewords of each block (table 9).
_BLOCKS: dict[Level, tuple[tuple[int, tuple[int, ...]], ...]] = {
    "M": (
        (10, (16,)),
        (16, (28,)),
        (26, (44,)),
        (18, (32, 32)),
        (24, (43, 43)),
        (16, (27, 27, 27, 27)),
    ),
    "Q": (
        (13, (13,)),
        (22, (22,)),
        (18, (17, 17)),
        (26, (24, 24)),
        (18, (15, 15, 16, 16)),
        (24, (19, 19, 19, 19)),
    ),
}
_LEVEL_BITS = {"M": 0b00, "Q": 0b11}  # table 12
#: Texts of one length come from one template: one mask serves all. Which of the eight, a reader
#: does not mind.
MASK = 3


@dataclass(frozen=True, slots=True)
class Form:
    """Version 1 to 6 and level of a code, the length of its text, and its mask, 0 to 7."""

    version: int
    level: Level
    length: int
    mask: int = MASK

    @property
    def size(self) -> int:
        """Modules on a side, without the quiet zone of four on each."""
        return 17 + 4 * self.version


def form_for(length: int, level: Level, mask: int = MASK) -> Form:
    """The smallest form that holds a text of this length. ValueError: none up to version 6."""
    for version in range(1, len(_BLOCKS[level]) + 1):
        form = Form(version, level, length, mask)
        if _header_and_text(length) <= 8 * sum(_BLOCKS[level][version - 1][1]):
            return form
    raise ValueError(f"a text of {length} signs does not fit into a code of 6-{level}")


def modules(texts: Bits, form: Form) -> Bits:
    """The modules of many codes, dark is 1: an array (codes, size, size).

    `texts`: ASCII, an array (codes, length). Takes some 4 kB of memory a code: ask for ten thousand
    at a time. ValueError: another length, or a sign that is not in SIGNS.
    """
    if texts.ndim != 2 or texts.shape[1] != form.length:
        raise ValueError(f"texts of {form.length} signs, not {texts.shape}")
    plan = _plan(form)
    data = _data_bits(texts, plan.data_bits)
    check = (data.astype(np.float32) @ plan.parity).astype(np.int32) & 1
    nothing = np.zeros((len(texts), 1), np.uint8)
    bits = np.concatenate([data, check.astype(np.uint8), nothing], axis=1)
    drawn = np.take(bits, plan.source, axis=1) ^ plan.base
    return drawn.reshape(len(texts), form.size, form.size)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all codes of a form share."""

    data_bits: int
    parity: NDArray[
        np.float32
    ]  # (data bits, check bits): which data bits add up to which check bit
    source: NDArray[np.intp]  # for every module its bit; the last bit is always 0
    base: Bits  # for every module: mask or fixed pattern


@lru_cache(maxsize=32)
def _plan(form: Form) -> _Plan:
    check_words, blocks = _BLOCKS[form.level][form.version - 1]
    data_bits, order = 8 * sum(blocks), _interleaved(blocks, check_words)
    base, free = _fixed(form)
    source = np.full(form.size**2, data_bits + 8 * check_words * len(blocks), np.intp)
    for bit, (row, column) in enumerate(_way(free)):
        place = row * form.size + column
        base[row, column] = _masked(form.mask, row, column)
        if bit < 8 * len(order):
            source[place] = 8 * order[bit // 8] + bit % 8
    return _Plan(data_bits, _parity(blocks, check_words), source, base.reshape(-1))


# Text to bits (7.4)


def _header_and_text(length: int) -> int:
    """Bits of mode, count of signs and signs."""
    return 4 + 9 + 11 * (length // 2) + 6 * (length % 2)


_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(SIGNS.encode(), np.uint8)] = np.arange(len(SIGNS), dtype=np.uint8)


def _data_bits(texts: Bits, room: int) -> Bits:
    """Mode, count, signs, end, and padding up to the room there is."""
    values = _VALUES[texts]
    if values.size and values.max() == 255:
        raise ValueError("a sign that is not in the alphanumeric mode")
    count, length = texts.shape
    bits = np.empty((count, room), np.uint8)
    bits[:, :13] = _bits_of(0b0010 << 9 | length, 13)
    at, even = 13, length - length % 2
    pairs = values[:, :even:2].astype(np.uint16) * 45 + values[:, 1:even:2]
    spread = pairs[:, :, None] >> np.arange(10, -1, -1, dtype=np.uint16) & 1
    bits[:, at : at + 11 * (even // 2)] = spread.reshape(count, 11 * (even // 2))
    at += 11 * (even // 2)
    if length % 2:
        bits[:, at : at + 6] = values[:, -1:] >> np.arange(5, -1, -1, dtype=np.uint8) & 1
        at += 6
    end = min(room, -(-min(room, at + 4) // 8) * 8)  # up to four zeros, then to a whole codeword
    bits[:, at:end] = 0
    padding = np.resize(_bits_of(0b11101100_00010001, 16), room - end)
    bits[:, end:] = padding
    return bits


def _bits_of(value: int, count: int) -> Bits:
    return np.array([value >> n & 1 for n in range(count - 1, -1, -1)], np.uint8)


# Error correction (7.5)


def _products() -> tuple[list[int], list[int]]:
    """Powers of 2 in the field of 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1, and logarithms."""
    powers, logs, value = [0] * 255, [0] * 256, 1
    for n in range(255):
        powers[n], logs[value] = value, n
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logs


_POWERS, _LOGS = _products()


def _times(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] + _LOGS[b]) % 255] if a and b else 0


def _generator(count: int) -> list[int]:
    """The product of (x - 2^n) for n below `count`, highest power first without its leading 1."""
    found = [1]
    for n in range(count):
        longer = [*found, 0]
        for place, value in enumerate(found):
            longer[place + 1] ^= _times(value, _POWERS[n])
        found = longer
    return found[1:]


def _remainder(data: list[int], generator: list[int]) -> list[int]:
    rest = [0] * len(generator)
    for value in data:
        factor = value ^ rest[0]
        rest = [*rest[1:], 0]
        rest = [a ^ _times(factor, b) for a, b in zip(rest, generator, strict=True)]
    return rest


def _parity(blocks: tuple[int, ...], check_words: int) -> NDArray[np.float32]:
    """The check bits of every single data bit: whatever data are, theirs is the sum."""
    generator = _generator(check_words)
    parity = np.zeros((8 * sum(blocks), 8 * check_words * len(blocks)), np.float32)
    row = 0
    for block, words in enumerate(blocks):
        left = 8 * check_words * block
        for word in range(words):
            for bit in range(8):
                data = [0] * words
                data[word] = 0x80 >> bit
                check = bytes(_remainder(data, generator))
                spread = np.unpackbits(np.frombuffer(check, np.uint8))
                parity[row, left : left + 8 * check_words] = spread
                row += 1
    return parity


def _interleaved(blocks: tuple[int, ...], check_words: int) -> list[int]:
    """Codewords in the order they are placed: the first of every block, the second … (7.6)."""
    starts = [sum(blocks[:n]) for n in range(len(blocks))]
    order = [
        start + word
        for word in range(max(blocks))
        for start, words in zip(starts, blocks, strict=True)
        if word < words
    ]
    after = sum(blocks)
    order += [
        after + check_words * block + word
        for word in range(check_words)
        for block in range(len(blocks))
    ]
    return order


# Placement (7.7), mask (7.8) and format (7.9)


def _fixed(form: Form) -> tuple[Bits, NDArray[np.bool_]]:
    """Finder, timing and alignment patterns, dark module and format; and where data may go."""
    size = form.size
    drawn, free = np.zeros((size, size), np.uint8), np.ones((size, size), np.bool_)
    for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
        for r in range(-1, 8):
            for c in range(-1, 8):
                if 0 <= row + r < size and 0 <= column + c < size:
                    ring = max(abs(r - 3), abs(c - 3))
                    drawn[row + r, column + c] = ring in (0, 1, 3)
                    free[row + r, column + c] = False
    for n in range(8, size - 8):
        drawn[6, n] = drawn[n, 6] = (n + 1) % 2
        free[6, n] = free[n, 6] = False
    if form.version > 1:  # one alignment pattern up to version 6
        middle = size - 7
        for r in range(-2, 3):
            for c in range(-2, 3):
                drawn[middle + r, middle + c] = max(abs(r), abs(c)) != 1
                free[middle + r, middle + c] = False
    drawn[size - 8, 8], free[size - 8, 8] = 1, False
    for (row, column), bit in _format(form):
        drawn[row, column], free[row, column] = bit, False
    return drawn, free


def _format(form: Form) -> Iterator[tuple[tuple[int, int], int]]:
    """The fifteen bits of level and mask, in both their places (figure 25)."""
    told = _LEVEL_BITS[form.level] << 3 | form.mask
    rest = told << 10
    for n in range(4, -1, -1):
        if rest >> (n + 10) & 1:
            rest ^= 0b10100110111 << n
    bits = (told << 10 | rest) ^ 0b101010000010010
    around = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    apart = [(form.size - 1 - n, 8) for n in range(7)] + [(8, form.size - 8 + n) for n in range(8)]
    for n in range(15):
        bit = bits >> (14 - n) & 1
        yield around[n], bit
        yield apart[n], bit


def _way(free: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Free modules in the order codewords fill them: pairs of columns from the right, up and down,
    passing over the timing pattern."""
    size = len(free)
    for number, right in enumerate([*range(size - 1, 6, -2), *range(5, 0, -2)]):
        rows = range(size - 1, -1, -1) if number % 2 == 0 else range(size)
        for row in rows:
            for column in (right, right - 1):
                if free[row, column]:
                    yield row, column


def _masked(mask: int, row: int, column: int) -> bool:
    """Whether a mask turns a module over (table 10)."""
    both = row * column
    return (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        both % 2 + both % 3,
        (both % 2 + both % 3) % 2,
        ((row + column) % 2 + both % 3) % 2,
    )[mask] == 0
