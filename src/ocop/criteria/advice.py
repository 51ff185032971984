"""What lifts the star: the smallest sets of changes that reach the next one.

One jump in one criterion is one change. A way is smallest when none of its changes can be left out
or made smaller. Fewest changes come first, then fewest points gained, then the order of the table.

Levels that a minimum asks for are forced; what is still missing to the band is a knapsack over the
other criteria. For one surplus over the band, a jump is needed exactly when its last step is larger
than the surplus, so smallest ways are those built from such jumps alone, and sums of gains fit into
the bits of one integer: every path that is followed ends in an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from ocop.criteria.scoring import BANDS, CERTIFIED, Answers, Marks, Rule, score
from ocop.criteria.sets import DEPENDENCY, EVIDENCE, SENSORY, CriteriaSet

FEW = 10
_ALWAYS = 1_000  # larger than any surplus: a level that is forced, or no change at all


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion raised from one level to another."""

    criterion: str
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that reach a star, and the points they add to the total."""

    star: int
    changes: tuple[Change, ...]
    points: int


@dataclass(frozen=True, slots=True)
class _Choice:
    """One choice for an item: its changes, the points gained, and the size of its last step."""

    changes: tuple[Change, ...]
    gain: int
    step: int


def advise(
    criteria_set: CriteriaSet,
    marks: Marks,
    *,
    gates: Answers | None = None,
    rule: Rule = Rule.EVERY_MINIMUM,
    dependent: bool = False,
    unmarked_open: bool = False,
    few: int = FEW,
) -> list[Way]:
    """The first few smallest ways to the next star; none from five stars.

    `dependent` and `unmarked_open` as in `scoring.score`.
    A sheet that is stopped by an answer has none either: the stop goes first. One stopped by a
    zero in a sensory criterion (set 16) is led out of it, to three stars; none of the ways leaves
    such a criterion without a mark.
    """
    answers = gates or {}
    outcome = score(
        criteria_set,
        marks,
        gates=answers,
        rule=rule,
        dependent=dependent,
        unmarked_open=unmarked_open,
    )
    if outcome.star == 5 or any(stop != SENSORY or answers.get(stop) for stop in outcome.stopped):
        return []
    target = CERTIFIED if outcome.star is None else max(CERTIFIED, outcome.star + 1)
    wanted = next(points for points, star in BANDS if star == target) - outcome.total
    needs = _needs(criteria_set, target, rule)
    items = _items(criteria_set, marks, answers, needs, dependent)
    if any(not choices for choices in items):
        return []
    return [
        Way(target, changes, points) for changes, points in islice(_smallest(items, wanted), few)
    ]


def _needs(criteria_set: CriteriaSet, target: int, rule: Rule) -> Mapping[str, int]:
    """The level each criterion must have in the end."""
    needs = dict(criteria_set.minimums[target]) if rule is Rule.EVERY_MINIMUM else {}
    for code in criteria_set.sensory:
        needs[code] = max(needs.get(code, 0), criteria_set.by_code[code].levels[1])
    return needs


def _items(
    criteria_set: CriteriaSet,
    marks: Marks,
    answers: Answers,
    needs: Mapping[str, int],
    dependent: bool,
) -> list[list[_Choice]]:
    """What may be chosen per criterion. A criterion that counts only with another one, and the
    other while it is 0, are chosen together."""
    frozen, waiting = set(), []
    for gate in criteria_set.all_gates:
        if gate.type in (EVIDENCE, DEPENDENCY) and answers.get(gate.id) is False:
            frozen.add(gate.criterion)
        elif (
            gate.type == DEPENDENCY
            and dependent
            and gate.id not in answers
            and not marks.get("5.1")
        ):
            waiting.append(gate.criterion)
    items = []
    for criterion in criteria_set.criteria:
        code = criterion.code
        if code in waiting:
            continue
        if code == "5.1" and waiting:
            items.append(_together(criteria_set, marks, needs, waiting[0]))
        elif code in frozen:
            items.append([] if needs.get(code) else [_Choice((), 0, _ALWAYS)])
        else:
            levels = [p for p in criterion.levels if p >= marks.get(code, 0)]
            items.append(_alone(code, marks.get(code, 0), levels, needs.get(code, 0)))
    return items


def _alone(code: str, now: int, levels: Sequence[int], need: int) -> list[_Choice]:
    """The choices for one criterion, in the order of the answer: lower jumps first, none last."""
    choices, before = [], None
    for level in levels:
        if level < need:
            continue
        changes = (Change(code, now, level),) if level > now else ()
        step = _ALWAYS if before is None else level - before
        choices.append(_Choice(changes, level - now, step))
        before = level
    return choices if choices and choices[0].changes else choices[1:] + choices[:1]


def _together(
    criteria_set: CriteriaSet, marks: Marks, needs: Mapping[str, int], second: str
) -> list[_Choice]:
    """The choices for 5.1, now 0, and the criterion that counts only with it."""
    first = "5.1"
    now = marks.get(second, 0)
    ups = [p for p in criteria_set.by_code[first].levels if p >= needs.get(first, 0)]
    lows = [p for p in criteria_set.by_code[second].levels if p >= now]
    lowest = needs.get(second, 0)
    reached = [(a, b) for a, b in product(ups, lows) if not lowest or (a and b >= lowest)]
    choices = []
    for a, b in reached:
        lowered = [(x, b) for x in ups if x < a][-1:] + [(a, y) for y in lows if y < b][-1:]
        losses = [_counted(a, b) - _counted(*way) for way in lowered if way in reached]
        changes = tuple(
            Change(code, was, will)
            for code, was, will in ((first, 0, a), (second, now, b))
            if will > was
        )
        choices.append(_Choice(changes, _counted(a, b), min(losses, default=_ALWAYS)))
    return sorted(choices, key=_in_table_order)


def _in_table_order(choice: _Choice) -> list[tuple[str, int]]:
    """Lower jumps first, a further change before none, nothing at all last."""
    return [*((c.criterion, c.then) for c in choice.changes), ("~", 0)]


def _counted(a: int, b: int) -> int:
    return a + b if a else 0


def _smallest(items: list[list[_Choice]], wanted: int) -> Iterator[tuple[tuple[Change, ...], int]]:
    """All smallest ways that gain `wanted` points or more, in their order."""
    steps = {choice.step for choices in items for choice in choices} - {_ALWAYS}
    forced = sum(c.gain for choices in items for c in choices if c.step == _ALWAYS)
    gains = {*range(max(wanted, 0), wanted + max(steps, default=0)), max(forced, wanted)}
    ends, kept, sums = [], {}, {}
    for gain in gains:
        kept[gain] = [[c for c in choices if c.step > gain - wanted] for choices in items]
        sums[gain] = _sums(kept[gain])
        ends += [(count, gain) for count, bits in sums[gain][0].items() if bits >> gain & 1]
    for count, gain in sorted(ends):
        for changes in _walk(kept[gain], sums[gain], 0, count, gain):
            yield changes, gain


def _sums(items: list[list[_Choice]]) -> list[dict[int, int]]:
    """For the items from each place on: by number of changes, the gains they can make, as bits."""
    after: list[dict[int, int]] = [{0: 1}]
    for choices in reversed(items):
        here: dict[int, int] = {}
        for count, bits in after[-1].items():
            for choice in choices:
                key = count + len(choice.changes)
                here[key] = here.get(key, 0) | bits << choice.gain
        after.append(here)
    return after[::-1]


def _walk(
    items: list[list[_Choice]], sums: list[dict[int, int]], at: int, count: int, gain: int
) -> Iterator[tuple[Change, ...]]:
    """The ways with exactly so many changes and so much gain, never into a dead end."""
    if at == len(items):
        yield ()
        return
    for choice in items[at]:
        rest, left = count - len(choice.changes), gain - choice.gain
        if left >= 0 and sums[at + 1].get(rest, 0) >> left & 1:
            for later in _walk(items, sums, at + 1, rest, left):
                yield choice.changes + later
