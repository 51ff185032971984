"""What is known of single stamps, read from the tables (see `seen`).

In plain SQL: this is asked for every page of a stamp, and the mapper would take longer to write the
question than the database to answer it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import connection

from ocop.core.numbers import write_date
from ocop.core.zone import ZONE
from ocop.traceability.models import StampKey, StampOpening
from ocop.traceability.seen import Seen
from ocop.traceability.serials import Stamp

_OPENED = (
    f"select k.version, o.number, o.opened_at from {StampOpening._meta.db_table} o"
    f" join {StampKey._meta.db_table} k on k.id = o.key_id"
    " where k.version = %s and o.opened_at is not null and o.number in ({})"
)
_SEEN = (
    "select version, number, scans, first_at, places from {table}"
    " where version = %s and number in ({})"
)


def told_of(stamps: Collection[Stamp]) -> Mapping[Stamp, Seen]:
    """What is told of those stamps of which anything is."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for stamp in stamps:
        numbers[stamp.version].append(stamp.number)
    opened = {Stamp(version, number): _day(at) for version, number, at in _rows(_OPENED, numbers)}
    found = {stamp: Seen(opened=day) for stamp, day in opened.items()}
    model = apps.all_models["ocop"].get("stampseen")
    if model is not None:
        query = _SEEN.replace("{table}", model._meta.db_table)
        for version, number, scans, first, places in _rows(query, numbers):
            stamp = Stamp(version, number)
            found[stamp] = Seen(scans, _day(first), places, opened.get(stamp, ""))
    return found


def _rows(query: str, numbers: Mapping[int, list[int]]) -> Iterable[Any]:
    found: list[Any] = []
    with connection.cursor() as cursor:
        for version, some in numbers.items():
            places = ",".join(["%s"] * len(some))
            cursor.execute(query.replace("{}", places), [version, *some])
            found += cursor.fetchall()
    return found


def _day(at: Any) -> str:
    """A moment as the database gives it, as a day is written."""
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return write_date(moment.astimezone(ZONE).date())
