"""Writing sums, thousands of rows at once: the one place here that knows the engines.

PostgreSQL is handed each column as an array, SQLite a statement that it prepares once and runs for
every row. The framework would write the statement anew for every value of every row, which took
most of the time.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import Model

_ROWS = 20_000  # of one statement, handed over as arrays
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


def present(model: type[Model], columns: Sequence[str], rows: Rows) -> set[Row]:
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
    select = f'SELECT {_named(columns)} FROM {_table(model)} WHERE "{fixed}" = %s AND "{by}"'
    for some in _portions(among, _AMONG):
        if connection.vendor == "postgresql":
            yield from _fetched(f"{select} = ANY(%s)", [value, some])
        else:
            marks = ", ".join(["?"] * len(some))
            query = f"{select} IN ({marks})".replace("%s", "?", 1)
            yield from _sqlite().execute(query, [value, *some])


def _put(model: type[Model], columns: Sequence[str], rows: Rows, then: str) -> None:
    if not rows:
        return
    head = f"INSERT INTO {_table(model)} ({_named(columns)})"
    if connection.vendor != "postgresql":
        marks = ", ".join(["?"] * len(columns))
        statement = f"{head} VALUES ({marks}) ON CONFLICT {then}"
        _sqlite().executemany(statement, _plain(model, columns, rows))
        return
    types = ", ".join(f"%s::{_type(model, name)}[]" for name in columns)
    statement = f"{head} SELECT * FROM unnest({types}) ON CONFLICT {then}"
    with connection.cursor() as cursor:
        for some in _portions(rows, _ROWS):
            cursor.execute(statement, _columns(some))


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
    fields = [_field(model, name) for name in columns]
    days: list[tuple[int, Callable[[Any], Any]]] = [
        (place, _moment if isinstance(field, models.DateTimeField) else _day)
        for place, field in enumerate(fields)
        if isinstance(field, models.DateField)
    ]
    if not days:
        return rows
    return (_with(row, days) for row in rows)


def _with(row: Row, days: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    cells = list(row)
    for place, write in days:
        cells[place] = write(cells[place])
    return cells


def _day(value: date) -> str:
    return value.isoformat()


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


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
