"""Scans are written down in groups, and answered after they are on the disk.

A scan that was answered is never lost: the answer waits for the commit. So that waiting costs
little, nobody commits alone: while one group is being committed the next gathers, and goes as one
when the disk is done. There is no timer: an idle journal commits a scan at once.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from ocop.traceability.months import Month

#: What stands for a version where no stamp of ours was looked at: a product or a lot was.
NO_STAMP = -1
#: Serials that no key of ours made: `number` tells how many of them one client tried since the line
#: before. A flood of them so costs a line a moment, and nobody waits for it.
FORGED = -2


class Scan(NamedTuple):
    """One look at a code. Nothing in it says who looked.

    `client`: eight bytes of a hash of address and browser with the salt of the day, so that one
    phone is one phone within a day and nobody the day after. `place`: code of a province, or "".
    """

    at: int  # milliseconds since 1970
    gtin: str  # or the own code of a sales unit without one; "" for stamps of such
    lot: str
    version: int  # of the key of its serial; else NO_STAMP or FORGED
    number: int  # in the sequence of that key; of FORGED how many
    client: bytes
    place: str


class Store(Protocol):
    """Where scans are kept. One thread uses it."""

    def append(self, scans: Sequence[Scan]) -> None:
        """Write them; on return they outlive a loss of power. NotWritten: none of them does."""

    def close(self) -> None:
        """Let go of files and connections."""


#: A scan as it is read: its number in the journal, then the fields of `Scan`.
Row = tuple[int, int, str, str, int, int, bytes, str]


class Source(Protocol):
    """A journal as who counts its scans reads it.

    Numbers rise in the order in which scans are read. What `rows_after` once passed over never
    comes: it stops before a number that somebody may still commit. NotRead: whenever that fails.
    """

    def name(self) -> str:
        """The name that this journal was born with; "" while there is none."""

    def rows_after(self, last: int, most: int) -> list[Row]:
        """The scans after a number, at most so many."""

    def at_of(self, number: int) -> int | None:
        """When the scan of a number was made; None where there is no such."""

    def last_until(self, at: int) -> int:
        """The number of the last scan made at a moment or before it; 0 for none."""

    def months(self) -> list[Month]:
        """The months of which there may be scans, the oldest first."""

    def rows_of(self, month: Month, most: int) -> Iterator[list[Row]]:
        """The scans of a month, in pieces."""

    def forget(self, month: Month, below: int) -> int:
        """Let go of the scans of a month whose numbers are lower; how many there were."""


class NotRead(RuntimeError):
    """The journal could not be read for now: busy, or not answering. Nothing is lost by it."""


class NotWritten(RuntimeError):
    """A scan could not be written down, so it must not be answered as if it were."""


Waiting = list[tuple[Scan, asyncio.Future[None]]]


class Journal:
    """Gathers the scans of one event loop and commits them in groups, in a thread of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._waiting: Waiting = []
        self._there = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def write(self, scan: Scan) -> asyncio.Future[None]:
        """Done when the scan is durable. NotWritten: its group failed, the journal is closed."""
        done = self._loop.create_future()
        with self._there:
            if not self._open:
                raise NotWritten("the journal is closed")
            if not self._waiting:  # else it knows already
                self._there.notify()
            self._waiting.append((scan, done))
        return done

    async def close(self) -> None:
        """Commit what was taken, then let the store go."""
        with self._there:
            self._open = False
            self._there.notify()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        group: Waiting = []
        try:
            while group := self._next():
                self._commit(group)
        finally:  # also where something broke that nobody foresaw: nobody waits for ever
            with self._there:
                self._open = False
                group, self._waiting = [*group, *self._waiting], []
            self._tell(group, NotWritten("the journal has stopped"))
            self._store.close()

    def _next(self) -> Waiting:
        """All that wait, as soon as anything does; nothing once the journal is closed and empty."""
        with self._there:
            while not self._waiting and self._open:
                self._there.wait()
            group, self._waiting = self._waiting, []
            return group

    def _commit(self, group: Waiting) -> None:
        failed: NotWritten | None = None
        try:
            self._store.append([scan for scan, _done in group])
        except NotWritten as error:
            failed = error
        self._tell(group, failed)

    def _tell(self, group: Waiting, failed: NotWritten | None) -> None:
        if group:
            self._loop.call_soon_threadsafe(_done, [done for _scan, done in group], failed)


def _done(waiting: list[asyncio.Future[None]], failed: NotWritten | None) -> None:
    for each in waiting:
        if each.done():  # told already, or its request is gone
            continue
        if failed is None:
            each.set_result(None)
        else:
            each.set_exception(failed)
