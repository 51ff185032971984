"""The table of thirty dossiers: its own sums, and that the rules of a council give the same."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ocop.councils.outcome import Case, Member, Problem, ProductOutcome, Sheet, WorkingRules, assess
from ocop.criteria.sets import load_set
from tests.law.round_of_thirty import (
    MEMBERS,
    RECUSED,
    ROUND,
    SPREAD_AFTER,
    SPREAD_FIRST,
    STOPPED,
    Row,
    answer,
)


def _cut(lowered: dict[str, tuple[int, int]]) -> int:
    return sum(most - given for most, given in lowered.values())


def _judged(row: Row, further: dict[int, dict[str, tuple[int, int]]]) -> ProductOutcome:
    criteria_set = load_set(row.criteria_set)
    seated = [n for n in range(1, MEMBERS + 1) if n != RECUSED.get(row.number)]
    full = {c.code: c.max for c in criteria_set.criteria}
    common = {code: given for code, (_most, given) in row.lowered.items()}
    sheets = []
    for n in seated:
        own = row.members.get(n, {}) | further.get(n, {})
        sheets.append(
            Sheet(str(n), full | common | {code: given for code, (_most, given) in own.items()})
        )
    gates = {gate.id: answer(row, gate) for gate in criteria_set.gates}
    case = Case(str(row.number), criteria_set, sheets, gates)
    return assess(case, [Member(str(n), chair=n == 1) for n in seated], WorkingRules())


@pytest.mark.parametrize("row", ROUND, ids=lambda row: str(row.number))
def test_the_sums_of_the_table_agree(row: Row) -> None:
    away = sum(_cut(lowered) for lowered in row.members.values())
    away += sum(_cut(lowered) for lowered in SPREAD_AFTER.get(row.number, {}).values())
    sheets = MEMBERS - (row.number in RECUSED)
    assert 100 - _cut(row.lowered) == row.total
    assert row.total - Fraction(away, sheets) == row.mean


@pytest.mark.parametrize("row", ROUND, ids=lambda row: str(row.number))
def test_a_council_comes_to_the_table(row: Row) -> None:
    outcome = _judged(row, SPREAD_AFTER.get(row.number, {}))
    assert outcome.mean is not None
    assert abs(Fraction(outcome.mean) - row.mean) < Fraction(1, 10**20)
    assert outcome.star == row.star
    assert {star: tuple(found) for star, found in outcome.missed.items() if found} == {
        star: tuple(sorted(found, key=list(load_set(row.criteria_set).by_code).index))
        for star, found in row.missed.items()
    }
    assert outcome.stopped == ((STOPPED[row.number],) if row.number in STOPPED else ())
    assert not outcome.problems


def test_fourteen_points_apart_are_no_outcome() -> None:
    outcome = _judged(ROUND[27], SPREAD_FIRST[28])
    assert outcome.spread == Decimal(14)
    assert Problem.SPREAD in outcome.problems
    assert not outcome.is_final
