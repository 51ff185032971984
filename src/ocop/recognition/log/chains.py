"""The keys in the files, held against those that the log told.

A key, and a version of the status list, is told with the signature of the register's key: whoever
can write in the database can tell neither. So a key that was told in this way and is missing in the
files is a file that was lost or put back from an older copy. Then nothing is signed and no new key
is made until somebody has looked; the public keys that were told stay known, for what they signed
is still good.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ocop.core import keys
from ocop.core.keys import PublicKey, Signer
from ocop.core.models import Event
from ocop.core.refusals import Refused
from ocop.core.transparency.notes import decode, encode
from ocop.recognition.log import reading
from ocop.recognition.log.differences import Difference

_Change = Mapping[str, Any]


class Unusable(Refused):
    """Keys that nothing may be signed with now."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.code, difference.words)
        self.difference = difference


def signer(purpose: str, *, at: datetime) -> Signer:
    """The key in use for a purpose; the first one is made now. Refused: the file is not the one
    that the log knows."""
    if found := wrong(purpose):
        raise Unusable(found)
    return keys.signer(purpose, at=at)


def public_keys(purpose: str) -> list[PublicKey]:
    """Every key there was for a purpose, also where its file was lost or is an older one."""
    # Without the register's key nothing proves who told the others.
    if purpose == keys.REGISTER or not _held(keys.REGISTER):
        return _held(purpose) or []
    known_to_log = told(purpose)  # before the file, as in `wrong`
    held = _held(purpose) or []
    names = {_name(key) for key in held}
    return held if all(_name(key) in names for key in known_to_log) else known(purpose)


def known(purpose: str) -> list[PublicKey]:
    """The keys that a new one takes the place of, where one was lost: those told, and what else the
    file holds."""
    found = told(purpose)
    names = {_name(key) for key in found}
    return [*found, *(key for key in _held(purpose) or [] if _name(key) not in names)]


def told(purpose: str) -> list[PublicKey]:
    """The keys for a purpose that the log was told of with the register's key, oldest first; those
    that it was told of at all, where there is no such key any more."""
    register = _register()
    changes = [
        each for each in _announced(purpose) if is_stated(key_statement(each), each, register)
    ]
    found = {each["public"]: each for each in changes}
    return [_key(each) for each in found.values()]


def untold(purpose: str) -> list[PublicKey]:
    """The keys in the file that the log was not told of."""
    known = {_name(key) for key in told(purpose)} if _held(keys.REGISTER) else set()
    return [key for key in _held(purpose) or [] if _name(key) not in known]


def problems() -> Iterator[Difference]:
    """What is wrong with the keys of every purpose, the register's first."""
    announced = {change["purpose"] for change in _announced()}
    for purpose in sorted({*announced, *keys.purposes()}, key=lambda each: each != keys.REGISTER):
        if found := wrong(purpose):
            yield found


def wrong(purpose: str) -> Difference | None:
    """Why nothing may be signed for a purpose; None: all is well."""
    about = {"purpose": purpose}
    # First what was told, then the file: a key stands in it before it is told, so one that is made
    # and told by somebody else meanwhile is not taken for a lost one.
    known_to_log = told(purpose)
    held = _held(purpose)
    if held is None:
        return Difference("key_unreadable", about)
    names = {_name(key) for key in held}
    missing = [key for key in known_to_log if _name(key) not in names]
    if missing:
        about["key"] = keys.fingerprint(missing[-1].public)
        return Difference("key_older" if held else "key_lost", about)
    if not keys.is_sound(purpose, held):
        return Difference("key_unvouched", about)
    return None


def stated(statement: bytes, *, at: datetime) -> str:
    """The signature of the register's key over what is told."""
    return encode(signer(keys.REGISTER, at=at).sign(statement))


def key_statement(change: _Change) -> bytes:
    """What the register's key signs of a key in use."""
    vouched = "lost" if change.get("lost") else change["vouched"]
    lines = ("ocop key told", change["purpose"], change["public"], change["since"], vouched)
    return ("\n".join(lines) + "\n").encode()


def list_statement(change: _Change) -> bytes:
    """What the register's key signs of a version of the status list."""
    told = [str(change[name]) for name in ("number", "bits", "set", "sha256")]
    return ("\n".join(["ocop status list", *told]) + "\n").encode()


def is_stated(statement: bytes, change: _Change, register: list[bytes] | None = None) -> bool:
    """Whether a key of the register signed what an event tells."""
    signature = decode(change.get("stated", ""))
    known = _register() if register is None else register
    return any(keys.is_signed(public, signature, statement) for public in known)


def is_ours(change: _Change) -> bool:
    """Whether what an entry tells of a key is our word. Entries of before there were statements
    must at least tell of a key that is held."""
    change = {"vouched": "", **change}  # an entry leaves out what is empty
    if "stated" in change:
        return is_stated(key_statement(change), change)
    return _name(_key(change)) in {_name(key) for key in _held(change["purpose"]) or []}


def change_of(purpose: str, key: PublicKey) -> dict[str, Any]:
    """What is told of a key."""
    change = {
        "purpose": purpose,
        "public": encode(key.public),
        "since": key.since.isoformat(),
        "vouched": encode(key.vouched),
    }
    return change | ({"lost": True} if key.lost else {})


def _register() -> list[bytes]:
    """The public keys of the register: those in the file, and what follows from them because each
    is vouched for by one before. Without a file, all that were told."""
    announced = _announced(keys.REGISTER)
    known = [key.public for key in _held(keys.REGISTER) or []]
    if not known:
        return [decode(each["public"]) for each in announced]
    for each in announced:
        public, vouched = decode(each["public"]), decode(each["vouched"])
        message = keys.handover(keys.REGISTER, public)
        if public not in known and any(keys.is_signed(key, vouched, message) for key in known):
            known.append(public)
    return known


def _announced(purpose: str | None = None) -> list[_Change]:
    """What events tell of keys, as they stand in the table, oldest first."""
    events = reading.well_formed(Event.objects.filter(name=reading.KEY_ANNOUNCED).order_by("pk"))
    return [each.change for each in events if purpose in (None, each.change["purpose"])]


def _held(purpose: str) -> list[PublicKey] | None:
    """The keys in the file; None: it cannot be read."""
    try:
        return keys.public_keys(purpose)
    except keys.Unreadable:
        return None


def _key(change: _Change) -> PublicKey:
    since = date.fromisoformat(change["since"])
    vouched = decode(change["vouched"])
    return PublicKey(decode(change["public"]), since, None, vouched, change.get("lost", False))


def _name(key: PublicKey) -> tuple[bytes, date, bytes, bool]:
    """What was told of a key: all but its last day."""
    return key.public, key.since, key.vouched, key.lost
