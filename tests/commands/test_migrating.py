"""Databases of before the steps of the tables were put together."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole
STEPS = import_module("ocop.migrations.0001_tables").Migration.replaces


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "OCOP_DATA_DIR": str(folder), "LANG": "vi_VN.UTF-8"}
    env.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, env=env
    )


def _kept_steps(folder: Path, gone: str, *steps: tuple[str, str]) -> set[str]:
    """What the database keeps as done, after the steps told took the place of those gone."""
    with closing(sqlite3.connect(folder / "ocop.sqlite3")) as database, database:
        if steps:
            database.execute(
                "DELETE FROM django_migrations WHERE app = 'ocop' AND name LIKE ?", [gone]
            )
            database.executemany(
                "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-11-30')",
                steps,
            )
        rows = database.execute("SELECT name FROM django_migrations WHERE app = 'ocop'")
        return {name for (name,) in rows}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert _run(folder, "ocop", "init", "--province", "01").returncode == 0
    return folder


def test_a_database_that_took_every_step_goes_on(made: Path) -> None:
    _kept_steps(made, "0001_tables", *STEPS)
    again = _run(made, "ocop", "init", "--province", "01")
    assert again.returncode == 0, again.stderr


def test_one_that_lacks_a_step_is_refused_in_one_line_and_left_alone(made: Path) -> None:
    kept = _kept_steps(made, "%", *STEPS[:-1])
    refused = _run(made, "ocop", "init", "--province", "01")
    assert refused.returncode == 1
    assert "Hãy chạy bản tháng 11/2026 một lần" in refused.stderr.strip().splitlines()[-1]
    assert "Traceback" not in refused.stderr
    assert _kept_steps(made, "") == kept
