"""Who is noted as present or absent, and sittings that move: what is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Attendance, ItemState
from ocop.councils.queries import progress
from ocop.councils.services import concluding, obstacles, sittings
from ocop.criteria.sets import load_set
from ocop.people.models import Message
from tests.councils.hall import SET, Hall, build_hall, marks, new_council, open_hall

pytestmark = pytest.mark.django_db


def test_attendance_is_of_members(now: datetime) -> None:
    hall = build_hall(now)
    _other, people = new_council(now)
    with pytest.raises(Refused) as refusal:
        sittings.note_attendance(
            actor=SYSTEM,
            sitting=hall.sitting,
            seat=people[0].seats.get(),
            present=True,
            note="",
            at=now,
        )
    assert refusal.value.code == "not_seated"
    with pytest.raises(NotAllowed):
        sittings.note_attendance(
            actor=hall.actor(2),
            sitting=hall.sitting,
            seat=hall.seat(2),
            present=True,
            note="",
            at=now,
        )


def _away(hall: Hall, who: int) -> Attendance:
    return sittings.note_attendance(
        actor=hall.secretary,
        sitting=hall.sitting,
        seat=hall.seat(who),
        present=False,
        note="Về sớm",
        at=hall.now,
    )


def test_who_gave_a_sheet_that_counts_is_not_noted_absent(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    for state in (ItemState.SCORING, ItemState.CONCLUDED):
        assert hall.item.state == state
        with pytest.raises(Refused) as refusal:
            _away(hall, 2)
        assert refusal.value.code == "sheet_counts"
        assert hall.item.case.title in refusal.value.message
        if state == ItemState.SCORING:
            hall.answer()
            hall.conclude()
    assert progress.quorum(hall.sitting).present == 3


def test_the_refusal_names_no_case_that_the_secretary_is_recused_from(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    obstacles.declare_conflict(actor=hall.secretary, case=hall.item.case, reason="", at=now)
    with pytest.raises(Refused) as refusal:
        _away(hall, 2)
    assert hall.item.case.title not in refusal.value.message


def test_a_sheet_that_counts_no_more_does_not_hold_a_member(now: datetime) -> None:
    hall = open_hall(now, cases=2)
    hall.submit(2, marks(load_set(SET), 80), hall.items[1])
    sittings.take_off(actor=hall.chair, item=hall.items[1], reason="Hoãn", at=now)
    hall.submit_all(80, 80, 60)
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Chênh 20 điểm", at=now)
    assert not _away(hall, 2).present  # the first attempt counts no more


def test_a_reason_is_kept_for_absence_only(now: datetime) -> None:
    hall = build_hall(now)
    assert _away(hall, 2).note == "Về sớm"
    back = sittings.note_attendance(
        actor=hall.planner,
        sitting=hall.sitting,
        seat=hall.seat(2),
        present=True,
        note="Về sớm",
        at=now,
    )
    assert (back.present, back.note) == (True, "")


def test_sitting_that_does_not_move_is_refused_and_nobody_is_told(now: datetime) -> None:
    hall = build_hall(now)
    told: dict[str, Any] = {"actor": hall.planner, "sitting": hall.sitting, "at": now}
    events, messages = Event.objects.count(), Message.objects.count()
    with pytest.raises(Refused) as refusal:  # a page knows minutes only
        sittings.move_sitting(
            starts_at=hall.sitting.starts_at.replace(second=0, microsecond=0),
            place=f" {hall.sitting.place} ",
            reason="Bận",
            **told,
        )
    assert refusal.value.code == "nothing_moved"
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)
    sittings.move_sitting(
        starts_at=hall.sitting.starts_at, place="Phòng khác", reason="Bận", **told
    )
    assert Message.objects.count() > messages


def test_written_opinions_move_by_their_last_day(now: datetime) -> None:
    hall = build_hall(now, kind="written")
    sitting = hall.sitting
    assert sitting.until is not None
    told: dict[str, Any] = {
        "actor": hall.planner,
        "sitting": sitting,
        "starts_at": sitting.starts_at,
        "place": sitting.place,
        "reason": "Chưa đủ phiếu",
        "at": now,
    }
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(until=sitting.until, **told)
    assert refusal.value.code == "nothing_moved"
    later = sitting.until + timedelta(days=3)
    assert sittings.move_sitting(until=later, **told).until == later
