"""Pages with gaps: kept ready, compressed, and filled with the few bytes that differ.

What stands between the gaps is compressed once. Filled in are blocks that DEFLATE calls stored (RFC
1951, 3.2.4), and the checksum of the whole follows from those of its parts: CRC-32 is linear, so
going on over a known piece is four look-ups, not a pass over its bytes. So a page of twelve
kilobytes leaves as four, at the price of copying them.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from struct import Struct
from zlib import crc32

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952, 2.3: deflate, no name, no time
_END = b"\x01\x00\x00\xff\xff"  # an empty stored block, the last one
_STORED = 0xFFFF  # the most that one stored block holds
_BLOCK = Struct("<BHH").pack  # what stands before one: not the last, its length, and once inverted
_FOOT = Struct("<II").pack  # checksum and length of the whole


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes between two gaps, as they are and compressed, and how a checksum goes on over them."""

    plain: bytes
    packed: bytes
    checksum: int
    onward: tuple[tuple[int, ...], ...]


class Page:
    """A text with named gaps. One name may have several."""

    def __init__(self, pieces: Sequence[bytes], gaps: Sequence[str]) -> None:
        """`pieces` are one more than `gaps`, in turn with them."""
        self._pieces = [_piece(each) for each in pieces]
        self._gaps = gaps
        #: What `packed` goes through for every answer, with nothing left to look up.
        self._steps = [
            (piece.packed, len(piece.plain), piece.checksum, *piece.onward, gap)
            for piece, gap in zip_longest(self._pieces, gaps)
        ]

    def plain(self, filled: Mapping[str, bytes]) -> bytes:
        """The page with its gaps filled. KeyError: one of them is not."""
        parts = []
        for piece, gap in zip_longest(self._pieces, self._gaps):
            parts.append(piece.plain)
            if gap is not None:
                parts.append(filled[gap])
        return b"".join(parts)

    def packed(self, filled: Mapping[str, bytes]) -> bytes:
        """The same as gzip."""
        parts, checksum, size = [_HEAD], 0, 0
        for packed, length, own, a, b, c, d, gap in self._steps:
            parts.append(packed)
            checksum = (
                a[checksum & 255]
                ^ b[checksum >> 8 & 255]
                ^ c[checksum >> 16 & 255]
                ^ d[checksum >> 24]
                ^ own
            )
            size += length
            if gap is not None and (told := filled[gap]):
                parts += _stored(told)
                checksum = crc32(told, checksum)
                size += len(told)
        parts.append(_END)
        parts.append(_FOOT(checksum, size & 0xFFFFFFFF))
        return b"".join(parts)


def cut(text: str, gaps: Mapping[str, str]) -> Page:
    """A page out of a text in which marks stand for the gaps: `gaps` says what each is called.

    ValueError: a mark stands nowhere in the text, so something would be left out.
    """
    if missing := [mark for mark in gaps if mark not in text]:
        raise ValueError(f"no place for {missing}")
    found = sorted((at, mark) for mark in gaps for at in _places(text, mark))
    pieces, names, end = [], [], 0
    for at, mark in found:
        pieces.append(text[end:at].encode())
        names.append(gaps[mark])
        end = at + len(mark)
    return Page([*pieces, text[end:].encode()], names)


def _places(text: str, mark: str) -> list[int]:
    places, at = [], text.find(mark)
    while at >= 0:
        places.append(at)
        at = text.find(mark, at + len(mark))
    return places


def _piece(plain: bytes) -> _Piece:
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = pack.compress(plain) + pack.flush(zlib.Z_SYNC_FLUSH)  # ends on a byte, is not the last
    return _Piece(plain, packed if plain else b"", zlib.crc32(plain), _onward(plain))


def _onward(plain: bytes) -> tuple[tuple[int, ...], ...]:
    """How the checksum of what came before a piece enters that of both: by its bytes, the lowest
    first. crc(a + b) = onward(crc(a)) xor crc(b), and onward knows only the length of b."""
    nothing = bytes(len(plain))
    still = zlib.crc32(nothing)
    bits = [zlib.crc32(nothing, 1 << bit) ^ still for bit in range(32)]
    return tuple(tuple(_sum(bits[8 * place :], byte) for byte in range(256)) for place in range(4))


def _sum(bits: Sequence[int], byte: int) -> int:
    found = 0
    for place in range(8):
        if byte >> place & 1:
            found ^= bits[place]
    return found


def _stored(told: bytes) -> Sequence[bytes]:
    size = len(told)
    if size <= _STORED:
        return _BLOCK(0, size, size ^ _STORED), told
    first, rest = told[:_STORED], told[_STORED:]
    return *_stored(first), *_stored(rest)
