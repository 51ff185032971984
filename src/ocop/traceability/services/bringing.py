"""Many events at once, written so that nobody who writes something else waits for long."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from ocop.core.actor import Actor
from ocop.producers.models import Producer
from ocop.traceability.epcis.documents import Raw
from ocop.traceability.scans.pacing import Pace
from ocop.traceability.services.capturing import Captured, NotCaptured, capture, look

_MOST, _FEWEST = 1_000, 10  # events in one transaction; the fewest where others write as well
_BESIDE = 0.05  # seconds for which they may be kept waiting then
#: Seconds between two: SQLite asks again every tenth of a second, and whoever waits must meet one.
_REST = 0.11


def bring(
    *,
    actor: Actor,
    raws: Sequence[Raw],
    proceed: bool = False,
    owner: Producer | None = None,
    owners: Mapping[str, Producer] | None = None,
    clock: Callable[[], datetime],
    done: Callable[[int, int], None] | None = None,
) -> Captured:
    """Take events in, all or, with `proceed`, those that hold; `done` is told how far it is.

    Everything is looked at before anything is written. After that only what others did meanwhile
    can be wrong: it is told, and what was written stays, for the same document may be brought again
    and finds it known; so it is with a run that was cut off.
    """
    looked = look(actor=actor, raws=raws, owner=owner, owners=owners, at=clock())
    if looked.problems and not proceed:
        raise NotCaptured(looked.problems)
    fresh = [raw for raw in raws if raw.place in looked.fresh]
    all_told = Captured(known=looked.known, problems=looked.problems)
    for some in _portions(fresh):
        told = capture(actor=actor, raws=some, proceed=True, owner=owner, owners=owners, at=clock())
        all_told.new += told.new
        all_told.known += told.known
        all_told.problems += told.problems
        if done is not None:
            done(len(all_told.new), len(fresh))
    return all_told


def _portions(raws: Sequence[Raw]) -> Iterator[list[Raw]]:
    pace = Pace(most=_MOST, fewest=_FEWEST, beside=_BESIDE, least_rest=_REST)
    waiting = iter(raws)
    while some := list(islice(waiting, pace.portion)):
        began = time.monotonic()
        yield some
        pace.took(len(some), time.monotonic() - began)
        pace.rest()
