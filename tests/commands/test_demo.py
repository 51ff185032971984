"""`ocop demo` where the demonstration may not come."""

from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.recognition.models import Recognition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground"), pytest.mark.whole]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))


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
