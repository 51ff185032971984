"""Agreement of a council's sheets: mean, spread, quorum, and stars that are not only a total."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.councils.outcome import (
    Case,
    Member,
    Minimums,
    Problem,
    ProductOutcome,
    Sheet,
    WorkingRules,
    assess,
    from_json,
    levels_tested,
    to_json,
)
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set
from tests.councils.books import harmless

COFFEE = load_set(13)
CHAIR, AN, BINH, CUC = (Member("Chủ tịch", True), Member("An"), Member("Bình"), Member("Cúc"))
COUNCIL = (CHAIR, AN, BINH, CUC)
RULES = WorkingRules()
BEST = {c.code: max(o.points for o in c.options) for c in COFFEE.criteria}


def outcome(
    marks: Mapping[str, Mapping[str, int]],
    rules: WorkingRules = RULES,
    members: tuple[Member, ...] = COUNCIL,
    **case: object,
) -> ProductOutcome:
    sheets = [Sheet(member, given) for member, given in marks.items()]
    answered = {"gates": harmless(COFFEE), **case}
    return assess(Case("Cà phê Đồi Mẫu", COFFEE, sheets, **answered), members, rules)


def everyone(marks: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
    return {member.name: marks for member in COUNCIL}


def test_all_give_the_best_marks() -> None:
    result = outcome(everyone(BEST))
    assert result.mean == 100
    assert result.spread == 0
    assert (result.band, result.star) == (5, 5)
    assert {section: int(points) for section, points in result.sections.items()} == {
        "A": 40,
        "B": 25,
        "C": 35,
    }
    assert result.is_final
    assert result.held_back == {}


def sheet_of(total: int) -> dict[str, int]:
    """A sheet with this total, at least half of it, its story (5.1 and 5.2) kept."""
    marks, over = dict(BEST), 100 - total
    for criterion in COFFEE.criteria:
        if criterion.code in ("5.1", "5.2"):
            continue
        lowest = min(
            p
            for p in {0, *(o.points for o in criterion.options)}
            if BEST[criterion.code] - p <= over
        )
        over -= BEST[criterion.code] - lowest
        marks[criterion.code] = lowest
    assert over == 0
    return marks


def test_mean_is_not_rounded_into_the_next_band() -> None:
    three = {"Chủ tịch": sheet_of(90), "An": sheet_of(90), "Bình": sheet_of(89)}
    result = outcome(three, members=COUNCIL[:3], agreed=BEST)
    assert result.mean is not None
    assert round(result.mean) == 90
    assert (result.band, result.star) == (4, 4)
    exact = outcome({**three, "Bình": sheet_of(90)}, members=COUNCIL[:3], agreed=BEST)
    assert (exact.band, exact.star) == (5, 5)


def test_points_for_five_stars_but_a_minimum_missed() -> None:
    # 1.5 (chain of production): two points are a minimum of four stars, three of five.
    result = outcome(everyone({**BEST, "1.5": 2}))
    assert (result.band, result.star) == (5, 4)
    assert result.held_back == {"1.5": 3}
    assert "1.5" not in result.missed[4]


@pytest.mark.parametrize(
    ("minimums", "agreed", "level", "star"),
    [
        (Minimums.AGREED, {"1.5": 3}, 3, 5),
        (Minimums.AGREED, {"1.5": 2}, 2, 4),
        (Minimums.AGREED, {}, 2, 4),  # the lower of the two in the middle of 1, 2, 3, 3
        (Minimums.MEDIAN, {"1.5": 3}, 2, 4),
        (Minimums.EVERY, {"1.5": 3}, 1, 3),
    ],
)
def test_minimum_is_tested_on_the_level_the_setting_names(
    minimums: Minimums, agreed: dict[str, int], level: int, star: int
) -> None:
    marks = {
        "Chủ tịch": {**BEST, "1.5": 3},
        "An": {**BEST, "1.5": 3},
        "Bình": {**BEST, "1.5": 2},
        "Cúc": {**BEST, "1.5": 1},
    }
    result = outcome(marks, WorkingRules(minimums=minimums), agreed=agreed)
    assert result.mean == Decimal("99.25")  # the agreed level changes no points
    assert result.levels["1.5"] == level
    assert result.star == star


def test_members_who_differ_on_a_minimum_should_agree_on_a_level() -> None:
    marks = {**everyone(BEST), "Cúc": {**BEST, "1.5": 2, "1.1": 2}}
    result = outcome(marks)
    assert result.differing == ("1.5",)  # on 1.1 both levels reach its minimum
    assert result.problems == (Problem.LEVELS_DIFFER,)
    assert outcome(marks, agreed={"1.5": 3}).is_final
    assert outcome(marks, WorkingRules(minimums=Minimums.MEDIAN)).is_final


def test_gate_that_stops_leaves_no_star_whatever_the_points() -> None:
    gate = "all_imported_or_unknown_material"
    result = outcome(everyone(BEST), gates={gate: True})
    assert result.star is None
    assert result.stopped == (gate,)
    assert result.held_back == {}
    assert outcome(everyone(BEST), gates={gate: False}).star == 5


def test_paper_that_is_missing_counts_its_criterion_as_nothing() -> None:
    code = next(g.criterion for g in COFFEE.gates if g.id == "export_evidence")
    result = outcome(everyone(BEST), gates={"export_evidence": False})
    assert result.mean == 100 - BEST[code]


def test_product_not_grown_in_the_province_is_not_eligible() -> None:
    rice = load_set(1)
    best = {c.code: max(c.levels) for c in rice.criteria}
    gates = {"origin_100pct_in_province": False}
    result = assess(Case("Gạo", rice, [Sheet("An", best)], gates), (AN,), RULES)
    assert (result.mean, result.star) == (100, None)
    assert result.stopped == ("origin_100pct_in_province",)


def test_nothing_in_a_sensory_criterion_stops_set_16_once_the_council_says_so() -> None:
    drinks = load_set(16)
    best = {c.code: max(c.levels) for c in drinks.criteria}
    spoilt = {**best, "6.1": 0}
    sheets = [Sheet("An", best), Sheet("Bình", best), Sheet("Cúc", spoilt)]
    case = Case("Rượu", drinks, sheets)
    assert assess(case, COUNCIL, RULES).stopped == ()
    every = WorkingRules(minimums=Minimums.EVERY)
    assert assess(case, COUNCIL, every).stopped == ("zero_in_any_sensory",)
    assert assess(Case("Rượu", drinks, []), COUNCIL, RULES).stopped == ()


def test_one_sensory_zero_among_members_is_told_and_asks_for_an_agreed_level() -> None:
    drinks = load_set(16)
    best = {c.code: max(c.levels) for c in drinks.criteria}
    sheets = [Sheet("An", best), Sheet("Bình", best), Sheet("Cúc", {**best, "6.1": 0})]
    result = assess(Case("Nước", drinks, sheets), COUNCIL, RULES)
    assert result.differing == ("6.1",)
    agreed = assess(Case("Nước", drinks, sheets, agreed={"6.1": 0}), COUNCIL, RULES)
    assert (agreed.differing, agreed.stopped) == ((), ("zero_in_any_sensory",))


@pytest.mark.parametrize("minimums", list(Minimums))
def test_sensory_criterion_not_marked_yet_stops_nothing(minimums: Minimums) -> None:
    drinks = load_set(16)
    best = {c.code: max(c.levels) for c in drinks.criteria}
    without = {code: points for code, points in best.items() if code != "6.1"}
    rules = WorkingRules(minimums=minimums)
    sheets = [Sheet("An", without), Sheet("Bình", without), Sheet("Cúc", best)]
    result = assess(Case("Nước", drinks, sheets), COUNCIL, rules)
    assert result.stopped == ()
    assert Problem.UNANSWERED in result.problems
    spoilt = [Sheet("An", {**best, "6.1": 0}), Sheet("Bình", {**best, "6.1": 0}), *sheets[:1]]
    found = assess(Case("Nước", drinks, spoilt), COUNCIL, rules)
    assert found.stopped == ("zero_in_any_sensory",)


def test_band_alone_decides_where_an_office_says_so() -> None:
    rules = WorkingRules(star_rule=Rule.BAND_ONLY)
    result = outcome(everyone({**BEST, "1.5": 2}), rules)
    assert result.star == 5
    assert result.held_back == {}
    assert result.missed[5] == {"1.5": 3}


def test_spread_of_ten_passes_and_of_eleven_does_not() -> None:
    ten = outcome({**everyone(BEST), "Cúc": sheet_of(90)}, agreed=BEST)
    assert ten.spread == 10
    assert ten.is_final
    eleven = outcome({**everyone(BEST), "Cúc": sheet_of(89)}, agreed=BEST)
    assert eleven.problems == (Problem.SPREAD,)
    wider = WorkingRules(spread_limit=Decimal(15))
    assert outcome({**everyone(BEST), "Cúc": sheet_of(89)}, wider, agreed=BEST).is_final


def test_quorum_is_three_quarters_with_the_chair() -> None:
    three = dict.fromkeys(("Chủ tịch", "An", "Bình"), BEST)
    assert outcome(three).is_final
    two = dict.fromkeys(("Chủ tịch", "An"), BEST)
    assert outcome(two).problems == (Problem.QUORUM,)
    headless = dict.fromkeys(("An", "Bình", "Cúc"), BEST)
    assert outcome(headless).problems == (Problem.NO_CHAIR,)
    unknown = outcome({"An": BEST}, members=(AN,))
    assert unknown.problems == (Problem.CHAIR_UNKNOWN,)


def test_unanswered_counts_nothing_and_makes_the_result_provisional() -> None:
    partial = {code: points for code, points in BEST.items() if code not in ("1.1", "2.4")}
    result = outcome({**everyone(BEST), "An": partial}, agreed=BEST)
    assert result.totals["An"] == 100 - BEST["1.1"] - BEST["2.4"]
    assert result.unanswered == {"An": ("1.1", "2.4")}
    assert result.problems == (Problem.UNANSWERED,)


def test_member_without_marks_was_not_there() -> None:
    result = outcome({**everyone(BEST), "An": {}})
    assert "An" not in result.totals
    assert result.mean == 100
    assert result.members == 4


def test_product_nobody_marked_has_no_result() -> None:
    result = outcome({})
    assert (result.mean, result.spread, result.band, result.star) == (None, None, None, None)
    assert result.problems == (Problem.NO_SHEETS,)
    assert result.held_back == {}


def test_totals_stand_in_the_order_of_the_council() -> None:
    result = outcome(dict.fromkeys(("Cúc", "Chủ tịch", "An"), BEST))
    assert list(result.totals) == ["Chủ tịch", "An", "Cúc"]


sheets = st.fixed_dictionaries(
    {c.code: st.sampled_from(sorted({0, *(o.points for o in c.options)})) for c in COFFEE.criteria}
)


@given(st.lists(sheets, min_size=1, max_size=4), st.sampled_from(Minimums))
def test_result_as_reckoned_by_hand(given_sheets: list[dict[str, int]], minimums: Minimums) -> None:
    marks = {m.name: s for m, s in zip(COUNCIL, given_sheets, strict=False)}
    result = outcome(marks, WorkingRules(minimums=minimums))
    # 5.2 (how the story is told) counts only when there is a story.
    totals = [
        sum(points for code, points in sheet.items() if code != "5.2" or sheet["5.1"])
        for sheet in given_sheets
    ]
    mean = Fraction(sum(totals), len(totals))
    assert list(result.totals.values()) == totals
    assert result.spread == max(totals) - min(totals)
    band = 5 if mean >= 90 else 4 if mean >= 70 else 3 if mean >= 50 else 2 if mean >= 30 else 1
    assert result.band == band
    sections = sum(Fraction(points) for points in result.sections.values())
    assert abs(sections - mean) < Fraction(1, 10**20)
    for code, level in result.levels.items():
        column = sorted(sheet[code] for sheet in given_sheets)
        if minimums is Minimums.EVERY:
            assert level == column[0]
        else:
            below = [points for points in column if points <= level]
            assert level in column
            assert len(below) * 2 >= len(column)  # half the members gave this or less
    best = 0
    for star in (3, 4, 5):
        holds = all(
            result.levels[c.code] >= o.points
            for c in COFFEE.criteria
            for o in c.options
            if o.min_for_star and o.min_for_star <= star
        )
        if band >= star and holds:
            best = star
    assert (result.star if (result.star or 0) >= 3 else 0) == best
    assert from_json(json.loads(json.dumps(to_json(result)))) == result


def test_levels_of_an_even_council_are_never_between_two_options() -> None:
    case = Case("x", COFFEE, [Sheet("An", {"1.1": 1}), Sheet("Bình", {"1.1": 3})])
    assert levels_tested(case, case.sheets, Minimums.MEDIAN)["1.1"] == 1


def test_conditions_that_nobody_answered_make_the_result_provisional() -> None:
    result = outcome(everyone(BEST), gates={})
    assert result.star == 5
    assert result.problems == (Problem.GATES_OPEN,)
    assert set(result.open_gates) == {gate.id for gate in COFFEE.gates}
    assert from_json(json.loads(json.dumps(to_json(result)))) == result
