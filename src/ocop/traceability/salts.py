"""Salts of days: files outside the database, thrown away when their day is over.

With the salt of a day a phone is the same phone for a day. Once it is gone nobody can tell which
two looks of different days were one person's, nor try addresses against what is kept.
"""

import os
import secrets
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

_BYTES = 32
_KEPT = timedelta(days=1)  # what was asked before midnight is still being answered


def of(day: date) -> bytes:
    """The salt of a day, made by whichever process asks first."""
    folder = Path(settings.OCOP_KEYS_DIR) / "salts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / day.isoformat()
    made = folder / f".{secrets.token_hex(8)}"
    if not path.exists():
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        with suppress(FileExistsError):  # another process was first
            os.link(made, path)
        made.unlink()
    _throw_away(folder, before=day - _KEPT)
    return path.read_bytes()


def _throw_away(folder: Path, *, before: date) -> None:
    for path in folder.iterdir():
        if not path.name.startswith(".") and path.name < before.isoformat():
            path.unlink(missing_ok=True)
