"""The signed label of a certificate: a few bytes and a signature, read without a network.

Payload of 16 bytes, big-endian: version (1 byte, now 1), product code (8 letters), number of the
recognition (4), last valid day as days since 2019-01-01 (3, all ones: not known). Ed25519 over
"ocop label " and the payload (RFC 8032). Both together in base 32 without padding (RFC 4648): 128
signs of the alphanumeric set of a QR code (ISO/IEC 18004), so a code of 6-M holds it with its host.
"""

import re
import struct
from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PURPOSE = "label"
LENGTH = 128  # signs
_FORM = struct.Struct(">B8sI3s")
_VERSION = 1
FIRST_DAY, _UNKNOWN = date(2019, 1, 1), 0xFFFFFF
_SPOKEN = b"ocop label "
_AT_THE_END = re.compile(r"(?:^|/v/)([a-z2-7]{128})/?$", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says: the product, the recognition it was printed for, its last valid day as
    decided (None: not known). What became of it since, the register says."""

    product: str  # public code, eight letters
    recognition: int
    expires_on: date | None


class NotALabel(ValueError):
    """A text that is no label, or that none of the keys signed."""


def written(label: Label, sign: Callable[[bytes], bytes]) -> str:
    """A label with its signature, in capitals."""
    days = _UNKNOWN if label.expires_on is None else (label.expires_on - FIRST_DAY).days
    payload = _FORM.pack(
        _VERSION, label.product.encode("ascii"), label.recognition, days.to_bytes(3, "big")
    )
    return b32encode(payload + sign(_SPOKEN + payload)).decode("ascii")


def read(text: str, keys: Iterable[bytes]) -> Label:
    """What a label says, after its signature was found good by one of the public keys (32 bytes
    each). Raises `NotALabel`; small letters are read as capitals."""
    payload, signature = _apart(text)
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, _SPOKEN + payload)
        except InvalidSignature:
            continue
        return _told(payload)
    raise NotALabel("signed by none of the keys")


def found_in(text: str) -> str | None:
    """The label in what a code held, a whole address or the signs alone; not whether it is good."""
    found = _AT_THE_END.search(text.strip())
    return found[1].upper() if found else None


def _apart(text: str) -> tuple[bytes, bytes]:
    if len(text) != LENGTH or not text.isascii():
        raise NotALabel("another length")
    try:
        whole = b32decode(text.upper())
    except Error as error:
        raise NotALabel("not base 32") from error
    return whole[: _FORM.size], whole[_FORM.size :]


def _told(payload: bytes) -> Label:
    version, product, recognition, days = _FORM.unpack(payload)
    if version != _VERSION:
        raise NotALabel("a version not known")
    since = int.from_bytes(days, "big")
    expires_on = None if since == _UNKNOWN else FIRST_DAY + timedelta(days=since)
    return Label(product.decode("ascii"), recognition, expires_on)
