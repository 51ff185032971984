"""Keys with which this installation signs: Ed25519, one for each purpose, in files, not in tables.

Whoever can write in the database cannot sign. `<OCOP_KEYS_DIR>/<purpose>.json` (0600, its folder
0700) holds the private key in use and every public key there ever was, with its days: what an old
key signed stays verifiable. A key is made when it is first needed. When keys change, the old one
signs the new one and its private part is gone.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
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

    `vouched`: the signature of the key before over `handover`; empty for the first.
    """

    public: bytes
    since: date
    until: date | None
    vouched: bytes


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
    try:
        held: dict[str, Any] = json.loads(_path(purpose).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return held


def _write(
    purpose: str,
    private: Ed25519PrivateKey,
    older: list[dict[str, Any]],
    at: datetime,
    vouched: bytes = b"",
) -> dict[str, Any]:
    key = {
        "public": encode(private.public_key().public_bytes_raw()),
        "since": _day(at),
        "until": None,
        "vouched": encode(vouched),
    }
    held = {"private": encode(private.private_bytes_raw()), "keys": [*older, key]}
    write_file(_path(purpose), json.dumps(held, indent=1).encode(), mode=0o600)
    return held


def _day(at: datetime) -> str:
    return at.astimezone(zone.ZONE).date().isoformat()


def _folder() -> Path:
    return Path(settings.OCOP_KEYS_DIR)


def _path(purpose: str) -> Path:
    if not _PURPOSE.fullmatch(purpose):
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
