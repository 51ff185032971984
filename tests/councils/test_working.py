"""The working rules of a council."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.councils import working
from ocop.councils.outcome import Case, Member, Minimums, Problem, Sheet, assess
from ocop.councils.working import CouncilRules
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set


def test_rules_are_kept_as_they_were() -> None:
    rules = CouncilRules(Decimal("7.5"), 60, Minimums.MEDIAN, Rule.BAND_ONLY, True, False, True)
    assert working.from_json(working.to_json(rules)) == rules
    assert working.from_json(working.to_json(CouncilRules())) == CouncilRules()


@pytest.mark.parametrize(
    ("seats", "percent", "needed"), [(11, 75, 9), (9, 75, 7), (4, 75, 3), (3, 75, 3), (9, 1, 1)]
)
def test_quorum(seats: int, percent: int, needed: int) -> None:
    assert working.needed(seats, percent) == needed


@given(st.integers(1, 30), st.integers(1, 100))
def test_quorum_is_the_least_number_that_is_enough(seats: int, percent: int) -> None:
    least = next(n for n in range(1, seats + 1) if n * 100 >= percent * seats)
    assert working.needed(seats, percent) == least


def test_what_stands_against_a_result_depends_on_rules_and_pass() -> None:
    criteria_set = load_set(13)
    best = {c.code: c.max for c in criteria_set.criteria}
    worst = {c.code: 0 for c in criteria_set.criteria}
    case = Case("Miến", criteria_set, [Sheet("An", best), Sheet("Bình", worst)])
    outcome = assess(case, [Member("An"), Member("Bình"), Member("Cúc")], CouncilRules())
    rules = CouncilRules()
    assert Problem.SPREAD in working.standing(outcome, rules)
    assert Problem.GATES_OPEN in working.standing(outcome, rules)
    assert working.standing(outcome, rules, passing=1) == (Problem.QUORUM, Problem.CHAIR_UNKNOWN)
    without_chair = replace(rules, chair_needed=False)
    assert Problem.CHAIR_UNKNOWN not in working.standing(outcome, without_chair)
    assert working.standing(outcome, without_chair, passing=1) == (Problem.QUORUM,)
