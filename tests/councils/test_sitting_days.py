"""Days of sittings and of their minutes: none is over before what it is the day of."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ocop.core.refusals import Refused
from ocop.councils.models import Sitting, SittingKind
from ocop.councils.papers import sitting as papers
from ocop.councils.services import concluding, sittings
from tests.councils.hall import build_hall, open_hall, open_up
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
