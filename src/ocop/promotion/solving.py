"""The best outcome of an allocation, found by an exact solver (ADR 37).

In two steps, each a mixed-integer programme. First who gets a booth: the greatest worth that can be
seated. Then where each of these stands: the fewest neighbours of one group, and little ground left
over. Applicants with the same needs are one kind, and a programme gives kinds to booths: 60,000
choices become some thousand. Either step says how far from the best it can be at most.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np

from ocop.promotion import allocation
from ocop.promotion.allocation import Apart, Problem

SELECT_SECONDS, PLACE_SECONDS = 6.0, 3.0
STEPS = 3
_CLASH = 100  # one pair side by side counts as much as so many square metres left over
_M2 = 100  # square decimetres
_MOST_LEFT_OVER = 20  # square metres of one booth that count

Kind = tuple[int, frozenset[int], int]  # group, booths that would do, area
Tell = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who got which booth. The gaps say by how much a better outcome could still be better: 0 when
    this one is proved to be the best."""

    seats: Mapping[int, int]
    clashes: int
    gap: float  # of who gets a booth
    place_gap: float  # of where they stand
    seconds: float

    @property
    def proved(self) -> bool:
        return self.gap == 0 and self.place_gap == 0


def solve(
    problem: Problem,
    *,
    tell: Tell = lambda _step: None,
    select_seconds: float = SELECT_SECONDS,
    place_seconds: float = PLACE_SECONDS,
) -> Outcome:
    """The best outcome within the time; `tell` hears which step is done."""
    began = monotonic()
    kinds = _kinds(problem)
    tell(1)
    first, gap = _select(problem, kinds, select_seconds)
    better = allocation.polished(problem, first)
    tell(2)
    placed, place_gap = _place(problem, kinds, better, place_seconds)
    tell(3)
    seats = allocation.polished(problem, placed)
    return Outcome(
        seats, len(allocation.clashes(problem, seats)), gap, place_gap, monotonic() - began
    )


def _kinds(problem: Problem) -> Mapping[Kind, list[int]]:
    """Applicants by what they need, those worth most in front."""
    told: dict[Kind, list[int]] = defaultdict(list)
    for one in sorted(problem.applicants, key=lambda one: -problem.weights[one.key]):
        group = 0 if problem.apart is Apart.IGNORE else one.group
        told[group, problem.suitable[one.key], one.area].append(one.key)
    return {kind: keys for kind, keys in told.items() if kind[1]}


def _select(
    problem: Problem, kinds: Mapping[Kind, list[int]], seconds: float
) -> tuple[dict[int, int], float]:
    """Who gets a booth: the greatest worth."""
    model = Model()
    stands = _stands(model, kinds)
    scale = len(problem.applicants) + 1
    for kind, keys in kinds.items():
        wanted = [model.choice(-problem.weights[key] / scale) for key in keys]
        model.hold(0, 0, [(stands[b, kind], 1) for b in kind[1]] + [(x, -1) for x in wanted])
    if problem.apart is Apart.MUST:
        for together in _together(problem, stands):
            model.hold(None, 1, [(choice, 1) for choice in together])
    chosen, gap = model.best(seconds)
    return _seats(kinds, stands, chosen), gap


def _place(
    problem: Problem, kinds: Mapping[Kind, list[int]], seats: Mapping[int, int], seconds: float
) -> tuple[dict[int, int], float]:
    """Where those who have a booth stand best. Without an answer in time they stay."""
    seated = {kind: [key for key in keys if key in seats] for kind, keys in kinds.items()}
    seated = {kind: keys for kind, keys in seated.items() if keys}
    model = Model()
    area = {booth.key: booth.area for booth in problem.booths}
    stands = _stands(
        model, seated, lambda booth, kind: min((area[booth] - kind[2]) // _M2, _MOST_LEFT_OVER)
    )
    for kind, keys in seated.items():
        model.hold(len(keys), len(keys), [(stands[b, kind], 1) for b in kind[1]])
    for together in _together(problem, stands):
        terms = [(choice, 1.0) for choice in together]
        if problem.apart is not Apart.MUST:
            terms.append((model.choice(_CLASH), -1.0))
        model.hold(None, 1, terms)
    chosen, gap = model.best(seconds)
    found = _seats(seated, stands, chosen)
    return (found, gap) if found.keys() == seats.keys() else (dict(seats), max(gap, 1.0))


Stands = Mapping[tuple[int, Kind], int]


def _stands(
    model: "Model",
    kinds: Mapping[Kind, list[int]],
    cost: Callable[[int, Kind], float] = lambda _booth, _kind: 0,
) -> Stands:
    """The choices “this booth goes to this kind”, one for each booth at most."""
    stands: dict[tuple[int, Kind], int] = {}
    of_booth: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for kind in kinds:
        for booth in sorted(kind[1]):
            stands[booth, kind] = model.choice(cost(booth, kind))
            of_booth[booth].append((stands[booth, kind], 1))
    for choices in of_booth.values():
        model.hold(None, 1, choices)
    return stands


def _together(problem: Problem, stands: Stands) -> list[list[int]]:
    """For each two neighbours and each group both could hold, the choices that would put it on
    either."""
    if problem.apart is Apart.IGNORE:
        return []
    holding: dict[tuple[int, int], list[int]] = defaultdict(list)
    groups: dict[int, set[int]] = defaultdict(set)
    for (booth, kind), choice in stands.items():
        if kind[0]:
            holding[booth, kind[0]].append(choice)
            groups[booth].add(kind[0])
    return [
        holding[one, group] + holding[other, group]
        for one, other in sorted(problem.neighbours)
        for group in sorted(groups[one] & groups[other])
    ]


def _seats(
    kinds: Mapping[Kind, list[int]], stands: Stands, chosen: frozenset[int]
) -> dict[int, int]:
    """Persons on the booths of their kind: of one kind those in front take the first booths."""
    booths: dict[Kind, list[int]] = defaultdict(list)
    for (booth, kind), choice in stands.items():
        if choice in chosen:
            booths[kind].append(booth)
    return {
        key: booth
        for kind, keys in kinds.items()
        for key, booth in zip(keys, sorted(booths[kind]), strict=False)
    }


class Model:
    """Yes-or-no choices with costs, and sums of them that hold; the least cost is asked for."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._starts = [0]
        self._places: list[int] = []
        self._factors: list[float] = []

    def choice(self, cost: float) -> int:
        """A new choice; its place."""
        self._costs.append(float(cost))
        return len(self._costs) - 1

    def hold(self, low: float | None, high: float, terms: Sequence[tuple[int, float]]) -> None:
        """A sum that stays within bounds."""
        self._low.append(-highspy.kHighsInf if low is None else low)
        self._high.append(high)
        self._places += [place for place, _factor in terms]
        self._factors += [factor for _place, factor in terms]
        self._starts.append(len(self._places))

    def best(self, seconds: float) -> tuple[frozenset[int], float]:
        """The choices that are taken, and the gap. The same model gives the same answer, unless
        the time ends."""
        count = len(self._costs)
        if not count:
            return frozenset(), 0.0
        solver = _solver(seconds)
        solver.passModel(self._lp(count))
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != highspy.kSolutionStatusFeasible:
            return frozenset(), 1.0
        values = solver.getSolution().col_value
        chosen = frozenset(place for place in range(count) if values[place] > 0.5)
        proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if proved:
            return chosen, 0.0
        found, bound = info.objective_function_value, info.mip_dual_bound
        return chosen, min(1.0, abs(found - bound) / max(abs(found), 1.0))

    def _lp(self, count: int) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self._low)
        lp.col_cost_ = np.array(self._costs)
        lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
        lp.row_lower_, lp.row_upper_ = np.array(self._low, float), np.array(self._high, float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts)
        lp.a_matrix_.index_ = np.array(self._places)
        lp.a_matrix_.value_ = np.array(self._factors, float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        return lp


def _solver(seconds: float) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("threads", 1)
    return solver
