"""Months of scans as Parquet files: small, sorted, and read by anything that analyses.

A file is written beside its place and moved there when it is on the disk, so it is there whole or
not at all. Scans stand in it as in the journal; the client is a hash whose salt is long gone.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np

from ocop.traceability.journal import Row

_MEMORY = "512MB"
_COLUMNS = """
    scanned_at timestamp_ms not null, gtin varchar not null, lot varchar not null,
    version tinyint not null, number bigint not null, client ubigint not null,
    place varchar not null
"""
#: Sorted as it is asked: what belongs to one product and lot stands together and packs small.
_COPY = """
    copy (select * from scan order by gtin, lot, version, number, scanned_at) to '{path}'
    (format parquet, compression zstd, row_group_size 500000)
"""
_INSERT = """
    insert into scan select make_timestamp_ms(scanned_at), gtin, lot, version, number, client, place
    from portion
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    scans: int
    size: int  # bytes
    sha256: str


def write(path: Path, portions: Iterable[Sequence[Row]]) -> Written:
    """Write a file of scans, in the place of one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        draft = Path(folder) / "draft.parquet"
        with _opened(Path(folder) / "sorting.duckdb", folder) as database:
            database.execute(f"create table scan ({_COLUMNS})")
            scans = sum(_take(database, rows) for rows in portions)
            database.execute(_COPY.format(path=_quoted(draft)))
        with draft.open("rb") as file:
            os.fsync(file.fileno())
            digest = file_digest(file, "sha256").hexdigest()
        size = draft.stat().st_size
        os.replace(draft, path)
    return Written(scans, size, digest)


def ask(
    folder: Path, question: str, values: Sequence[Any] = ()
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Answer a question in SQL about the view `scan` over all files of a folder: columns, rows.

    `scanned_at` is in UTC; `version` -1 is a look at a product, -2 a try of forged serials.
    """
    with duckdb.connect(config={"memory_limit": _MEMORY}) as database:
        found = sorted(str(path) for path in folder.glob("*.parquet"))
        if found:
            files = ", ".join(f"'{_quoted(path)}'" for path in found)
            database.execute(f"create view scan as select * from read_parquet([{files}])")
        else:
            database.execute(f"create table scan ({_COLUMNS})")
        answer = database.execute(question, list(values))
        return [name for name, *_rest in answer.description or ()], answer.fetchall()


def drop(path: Path) -> None:
    """Delete a file; that it is gone already is no fault."""
    with suppress(FileNotFoundError):
        path.unlink()


def _opened(path: Path, folder: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        str(path), config={"memory_limit": _MEMORY, "threads": 1, "temp_directory": folder}
    )


def _take(database: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> int:
    _ids, ats, gtins, lots, versions, numbers, clients, places = zip(*rows, strict=True)
    portion = {
        "scanned_at": np.array(ats, np.int64),
        "gtin": np.array(gtins, object),
        "lot": np.array(lots, object),
        "version": np.array(versions, np.int8),
        "number": np.array(numbers, np.int64),
        "client": np.array([int.from_bytes(each[:8], "big") for each in clients], np.uint64),
        "place": np.array(places, object),
    }
    database.register("portion", portion)
    database.execute(_INSERT)
    database.unregister("portion")
    return len(rows)


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")
