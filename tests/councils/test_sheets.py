"""A member's own sheet: blind, merged mark by mark, given in once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Sheet, SheetState
from ocop.councils.queries import sheets as queries
from ocop.councils.services import concluding, sheets, sittings
from ocop.councils.services.sheets import Change, Saved
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import harmless
from tests.councils.hall import SET, Hall, build_hall, marks, new_council, open_hall, open_up
from tests.world import person

pytestmark = pytest.mark.django_db

EIGHTY = marks(load_set(SET), 80)
FIRST, SECOND = load_set(SET).criteria[:2]
GATE = load_set(SET).gates[0].id


def save(hall: Hall, who: int = 2, **more: Any) -> Saved:
    given = {"actor": hall.actor(who), "item": hall.item, "changes": {}, "at": hall.now}
    return sheets.save_marks(**(given | more))


def ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def test_marks_of_two_devices_come_together_whichever_comes_first(now: datetime) -> None:
    old, new = ms(now) - 2000, ms(now) - 1000
    hall = open_hall(now)
    save(hall, changes={FIRST.code: Change(FIRST.max, "mới", new)})
    late = save(
        hall,
        changes={FIRST.code: Change(0, "cũ", old), SECOND.code: Change(SECOND.max, "", old)},
        gates={GATE: False},
        opinion="Nên có nhãn",
        stamp=old,
    )
    assert late.content.marks == {FIRST.code: FIRST.max, SECOND.code: SECOND.max}
    assert late.content.comments == {FIRST.code: "mới"}
    assert late.overtaken == (FIRST.code,)
    sheet = queries.own_sheet(hall.actor(2), hall.item)
    assert sheet is not None
    assert (sheet.marks, sheet.gates, sheet.opinion) == (
        late.content.marks,
        {GATE: False},
        "Nên có nhãn",
    )
    assert sheet.revision == 2


def test_repeated_sending_changes_nothing_and_leaves_no_event(now: datetime) -> None:
    hall = open_hall(now)
    changes = {FIRST.code: Change(FIRST.max, "", 5)}
    save(hall, changes=changes)
    before = Event.objects.count()
    again = save(hall, changes=changes)
    assert (again.sheet.revision, again.overtaken) == (1, ())
    assert Event.objects.count() == before


def test_mark_is_taken_back(now: datetime) -> None:
    hall = open_hall(now)
    save(hall, changes={FIRST.code: Change(FIRST.max, "", 5)}, gates={GATE: True}, stamp=5)
    gone = save(hall, changes={FIRST.code: Change(None, "", 6)}, gates={GATE: None}, stamp=6)
    assert (gone.content.marks, gone.content.gates) == ({}, {})


def test_events_tell_no_marks(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit(2, EIGHTY)
    told = [event.change for event in Event.objects.filter(name__contains="councils.")]
    assert {"revision": 1, "marked": len(EIGHTY)} in told
    assert not any("80" in str(change) for change in told)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("unknown_criterion", {"changes": {"9.9": Change(1)}}),
        ("unknown_criterion", {"changes": {"9.9": Change(None)}}),
        ("no_level", {"changes": {FIRST.code: Change(99)}}),
        ("no_level", {"changes": {FIRST.code: Change(True)}}),
        ("unknown_gate", {"gates": {"khác": True}}),
        ("unknown_gate", {"gates": {"khác": None}}),
        ("gate_answer", {"gates": {GATE: "có"}}),
        ("comment_unfit", {"changes": {FIRST.code: Change(0, "x" * 2001)}}),
        ("comment_unfit", {"changes": {FIRST.code: Change(0, "a\x00b")}}),
        ("text_unreadable", {"opinion": "a\x00b"}),
        ("opinion_too_long", {"opinion": "x" * 10_001}),
        ("other_version", {"version": "0" * 64}),
        ("other_attempt", {"attempt": 2}),
    ],
)
def test_what_no_sheet_can_hold_is_refused(now: datetime, code: str, change: Any) -> None:
    hall = open_hall(now)
    with pytest.raises(Refused) as refusal:
        save(hall, **change)
    assert refusal.value.code == code
    assert not Sheet.objects.exists()


def test_opinion_may_be_as_long_as_the_page_takes(now: datetime) -> None:
    opinion = "Ý" * 10_000
    assert save(open_hall(now), opinion=opinion).sheet.opinion == opinion


def test_version_and_attempt_of_the_client_are_compared(now: datetime) -> None:
    hall = open_hall(now)
    assert save(hall, version=hall.item.case.version.sha256, attempt=1).sheet.pk


def test_nobody_else_marks(now: datetime) -> None:
    hall = open_hall(now)
    _other, people = new_council(now)
    for actor in (hall.planner, hall.actor(people[2]), SYSTEM):
        with pytest.raises(NotAllowed):
            save(hall, actor=actor)
        with pytest.raises(NotAllowed):
            sheets.submit_sheet(actor=actor, item=hall.item, at=now)


def test_marks_wait_until_scoring_begins_and_end_with_it(now: datetime) -> None:
    hall = build_hall(now)
    with pytest.raises(Refused) as refusal:
        save(hall)
    assert refusal.value.code == "not_scoring"
    open_up(hall)
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    with pytest.raises(Refused) as refusal:
        save(hall)
    assert refusal.value.code == "not_scoring"


def test_who_is_noted_absent_does_not_mark(now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=[3])
    with pytest.raises(Refused) as refusal:
        save(hall, 3)
    assert refusal.value.code == "noted_absent"


def test_sheet_is_given_in_complete_and_once(now: datetime) -> None:
    hall = open_hall(now)
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert refusal.value.code == "sheet_empty"
    hall.mark(2, {code: points for code, points in EIGHTY.items() if code != FIRST.code})
    save(hall, gates=harmless(load_set(SET)))
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert (refusal.value.code, list(refusal.value.fields)) == ("unanswered", [FIRST.code])
    sheet = hall.submit(2, EIGHTY)
    assert (sheet.state, sheet.total, sheet.submitted_at) == (SheetState.SUBMITTED, 80, now)
    before = Event.objects.count()
    later = now + timedelta(minutes=1)
    again = sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=later)
    assert (again.pk, again.submitted_at) == (sheet.pk, now)
    assert Event.objects.count() == before
    with pytest.raises(Refused) as refusal:
        save(hall, changes={FIRST.code: Change(0)})
    assert refusal.value.code == "sheet_submitted"


def test_chair_reopens_with_a_reason(now: datetime) -> None:
    hall = open_hall(now)
    sheet = hall.submit(2, EIGHTY)
    for actor in (hall.secretary, hall.planner, hall.actor(2)):
        with pytest.raises(NotAllowed):
            sheets.reopen_sheet(actor=actor, sheet=sheet, reason="Nhầm", at=now)
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason=" ", at=now)
    assert refusal.value.code == "reason_needed"
    opened = sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm", at=now)
    assert (opened.state, opened.total, opened.reopened_reason) == (SheetState.DRAFT, None, "Nhầm")
    assert opened.marks == EIGHTY
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm", at=now)
    assert refusal.value.code == "not_submitted"
    with pytest.raises(Refused) as refusal:
        hall.submit(2, marks(load_set(SET), 78))
    assert refusal.value.code == "rescoring_reason"
    save(hall, rescoring_reason="Đọc nhầm phiếu kiểm nghiệm")
    again = hall.submit(2, marks(load_set(SET), 78))
    assert again.total == 78
    before = again.reopened_from or {}
    assert (before["marks"], before["total"]) == (EIGHTY, "80.0000")


def test_reopened_sheet_handed_in_unchanged_needs_no_reason(now: datetime) -> None:
    hall = open_hall(now)
    sheet = hall.submit(2, EIGHTY)
    sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Thiếu nhận xét", at=now)
    assert hall.submit(2, EIGHTY).total == 80


def test_no_sheet_is_reopened_where_all_must_mark_again(now: datetime) -> None:
    """The spread rule holds for the whole council: one sheet alone does not settle it."""
    hall = open_hall(now)
    hall.submit_all(84, 84, 60)
    sheet = Sheet.objects.get(seat=hall.seat(2))
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm", at=now)
    assert refusal.value.code == "spread_rescore"


def test_nobody_reopens_the_own_sheet(now: datetime) -> None:
    hall = open_hall(now)
    sheet = hall.submit(0, EIGHTY)
    with pytest.raises(NotAllowed):
        sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm", at=now)


def test_nothing_reopens_after_the_conclusion_or_of_an_earlier_attempt(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    first = Sheet.objects.get(seat=hall.seat(2))
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Thảo luận", at=now)
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=first, reason="Nhầm", at=now)
    assert refusal.value.code == "other_attempt"
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    last = Sheet.objects.get(seat=hall.seat(2), attempt=2)
    with pytest.raises(Refused) as refusal:
        sheets.reopen_sheet(actor=hall.chair, sheet=last, reason="Nhầm", at=now)
    assert refusal.value.code == "item_state"


def seen(hall: Hall, who: Any) -> set[int]:
    """Whose sheets are seen: numbers of the members."""
    actor = who if who is SYSTEM else hall.actor(who)
    users = {person.pk: number for number, person in enumerate(hall.people)}
    found = queries.sheets_visible_to(actor, hall.item)
    return {users[sheet.seat.user_id] for sheet in found}


def test_sheets_are_blind_until_all_are_in(now: datetime) -> None:
    hall = open_hall(now)
    auditor = person(now, Role.AUDITOR)
    hall.mark(0, EIGHTY)
    assert seen(hall, 0) == {0}
    assert seen(hall, 1) == set()
    assert seen(hall, SYSTEM) == set()  # a draft is its member's alone
    hall.submit(1, EIGHTY)
    assert seen(hall, 0) == {0}  # the chair has a sheet to give
    assert seen(hall, 1) == {1}
    assert seen(hall, hall.office) == set()  # the office too waits until all are in
    assert seen(hall, auditor) == set()
    hall.submit(0, EIGHTY)
    assert seen(hall, 0) == {0}  # given, and one is missing still
    assert not queries.may_read_others(hall.chair, hall.item)
    hall.submit(2, EIGHTY)
    assert seen(hall, 0) == {0, 1, 2}
    assert seen(hall, 1) == {0, 1, 2}
    assert seen(hall, hall.office) == seen(hall, auditor) == {0, 1, 2}
    assert seen(hall, 2) == {2}  # members when it is concluded
    hall.answer()
    hall.conclude()
    assert seen(hall, 2) == {0, 1, 2}


def test_member_who_gave_no_sheet_never_sees_others(now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=[3])
    hall.submit_all(80, 80, 80)
    hall.answer()
    hall.conclude()
    assert seen(hall, 3) == set()
    assert seen(hall, 2) == {0, 1, 2}


def test_earlier_attempts_are_read_by_who_leads(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh 20 điểm", at=now)
    found = queries.sheets_visible_to(hall.chair, hall.item)
    assert sorted((sheet.attempt, sheet.state) for sheet in found) == [
        (1, "submitted"),
        (1, "submitted"),
        (1, "submitted"),
        (2, "draft"),
    ]
    assert queries.sheets_visible_to(hall.actor(2), hall.item).count() == 2
    assert queries.own_sheets(hall.actor(2)).count() == 2
    assert queries.owes_own_sheet(hall.chair, hall.item)
    assert not queries.owes_own_sheet(hall.planner, hall.item)


def test_stranger_sees_no_sheet(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit(1, EIGHTY)
    stranger = person(now, Role.COUNCIL_MEMBER)
    assert seen(hall, stranger) == set()
    assert queries.own_sheet(hall.actor(stranger), hall.item) is None
    assert not queries.may_read_others(hall.actor(stranger), hall.item)


def test_sheet_with_a_condition_open_is_not_given_in(now: datetime) -> None:
    """Gates are answered explicitly: each open one is named, a taken back one, too."""
    hall = open_hall(now)
    criteria_set = load_set(SET)
    asked = list(dict.fromkeys(gate.id for gate in criteria_set.gates))
    changes = {code: Change(points) for code, points in EIGHTY.items()}
    save(hall, changes=changes)  # a draft is free
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert refusal.value.code == "conditions_unanswered"
    assert list(refusal.value.fields) == asked
    assert f"Còn {len(asked)} điều kiện chưa trả lời" in refusal.value.message
    save(hall, gates=harmless(criteria_set))
    save(hall, gates={GATE: None})
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert list(refusal.value.fields) == [GATE]
    assert criteria_set.gates[0].note in refusal.value.message
    save(hall, gates={GATE: True})
    assert sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now).gates[GATE] is True


def test_marks_and_conditions_that_are_missing_are_named_together(now: datetime) -> None:
    hall = open_hall(now)
    answers = {key: yes for key, yes in harmless(load_set(SET)).items() if key != GATE}
    changes = {code: Change(points) for code, points in EIGHTY.items() if code != FIRST.code}
    save(hall, changes=changes, gates=answers)
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert list(refusal.value.fields) == [FIRST.code, GATE]
    assert "1 tiêu chí chưa chấm" in refusal.value.message
    assert "1 điều kiện chưa trả lời" in refusal.value.message


@pytest.mark.whole
@pytest.mark.parametrize("number", range(1, 27))
def test_no_set_asks_a_member_what_follows_from_the_marks(now: datetime, number: int) -> None:
    """The story's structure (25 sets), the choice of case and the sensory rule of set 16."""
    hall = open_hall(now, number=number)
    criteria_set = load_set(number)
    changes = {c.code: Change(c.max) for c in criteria_set.criteria}
    told = {gate.id: gate.harmless for gate in criteria_set.gates}
    save(hall, changes=changes, gates=told)
    sheet = sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert not {"requires_5.1_above_zero", "zero_in_any_sensory"} & sheet.gates.keys()
    assert sheet.state == SheetState.SUBMITTED


def test_rescoring_begins_with_the_own_marks_and_asks_why_they_change(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh 20 điểm", at=now)
    own = queries.own_sheet(hall.actor(2), hall.item)
    assert own is not None
    assert (own.attempt, own.state, sum(own.marks.values())) == (2, SheetState.DRAFT, 60)
    sheets.submit_sheet(actor=hall.actor(1), item=hall.item, at=now)  # the same marks: no reason
    changed = marks(load_set(SET), 75)
    save(hall, changes={code: Change(points, "", 9) for code, points in changed.items()})
    with pytest.raises(Refused) as refusal:
        sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    assert refusal.value.code == "rescoring_reason"
    save(hall, rescoring_reason="Xem lại bao bì")
    assert sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now).total == 75


def test_late_comer_of_a_second_attempt_needs_no_reason(now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=[3])
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh 20 điểm", at=now)
    sittings.note_attendance(
        actor=SYSTEM, sitting=hall.sitting, seat=hall.seat(3), present=True, note="", at=now
    )
    given = {code: Change(points) for code, points in EIGHTY.items()}
    save(hall, 3, changes=given, gates=harmless(load_set(SET)))
    assert sheets.submit_sheet(actor=hall.actor(3), item=hall.item, at=now).total == 80
