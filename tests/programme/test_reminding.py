"""The reminders of a day: to the right person, in time, and never twice."""

from datetime import date, datetime, timedelta

import pytest

from ocop.core.codes import public_code
from ocop.councils.models import (
    Ground,
    ItemState,
    Obstacle,
    ObstacleState,
    Sheet,
    SheetState,
    SittingKind,
    SittingState,
)
from ocop.dossiers.models import State, Supplement
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.programme.agenda import What, agenda
from ocop.programme.models import TaskKind
from ocop.programme.reminding import remind
from ocop.programme.services import tasks
from ocop.programme.services.tasks import Answer, NewTask
from ocop.recognition.models import Kind
from ocop.recognition.refiling import note_filed
from tests.dossiers.office import dossier
from tests.news import Round, build_round
from tests.world import member, recognised

pytestmark = pytest.mark.django_db
TUESDAY = datetime.fromisoformat("2026-11-24T07:00:00+07:00")


@pytest.fixture
def world(now: datetime) -> Round:
    """The sitting is far away, the dossier is due on 14 December."""
    return build_round(now, starts_at=datetime.fromisoformat("2027-01-15T08:00:00+07:00"))


def _told(kind: str) -> set[User]:
    return {m.user for m in Message.objects.filter(kind=kind)}


def test_a_step_is_told_three_working_days_before_and_once(world: Round) -> None:
    remind(at=datetime.fromisoformat("2026-12-08T07:00:00+07:00"))  # four working days before
    assert not _told("dossiers.due")
    for day in ("09", "10", "14"):
        remind(at=datetime.fromisoformat(f"2026-12-{day}T07:00:00+07:00"))
    assert _told("dossiers.due") == {world.commune}
    assert Message.objects.filter(kind="dossiers.due").count() == 1


def test_each_step_reminds_who_has_it(world: Round) -> None:
    for state, who in (
        (State.RETURNED, {world.maker}),
        (State.EXAMINING, {world.adviser}),
        (State.RECEIVED, {world.officer, world.head}),
    ):
        world.dossier.state, world.dossier.due_on = state, date(2026, 11, 25)
        world.dossier.save()
        before = set(Message.objects.values_list("pk", flat=True))
        remind(at=TUESDAY)
        new = Message.objects.filter(kind="dossiers.due").exclude(pk__in=before)
        assert {m.user for m in new} == who


def test_what_is_late_goes_to_the_heads_once(world: Round) -> None:
    for day in ("15", "16"):
        remind(at=datetime.fromisoformat(f"2026-12-{day}T07:00:00+07:00"))
    assert _told("dossiers.escalated") == {world.head}
    assert Message.objects.filter(kind="dossiers.escalated").count() == 1


@pytest.mark.parametrize("state", [State.AT_COMMUNE, State.EXAMINING])
def test_an_answer_that_did_not_come_is_told_once_to_who_has_the_dossier_and_the_heads(
    world: Round, now: datetime, state: State
) -> None:
    world.dossier.state = state
    world.dossier.save()
    Supplement.objects.create(
        code=public_code(),
        dossier=world.dossier,
        step=state,
        wanted="Giấy kiểm nghiệm",
        due_on=TUESDAY.date(),
        asked_at=now,
    )
    remind(at=TUESDAY)
    assert not _told("dossiers.unanswered")
    for days in (1, 2):
        remind(at=TUESDAY + timedelta(days=days))
    holders = {world.commune} if state == State.AT_COMMUNE else {world.adviser, world.officer}
    assert _told("dossiers.unanswered") == holders | {world.head}
    assert Message.objects.filter(kind="dossiers.unanswered").count() == len(holders) + 1


def test_an_answer_that_is_due_is_told_to_the_producer(world: Round, now: datetime) -> None:
    Supplement.objects.create(
        code=public_code(),
        dossier=world.dossier,
        step=State.AT_COMMUNE,
        wanted="Giấy kiểm nghiệm",
        due_on=date(2026, 11, 26),
        asked_at=now,
    )
    remind(at=TUESDAY)
    assert _told("dossiers.supplement_due") == {world.maker}
    assert not _told("dossiers.due")  # the clock of the commune stands still


def test_a_meeting_is_told_on_the_working_day_before(world: Round) -> None:
    world.sitting.starts_at = datetime.fromisoformat("2026-11-30T08:00:00+07:00")  # a Monday
    world.sitting.save()
    remind(at=datetime.fromisoformat("2026-11-26T07:00:00+07:00"))
    assert not _told("councils.soon")
    remind(at=datetime.fromisoformat("2026-11-27T07:00:00+07:00"))
    assert _told("councils.soon") == {world.chair, *world.members}


def test_missing_sheets_are_told_to_who_owes_them(world: Round, now: datetime) -> None:
    sitting, item = world.sitting, world.item
    sitting.kind, sitting.state = SittingKind.WRITTEN, SittingState.OPEN
    sitting.until = date(2026, 11, 26)
    sitting.save()
    item.state = ItemState.SCORING
    item.save()
    Sheet.objects.create(
        item=item,
        seat=world.seats[1],
        state=SheetState.SUBMITTED,
        submitted_at=now,
        created_at=now,
    )
    Obstacle.objects.create(
        case=item.case,
        seat=world.seats[2],
        ground=Ground.DECLARED,
        state=ObstacleState.RECUSED,
        raised_at=now,
    )
    remind(at=TUESDAY)  # two working days before
    assert not _told("councils.sheets_missing")
    remind(at=TUESDAY + timedelta(days=1))
    assert _told("councils.sheets_missing") == {world.chair}
    item.attempt = 2  # scored again: the old sheet does not count
    item.save()
    remind(at=TUESDAY + timedelta(days=1))
    assert _told("councils.sheets_missing") == {world.chair, world.members[0]}


@pytest.mark.parametrize("end", [SittingState.CLOSED, SittingState.CANCELLED])
def test_missing_sheets_are_told_no_more_once_the_sitting_is_over(
    world: Round, end: SittingState
) -> None:
    sitting = world.sitting
    sitting.kind, sitting.state = SittingKind.WRITTEN, SittingState.OPEN
    sitting.until = date(2026, 11, 26)  # a Thursday
    sitting.save()
    world.item.state = ItemState.SCORING
    world.item.save()
    told = Message.objects.filter(kind="councils.sheets_missing", user=world.chair)
    remind(at=TUESDAY + timedelta(days=1))
    assert told.count() == 1
    sitting.state = end
    sitting.save()
    remind(at=TUESDAY + timedelta(days=2))
    assert told.count() == 1


def test_a_task_is_told_before_its_day_and_after_it(world: Round, now: datetime) -> None:
    office = people.actor_for(world.officer, on=now.date())
    task = NewTask(TaskKind.OTHER, "Rà soát tem", "Báo số tem hỏng.", date(2026, 11, 26))
    given = tasks.give_task(actor=office, task=task, units=[world.places.here], at=now)
    for days in range(6):
        remind(at=TUESDAY + timedelta(days=days))
    told = Message.objects.filter(kind="programme.task_reminded").order_by("pk")
    assert [m.user for m in told] == [world.commune, world.commune]
    assert told[1].subject.startswith("Quá hạn")
    tasks.answer_task(actor=office, part=given.answers.get(), answer=Answer(text="Xong."), at=now)
    remind(at=TUESDAY + timedelta(days=9))
    assert told.count() == 2


def test_the_window_is_told_when_it_opens_and_before_it_closes(world: Round, now: datetime) -> None:
    star = recognised("Chè", commune=world.places.here, on=date(2024, 5, 1))  # ends 2027-05-01
    owner = member(now, star.product.producer)
    first = datetime.fromisoformat("2026-11-02T07:00:00+07:00")  # 180 days before
    remind(at=first - timedelta(days=1))
    assert not Message.objects.filter(kind__startswith="dossiers.window").exists()
    for at in (first, first + timedelta(days=1), datetime.fromisoformat("2026-12-20T07:00+07:00")):
        remind(at=at)
    assert _told("dossiers.window_open") == {owner}
    assert _told("dossiers.window_closing") == {owner}
    assert (
        Message.objects.filter(kind__in=("dossiers.window_open", "dossiers.window_closing")).count()
        == 2
    )
    communes = Message.objects.filter(kind="dossiers.window_commune")
    assert [(m.user, m.created_at.month) for m in communes] == [
        (world.commune, 12),
        (world.commune, 11),
    ]


def test_nothing_is_told_twice(world: Round) -> None:
    at = datetime.fromisoformat("2026-12-14T07:00:00+07:00")
    assert remind(at=at) > 0
    assert remind(at=at) == 0


@pytest.mark.parametrize(
    ("state", "waits"),
    [(State.DRAFT, True), (State.RETURNED, True), (State.AT_COMMUNE, False)],
)
def test_only_a_filed_dossier_ends_the_last_day_of_filing(
    now: datetime, state: State, waits: bool
) -> None:
    star = recognised("Chè", on=date(2024, 5, 1))  # ends 2027-05-01, to be filed by 2027-01-01
    owner = member(now, star.product.producer)
    dossier(product=star.product, previous=star, kind=Kind.REEVALUATION, state=state)
    remind(at=datetime.fromisoformat("2026-12-20T07:00+07:00"))
    assert _told("dossiers.window_closing") == ({owner} if waits else set())
    actor = people.actor_for(owner, on=now.date())
    held = [e for e in agenda(actor, on=now.date()) if e.what is What.WINDOW]
    assert [e.on for e in held] == ([date(2027, 1, 1)] if waits else [])


def test_a_star_filed_for_in_its_window_is_not_reminded_of_while_the_dossier_is_mended(
    now: datetime,
) -> None:
    star = recognised("Chè", on=date(2024, 5, 1))  # ends 2027-05-01, to be filed by 2027-01-01
    owner = member(now, star.product.producer)
    dossier(product=star.product, previous=star, kind=Kind.REEVALUATION, state=State.RETURNED)
    note_filed(star, date(2026, 11, 10))
    remind(at=datetime.fromisoformat("2026-12-20T07:00+07:00"))
    assert not _told("dossiers.window_closing")
    actor = people.actor_for(owner, on=now.date())
    assert not [e for e in agenda(actor, on=now.date()) if e.what is What.WINDOW]
