"""`ocop demo`: the demonstration comes into an empty installation, once."""

from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import options
from ocop.demonstration import queries
from ocop.demonstration.logins import LOGINS, PASSWORD
from ocop.recognition.models import Recognition

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))


def test_demonstration_comes_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    said = capsys.readouterr()
    assert PASSWORD in said.out
    assert all(login.email in said.out for login in LOGINS)
    before = Recognition.objects.count()
    assert before > 3000
    assert main(["demo", "--quiet"]) == 0
    assert Recognition.objects.count() == before
    assert capsys.readouterr().out == ""
    row = options.Option.objects.get(key=queries.VERSION.key)
    row.value = 99
    row.save()
    assert main(["demo", "--quiet"]) == 0
    assert "OCOP_DATA_DIR" in capsys.readouterr().err


def test_real_installation_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--province", "01", "--quiet"])
    assert main(["demo", "--quiet"]) == 1
    assert "OCOP_DATA_DIR" in capsys.readouterr().err
    assert not Recognition.objects.exists()


def test_folder_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("OCOP_DATA_DIR", str(file / "state"))
    assert main(["demo", "--quiet"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
