"""A group of scans on its way to PostgreSQL: what it refuses, and who waits for it."""

import os
import threading
from collections.abc import Iterator

import psycopg
import pytest

from ocop.traceability.journal import NotWritten, Scan
from ocop.traceability.journal_postgres import PostgresStore, scans_after

pytestmark = pytest.mark.postgres


def scan(number: int) -> Scan:
    return Scan(1_790_000_000_000 + number, "09520123456788", "L/1", 3, number, b"12345678", "01")


@pytest.fixture
def address() -> Iterator[str]:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    name = f"journal_copy_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"create database {name}".encode())
        yield f"{server}/{name}"
        admin.execute(f"drop database {name} with (force)".encode())


def written(address: str) -> list[Scan]:
    return [each for _n, each in scans_after(address, 0, 10**9)]


@pytest.mark.parametrize("wrong", [{"version": 40_000}, {"lot": "\0"}, {"client": None}])
def test_group_with_what_no_scan_holds_is_refused_whole(
    address: str, wrong: dict[str, object]
) -> None:
    """By the form of a row, or by the server; the next group is written."""
    store = PostgresStore(address)
    with pytest.raises(NotWritten):
        store.append([scan(1), scan(2)._replace(**wrong)])  # type: ignore[arg-type]
    store.append([scan(3)])
    store.close()
    assert written(address) == [scan(3)]


@pytest.mark.parametrize("held", ["scan_journal", "scan_journal_2026_09"])
def test_others_go_on_while_the_server_keeps_a_group_waiting(address: str, held: str) -> None:
    """Before it takes the rows, and after. Else this thread could not let go of the lock."""
    store = PostgresStore(address)
    store.append([scan(0)])
    other = psycopg.connect(address)
    other.execute(f"lock table only {held} in share mode".encode())
    writing = threading.Thread(target=store.append, args=([scan(1)],))
    writing.start()
    writing.join(0.2)
    assert writing.is_alive()
    other.rollback()
    other.close()
    writing.join()
    store.close()
    assert written(address) == [scan(0), scan(1)]


def test_server_that_ends_the_connection_refuses_one_group(address: str) -> None:
    store = PostgresStore(address)
    store.append([scan(0)])
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    with pytest.raises(NotWritten):
        store.append([scan(1)])
    store.append([scan(2)])
    store.close()
    assert written(address) == [scan(0), scan(2)]
