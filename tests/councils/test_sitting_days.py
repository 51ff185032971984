"""Days of sittings and of their minutes: none is over before what it is the day of."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.councils.models import Sitting, SittingKind, SittingState
from ocop.councils.papers import sitting as papers
from ocop.councils.services import concluding, sittings
from tests.councils.hall import Hall, build_hall, new_case, new_council, open_hall, open_up
from tests.councils.test_sittings import plan

pytestmark = pytest.mark.django_db


def test_no_sitting_is_planned_for_a_day_that_is_over(now: datetime) -> None:
    """Attendance, opening and conclusions bear the day on which they are noted: minutes of a day
    before would contradict themselves."""
    hall = build_hall(now)
    day_before = now - timedelta(days=1)
    told: dict[str, Any] = {"actor": hall.planner, "sitting": hall.sitting, "reason": "Bận"}
    with pytest.raises(Refused) as refusal:
        plan(hall, starts_at=day_before)
    assert (refusal.value.code, list(refusal.value.fields)) == ("day_over", ["starts_at"])
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(**told, starts_at=day_before, place="Phòng 2", at=now)
    assert refusal.value.code == "day_over"
    this_morning = now.replace(hour=1)
    assert plan(hall, starts_at=this_morning).starts_at == this_morning
    later = now + timedelta(days=2)  # it did not open on its day: another room, then
    moved = sittings.move_sitting(
        **told, starts_at=hall.sitting.starts_at, place="Phòng 2", at=later
    )
    assert moved.place == "Phòng 2"


def test_no_meeting_lies_before_the_opinions_from_which_it_comes(now: datetime) -> None:
    hall = open_hall(now, kind=SittingKind.WRITTEN)
    hall.submit_all(80, 80, 60)
    with pytest.raises(Refused) as refusal:
        concluding.call_meeting(
            actor=hall.planner,
            sitting=hall.sitting,
            starts_at=now - timedelta(days=29),
            place="Hội trường",
            items=[hall.item],
            at=now,
        )
    assert refusal.value.code == "day_over"


def test_minutes_are_not_before_the_last_conclusion_that_they_tell(now: datetime) -> None:
    hall = build_hall(now)
    hall.now = later = now + timedelta(days=2)  # it opens two days late
    open_up(hall)
    hall.submit_all(80, 80, 80)
    hall.answer()
    last = later + timedelta(days=1)
    concluding.conclude(actor=hall.chair, item=hall.item, at=last)
    told: dict[str, Any] = {"sitting": hall.sitting, "minutes_number": "1/BB", "at": last}
    for day in (now, later):
        with pytest.raises(Refused) as refusal:
            sittings.close_sitting(actor=hall.chair, minutes_on=day.date(), **told)
        assert refusal.value.code == "before_sitting"
        assert "26/11/2026" in refusal.value.message
    sittings.close_sitting(actor=hall.chair, **told)  # without a day: the first it can be
    closed = Sitting.objects.get(pk=hall.sitting.pk)
    assert "26 tháng 11 năm 2026" in papers.minutes(closed, hall.items).dated


def _closed(sitting: Sitting, number: str, at: datetime) -> Sitting:
    return sittings.close_sitting(actor=SYSTEM, sitting=sitting, minutes_number=number, at=at)


def _opened(hall: Hall, at: datetime) -> Sitting:
    """Another sitting of the council, whose only case is taken off."""
    later = at + timedelta(minutes=Sitting.objects.count())  # a council sits once at a moment
    sitting = plan(hall, starts_at=later, at=at)
    [item] = sittings.set_agenda(actor=SYSTEM, sitting=sitting, cases=[new_case(at)], at=at)
    for who in range(len(hall.people)):
        sittings.note_attendance(
            actor=SYSTEM, sitting=sitting, seat=hall.seat(who), present=True, note="", at=at
        )
    sittings.open_sitting(actor=SYSTEM, sitting=sitting, at=at)
    sittings.take_off(actor=SYSTEM, item=item, reason="Hoãn", at=at)
    return sitting


def test_minutes_of_a_council_and_year_have_each_their_number(now: datetime) -> None:
    """Decisions rest on minutes by their number: one number is one paper."""
    hall = build_hall(now)
    first = _closed(_opened(hall, now), "07/BB-HĐ", now)
    second = _opened(hall, now)
    with pytest.raises(Refused) as refusal:
        _closed(second, " 07/bb-hđ", now)
    assert (refusal.value.code, list(refusal.value.fields)) == ("minutes_taken", ["minutes_number"])
    assert first.title in refusal.value.message
    assert "23/11/2026" in refusal.value.message
    Sitting.objects.filter(pk=second.pk).update(state=SittingState.CLOSED, closed_at=now)
    told: dict[str, Any] = {"actor": SYSTEM, "sitting": second, "reason": "Ký sau", "at": now}
    with pytest.raises(Refused) as refusal:
        sittings.record_minutes(minutes_number="07/BB-HĐ", **told)
    assert refusal.value.code == "minutes_taken"
    assert sittings.record_minutes(minutes_number="08/BB-HĐ", **told).minutes_number == "08/BB-HĐ"


def test_numbers_of_minutes_begin_anew_each_year_and_in_each_council(now: datetime) -> None:
    hall, other = build_hall(now), build_hall(now)
    _closed(_opened(hall, now), "07/BB-HĐ", now)
    assert _closed(_opened(other, now), "07/BB-HĐ", now).minutes_number
    next_year = now + timedelta(days=60)
    assert _closed(_opened(hall, next_year), "07/BB-HĐ", next_year).minutes_number


def test_written_opinions_end_within_the_45_days_of_a_reevaluation(now: datetime) -> None:
    """No dossier is complete after the round begins: a later last day is in time for none."""
    council, _people = new_council(now)
    told: dict[str, Any] = {
        "actor": SYSTEM,
        "council": council,
        "kind": SittingKind.WRITTEN,
        "title": "Lấy ý kiến",
        "place": "",
        "starts_at": now,
        "passing": 2,
        "at": now,
    }
    last = now.date() + timedelta(days=45)
    with pytest.raises(Refused) as refusal:
        sittings.plan_sitting(until=last + timedelta(days=1), **told)
    assert (refusal.value.code, list(refusal.value.fields)) == ("until_late", ["until"])
    assert "07/01/2027" in refusal.value.message
    planned = sittings.plan_sitting(until=last, **told)
    with pytest.raises(Refused) as refusal:
        sittings.move_sitting(
            actor=SYSTEM,
            sitting=planned,
            starts_at=now,
            place="",
            until=last + timedelta(days=1),
            reason="Thêm thời gian",
            at=now,
        )
    assert refusal.value.code == "until_late"
