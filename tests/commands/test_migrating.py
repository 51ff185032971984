"""Upgrading a database whose rows a new constraint would refuse: said in one line, nothing done."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "OCOP_DATA_DIR": str(folder), "DATABASE_URL": "", "LANG": "vi_VN.UTF-8"}
    del env["DATABASE_URL"]
    return subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, env=env
    )


def _put(database: sqlite3.Connection, table: str, **facts: object) -> None:
    """A row with these facts; what else must not be empty holds nothing of interest."""
    columns = database.execute(f"PRAGMA table_info({table})").fetchall()
    filled = {
        name: 0 if "int" in kind or "bool" in kind else "{}"
        for _n, name, kind, needed, _default, key in columns
        if needed and not key
    }
    told = filled | facts
    marks = ", ".join("?" * len(told))
    database.execute(
        f"INSERT INTO {table} ({', '.join(told)}) VALUES ({marks})", tuple(told.values())
    )


def test_what_stands_twice_is_named_and_nothing_is_half_done(tmp_path: Path) -> None:
    before = ("django", "migrate", "ocop", "0012", "--settings", "ocop.settings")
    assert _run(tmp_path, *before).returncode == 0
    database = sqlite3.connect(tmp_path / "ocop.sqlite3")
    database.execute("PRAGMA foreign_keys = OFF")
    at = "2026-06-01 01:30:00"
    for code in ("hoidong1", "hoidong2"):
        told = {"code": code, "decision_number": "815/QĐ-UBND", "decided_on": "2026-03-02"}
        _put(database, "ocop_council", name="Hội đồng OCOP", **told, created_at=at)
    for code, state in (("phien111", "planned"), ("phien222", "closed"), ("phien333", "cancelled")):
        told = {"code": code, "council_id": 1, "kind": "meeting", "starts_at": at, "state": state}
        _put(database, "ocop_sitting", **told, passing=1, created_at=at)
    database.commit()
    refused = _run(tmp_path, "ocop", "init", "--province", "01")
    assert refused.returncode == 1
    line = refused.stderr.strip().splitlines()[-1]
    assert "hội đồng theo quyết định 815/QĐ-UBND ngày 02/03/2026 (2 lần)" in line
    assert "cùng lúc 08:30 01/06/2026 của Hội đồng OCOP (2 lần)" in line
    assert "rồi chạy lại lệnh này" in line
    assert "Traceback" not in refused.stderr
    done = "SELECT count(*) FROM django_migrations WHERE app = 'ocop' AND name LIKE '0013%'"
    assert database.execute(done).fetchone() == (0,)
    database.execute("UPDATE ocop_council SET decided_on = '2026-03-03' WHERE code = 'hoidong2'")
    database.execute("UPDATE ocop_sitting SET state = 'cancelled' WHERE code = 'phien222'")
    database.commit()
    again = _run(tmp_path, "django", "migrate", "ocop", "0013", "--settings", "ocop.settings")
    assert again.returncode == 0
    assert database.execute(done).fetchone() == (1,)
