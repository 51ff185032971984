"""Planning sittings and their agendas, attendance, quorum, opening and closing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Item, ItemState, Sitting, SittingKind, SittingState
from ocop.councils.queries import progress
from ocop.councils.queries import sittings as queries
from ocop.councils.services import concluding, sittings
from ocop.councils.working import CouncilRules
from ocop.people.roles import Role
from tests.councils.hall import DECIDED, Hall, build_hall, new_case, new_council, open_hall, open_up
from tests.world import person

pytestmark = pytest.mark.django_db


def plan(hall: Hall, **more: Any) -> Any:
    given = {
        "actor": SYSTEM,
        "council": hall.council,
        "kind": "meeting",
        "title": "Phiên thứ hai",
        "place": "",
        "starts_at": hall.now + timedelta(days=2),
        "passing": 2,
        "at": hall.now,
    }
    return sittings.plan_sitting(**(given | more))


def test_a_council_does_not_sit_twice_at_one_moment(now: datetime) -> None:
    hall = build_hall(now)
    first = plan(hall)
    with pytest.raises(Refused) as refusal:
        plan(hall, title="Phiên khác")
    assert (refusal.value.code, list(refusal.value.fields)) == ("sitting_exists", ["starts_at"])
    other = plan(hall, starts_at=first.starts_at + timedelta(hours=4))
    told = {"actor": hall.planner, "sitting": other, "place": "", "reason": "Bão số 5", "at": now}
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(**told, starts_at=first.starts_at)
    assert refusal.value.code == "sitting_exists"
    plan(build_hall(now))  # another council sits when it likes
    sittings.cancel_sitting(actor=hall.planner, sitting=first, reason="Bão số 5", at=now)
    assert plan(hall)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("title_missing", {"title": " "}),
        ("one_pass", {"passing": 1}),
        ("unknown_pass", {"passing": 3}),
        ("until_missing", {"kind": "written"}),
        ("until_missing", {"kind": "written", "until": DECIDED}),
    ],
)
def test_sitting_is_refused(now: datetime, code: str, change: dict[str, Any]) -> None:
    hall = build_hall(now)
    with pytest.raises(Refused) as refusal:
        plan(hall, **change)
    assert refusal.value.code == code


def test_sitting_is_not_before_the_decision_on_its_council(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        plan(build_hall(now), starts_at=now - timedelta(days=300))
    assert refusal.value.code == "before_council"


def test_written_opinions_have_no_first_pass(now: datetime) -> None:
    hall = build_hall(now, rules=CouncilRules(two_passes=True), passing=1)
    with pytest.raises(Refused) as refusal:
        plan(hall, kind="written", passing=1, until=now.date() + timedelta(days=9))
    assert refusal.value.code == "written_first"


def test_who_plans_and_who_opens(now: datetime) -> None:
    hall = build_hall(now)
    member = hall.actor(2)
    with pytest.raises(NotAllowed):
        plan(hall, actor=member)
    assert plan(hall, actor=hall.planner).pk
    assert plan(hall, actor=hall.secretary, starts_at=now + timedelta(days=3)).pk
    with pytest.raises(NotAllowed):  # the office plans and steers none
        sittings.open_sitting(actor=hall.planner, sitting=hall.sitting, at=now)
    other, people = new_council(now)
    assert other
    with pytest.raises(NotAllowed):
        plan(hall, actor=hall.actor(people[0]))


def test_agenda_is_set_anew_in_its_order(now: datetime) -> None:
    hall = build_hall(now, cases=3)
    first, second, third = (item.case for item in hall.items)
    new = new_case(now)
    items = sittings.set_agenda(
        actor=hall.planner, sitting=hall.sitting, cases=[new, third, first], at=now
    )
    assert [(item.case, item.position) for item in items] == [(new, 1), (third, 2), (first, 3)]
    assert Item.objects.get(case=second).state == ItemState.TAKEN_OFF
    assert [item.case for item in queries.agenda(hall.chair, hall.sitting)] == [new, third, first]


def test_item_moves_and_the_others_close_up(now: datetime) -> None:
    hall = build_hall(now, cases=3)
    a, b, c = hall.items
    sittings.move_item(actor=hall.secretary, item=c, position=1, at=now)
    assert list(queries.agenda(hall.chair, hall.sitting)) == [c, a, b]
    sittings.move_item(actor=hall.secretary, item=c, position=99, at=now)
    found = list(queries.agenda(hall.chair, hall.sitting))
    assert found == [a, b, c]
    assert [item.position for item in found] == [1, 2, 3]


def test_case_is_on_one_open_agenda(now: datetime) -> None:
    hall = build_hall(now)
    other = plan(hall)
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=other, cases=[hall.item.case], at=now)
    assert refusal.value.code == "on_another_agenda"
    sittings.take_off(actor=hall.planner, item=hall.item, reason="Hoãn", at=now)
    items = sittings.add_to_agenda(actor=SYSTEM, sitting=other, cases=[hall.item.case], at=now)
    assert items[0].state == ItemState.WAITING


def test_concluded_case_is_not_judged_again(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=plan(hall), cases=[hall.item.case], at=now)
    assert refusal.value.code == "concluded"
    with pytest.raises(Refused) as refusal:
        sittings.take_off(actor=SYSTEM, item=hall.item, reason="Hoãn", at=now)
    assert refusal.value.code == "item_state"
    with pytest.raises(Refused) as refusal:
        sittings.cancel_sitting(actor=SYSTEM, sitting=hall.sitting, reason="Hoãn", at=now)
    assert refusal.value.code == "concluded"


def test_only_a_reevaluation_is_judged_in_writing(now: datetime) -> None:
    hall = build_hall(now, kind="written")
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=hall.sitting, cases=[new_case(now)], at=now)
    assert refusal.value.code == "not_written"
    open_up(hall)
    late = new_case(now, written=True)
    items = sittings.add_to_agenda(actor=SYSTEM, sitting=hall.sitting, cases=[late], at=now)
    assert items[0].state == ItemState.SCORING


def test_second_pass_follows_the_first(now: datetime) -> None:
    hall = build_hall(now, rules=CouncilRules(two_passes=True), passing=1)
    second = plan(hall)
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=second, cases=[new_case(now)], at=now)
    assert refusal.value.code == "first_pass_first"
    open_up(hall)
    hall.submit_all(90, 60, 80)
    item = hall.conclude(no_gaps=True)  # neither spread nor open conditions matter yet
    assert (item.state, item.star, item.mean) == (ItemState.CONCLUDED, None, None)
    assert item.outcome["totals"]
    again = plan(hall, passing=1, starts_at=now + timedelta(days=3))
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=again, cases=[item.case], at=now)
    assert refusal.value.code == "first_pass_done"
    items = sittings.add_to_agenda(actor=SYSTEM, sitting=second, cases=[item.case], at=now)
    assert items[0].case == item.case
    reevaluation = new_case(now, written=True)
    assert sittings.add_to_agenda(actor=SYSTEM, sitting=second, cases=[reevaluation], at=now)


def test_sitting_moves_while_it_is_planned(now: datetime) -> None:
    hall = build_hall(now, kind="written")
    moved = sittings.move_sitting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=now + timedelta(days=2),
        place="Qua thư",
        reason="Chưa đủ hồ sơ",
        until=now.date() + timedelta(days=20),
        at=now,
    )
    assert moved.until == now.date() + timedelta(days=20)
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(
            actor=hall.planner,
            sitting=hall.sitting,
            starts_at=now,
            place="",
            reason=" ",
            at=now,
        )
    assert refusal.value.code == "reason_needed"
    meeting = open_hall(now)
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(
            actor=SYSTEM, sitting=meeting.sitting, starts_at=now, place="", reason="Bận", at=now
        )
    assert refusal.value.code == "sitting_state"


def test_cancelled_sitting_frees_its_cases(now: datetime) -> None:
    hall = build_hall(now)
    sitting = sittings.cancel_sitting(
        actor=hall.planner, sitting=hall.sitting, reason="Bão", at=now
    )
    assert sitting.state == SittingState.CANCELLED
    assert hall.item.state == ItemState.TAKEN_OFF
    assert sittings.add_to_agenda(actor=SYSTEM, sitting=plan(hall), cases=[hall.item.case], at=now)
    with pytest.raises(Refused) as refusal:
        sittings.add_to_agenda(actor=SYSTEM, sitting=sitting, cases=[new_case(now)], at=now)
    assert refusal.value.code == "sitting_state"


def note(hall: Hall, who: int, present: bool) -> None:
    sittings.note_attendance(
        actor=hall.planner,
        sitting=hall.sitting,
        seat=hall.seat(who),
        present=present,
        note="" if present else "Bị ốm",
        at=hall.now,
    )


def test_sitting_opens_with_the_quorum_and_the_chair(now: datetime) -> None:
    hall = build_hall(now, members=4)
    for code, who, present in (
        ("no_quorum", 1, True),
        ("no_quorum", 2, True),
        ("no_chair", 3, True),
        ("no_chair", 0, False),
    ):
        note(hall, who, present)
        with pytest.raises(Refused) as refusal:
            sittings.open_sitting(actor=hall.secretary, sitting=hall.sitting, at=now)
        assert refusal.value.code == code
    note(hall, 0, True)
    note(hall, 3, False)
    found = progress.quorum(hall.sitting)
    assert (found.seats, found.present, found.needed, found.reached) == (4, 3, 3, True)
    sitting = sittings.open_sitting(actor=hall.secretary, sitting=hall.sitting, at=now)
    assert (sitting.state, sitting.opened_at) == (SittingState.OPEN, now)
    with pytest.raises(Refused) as refusal:
        sittings.open_sitting(actor=hall.secretary, sitting=hall.sitting, at=now)
    assert refusal.value.code == "sitting_state"


def test_sitting_opens_without_the_chair_where_the_rules_allow(now: datetime) -> None:
    hall = build_hall(now, members=4, rules=CouncilRules(chair_needed=False))
    for who in (1, 2, 3):
        note(hall, who, True)
    assert sittings.open_sitting(actor=hall.secretary, sitting=hall.sitting, at=now).opened_at


def test_sitting_does_not_open_before_its_day_or_without_cases(now: datetime) -> None:
    hall = build_hall(now, cases=0)
    with pytest.raises(Refused) as refusal:
        sittings.open_sitting(actor=SYSTEM, sitting=hall.sitting, at=now)
    assert refusal.value.code == "empty_agenda"
    with pytest.raises(Refused) as refusal:
        sittings.open_sitting(actor=SYSTEM, sitting=hall.sitting, at=now - timedelta(days=1))
    assert refusal.value.code == "before_its_day"


def test_sitting_closes_when_every_case_is_concluded_or_taken_off(now: datetime) -> None:
    hall = open_hall(now, cases=2)
    with pytest.raises(Refused) as refusal:
        sittings.close_sitting(actor=hall.chair, sitting=hall.sitting, at=now)
    assert refusal.value.code == "items_open"
    for item in hall.items:
        sittings.take_off(actor=hall.chair, item=item, reason="Hoãn", at=now)
    for code, day in (("before_sitting", -1), ("after_today", 1)):
        with pytest.raises(Refused) as refusal:
            sittings.close_sitting(
                actor=hall.chair,
                sitting=hall.sitting,
                minutes_number="1/BB",
                minutes_on=now.date() + timedelta(days=day),
                at=now,
            )
        assert refusal.value.code == code
    sittings.close_sitting(
        actor=hall.chair,
        sitting=hall.sitting,
        minutes_number=" 1/BB ",
        minutes_on=now.date(),
        at=now,
    )
    closed = Sitting.objects.get(pk=hall.sitting.pk)
    assert (closed.state, closed.minutes_number) == (SittingState.CLOSED, "1/BB")
    assert closed.minutes_on == now.date()


def _closed_without(now: datetime) -> Hall:
    """A sitting that decided and was closed without the number of its minutes."""
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    Sitting.objects.update(state=SittingState.CLOSED, closed_at=now)
    return hall


def test_minutes_are_recorded_after_a_sitting_closed_without(now: datetime) -> None:
    hall = _closed_without(now)
    later = now + timedelta(days=3)
    told: dict[str, Any] = {"sitting": hall.sitting, "reason": "Ký sau", "at": later}
    for actor in (hall.planner, hall.actor(2)):
        with pytest.raises(NotAllowed):
            sittings.record_minutes(actor=actor, minutes_number="1/BB", **told)
    for code, more in (
        ("minutes_missing", {"minutes_number": " "}),
        ("reason_needed", {"reason": " "}),
        ("before_sitting", {"minutes_on": now.date() - timedelta(days=1)}),
        ("after_today", {"minutes_on": later.date() + timedelta(days=1)}),
        ("text_too_long", {"minutes_number": "1" * 61}),
    ):
        with pytest.raises(Refused) as refusal:
            sittings.record_minutes(
                actor=hall.secretary, **{"minutes_number": "1/BB", **told, **more}
            )
        assert refusal.value.code == code
    sittings.record_minutes(
        actor=hall.secretary, minutes_number=" 1/BB ", minutes_on=later.date(), **told
    )
    row = Sitting.objects.get()
    assert (row.minutes_number, row.minutes_on) == ("1/BB", later.date())
    event = Event.objects.get(name="councils.minutes_recorded")
    assert (event.reason, event.change) == ("Ký sau", {"number": "1/BB"})
    with pytest.raises(Refused) as refusal:
        sittings.record_minutes(actor=hall.chair, minutes_number="2/BB", **told)
    assert refusal.value.code == "minutes_known"


def test_minutes_of_a_sitting_that_goes_on_come_with_its_end(now: datetime) -> None:
    hall = open_hall(now)
    with pytest.raises(Refused) as refusal:
        sittings.record_minutes(
            actor=hall.chair, sitting=hall.sitting, minutes_number="1/BB", reason="xem lại", at=now
        )
    assert refusal.value.code == "sitting_state"


def test_scoring_starts_case_by_case_or_all_at_once(now: datetime) -> None:
    hall = build_hall(now, cases=3)
    for who in range(3):
        note(hall, who, True)
    sittings.open_sitting(actor=hall.chair, sitting=hall.sitting, at=now)
    concluding.start_scoring(actor=hall.chair, item=hall.items[0], at=now)
    with pytest.raises(Refused) as refusal:
        concluding.start_scoring(actor=hall.chair, item=hall.items[0], at=now)
    assert refusal.value.code == "item_state"
    assert len(concluding.start_all(actor=hall.secretary, sitting=hall.sitting, at=now)) == 2
    with pytest.raises(Refused) as refusal:
        concluding.start_all(actor=hall.secretary, sitting=hall.sitting, at=now)
    assert refusal.value.code == "none_waiting"


def test_who_sees_sittings(now: datetime) -> None:
    hall = build_hall(now)
    assert list(queries.visible_sittings(hall.actor(2))) == [hall.sitting]
    assert list(queries.visible_sittings(hall.planner)) == [hall.sitting]
    stranger = hall.actor(person(now, Role.COUNCIL_CHAIR))
    assert list(queries.visible_sittings(stranger)) == []
    assert list(queries.items_visible_to(stranger)) == []
    assert list(queries.items_visible_to(hall.actor(2))) == [hall.item]
    assert queries.may_steer(hall.chair, hall.sitting)
    assert not queries.may_steer(hall.planner, hall.sitting)


def test_nobody_sits_where_opinions_are_written(now: datetime) -> None:
    meeting = open_hall(now).sitting
    written = open_hall(now, kind=SittingKind.WRITTEN).sitting
    assert (meeting.state_words, written.state_words) == ("Đang họp", "Đang lấy ý kiến")


def test_a_sitting_that_decided_is_closed_with_the_number_of_its_minutes(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    told: dict[str, Any] = {"actor": hall.chair, "sitting": hall.sitting, "at": now}
    with pytest.raises(Refused) as refusal:
        sittings.close_sitting(minutes_number=" ", **told)
    assert refusal.value.code == "minutes_missing"
    assert "minutes_number" in refusal.value.fields
    assert sittings.close_sitting(minutes_number="1/BB", **told).state == SittingState.CLOSED
