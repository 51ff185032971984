from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.training.models import Audience, EnrolmentState, TrainingClass
from ocop.training.services import classes, enrolling
from ocop.training.services.enrolling import Attendee
from tests.factories import ProducerFactory
from tests.training import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db


def refused(training_class: TrainingClass, attendee: Attendee, at: datetime) -> str:
    with pytest.raises(Refused) as refusal:
        enrolling.enrol(actor=SYSTEM, training_class=training_class, attendee=attendee, at=at)
    return refusal.value.code


def test_whoever_comes_after_the_last_seat_waits(now: datetime) -> None:
    found = making.make_class(now, capacity=1)
    first, second = making.enrolled(now, found), making.enrolled(now, found)
    assert [first.state, second.state] == [EnrolmentState.ENROLLED, EnrolmentState.WAITING]
    assert found.taken == 1


def test_a_seat_given_back_goes_to_who_waits_longest_and_is_told(now: datetime) -> None:
    producer = ProducerFactory()
    user = member(now, producer)
    found = making.make_class(now, capacity=1)
    first = making.enrolled(now, found)
    second = making.enrolled(now, found, producer)
    third = making.enrolled(now + timedelta(minutes=1), found)
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=first, reason="Bận việc", at=now)
    second.refresh_from_db()
    third.refresh_from_db()
    assert [second.state, third.state] == [EnrolmentState.ENROLLED, EnrolmentState.WAITING]
    assert list(Message.objects.values_list("user", "kind")) == [(user.pk, "training.seat")]


def test_withdrawing_from_the_waiting_list_moves_nobody(now: datetime) -> None:
    found = making.make_class(now, capacity=1)
    making.enrolled(now, found)
    second, third = making.enrolled(now, found), making.enrolled(now, found)
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=second, reason="Bận việc", at=now)
    third.refresh_from_db()
    assert third.state == EnrolmentState.WAITING


def test_more_seats_go_to_those_who_wait(now: datetime) -> None:
    found = making.make_class(now, capacity=1)
    rows = [making.enrolled(now, found) for _ in range(3)]
    wider = making.particulars_of(now, capacity=2)
    classes.change_class(actor=SYSTEM, training_class=found, particulars=wider, at=now)
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["enrolled", "enrolled", "waiting"]


def test_the_database_refuses_more_than_the_seats(now: datetime) -> None:
    found = making.make_class(now, capacity=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingClass.objects.filter(pk=found.pk).update(taken=3)


@pytest.mark.whole
@given(st.lists(st.booleans(), max_size=12), st.integers(1, 3))
def test_seats_are_never_exceeded_and_nobody_waits_beside_a_free_one(
    steps: list[bool], capacity: int
) -> None:
    now = datetime.fromisoformat("2026-11-20T08:00:00+07:00")
    with transaction.atomic():
        found = making.make_class(now, capacity=capacity)
        for enter in steps:
            standing = found.enrolments.exclude(state="withdrawn").order_by("pk")
            if enter or not standing.exists():
                making.enrolled(now, found)
            else:
                first = standing[0]
                enrolling.withdraw_enrolment(
                    actor=SYSTEM, enrolment=first, reason="Bận việc", at=now
                )
            found.refresh_from_db()
            seated = found.enrolments.filter(state="enrolled").count()
            waiting = found.enrolments.filter(state="waiting").count()
            assert found.taken == seated <= capacity
            assert not waiting or seated == capacity
        transaction.set_rollback(True)


def test_the_same_person_of_a_producer_enrols_once(now: datetime) -> None:
    found, producer = making.make_class(now), ProducerFactory()
    making.enrolled(now, found, producer, "Nguyễn Văn A")
    again = Attendee("nguyễn  văn a", producer)
    assert refused(found, again, now) == "enrolment_name"


def test_who_withdrew_may_enrol_again(now: datetime) -> None:
    found, producer = making.make_class(now), ProducerFactory()
    row = making.enrolled(now, found, producer, "Nguyễn Văn A")
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    assert making.enrolled(now, found, producer, "Nguyễn Văn A").state == "enrolled"


def test_a_class_for_officials_takes_no_producer(now: datetime) -> None:
    course = making.make_course(now, audience=Audience.OFFICIALS)
    found = making.make_class(now, course)
    assert refused(found, Attendee("A B", ProducerFactory()), now) == "enrolment_unit"


def test_a_class_for_producers_takes_no_unit(now: datetime) -> None:
    unit = build_places(now).here
    found = making.make_class(now)
    assert refused(found, Attendee("A B", unit=unit), now) == "enrolment_producer"


def test_a_planned_class_takes_nobody(now: datetime) -> None:
    found = making.make_class(now, opened=False)
    assert refused(found, Attendee("A B", ProducerFactory()), now) == "class_not_open"


def test_after_the_first_hour_only_the_office_enrols(now: datetime) -> None:
    producer = ProducerFactory()
    maker = people.actor_for(member(now, producer), on=now.date())
    found = making.make_class(now)
    begun = found.starts_at + timedelta(hours=1)
    attendee = Attendee("A B", producer)
    with pytest.raises(Refused) as refusal:
        enrolling.enrol(actor=maker, training_class=found, attendee=attendee, at=begun)
    assert refusal.value.code == "class_begun"
    office = people.actor_for(person(now, Role.PROVINCIAL_OFFICER), on=now.date())
    row = enrolling.enrol(actor=office, training_class=found, attendee=attendee, at=begun)
    assert row.state == "enrolled"
    assert refused(found, Attendee("C D", producer), found.ends_at) == "class_begun"


def test_people_of_a_producer_enrol_only_their_own(now: datetime) -> None:
    maker = people.actor_for(member(now, ProducerFactory()), on=now.date())
    found = making.make_class(now)
    with pytest.raises(NotAllowed):
        enrolling.enrol(
            actor=maker,
            training_class=found,
            attendee=Attendee("A B", ProducerFactory()),
            at=now,
        )


def test_a_commune_officer_enrols_officials_of_the_own_unit_only(now: datetime) -> None:
    places = build_places(now)
    officer = people.actor_for(person(now, Role.COMMUNE_OFFICER, places.here), on=now.date())
    found = making.make_class(now, making.make_course(now, audience=Audience.OFFICIALS))
    enrolling.enrol(
        actor=officer, training_class=found, attendee=Attendee("A B", unit=places.here), at=now
    )
    with pytest.raises(NotAllowed):
        enrolling.enrol(
            actor=officer, training_class=found, attendee=Attendee("C D", unit=places.there), at=now
        )


def test_whoever_came_cannot_withdraw(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    with pytest.raises(Refused) as refusal:
        enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    assert refusal.value.code == "enrolment_attended"


def test_withdrawing_twice_gives_one_seat_back(now: datetime) -> None:
    found = making.make_class(now, capacity=2)
    row = making.enrolled(now, found)
    making.enrolled(now, found)
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    with pytest.raises(Refused) as refusal:
        enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    assert refusal.value.code == "enrolment_withdrawn"
    found.refresh_from_db()
    assert found.taken == 1
