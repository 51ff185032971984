"""The published files: where they are, what stands in them, and who may have signed them."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from ocop.core import keys
from ocop.core.files import write_file
from ocop.core.transparency.checkpoints import Checkpoint
from ocop.core.transparency.notes import VerifierKey, open_note

CHECKPOINT = "checkpoint"
_SIGNED = "register.head"  # beside the keys
PREFIX = "so-dang-ky/nhat-ky"  # of their addresses


def folder() -> Path:
    """The folder that holds them."""
    return Path(settings.OCOP_PUBLIC_REGISTER_DIR)


def read(path: str) -> bytes:
    """A published file. FileNotFoundError: there is none."""
    return (folder() / path).read_bytes()


def note() -> str | None:
    """The checkpoint as published, unverified; None before the first."""
    try:
        return read(CHECKPOINT).decode()
    except FileNotFoundError:
        return None


def size() -> int:
    """How many entries the checkpoint says there are, unverified; 0 before the first."""
    lines = (note() or "").split("\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else 0


def origin() -> str:
    """The name of the log. What the first checkpoint was signed with stays, whatever address the
    office moves to: keys are known under it."""
    if (text := note()) is not None:
        return text.split("\n", 1)[0]
    if (last := signed()) is not None:
        return last.origin
    if settings.OCOP_REGISTER_ORIGIN:
        return settings.OCOP_REGISTER_ORIGIN
    address = urlsplit(settings.BASE_URL)
    return f"{address.netloc}{address.path.rstrip('/')}/{PREFIX}"


def verifier_keys() -> list[VerifierKey]:
    """Every key that may have signed a checkpoint, the one in use last."""
    name = origin()
    return [VerifierKey(name, key.public) for key in keys.public_keys(keys.REGISTER)]


def head() -> Checkpoint | None:
    """The head as published, its signature verified; None before the first.

    NotSigned: none of our keys signed it. ValueError: it is no checkpoint.
    """
    text = note()
    return None if text is None else Checkpoint.parse(open_note(text, verifier_keys()))


def signed() -> Checkpoint | None:
    """The last head that was signed here, as noted beside the keys: whoever can change database and
    files cannot change it. None before the first. ValueError: it is none."""
    try:
        return Checkpoint.parse(_noted().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def note_signed(last: Checkpoint) -> None:
    """Note a head that is about to be signed."""
    if last != signed():
        write_file(_noted(), str(last).encode(), mode=0o600)


def forget_signed() -> None:
    """For a log that begins anew."""
    _noted().unlink(missing_ok=True)


def _noted() -> Path:
    return Path(settings.OCOP_KEYS_DIR) / _SIGNED
