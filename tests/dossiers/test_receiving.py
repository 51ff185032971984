"""The province receives dossiers or gives them back."""

from datetime import date, datetime

import pytest

from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers.models import Dossier, Round, State
from ocop.dossiers.queries import rounds as queries
from ocop.dossiers.services import receiving, rounds
from ocop.recognition.models import Kind
from tests.dossiers.office import TODAY, World, build_world

pytestmark = pytest.mark.django_db
IN_TIME = datetime.fromisoformat("2026-10-20T09:00:00+07:00")


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


@pytest.fixture
def second(world: World) -> Round:
    made = rounds.plan_year(actor=world.actor(world.officer), year=2026, at=world.now)
    return made[1]


def test_a_dossier_is_received_into_a_round_and_due_by_its_end(world: World, second: Round) -> None:
    dossier = world.dossier(State.FORWARDED, submitted_at=IN_TIME)
    actor = world.actor(world.officer)
    receiving.receive_dossier(actor=actor, dossier=dossier, round=second, at=world.now)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.round, dossier.received_at) == (
        State.RECEIVED,
        second,
        world.now,
    )
    assert dossier.due_on == date(2026, 12, 29)


def test_a_reevaluation_has_45_days_or_the_rounds_end(world: World, second: Round) -> None:
    actor = world.actor(world.officer)
    without = world.dossier(State.FORWARDED, kind=Kind.REEVALUATION)
    receiving.receive_dossier(actor=actor, dossier=without, at=world.now)
    assert without.due_on == date(2027, 1, 7)
    within = world.dossier(State.FORWARDED, kind=Kind.REEVALUATION, submitted_at=IN_TIME)
    receiving.receive_dossier(actor=actor, dossier=within, round=second, at=world.now)
    assert within.due_on == date(2026, 12, 29)


def test_no_round_no_end(world: World) -> None:
    dossier = world.dossier(State.FORWARDED)
    receiving.receive_dossier(actor=world.actor(world.officer), dossier=dossier, at=world.now)
    assert dossier.due_on is None


def test_a_round_of_the_ministry_or_closed_takes_no_dossier(world: World, second: Round) -> None:
    actor = world.actor(world.officer)
    central = Round.objects.get(kind="central_first")
    rounds.close_round(actor=actor, round=second, reason="xong", at=world.now)
    for chosen in (central, second):
        with pytest.raises(Refused) as refused:
            receiving.receive_dossier(
                actor=actor, dossier=world.dossier(State.FORWARDED), round=chosen, at=world.now
            )
        assert refused.value.code == "dossier_round"


def _received(world: World, dossier: Dossier, round: Round | None = None) -> Dossier:
    return receiving.receive_dossier(
        actor=world.actor(world.officer), dossier=dossier, round=round, at=world.now
    )


def test_a_round_takes_what_was_filed_in_time_while_it_lasts(world: World, second: Round) -> None:
    first = Round.objects.get(kind="first")
    [following, *_more] = rounds.plan_year(
        actor=world.actor(world.officer), year=2027, at=world.now
    )
    late = world.dossier(State.FORWARDED)  # filed on 16 November, after 29 October
    for over in (first, second):
        with pytest.raises(Refused) as refused:
            _received(world, late, over)
        assert following.name in refused.value.message
        assert set(queries.taking(late, TODAY).values_list("year", flat=True)) == {2027}
    assert _received(world, late, following).round == following
    returned = world.dossier(State.FORWARDED, round=second)  # filed in time first, then again
    assert _received(world, returned).round == second


def test_where_no_round_takes_a_dossier_it_is_received_without_one(
    world: World, second: Round
) -> None:
    rounds.close_round(actor=world.actor(world.officer), round=second, reason="Đã đủ", at=world.now)
    left = world.dossier(State.FORWARDED, round=second)
    with pytest.raises(Refused) as refused:
        _received(world, left, second)
    assert "không theo đợt" in refused.value.message
    assert _received(world, left).round is None


def test_what_is_not_forwarded_is_not_received(world: World) -> None:
    with pytest.raises(Refused) as refused:
        receiving.receive_dossier(
            actor=world.actor(world.officer), dossier=world.dossier(), at=world.now
        )
    assert refused.value.code == "dossier_state"


def test_only_the_office_receives(world: World) -> None:
    dossier = world.dossier(State.FORWARDED)
    for user in (world.commune, world.adviser, world.auditor):
        with pytest.raises(NotAllowed):
            receiving.receive_dossier(actor=world.actor(user), dossier=dossier, at=world.now)


def test_the_office_gives_back_and_advisers_are_free(world: World) -> None:
    dossier = world.dossier(State.EXAMINING)
    given = dossier.assignments.create(adviser=world.adviser, lead=True, assigned_at=world.now)
    actor = world.actor(world.officer)
    receiving.return_received(actor=actor, dossier=dossier, reasons="Sai bộ", at=world.now)
    given.refresh_from_db()
    assert (dossier.state, given.ended_at) == (State.RETURNED, world.now)


def test_what_the_council_has_is_not_given_back(world: World) -> None:
    with pytest.raises(Refused):
        receiving.return_received(
            actor=world.actor(world.officer),
            dossier=world.dossier(State.ON_AGENDA),
            reasons="Sai bộ",
            at=world.now,
        )
