"""What has run out in the cache that all processes share."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import connection


def forget(*, at: datetime) -> int:
    """Delete what has run out; how many entries. The cache itself does so only once it is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    until = connection.ops.adapt_datetimefield_value(
        at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE expires < %s LIMIT 1", [until])
        if cursor.fetchone() is None:
            return 0  # read only: the worker asks again and again
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [until])
        return int(cursor.rowcount)
