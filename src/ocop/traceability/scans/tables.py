"""Writing sums, thousands of rows at once: the one place here that knows the engines.

PostgreSQL is handed rows as a copy into a table beside, from where one statement takes them; SQLite
a statement that it prepares once and runs for every row. The framework would write the statement
anew for every value of every row, and arrays as values are written element by element; either took
most of the time.

A moment is handed over in milliseconds since 1970, as scans tell it.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import Model

_ROWS = 20_000  # of one question, handed over as arrays
_MOMENTS = 50_000  # that are kept as they are written: many rows share one
_AMONG = 20_000  # values of one question
Row = tuple[Any, ...]
Rows = Sequence[Row]


def add(
    model: type[Model], keys: Sequence[str], sums: Sequence[str], rows: Rows, *, where: str = ""
) -> None:
    """Add to the sums of rows, which are made where they are missing.

    A row holds its keys, then its sums; `where` is the condition of the unique index that tells one
    from the other.
    """
    changed = ", ".join(f'"{name}" = {_table(model)}."{name}" + excluded."{name}"' for name in sums)
    _put(model, (*keys, *sums), rows, f"({_named(keys)}) {where} DO UPDATE SET {changed}")


def replace(model: type[Model], keys: Sequence[str], values: Sequence[str], rows: Rows) -> None:
    """Put rows in the place of those with the same keys."""
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
    _put(model, (*keys, *values), rows, f"({_named(keys)}) DO UPDATE SET {changed}")


def insert(model: type[Model], columns: Sequence[str], rows: Rows) -> None:
    """Insert rows that are not there yet."""
    _put(model, columns, rows, f"({_named(columns)}) DO NOTHING")


def present(model: type[Model], columns: Sequence[str], rows: Collection[Row]) -> set[Row]:
    """Those of the rows, all numbers, that are there already."""
    table, named = _table(model), _named(columns)
    if connection.vendor == "postgresql":
        same = " AND ".join(f't."{name}" = u."{name}"' for name in columns)
        arrays = ", ".join(["%s::bigint[]"] * len(columns))
        wanted = ", ".join(f't."{name}"' for name in columns)
        return {
            tuple(row)
            for some in _portions(rows, _ROWS)
            for row in _fetched(
                f"SELECT {wanted} FROM unnest({arrays}) AS u({named}) JOIN {table} t ON {same}",
                _columns(some),
            )
        }
    same = " AND ".join(f'"{name}" = ?' for name in columns)
    ask = _sqlite().execute
    return {row for row in rows if ask(f"SELECT 1 FROM {table} WHERE {same}", row).fetchone()}


def picked(
    model: type[Model],
    columns: Sequence[str],
    fixed: str,
    value: int,
    by: str,
    among: Iterable[int],
) -> Iterator[Row]:
    """Columns of the rows in which one column is a value and another is among many."""
    select, table = f"SELECT {_named(columns)}", _table(model)
    for some in _portions(among, _AMONG):
        if connection.vendor == "postgresql":
            # A join: among so many values it would else look in each row of the table.
            wanted = f"{select} FROM unnest(%s::bigint[]) AS u(wanted) JOIN {table} t"
            on = f't."{by}" = u.wanted AND t."{fixed}" = %s'
            yield from _fetched(f"{wanted} ON {on}", [some, value])
        else:
            marks = ", ".join(["?"] * len(some))
            where = f'"{fixed}" = ? AND "{by}" IN ({marks})'
            yield from _sqlite().execute(f"{select} FROM {table} WHERE {where}", [value, *some])


def _put(model: type[Model], columns: Sequence[str], rows: Rows, then: str) -> None:
    if not rows:
        return
    head = f"INSERT INTO {_table(model)} ({_named(columns)})"
    if connection.vendor != "postgresql":
        marks = ", ".join(["?"] * len(columns))
        statement = f"{head} VALUES ({marks}) ON CONFLICT {then}"
        _sqlite().executemany(statement, _plain(model, columns, rows))
        return
    beside = connection.ops.quote_name(f"put_{model._meta.db_table}_{len(columns)}")
    named = _named(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {beside} ON COMMIT DELETE ROWS"
            f" AS SELECT {named} FROM {_table(model)} WITH NO DATA"
        )
        cursor.execute(f"TRUNCATE {beside}")
        with cursor.cursor.copy(f"COPY {beside} ({named}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([_type(model, name) for name in columns])
            for row in _written(model, columns, rows, _moment):
                copy.write_row(row)
        cursor.execute(f"{head} SELECT {named} FROM {beside} ON CONFLICT {then}")


def _fetched(query: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _sqlite() -> sqlite3.Connection:
    """The connection below the framework's, in its transaction."""
    connection.ensure_connection()
    below: sqlite3.Connection = connection.connection
    return below


def _plain(model: type[Model], columns: Sequence[str], rows: Rows) -> Iterable[Sequence[Any]]:
    """Rows with days and moments as the framework stores them in SQLite."""
    return _written(model, columns, rows, _moment_as_text, _day_as_text)


def _written(
    model: type[Model],
    columns: Sequence[str],
    rows: Rows,
    moment: Callable[[Any], Any],
    day: Callable[[Any], Any] | None = None,
) -> Iterable[Sequence[Any]]:
    """Rows with their moments, and their days, turned into something else."""
    fields = [_field(model, name) for name in columns]
    turns = [
        (place, turn)
        for place, field in enumerate(fields)
        if isinstance(field, models.DateField)
        if (turn := moment if isinstance(field, models.DateTimeField) else day) is not None
    ]
    return (_with(row, turns) for row in rows) if turns else rows


def _with(row: Row, turns: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    cells = list(row)
    for place, turn in turns:
        cells[place] = turn(cells[place])
    return cells


@lru_cache(maxsize=_MOMENTS)
def _moment(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC)


@lru_cache(maxsize=_MOMENTS)
def _moment_as_text(at: int | None) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None).isoformat(" ")


@lru_cache(maxsize=1000)
def _day_as_text(value: date) -> str:
    return value.isoformat()


def _field(model: type[Model], column: str) -> models.Field[Any, Any]:
    return next(each for each in model._meta.concrete_fields if each.column == column)


def _type(model: type[Model], column: str) -> str:
    field = _field(model, column)
    if isinstance(field, models.ForeignKey):
        return "bigint"
    return (field.db_type(connection) or "text").partition("(")[0]


def _columns(rows: Rows) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _portions(values: Iterable[Any], most: int) -> Iterator[list[Any]]:
    waiting = iter(values)
    while some := list(islice(waiting, most)):
        yield some


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
