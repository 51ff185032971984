"""Keys with which this installation signs: Ed25519, one for each purpose, in files, not in tables.

Whoever can write in the database cannot sign. `<OCOP_KEYS_DIR>/<purpose>.json` (0600, its folder
0700) holds the private key in use and every public key there ever was, with its days: what an old
key signed stays verifiable. A key is made when it is first needed. When keys change, the old one
signs the new one and its private part is gone. Of a key that was lost nothing can vouch for the
next: it says so (`lost`).

Nothing here knows what was told of a key to others: who signs asks `recognition.log.chains`.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from ocop.core import zone
from ocop.core.files import write_file
from ocop.core.transparency.notes import decode, encode

REGISTER = "register"
CREDENTIAL = "credential"
_PURPOSE = re.compile("[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key and the days it signed on, from the first to before `until` (None: today, too).

    `vouched`: the signature of the key before over `handover`; empty for the first, and for one
    that stands in the place of a `lost` key.
    """

    public: bytes
    since: date
    until: date | None
    vouched: bytes
    lost: bool = False


class Unreadable(ValueError):
    """A file of keys that does not hold together."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The key in use."""

    public: bytes
    _private: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return self._private.sign(message)


def signer(purpose: str, *, at: datetime) -> Signer:
    """The key in use for a purpose, made now where there is none."""
    held = _read(purpose)
    if held is None:
        with _alone(purpose):
            held = _read(purpose) or _write(purpose, _new(), [], at)
    return _signer(held)


def public_keys(purpose: str) -> list[PublicKey]:
    """Every key there was for a purpose, the one in use last; none where none was needed yet."""
    held = _read(purpose) or {"keys": []}
    return [
        PublicKey(
            public=decode(each["public"]),
            since=date.fromisoformat(each["since"]),
            until=date.fromisoformat(each["until"]) if each["until"] else None,
            vouched=decode(each["vouched"]),
            lost=each.get("lost", False),
        )
        for each in held["keys"]
    ]


def rotate(purpose: str, *, at: datetime) -> PublicKey:
    """Take a new key into use; the one before signs it and signs nothing more."""
    with _alone(purpose):
        held = _read(purpose) or _write(purpose, _new(), [], at)
        new = _new()
        vouched = _signer(held).sign(handover(purpose, new.public_key().public_bytes_raw()))
        *older, last = held["keys"]
        last = {**last, "until": _day(at)}
        _write(purpose, new, [*older, last], at, vouched)
    return public_keys(purpose)[-1]


def replace_lost(purpose: str, before: Sequence[PublicKey], *, at: datetime) -> PublicKey:
    """Take a new key into use in the place of one that was lost. `before`: the public keys there
    were, so that what they signed stays verifiable. A file that is there is kept beside it."""
    with _alone(purpose):
        if _path(purpose).exists():
            moment = at.astimezone(zone.ZONE).strftime("%Y%m%d-%H%M%S")
            os.replace(_path(purpose), _path(purpose).with_suffix(f".{moment}.old"))
        ends = [key.since.isoformat() for key in before[1:]] + [_day(at)]
        older = [
            _told(key.public, key.since.isoformat(), until, key.vouched, key.lost)
            for key, until in zip(before, ends, strict=True)
        ]
        _write(purpose, _new(), older, at, lost=bool(older))
    return public_keys(purpose)[-1]


def is_sound(purpose: str, chain: Sequence[PublicKey]) -> bool:
    """Whether each key after the first is vouched for by the one before, or is said to stand in the
    place of a lost one."""
    return all(
        key.lost or is_signed(before.public, key.vouched, handover(purpose, key.public))
        for before, key in pairwise(chain)
    )


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a key signed a message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_purpose(name: str) -> bool:
    """Whether this may be a purpose of keys."""
    return _PURPOSE.fullmatch(name) is not None


def fingerprint(public: bytes) -> str:
    """The first signs of a key's digest, to be read out on the telephone; phones show the same."""
    signs = sha256(public).hexdigest()[:16]
    return " ".join(signs[place : place + 4] for place in range(0, 16, 4))


def purposes() -> list[str]:
    """The purposes for which there are keys."""
    return sorted(path.stem for path in _folder().glob("*.json"))


def handover(purpose: str, public: bytes) -> bytes:
    """What a key signs of the one that follows it."""
    return f"ocop key {purpose}\n{encode(public)}\n".encode()


def _new() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def _signer(held: dict[str, Any]) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(decode(held["private"]))
    return Signer(private.public_key().public_bytes_raw(), private)


def _read(purpose: str) -> dict[str, Any] | None:
    """What the file holds; None where there is none. Unreadable: it is broken."""
    path = _path(purpose)
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        in_use = _signer(held).public
        if decode(held["keys"][-1]["public"]) != in_use:
            raise Unreadable("the private key is not that of the last public one")
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Unreadable(path.name) from error
    return held


def _write(
    purpose: str,
    private: Ed25519PrivateKey,
    older: list[dict[str, Any]],
    at: datetime,
    vouched: bytes = b"",
    *,
    lost: bool = False,
) -> dict[str, Any]:
    public = private.public_key().public_bytes_raw()
    key = _told(public, _day(at), None, vouched, lost)
    held = {"private": encode(private.private_bytes_raw()), "keys": [*older, key]}
    write_file(_path(purpose), json.dumps(held, indent=1).encode(), mode=0o600)
    return held


def _told(
    public: bytes, since: str, until: str | None, vouched: bytes, lost: bool
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "public": encode(public),
        "since": since,
        "until": until,
        "vouched": encode(vouched),
    }
    return told | ({"lost": True} if lost else {})


def _day(at: datetime) -> str:
    return at.astimezone(zone.ZONE).date().isoformat()


def _folder() -> Path:
    return Path(settings.OCOP_KEYS_DIR)


def _path(purpose: str) -> Path:
    if not is_purpose(purpose):
        raise ValueError(f"no name of a purpose: {purpose}")
    return _folder() / f"{purpose}.json"


@contextmanager
def _alone(purpose: str) -> Iterator[None]:
    """One process at a time makes keys for a purpose."""
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(_path(purpose).with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
