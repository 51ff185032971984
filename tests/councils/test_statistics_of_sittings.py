"""Figures of concluded cases, for the chair, the office and auditors."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ocop.core.actor import SYSTEM
from ocop.councils import working
from ocop.councils.models import Case, ItemState
from ocop.councils.outcome import Minimums
from ocop.councils.queries import statistics
from ocop.councils.services import obstacles
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.hall import SET, Hall, open_hall
from tests.world import person

pytestmark = pytest.mark.django_db

#: Only the points decide: what one member is worth is then easy to see.
POINTS = working.CouncilRules(
    spread_limit=Decimal(100), minimums=Minimums.MEDIAN, star_rule=Rule.BAND_ONLY
)


def concluded(now: datetime, *rounds: tuple[int, ...]) -> Hall:
    """Cases concluded with these totals by the members."""
    hall = open_hall(now, members=len(rounds[0]), cases=len(rounds), rules=POINTS)
    for item, totals in zip(hall.items, rounds, strict=True):
        hall.submit_all(*totals, item=item)
        hall.answer(item)
        hall.conclude(item)
    return hall


def test_star_that_hangs_on_one_member_and_the_self_score(now: datetime) -> None:
    hall = concluded(now, (60, 72, 81))
    Case.objects.update(self_total=Decimal(90), self_star=5)
    sitting = statistics.of_sitting(hall.chair, hall.sitting)
    assert sitting is not None
    (found,) = sitting.items
    names = [person.name for person in hall.people]
    assert found.outcome.star == 4  # a mean of 71
    assert found.without == dict(zip(names, (4, 4, 3), strict=True))
    assert found.star_hangs_on == (names[2],)
    assert found.distances == dict(zip(names, (-11, 1, 10), strict=True))
    assert (found.self_star, found.self_difference) == (5, Fraction(-19))
    assert set(found.sections) == {"A", "B", "C"}
    assert sum(section.mean for section in found.sections.values()) == 71
    assert found.agreement.cases == len(load_set(SET).criteria)


def test_sitting_has_agreement_and_patterns(now: datetime) -> None:
    hall = concluded(now, (80, 70, 75), (60, 52, 56), (90, 84, 87))
    found = statistics.of_sitting(hall.planner, hall.sitting)
    assert found is not None
    assert len(found.items) == 3
    assert (found.agreement.cases, found.agreement.members) == (3, 3)
    assert found.agreement.single is not None
    assert found.agreement.single > Fraction(4, 5)
    assert [pattern.member for pattern in found.patterns] == [
        hall.people[who].name for who in (1, 2, 0)
    ]
    assert found.items[0].self_difference is None
    assert all(one.agreement.members == 3 for one in found.items)  # over the criteria
    [row] = statistics.over_sittings(hall.chair, hall.council)
    assert (row.sitting, row.cases, row.agreement) == (hall.sitting, 3, found.agreement)
    assert statistics.over_sittings(hall.planner) == [row]
    assert statistics.over_sittings(SYSTEM) == [row]


def test_figures_are_not_for_members_secretaries_and_strangers(now: datetime) -> None:
    hall = concluded(now, (80, 70, 75))
    stranger = hall.actor(person(now, Role.COUNCIL_CHAIR))
    for actor in (hall.secretary, hall.actor(2), stranger):
        assert statistics.of_sitting(actor, hall.sitting) is None
        assert statistics.over_sittings(actor, hall.council) == []
    auditor = hall.actor(person(now, Role.AUDITOR))
    assert statistics.of_sitting(auditor, hall.sitting) is not None


def test_open_cases_and_those_one_is_recused_from_are_left_out(now: datetime) -> None:
    hall = open_hall(now, members=4, cases=3, rules=POINTS)
    mine, other, waiting = hall.items
    obstacles.declare_conflict(actor=hall.chair, case=mine.case, reason="", at=now)
    hall.submit_all(80, 80, 80, 70, item=other)
    hall.answer(other)
    hall.conclude(other)
    found = statistics.of_sitting(hall.chair, hall.sitting)
    assert found is not None
    assert [each.item for each in found.items] == [other]
    assert waiting.state != ItemState.CONCLUDED
