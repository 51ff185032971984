"""The code under the scratch-off layer of a stamp: eight digits that follow from its serial.

It is never stored: whoever holds the key can compute it, and nobody else. So it does not prove that
a stamp is genuine for ever, only that who types it in has scratched this one, or one copied after.
"""

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256

from ocop.traceability.serials import Stamp

DIGITS = 8
_MOST = 10**DIGITS


def code(secret: bytes, stamp: Stamp) -> str:
    """The digits of a stamp: HMAC-SHA256 of its version and number, modulo 10^8. With 64 bits of it
    taken, no code is more likely than another by more than one in 10^11."""
    told = stamp.version.to_bytes(1, "big") + stamp.number.to_bytes(8, "big")
    mac = hmac.digest(secret, told, sha256)
    return f"{int.from_bytes(mac[:8], 'big') % _MOST:0{DIGITS}d}"


def codes(secret: bytes, version: int, numbers: Iterable[int]) -> Iterator[str]:
    """Those of many stamps of one key, in their order."""
    for number in numbers:
        yield code(secret, Stamp(version, number))


def is_right(secret: bytes, stamp: Stamp, typed: str) -> bool:
    """Whether what a person typed is the code; spaces and hyphens between digits do not matter. How
    often one may try is for the caller to limit: there are a hundred million codes."""
    digits = typed.replace(" ", "").replace("-", "")
    return hmac.compare_digest(digits.encode(), code(secret, stamp).encode())
