"""Whoever has a conflict of interest has no part in a case and sees nothing of it."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Ground, Item, Obstacle, ObstacleState, Seat, Sheet
from ocop.councils.queries import progress, sheets, sittings, statistics
from ocop.councils.services import concluding, obstacles
from ocop.councils.services import sheets as marking
from ocop.councils.services import sittings as planning
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from ocop.people.services import grant_role
from ocop.producers.models import ProducerKind, ProducerMembership
from tests.councils.hall import (
    SET,
    Hall,
    build_hall,
    marks,
    new_case,
    new_council,
    open_hall,
    open_up,
)
from tests.factories import ProducerFactory
from tests.world import SINCE, member, person

pytestmark = pytest.mark.django_db

EIGHTY = marks(load_set(SET), 80)


def declare(hall: Hall, who: int, item: Item | None = None) -> Obstacle:
    case = (item or hall.item).case
    return obstacles.declare_conflict(actor=hall.actor(who), case=case, reason="", at=hall.now)


def settle(hall: Hall, who: int, obstacle: Obstacle, recused: bool) -> Obstacle:
    return obstacles.settle_obstacle(
        actor=hall.actor(who), obstacle=obstacle, recused=recused, reason="Đã xem", at=hall.now
    )


@pytest.mark.parametrize("who", [0, 1, 2])
def test_recused_member_sees_nothing_of_the_case_anywhere(now: datetime, who: int) -> None:
    hall = open_hall(now, members=4, cases=2)
    mine, other = hall.items
    hall.submit(who, EIGHTY, mine)
    declare(hall, who, mine)
    actor = hall.actor(who)
    assert list(sittings.items_visible_to(actor)) == [other]
    assert sittings.items_visible_to(actor).count() == 1
    assert list(sittings.agenda(actor, hall.sitting)) == [other]
    assert [row["case"] for row in sittings.hidden_cases(actor)] == [mine.case_id]
    assert sheets.own_sheet(actor, mine) is None
    assert list(sheets.own_sheets(actor)) == []
    assert list(sheets.sheets_visible_to(actor, mine)) == []
    assert list(sittings.obstacles_visible_to(actor)) == []
    assert [each.item for each in progress.progress(actor, hall.sitting).items] == [other]
    assert progress.detail(actor, mine) is None
    assert statistics.over_sittings(actor) == []
    for act in (marking.save_marks, marking.submit_sheet):
        with pytest.raises(NotAllowed):
            act(
                actor=actor,
                item=mine,
                at=now,
                **({"changes": {}} if act is marking.save_marks else {}),
            )


def test_recused_member_who_is_of_the_office_too_sees_nothing(now: datetime) -> None:
    hall = open_hall(now)
    grant_role(actor=SYSTEM, user=hall.people[2], role=Role.OFFICE_HEAD, starts_on=SINCE, at=now)
    assert sittings.items_visible_to(hall.actor(2)).count() == 1
    declare(hall, 2)
    assert sittings.items_visible_to(hall.actor(2)).count() == 0
    with pytest.raises(NotAllowed):
        planning.take_off(actor=hall.actor(2), item=hall.item, reason="Hoãn", at=now)
    other = planning.plan_sitting(
        actor=SYSTEM,
        council=hall.council,
        kind="meeting",
        title="Phiên khác",
        place="",
        starts_at=now + timedelta(days=1),
        passing=2,
        at=now,
    )
    planning.take_off(actor=SYSTEM, item=hall.item, reason="Hoãn", at=now)
    with pytest.raises(NotAllowed):
        planning.add_to_agenda(actor=hall.actor(2), sitting=other, cases=[hall.item.case], at=now)


def test_recused_chair_leads_no_step_of_the_case(now: datetime) -> None:
    hall = open_hall(now, members=4, cases=2)
    declare(hall, 0, hall.items[0])
    item = hall.item
    for act, more in (
        (concluding.conclude, {}),
        (concluding.ask_rescoring, {"reason": "Xem lại"}),
        (concluding.answer_gates, {"gates": {}}),
        (concluding.agree_level, {"criterion": "1.1", "points": 0}),
        (concluding.note_discussion, {"text": "Ý kiến"}),
    ):
        with pytest.raises(NotAllowed):
            act(actor=hall.chair, item=item, at=now, **more)


def test_recused_sheet_counts_no_more_and_the_quorum_is_of_the_whole_council(
    now: datetime,
) -> None:
    hall = open_hall(now, members=4)
    hall.submit_all(80, 80, 80, 60)
    declare(hall, 3)
    assert Sheet.objects.filter(seat=hall.seat(3)).count() == 1
    hall.answer()
    item = hall.conclude()
    assert (item.mean, item.outcome["members"], len(item.outcome["totals"])) == (80, 4, 3)


def test_too_many_recused_are_no_quorum(now: datetime) -> None:
    hall = open_hall(now, members=4)
    for who in (2, 3):
        declare(hall, who)
    hall.submit_all(80, 80)
    hall.answer()
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert list(refusal.value.fields) == ["quorum"]


def test_deputy_presides_where_the_chair_is_recused(now: datetime) -> None:
    hall = open_hall(now, members=4, deputy=True)
    declare(hall, 0)
    for who in (1, 2, 3):
        sheet = hall.submit(who, EIGHTY)
    with pytest.raises(NotAllowed):
        marking.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm", at=now)
    marking.reopen_sheet(actor=hall.actor(2), sheet=sheet, reason="Nhầm", at=now)
    hall.submit(3, EIGHTY)
    concluding.answer_gates(actor=hall.secretary, item=hall.item, gates=_harmless(), at=now)
    item = concluding.conclude(actor=hall.actor(2), item=hall.item, at=now)
    assert item.star


def test_nobody_presides_where_chair_and_deputies_are_recused(now: datetime) -> None:
    hall = open_hall(now, members=4)
    declare(hall, 0)
    for who in (1, 2, 3):
        hall.submit(who, EIGHTY)
    concluding.answer_gates(actor=hall.secretary, item=hall.item, gates=_harmless(), at=now)
    with pytest.raises(Refused) as refusal:
        concluding.conclude(actor=hall.secretary, item=hall.item, at=now)
    assert list(refusal.value.fields) == ["chair_unknown"]


def test_who_closes_is_not_told_of_cases_of_others(now: datetime) -> None:
    """How many there are tells of what the secretary must not see; somebody else has to act."""
    hall = open_hall(now, members=5, cases=3)
    mine, also_mine, other = hall.items
    for item in (mine, also_mine):
        declare(hall, 1, item)

    def refused(who: int) -> str:
        with pytest.raises(Refused) as refusal:
            planning.close_sitting(actor=hall.actor(who), sitting=hall.sitting, at=now)
        assert refusal.value.code == "items_open"
        return refusal.value.message

    assert "Còn 1 sản phẩm" in refused(1)
    planning.take_off(actor=hall.secretary, item=other, reason="Hoãn", at=now)
    said = refused(1)
    assert not any(letter.isdigit() for letter in said)
    assert "nhờ người điều hành khác" in said
    assert "Còn 2 sản phẩm" in refused(0)
    planning.take_off(actor=hall.chair, item=mine, reason="Hoãn", at=now)
    planning.take_off(actor=hall.planner, item=also_mine, reason="Hoãn", at=now)
    assert planning.close_sitting(actor=hall.secretary, sitting=hall.sitting, at=now).closed_at


def _harmless() -> dict[str, bool]:
    from tests.councils.books import harmless

    return harmless(load_set(SET))


def test_conflict_is_declared_again_without_harm_and_not_after_the_conclusion(
    now: datetime,
) -> None:
    hall = open_hall(now, members=4)
    first = declare(hall, 3)
    assert (first.state, first.ground) == (ObstacleState.RECUSED, Ground.DECLARED)
    assert declare(hall, 3) == first
    settle(hall, 0, first, recused=False)
    assert sittings.items_visible_to(hall.actor(3)).count() == 1
    again = declare(hall, 3)
    assert (again.pk, again.state) == (first.pk, ObstacleState.RECUSED)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    with pytest.raises(Refused) as refusal:
        declare(hall, 2)
    assert refusal.value.code == "concluded"
    with pytest.raises(Refused) as refusal:
        settle(hall, 0, first, recused=False)
    assert refusal.value.code == "concluded"


def test_conflict_is_declared_by_members_of_the_council_it_stands_before(now: datetime) -> None:
    hall = build_hall(now)
    _council, people = new_council(now)
    for actor in (hall.actor(people[0]), hall.planner):
        with pytest.raises(NotAllowed):
            obstacles.declare_conflict(actor=actor, case=hall.item.case, reason="", at=now)


def test_leader_is_out_at_once_and_likeness_waits_for_the_chair(now: datetime) -> None:
    council, people = new_council(now, 5)
    Seat.objects.filter(user=people[3]).update(organisation="HTX Miến Minh Hồng")
    producer = ProducerFactory(name="Hợp tác xã Miến Minh Hồng", leader_name=people[2].name.upper())
    household = ProducerFactory(name=f"Hộ kinh doanh {people[4].name}", kind=ProducerKind.HOUSEHOLD)
    sitting = planning.plan_sitting(
        actor=SYSTEM,
        council=council,
        kind="meeting",
        title="Phiên",
        place="",
        starts_at=now,
        passing=2,
        at=now,
    )
    cases = [new_case(now, producer=producer), new_case(now, producer=household)]
    planning.set_agenda(actor=SYSTEM, sitting=sitting, cases=cases, at=now)
    found = {
        (row.seat.user_id, row.case_id): (row.ground, row.state) for row in Obstacle.objects.all()
    }
    assert found == {
        (people[2].pk, cases[0].pk): (Ground.LEADER, ObstacleState.RECUSED),
        (people[3].pk, cases[0].pk): (Ground.ORGANISATION, ObstacleState.WARNED),
        (people[4].pk, cases[1].pk): (Ground.HOUSEHOLD, ObstacleState.WARNED),
    }
    assert obstacles.find_conflicts(actor=SYSTEM, sitting=sitting, at=now) == []


def test_who_acts_for_the_producer_is_out_at_once(now: datetime) -> None:
    hall = build_hall(now)
    producer = hall.item.case.producer
    assert producer is not None
    ProducerMembership.objects.create(user=hall.people[2], producer=producer, starts_on=SINCE)
    assert member(now, producer)  # somebody outside the council
    [found] = obstacles.find_conflicts(actor=hall.planner, sitting=hall.sitting, at=now)
    assert (found.seat, found.state) == (hall.seat(2), ObstacleState.RECUSED)


def test_case_without_a_producer_has_no_conflicts(now: datetime) -> None:
    hall = build_hall(now)
    Item.objects.get().case.__class__.objects.update(producer=None)
    assert obstacles.find_conflicts(actor=SYSTEM, sitting=hall.sitting, at=now) == []


def warned(hall: Hall, who: int) -> Obstacle:
    return Obstacle.objects.create(
        case=hall.item.case, seat=hall.seat(who), ground=Ground.HOUSEHOLD, raised_at=hall.now
    )


def test_scoring_waits_for_warnings_to_be_settled(now: datetime) -> None:
    hall = build_hall(now)
    obstacle = warned(hall, 2)
    with pytest.raises(Refused) as refusal:
        open_up(hall)
    assert refusal.value.code == "conflicts_unsettled"
    settle(hall, 0, obstacle, recused=False)
    assert concluding.start_all(actor=hall.chair, sitting=hall.sitting, at=now)


def test_nobody_settles_the_own_conflict(now: datetime) -> None:
    hall = build_hall(now)
    own = warned(hall, 0)
    for who in (0, 2):
        with pytest.raises(NotAllowed):
            settle(hall, who, own, recused=False)
    with pytest.raises(Refused) as refusal:
        obstacles.settle_obstacle(
            actor=hall.secretary, obstacle=own, recused=True, reason="", at=now
        )
    assert refusal.value.code == "reason_needed"
    assert settle(hall, 1, own, recused=True).state == ObstacleState.RECUSED
    with pytest.raises(NotAllowed):  # recused now: not about others in this case either
        settle(hall, 0, warned(hall, 2), recused=False)


def test_who_reads_conflicts(now: datetime) -> None:
    hall = build_hall(now)
    row = warned(hall, 2)
    for actor in (hall.chair, hall.secretary, hall.planner, hall.actor(2), SYSTEM):
        assert list(sittings.obstacles_visible_to(actor)) == [row]
    stranger = hall.actor(person(now, Role.COUNCIL_CHAIR))
    assert list(sittings.obstacles_visible_to(stranger)) == []
    planning.cancel_sitting(actor=SYSTEM, sitting=hall.sitting, reason="Bão", at=now)
    hall.sitting.refresh_from_db()
    assert obstacles.unsettled(hall.sitting, [hall.item.case]) == 0
