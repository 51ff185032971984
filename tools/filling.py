"""Millions of rows for the benchmarks, made by the database itself out of one of them."""

from django.db import connection, models


def copies(row: models.Model, many: int, **changed: str) -> None:
    """So many copies of a row that is there; columns named in `changed` are SQL over `n`, which
    counts from 0. The row itself goes away."""
    columns = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    table = connection.ops.quote_name(row._meta.db_table)
    named = ", ".join(f'"{column}"' for column in columns)
    cells = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    counted = f"SELECT 0 AS n UNION ALL SELECT n + 1 FROM s WHERE n + 1 < {many}"
    head, series = f"WITH RECURSIVE s(n) AS ({counted}) ", "s"
    if connection.vendor == "postgresql":
        head, series = "", f"generate_series(0, {many - 1}) AS s(n)"
    with connection.cursor() as cursor:
        where = f't."{row._meta.pk.column}" = {int(row.pk)}'
        cursor.execute(
            f"{head}INSERT INTO {table} ({named}) SELECT {cells} FROM {series}, {table} t"
            f" WHERE {where}"
        )
        cursor.execute(f"DELETE FROM {table} AS t WHERE {where}")
