"""The journal of scans: what was answered is there, once, whatever happens."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ocop.traceability.journal import Journal, NotWritten, Scan
from ocop.traceability.journal_sqlite import SqliteStore, scans_after


def scan(number: int) -> Scan:
    return Scan(1_790_000_000_000 + number, "09520123456788", "L/1", 3, number, b"12345678", "01")


def written(path: Path) -> list[Scan]:
    return [each for _n, each in scans_after(path, 0, 10**9)]


def test_scans_of_many_are_written_once_and_in_groups(tmp_path: Path) -> None:
    class Counting(SqliteStore):
        groups = 0

        def append(self, scans: Sequence[Scan]) -> None:
            self.groups += 1
            super().append(scans)

    store = Counting(tmp_path / "scans.sqlite3")

    async def play() -> None:
        journal = Journal(store)
        await asyncio.gather(*(journal.write(scan(n)) for n in range(500)))
        await journal.close()

    asyncio.run(play())
    assert sorted(each.number for each in written(tmp_path / "scans.sqlite3")) == [*range(500)]
    assert written(tmp_path / "scans.sqlite3")[0] == scan(0)
    assert store.groups < 250  # the first perhaps alone, then those that gathered meanwhile


def test_answer_waits_for_the_commit(tmp_path: Path) -> None:
    """Read by another connection right after the answer, without closing anything."""
    path = tmp_path / "scans.sqlite3"

    async def play() -> list[int]:
        journal = Journal(SqliteStore(path))
        seen = []
        for n in range(5):
            await journal.write(scan(n))
            seen.append(len(written(path)))
        await journal.close()
        return seen

    assert asyncio.run(play()) == [1, 2, 3, 4, 5]


def test_failed_group_is_told_and_the_next_is_written(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "scans.sqlite3"

    async def play() -> None:
        journal = Journal(SqliteStore(path))
        with pytest.raises(NotWritten):
            await journal.write(scan(1))
        path.parent.mkdir()
        await journal.write(scan(2))
        await journal.close()

    asyncio.run(play())
    assert written(path) == [scan(2)]


def test_group_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "scans.sqlite3"
    store = SqliteStore(path)
    wrong = Scan(1, "", "", "three", 1, b"", "")  # type: ignore[arg-type]
    with pytest.raises(NotWritten):
        store.append([scan(1), wrong])
    store.append([scan(2)])
    store.close()
    assert written(path) == [scan(2)]


def test_closed_journal_takes_nothing_more(tmp_path: Path) -> None:
    async def play() -> None:
        journal = Journal(SqliteStore(tmp_path / "scans.sqlite3"))
        waiting = [asyncio.ensure_future(journal.write(scan(n))) for n in range(3)]
        await asyncio.sleep(0)  # they are taken
        await journal.close()
        await asyncio.gather(*waiting)
        with pytest.raises(NotWritten, match="closed"):
            await journal.write(scan(9))

    asyncio.run(play())
    assert len(written(tmp_path / "scans.sqlite3")) == 3


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


def test_request_that_went_away_keeps_nobody(tmp_path: Path) -> None:
    async def play() -> None:
        journal = Journal(SqliteStore(tmp_path / "scans.sqlite3"))
        gone = asyncio.ensure_future(journal.write(scan(1)))
        await asyncio.sleep(0)
        gone.cancel()
        await journal.write(scan(2))
        await journal.close()

    asyncio.run(play())
    assert {each.number for each in written(tmp_path / "scans.sqlite3")} >= {2}


def test_reading_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "scans.sqlite3"
    assert [*scans_after(path, 0, 10)] == []
    store = SqliteStore(path)
    store.append([scan(n) for n in range(7)])
    store.close()
    first = [*scans_after(path, 0, 3)]
    rest = [*scans_after(path, first[-1][0], 100)]
    assert [each.number for _n, each in (*first, *rest)] == [*range(7)]


def test_every_commit_is_flushed(tmp_path: Path) -> None:
    path = tmp_path / "scans.sqlite3"
    store = SqliteStore(path)
    store.append([scan(1)])
    assert store._connection is not None
    assert store._connection.execute("pragma synchronous").fetchone() == (2,)  # FULL
    assert store._connection.execute("pragma journal_mode").fetchone() == ("wal",)
    store.close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("pragma journal_mode").fetchone() == ("wal",)


_WRITER = """
import asyncio, sys
from pathlib import Path
from ocop.traceability.journal import Journal, Scan
from ocop.traceability.journal_sqlite import SqliteStore

async def hand(journal, hand):
    for n in range(10**6):
        number = n * 16 + hand
        await journal.write(Scan(1, "", "", 0, number, b"", ""))
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()

async def main():
    journal = Journal(SqliteStore(Path(sys.argv[1])))
    await asyncio.gather(*(hand(journal, h) for h in range(16)))

asyncio.run(main())
"""


@pytest.mark.parametrize("round_", range(10))
def test_kill_at_any_moment_loses_no_answered_scan(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "scans.sqlite3"
    command = [sys.executable, "-c", _WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answered = [int(process.stdout.readline())]
        threading.Timer(Random(round_).uniform(0.02, 0.2), process.kill).start()
        answered += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -9
    numbers = [each.number for each in written(path)]
    assert set(answered) <= set(numbers)
    assert len(numbers) == len(set(numbers))
