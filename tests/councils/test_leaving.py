"""Who leaves a council, or joins it: what has opened keeps the members it opened with."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.official.paper import Grid, Text
from ocop.core.refusals import Refused
from ocop.councils.models import Council, Item, Obstacle, Seat
from ocop.councils.papers import sitting as papers
from ocop.councils.queries import councils, progress
from ocop.councils.queries import sheets as reading
from ocop.councils.queries import sittings as queries
from ocop.councils.services import constitution, sittings
from ocop.councils.services.constitution import NewSeat
from ocop.people.roles import Role
from tests.councils.hall import Hall, open_hall
from tests.world import person

pytestmark = pytest.mark.django_db
TOTALS = (58, 78, 78, 78)


def _closed(now: datetime) -> Hall:
    hall = open_hall(now, members=4)
    hall.submit_all(76, 78, 78, 78)
    hall.answer()
    hall.conclude()
    sittings.close_sitting(actor=SYSTEM, sitting=hall.sitting, minutes_number="1/BB-HĐ", at=now)
    hall.sitting.refresh_from_db()
    return hall


def _attendance(hall: Hall) -> tuple[str, list[str]]:
    """What the minutes say of who was there: the line, and the names of the members."""
    blocks = papers.minutes(hall.sitting, list(Item.objects.filter(sitting=hall.sitting))).blocks
    line = next(b.text for b in blocks if isinstance(b, Text) and b.text.startswith("Có mặt"))
    grid = next(b for b in blocks if isinstance(b, Grid) and "Dự họp" in b.headings)
    return line, [row[1] for row in grid.rows]


@pytest.mark.parametrize("who", [0, 3])
def test_who_leaves_during_a_sitting_stays_in_it(now: datetime, who: int) -> None:
    """The office steers none: it drops no sheet and lowers no quorum by ending a seat."""
    hall = open_hall(now, members=4)
    hall.submit_all(*TOTALS)
    today = timezone.localdate(now)
    ended = constitution.end_seat(
        actor=hall.planner, seat=hall.seat(who), reason="Điều động", at=now
    )
    assert ended.ends_on == today + timedelta(days=1)
    there = progress.item_progress(hall.item)
    assert (there.mean, there.spread, there.submitted) == (Decimal(73), Decimal(20), 4)
    assert (progress.quorum(hall.sitting).seats, progress.quorum(hall.sitting).present) == (4, 4)
    assert reading.own_sheet(hall.actor(who), hall.item) is not None
    with pytest.raises(Refused) as refusal:
        hall.conclude()
    assert "spread" in refusal.value.fields


@pytest.mark.parametrize("days", [-1, 0])
def test_nobody_leaves_before_the_end_of_a_day_that_was_sat(now: datetime, days: int) -> None:
    hall = _closed(now)
    day = timezone.localdate(now) + timedelta(days=days)
    with pytest.raises(Refused) as refusal:
        constitution.end_seat(
            actor=hall.planner, seat=hall.seat(3), reason="Điều động", ends_on=day, at=now
        )
    assert refusal.value.code == "sitting_held"
    assert "ends_on" in refusal.value.fields
    assert "24/11/2026" in refusal.value.message  # the first day that can be written
    assert hall.seat(3).ends_on is None


def test_nobody_joins_a_sitting_that_has_opened(now: datetime) -> None:
    hall = _closed(now)
    before = _attendance(hall)
    today = timezone.localdate(now)
    member = NewSeat(person(now, Role.COUNCIL_MEMBER))

    def add(days: int) -> Seat:
        return constitution.add_seat(
            actor=hall.planner,
            council=hall.council,
            member=member,
            starts_on=today + timedelta(days=days),
            at=now,
        )

    with pytest.raises(Refused) as refusal:
        add(0)
    assert refusal.value.code == "sitting_held"
    assert add(1).starts_on == today + timedelta(days=1)
    assert _attendance(hall) == before


def test_minutes_of_a_closed_sitting_keep_who_was_there(now: datetime) -> None:
    hall = _closed(now)
    before = _attendance(hall)
    assert before[0] == "Có mặt 4 trên 4 thành viên."
    constitution.end_seat(actor=hall.planner, seat=hall.seat(3), reason="Nghỉ hưu", at=now)
    assert _attendance(hall) == before


def test_who_sat_reads_on_after_the_council_has_ended(now: datetime) -> None:
    hall = _closed(now)
    before = _attendance(hall)
    found = constitution.dissolve_council(
        actor=hall.planner, council=hall.council, reason="Hết nhiệm kỳ", at=now
    )
    assert _attendance(hall) == before
    assert papers.minutes(hall.sitting, []).signatures[1].name == hall.people[0].name
    for who in range(4):
        assert hall.sitting in queries.visible_sittings(hall.actor(who))
        assert reading.own_sheet(hall.actor(who), hall.item) is not None
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    assert councils.seats_on(Council.objects.get(pk=found.pk), tomorrow) == []


def test_who_led_reads_the_conflicts_of_that_time(now: datetime) -> None:
    hall = _closed(now)
    raised = Obstacle.objects.create(
        case=hall.item.case, seat=hall.seat(3), ground="household", state="dismissed", raised_at=now
    )
    constitution.dissolve_council(
        actor=hall.planner, council=hall.council, reason="Hết nhiệm kỳ", at=now
    )
    assert raised in queries.obstacles_visible_to(hall.chair)
