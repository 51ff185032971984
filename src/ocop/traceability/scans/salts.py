"""Salts of days that are over are thrown away, although nobody scans any more.

Who answers codes hashes a client with the salt of the day: a file named by that day, beside the
other secrets and never in the database. With it goes the only way from a hash back to an address,
or from one day's hash to the next day's.
"""

from datetime import date
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the salts of this installation are."""
    return Path(settings.OCOP_KEYS_DIR) / "salts"


def forget(*, before: date) -> int:
    """Throw away the salts of all days before one; how many there were."""
    kept = folder()
    old = [path for path in kept.glob("[0-9]*") if path.name < before.isoformat()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
