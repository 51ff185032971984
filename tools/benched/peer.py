"""What the field runs: a page out of a template of Flask, the stamp found in a table, the scan
committed by itself."""

import os
import sqlite3
import threading
import time
from pathlib import Path

from flask import Flask, render_template_string, request

application = Flask(__name__)
_held = threading.local()
_FOLDER = Path(os.environ["OCOP_DATA_DIR"])
_PAGE = (_FOLDER / "page.html").read_text()
_GTIN, _LOT = (_FOLDER / "facts.txt").read_text().split("\n")[:2]


def _opened() -> sqlite3.Connection:
    if not hasattr(_held, "connection"):
        connection = sqlite3.connect(_FOLDER / "peer.sqlite3", timeout=30, isolation_level=None)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        _held.connection = connection
    found: sqlite3.Connection = _held.connection
    return found


@application.get("/S/<serial>")
def stamp(serial: str) -> tuple[str, int]:
    connection = _opened()
    row = connection.execute("select number from stamp where serial = ?", (serial,)).fetchone()
    if row is None:
        return "unknown", 404
    connection.execute(
        "insert into scan (at, gtin, lot, version, number, client, place) values (?,?,?,?,?,?,?)",
        (
            int(time.time() * 1000),
            _GTIN,
            _LOT,
            0,
            row[0],
            (request.remote_addr or "").encode(),
            "",
        ),
    )
    return render_template_string(_PAGE, serial=serial), 200
