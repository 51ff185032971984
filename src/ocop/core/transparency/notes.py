"""Signed notes (C2SP signed-note) with Ed25519: a text, and who vouches for it."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "—"
_MOST_SIGNATURES = 64


class NotSigned(Exception):
    """A note is malformed, or no known key vouches for it; says why."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under the name by which its signatures are known."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(sign.isspace() for sign in self.name):
            raise ValueError("a key name has no spaces and no plus")
        if len(self.public) != 32:
            raise ValueError("an Ed25519 key has 32 bytes")

    @property
    def id(self) -> bytes:
        """The first four bytes of a digest of name, kind and key."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """As verifiers take it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{encode(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key of a verifier's line. ValueError: it is none, or its id is not its own."""
        name, _, rest = text.partition("+")
        told, _, coded = rest.partition("+")
        raw = decode(coded)
        if raw[:1] != _ED25519:
            raise ValueError("only Ed25519 keys are known")
        key = cls(name, raw[1:])
        if key.id.hex() != told:
            raise ValueError("the id does not belong to the key")
        return key


def sign(text: str, key: VerifierKey, signer: Callable[[bytes], bytes]) -> str:
    """A text as a note signed by one key. ValueError: no text that a note can hold."""
    if not text.endswith("\n") or _has_controls(text):
        raise ValueError("the text of a note ends with its last line and holds no control signs")
    return f"{text}\n{_DASH} {key.name} {encode(key.id + signer(text.encode()))}\n"


def open_note(note: str, keys: Iterable[VerifierKey]) -> str:
    """The text of a note that one of these keys signed.

    NotSigned: malformed, signed by none of them, or one of their signatures is wrong.
    """
    known = {(key.name, key.id): key for key in keys}
    text, found, tail = note.rpartition("\n\n")
    if not found or not tail.endswith("\n") or _has_controls(note):
        raise NotSigned("malformed note")
    text += "\n"
    lines = tail[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NotSigned("too many signatures")
    vouched = False
    for line in lines:
        name, raw = _signature(line)
        key = known.get((name, raw[:4]))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], text.encode())
        except InvalidSignature as error:
            raise NotSigned("wrong signature") from error
        vouched = True
    if not vouched:
        raise NotSigned("signed by no known key")
    return text


def encode(raw: bytes) -> str:
    """Base 64, as all these formats write bytes."""
    return base64.b64encode(raw).decode()


def decode(text: str) -> bytes:
    """Bytes from base 64, in the only form that has. ValueError: another."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("no base 64") from error
    if encode(raw) != text:
        raise ValueError("no base 64 in its proper form")
    return raw


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, coded = rest.partition(" ")
    try:
        raw = decode(coded)
    except ValueError as error:
        raise NotSigned("malformed signature") from error
    if dash != _DASH or not name or len(raw) <= 4:
        raise NotSigned("malformed signature")
    return name, raw


def _has_controls(text: str) -> bool:
    return any(sign < " " and sign != "\n" for sign in text)
