"""Decision 26/2026/QĐ-TTg, worked from the text: what must come out, whatever the code does."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ocop.criteria.scoring import Rule, band_of, score, shown, star_of, unanswered
from ocop.criteria.sets import SENSORY, STARS, load_all, load_set

MINIMUMS = json.loads((Path(__file__).parent / "star_minimums_26_2026.json").read_text())
SETS = load_all()


def _full(number: int, **changed: int) -> dict[str, int]:
    """A sheet with every criterion at its maximum but some; `c1_1` stands for 1.1."""
    marks = {c.code: c.max for c in load_set(number).criteria}
    return marks | {name[1:].replace("_", "."): points for name, points in changed.items()}


def test_annex_has_26_sets_787_criteria_2579_options_and_378_without_a_zero() -> None:
    criteria = [c for s in SETS for c in s.criteria]
    assert len(SETS) == 26
    assert len(criteria) == 787
    assert sum(len(c.options) for c in criteria) == 2579
    assert sum(all(o.points > 0 for o in c.options) for c in criteria) == 378


@pytest.mark.parametrize("criteria_set", SETS, ids=lambda s: f"set {s.number}")
def test_marks_of_stars_are_those_of_the_annex(criteria_set: object) -> None:
    found = {str(star): {} for star in STARS}
    for criterion in criteria_set.criteria:
        for option in criterion.options:
            if option.min_for_star:
                found[str(option.min_for_star)][criterion.code] = option.points
    assert found == MINIMUMS[str(criteria_set.number)]


def test_sectors_hold_13_4_3_2_3_and_1_sets() -> None:
    sectors = [s.sector for s in SETS]
    assert [sectors.count(x) for x in ("I", "II", "III", "IV", "V", "VI")] == [13, 4, 3, 2, 3, 1]


@pytest.mark.parametrize(
    ("total", "band"),
    [
        ("100", 5), ("90", 5), ("89.9999", 4), ("70", 4), ("69.99", 3), ("50", 3),
        ("49.9999", 2), ("30", 2), ("29.99", 1), ("0", 1),
    ],
)  # fmt: skip
def test_band_is_that_of_the_unrounded_mean(total: str, band: int) -> None:
    assert band_of(Decimal(total)) == band


@pytest.mark.parametrize(
    ("total", "told"),
    [("98.666666", "98.67"), ("89.996", "89.99"), ("69.9999", "69.99"), ("90", "90.00")],
)
def test_a_total_is_shown_with_two_decimals_and_never_in_another_band(
    total: str, told: str
) -> None:
    assert str(shown(Decimal(total))) == told


@pytest.mark.parametrize("number", range(1, 27))
def test_full_sheet_of_any_set_is_100_points_and_five_stars(number: int) -> None:
    outcome = score(load_set(number), _full(number))
    assert (outcome.total, outcome.star, outcome.sections) == (100, 5, {"A": 40, "B": 25, "C": 35})
    assert outcome.missed == {3: {}, 4: {}, 5: {}}


@pytest.mark.parametrize("number", range(1, 27))
def test_empty_sheet_has_no_points_and_no_certificate(number: int) -> None:
    outcome = score(load_set(number), {})
    assert (outcome.total, outcome.band, outcome.certified) == (0, 1, False)


def test_points_for_five_stars_without_an_accepted_trademark_give_no_certificate() -> None:
    """Set 1, 3.5: three stars need the first level, an accepted trademark application."""
    outcome = score(load_set(1), _full(1, c3_5=0))
    assert (outcome.total, outcome.band, outcome.star) == (97, 5, 2)
    assert outcome.missed == {3: {"3.5": 1}, 4: {"3.5": 2}, 5: {"3.5": 2}}


def test_minimum_of_four_stars_holds_for_five() -> None:
    """Set 1, 5.1: four stars need the full story; the mark of four holds for five, too."""
    outcome = score(load_set(1), _full(1, c5_1=3))
    assert (outcome.total, outcome.band, outcome.star) == (98, 5, 3)
    assert outcome.missed == {3: {}, 4: {"5.1": 5}, 5: {"5.1": 5}}


def test_higher_of_two_marks_on_one_criterion_rules() -> None:
    """Set 1, 4.1: marks 2 for three, 3 for four, 5 for five stars."""
    minimums = load_set(1).minimums
    assert [minimums[star]["4.1"] for star in STARS] == [2, 3, 5]
    assert score(load_set(1), _full(1, c4_1=3)).star == 4


def test_minimum_of_a_lower_star_counts_where_the_higher_star_has_no_mark() -> None:
    """Set 1, 9: only three stars carry a mark; a missing declaration keeps five stars away, too."""
    assert score(load_set(1), _full(1, c9=0)).missed[5] == {"9": 2}


def test_setting_can_leave_the_star_to_the_band_alone() -> None:
    outcome = score(load_set(1), _full(1, c3_5=0), rule=Rule.BAND_ONLY)
    assert (outcome.star, outcome.missed[3]) == (5, {"3.5": 1})


@pytest.mark.parametrize(
    ("number", "answers", "stopped"),
    [
        (1, {"unacceptable_impurity": True}, "unacceptable_impurity"),
        (1, {"common_staple_without_distinction": True}, "common_staple_without_distinction"),
        (1, {"origin_100pct_in_province": False}, "origin_100pct_in_province"),
        (5, {"clone_of_other_producer": True}, "clone_of_other_producer"),
        (1, {"forged_dossier": True}, "forged_dossier"),
    ],
)
def test_gate_answered_badly_gives_no_star_whatever_the_points(
    number: int, answers: dict[str, bool], stopped: str
) -> None:
    known = {gate.id for gate in load_set(number).gates}
    assert set(answers) <= known
    outcome = score(load_set(number), _full(number), gates=answers)
    assert (outcome.total, outcome.band, outcome.star) == (100, 5, None)
    assert outcome.stopped == (stopped,)
    assert [gate.id for gate in outcome.effects] == [stopped] * len(outcome.effects)


@pytest.mark.parametrize(
    "answers",
    [
        {"unacceptable_impurity": False},
        {"origin_100pct_in_province": True},
        {"common_staple_without_distinction": False},
        {"forged_dossier": False},
        {},
    ],
)
def test_gate_answered_well_or_not_at_all_changes_nothing(answers: dict[str, bool]) -> None:
    outcome = score(load_set(1), _full(1), gates=answers)
    assert (outcome.star, outcome.effects, outcome.stopped) == (5, (), ())


@pytest.mark.parametrize("code", ["6.1", "6.2", "6.3", "6.4"])
def test_zero_in_any_sensory_criterion_of_set_16_stops(code: str) -> None:
    marks = _full(16) | {code: 0}
    outcome = score(load_set(16), marks)
    assert (outcome.star, outcome.stopped) == (None, ("zero_in_any_sensory",))


def test_zero_in_a_sensory_criterion_stops_in_no_other_set() -> None:
    for number in range(1, 27):
        if number != 16:
            assert SENSORY not in {gate.id for gate in load_set(number).all_gates}
    assert score(load_set(1), _full(1, c6_3=0)).stopped == ()


def test_structure_of_a_story_counts_only_with_a_story() -> None:
    """5.2 depends on 5.1 in 25 sets; tourism has no such line."""
    with_story = score(load_set(1), _full(1), dependent=True)
    without = score(load_set(1), _full(1, c5_1=0), dependent=True)
    assert with_story.total - without.total == 5 + 2
    assert [g.type for g in without.effects] == ["dependency"]
    assert score(load_set(26), _full(26, c5_1=0), dependent=True).total == 100 - 4


def test_answer_to_a_dependency_comes_before_the_marks() -> None:
    answered = {"requires_5.1_above_zero": True}
    sheet = _full(1, c5_1=0)
    assert score(load_set(1), sheet, gates=answered, dependent=True).total == 100 - 5
    answered["requires_5.1_above_zero"] = False
    for dependent in (True, False):
        outcome = score(load_set(1), _full(1), gates=answered, dependent=dependent)
        assert outcome.total == 100 - 2
        assert [g.id for g in outcome.effects] == ["requires_5.1_above_zero"]


def test_points_without_their_papers_do_not_count() -> None:
    marks = _full(1)
    outcome = score(load_set(1), marks, gates={"export_evidence": False})
    assert outcome.total == 100 - 3
    assert outcome.stopped == ()


def test_star_of_a_mean_is_tested_with_its_own_minimums() -> None:
    assert star_of(Decimal("89.99"), {5: {}, 4: {}, 3: {}}, ()) == 4
    assert star_of(Decimal(95), {5: {"1.3": 3}, 4: {}, 3: {}}, ()) == 4
    assert star_of(Decimal(95), {5: {}, 4: {}, 3: {}}, ("x",)) is None
    assert star_of(Decimal(20), {5: {"a": 1}, 4: {"a": 1}, 3: {"a": 1}}, ()) == 1


@pytest.mark.parametrize("number", [1, 16, 26])
def test_zero_is_an_answer_and_a_missing_mark_is_none(number: int) -> None:
    criteria_set = load_set(number)
    codes = [criterion.code for criterion in criteria_set.criteria]
    assert unanswered(criteria_set, {}) == codes
    assert unanswered(criteria_set, {codes[0]: 0}) == codes[1:]
    assert unanswered(criteria_set, dict.fromkeys(codes, 0)) == []
