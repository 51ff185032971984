"""What is known of single stamps, read from the tables (see `seen`)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from ocop.core.numbers import write_date
from ocop.core.zone import ZONE
from ocop.traceability.models import StampOpening
from ocop.traceability.seen import Seen
from ocop.traceability.serials import Stamp


def told_of(stamps: Collection[Stamp]) -> Mapping[Stamp, Seen]:
    """What is told of those stamps of which anything is."""
    opened = {
        Stamp(version, number): _day(at)
        for version, number, at in _rows(
            StampOpening.objects.exclude(opened_at=None), stamps, "key__version", "opened_at"
        )
    }
    seen = {
        Stamp(version, number): Seen(
            scans, _day(first), places, opened.get(Stamp(version, number), "")
        )
        for version, number, scans, first, places in _looks(stamps)
    }
    return {stamp: Seen(opened=day) for stamp, day in opened.items()} | seen


def _looks(stamps: Collection[Stamp]) -> Iterator[Any]:
    model: Any = apps.all_models["ocop"].get("stampseen")
    if model is None:
        return iter(())
    return _rows(model.objects.all(), stamps, "version", "scans", "first_at", "places")


def _rows(rows: Any, stamps: Collection[Stamp], version: str, *fields: str) -> Iterator[Any]:
    numbers: dict[int, list[int]] = defaultdict(list)
    for stamp in stamps:
        numbers[stamp.version].append(stamp.number)
    wanted = Q()
    for each, some in numbers.items():
        wanted |= Q(**{version: each, "number__in": some})
    return iter(rows.filter(wanted).order_by().values_list(version, "number", *fields))


def _day(at: datetime) -> str:
    return write_date(at.astimezone(ZONE).date())
