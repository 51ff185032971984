"""Everything that speaks to one database engine by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("ocop_event", "ocop_eventobject")

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


@contextmanager
def events_unprotected(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift the triggers for a block. For tests that must flush tables; nothing else calls it."""
    _unprotect(connection)
    try:
        yield
    finally:
        _protect(connection)
