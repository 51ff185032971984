"""Everything that speaks to one database engine by name."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from django.db import (
    DEFAULT_DB_ALIAS,
    OperationalError,
    connection,
    connections,
    migrations,
    models,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

#: Classes of SQLSTATE: connection, rolled back for others, resources, shutting down, lock not had.
_POSTGRES_BUSY = ("08", "40", "53", "57P", "55P03")
_EVENTS = ("ocop_event", "ocop_eventobject")
_LOG = ("ocop_logentry", "ocop_logstep")
APPEND_ONLY = _EVENTS + _LOG
#: Fields whose values both engines take as they are.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.ForeignKey,
)
_MOST_ROWS = 500  # in one statement
_M = TypeVar("_M", bound=Model)


class Among(Func):
    """True where a column is among the values of a subquery that stands alone.

    PostgreSQL is told to run the subquery once and keep its values. Left to itself it may run it
    anew for every row, when it knows nothing yet of tables that were filled a moment ago.
    """

    output_field = BooleanField()

    def __init__(self, column: str, values: QuerySet[Any]) -> None:
        super().__init__(F(column), Subquery(values))

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - the framework fixes the name
        **_more: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        return self._written(compiler, "{} IN {}")

    def as_postgresql(
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        return self._written(compiler, "{} = ANY(ARRAY{})")

    def _written(self, compiler: SQLCompiler, form: str) -> tuple[str, tuple[Any, ...]]:
        column, first = compiler.compile(self.source_expressions[0])
        values, more = compiler.compile(self.source_expressions[1])
        return form.format(column, values), (*first, *more)


@contextmanager
def durable() -> Iterator[None]:
    """What is committed within outlives a loss of power, when that is what its answer promises.

    SQLite's log is else written to the disk a little later. PostgreSQL waits for the disk anyway.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def mark_of_others() -> int | None:
    """A number that changes when somebody else has written; None where writers do not wait for each
    other, so that nobody has to ask."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        (mark,) = cursor.fetchone()
    return int(mark)


def shorten_log(on: BaseDatabaseWrapper | None = None) -> None:
    """Bring what SQLite's log of writes holds into the file itself, as far as nobody reads it; no
    writer waits for that. Nothing within a transaction; PostgreSQL does it by itself.

    Whoever works in the background does it, so that the commit of a form need not (see settings).
    """
    on = on or connections[DEFAULT_DB_ALIAS]
    if on.vendor == "sqlite" and not on.in_atomic_block:
        with on.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def is_busy(error: OperationalError) -> bool:
    """Whether the database could not be had for now: locked by others, or not answering.

    Nothing was written then, and the same may be tried again.
    """
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    state = getattr(cause, "sqlstate", None)  # none: no connection, so no answer
    return state is None or state.startswith(_POSTGRES_BUSY)


def insert(rows: Sequence[_M]) -> Sequence[_M]:
    """Insert new rows of one model, all or none, and give them their keys: `insert_values` for
    rows that are at hand as instances."""
    if not rows:
        return rows
    fields = _fields(type(rows[0]))
    keys = _write(type(rows[0]), fields, map(attrgetter(*(f.attname for f in fields)), rows))
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return rows


def insert_values(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows of a model, all or none, and return their keys in order. Each row gives the same
    columns (`product_id`); what they leave out has the model's default.

    For thousands of rows at once, whose fields hold plain values. `bulk_create` writes the
    statement anew for every value of every row, which was half the time of a large import, and an
    instance for every row was an eighth. There is no savepoint, for which SQLite would keep every
    page it changes: an error undoes all that the transaction around it wrote.
    """
    if not rows:
        return []
    fields = _fields(model)
    given = [f for f in fields if f.attname in rows[0]]
    if len(given) != len(rows[0]):
        raise ValueError(f"{model.__name__} has no {set(rows[0]) - {f.attname for f in given}}")
    left_out = [f for f in fields if f not in given]
    usual = tuple(f.get_default() for f in left_out)
    cells_of = itemgetter(*(f.attname for f in given))
    return _write(model, given + left_out, ((*cells_of(row), *usual) for row in rows))


def _preparing(
    field: models.Field[Any, Any], database: BaseDatabaseWrapper
) -> Callable[[Any], Any]:
    """What turns a value of the field into one of the database. Many rows share a day or a moment,
    and each is turned once."""
    prepare = partial(field.get_db_prep_save, connection=database)
    return lru_cache(maxsize=10_000)(prepare) if isinstance(field, models.DateField) else prepare


def _fields(model: type[Model]) -> list[models.Field[Any, Any]]:
    return [f for f in model._meta.local_concrete_fields if f is not model._meta.pk]


def _write(
    model: type[Model], fields: Sequence[models.Field[Any, Any]], rows: Iterable[Sequence[Any]]
) -> list[int]:
    """Write rows of cells, in the order of the fields; their keys."""
    database = connections[DEFAULT_DB_ALIAS]  # asked for once, not for every value
    rest = [
        (at, _preparing(f, database)) for at, f in enumerate(fields) if not isinstance(f, _PLAIN)
    ]
    quote = database.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    head = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "
    tail = f" RETURNING {quote(str(model._meta.pk.column))}"
    one = f"({', '.join(['%s'] * len(fields))})"
    limit = database.features.max_query_params or len(fields) * _MOST_ROWS
    most = max(1, min(_MOST_ROWS, limit // len(fields)))
    keys: list[int] = []
    waiting = iter(rows)
    with transaction.atomic(savepoint=False), database.cursor() as cursor:
        while some := list(islice(waiting, most)):
            values: list[Any] = []
            for row in some:
                cells = list(row)
                for at, prepare in rest:
                    cells[at] = prepare(cells[at])
                values += cells
            cursor.execute(head + ", ".join([one] * len(some)) + tail, values)
            keys += [key for (key,) in cursor.fetchall()]
    return keys


def learn(*models: type[Model]) -> None:
    """Let the database look at these tables, or at all, after very many rows came at once.

    PostgreSQL looks by itself, but may do so while the rows are not committed; it then takes the
    tables for empty and goes through them row by row for hours.
    """
    with connection.cursor() as cursor:
        for table in [connection.ops.quote_name(m._meta.db_table) for m in models] or [""]:
            cursor.execute(f"ANALYZE {table}")


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION ocop_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
"""


def _protect(connection: BaseDatabaseWrapper, tables: Iterable[str] = APPEND_ONLY) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for table in tables:
                cursor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                    f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ocop_append_only()"
                )
            return
        for table in tables:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def _unprotect(connection: BaseDatabaseWrapper, tables: Iterable[str] = APPEND_ONLY) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


class _Protect(migrations.RunPython):
    """Migration step that puts the append-only triggers on tables."""

    tables: tuple[str, ...]

    def __init__(self) -> None:
        super().__init__(
            lambda _apps, editor: _protect(editor.connection, self.tables),
            lambda _apps, editor: _unprotect(editor.connection, self.tables),
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})


class ProtectEvents(_Protect):
    """On the event tables."""

    tables = _EVENTS


class ProtectLog(_Protect):
    """On the tables of the public log."""

    tables = _LOG
