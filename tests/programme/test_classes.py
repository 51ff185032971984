"""Classes in the agenda, in the calendar of a phone and in the reminders of a day."""

from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.programme import ical
from ocop.programme.agenda import agenda
from ocop.programme.entries import Entry, What
from ocop.programme.reminding import remind
from ocop.training.models import TrainingClass
from ocop.training.services import classes, enrolling
from ocop.training.services.enrolling import Attendee
from tests.factories import ProducerFactory
from tests.training import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
FRIDAY = datetime.fromisoformat("2026-11-27T07:00:00+07:00")
MONDAY = datetime.fromisoformat("2026-11-30T08:00:00+07:00")
AFTER = datetime.fromisoformat("2026-12-02T07:00:00+07:00")


@pytest.fixture
def monday(now: datetime) -> TrainingClass:
    """A class on a Monday and the Tuesday after it."""
    return making.make_class(now, sessions=making.sessions_from(MONDAY))


@pytest.fixture
def maker(now: datetime, monday: TrainingClass) -> User:
    """Whose producer sends somebody."""
    producer = ProducerFactory()
    making.enrolled(now, monday, producer)
    return member(now, producer)


def entries(user: User, at: datetime, *, past: bool = False) -> list[Entry]:
    actor = people.actor_for(user, on=at.date())
    return [each for each in agenda(actor, on=at.date(), past=past) if each.what == What.CLASS]


def told(kind: str) -> set[User]:
    return {message.user for message in Message.objects.filter(kind=kind)}


def test_who_goes_finds_each_session_in_the_agenda(maker: User, monday: TrainingClass) -> None:
    found = entries(maker, FRIDAY)
    assert [each.starts_at for each in found] == [MONDAY, MONDAY + timedelta(days=1)]
    assert {each.link for each in found} == {f"/cua-toi/tap-huan/{monday.code}/"}
    assert not entries(member(FRIDAY, ProducerFactory()), FRIDAY)


def test_a_calendar_knows_when_a_session_ends_and_that_a_class_is_called_off(
    maker: User, monday: TrainingClass, now: datetime
) -> None:
    def written() -> str:
        found = entries(maker, FRIDAY)
        return ical.calendar(found, name="", base="https://ocop.example", at=now).decode()

    assert "DTSTART:20261130T010000Z\r\nDTEND:20261130T050000Z" in written()
    classes.cancel_class(actor=SYSTEM, training_class=monday, reason="Mưa bão", at=now)
    assert written().count("STATUS:CANCELLED") == 2


def test_who_withdrew_has_no_class_ahead(maker: User, monday: TrainingClass, now: datetime) -> None:
    row = monday.enrolments.get()
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    assert not entries(maker, FRIDAY)


def test_a_commune_has_the_classes_in_its_place_and_of_its_officials(now: datetime) -> None:
    places = build_places(now)
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    other = person(now, Role.COMMUNE_OFFICER, places.there)
    here = making.make_class(now, commune=places.here, sessions=making.sessions_from(MONDAY, 1))
    course = making.make_course(now, audience="officials")
    away = making.make_class(now, course, sessions=making.sessions_from(MONDAY, 1))
    enrolling.enrol(
        actor=SYSTEM, training_class=away, attendee=Attendee("Cán bộ A", unit=places.here), at=now
    )
    links = {each.link for each in entries(officer, FRIDAY)}
    assert links == {f"/dieu-hanh/tap-huan/lop/{each.code}/" for each in (here, away)}
    assert not entries(other, FRIDAY)


def test_the_office_has_what_is_over_and_not_ended(monday: TrainingClass, now: datetime) -> None:
    office = person(now, Role.PROVINCIAL_OFFICER)
    assert {each.deadline for each in entries(office, FRIDAY)} == {False}
    (late,) = entries(office, AFTER)
    assert late.deadline
    assert late.link == f"/dieu-hanh/tap-huan/lop/{monday.code}/"
    making.held(monday)
    assert not entries(office, AFTER)


def test_who_goes_is_reminded_on_the_working_day_before_and_once(
    maker: User, monday: TrainingClass
) -> None:
    remind(at=FRIDAY - timedelta(days=1))
    assert not told("training.soon")
    for at in (FRIDAY, FRIDAY + timedelta(days=1)):
        remind(at=at)
    assert told("training.soon") == {maker}
    message = Message.objects.get(kind="training.soon")
    assert "08:00 ngày 30/11/2026" in message.body
    assert message.due_on == MONDAY.date()


def test_who_waits_for_a_seat_is_not_asked_to_come(now: datetime) -> None:
    full = making.make_class(now, sessions=making.sessions_from(MONDAY), capacity=1)
    seated, waiting = ProducerFactory(), ProducerFactory()
    for producer in (seated, waiting):
        making.enrolled(now, full, producer)
    user, _other = member(now, seated), member(now, waiting)
    remind(at=FRIDAY)
    assert told("training.soon") == {user}


def test_a_class_that_moved_is_told_anew(maker: User, monday: TrainingClass, now: datetime) -> None:
    remind(at=FRIDAY)
    later = making.sessions_from(MONDAY + timedelta(days=2))
    classes.change_class(
        actor=SYSTEM, training_class=monday, particulars=making.particulars_of(now, sessions=later),
        at=FRIDAY,
    )  # fmt: skip
    remind(at=MONDAY)
    assert not Message.objects.filter(kind="training.soon", created_at=MONDAY).exists()
    remind(at=MONDAY + timedelta(days=1))
    assert Message.objects.filter(kind="training.soon").count() == 2


def test_the_office_is_told_once_of_a_class_that_waits_to_be_ended(
    monday: TrainingClass, now: datetime
) -> None:
    office = person(now, Role.PROVINCIAL_OFFICER)
    for at in (AFTER, AFTER + timedelta(days=1)):
        remind(at=at)
    assert Message.objects.filter(kind="training.unended").count() == 1
    assert told("training.unended") == {office}
