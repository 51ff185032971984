"""A group of scans on its way to PostgreSQL: one buffer, and two waits for the server.

psycopg's own `copy` turns every value by itself and waits three times, and after each wait this
thread must win the interpreter back from those who answer. So rows are made here, as binary COPY
wants them, and libpq is asked through `psycopg.pq`.
"""

import select
from collections.abc import Sequence
from functools import lru_cache
from struct import Struct, pack
from struct import error as StructError

import psycopg
from psycopg import pq

from ocop.traceability.journal import NotWritten, Scan

COPY = b"""
copy scan_journal (at, number, client, gtin, lot, version, place) from stdin (format binary)
"""
_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, nothing more in the head
_END = b"\xff\xff"
#: How many fields; then each with its length before it: at, number, and the length of the client.
_HEAD = Struct("!h iq iq i").pack
_FIELDS, _BIGINT, _SMALLINT = 7, 8, 2
_AT_ONCE = 1 << 16  # bytes given to libpq, which holds what the network does not take yet


def rows_of(scans: Sequence[Scan]) -> bytes:
    """All that COPY wants to read of them. NotWritten: there is a value that no scan has."""
    told = [_BEGIN]
    try:
        for at, gtin, lot, version, number, client, place in scans:
            told += (
                _HEAD(_FIELDS, _BIGINT, at, _BIGINT, number, len(client)),
                client,
                _tail(gtin, lot, version, place),
            )
    except (StructError, AttributeError, TypeError, UnicodeError) as error:
        raise NotWritten(f"not a scan: {error}") from error
    told.append(_END)
    return b"".join(told)


@lru_cache(maxsize=4096)
def _tail(gtin: str, lot: str, version: int, place: str) -> bytes:
    """What a crowd at one lot has in common."""
    code, number, where = gtin.encode(), lot.encode(), place.encode()
    form = f"!i{len(code)}s i{len(number)}s ih i{len(where)}s"
    held = (len(code), code, len(number), number, _SMALLINT, version, len(where), where)
    return pack(form, *held)


def copy(connection: psycopg.Connection, rows: bytes) -> None:
    """Copy them; they are committed, as the server understands that, when it returns."""
    server = connection.pgconn
    if server.exec_(COPY).status != pq.ExecStatus.COPY_IN:
        raise psycopg.DatabaseError(server.get_error_message())
    for start in range(0, len(rows), _AT_ONCE):
        if start:
            _flush(server)
        while not server.put_copy_data(rows[start : start + _AT_ONCE]):
            _flush(server)
    while not server.put_copy_end():
        _flush(server)
    _flush(server)
    failed = ""
    while (result := _result(server)) is not None:
        if result.status != pq.ExecStatus.COMMAND_OK:
            failed = failed or result.get_error_message()
    if failed:
        raise psycopg.DatabaseError(failed)


def _flush(server: pq.abc.PGconn) -> None:
    while server.flush():
        _wait(server, select.POLLIN | select.POLLOUT)
        server.consume_input()  # a server that is telling something may take nothing before


def _result(server: pq.abc.PGconn) -> pq.abc.PGresult | None:
    """What libpq gives next. `get_result` alone would keep everybody from the interpreter."""
    while server.is_busy():
        _wait(server, select.POLLIN)
        server.consume_input()
    return server.get_result()


def _wait(server: pq.abc.PGconn, what: int) -> None:
    waiting = select.poll()
    waiting.register(server.socket, what)
    waiting.poll()
