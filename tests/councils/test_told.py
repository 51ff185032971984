"""What a council does is told as it is done: each service once to whom it concerns."""

from datetime import datetime, timedelta

import pytest

from ocop.councils.services import concluding, sheets, sittings
from ocop.people.models import Message, User
from tests.councils.hall import build_hall, open_hall

pytestmark = pytest.mark.django_db


def _told(kind: str) -> set[User]:
    return {message.user for message in Message.objects.filter(kind=f"councils.{kind}")}


def test_seats_and_sittings_are_told(now: datetime) -> None:
    hall = build_hall(now)
    everybody = set(hall.people)
    assert _told("seated") == everybody
    assert _told("invited") == everybody
    moved = sittings.move_sitting(
        actor=hall.planner,
        sitting=hall.sitting,
        starts_at=hall.sitting.starts_at + timedelta(days=1),
        place="Phòng khác",
        reason="Trùng lịch",
        at=now,
    )
    assert _told("moved") == everybody
    sittings.cancel_sitting(actor=hall.planner, sitting=moved, reason="Bão", at=now)
    assert _told("cancelled") == everybody


def test_scoring_again_reopening_and_the_conclusion_are_told(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(*[80] * len(hall.people))
    concluding.ask_rescoring(actor=hall.chair, item=hall.item, reason="Xem lại mẫu", at=now)
    assert _told("rescoring") == set(hall.people)
    hall.submit_all(*[80] * len(hall.people))
    sheet = hall.item.sheets.get(seat=hall.seat(2), attempt=2)
    sheets.reopen_sheet(actor=hall.chair, sheet=sheet, reason="Nhầm dòng", at=now)
    assert _told("reopened") == {hall.people[2]}
    sheets.submit_sheet(actor=hall.actor(2), item=hall.item, at=now)
    hall.answer()
    hall.conclude()
    assert hall.office in _told("concluded")
