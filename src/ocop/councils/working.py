"""The working rules of a council: what a province leaves to each, frozen when it is constituted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ocop.councils.outcome import Minimums, Problem, ProductOutcome, WorkingRules
from ocop.criteria.scoring import Rule

_OF_CHAIR = frozenset({Problem.NO_CHAIR, Problem.CHAIR_UNKNOWN})
#: What a first pass needs: that the council sat and marked. It finds gaps and decides nothing.
_FIRST_PASS = frozenset({Problem.NO_SHEETS, Problem.QUORUM}) | _OF_CHAIR


@dataclass(frozen=True, slots=True)
class CouncilRules(WorkingRules):
    """The rules of scoring and those of sitting.

    `two_passes`: a first sitting finds gaps, a second decides. `chair_needed`: no sitting and no
    result without the chair. `extra_rounds`: rounds beside the legal calendar may be planned.
    """

    two_passes: bool = False
    chair_needed: bool = True
    extra_rounds: bool = False


def to_json(rules: CouncilRules) -> dict[str, Any]:
    """The rules as a council keeps them; points as text."""
    return {
        "spread_limit": str(rules.spread_limit),
        "quorum_percent": rules.quorum_percent,
        "minimums": rules.minimums.value,
        "star_rule": rules.star_rule.value,
        "two_passes": rules.two_passes,
        "chair_needed": rules.chair_needed,
        "extra_rounds": rules.extra_rounds,
    }


def from_json(data: Mapping[str, Any]) -> CouncilRules:
    """The rules as they were kept."""
    return CouncilRules(
        spread_limit=Decimal(data["spread_limit"]),
        quorum_percent=data["quorum_percent"],
        minimums=Minimums(data["minimums"]),
        star_rule=Rule(data["star_rule"]),
        two_passes=data["two_passes"],
        chair_needed=data["chair_needed"],
        extra_rounds=data["extra_rounds"],
    )


def standing(
    outcome: ProductOutcome, rules: CouncilRules, *, passing: int = 2
) -> tuple[Problem, ...]:
    """What stands against concluding under these rules, in a first or a second pass."""
    problems: Sequence[Problem] = outcome.problems
    return tuple(
        problem
        for problem in problems
        if (rules.chair_needed or problem not in _OF_CHAIR)
        and (passing == 2 or problem in _FIRST_PASS)
    )


def needed(seats: int, quorum_percent: int) -> int:
    """The least number of members that is a quorum, at least one."""
    return max(1, -(-quorum_percent * seats // 100))
