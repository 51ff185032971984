"""What goes over from one dossier into the next, where the criteria may be others (pure).

Codes say different things in different sets and decrees, topics do not. So a criterion is followed
only where nothing is guessed: by its code and name, or by a topic that each of the two sets has
just once. A level goes over as a proposal only where the criterion offers the same levels on the
same conditions; whether it still holds is for the producer to say.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ocop.criteria.sets import CriteriaSet, Criterion


class Lasting(StrEnum):
    """Whether a paper holds until the council's day."""

    EXPIRED = "expired"
    ENDS = "ends"  # before that day
    HOLDS = "holds"


def lasting(valid_until: date | None, *, on: date, until: date) -> Lasting:
    """How a paper stands on a day for a council that may sit as late as `until`; its last day
    still counts."""
    if valid_until is None or valid_until >= max(on, until):
        return Lasting.HOLDS
    return Lasting.ENDS if valid_until >= on else Lasting.EXPIRED


def counterparts(then: CriteriaSet, now: CriteriaSet) -> dict[str, str]:
    """The code that a criterion of `then` has in `now`; those without a certain one are left
    out."""
    found = {
        code: code
        for code, criterion in then.by_code.items()
        if code in now.by_code and _same(criterion, now.by_code[code])
    }
    left = _once(then, frozenset(found))
    free = _once(now, frozenset(found.values()))
    found |= {code: free[topic] for topic, code in left.items() if topic in free}
    return found


def proposed(
    marks: Mapping[str, int], then: CriteriaSet, now: CriteriaSet, pairs: Mapping[str, str]
) -> dict[str, int]:
    """The levels of an earlier self-assessment that the present criteria still offer alike."""
    return {
        pairs[code]: points
        for code, points in marks.items()
        if code in pairs and _alike(then.by_code[code], now.by_code[pairs[code]])
    }


@dataclass(frozen=True, slots=True)
class Lost:
    """A criterion of the last dossier that has no certain counterpart, and what it held there."""

    code: str
    name: str
    papers: int
    claimed: bool
    points: int | None


def _same(one: Criterion, other: Criterion) -> bool:
    return (one.name, one.topic) == (other.name, other.topic)


def _alike(one: Criterion, other: Criterion) -> bool:
    conditions = [{(g.type, g.id) for g in each.gates} for each in (one, other)]
    return one.options == other.options and conditions[0] == conditions[1]


def _once(criteria_set: CriteriaSet, taken: frozenset[str]) -> dict[str, str]:
    """The codes by topic, of topics that the set has once; not of criteria that are `taken`."""
    times = Counter(criterion.topic for criterion in criteria_set.criteria)
    return {
        criterion.topic: code
        for code, criterion in criteria_set.by_code.items()
        if criterion.topic and times[criterion.topic] == 1 and code not in taken
    }
