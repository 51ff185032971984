"""Keeps what a resolver knows as new as the tables, in a thread of its own.

Everything is read once; then four times a second the table of events is asked whether anything
happened, and only what an act touched is read again. Where the database does not answer, what is
known goes on being told.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from ocop.core import zone
from ocop.traceability import reference_rows, salts, stamp_keys
from ocop.traceability.following import EVERYTHING, NOTHING, Changes, Follower
from ocop.traceability.reference import ItemFact, LotFact, OrderFact, Reference
from ocop.traceability.serials import Reader
from ocop.web.stamps import pages
from ocop.web.stamps.splicing import Page

_EVERY = 0.25  # seconds
_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class News:
    """What was read: everything, or what changed. `reader` None: as before, or no keys to read
    serials with (`keyless`)."""

    changes: Changes
    all: Reference | None = None
    items: tuple[ItemFact, ...] = ()
    lots: tuple[LotFact, ...] = ()
    orders: tuple[OrderFact, ...] = ()
    reader: Reader | None = None
    keyless: bool = False
    refusals: Mapping[tuple[str, str], Page] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Today, and its salt."""

    day: date
    salt: bytes


Tell = Callable[[News], None]


class Holding:
    """The thread. `tell`, `turn` and `missed`, that it could not be read, are called in the event
    loop."""

    def __init__(self, tell: Tell, turn: Callable[[Day], None], missed: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._tell, self._turn, self._missed = tell, turn, missed
        self._stop = threading.Event()
        self._follower = Follower()
        self._day: date | None = None
        self._began = False
        self._thread = threading.Thread(target=self._run, name="reference", daemon=True)
        self._thread.start()

    async def close(self) -> None:
        """End the thread."""
        self._stop.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        troubled = False
        while True:
            try:
                close_old_connections()
                self._look()
                troubled = False
            except (DatabaseError, OSError) as error:
                connection.close()
                if not troubled:  # once, not four times a second
                    _log.error("resolver: what changed cannot be read: %s", error)
                    self._say(lambda _error: self._missed(), error)
                troubled = True
            if self._stop.wait(_EVERY):
                break
        connection.close()

    def _look(self) -> None:
        today = zone.today()
        if today != self._day:
            self._say(self._turn, Day(today, salts.of(today)))
            self._day = today
            if self._began:
                self._say(self._tell, stars_of_today())
        if not self._began:
            self._follower.begin()
            self._say(self._tell, everything())
            self._began = True
        elif changes := self._follower.changes(time.monotonic()):
            self._say(self._tell, everything() if changes.everything else _changed(changes))

    def _say(self, to: Callable[[T], None], what: T) -> None:
        if not self._stop.is_set():
            self._loop.call_soon_threadsafe(to, what)


def everything() -> News:
    """All there is."""
    reader, keyless = _reader()
    return News(
        EVERYTHING,
        all=reference_rows.everything(),
        reader=reader,
        keyless=keyless,
        refusals=pages.refusals(),
    )


def stars_of_today() -> News:
    """Sales units anew: with a day stars begin and end, and no act says so."""
    return News(NOTHING, items=tuple(reference_rows.items(None)))


def _changed(changes: Changes) -> News:
    reader, keyless = _reader() if changes.keys else (None, False)
    return News(
        changes,
        items=tuple(reference_rows.items(changes.items)) if changes.items else (),
        lots=tuple(reference_rows.lots(changes.lots)) if changes.lots else (),
        orders=tuple(reference_rows.orders(changes.orders)) if changes.orders else (),
        reader=reader,
        keyless=keyless,
    )


def _reader() -> tuple[Reader | None, bool]:
    """What reads serials. Without the right file of keys nothing can be said of any: a stamp of
    ours must not be called forged for that."""
    try:
        return Reader(stamp_keys.serial_keys()), False
    except stamp_keys.StampKeysWrong as wrong:
        _log.error("resolver: %s", wrong.message)
        return None, True
