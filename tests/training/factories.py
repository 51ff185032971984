"""Courses, classes and persons in them, made by the services as the office makes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F

from ocop.core.actor import SYSTEM
from ocop.core.checkins import CheckIn
from ocop.producers.models import Producer
from ocop.training import quizzes
from ocop.training.models import (
    Audience,
    Enrolment,
    TrainingCertificate,
    TrainingClass,
    TrainingCourse,
    TrainingSession,
)
from ocop.training.services import answering, attending, certifying, classes, courses, enrolling
from ocop.training.services.classes import ClassParticulars
from ocop.training.services.courses import CourseParticulars
from ocop.training.services.enrolling import Attendee
from tests.factories import ProducerFactory

QUESTIONS = (
    quizzes.Question("Sao OCOP có hiệu lực bao lâu?", ("12 tháng", "36 tháng"), 1),
    quizzes.Question("Bộ tiêu chí có mấy phần?", ("Hai", "Ba", "Bốn"), 1),
)
RIGHT = [1, 1]


def make_course(now: datetime, *, test: bool = False, **more: Any) -> TrainingCourse:
    """A course for producers of this year."""
    given = {"title": f"Lập hồ sơ OCOP {TrainingCourse.objects.count()}", "year": now.year}
    particulars = CourseParticulars(**{"audience": Audience.PRODUCERS, **given, **more})
    course = courses.plan_course(actor=SYSTEM, particulars=particulars, at=now)
    if test:
        courses.set_questions(actor=SYSTEM, course=course, questions=QUESTIONS, at=now)
    return course


def sessions_from(start: datetime, count: int = 2) -> list[tuple[datetime, datetime]]:
    """Half days on days that follow."""
    days = [start + timedelta(days=n) for n in range(count)]
    return [(day, day + timedelta(hours=4)) for day in days]


def particulars_of(now: datetime, **more: Any) -> ClassParticulars:
    """A class a week from now, two sessions, thirty seats."""
    sessions = sessions_from(now + timedelta(days=7))
    given = {"name": "Lớp số 1", "place": "Hội trường huyện", "capacity": 30, "sessions": sessions}
    return ClassParticulars(**{**given, **more})


def make_class(
    now: datetime, course: TrainingCourse | None = None, *, opened: bool = True, **more: Any
) -> TrainingClass:
    """A class, open to enrolment."""
    found = classes.plan_class(
        actor=SYSTEM,
        course=course or make_course(now),
        particulars=particulars_of(now, **more),
        at=now,
    )
    return classes.open_class(actor=SYSTEM, training_class=found, at=now) if opened else found


def enrolled(
    now: datetime,
    training_class: TrainingClass,
    producer: Producer | None = None,
    name: str = "",
) -> Enrolment:
    """Somebody of a producer in a class."""
    return enrolling.enrol(
        actor=SYSTEM,
        training_class=training_class,
        attendee=Attendee(
            name or f"Học viên {Enrolment.objects.count()}", producer or ProducerFactory()
        ),
        at=now,
    )


def showing(enrolment: Enrolment, at: datetime, gate: str = "A") -> CheckIn:
    """A ticket before a gate."""
    return CheckIn(at, uuid4(), enrolment.code, gate, f"may-{gate}")


def attend(enrolment: Enrolment, sessions: Sequence[TrainingSession] | None = None) -> None:
    """Come to all sessions of the class, or to these."""
    found = enrolment.training_class.sessions.all() if sessions is None else sessions
    for session in found:
        attending.check_in(
            actor=SYSTEM,
            session=session,
            records=[showing(enrolment, session.starts_at)],
            at=session.ends_at,
        )


def begun(training_class: TrainingClass, now: datetime) -> None:
    """The first session began an hour ago, the others follow on their days."""
    gone = training_class.starts_at - (now - timedelta(hours=1))
    for rows in (TrainingClass.objects.filter(pk=training_class.pk), training_class.sessions.all()):
        rows.update(starts_at=F("starts_at") - gone, ends_at=F("ends_at") - gone)
    training_class.refresh_from_db()


def held(training_class: TrainingClass) -> TrainingClass:
    """The class is over."""
    return classes.finish_class(
        actor=SYSTEM, training_class=training_class, at=training_class.ends_at
    )


def certified(now: datetime, producer: Producer | None = None) -> TrainingCertificate:
    """Somebody completed a class and has a certificate for it."""
    training_class = make_class(now, make_course(now, test=True))
    person = enrolled(now, training_class, producer)
    attend(person)
    answering.answer_test(actor=SYSTEM, enrolment=person, answers=RIGHT, at=training_class.ends_at)
    held(training_class)
    (made,) = certifying.issue_certificates(
        actor=SYSTEM, training_class=training_class, at=training_class.ends_at
    )
    return made


def revoked(now: datetime, producer: Producer | None = None) -> TrainingCertificate:
    """A certificate that says a wrong name, taken back."""
    made = certified(now, producer)
    return certifying.revoke_certificate(
        actor=SYSTEM, certificate=made, reason="Sai họ tên", at=made.issued_at
    )
