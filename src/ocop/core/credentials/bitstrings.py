"""The string of bits of a status list (W3C Bitstring Status List 1.0): one bit for each credential,
the first one leftmost, packed with gzip (RFC 1952) and written in base64url behind the `u` of
multibase. It has at least 131,072 bits, so that who asks for it does not tell after whom.
"""

import gzip
import zlib
from collections.abc import Iterable

from ocop.core.credentials import base64url

LEAST = 131_072  # bits
_MOST = 4 << 20  # bytes that a list may unpack to
_BASE64URL = "u"  # multibase
_GZIP = 31  # for zlib: a window of 32 kB under the head of gzip


class Unreadable(ValueError):
    """A text that is no list of bits, or an index past its end."""


def bits_of(indices: Iterable[int]) -> bytes:
    """A string with these bits set and no others; it grows by 131,072 at a time."""
    found = sorted(indices)
    wanted = (found[-1] if found else 0) // LEAST + 1
    bits = bytearray(wanted * LEAST // 8)
    for index in found:
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def is_set(bits: bytes, index: int) -> bool:
    """Whether the bit at an index is set. Unreadable: there is none."""
    if not 0 <= index < len(bits) * 8:
        raise Unreadable("past the end of the list")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def encoded(bits: bytes) -> str:
    """The string as `encodedList`; the same bits always give the same text."""
    return _BASE64URL + base64url.encode(gzip.compress(bits, mtime=0))


def decoded(text: str) -> bytes:
    """The bits of an `encodedList`. Unreadable: it is none, too short, or too long to unpack."""
    if not text.startswith(_BASE64URL):
        raise Unreadable("not multibase base64url")
    try:
        packed = base64url.decode(text[1:])
        unpacking = zlib.decompressobj(wbits=_GZIP)
        bits = unpacking.decompress(packed, _MOST + 1)
    except (ValueError, zlib.error) as error:
        raise Unreadable("not packed with gzip") from error
    if not unpacking.eof or len(bits) > _MOST:
        raise Unreadable("cut short or too long")
    if len(bits) * 8 < LEAST:
        raise Unreadable("fewer bits than the standard asks for")
    return bits
