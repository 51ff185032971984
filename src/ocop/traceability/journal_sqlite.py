"""Scans in a SQLite file of their own, so that a crowd at the stamps never keeps an office waiting.

In the main file a saturated writer of scans would hold its one lock; here it holds only this one.
"""

import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from ocop.traceability.journal import NotRead, NotWritten, Row, Scan
from ocop.traceability.months import Month, bounds, month_of, months_between

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
_NAME = (
    "create table if not exists born (one integer primary key check (one = 1), name text) strict"
)
_SELECT = "select id, at, gtin, lot, version, number, client, place from scan"
_OUT_OF_ORDER = 86_400_000  # ms: writers commit in turn, so scans stand nearly in the order of time
_AT_ONCE = 5_000  # rows let go in one transaction: writers wait for it
_PAUSE = 0.02  # seconds for the writers between two of them


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
                    values = tuple(chain.from_iterable(some))
                    connection.execute(_INSERT + ",".join([_ROW] * len(some)), values)
        except sqlite3.Error as error:
            raise NotWritten(str(error)) from error

    def close(self) -> None:
        """Close the file, if anything was written."""
        if self._connection is not None:
            self._connection.close()


class SqliteSource:
    """The same file as who counts it reads it (see `journal.Source`). There is one writer at a
    time, so numbers are committed in their order."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def name(self) -> str:
        if not self._path.exists():
            return ""
        return f"sqlite:{self._all('select name from born')[0][0]}"

    def rows_after(self, last: int, most: int) -> list[Row]:
        return self._all(f"{_SELECT} where id > ? order by id limit ?", last, most)

    def at_of(self, number: int) -> int | None:
        found = self._all("select at from scan where id = ?", number)
        return found[0][0] if found else None

    def last_until(self, at: int) -> int:
        found = self._all("select coalesce(max(id), 0) from scan where at <= ?", at)
        return int(found[0][0]) if found else 0

    def months(self) -> list[Month]:
        ends = [
            self._all(f"select at from scan order by id {order} limit 1") for order in ("", "desc")
        ]
        if not ends[0]:
            return []
        return months_between(month_of(ends[0][0][0] - _OUT_OF_ORDER), month_of(ends[1][0][0]))

    def rows_of(self, month: Month, most: int) -> Iterator[list[Row]]:
        start, end = bounds(month)
        last = self._first_about(start - _OUT_OF_ORDER) - 1
        beyond = self._first_about(end + _OUT_OF_ORDER)
        wanted = f"{_SELECT} where id > ? and id < ? and at >= ? and at < ? order by id limit ?"
        while rows := self._all(wanted, last, beyond, start, end, most):
            yield rows
            last = rows[-1][0]

    def forget(self, month: Month, below: int) -> int:
        start, end = bounds(month)
        first = self._first_about(start - _OUT_OF_ORDER)
        beyond = min(self._first_about(end + _OUT_OF_ORDER), below)
        gone = 0
        delete = "delete from scan where id >= ? and id < ? and at >= ? and at < ? returning 1"
        while first < beyond:
            upto = min(first + _AT_ONCE, beyond)
            gone += len(self._all(delete, first, upto, start, end))
            first = upto
            time.sleep(_PAUSE)
        return gone

    def _first_about(self, at: int) -> int:
        """The lowest number whose scan was made at a moment or later, by halving: scans stand in
        the order of time, but for those of writers who waited for each other."""
        ends = self._all("select coalesce(min(id), 0), coalesce(max(id), -1) + 1 from scan")
        low, high = ends[0] if ends else (0, 0)
        while low < high:
            middle = (low + high) // 2
            here = self._all("select id, at from scan where id >= ? order by id limit 1", middle)
            if here and here[0][0] < high and here[0][1] < at:
                low = here[0][0] + 1
            else:
                high = middle
        return int(low)

    def _all(self, query: str, *values: int) -> list[tuple]:  # type: ignore[type-arg]
        if not self._path.exists():
            return []
        try:
            with closing(_opened(self._path)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise NotRead(str(error)) from error


def scans_after(path: Path, last: int, most: int) -> Iterator[tuple[int, Scan]]:
    """Scans with their numbers, those after `last`, in the order they were written."""
    for row in SqliteSource(path).rows_after(last, most):
        yield row[0], Scan(*row[1:])


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute(_TABLE)
    connection.execute(_NAME)
    if connection.execute("select 1 from born").fetchone() is None:
        connection.execute("insert or ignore into born values (1, ?)", (secrets.token_hex(4),))
    return connection
