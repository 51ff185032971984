"""News of a dossier reaches the right people, once, and never whoever is recused."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.codes import public_code
from ocop.councils.models import Ground, Obstacle, ObstacleState, Position, Seat
from ocop.dossiers import ministry_notices, notices
from ocop.dossiers.models import (
    Assignment,
    ChangeRequest,
    ChangeState,
    Dossier,
    Snapshot,
    State,
    Supplement,
)
from ocop.people.models import Message, User
from ocop.people.roles import Role
from tests.factories import RecognitionFactory
from tests.news import Round, build_round
from tests.world import SINCE, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> Round:
    return build_round(now)


def _who(told: list[Message]) -> set[User]:
    return {message.user for message in told}


def _supplement(world: Round, now: datetime, **more: Any) -> Supplement:
    return Supplement.objects.create(
        code=public_code(),
        dossier=world.dossier,
        step=State.AT_COMMUNE,
        wanted="Giấy kiểm nghiệm",
        due_on=date(2026, 12, 1),
        asked_by=world.adviser.pk,
        asked_at=now,
        **more,
    )


def _change(world: Round, now: datetime, **more: Any) -> ChangeRequest:
    base = Snapshot.objects.create(
        dossier=world.dossier, number=1, content={}, sha256="0" * 64, why="submitted", made_at=now
    )
    return ChangeRequest.objects.create(
        code=public_code(),
        dossier=world.dossier,
        base=base,
        proposed={},
        reason="Sai số điện thoại",
        asked_at=now,
        **more,
    )


def test_the_commune_of_the_dossier_is_told_of_it(world: Round, now: datetime) -> None:
    told = notices.submitted(dossier=world.dossier, at=now)
    assert _who(told) == {world.commune}
    assert told[0].due_on == date(2026, 12, 14)
    assert "14/12/2026" in told[0].body
    assert told[0].link == f"/den/ho-so/{world.dossier.code}/"


def test_where_the_commune_has_no_account_the_office_is_told(world: Round, now: datetime) -> None:
    world.dossier.commune = world.places.province
    assert _who(notices.submitted(dossier=world.dossier, at=now)) == {world.officer, world.head}


def test_nobody_at_all_is_no_error(world: Round, now: datetime) -> None:
    User.objects.update(is_active=False)
    for told in (
        notices.submitted(dossier=world.dossier, at=now),
        notices.returned(dossier=world.dossier, reason="Thiếu", at=now),
        notices.escalated(dossier=world.dossier, at=now),
    ):
        assert told == []


def test_the_producer_is_told_what_becomes_of_the_dossier(world: Round, now: datetime) -> None:
    dossier, maker = world.dossier, {world.maker}
    assert _who(notices.returned(dossier=dossier, reason="Thiếu giấy", at=now)) == maker
    assert _who(notices.received(dossier=dossier, at=now)) == maker
    assert _who(ministry_notices.sent(dossier=dossier, at=now)) == maker
    both = maker | {world.commune}
    assert _who(notices.refused(dossier=dossier, reason="Chưa đủ điểm", at=now)) == both
    dossier.recognition = RecognitionFactory(product=dossier.product, stars=4)
    told = notices.decided(dossier=dossier, at=now)
    assert _who(told) == both
    assert "4 sao" in told[0].body


def test_a_dossier_returned_twice_is_told_twice(world: Round, now: datetime) -> None:
    later = now + timedelta(days=3)
    assert len(notices.returned(dossier=world.dossier, reason="Thiếu", at=now)) == 1
    assert len(notices.returned(dossier=world.dossier, reason="Thiếu", at=later)) == 1


def test_forwarding_tells_the_producer_and_the_office(world: Round, now: datetime) -> None:
    told = notices.forwarded(dossier=world.dossier, at=now)
    assert _who(told) == {world.maker, world.officer, world.head}
    assert {m.kind for m in told if m.user == world.head} == {"dossiers.to_receive"}


def test_what_is_asked_and_answered_goes_to_and_fro(world: Round, now: datetime) -> None:
    supplement = _supplement(world, now)
    asked = notices.asked(supplement=supplement, at=now)
    assert _who(asked) == {world.maker}
    assert asked[0].due_on == supplement.due_on
    assert _who(notices.answered(supplement=supplement, at=now)) == {world.adviser}
    supplement.asked_by = None  # by the system
    assert notices.answered(supplement=supplement, at=now) == []
    assert _who(notices.supplement_due(supplement=supplement, at=now)) == {world.maker}
    assert notices.supplement_due(supplement=supplement, at=now + timedelta(days=1)) == []


def test_changes_are_told_to_who_has_the_dossier_and_the_answer_is_the_producers(
    world: Round, now: datetime
) -> None:
    change = _change(world, now)
    office = {world.adviser, world.officer, world.head}
    assert _who(notices.change_asked(change=change, at=now)) == office | {world.commune}
    world.dossier.state = State.EXAMINING  # the commune has it no more
    later = now + timedelta(minutes=1)
    assert _who(notices.change_asked(change=change, at=later)) == office
    change.state, change.answer = ChangeState.DECLINED, "Nộp lại ở đợt sau"
    told = notices.change_answered(change=change, at=now)
    assert _who(told) == {world.maker}
    assert told[0].subject.startswith("Không đồng ý")


def test_an_adviser_is_told_of_the_assignment(world: Round, now: datetime) -> None:
    given = Assignment.objects.get(adviser=world.adviser)
    assert _who(notices.assigned(assignment=given, at=now)) == {world.adviser}


def test_taking_back_tells_who_works_on_it(world: Round, now: datetime) -> None:
    told = notices.withdrawn(dossier=world.dossier, reason="Ngừng sản xuất", at=now)
    assert _who(told) == {world.commune, world.adviser}
    Dossier.objects.update(forwarded_at=now)
    world.dossier.refresh_from_db()
    later = now + timedelta(minutes=1)
    told = notices.withdrawn(dossier=world.dossier, reason="Ngừng sản xuất", at=later)
    assert _who(told) == {world.commune, world.adviser, world.officer, world.head}
    world.dossier.submitted_at = None
    assert notices.withdrawn(dossier=world.dossier, reason="Thôi", at=later) == []


def test_a_passed_day_is_told_to_the_heads_once(world: Round, now: datetime) -> None:
    assert _who(notices.escalated(dossier=world.dossier, at=now)) == {world.head}
    assert notices.escalated(dossier=world.dossier, at=now + timedelta(days=1)) == []


def test_a_recused_member_is_told_nothing_even_as_an_adviser(world: Round, now: datetime) -> None:
    both = person(now, Role.ADVISORY_MEMBER)
    seat = Seat.objects.create(
        council=world.council, user=both, position=Position.MEMBER, starts_on=SINCE
    )
    Obstacle.objects.create(
        case=world.dossier.case,
        seat=seat,
        ground=Ground.DECLARED,
        state=ObstacleState.RECUSED,
        raised_at=now,
    )
    given = Assignment.objects.create(dossier=world.dossier, adviser=both, assigned_at=now)
    assert notices.assigned(assignment=given, at=now) == []
    assert both not in _who(notices.withdrawn(dossier=world.dossier, reason="Thôi", at=now))
