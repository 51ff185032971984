"""Scans in PostgreSQL: copied in groups into a table with one part for every month.

Whole months are let go by dropping their part, which no row-by-row deletion can match. Numbers rise
as rows are written, so a block index finds them: it takes next to nothing of a commit, where a tree
took a fifth of the server's time and two fifths of its log. Who reads asks for numbers from one to
another, since such an index gives no order.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

from ocop.traceability import journal_copy
from ocop.traceability.journal import NotRead, NotWritten, Row, Scan
from ocop.traceability.months import Month, bounds, month_of, written

_TABLE = """
create table if not exists scan_journal (
    id bigint generated always as identity,
    at bigint not null,
    gtin text not null,
    lot text not null,
    version smallint not null,
    number bigint not null,
    client bytea not null,
    place text not null
) partition by range (at)
"""
_INDEX = "create index scan_journal_numbers on scan_journal using brin (id) with (autosummarize)"
_THERE = "select to_regclass('scan_journal_numbers'), to_regclass('scan_journal_pkey')"
_NO_TREE = "alter table scan_journal drop constraint scan_journal_pkey"
_SUMMARIZE = """
select brin_summarize_new_values(relid)
from pg_partition_tree(to_regclass('scan_journal_numbers')) where isleaf
"""
_MANY = 100_000  # scans that wait: the server learns where they are now, not when it comes to it
_LAST = "select last_value from scan_journal_id_seq"  # that was drawn
_NAME = """
create table if not exists scan_journal_born (
    one smallint primary key check (one = 1), name text not null
)
"""
_COLUMNS = "at, gtin, lot, version, number, client, place"
_SELECT = f"select id, {_COLUMNS} from scan_journal"
_PART = "scan_journal_"
_MAKING = 0x0C09  # advisory lock: one process at a time makes a table or a part
_CONNECTING = 5  # seconds
_PATIENCE = "set local lock_timeout = '2s'"  # of who counts, with those who write


class PostgresStore:
    """A journal in a database, named as libpq does. Any number of processes may write."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: psycopg.Connection | None = None
        self._part = range(0)  # moments of which there is a part

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
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
            self._part = range(0)
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [_MAKING])
                _make(cursor)
        return self._connection

    def _append(self, connection: psycopg.Connection, scans: Sequence[Scan]) -> None:
        ats = [scan.at for scan in scans]
        if not (min(ats) in self._part and max(ats) in self._part):
            months = sorted({month_of(at) for at in ats})
            with connection.transaction(), connection.cursor() as cursor:
                for month in months:
                    _make_part(cursor, month)
            self._part = range(*bounds(months[-1]))
        # A statement by itself is a transaction, and is answered when that is on the disk. To begin
        # and commit one in words of its own would ask the server twice as often.
        journal_copy.copy(connection, journal_copy.rows_of(scans))


class PostgresSource:
    """The same journal as who counts it reads it (see `journal.Source`).

    A number is drawn before its scan is committed, so of two writers the later number may be seen
    first. Who reads therefore waits for an instant until nobody writes: all numbers that were drawn
    until then are committed or gone. Writers need to know nothing of it, `copy` takes the lock that
    this one excludes.
    """

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo

    def name(self) -> str:
        with self._reading() as connection:
            if connection is None:
                return ""
            found = connection.execute("select name from scan_journal_born").fetchone()
            return f"postgres:{found[0]}" if found else ""

    def rows_after(self, last: int, most: int) -> list[Row]:
        with self._reading() as connection:
            if connection is None or (settled := _settled(connection, last)) <= last:
                return []
            if settled - last > _MANY:
                connection.execute(_SUMMARIZE)
                connection.commit()
            rows: list[Row] = []
            width, upto = most, last
            while not rows and upto < settled:  # numbers of months that are gone, or never written
                upto, width = min(last + width, settled), 4 * width
                rows = connection.execute(
                    f"{_SELECT} where id > %s and id <= %s order by id limit %s",
                    [last, upto, most],
                ).fetchall()
            return rows

    def at_of(self, number: int) -> int | None:
        with self._reading() as connection:
            if connection is None:
                return None
            found = connection.execute("select at from scan_journal where id = %s", [number])
            row = found.fetchone()
            return row[0] if row else None

    def last_until(self, at: int) -> int:
        with self._reading() as connection:
            if connection is None:
                return 0
            query = "select coalesce(max(id), 0) from scan_journal where at <= %s"
            (last,) = connection.execute(query, [at]).fetchone() or (0,)
            return int(last)

    def months(self) -> list[Month]:
        with self._reading() as connection:
            if connection is None:
                return []
            names = connection.execute(
                "select relid::regclass::text from pg_partition_tree('scan_journal') where isleaf"
            )
            parts = sorted(name.removeprefix(_PART) for (name,) in names)
            return [(int(year), int(month)) for year, month in (p.split("_") for p in parts)]

    def rows_of(self, month: Month, most: int) -> Iterator[list[Row]]:
        first, last = self._numbers_of(month)
        for start in range(first, last + 1, most):
            if rows := self._some_of(month, start, start + most):
                yield rows

    def _numbers_of(self, month: Month) -> tuple[int, int]:
        """The first and the last of its numbers."""
        with self._reading() as connection:
            if connection is None:
                return 0, -1
            found = connection.execute(
                "select min(id), max(id) from scan_journal where at >= %s and at < %s",
                [*bounds(month)],
            ).fetchone()
            return (0, -1) if found is None or found[0] is None else (found[0], found[1])

    def _some_of(self, month: Month, start: int, end: int) -> list[Row]:
        with self._reading() as connection:
            if connection is None:
                return []
            return connection.execute(
                f"{_SELECT} where id >= %s and id < %s and at >= %s and at < %s order by id",
                [start, end, *bounds(month)],
            ).fetchall()

    def forget(self, month: Month, below: int) -> int:
        """The part of a month as a whole; nothing while it holds a later number."""
        with self._reading() as connection:
            if connection is None:
                return 0
            part = f"{_PART}{_suffix(month)}"
            with connection.transaction():
                connection.execute(_PATIENCE)
                there = connection.execute("select to_regclass(%s)", [part]).fetchone()
                if there is None or there[0] is None:
                    return 0
                count, last = connection.execute(
                    f"select count(*), coalesce(max(id), 0) from {part}".encode()
                ).fetchone() or (0, 0)
                if last >= below:
                    return 0
                connection.execute(f"drop table {part}".encode())
            return int(count)

    @contextmanager
    def _reading(self) -> Iterator[psycopg.Connection | None]:
        """A connection; None where nobody has written yet."""
        try:
            with psycopg.connect(self._conninfo, connect_timeout=_CONNECTING) as connection:
                there = connection.execute("select to_regclass('scan_journal_born')").fetchone()
                yield connection if there and there[0] is not None else None
        except psycopg.Error as error:
            raise NotRead(str(error)) from error


def _settled(connection: psycopg.Connection, last: int) -> int:
    """The last number that is committed or gone with all before it; 0 where the writers let nobody
    in."""
    if (connection.execute(_LAST).fetchone() or (0,))[0] <= last:
        return last
    connection.commit()
    try:
        with connection.transaction():
            connection.execute(_PATIENCE)
            connection.execute("lock table only scan_journal in share mode")
            (found,) = connection.execute(_LAST).fetchone() or (0,)
    except psycopg.errors.LockNotAvailable:
        return 0
    return int(found)


def scans_after(conninfo: str, last: int, most: int) -> Iterator[tuple[int, Scan]]:
    """Scans with their numbers, those after `last`, in the order of their numbers."""
    for row in PostgresSource(conninfo).rows_after(last, most):
        yield row[0], Scan(*row[1:])


def _make(cursor: psycopg.Cursor) -> None:
    cursor.execute(_TABLE)
    numbers, tree = cursor.execute(_THERE).fetchone() or (None, None)
    if tree is not None:  # a journal of before
        cursor.execute(_NO_TREE)
    if numbers is None:
        cursor.execute(_INDEX)
    cursor.execute(_NAME)
    cursor.execute(
        "insert into scan_journal_born values (1, %s) on conflict do nothing",
        [secrets.token_hex(4)],
    )


def _suffix(month: Month) -> str:
    return written(month).replace("-", "_")


def _make_part(cursor: psycopg.Cursor, month: Month) -> None:
    first, after = bounds(month)
    cursor.execute("select pg_advisory_xact_lock(%s)", [_MAKING])
    cursor.execute(
        f"create table if not exists {_PART}{_suffix(month)}"
        f" partition of scan_journal for values from ({first}) to ({after})".encode()
    )
