"""Two who write to one SQLite file: who waits comes in when it is free, and not for ever."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from ocop.core.db import is_busy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "apart.sqlite3"


def opened(file: Path, timeout: float) -> BaseDatabaseWrapper:
    options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
    told = {"ENGINE": "ocop.core.sqlite", "NAME": str(file), "OPTIONS": options}
    return ConnectionHandler({"default": told})["default"]


@contextmanager
def held(file: Path, seconds: float, released: list[float]) -> Iterator[None]:
    """Somebody else writes meanwhile."""
    there = Event()

    def hold() -> None:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("begin immediate")
        there.set()
        time.sleep(seconds)
        released.append(time.monotonic())
        other.execute("commit")
        other.close()

    holder = Thread(target=hold)
    holder.start()
    there.wait()
    yield
    holder.join()


@pytest.mark.django_db
def test_who_waits_comes_in_as_soon_as_it_is_free(file: Path) -> None:
    """SQLite itself looks after 228 and after 328 milliseconds. The best of five: others may have
    the processor."""
    connection, late, released = opened(file, 20), [], list[float]()
    connection.ensure_connection()
    for _ in range(5):
        with held(file, 0.26, released):
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            late.append(time.monotonic() - released[-1])
            connection.rollback()
            connection.set_autocommit(True)
    connection.close()
    assert min(late) < 0.02


@pytest.mark.django_db
def test_nobody_waits_for_ever_and_single_statements_wait_as_before(file: Path) -> None:
    connection, released = opened(file, 0.05), list[float]()
    connection.ensure_connection()
    with held(file, 0.3, released):
        with pytest.raises(OperationalError) as refused:
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert not released
        assert is_busy(refused.value)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (50,)
    connection.close()
