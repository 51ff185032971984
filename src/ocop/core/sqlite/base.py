"""Waiting for one's turn to write, so that whoever waits comes in as soon as it is free.

SQLite itself looks again after 1, 2, 5, 10, 15 and more milliseconds. An office form that met the
count of scans then came two or three times as late as it had to, or slept through the pause that
was made for it and met the next portion.
"""

import sqlite3
import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_PAUSE, _LONG_PAUSE = 0.001, 0.01  # seconds between two looks
_LONG = 0.5  # seconds, after which nobody notices a few milliseconds more


class DatabaseWrapper(base.DatabaseWrapper):
    """All as the framework has it but how a transaction begins."""

    def _start_transaction_under_autocommit(self) -> None:
        connection, patience = self.connection, self.settings_dict["OPTIONS"].get("timeout", 5.0)
        connection.execute("PRAGMA busy_timeout=0")
        began = time.monotonic()
        try:
            while not self._began():
                waited = time.monotonic() - began
                if waited > patience:
                    self._begin()  # it says that it is busy
                    return
                time.sleep(_PAUSE if waited < _LONG else _LONG_PAUSE)
        finally:
            connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")

    def _began(self) -> bool:
        """Whether a transaction did; not while somebody else writes."""
        try:
            self._begin()
        except OperationalError as error:
            cause = error.__cause__
            if not isinstance(cause, sqlite3.OperationalError):
                raise
            if cause.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _begin(self) -> None:
        super()._start_transaction_under_autocommit()  # type: ignore[misc] # not in the stubs
