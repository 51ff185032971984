"""News of a council reaches its members, and never of a case whoever is recused from it."""

from datetime import date, datetime, timedelta

import pytest

from ocop.councils import notices
from ocop.councils.models import Ground, Obstacle, ObstacleState, Sheet, SittingKind
from ocop.people.models import Message, User
from ocop.people.roles import Role
from tests.news import Round, build_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> Round:
    return build_round(now)


def _who(told: list[Message]) -> set[User]:
    return {message.user for message in told}


def _recuse(world: Round, number: int, now: datetime) -> Obstacle:
    return Obstacle.objects.create(
        case=world.item.case,
        seat=world.seats[number],
        ground=Ground.DECLARED,
        state=ObstacleState.RECUSED,
        raised_at=now,
    )


def _sheet(world: Round, number: int, now: datetime) -> Sheet:
    return Sheet.objects.create(item=world.item, seat=world.seats[number], created_at=now)


def test_members_are_told_of_seat_and_sitting(world: Round, now: datetime) -> None:
    everybody = {world.chair, *world.members}
    assert _who(notices.seated(seat=world.seats[1], at=now)) == {world.members[0]}
    told = notices.invited(sitting=world.sitting, at=now)
    assert _who(told) == everybody
    assert "08:00 ngày 25/11/2026" in told[0].body
    assert "Phòng họp số 2" in told[0].body
    assert notices.invited(sitting=world.sitting, at=now) == []
    assert _who(notices.moved(sitting=world.sitting, at=now)) == everybody
    assert len(notices.moved(sitting=world.sitting, at=now + timedelta(hours=1))) == 3
    assert _who(notices.meeting_called(sitting=world.sitting, at=now)) == everybody
    assert _who(notices.soon(sitting=world.sitting, at=now)) == everybody
    assert _who(notices.cancelled(sitting=world.sitting, reason="Bão", at=now)) == everybody


def test_an_invitation_names_no_case(world: Round, now: datetime) -> None:
    told = notices.invited(sitting=world.sitting, at=now)
    assert not [m for m in told if world.item.case.title in m.subject + m.body]


def test_written_opinions_are_asked_by_a_day(world: Round, now: datetime) -> None:
    world.sitting.kind, world.sitting.until = SittingKind.WRITTEN, date(2026, 12, 5)
    told = notices.invited(sitting=world.sitting, at=now)
    assert told[0].due_on == date(2026, 12, 5)
    assert "05/12/2026" in told[0].body


def test_a_seat_that_ended_gets_no_invitation(world: Round, now: datetime) -> None:
    world.seats[2].ends_on = date(2026, 11, 24)
    world.seats[2].save()
    assert world.members[1] not in _who(notices.invited(sitting=world.sitting, at=now))


def test_a_recused_member_is_told_nothing_of_the_case(world: Round, now: datetime) -> None:
    _recuse(world, 1, now)
    told = notices.rescoring(item=world.item, reason="Điểm lệch 14", at=now)
    assert _who(told) == {world.chair, world.members[1]}
    sheet = _sheet(world, 1, now)
    assert notices.reopened(sheet=sheet, reason="Nhầm", at=now) == []
    assert notices.paper_entered(sheet=sheet, at=now) == []


def test_a_sheet_is_its_members_alone(world: Round, now: datetime) -> None:
    sheet = _sheet(world, 2, now)
    assert _who(notices.reopened(sheet=sheet, reason="Chấm nhầm", at=now)) == {world.members[1]}
    assert _who(notices.paper_entered(sheet=sheet, at=now)) == {world.members[1]}


def test_a_conflict_is_for_the_chair_to_settle(world: Round, now: datetime) -> None:
    obstacle = Obstacle.objects.create(
        case=world.item.case, seat=world.seats[1], ground=Ground.HOUSEHOLD, raised_at=now
    )
    assert _who(notices.conflict_found(obstacle=obstacle, at=now)) == {world.chair}
    own = Obstacle.objects.create(
        case=world.item.case, seat=world.seats[0], ground=Ground.HOUSEHOLD, raised_at=now
    )
    assert notices.conflict_found(obstacle=own, at=now) == []


def test_the_office_is_told_of_a_conclusion(world: Round, now: datetime) -> None:
    world.item.star = 4
    told = notices.concluded(item=world.item, at=now)
    assert _who(told) == {world.officer, world.head}
    assert "4 sao" in told[0].body


def test_an_officer_who_is_recused_as_a_member_is_not(world: Round, now: datetime) -> None:
    from ocop.core.actor import SYSTEM
    from ocop.people import services as people

    people.grant_role(
        actor=SYSTEM,
        user=world.members[0],
        role=Role.PROVINCIAL_OFFICER,
        starts_on=date(2026, 1, 1),
        at=now,
    )
    _recuse(world, 1, now)
    assert world.members[0] not in _who(notices.concluded(item=world.item, at=now))


def test_missing_sheets_are_told_once_a_step_and_anew_for_another_last_day(
    world: Round, now: datetime
) -> None:
    def tell(step: int) -> list[Message]:
        return notices.sheets_missing(
            sitting=world.sitting, user=world.members[0], count=3, step=step, at=now
        )

    assert "3" in tell(0)[0].subject
    assert tell(0) == []
    assert len(tell(1)) == 1
    world.sitting.starts_at += timedelta(days=7)
    assert len(tell(1)) == 1


@pytest.mark.parametrize(
    ("star", "told"),
    [
        (None, "Không đề nghị hạng sao"),
        (2, "Không đề nghị hạng sao"),  # only three stars and more are decided on
        (4, "Đề nghị 4 sao"),
        (5, "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao. Hãy trình hồ sơ lên Bộ."),
    ],
)
def test_office_is_told_what_the_council_may_propose(
    world: Round, now: datetime, star: int | None, told: str
) -> None:
    world.item.star = star
    message = notices.concluded(item=world.item, at=now)[0]
    assert message.body.startswith(told)
