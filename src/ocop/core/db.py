"""Everything that speaks to one database engine by name."""

import sqlite3
from collections.abc import Sequence
from operator import attrgetter
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
APPEND_ONLY = ("ocop_event", "ocop_eventobject")
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
    """Insert new rows of one model, all or none, and give them their keys.

    For thousands of rows at once, whose fields hold plain values: `bulk_create` writes the
    statement anew for every value of every row, which was half the time of a large import. It makes
    no savepoint, for which SQLite would keep every page it changes: an error undoes all that the
    transaction around it wrote.
    """
    if not rows:
        return rows
    database = connections[DEFAULT_DB_ALIAS]  # asked for once, not for every value
    meta = type(rows[0])._meta
    fields = [field for field in meta.local_concrete_fields if field is not meta.pk]
    cells_of = attrgetter(*(field.attname for field in fields))
    rest = [(at, f) for at, f in enumerate(fields) if not isinstance(f, _PLAIN)]
    quote = database.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    head = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES "
    tail = f" RETURNING {quote(str(meta.pk.column))}"
    one = f"({', '.join(['%s'] * len(fields))})"
    limit = database.features.max_query_params or len(fields) * _MOST_ROWS
    most = max(1, min(_MOST_ROWS, limit // len(fields)))
    with transaction.atomic(savepoint=False), database.cursor() as cursor:
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            values: list[Any] = []
            for row in some:
                cells = list(cells_of(row))
                for at, field in rest:
                    cells[at] = field.get_db_prep_save(cells[at], database)
                values += cells
            cursor.execute(head + ", ".join([one] * len(some)) + tail, values)
            for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = key
                row._state.adding, row._state.db = False, database.alias
    return rows


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


def _protect(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for table in APPEND_ONLY:
                cursor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                    f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ocop_append_only()"
                )
            return
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def _unprotect(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


class ProtectEvents(migrations.RunPython):
    """Migration step that puts the append-only triggers on the event tables."""

    def __init__(self) -> None:
        super().__init__(
            lambda _apps, editor: _protect(editor.connection),
            lambda _apps, editor: _unprotect(editor.connection),
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})
