"""Who gets a booth, and which one: the rules of it, without a solver.

A booth takes one applicant, of its sector, of no more ground than it has, with the power and water
asked for. Who gets a booth follows the points; of equal points who asked first. Applicants of one
product group shall not stand side by side: never (`MUST`), or as seldom as it can be (`WISH`).
`solving` finds the best outcome; what is said to who gets none is found here, and holds whatever
the solver did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ocop.core.language import noop as N_


class Apart(StrEnum):
    """How neighbours of one product group are taken."""

    IGNORE = "ignore"
    WISH = "wish"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Booth:
    """A booth to give away. No `sector`: any. `area` in square decimetres."""

    key: int
    area: int
    sector: str = ""
    power: bool = False
    water: bool = False


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants a booth. `group` is the product group that keeps apart (0: not known)."""

    key: int
    sector: str
    area: int
    points: int
    group: int = 0
    power: bool = False
    water: bool = False


Pair = tuple[int, int]
Seats = Mapping[int, int]  # applicant → booth


@dataclass(frozen=True)
class Problem:
    """Booths, which of them stand side by side, and applicants in the order in which they asked."""

    booths: tuple[Booth, ...]
    applicants: tuple[Applicant, ...]
    neighbours: frozenset[Pair] = frozenset()
    apart: Apart = Apart.WISH

    @cached_property
    def suitable(self) -> Mapping[int, frozenset[int]]:
        """For each applicant the booths that would do."""
        known: dict[tuple[str, int, bool, bool], frozenset[int]] = {}
        told = {}
        for one in self.applicants:
            needs = (one.sector, one.area, one.power, one.water)
            if needs not in known:
                known[needs] = frozenset(b.key for b in self.booths if fits(one, b))
            told[one.key] = known[needs]
        return told

    @cached_property
    def beside(self) -> Mapping[int, frozenset[int]]:
        """For each booth those beside it."""
        told: dict[int, set[int]] = defaultdict(set)
        for one, other in self.neighbours:
            told[one].add(other)
            told[other].add(one)
        return {key: frozenset(found) for key, found in told.items()}

    @cached_property
    def weights(self) -> Mapping[int, int]:
        """What seating each is worth: all different, in the order of points and of asking.

        Two seats are worth more than one, whoever has it.
        """
        if not self.applicants:
            return {}
        points = [one.points for one in self.applicants]
        low, count = min(points), len(points)
        span = max(points) - low
        return {
            one.key: (one.points - low + span + 1) * (count + 1) + count - place
            for place, one in enumerate(self.applicants)
        }

    @cached_property
    def by_key(self) -> Mapping[int, Applicant]:
        """Applicants by their keys."""
        return {one.key: one for one in self.applicants}


def fits(applicant: Applicant, booth: Booth) -> bool:
    """Whether a booth would do for an applicant."""
    return (
        booth.sector in ("", applicant.sector)
        and booth.area >= applicant.area
        and (booth.power or not applicant.power)
        and (booth.water or not applicant.water)
    )


def clashes(problem: Problem, seats: Seats) -> list[Pair]:
    """Booths side by side that hold applicants of one group."""
    group = {booth: problem.by_key[one].group for one, booth in seats.items()}
    return sorted(
        pair
        for pair in problem.neighbours
        if group.get(pair[0], 0) and group.get(pair[0]) == group.get(pair[1])
    )


def broken(problem: Problem, seats: Seats) -> list[str]:
    """What rules an outcome breaks; none when it may stand."""
    told = []
    if len(set(seats.values())) != len(seats):
        told.append("booth taken twice")
    if any(booth not in problem.suitable[one] for one, booth in seats.items()):
        told.append("booth does not do")
    if problem.apart is Apart.MUST and clashes(problem, seats):
        told.append("one group side by side")
    return told


def value(problem: Problem, seated: Iterable[int]) -> int:
    """What an outcome is worth."""
    return sum(problem.weights[one] for one in seated)


def polished(problem: Problem, seats: Seats) -> dict[int, int]:
    """An outcome in which nobody without a booth could simply take a free one, or that of somebody
    behind. The best outcome stays as it is; one found in too short a time gets better."""
    found = dict(seats)
    weights = problem.weights
    order = sorted(problem.by_key, key=lambda key: -weights[key])
    again = True
    while again:
        again = False
        holder = {booth: one for one, booth in found.items()}
        for one in order:
            if one in found:
                continue
            booth = _open_to(problem, holder, one)
            if booth is not None:
                if booth in holder:
                    del found[holder[booth]]
                found[one] = booth
                again = True
                break
    return found


def _open_to(problem: Problem, holder: Mapping[int, int], one: int) -> int | None:
    """A booth that is free or held by somebody behind, and that `one` may have; the free first,
    then of the one furthest behind."""
    weights = problem.weights
    behind = [
        (weights[holder[booth]] if booth in holder else 0, booth)
        for booth in problem.suitable[one]
        if booth not in holder or weights[holder[booth]] < weights[one]
    ]
    for _weight, booth in sorted(behind):
        if not _beside_own_group(problem, holder, one, booth):
            return booth
    return None


def _beside_own_group(problem: Problem, holder: Mapping[int, int], one: int, booth: int) -> bool:
    group = problem.by_key[one].group
    if problem.apart is not Apart.MUST or not group:
        return False
    near = (holder[key] for key in problem.beside.get(booth, ()) if key in holder)
    return any(problem.by_key[other].group == group for other in near)


class Reason(StrEnum):
    """Why somebody gets no booth."""

    SECTOR = "sector"
    AREA = "area"
    SUPPLY = "supply"
    POINTS = "points"
    APART = "apart"


REASON_WORDS = {
    Reason.SECTOR: N_("Sơ đồ không có gian dành cho ngành hàng này."),
    Reason.AREA: N_("Không có gian nào của ngành hàng này đủ diện tích đã đăng ký."),
    Reason.SUPPLY: N_("Không có gian đủ diện tích nào có điện, nước như đã đăng ký."),
    Reason.POINTS: N_("Mọi gian phù hợp đã xếp cho hồ sơ có điểm ưu tiên cao hơn, hoặc bằng điểm "
        "và đăng ký trước."),
    Reason.APART: N_("Gian phù hợp còn lại nằm cạnh gian cùng nhóm sản phẩm."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an applicant gets no booth: how many booths would do, and the fewest points among those
    who have one of them (None: nobody)."""

    applicant: int
    reason: Reason
    suitable: int = 0
    least: int | None = None


def refusals(problem: Problem, seats: Seats) -> list[Refusal]:
    """Why each who gets no booth gets none, for a `polished` outcome."""
    holder = {booth: one for one, booth in seats.items()}
    return [_refusal(problem, holder, one) for one in problem.applicants if one.key not in seats]


def _refusal(problem: Problem, holder: Mapping[int, int], one: Applicant) -> Refusal:
    suitable = problem.suitable[one.key]
    if not suitable:
        return Refusal(one.key, _missing(problem, one))
    ahead = [problem.by_key[holder[booth]] for booth in suitable if booth in holder]
    least = min((other.points for other in ahead), default=None)
    weights = problem.weights
    outranked = len(ahead) == len(suitable) and all(
        weights[other.key] > weights[one.key] for other in ahead
    )
    return Refusal(one.key, Reason.POINTS if outranked else Reason.APART, len(suitable), least)


def _missing(problem: Problem, one: Applicant) -> Reason:
    """What no booth has."""
    of_sector = [booth for booth in problem.booths if booth.sector in ("", one.sector)]
    if not of_sector:
        return Reason.SECTOR
    if not any(booth.area >= one.area for booth in of_sector):
        return Reason.AREA
    return Reason.SUPPLY
