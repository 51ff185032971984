"""What lies ahead of each person: only the own, nothing of what one is recused from."""

from datetime import date, datetime, timedelta

import pytest

from ocop.core.codes import public_code
from ocop.councils.models import Ground, Obstacle, ObstacleState, SittingKind, SittingState
from ocop.dossiers.models import Round as AssessmentRound
from ocop.dossiers.models import RoundKind, State, Supplement
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.programme.agenda import agenda
from ocop.programme.entries import Entry, What
from ocop.programme.models import TaskKind
from ocop.programme.services import tasks
from ocop.programme.services.tasks import NewTask
from tests.news import Round, build_round
from tests.world import member, person, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> Round:
    return build_round(now)


def _agenda(user: User, now: datetime, **more: bool) -> list[Entry]:
    return agenda(people.actor_for(user, on=now.date()), on=now.date(), **more)


def _what(entries: list[Entry]) -> set[What]:
    return {entry.what for entry in entries}


def test_a_step_is_with_who_has_to_take_it(world: Round, now: datetime) -> None:
    dossier = world.dossier
    holders = {
        State.DRAFT: world.maker,
        State.AT_COMMUNE: world.commune,
        State.FORWARDED: world.officer,
        State.EXAMINING: world.adviser,
        State.CONCLUDED: world.head,
    }
    everybody = {*holders.values(), world.elsewhere, *world.members}
    for state, holder in holders.items():
        dossier.state = state
        dossier.save()
        having = {u for u in everybody if What.STEP in _what(_agenda(u, now))}
        assert holder in having, state
        assert having <= ({world.officer, world.head} | {holder}), state
    dossier.state = State.DECIDED
    dossier.save()
    assert not [u for u in everybody if What.STEP in _what(_agenda(u, now))]


def test_a_clock_that_stands_still_presses_nobody(world: Round, now: datetime) -> None:
    Supplement.objects.create(
        code=public_code(),
        dossier=world.dossier,
        step=State.AT_COMMUNE,
        wanted="Giấy kiểm nghiệm",
        due_on=date(2026, 12, 1),
        asked_at=now,
    )
    assert What.STEP not in _what(_agenda(world.commune, now))
    asked = [e for e in _agenda(world.maker, now) if e.what is What.SUPPLEMENT]
    assert [(e.on, e.title) for e in asked] == [(date(2026, 12, 1), "Mật ong hoa nhãn")]


def test_members_go_to_their_sittings_and_the_office_to_all(world: Round, now: datetime) -> None:
    for user, goes in (
        (world.chair, True),
        (world.members[0], True),
        (world.officer, True),
        (world.adviser, False),
        (world.maker, False),
    ):
        found = [e for e in _agenda(user, now) if e.what is What.SITTING]
        assert bool(found) is goes
    entry = _agenda(world.chair, now)[0]
    assert entry.starts_at == world.sitting.starts_at
    assert entry.place == "Phòng họp số 2"


def test_a_sitting_names_no_case(world: Round, now: datetime) -> None:
    found = _agenda(world.members[0], now)
    assert world.item.case.title not in " ".join(f"{e.title} {e.detail}" for e in found)


def test_written_opinions_stand_on_their_last_day(world: Round, now: datetime) -> None:
    world.sitting.kind, world.sitting.until = SittingKind.WRITTEN, date(2026, 12, 5)
    world.sitting.save()
    entry = _agenda(world.chair, now)[0]
    assert (entry.on, entry.starts_at) == (date(2026, 12, 5), None)


def test_nobody_owes_an_opinion_once_the_procedure_is_closed(world: Round, now: datetime) -> None:
    world.sitting.kind, world.sitting.until = SittingKind.WRITTEN, date(2027, 6, 20)
    world.sitting.state = SittingState.CLOSED
    world.sitting.closed_at = now - timedelta(days=3)
    world.sitting.save()
    assert What.SITTING not in _what(_agenda(world.chair, now))
    [kept] = [e for e in _agenda(world.chair, now, past=True) if e.what is What.SITTING]
    assert kept.on == (now - timedelta(days=3)).date()
    assert "Hạn gửi" not in kept.detail


def test_a_calendar_keeps_the_past_and_what_was_cancelled(world: Round, now: datetime) -> None:
    world.sitting.starts_at = now - timedelta(days=5)
    world.sitting.state = SittingState.CANCELLED
    world.sitting.save()
    assert _agenda(world.chair, now) == []
    assert [e.cancelled for e in _agenda(world.chair, now, past=True)] == [True]


def test_who_is_recused_has_no_step_of_the_case(world: Round, now: datetime) -> None:
    from ocop.dossiers.models import Assignment

    member = world.members[0]
    people_services_grant(member, Role.ADVISORY_MEMBER, now)
    Assignment.objects.create(dossier=world.dossier, adviser=member, assigned_at=now)
    world.dossier.state = State.EXAMINING
    world.dossier.save()
    assert What.STEP in _what(_agenda(member, now))
    Obstacle.objects.create(
        case=world.item.case,
        seat=world.seats[1],
        ground=Ground.DECLARED,
        state=ObstacleState.RECUSED,
        raised_at=now,
    )
    assert What.STEP not in _what(_agenda(member, now))


def people_services_grant(user: User, role: Role, now: datetime) -> None:
    from ocop.core.actor import SYSTEM
    from ocop.people import services

    services.grant_role(actor=SYSTEM, user=user, role=role, starts_on=date(2026, 1, 1), at=now)


def test_tasks_are_with_the_unit_and_followed_by_the_office(world: Round, now: datetime) -> None:
    office = people.actor_for(world.officer, on=now.date())
    task = NewTask(TaskKind.OTHER, "Rà soát tem", "Báo số tem hỏng.", date(2026, 12, 10))
    tasks.give_task(actor=office, task=task, units=[world.places.here], at=now)
    (mine,) = [e for e in _agenda(world.commune, now) if e.what is What.TASK]
    assert (mine.on, mine.deadline) == (date(2026, 12, 10), True)
    (followed,) = [e for e in _agenda(world.officer, now) if e.what is What.TASK]
    assert followed.detail.startswith("0 trên 1")
    assert What.TASK not in _what(_agenda(world.elsewhere, now))


def test_the_window_of_the_own_products_stands_on_its_last_day(world: Round, now: datetime) -> None:
    star = recognised("Chè", commune=world.places.here, on=date(2024, 5, 1))  # ends 2027-05-01
    owner = member(now, star.product.producer)
    (entry,) = [e for e in _agenda(owner, now) if e.what is What.WINDOW]
    assert entry.on == date(2027, 1, 1)  # 120 days before
    assert What.WINDOW not in _what(_agenda(world.maker, now))


def test_the_last_days_of_a_round_are_told_to_communes_and_office(
    world: Round, now: datetime
) -> None:
    AssessmentRound.objects.create(
        code=public_code(),
        year=2027,
        kind=RoundKind.FIRST,
        name="Đợt 1 năm 2027",
        province="01",
        opens_on=date(2027, 1, 1),
        requests_before=date(2027, 4, 30),
        done_before=date(2027, 6, 30),
        created_at=now,
    )
    found = [e for e in _agenda(world.commune, now) if e.what is What.ROUND]
    assert [e.on for e in found] == [date(2027, 4, 29), date(2027, 6, 29)]
    assert What.ROUND not in _what(_agenda(world.maker, now))


def test_nobody_has_nothing(now: datetime) -> None:
    from ocop.core.actor import ANONYMOUS

    assert agenda(ANONYMOUS, on=now.date()) == []
    assert _agenda(person(now, None), now) == []
