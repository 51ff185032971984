"""A group of scans on its way to PostgreSQL: what it refuses, and who waits for it."""

import os
import threading
from collections.abc import Iterator

import psycopg
import pytest

from ocop.traceability import journal_postgres
from ocop.traceability.journal import NotWritten, Scan
from ocop.traceability.journal_postgres import PostgresSource, PostgresStore, scans_after

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


def test_numbers_that_nobody_wrote_are_passed_over(address: str) -> None:
    """A group that failed has drawn its numbers; so have months that are gone."""
    store = PostgresStore(address)
    store.append([scan(0)])
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("select setval('scan_journal_id_seq', 1000000)")
    store.append([scan(n) for n in (1, 2, 3)])
    store.close()
    source = PostgresSource(address)
    assert [row[5] for row in source.rows_after(0, 1)] == [0]
    assert [row[5] for row in source.rows_after(1, 2)] == [1, 2]
    assert source.rows_after(1_000_003, 2) == []
    assert [row[5] for rows in source.rows_of((2026, 9), 100_000) for row in rows] == [0, 1, 2, 3]


def test_journal_with_a_tree_of_numbers_goes_on_without(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PostgresStore(address)
    store.append([scan(0)])
    store.close()
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("drop index scan_journal_numbers")
        other.execute("alter table scan_journal add primary key (id, at)")
    monkeypatch.setattr(journal_postgres, "_MANY", 0)  # many wait, before anybody writes again
    assert [row[5] for row in PostgresSource(address).rows_after(0, 9)] == [0]
    store.append([scan(1)])
    store.close()
    with psycopg.connect(address) as other:
        found = other.execute(
            "select amname from pg_index join pg_class c on c.oid = indexrelid"
            " join pg_am a on a.oid = c.relam where indrelid = 'scan_journal_2026_09'::regclass"
        ).fetchall()
    assert found == [("brin",)]
    assert written(address) == [scan(0), scan(1)]
