"""What is known of single stamps: how often they were looked at, and when their cover was opened.

Only stamps that somebody looked at have rows, and a page asks for one of them. Reads go in groups,
as commits of scans do (see `journal`): while one group is read the next gathers. So a crowd costs
one question to the database for fifty pages, and a single visitor never waits for others.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from ocop.traceability.serials import Stamp


@dataclass(frozen=True, slots=True)
class Seen:
    """What is told of one stamp: `first` and `opened` as days are written, "" for never."""

    scans: int = 0
    first: str = ""
    places: int = 0
    opened: str = ""


UNSEEN = Seen()
Group = dict[Stamp, list[asyncio.Future[Seen]]]
Read = Callable[[Collection[Stamp]], Mapping[Stamp, Seen]]


class Looks:
    """Gathers the questions of one event loop and asks them in groups, in a thread of its own."""

    def __init__(self, read: Read) -> None:
        """`read` may fail in no way: what it cannot tell it leaves out."""
        self._read = read
        self._loop = asyncio.get_running_loop()
        self._waiting: Group = defaultdict(list)
        self._asked: Group = defaultdict(list)
        self._late: Group = {}
        self._there = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="looks", daemon=True)
        self._thread.start()

    def of(self, stamp: Stamp) -> asyncio.Future[Seen]:
        """What is told of a stamp, as soon as it is read."""
        told = self._loop.create_future()
        with self._there:
            if not self._waiting:  # else it knows already
                self._there.notify()
            self._waiting[stamp].append(told)
        return told

    def relieve(self) -> None:
        """Let nobody wait any longer for what is being read since the last call: a page without its
        count is better than none."""
        with self._there:
            late, self._late = self._late, self._asked
        if late and late is self._late:
            _tell(late, {})

    async def close(self) -> None:
        """Answer what was asked, then end the thread."""
        with self._there:
            self._open = False
            self._there.notify()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while group := self._next():
            found: Mapping[Stamp, Seen] = {}
            try:
                found = self._read(group.keys())
            finally:  # nobody waits for ever for what nobody foresaw
                self._loop.call_soon_threadsafe(_tell, group, found)

    def _next(self) -> Group:
        with self._there:
            self._asked = {}
            while not self._waiting and self._open:
                self._there.wait()
            self._asked, self._waiting = self._waiting, defaultdict(list)
            return self._asked


def _tell(group: Group, found: Mapping[Stamp, Seen]) -> None:
    for stamp, waiting in group.items():
        for each in waiting:
            if not each.done():  # its request is gone, or was let go without
                each.set_result(found.get(stamp, UNSEEN))
