"""Two who take events in at the same moment lose and double nothing."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ocop.core.models import Event
from ocop.recognition.log import auditing, draining, keeping, projection
from ocop.recognition.models import LogEntry, LogHead, LogStep
from tests.councils.test_races import _protected_again, at_once, really_committed
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import decided

__all__ = ["_protected_again", "really_committed"]


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
def test_drains_at_once_take_each_event_once(now: datetime) -> None:
    stars = [RecognitionFactory() for _n in range(12)]
    for star in stars:
        decided(star, now=now)
    at_once(*[lambda: keeping.keep(at=now)] * 4)
    told = LogEntry.objects.filter(form="recognition")
    assert sorted(told.values_list("object_id", flat=True)) == [star.pk for star in stars]
    assert LogEntry.objects.filter(form="issuer-key").count() == 1
    assert list(LogEntry.objects.values_list("index", flat=True)) == list(range(13))
    assert LogHead.objects.get().size == 13
    assert LogStep.objects.count() == Event.objects.filter(name__in=projection.names()).count()
    assert auditing.audit(at=now).difference is None


@pytest.mark.postgres
@pytest.mark.usefixtures("really_committed")
def test_deciding_while_others_drain_loses_nothing(now: datetime) -> None:
    stars = [RecognitionFactory() for _n in range(6)]
    acts: list[Any] = [lambda star=star: decided(star, now=now) for star in stars]
    at_once(*acts, lambda: keeping.keep(at=now), lambda: keeping.keep(at=now))
    keeping.keep(at=now)
    assert LogEntry.objects.filter(form="recognition").count() == 6
    assert auditing.audit(at=now).difference is None


_BEGIN = """
from datetime import UTC, date, datetime
from django.core.management import call_command
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import decided
call_command("migrate", verbosity=0)
for _turn in range(40):
    decided(RecognitionFactory(), now=datetime(2026, 11, 23, tzinfo=UTC))
"""
_KEEP = """
from datetime import UTC, datetime
from ocop.recognition.log import keeping
keeping.keep(at=datetime(2026, 11, 23, tzinfo=UTC))
"""
_LOOK = """
from datetime import UTC, datetime
from ocop.recognition.log import auditing
from ocop.recognition.models import LogEntry
audit = auditing.audit(at=datetime(2026, 11, 23, 3, tzinfo=UTC))
told = set(LogEntry.objects.filter(form="recognition").values_list("object_id", flat=True))
assert (audit.entries, audit.published, audit.difference) == (41, 41, None), audit
assert len(told) == 40
"""


@pytest.mark.whole
def test_processes_at_once_on_sqlite_take_each_event_once(tmp_path: Path) -> None:
    """A file and processes of their own: threads on SQLite share one connection in tests."""
    root = Path(__file__).parents[3]
    told = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/o.sqlite3",
        "OCOP_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "ocop.settings",
        "PYTHONPATH": f"{root / 'src'}:{root}",
    }

    def begin(script: str) -> subprocess.Popen[bytes]:
        whole = f"import django; django.setup()\n{script}"
        return subprocess.Popen([sys.executable, "-c", whole], env={**os.environ, **told})

    assert begin(_BEGIN).wait() == 0
    keepers = [begin(_KEEP) for _n in range(3)]
    assert [keeper.wait() for keeper in keepers] == [0, 0, 0]
    assert begin(_LOOK).wait() == 0


@pytest.mark.django_db
def test_one_index_and_one_entry_of_an_event_are_the_tables_own_rule(now: datetime) -> None:
    decided(RecognitionFactory(), now=now)
    draining.drain(at=now)
    entry = LogEntry.objects.get(index=0)
    for index in (0, 7):
        with pytest.raises(IntegrityError), transaction.atomic():
            LogEntry.objects.create(
                index=index, event=entry.event, form=entry.form, kind=entry.kind,
                object_id=entry.object_id, leaf="{}", leaf_hash="",
            )  # fmt: skip
