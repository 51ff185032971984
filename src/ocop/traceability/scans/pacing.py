"""How many scans are counted in one transaction, and how long others are let in between.

Where one writer at a time is let in (SQLite), an office form waits for whoever counts. Many at once
cost far less for each, so many are taken while nobody else writes, and few, with rests, as soon and
as long as somebody does. Where writers do not wait for each other many are always taken.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ocop.core import db

MOST = 20_000  # scans at once
FEWEST = 100
_ALONE, _BESIDE = 0.2, 0.003  # seconds for which others may be kept waiting
_REST_ALONE, _REST_BESIDE = 0.005, 0.01
_REMEMBERED = 2.0  # seconds after somebody wrote, in which more of it is expected


@dataclass(slots=True)
class Pace:
    """Of one run. `portion`: how many to take next, from `fewest` to `most`; `beside`: how long
    others are kept waiting who write as well; `least_rest`: between two portions, in seconds.
    `mark_of`: see `db.mark_of_others`."""

    mark_of: Callable[[], int | None] = db.mark_of_others
    clock: Callable[[], float] = time.monotonic
    most: int = MOST
    fewest: int = FEWEST
    beside: float = _BESIDE
    least_rest: float = _REST_ALONE
    portion: int = 0
    _alone: bool = True
    _held: float = 0.0
    _wrote_at: float = float("-inf")
    _mark: int | None = None

    def __post_init__(self) -> None:
        self._mark = self.mark_of()
        self.portion = self.most if self._mark is None else self.fewest

    def took(self, scans: int, seconds: float) -> None:
        """So many were written, in a transaction of that length."""
        mark = self.mark_of()
        if mark is None:
            return
        if mark != self._mark:
            self._mark, self._wrote_at = mark, self.clock()
        self._alone = self.clock() - self._wrote_at > _REMEMBERED
        self._held = seconds
        within = _ALONE if self._alone else self.beside
        fits = round(scans * within / max(seconds, 1e-6))
        self.portion = max(self.fewest, min(fits, 2 * self.portion, self.most))

    def rest(self) -> None:
        """Let others in; on a busy machine for as long as they were kept out."""
        if self._mark is not None:
            rest = _REST_ALONE if self._alone else max(_REST_BESIDE, self._held)
            time.sleep(max(rest, self.least_rest))
