"""The journal of scans: what was answered is there, once, whatever happens. In every store."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg
import pytest

from ocop.traceability import journal_postgres, journal_sqlite
from ocop.traceability.journal import (
    FORGED,
    NO_STAMP,
    Journal,
    NotRead,
    NotWritten,
    Scan,
    Source,
    Store,
)


def scan(number: int) -> Scan:
    return Scan(1_790_000_000_000 + number, "09520123456788", "L/1", 3, number, b"12345678", "01")


@dataclass
class Place:
    """Where a journal writes, and how a stranger to it reads."""

    store: Callable[[], Store]
    after: Callable[[int, int], Iterator[tuple[int, Scan]]]
    writer: tuple[str, ...]  # arguments of a process of its own
    source: Source

    def write(self, scans: Sequence[Scan]) -> None:
        store = self.store()
        store.append(scans)
        store.close()

    def written(self) -> list[Scan]:
        return [each for _n, each in self.after(0, 10**9)]


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        path = tmp_path / "scans.sqlite3"
        yield Place(
            lambda: journal_sqlite.SqliteStore(path),
            lambda last, most: journal_sqlite.scans_after(path, last, most),
            ("sqlite", str(path)),
            journal_sqlite.SqliteSource(path),
        )
        return
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    name = f"journal_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"create database {name}".encode())
        address = f"{server}/{name}"
        yield Place(
            lambda: journal_postgres.PostgresStore(address),
            lambda last, most: journal_postgres.scans_after(address, last, most),
            ("postgres", address),
            journal_postgres.PostgresSource(address),
        )
        admin.execute(f"drop database {name} with (force)".encode())


class Counting:
    """A store that counts its groups."""

    def __init__(self, store: Store) -> None:
        self.groups, self._store, self.close = 0, store, store.close

    def append(self, scans: Sequence[Scan]) -> None:
        self.groups += 1
        self._store.append(scans)


def test_scans_of_many_are_written_once_and_in_groups(place: Place) -> None:
    store = Counting(place.store())

    async def play() -> None:
        journal = Journal(store)
        await asyncio.gather(*(journal.write(scan(n)) for n in range(500)))
        await journal.close()

    asyncio.run(play())
    assert place.written() == [scan(n) for n in range(500)]
    assert store.groups < 250  # the first perhaps alone, then those that gathered meanwhile


def test_answer_waits_for_the_commit(place: Place) -> None:
    """Read by another connection right after the answer, without closing anything."""

    async def play() -> list[int]:
        journal = Journal(place.store())
        seen = []
        for n in range(5):
            await journal.write(scan(n))
            seen.append(len(place.written()))
        await journal.close()
        return seen

    assert asyncio.run(play()) == [1, 2, 3, 4, 5]


def test_failed_group_is_told_and_the_next_is_written(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "scans.sqlite3"

    async def play() -> None:
        journal = Journal(journal_sqlite.SqliteStore(path))
        with pytest.raises(NotWritten):
            await journal.write(scan(1))
        path.parent.mkdir()
        await journal.write(scan(2))
        await journal.close()

    asyncio.run(play())
    assert [each for _n, each in journal_sqlite.scans_after(path, 0, 9)] == [scan(2)]


def test_group_is_written_whole_or_not_at_all(place: Place) -> None:
    store = place.store()
    wrong = Scan(1, "", None, 3, 1, b"", "")  # type: ignore[arg-type]
    with pytest.raises(NotWritten):
        store.append([scan(1), wrong])
    store.append([scan(2)])
    store.close()
    assert place.written() == [scan(2)]


def test_whatever_a_scan_holds_comes_back(place: Place) -> None:
    told = [
        Scan(1_790_000_000_000, "", "", NO_STAMP, 0, b"", ""),
        Scan(1_790_000_000_001, "09520123456788", "Lô số 1\t\\N\n", 0, 2**62, b"\0\xff", "01"),
        Scan(1_790_000_000_002, "ABC-1", "{,}\"'", 32_767, 1, bytes(range(8)), "34"),
        Scan(1_790_000_000_003, "", "", FORGED, 50_000, b"12345678", ""),
    ]
    place.write(told)
    assert place.written() == told


def test_crowd_that_waited_long_is_one_group(place: Place) -> None:
    """More than a connection takes at once, of many lots."""
    told = [scan(n)._replace(lot=f"{n:x}" * (n % 5)) for n in range(20_000)]
    place.write(told)
    assert place.written() == told


def test_closed_journal_takes_nothing_more(place: Place) -> None:
    async def play() -> None:
        journal = Journal(place.store())
        waiting = [asyncio.ensure_future(journal.write(scan(n))) for n in range(3)]
        await asyncio.sleep(0)  # they are taken
        await journal.close()
        await asyncio.gather(*waiting)
        with pytest.raises(NotWritten, match="closed"):
            await journal.write(scan(9))

    asyncio.run(play())
    assert len(place.written()) == 3


def test_nobody_waits_for_a_journal_that_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    class Broken:
        def append(self, scans: Sequence[Scan]) -> None:
            raise ZeroDivisionError(len(scans))

        def close(self) -> None:
            pass

    async def play() -> None:
        journal = Journal(Broken())
        for _ in range(2):
            with pytest.raises(NotWritten):
                await asyncio.wait_for(journal.write(scan(1)), 5)
        await journal.close()

    asyncio.run(play())
    assert [each.exc_type for each in told] == [ZeroDivisionError]


def test_request_that_went_away_keeps_nobody(place: Place) -> None:
    async def play() -> None:
        journal = Journal(place.store())
        gone = asyncio.ensure_future(journal.write(scan(1)))
        await asyncio.sleep(0)
        gone.cancel()
        await journal.write(scan(2))
        await journal.close()

    asyncio.run(play())
    assert {each.number for each in place.written()} >= {2}


def test_reading_goes_on_where_it_was(place: Place) -> None:
    assert place.written() == []
    store = place.store()
    store.append([scan(n) for n in range(7)])
    store.close()
    first = [*place.after(0, 3)]
    rest = [*place.after(first[-1][0], 100)]
    assert [each.number for _n, each in (*first, *rest)] == [*range(7)]


def test_every_commit_is_flushed(tmp_path: Path) -> None:
    path = tmp_path / "scans.sqlite3"
    store = journal_sqlite.SqliteStore(path)
    store.append([scan(1)])
    assert store._connection is not None
    assert store._connection.execute("pragma synchronous").fetchone() == (2,)  # FULL
    assert store._connection.execute("pragma journal_mode").fetchone() == ("wal",)
    store.close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.postgres
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_every_month_has_its_part(place: Place) -> None:
    """The last millisecond of a year and the first of the next, by UTC."""
    new_year = 1_798_761_600_000  # 2027-01-01T00:00:00Z
    store = place.store()
    for at in (new_year - 1, new_year):
        store.append([Scan(at, "", "", -1, 0, b"", "")])
    store.close()
    with psycopg.connect(place.writer[1]) as connection:
        rows = connection.execute("select tableoid::regclass::text from scan_journal order by at")
        assert [each for (each,) in rows] == ["scan_journal_2026_12", "scan_journal_2027_01"]


@pytest.mark.postgres
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_writers_of_several_processes_make_their_table_once(place: Place) -> None:
    stores = [place.store() for _ in range(4)]
    threads = [
        threading.Thread(target=store.append, args=([scan(n)],)) for n, store in enumerate(stores)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert sorted(each.number for each in place.written()) == [0, 1, 2, 3]


_WRITER = """
import asyncio, sys
from pathlib import Path
from ocop.traceability.journal import Journal, Scan
from ocop.traceability.journal_postgres import PostgresStore
from ocop.traceability.journal_sqlite import SqliteStore

async def hand(journal, first, hand):
    for n in range(10**6):
        number = int(first) + n * 16 + hand
        await journal.write(Scan(1, "", "", 0, number, b"", ""))
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()

async def main():
    kind, where, first = sys.argv[1:]
    store = SqliteStore(Path(where)) if kind == "sqlite" else PostgresStore(where)
    journal = Journal(store)
    await asyncio.gather(*(hand(journal, first, h) for h in range(16)))

asyncio.run(main())
"""


def test_kill_at_any_moment_loses_no_answered_scan(place: Place) -> None:
    random = Random(7)
    answered = [n for time in range(10) for n in _killed(place, time, random.uniform(0.02, 0.2))]
    numbers = [each.number for each in place.written()]
    assert set(answered) <= set(numbers)
    assert len(numbers) == len(set(numbers))


def _killed(place: Place, time: int, seconds: float) -> list[int]:
    """The numbers that a writer had answered before it was killed; each time has its own."""
    command = [sys.executable, "-c", _WRITER, *place.writer, str(time * 10**8)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answered = [int(process.stdout.readline())]
        threading.Timer(seconds, process.kill).start()
        answered += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -9
    return answered


NOVEMBER, DECEMBER = (2026, 11), (2026, 12)
LAST_OF_NOVEMBER = 1_796_083_199_999  # 2026-11-30T23:59:59.999Z


def dated(number: int, at: int) -> Scan:
    return Scan(at, "09520123456788", "L/1", 3, number, b"12345678", "01")


def test_source_tells_where_it_stands(place: Place) -> None:
    assert place.source.name() == ""
    assert place.source.rows_after(0, 9) == []
    assert place.source.months() == []
    assert place.source.at_of(1) is None
    assert place.source.last_until(10**15) == 0
    assert place.source.forget(NOVEMBER, 9) == 0
    place.write([dated(n, LAST_OF_NOVEMBER + n) for n in range(3)])
    rows = place.source.rows_after(0, 2)
    assert [row[5] for row in rows] == [0, 1]
    assert rows[0][1:] == (LAST_OF_NOVEMBER, "09520123456788", "L/1", 3, 0, b"12345678", "01")
    assert place.source.at_of(rows[1][0]) == LAST_OF_NOVEMBER + 1
    assert place.source.last_until(LAST_OF_NOVEMBER + 1) == rows[1][0]
    assert place.source.name() == place.source.name() != ""


def test_month_is_read_whole_although_writers_overtook_each_other(place: Place) -> None:
    ats = [LAST_OF_NOVEMBER + step for step in (-5, 3, -2, 1, 0, 8)]
    place.write([dated(n, at) for n, at in enumerate(ats)])
    assert place.source.months()[-2:] == [NOVEMBER, DECEMBER]
    found = [row[5] for rows in place.source.rows_of(NOVEMBER, 2) for row in rows]
    assert found == [0, 2, 4]
    assert [row[5] for rows in place.source.rows_of(DECEMBER, 2) for row in rows] == [1, 3, 5]


def test_month_is_let_go_and_the_next_one_stays(place: Place) -> None:
    place.write([dated(n, LAST_OF_NOVEMBER - 1 + n) for n in range(4)])
    last = place.source.rows_after(0, 9)[-1][0]
    assert place.source.forget(NOVEMBER, last) == 2
    assert [row[5] for row in place.source.rows_after(0, 9)] == [2, 3]
    assert place.source.forget(NOVEMBER, last) == 0


def test_what_was_not_counted_is_not_let_go(place: Place) -> None:
    place.write([dated(n, LAST_OF_NOVEMBER - n) for n in range(3)])
    first = place.source.rows_after(0, 9)[0][0]
    place.source.forget(NOVEMBER, first)
    assert len(place.source.rows_after(0, 9)) == 3


@pytest.mark.postgres
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_number_that_is_committed_late_is_not_passed_over(place: Place) -> None:
    """Two writers: the first has drawn its number and not committed when the second has."""
    place.write([scan(0)])
    late = psycopg.connect(place.writer[1])
    copied = "insert into scan_journal (at, gtin, lot, version, number, client, place)"
    late.execute(copied + " values (%s, '', '', 3, 1, '', '')", [scan(1).at])
    place.write([scan(2)])
    seen: list[int] = []
    reading = threading.Thread(
        target=lambda: seen.extend(row[5] for row in place.source.rows_after(0, 9))
    )
    reading.start()
    reading.join(0.3)
    assert reading.is_alive()  # it waits for the late one
    late.commit()
    reading.join()
    late.close()
    assert seen == [0, 1, 2]


@pytest.mark.postgres
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_writer_that_hangs_stops_nobody_for_long(place: Place) -> None:
    place.write([scan(0)])
    hanging = psycopg.connect(place.writer[1])
    hanging.execute("lock table scan_journal in row exclusive mode")
    assert place.source.rows_after(0, 9) == []  # nothing is counted meanwhile
    hanging.rollback()
    hanging.close()
    assert len(place.source.rows_after(0, 9)) == 1


def test_journal_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "scans.sqlite3"
    broken.write_bytes(b"no database at all, but a file of some length" * 40)
    with pytest.raises(NotRead):
        journal_sqlite.SqliteSource(broken).name()
    nobody = journal_postgres.PostgresSource("postgresql://ocop@127.0.0.1:1/none")
    with pytest.raises(NotRead):
        nobody.rows_after(0, 1)
