"""What the page on the wall tells of a sitting, and what it keeps until all sheets are in."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.actor import SYSTEM
from ocop.councils.queries import progress
from ocop.councils.services import sheets, sittings
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.hall import SET, Hall, build_hall, marks, open_hall, open_up
from tests.world import person

pytestmark = pytest.mark.django_db

CRITERIA = load_set(SET)


def first(hall: Hall, who: int = 0) -> progress.ItemProgress:
    return progress.progress(hall.actor(who), hall.sitting).items[0]


def test_totals_are_told_when_every_expected_sheet_is_in(now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=[3])
    hall.submit_all(80, 60)
    found = first(hall)
    assert (found.submitted, len(found.expected), len(found.judges)) == (2, 3, 4)
    assert found.missing == [hall.seat(2)]
    assert (found.totals, found.spread, found.mean, found.over_limit) == (None, None, None, False)
    hall.submit(2, marks(CRITERIA, 70))
    found = first(hall)
    assert found.all_in
    assert found.totals == {
        hall.seat(who).pk: Decimal(total) for who, total in enumerate((80, 60, 70))
    }
    assert (found.spread, found.mean, found.over_limit) == (20, 70, True)
    assert len(found.open_gates) == len({gate.id for gate in CRITERIA.gates})


def test_nobody_there_is_not_everybody_in(now: datetime) -> None:
    hall = open_hall(now)
    for who in range(3):
        sittings.note_attendance(
            actor=SYSTEM,
            sitting=hall.sitting,
            seat=hall.seat(who),
            present=False,
            note="Bị ốm",
            at=now,
        )
    assert not first(hall).all_in


def test_waiting_and_concluded_cases(now: datetime) -> None:
    hall = build_hall(now, cases=2)
    assert [each.submitted for each in progress.progress(hall.chair, hall.sitting).items] == [0, 0]
    open_up(hall)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    found = first(hall)
    assert (found.missing, found.mean, found.open_gates) == ([], 80, ())


def test_number_of_queries_does_not_grow_with_cases(now: datetime) -> None:
    counts = []
    for cases in (1, 4):
        hall = open_hall(now, cases=cases)
        for item in hall.items:
            hall.submit(1, marks(CRITERIA, 80), item)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(progress.progress(hall.chair, hall.sitting).items) == cases
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_detail_is_for_who_leads_and_blind_until_all_are_in(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80)
    auditor = hall.actor(person(now, Role.AUDITOR))
    for actor in (hall.chair, hall.secretary, hall.planner, auditor, SYSTEM):
        found = progress.detail(actor, hall.item)
        assert found is not None
        assert (found.outcome, found.problems, found.levels, found.gate_answers) == (
            None,
            (),
            {},
            {},
        )
    assert progress.detail(hall.actor(2), hall.item) is None
    stranger = hall.actor(person(now, Role.COUNCIL_CHAIR))
    assert progress.detail(stranger, hall.item) is None


def test_detail_names_what_differs_and_what_members_say_of_conditions(now: datetime) -> None:
    hall = open_hall(now)
    criterion = next(c for c in CRITERIA.criteria if c.minimum(3))
    gate = next(gate for gate in CRITERIA.gates if not gate.harmless).id
    best = marks(CRITERIA, 80)
    sheets.save_marks(actor=hall.actor(2), item=hall.item, changes={}, gates={gate: True}, at=now)
    hall.submit_all(80, 80)
    hall.submit(2, {**best, criterion.code: criterion.levels[0]})
    found = progress.detail(hall.chair, hall.item)
    assert found is not None
    assert found.outcome is not None
    assert [str(problem) for problem in found.problems] == ["gates_open", "levels_differ"]
    assert list(found.levels) == [criterion.code]
    assert set(found.levels[criterion.code].values()) == {
        best[criterion.code],
        criterion.levels[0],
    }
    names = [user.name for user in hall.people]
    assert found.gate_answers[gate] == dict(zip(names, (False, False, True), strict=True))
    assert found.gate_answers.keys() == {each.id for each in CRITERIA.gates}
    hall.answer(reason="Đã đối chiếu hồ sơ")
    from ocop.councils.services import concluding

    concluding.agree_level(
        actor=hall.chair,
        item=hall.item,
        criterion=criterion.code,
        points=best[criterion.code],
        at=now,
    )
    hall.conclude()
    found = progress.detail(hall.chair, hall.item)
    assert found is not None
    assert found.outcome is not None
    assert found.outcome.is_final
    assert found.problems == ()


def test_quorum_of_written_opinions_is_of_the_seats(now: datetime) -> None:
    hall = build_hall(now, kind="written")
    found = progress.quorum(hall.sitting)
    assert (found.present, found.chair_present, found.reached) == (3, True, True)
