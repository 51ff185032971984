"""The secrets of stamps: in a file, not in the database; what they are known by is in `StampKey`.

`<OCOP_KEYS_DIR>/stamps/keys.json` (0600, its folder 0700) holds two secrets of every version, that
of serials and that of hidden codes. Whoever gets a copy of the database can neither make a stamp
nor compute a hidden code. Old versions stay in it for ever: with them old stamps are read. A file
that lacks one of the database's keys, or has another in its place, is refused: serials made with it
would be no stamps of ours, and those on packs would be called forged.

Beside it `given.json` notes how far each sequence was given out. After a return to an older
database the next order begins there, so no number is ever given out twice.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ocop.core.files import write_file
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.core.transparency.notes import decode, encode
from ocop.traceability.models import StampKey
from ocop.traceability.serials import VERSIONS, Key, Reader

_SPOKEN = b"ocop stamp key\n"


class StampKeysWrong(Refused):
    """The file of secrets is not the one that the database's stamps were made with."""


@dataclass(frozen=True, slots=True)
class _Secrets:
    version: int
    serial: bytes
    hidden: bytes

    def __repr__(self) -> str:
        return f"_Secrets(version={self.version})"

    @property
    def fingerprint(self) -> str:
        told = bytes((self.version,)) + self.serial + self.hidden
        return sha256(_SPOKEN + told).hexdigest()


def serial_keys() -> list[Key]:
    """The keys of all versions, to read serials with. StampKeysWrong: see above."""
    return [Key(each.version, each.serial) for each in _checked()]


def reader() -> Reader:
    """What reads any serial of ours; for one thread."""
    return Reader(serial_keys())


def serial_key(version: int) -> Key:
    """The key of one version, to make serials with. StampKeysWrong: see above."""
    found = _of(version)
    return Key(found.version, found.serial)


def hidden_secret(version: int) -> bytes:
    """The secret of the hidden codes of one version. StampKeysWrong: see above."""
    return _of(version).hidden


def current(*, at: datetime) -> StampKey:
    """The key in use, made now where there was none. Inside a transaction."""
    return StampKey.objects.filter(in_use=True).first() or make(at=at)


def make(*, at: datetime) -> StampKey:
    """A new key in use; none may be in use. Inside a transaction: what it does not commit leaves a
    version in the file that the next call takes. Refused: sixteen keys were there."""
    with _alone():
        known = _checked()
        version = max((each.version for each in known), default=-1) + 1
        if version >= VERSIONS:
            raise Refused(
                "stamp_keys_used_up", _("Đã dùng hết 16 khóa tem. Hãy báo nhà phát triển.")
            )
        held = _read()
        if version not in held:
            held[version] = _Secrets(version, secrets.token_bytes(32), secrets.token_bytes(32))
            _write(held)
        return StampKey.objects.create(
            version=version,
            fingerprint=held[version].fingerprint,
            next_number=_given().get(version, 0),
            created_at=at,
        )


def given(version: int) -> int:
    """How far the sequence of a version was given out, whatever the database knows."""
    return _given().get(version, 0)


def note_given(version: int, end: int) -> None:
    """Note before the commit that numbers up to before `end` are given out."""
    with _alone():
        noted = _given()
        if noted.get(version, 0) < end:
            noted[version] = end
            told = {str(each): number for each, number in sorted(noted.items())}
            write_file(_folder() / "given.json", json.dumps(told).encode(), mode=0o600)


def short(fingerprint: str) -> str:
    """The first signs of a fingerprint, to be read out on the telephone."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4))


def path() -> Path:
    """Where the secrets are, for who keeps copies."""
    return _folder() / "keys.json"


def _of(version: int) -> _Secrets:
    for each in _checked():
        if each.version == version:
            return each
    raise StampKeysWrong("stamp_key_unknown", _("Không có khóa tem phiên bản %d.") % version)


def _checked() -> list[_Secrets]:
    """The secrets of the database's keys, each held against its fingerprint."""
    held, found = _read(), []
    for version, fingerprint in StampKey.objects.values_list("version", "fingerprint"):
        each = held.get(version)
        if each is None:
            raise StampKeysWrong(
                "stamp_keys_missing",
                _("Thiếu khóa tem phiên bản %(version)d trong tệp %(path)s. Hãy khôi phục tệp này "
                  "từ bản sao lưu; chưa có thì không in và không kiểm được tem.")
                % {"version": version, "path": path()},
            )  # fmt: skip
        if each.fingerprint != fingerprint:
            raise StampKeysWrong(
                "stamp_keys_differ",
                _("Khóa tem phiên bản %(version)d trong tệp %(path)s không phải khóa đã in tem. "
                  "Hãy khôi phục đúng tệp của hệ thống này từ bản sao lưu.")
                % {"version": version, "path": path()},
            )  # fmt: skip
        found.append(each)
    return found


def _read() -> dict[int, _Secrets]:
    try:
        told = json.loads(path().read_text(encoding="utf-8"))
        rows = [(each["version"], decode(each["serial"]), decode(each["hidden"])) for each in told]
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError) as error:
        raise StampKeysWrong(
            "stamp_keys_unreadable",
            _("Tệp khóa tem %s không đọc được. Hãy khôi phục từ bản sao lưu.") % path(),
        ) from error
    return {version: _Secrets(version, serial, hidden) for version, serial, hidden in rows}


def _write(held: dict[int, _Secrets]) -> None:
    told = [
        {"version": each.version, "serial": encode(each.serial), "hidden": encode(each.hidden)}
        for _version, each in sorted(held.items())
    ]
    write_file(path(), json.dumps(told, indent=1).encode(), mode=0o600)


def _given() -> dict[int, int]:
    try:
        told = json.loads((_folder() / "given.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {int(version): int(number) for version, number in told.items()}


def _folder() -> Path:
    return Path(settings.OCOP_KEYS_DIR) / "stamps"


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time writes here."""
    _folder().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _folder().mkdir(exist_ok=True, mode=0o700)
    lock = os.open(_folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
