"""Scans in PostgreSQL: copied in groups into a table with one part for every month.

Whole months are let go by dropping their part, which no row-by-row deletion can match.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import psycopg

from ocop.traceability.journal import NotWritten, Scan

_TABLE = """
create table if not exists scan_journal (
    id bigint generated always as identity,
    at bigint not null,
    gtin text not null,
    lot text not null,
    version smallint not null,
    number bigint not null,
    client bytea not null,
    place text not null,
    primary key (id, at)
) partition by range (at)
"""
_COLUMNS = "at, gtin, lot, version, number, client, place"
_COPY = f"copy scan_journal ({_COLUMNS}) from stdin (format binary)"
_TYPES = ("int8", "text", "text", "int2", "int8", "bytea", "text")
_MAKING = 0x0C09  # advisory lock: one process at a time makes a table or a part


class PostgresStore:
    """A journal in a database, named as libpq does. Any number of processes may write."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: psycopg.Connection | None = None
        self._months: set[tuple[int, int]] = set()

    def append(self, scans: Sequence[Scan]) -> None:
        """Durable when it returns, as durable as the server is told to be (synchronous_commit)."""
        try:
            self._append(self._open(), scans)
        except psycopg.Error as error:
            self.close()  # the next group begins anew
            raise NotWritten(str(error)) from error

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> psycopg.Connection:
        if self._connection is None:
            self._connection = psycopg.connect(self._conninfo)
            self._months.clear()
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [_MAKING])
                cursor.execute(_TABLE)
        return self._connection

    def _append(self, connection: psycopg.Connection, scans: Sequence[Scan]) -> None:
        months = {_month(scan.at) for scan in scans} - self._months
        with connection.transaction(), connection.cursor() as cursor:
            for month in sorted(months):
                _make_part(cursor, *month)
            with cursor.copy(_COPY) as copy:
                copy.set_types(_TYPES)
                for scan in scans:
                    copy.write_row(
                        (
                            scan.at,
                            scan.gtin,
                            scan.lot,
                            scan.version,
                            scan.number,
                            scan.client,
                            scan.place,
                        )
                    )
        self._months |= months


def scans_after(conninfo: str, last: int, most: int) -> Iterator[tuple[int, Scan]]:
    """Scans with their numbers, those after `last`, in the order of their numbers.

    Of several processes one may number a scan first and commit it later, so who drains the journal
    comes back to the last few minutes (see `at`).
    """
    with psycopg.connect(conninfo) as connection:
        there = connection.execute("select to_regclass('scan_journal')").fetchone()
        if there is None or there[0] is None:
            return
        rows = connection.execute(
            f"select id, {_COLUMNS} from scan_journal where id > %s order by id limit %s",
            [last, most],
        )
        for number, at, gtin, lot, version, serial, client, place in rows:
            yield number, Scan(at, gtin, lot, version, serial, bytes(client), place)


def _month(at: int) -> tuple[int, int]:
    day = datetime.fromtimestamp(at / 1000, UTC)
    return day.year, day.month


def _make_part(cursor: psycopg.Cursor, year: int, month: int) -> None:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    first, after = (
        int(datetime(*when, 1, tzinfo=UTC).timestamp() * 1000)
        for when in ((year, month), following)
    )
    cursor.execute("select pg_advisory_xact_lock(%s)", [_MAKING])
    cursor.execute(
        f"create table if not exists scan_journal_{year}_{month:02d}"
        f" partition of scan_journal for values from ({first}) to ({after})".encode()
    )
