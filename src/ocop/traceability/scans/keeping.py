"""What is kept how long: sums for ever, every single scan for a set time, the clients for two days.

A month that is over becomes a Parquet file. Its scans leave the journal only when they are counted,
in the file, and older than the office keeps them. Each step can be stopped anywhere and begun
again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ocop.traceability.journal import Source
from ocop.traceability.models import ForgedSource, ScanClient, ScanFile
from ocop.traceability.months import Month, bounds, month_of, written
from ocop.traceability.scans import draining, files, options, salts
from ocop.traceability.scans.days import day_number, day_of, number_of
from ocop.traceability.scans.knowing import milliseconds

#: Phones of a day are told apart until nothing of it is to come: two days after the last scan.
CLIENT_DAYS = timedelta(days=2)
_SETTLED = timedelta(days=1)  # after its end a month is complete in the journal
_AT_ONCE = 200_000  # scans read together
_ROWS = 5_000  # deleted in one statement


@dataclass(slots=True)
class Kept:
    """What a run did."""

    written: int = 0  # files
    let_go: int = 0  # scans that left the journal
    dropped: int = 0  # files deleted
    clients: int = 0  # rows of phones deleted


def keep(source: Source, *, at: datetime) -> Kept:
    """Do all of it."""
    did = Kept()
    salts.forget(before=timezone.localdate(at))
    name = source.name()
    if name:
        for month in source.months():
            did.written += _write(source, name, month, at)
            did.let_go += _let_go(source, name, month, at)
    did.dropped = _drop(at)
    did.clients = _forget_clients()
    return did


def path_of(row: ScanFile) -> Path:
    """Where a file is."""
    return Path(settings.OCOP_SCAN_FILES) / row.name


def _write(source: Source, name: str, month: Month, at: datetime) -> int:
    """Write the file of a month that is over and counted, if there is none. 1 if so."""
    _start, end = bounds(month)
    if milliseconds(at - _SETTLED) < end or draining.position(name).at < end:
        return 0
    if ScanFile.objects.filter(journal=name, month=written(month)).exists():
        return 0
    return _write_file(source, name, month, at)


def _write_file(source: Source, name: str, month: Month, at: datetime) -> int:
    portions = source.rows_of(month, _AT_ONCE)
    first = next(portions, None)
    if first is None:
        return 0
    file = f"scans-{written(month)}-{name.partition(':')[2]}.parquet"
    made = files.write(Path(settings.OCOP_SCAN_FILES) / file, _again(first, portions))
    told = {"name": file, "scans": made.scans, "size": made.size, "sha256": made.sha256}
    ScanFile.objects.update_or_create(
        journal=name, month=written(month), defaults={**told, "written_at": at}
    )
    return 1


def _again(first: list, rest: Iterator[list]) -> Iterator[list]:  # type: ignore[type-arg]
    yield first
    yield from rest


def _count(source: Source, month: Month) -> int:
    return sum(len(rows) for rows in source.rows_of(month, _AT_ONCE))


def _let_go(source: Source, name: str, month: Month, at: datetime) -> int:
    """Let a month's scans leave the journal once they are old enough and in their file."""
    old = milliseconds(at - timedelta(days=options.JOURNAL_DAYS.get()))
    if bounds(month)[1] > old:
        return 0
    row = ScanFile.objects.filter(journal=name, month=written(month)).first()
    if row is None:
        return 0
    if row.let_go_at is None:
        if row.scans != _count(source, month):
            _write_file(source, name, month, at)  # somebody wrote into it since
        ScanFile.objects.filter(pk=row.pk).update(let_go_at=at)  # from here it is not written anew
    return source.forget(month, draining.position(name).number)


def _drop(at: datetime) -> int:
    """Delete the files of months older than the office keeps."""
    year, number = month_of(milliseconds(at))
    oldest = divmod(year * 12 + number - 1 - options.FILE_MONTHS.get(), 12)
    last = written((oldest[0], oldest[1] + 1))
    gone = ScanFile.objects.filter(dropped_at=None, month__lt=last).exclude(let_go_at=None)
    count = 0
    for row in gone:
        files.drop(path_of(row))
        count += ScanFile.objects.filter(pk=row.pk).update(dropped_at=at)
    return count


def _forget_clients() -> int:
    """Phones of days of which nothing is to come. Reckoned from the last scan, not from a clock: a
    journal that waited for a week is counted as well as one of today."""
    until = draining.counted_until()
    if until is None:
        return 0
    last = day_of(day_number(milliseconds(until))) - CLIENT_DAYS
    count, _by_model = ForgedSource.objects.filter(day__lt=last).delete()
    old = ScanClient.objects.filter(day__lt=number_of(last)).order_by("day", "key", "client")
    while some := list(old.values_list("pk", flat=True)[:_ROWS]):
        count += ScanClient.objects.filter(pk__in=some)._raw_delete("default")
    return count
