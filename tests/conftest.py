"""Fixtures that every room's tests share."""

import gc
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# Tests never touch the state of a running system: what they start reads this, and the settings,
# which are read before, are told in a fixture.
os.environ["OCOP_DATA_DIR"] = tempfile.mkdtemp(prefix="ocop-test-")
STATIC = Path(os.environ["OCOP_DATA_DIR"]) / "static"
_NUMBERS = count()
STATIC.mkdir()  # the server warns where it is missing
# Commands look for the installation's file before they start; the tests' database is another.
(Path(os.environ["OCOP_DATA_DIR"]) / "ocop.sqlite3").touch()
os.environ.setdefault("OCOP_SECRET_KEY", "tests only")

from hypothesis import HealthCheck, settings as hypothesis_settings  # noqa: E402, I001

hypothesis_settings.register_profile(
    "ocop", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("ocop")


class _ByFile(LoadFileScheduling):
    """What a file loads, units and laws, is loaded by one worker only, and so is the demonstration
    province, which many files look at."""

    def _split_scope(self, nodeid: str) -> str:
        loaded = "tests/demonstration/loaded/"
        return loaded if nodeid.startswith(loaded) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Hand tests out by file."""
    return _ByFile(config, log)


def pytest_collection_finish() -> None:
    """What all tests share is never garbage; looking at it again and again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _test_settings(settings: object) -> None:
    """Files go to the test's own folder; static files need no manifest; passwords hash fast."""
    own = Path(os.environ["OCOP_DATA_DIR"]) / str(next(_NUMBERS))  # `tmp_path` looks at all others
    own.mkdir()
    settings.MEDIA_ROOT = own / "files"
    settings.OCOP_KEYS_DIR = own / "keys"
    settings.OCOP_SCANS = str(own / "scans.sqlite3")
    settings.OCOP_SCAN_FILES = own / "scans"
    settings.OCOP_PUBLIC_REGISTER_DIR = own / "public-register"
    settings.STATIC_ROOT = STATIC
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OCOP_CHANNELS = {"email": "ocop.people.channels.mail.Mail"}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """Every test starts in Vietnamese and leaves no language behind."""
    from django.utils import translation

    from ocop.core import language

    with language.using("vi"), translation.override("vi"):
        yield


@pytest.fixture
def now() -> datetime:
    """The moment at which tests act: 2026-11-23, 09:00 in Hà Nội."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All units and laws, gone again after the file: loading them takes seconds."""
    from django.db import transaction

    from ocop.core.actor import SYSTEM
    from ocop.criteria.services import load_decree
    from ocop.places.services import load_units

    loaded_at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(actor=SYSTEM, at=loaded_at)
        load_decree(actor=SYSTEM, at=loaded_at)
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        _sweep()


def _sweep() -> None:
    """PostgreSQL keeps rows that were taken back until somebody sweeps; every later question about
    units would walk past them."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 1000")
        for (table,) in cursor.fetchall():
            cursor.execute(f'VACUUM "{table}"')
