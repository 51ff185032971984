"""Advice on the next star, against brute force."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.criteria.advice import Change, Way, advise
from ocop.criteria.scoring import Rule, score
from ocop.criteria.sets import CriteriaSet, from_data, load_all, load_set

SETS = load_all()


def _tiny(options: list[list[tuple[int, int | None]]], *, dependent: bool) -> CriteriaSet:
    """A set whose criteria 5.1, 5.2, … carry the given points and star marks."""
    parts = []
    for place, levels in enumerate(options, start=1):
        gates = [{"type": "dependency", "id": "requires_5.1_above_zero", "note": ""}]
        parts.append(
            {
                "code": f"5.{place}",
                "name": f"Tiêu chí {place}",
                "max": max(points for points, _star in levels),
                "topic": "t",
                "gates": gates if dependent and place == 2 else [],
                "options": [{"points": p, "star": s, "label": str(p)} for p, s in levels],
            }
        )
    section = {"code": "A", "name": "A", "max": 0, "parts": parts}
    head = {"number": 1, "name": "n", "sector": "I", "group": "g", "agencies": [], "samples": 0}
    return from_data({**head, "disqualifiers": [], "sections": [section]}, {})


def _brute_force(
    criteria_set: CriteriaSet, marks: dict[str, int], target: int, **more: Any
) -> list[Way]:
    """Every sheet above this one that reaches the star and of which nothing can be taken back."""
    now = score(criteria_set, marks, **more).total
    order = [c.code for c in criteria_set.criteria]
    ladders = [[p for p in c.levels if p >= marks.get(c.code, 0)] for c in criteria_set.criteria]

    def reaches(sheet: dict[str, int]) -> bool:
        star = score(criteria_set, sheet, **more).star
        return star is not None and star >= target

    found = []
    for choice in product(*ladders):
        sheet = dict(zip(order, choice, strict=True))
        if not reaches(sheet):
            continue
        lower = [
            sheet | {code: ladder[ladder.index(sheet[code]) - 1]}
            for code, ladder in zip(order, ladders, strict=True)
            if sheet[code] > ladder[0]
        ]
        if any(reaches(less) for less in lower):
            continue
        changes = tuple(
            Change(code, marks.get(code, 0), sheet[code])
            for code in order
            if sheet[code] > marks.get(code, 0)
        )
        found.append(Way(target, changes, score(criteria_set, sheet, **more).total - now))
    found.sort(
        key=lambda w: (
            len(w.changes),
            w.points,
            [(order.index(c.criterion), c.then) for c in w.changes],
        )
    )
    return found[:10]


_levels = st.lists(st.integers(1, 25), min_size=1, max_size=3, unique=True).map(sorted)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[CriteriaSet, dict[str, int]]:
    options = []
    for levels in draw(st.lists(_levels, min_size=2, max_size=6)):
        stars = sorted(draw(st.sets(st.sampled_from([3, 4, 5]), max_size=min(2, len(levels)))))
        offset = len(levels) - len(stars)
        marks = dict(zip(levels[offset:], stars, strict=True))
        options.append([(p, marks.get(p)) for p in levels])
    criteria_set = _tiny(options, dependent=draw(st.booleans()))
    sheet = {c.code: draw(st.sampled_from(c.levels)) for c in criteria_set.criteria}
    return criteria_set, sheet


_ANSWERS = st.sampled_from(
    [{}, {"requires_5.1_above_zero": True}, {"requires_5.1_above_zero": False}]
)


@given(_cases(), st.booleans(), _ANSWERS)
@settings(max_examples=600)
def test_advice_equals_brute_force(
    case: tuple[CriteriaSet, dict[str, int]], dependent: bool, answers: dict[str, bool]
) -> None:
    criteria_set, marks = case
    gates = {key: yes for key, yes in answers.items() if key in criteria_set.gate_ids}
    how = {"gates": gates, "dependent": dependent}
    star = score(criteria_set, marks, **how).star or 0
    expected = [] if star == 5 else _brute_force(criteria_set, marks, max(3, star + 1), **how)
    assert advise(criteria_set, marks, **how) == expected


@given(st.sampled_from(SETS), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_every_way_reaches_the_star_and_none_of_its_changes_can_be_spared(
    criteria_set: CriteriaSet, random: object
) -> None:
    marks = {c.code: random.choice(c.levels) for c in criteria_set.criteria}
    before = score(criteria_set, marks, dependent=True)
    ways = advise(criteria_set, marks, dependent=True)
    assert bool(ways) == (before.star != 5)
    assert [(len(w.changes), w.points) for w in ways] == sorted(
        (len(w.changes), w.points) for w in ways
    )
    for way in ways:
        sheet = marks | {c.criterion: c.then for c in way.changes}
        after = score(criteria_set, sheet, dependent=True)
        assert after.star is not None
        assert after.star >= way.star
        assert after.total - before.total == way.points
        for change in way.changes:
            less = sheet | {change.criterion: change.now}
            spared = score(criteria_set, less, dependent=True)
            assert spared.star is None or spared.star < way.star


def test_one_missed_minimum_is_one_change() -> None:
    full = {c.code: c.max for c in load_set(1).criteria}
    assert advise(load_set(1), full | {"1.3": 2}) == [Way(5, (Change("1.3", 2, 3),), 1)]


def test_five_stars_need_no_advice() -> None:
    assert advise(load_set(1), {c.code: c.max for c in load_set(1).criteria}) == []


def test_stop_must_be_removed_before_there_is_advice() -> None:
    marks = {c.code: c.levels[0] for c in load_set(1).criteria}
    assert advise(load_set(1), marks, gates={"forged_dossier": True}) == []


def test_sensory_zero_of_set_16_is_lifted_first() -> None:
    full = {c.code: c.max for c in load_set(16).criteria}
    assert advise(load_set(16), full | {"6.1": 0}) == [Way(3, (Change("6.1", 0, 3),), 3)]


def test_open_sheet_of_set_16_is_never_led_past_a_sensory_criterion() -> None:
    marks = {c.code: c.max for c in load_set(16).criteria if c.group != "6"}
    ways = advise(load_set(16), marks, unmarked_open=True)
    assert {way.star for way in ways} == {5}
    for way in ways:
        raised = marks | {change.criterion: change.then for change in way.changes}
        assert score(load_set(16), raised).star == 5


def test_criterion_without_papers_is_not_advised() -> None:
    marks = {c.code: c.levels[-2] for c in load_set(1).criteria}
    ways = advise(load_set(1), marks, gates={"export_evidence": False})
    assert ways
    assert all(c.criterion != "12" for way in ways for c in way.changes)


def test_band_alone_asks_for_points_only() -> None:
    full = {c.code: c.max for c in load_set(1).criteria} | {"3.5": 0, "4.1": 0, "5.1": 0}
    ways = advise(load_set(1), full, rule=Rule.BAND_ONLY, dependent=True)
    assert ways[0] == Way(5, (Change("4.1", 0, 5),), 5)
    assert {way.star for way in ways} == {5}


def test_star_that_needs_what_cannot_count_has_no_way() -> None:
    criteria_set = load_set(1)
    needing = [c for c in criteria_set.criteria if c.code == "9" and c.minimum(3)]
    assert needing
    marks = {c.code: 0 for c in criteria_set.criteria}
    assert advise(criteria_set, marks, gates={"standard_needs_test_report": False}) == []


@pytest.mark.parametrize("few", [1, 3])
def test_only_the_first_few_are_given(few: int) -> None:
    marks = {c.code: c.levels[-2] for c in load_set(1).criteria}
    assert advise(load_set(1), marks, few=few) == advise(load_set(1), marks)[:few]
