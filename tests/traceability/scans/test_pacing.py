"""Who counts takes much while nobody waits, and little as soon as somebody writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ocop.traceability.scans.pacing import FEWEST, MOST, Pace

EACH = 20e-6  # seconds that a scan takes to be written


class _Place:
    """A database file of one writer at a time, a second connection to it, and a clock."""

    def __init__(self, path: Path) -> None:
        self.now = 0.0
        self._ours, self._theirs = sqlite3.connect(path), sqlite3.connect(path)
        self._ours.execute("create table t (n)")
        self.pace = Pace(mark_of=self.mark, clock=lambda: self.now)

    def mark(self) -> int:
        return int(self._ours.execute("pragma data_version").fetchone()[0])

    def others_write(self) -> None:
        with self._theirs:
            self._theirs.execute("insert into t values (1)")

    def count(self, times: int) -> int:
        """So many portions; how many scans the next one will have."""
        for _time in range(times):
            with self._ours:
                self._ours.execute("insert into t values (2)")
            took = self.pace.portion * EACH
            self.now += took
            self.pace.took(self.pace.portion, took)
        return self.pace.portion

    def close(self) -> None:
        self._ours.close()
        self._theirs.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[_Place]:
    with closing(_Place(tmp_path / "one.sqlite3")) as made:
        yield made


def test_it_begins_with_little_and_takes_more_while_nobody_else_writes(place: _Place) -> None:
    assert place.pace.portion == FEWEST
    assert place.count(1) == 2 * FEWEST
    portion = place.count(20)
    assert 0.05 < portion * EACH <= 0.2  # nobody who comes meanwhile waits longer


def test_it_takes_little_as_soon_as_somebody_writes_and_more_again_later(place: _Place) -> None:
    place.count(20)
    place.others_write()
    portion = place.count(1)
    assert portion * EACH <= 0.005
    assert place.count(20) == portion  # more of it is to be expected
    place.now += 3
    assert place.count(20) * EACH > 0.05


def test_slow_disk_is_no_reason_to_take_nothing(place: _Place) -> None:
    place.pace.took(FEWEST, 5.0)
    assert place.pace.portion == FEWEST


def test_where_writers_do_not_wait_for_each_other_it_always_takes_much() -> None:
    pace = Pace(mark_of=lambda: None)
    assert pace.portion == MOST
    pace.took(MOST, 5.0)
    assert pace.portion == MOST
