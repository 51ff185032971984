"""Trying a stricter set on what councils concluded and on what they are judging."""

import copy
from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.councils.queries.trials import trial
from ocop.councils.working import CouncilRules
from ocop.criteria.sets import CriteriaSet, from_data, load_set
from tests.councils.hall import SET, Hall, marks, open_hall

pytestmark = pytest.mark.django_db
COFFEE = load_set(SET)


def leaf(data: dict[str, Any], code: str) -> dict[str, Any]:
    for section in data["sections"]:
        for part in section["parts"]:
            for each in part["parts"]:
                if each["code"] == code:
                    return dict(each)
    raise AssertionError(code)


def stricter(given: dict[str, int]) -> CriteriaSet:
    """The set with a minimum of three stars just above the mark given in one criterion."""
    data: dict[str, Any] = copy.deepcopy(dict(COFFEE.raw))
    for criterion in COFFEE.criteria:
        best = max(option.points for option in criterion.options)
        if given.get(criterion.code, 0) < best:
            break
    options = leaf(data, criterion.code)["options"]
    for option in options:
        option.pop("star", None)
    max(options, key=lambda option: option["points"])["star"] = 3
    return from_data(data, data["disqualifier_notes"])


def judged(now: datetime, *, conclude: bool) -> Hall:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    if conclude:
        hall.conclude()
    return hall


@pytest.mark.parametrize("conclude", [True, False])
def test_star_of_a_council_that_would_change(now: datetime, conclude: bool) -> None:
    hall = judged(now, conclude=conclude)
    found = trial(SYSTEM, COFFEE, stricter(marks(COFFEE, 80)))
    (shift,) = found.shifts
    assert (shift.item, shift.workbook, shift.title) == (hall.item, None, "Phiên họp thứ nhất")
    assert shift.before.star in (3, 4)
    assert (shift.after.star or 0) < 3
    assert (found.concluded, found.running) == ((1, 0) if conclude else (0, 1))
    assert found.tried == 1


def test_what_does_not_change_is_counted_as_tried(now: datetime) -> None:
    judged(now, conclude=True)
    found = trial(SYSTEM, COFFEE, COFFEE)
    assert (found.shifts, found.tried) == ([], 1)


def test_marks_are_not_told_before_every_sheet_is_in(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit(0, marks(COFFEE, 80))
    assert trial(SYSTEM, COFFEE, stricter(marks(COFFEE, 80))).tried == 0


def test_members_who_score_blind_are_told_nothing(now: datetime) -> None:
    hall = judged(now, conclude=False)
    new = stricter(marks(COFFEE, 80))
    assert trial(hall.actor(2), COFFEE, new).tried == 0
    assert trial(hall.planner, COFFEE, new).tried == 1
    assert trial(hall.planner, load_set(1), load_set(1)).tried == 0


def test_case_judged_twice_is_tried_on_its_last_marks(now: datetime) -> None:
    first = open_hall(now, passing=1, rules=CouncilRules(two_passes=True))
    first.submit_all(80, 80, 80)
    case = first.item.case
    assert trial(SYSTEM, COFFEE, COFFEE).running == 1
    first.answer()
    first.conclude(no_gaps=True)
    open_hall(now, cases=[case])
    assert trial(SYSTEM, COFFEE, COFFEE).tried == 0  # the second pass has begun blind
