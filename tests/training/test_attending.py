from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ocop.core.actor import SYSTEM
from ocop.core.checkins import CheckIn
from ocop.core.codes import public_codes
from ocop.core.refusals import Refused
from ocop.training.models import Enrolment, TrainingCheckIn, TrainingSession
from ocop.training.services import attending, classes, enrolling
from ocop.training.services.attending import Noted
from tests.factories import ProducerFactory
from tests.training import factories as making

pytestmark = pytest.mark.django_db


def noted(session: TrainingSession, records: list[CheckIn]) -> list[Noted]:
    return attending.check_in(actor=SYSTEM, session=session, records=records, at=session.ends_at)


def states(found: list[Noted]) -> list[str]:
    return [each.state for each in found]


def test_a_ticket_enters_once_and_the_second_gate_is_told(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()
    first = making.showing(row, session.starts_at, "A")
    second = making.showing(row, session.starts_at + timedelta(minutes=5), "B")
    assert states(noted(session, [first])) == ["entered"]
    (repeat,) = noted(session, [second])
    assert (repeat.state, repeat.entry) == ("repeat", first)
    assert TrainingCheckIn.objects.filter(entry=True).count() == 1


def test_an_earlier_showing_that_arrives_later_becomes_the_entry(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()
    late = making.showing(row, session.starts_at + timedelta(minutes=5), "B")
    early = making.showing(row, session.starts_at, "A")
    noted(session, [late])
    assert states(noted(session, [early])) == ["entered"]
    entry = TrainingCheckIn.objects.get(entry=True)
    assert (entry.client_id, entry.gate) == (early.id, "A")
    assert TrainingCheckIn.objects.count() == 2


def test_sending_again_changes_nothing(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()
    records = [making.showing(row, session.starts_at)]
    assert states(noted(session, records)) == states(noted(session, records)) == ["entered"]
    assert TrainingCheckIn.objects.count() == 1


def test_an_identifier_of_another_session_is_not_taken_again(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    first, second = row.training_class.sessions.all()
    record = making.showing(row, second.starts_at)
    noted(first, [record])
    assert states(noted(second, [record])) == ["unknown"]


def test_unknown_tickets_and_those_without_a_seat_are_told_and_not_kept(now: datetime) -> None:
    found = making.make_class(now, capacity=1)
    making.enrolled(now, found)
    waiting, other = making.enrolled(now, found), making.enrolled(now, making.make_class(now))
    session = found.sessions.first()
    at = session.starts_at
    told = [
        making.showing(waiting, at),
        making.showing(other, at),
        CheckIn(at, uuid4(), "00000000", "A", "m"),
    ]
    assert states(noted(session, told)) == ["without_seat", "unknown", "unknown"]
    assert not TrainingCheckIn.objects.exists()


def test_sessions_are_attended_one_by_one(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    assert TrainingCheckIn.objects.filter(enrolment=row, entry=True).count() == 2


def test_the_database_keeps_one_entry_of_a_ticket(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    kept = TrainingCheckIn.objects.filter(entry=True).first()
    assert kept is not None
    kept.pk, kept.client_id = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()


def test_a_device_may_send_late_what_it_noted_before_the_class_was_over(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.held(row.training_class)
    first, last = row.training_class.sessions.all()
    after = making.showing(row, last.ends_at + timedelta(hours=1))
    assert states(noted(last, [after])) == ["late"]
    assert not TrainingCheckIn.objects.exists()
    assert states(noted(first, [making.showing(row, first.starts_at)])) == ["entered"]


def test_the_page_of_a_session_to_come_lets_nobody_in(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    first, second = row.training_class.sessions.all()
    today = making.showing(row, first.starts_at)
    assert states(noted(second, [today])) == ["early"]
    long_ago = making.showing(row, first.starts_at - timedelta(days=400))
    assert states(noted(first, [long_ago])) == ["early"]
    assert not TrainingCheckIn.objects.exists()
    before_the_hour = making.showing(row, second.starts_at - timedelta(hours=1))
    assert states(noted(second, [before_the_hour])) == ["entered"]


def test_two_thousand_at_three_gates_are_merged_without_duplicates(now: datetime) -> None:
    """What three devices noted within an hour without a network, sent in parts, some twice."""
    random = Random(6)
    found = making.make_class(now, capacity=1_000)
    found.capacity = 2_000
    found.taken = 2_000
    found.save()
    producer = ProducerFactory()
    people = Enrolment.objects.bulk_create(
        Enrolment(
            code=code, training_class=found, producer=producer, name=code, folded=code,
            state="enrolled", enrolled_at=now,
        )
        for code in public_codes(2_000, Enrolment.objects.all())
    )  # fmt: skip
    session = found.sessions.first()
    gates: dict[str, list[CheckIn]] = {"A": [], "B": [], "C": []}
    for person in people:
        at = session.starts_at + timedelta(seconds=random.randrange(3_600))
        gates[random.choice("ABC")].append(making.showing(person, at))
        if random.random() < 0.1:
            gates[random.choice("ABC")].append(making.showing(person, at + timedelta(minutes=90)))
    parts = [
        some[start : start + 200] for some in gates.values() for start in range(0, len(some), 200)
    ]
    random.shuffle(parts)
    for part in [*parts, parts[0], parts[-1]]:
        noted(session, part)
    entries = TrainingCheckIn.objects.filter(entry=True)
    assert entries.count() == 2_000
    assert set(entries.values_list("enrolment", flat=True)) == {person.pk for person in people}
    assert TrainingCheckIn.objects.count() == sum(len(some) for some in gates.values())
    assert not entries.filter(at__gte=session.starts_at + timedelta(hours=1)).exists()


def test_who_withdrew_is_told_that_there_is_no_seat(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    session = row.training_class.sessions.first()
    assert states(noted(session, [making.showing(row, session.starts_at)])) == ["without_seat"]


def undone(row: Enrolment, session: TrainingSession) -> None:
    attending.undo_check_in(
        actor=SYSTEM, session=session, enrolment=row, reason="Quét nhầm vé", at=session.ends_at
    )


def test_an_entry_taken_back_stays_so_though_the_device_sends_it_again(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()
    first = making.showing(row, session.starts_at)
    repeat = making.showing(row, session.starts_at + timedelta(minutes=1), "B")
    noted(session, [first, repeat])
    undone(row, session)
    assert states(noted(session, [repeat, first])) == ["undone", "undone"]
    assert not TrainingCheckIn.objects.filter(entry=True).exists()
    anew = making.showing(row, session.starts_at + timedelta(minutes=9))
    assert states(noted(session, [anew, first])) == ["entered", "undone"]
    assert TrainingCheckIn.objects.get(entry=True).client_id == anew.id


def test_nothing_is_taken_back_that_was_not_noted_or_is_certified(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    with pytest.raises(Refused) as refusal:
        undone(row, row.training_class.sessions.first())
    assert refusal.value.code == "not_entered"
    done = making.certified(now).enrolment
    with pytest.raises(Refused) as refusal:
        undone(done, done.training_class.sessions.first())
    assert refusal.value.code == "enrolment_certified"
    assert TrainingCheckIn.objects.filter(enrolment=done, entry=True).count() == 2


def test_who_was_taken_back_may_withdraw_and_the_class_be_called_off(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()
    noted(session, [making.showing(row, session.starts_at)])
    undone(row, session)
    gone = enrolling.withdraw_enrolment(actor=SYSTEM, enrolment=row, reason="Bận việc", at=now)
    assert gone.state == "withdrawn"
    cancelled = classes.cancel_class(
        actor=SYSTEM, training_class=row.training_class, reason="Mưa bão", at=now
    )
    assert cancelled.state == "cancelled"


def test_a_class_that_was_called_off_or_not_opened_takes_no_attendance(now: datetime) -> None:
    found = making.make_class(now, opened=False)
    with pytest.raises(Refused) as refusal:
        noted(found.sessions.first(), [])
    assert refusal.value.code == "class_not_open"
