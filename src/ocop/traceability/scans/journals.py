"""Where this installation's journal of scans is, as `OCOP_SCANS` tells it."""

from pathlib import Path

from django.conf import settings

from ocop.traceability.journal import Source, Store
from ocop.traceability.journal_postgres import PostgresSource, PostgresStore
from ocop.traceability.journal_sqlite import SqliteSource, SqliteStore

_POSTGRES = ("postgres://", "postgresql://")


def store() -> Store:
    """The journal for who writes scans; nothing is opened before the first of them."""
    place = str(settings.OCOP_SCANS)
    return PostgresStore(place) if place.startswith(_POSTGRES) else SqliteStore(Path(place))


def source() -> Source:
    """The same journal for who counts them."""
    place = str(settings.OCOP_SCANS)
    return PostgresSource(place) if place.startswith(_POSTGRES) else SqliteSource(Path(place))
