"""Who brings SQLite's log of writes into the file: the worker, not a commit somebody waits for."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from ocop.core import db

ROWS = 5_000  # some 1,400 pages of the log: more than the 1,000 of SQLite's own habit


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "apart.sqlite3"


@pytest.fixture
def connection(file: Path) -> BaseDatabaseWrapper:
    told = settings.DATABASES[DEFAULT_DB_ALIAS]
    if told["ENGINE"] != "ocop.core.sqlite":
        pytest.skip("PostgreSQL has no such log")
    apart = {"ENGINE": told["ENGINE"], "NAME": str(file), "OPTIONS": told["OPTIONS"]}
    return ConnectionHandler({DEFAULT_DB_ALIAS: apart})[DEFAULT_DB_ALIAS]


@pytest.mark.django_db
def test_a_commit_leaves_the_log_and_the_worker_brings_it_in(
    connection: BaseDatabaseWrapper, file: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (told TEXT)")
        cursor.executemany("INSERT INTO kept VALUES (%s)", [("x" * 1_000,)] * ROWS)
    assert file.stat().st_size < ROWS * 100
    db.shorten_log(connection)
    assert file.stat().st_size > ROWS * 1_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        assert cursor.fetchone() == (ROWS,)
    connection.close()
