"""Loading the demonstration a second time."""

from datetime import datetime
from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.demonstration import queries
from ocop.demonstration.logins import LOGINS, PASSWORD
from ocop.demonstration.services import load
from ocop.recognition.models import Recognition
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))


def test_loading_again_changes_nothing(now: datetime) -> None:
    before = Recognition.objects.count()
    assert queries.is_current()
    assert load(actor=SYSTEM, at=now) is False
    assert Recognition.objects.count() == before


def test_command_adds_nothing_and_tells_who_may_sign_in(
    folder: None, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Recognition.objects.count()
    assert before > 3000
    assert main(["demo"]) == 0
    said = capsys.readouterr()
    assert PASSWORD in said.out
    assert all(login.email in said.out for login in LOGINS)
    assert main(["demo", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert Recognition.objects.count() == before


def test_older_version_is_known_as_such(folder: None, capsys: pytest.CaptureFixture[str]) -> None:
    row = options.Option.objects.get(key=queries.VERSION.key)
    row.value = row.value + 1
    row.save()
    assert queries.is_loaded()
    assert not queries.is_current()
    assert main(["demo", "--quiet"]) == 0
    assert "OCOP_DATA_DIR" in capsys.readouterr().err
