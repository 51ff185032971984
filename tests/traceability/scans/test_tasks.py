"""The worker counts scans at every look, and goes on where a journal cannot be read."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from ocop.__main__ import main
from ocop.commands import work
from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.traceability.models import ScanFile, ScanPlaceDay
from ocop.traceability.scans import salts, tasks
from tests.traceability.scans.scenery import START, build, look, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    build()


def test_a_turn_counts_what_waits(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localtime", lambda *_value: now.replace(hour=1))
    write(look(), look())
    post = work.Post()
    post.turn()
    assert ScanPlaceDay.objects.get().scans == 2
    write(look())
    post.turn()
    assert ScanPlaceDay.objects.get().scans == 3


def test_once_counts_and_keeps(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_jobs", lambda **_named: None)
    salts.folder().mkdir(parents=True)
    for name in ("2026-11-22", "2026-11-23"):
        (salts.folder() / name).write_bytes(b"salt")
    write(look(START - 40 * 86_400_000), look(START))
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert main(["work", "--once"]) == 0
    assert ScanFile.objects.get().month == "2026-10"
    assert [path.name for path in salts.folder().iterdir()] == ["2026-11-23"]


def test_nightly_look_keeps_scans_once(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    write(look(START - 40 * 86_400_000), look(START))
    monkeypatch.setattr(timezone, "now", lambda: now)
    clock = [now.replace(hour=1)]
    monkeypatch.setattr(timezone, "localtime", lambda *_value: clock[0])
    post = work.Post()
    post.turn()
    assert not ScanFile.objects.exists()
    clock[0] = now.replace(hour=3)
    post.turn()
    assert ScanFile.objects.count() == 1
    ScanFile.objects.all().delete()
    clock[0] += timedelta(hours=1)
    post.turn()
    assert not ScanFile.objects.exists()


def test_journal_that_cannot_be_read_stops_no_letter(
    settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"no database at all, but a file of some length" * 40)
    settings.OCOP_SCANS = str(broken)
    with caplog.at_level(logging.WARNING, logger="ocop.scans"):
        assert tasks.count_scans(seconds=1, stop=lambda: False) == 0
    assert "cannot be read now" in caplog.text
