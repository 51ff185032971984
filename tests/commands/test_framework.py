"""What the commands share: folder, progress, tables, static files."""

import json
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.db import OperationalError
from django.db.migrations import executor
from pytest_django import Settings

from ocop.__main__ import main
from ocop.commands import _framework, _install
from ocop.core import language
from ocop.core.refusals import Refused
from ocop.people.models import User


def test_folder_is_made_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "a" / "b"))
    assert _framework.data_folder() == tmp_path / "a" / "b"
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_steps_are_lines_away_from_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with _framework.Steps(2) as steps:
        assert steps.run("một", lambda: 1) == 1
        assert steps.run("hai", lambda: 2) == 2
    assert capsys.readouterr().err == "một\nhai\n"
    with _framework.Steps(1, quiet=True) as steps:
        steps.run("ba", lambda: None)
    assert capsys.readouterr().err == ""


def test_steps_are_a_bar_on_a_terminal_that_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with _framework.Steps(1, quiet=True) as steps:
        assert steps.run("một", lambda: "xong") == "xong"
    assert "một\n" not in capsys.readouterr().err


def test_steps_let_a_failure_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    def fail() -> None:
        raise Refused("no", "không được")

    with pytest.raises(Refused), _framework.Steps(1) as steps:
        steps.run("một", fail)


def test_terminal_of_another_language_reads_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "en")
    with language.using("vi"):
        assert main(["serve", "--port", "0"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_database_that_does_not_answer_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_arguments: object) -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(executor, "MigrationExecutor", unreachable)
    with pytest.raises(Refused) as refusal:
        _install.tables_are_current()
    assert refusal.value.code == "database_unreachable"
    assert len(refusal.value.message.splitlines()) == 1


@pytest.mark.django_db
def test_migrating_again_does_nothing() -> None:
    assert _install.tables_are_current()
    _install.migrate()
    assert _install.tables_are_current()


@pytest.mark.whole
@pytest.mark.parametrize("packaged", [True, False])
def test_static_files_are_collected_once(
    packaged: bool, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path))
    if packaged:
        settings.STATICFILES_DIRS, settings.INSTALLED_APPS = [], ["django.contrib.staticfiles"]
        monkeypatch.setattr(_install, "_BUILDER", tmp_path / "missing.py")
    _install.static_files()
    manifest = tmp_path / "static" / "staticfiles.json"
    first = manifest.stat().st_mtime_ns
    assert "paths" in json.loads(manifest.read_text())
    _install.static_files()
    assert manifest.stat().st_mtime_ns == first


@pytest.mark.whole
def test_a_start_after_an_upgrade_serves_the_new_static_files(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of a checkout: their stamp is of what an older version brought."""
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path))
    _install.static_files()
    manifest, stamp = (settings.STATIC_ROOT / name for name in ("staticfiles.json", ".stamp"))
    wanted = manifest.read_text()
    manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    stamp.write_text("of an older version")
    _install.static_files()
    assert manifest.read_text() == wanted


def test_a_start_after_an_upgrade_of_a_package_serves_its_new_static_files(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "brought"]
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    get_finder.cache_clear()
    monkeypatch.setattr(_install, "_BUILDER", tmp_path / "missing.py")
    brought = tmp_path / "brought" / "ocop.css"
    brought.parent.mkdir()
    for text in ("a{color:red}", "a{color:tan}"):
        brought.write_text(text)
        _install.static_files()
        assert (tmp_path / "static" / "ocop.css").read_text() == text
    get_finder.cache_clear()


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "made"), [(("rừng thông xa", "rừng thông xa"), 1), (("rừng thông xa", "khác"), 0)]
)
def test_password_is_asked_twice_on_a_terminal(
    answers: tuple[str, str],
    made: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = list(answers)
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: " mot@donvi.example ")
    monkeypatch.setattr("getpass.getpass", lambda _question: given.pop(0))
    assert main(["init", "--province", "01", "--quiet"]) == 1 - made
    assert User.objects.filter(email="mot@donvi.example").count() == made
    assert "rừng" not in capsys.readouterr().out
