"""Scans in a SQLite file of their own, so that a crowd at the stamps never keeps an office waiting.

In the main file a saturated writer of scans would hold its one lock; here it holds only this one.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from ocop.traceability.journal import NotWritten, Scan

_TABLE = """
create table if not exists scan (
    id integer primary key,
    at integer not null,
    gtin text not null,
    lot text not null,
    version integer not null,
    number integer not null,
    client blob not null,
    place text not null
) strict
"""
_INSERT = "insert into scan (at, gtin, lot, version, number, client, place) values "
_ROW = "(?, ?, ?, ?, ?, ?, ?)"
_TOGETHER = 256  # rows in one statement


class SqliteStore:
    """A journal in a file. Several processes may write to one file: each waits its turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def append(self, scans: Sequence[Scan]) -> None:
        """Durable when it returns: WAL with a flush at every commit (synchronous=FULL)."""
        try:
            connection = self._connection = self._connection or _opened(self._path)
            with connection:  # commits, or rolls back and raises
                connection.execute("begin immediate")
                for start in range(0, len(scans), _TOGETHER):
                    some = scans[start : start + _TOGETHER]
                    # One statement, not one for each row: every statement lets go of the
                    # interpreter and has to win it back from those who answer.
                    values = chain.from_iterable(map(_row, some))
                    connection.execute(_INSERT + ",".join([_ROW] * len(some)), tuple(values))
        except sqlite3.Error as error:
            raise NotWritten(str(error)) from error

    def close(self) -> None:
        """Close the file, if anything was written."""
        if self._connection is not None:
            self._connection.close()


def scans_after(path: Path, last: int, most: int) -> Iterator[tuple[int, Scan]]:
    """Scans with their numbers, those after `last`, in the order they were written."""
    if not path.exists():
        return
    connection = _opened(path)
    try:
        rows = connection.execute(
            "select id, at, gtin, lot, version, number, client, place from scan"
            " where id > ? order by id limit ?",
            (last, most),
        )
        for number, *scan in rows:
            yield number, Scan(*scan)
    finally:
        connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute(_TABLE)
    return connection


def _row(scan: Scan) -> tuple[int, str, str, int, int, bytes, str]:
    return (
        scan.at,
        scan.gtin,
        scan.lot,
        scan.version,
        scan.number,
        scan.client,
        scan.place,
    )
