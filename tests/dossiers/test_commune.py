"""The commune's check: Form 03, forward, return, ask for more, and its clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers import checklist
from ocop.dossiers.models import Dossier, State, Supplement
from ocop.dossiers.queries import queue
from ocop.dossiers.services import commune, drafting
from ocop.dossiers.services.escalating import escalate_dossier
from ocop.dossiers.tasks import escalate_overdue
from ocop.people.models import Message
from tests.dossiers.office import TODAY, World, build_world, report, stored_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def _forward(world: World, dossier: Dossier) -> Dossier:
    return commune.forward_dossier(actor=world.actor(world.commune), dossier=dossier, at=world.now)


def _save(world: World, dossier: Dossier, revision: int = 0, **more: Any) -> Any:
    return commune.save_report(
        actor=world.actor(world.commune),
        dossier=dossier,
        report=report(**more),
        revision=revision,
        at=world.now,
    )


def _ask(world: World, dossier: Dossier, **more: Any) -> Supplement:
    told: dict[str, Any] = {"wanted": "Bản công bố chất lượng", "criteria": ["1.1"], "days": 5}
    return commune.ask_supplement(
        actor=more.pop("actor", None) or world.actor(world.commune),
        dossier=dossier,
        **{**told, **more},
        at=more.pop("at", world.now),
    )


def test_form_03_is_kept_half_done_and_done(world: World) -> None:
    dossier = world.dossier()
    half = _save(world, dossier, topics={"material": {"holds": None, "text": "đang xem"}})
    assert (half.revision, half.topics) == (1, {"material": {"holds": None, "text": "đang xem"}})
    done = _save(world, dossier, revision=1)
    assert (done.revision, done.number, done.written_by) == (2, "12/BC-UBND", world.commune.pk)
    assert [e.name for e in activity(dossier)] == ["dossiers.report_saved"] * 2


def test_what_another_officer_wrote_meanwhile_is_not_lost(world: World) -> None:
    dossier = world.dossier()
    _save(world, dossier)
    with pytest.raises(Refused) as refused:
        _save(world, dossier, revision=0, conclusion="Khác")
    assert refused.value.code == "report_changed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"topics": {"price": {"holds": True, "text": "x"}}}, "report_topic"),
        ({"topics": {"idea": {"holds": "yes", "text": "x"}}}, "report_topic"),
        ({"topics": {"idea": {"holds": True, "text": "x\x00y"}}}, "report_idea"),
        ({"signed_on": date(2026, 11, 24)}, "report_signed_on"),
        ({"number": "x" * 80}, "text_too_long"),
    ],
)
def test_what_is_no_report_is_refused(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _save(world, world.dossier(), **more)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["officer", "elsewhere", "adviser", "auditor", "maker"])
def test_form_03_is_the_own_communes_alone(world: World, who: str) -> None:
    dossier = world.dossier()
    actor = world.maker(dossier) if who == "maker" else world.actor(getattr(world, who))
    with pytest.raises(NotAllowed):
        commune.save_report(actor=actor, dossier=dossier, report=report(), revision=0, at=world.now)


def test_a_complete_dossier_goes_on_with_form_03(world: World) -> None:
    dossier = world.dossier()
    stored_report(dossier, world.now)
    sent = _forward(world, dossier)
    assert (sent.state, sent.forwarded_at) == (State.FORWARDED, world.now)
    assert sent.due_on == date(2026, 11, 30)  # five working days to receive it: a setting
    assert Message.objects.filter(user=world.officer, kind="dossiers.to_receive").exists()


def test_gaps_of_form_03_are_named(world: World) -> None:
    dossier = world.dossier()
    with pytest.raises(Refused) as refused:
        _forward(world, dossier)
    assert refused.value.code == "report_gaps"
    assert set(refused.value.fields) == {*checklist.KEYS, *checklist.ITEMS}


def test_form_03_is_numbered_and_signed_not_before_the_dossier_came(world: World) -> None:
    dossier = world.dossier()
    row = stored_report(dossier, world.now)
    row.number = ""
    row.save()
    with pytest.raises(Refused) as refused:
        _forward(world, dossier)
    assert refused.value.code == "report_number"
    row.number, row.signed_on = "12/BC-UBND", date(2026, 11, 13)
    row.save()
    with pytest.raises(Refused) as refused:
        _forward(world, dossier)
    assert refused.value.code == "report_signed_on"


def test_a_dossier_waits_while_the_producer_owes_an_answer(world: World) -> None:
    dossier = world.dossier()
    stored_report(dossier, world.now)
    _ask(world, dossier)
    with pytest.raises(Refused) as refused:
        _forward(world, dossier)
    assert refused.value.code == "supplement_open"


def test_forwarding_twice_is_refused(world: World) -> None:
    dossier = world.dossier()
    stored_report(dossier, world.now)
    stale = Dossier.objects.get(pk=dossier.pk)
    _forward(world, dossier)
    with pytest.raises(Refused):
        _forward(world, stale)


def test_a_dossier_is_returned_with_reasons(world: World) -> None:
    dossier = world.dossier()
    asked = _ask(world, dossier)
    maker = world.maker(dossier)
    actor = world.actor(world.commune)
    commune.return_dossier(actor=actor, dossier=dossier, reasons="Thiếu Mẫu 02", at=world.now)
    assert (dossier.state, dossier.due_on) == (State.RETURNED, None)
    asked.refresh_from_db()
    assert asked.answered_at is not None  # what was wanted fell with it
    assert Message.objects.filter(user=maker.user_id, kind="dossiers.returned").count() == 1
    assert activity(dossier)[0].reason == "Thiếu Mẫu 02"


def test_returning_needs_reasons_and_the_own_commune(world: World) -> None:
    dossier = world.dossier()
    with pytest.raises(Refused) as refused:
        commune.return_dossier(
            actor=world.actor(world.commune), dossier=dossier, reasons=" ", at=world.now
        )
    assert refused.value.code == "reason_needed"
    with pytest.raises(NotAllowed):
        commune.return_dossier(
            actor=world.actor(world.elsewhere), dossier=dossier, reasons="x", at=world.now
        )


def test_more_is_asked_with_a_deadline_in_working_days(world: World) -> None:
    dossier = world.dossier()
    asked = _ask(world, dossier, criteria=["5.3", "1.1"])
    assert (asked.step, asked.criteria) == (State.AT_COMMUNE, ["1.1", "5.3"])
    assert asked.due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"wanted": " "}, "report_wanted"),
        ({"criteria": ["9.9"]}, "report_criteria"),
        ({"days": 0}, "report_days"),
        ({"days": 61}, "report_days"),
    ],
)
def test_what_is_no_request_is_refused(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _ask(world, world.dossier(), **more)
    assert refused.value.code == code


def test_one_request_stands_at_a_time(world: World) -> None:
    dossier = world.dossier()
    _ask(world, dossier)
    with pytest.raises(Refused) as refused:
        _ask(world, dossier)
    assert refused.value.code == "supplement_open"


def test_whoever_has_the_dossier_asks(world: World) -> None:
    examined = world.dossier(State.EXAMINING)
    examined.assignments.create(adviser=world.adviser, lead=True, assigned_at=world.now)
    assert _ask(world, examined, actor=world.actor(world.adviser)).step == State.EXAMINING
    for who in ("second", "commune", "auditor"):
        with pytest.raises(NotAllowed):
            _ask(world, examined, actor=world.actor(getattr(world, who)))
    assert _ask(world, world.dossier(State.FORWARDED), actor=world.actor(world.officer))
    with pytest.raises(NotAllowed):
        _ask(world, world.dossier(), actor=world.actor(world.officer))
    with pytest.raises(Refused) as refused:
        _ask(world, world.dossier(State.CONCLUDED), actor=world.actor(world.officer))
    assert refused.value.code == "concluded"


# --- The clock -----------------------------------------------------------------------------------
def _clock(world: World, on: date, *, stops: bool = True) -> queue.Clock:
    row = queue.waiting_for(world.actor(world.commune), State.AT_COMMUNE).get()
    return queue.clock_of(row, on, stops=stops)


def test_the_communes_clock_counts_working_days(world: World) -> None:
    world.dossier(due_on=date(2026, 12, 7))
    assert _clock(world, TODAY).left == 10
    assert _clock(world, date(2026, 12, 4)).presses
    assert _clock(world, date(2026, 12, 8)).overdue


def test_the_clock_stands_while_the_producer_owes_an_answer(world: World) -> None:
    dossier = world.dossier(due_on=date(2026, 12, 7))
    asked = _ask(world, dossier, days=10)
    clock = _clock(world, date(2026, 12, 2))
    assert (clock.left, clock.stopped_on) == (10, TODAY)
    assert not clock.presses
    assert _clock(world, date(2026, 12, 2), stops=False).left == 3
    drafting.answer_supplement(
        actor=world.maker(dossier),
        supplement=asked,
        answer="Đã thêm",
        at=world.now + timedelta(days=9),
    )
    dossier.refresh_from_db()
    assert dossier.due_on == date(2026, 12, 16)  # seven working days later
    assert _clock(world, date(2026, 12, 2)).left == 10


def test_the_clock_runs_again_after_the_day_of_an_answer_that_did_not_come(world: World) -> None:
    _ask(world, world.dossier(due_on=date(2026, 12, 16)), days=10)  # by 7 December
    assert _clock(world, date(2026, 12, 7)).stopped_on == TODAY
    clock = _clock(world, date(2026, 12, 15))
    assert (clock.stopped_on, clock.left, clock.presses) == (None, 1, True)
    assert _clock(world, date(2026, 12, 17)).overdue


def test_the_clock_goes_on_where_the_province_chose_so(world: World) -> None:
    options.set_option(actor=SYSTEM, option=queue.CLOCK_STOPS, value=False, at=world.now)
    dossier = world.dossier(due_on=date(2026, 12, 7))
    asked = _ask(world, dossier)
    drafting.answer_supplement(
        actor=world.maker(dossier), supplement=asked, answer="Đã thêm", at=world.now
    )
    dossier.refresh_from_db()
    assert dossier.due_on == date(2026, 12, 7)


def test_a_dossier_without_a_deadline_has_no_days_left(world: World) -> None:
    world.dossier(due_on=None)
    assert _clock(world, TODAY) == queue.Clock(None, None)


def test_a_passed_deadline_is_told_to_the_heads_once(world: World) -> None:
    late = world.dossier(due_on=date(2026, 11, 20))
    world.dossier(due_on=TODAY)
    world.dossier(State.DECIDED, due_on=date(2026, 11, 1))
    assert escalate_overdue(at=world.now) == 1
    assert escalate_overdue(at=world.now) == 0
    late.refresh_from_db()
    assert late.escalated_at == world.now
    assert Message.objects.filter(user=world.head, kind="dossiers.escalated").count() == 1
    with pytest.raises(Refused) as refused:
        escalate_dossier(actor=SYSTEM, dossier=late, at=world.now)
    assert refused.value.code == "not_overdue"


def test_no_deadline_passes_while_an_answer_is_awaited(world: World) -> None:
    dossier = world.dossier(due_on=date(2026, 11, 24))
    _ask(world, dossier, days=10)
    assert not queue.overdue(date(2026, 12, 2)).exists()
    assert queue.overdue(date(2026, 12, 8)).exists()  # the answer itself is late
    options.set_option(actor=SYSTEM, option=queue.CLOCK_STOPS, value=False, at=world.now)
    assert queue.overdue(date(2026, 12, 2)).exists()


def test_report_replaces_nothing_it_was_not_given(world: World) -> None:
    given = replace(report(), checklist={"form01": True, "unknown": True})
    row = commune.save_report(
        actor=world.actor(world.commune),
        dossier=world.dossier(),
        report=given,
        revision=0,
        at=world.now,
    )
    assert row.checklist == {"form01": True}
