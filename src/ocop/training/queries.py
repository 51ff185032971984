"""Reads of training."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import Actor
from ocop.dossiers.models import Potential
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.training import completion, quizzes, rules
from ocop.training.models import (
    Audience,
    ClassState,
    Enrolment,
    EnrolmentState,
    QuizAttempt,
    TrainingCertificate,
    TrainingCheckIn,
    TrainingClass,
    TrainingCourse,
)


def courses_visible_to(actor: Actor) -> QuerySet[TrainingCourse]:
    """Courses: the staff read them all, with what became of them."""
    if not (actor.is_system or rules.may_open_lists(actor)):
        return TrainingCourse.objects.none()
    return TrainingCourse.objects.all()


def with_counts(rows: QuerySet[TrainingCourse]) -> QuerySet[Any]:
    """Courses with how many classes were planned or held, and how many people completed one."""
    still = ~Q(classes__state=ClassState.CANCELLED)
    good = Q(classes__enrolments__certificates__revoked_at=None)
    return rows.annotate(
        classes_count=Count("classes", filter=still, distinct=True),
        held_count=Count("classes", filter=Q(classes__state=ClassState.HELD), distinct=True),
        completed=Count("classes__enrolments__certificates", filter=good, distinct=True),
    )


def classes_visible_to(actor: Actor) -> QuerySet[TrainingClass]:
    """The office and its auditors: all. Officers of communes: those that were opened. People of
    producers: those of courses for producers."""
    rows = TrainingClass.objects.select_related("course", "commune")
    if people_rules.may_see_everything(actor):
        return rows
    known = rows.exclude(state=ClassState.PLANNED)
    if actor.has(Role.COMMUNE_OFFICER):
        return known
    if producers.own(actor).exists():
        return known.filter(course__audience=Audience.PRODUCERS)
    return TrainingClass.objects.none()


def announced(at: datetime) -> QuerySet[TrainingClass]:
    """Classes to come that take people, as anybody may know of them."""
    rows = TrainingClass.objects.select_related("course", "commune")
    return rows.filter(state=ClassState.OPEN, starts_at__gt=at).order_by("starts_at", "pk")


def enrolments_visible_to(actor: Actor) -> QuerySet[Enrolment]:
    """Persons in classes: to the office and auditors all; else those of the own units and
    producers."""
    rows = Enrolment.objects.select_related("producer", "unit", "training_class__course")
    if people_rules.may_see_everything(actor):
        return rows
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    area = Producer.objects.filter(producers.in_area(actor, "")).values("pk")
    return rows.filter(
        Q(producer__in=producers.own(actor).values("pk"))
        | Q(producer__in=area)
        | Q(unit__in=held)
        | Q(unit__parent__in=held)
    )


def own_enrolments(actor: Actor) -> QuerySet[Enrolment]:
    """Persons of the producers that an actor acts for."""
    rows = Enrolment.objects.select_related("producer", "training_class__course")
    return rows.filter(producer__in=producers.own(actor).values("pk"))


def with_standing(rows: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Persons with how many sessions they entered, whether they passed and are certified, or were
    (`revoked`)."""
    given = TrainingCertificate.objects.filter(enrolment=OuterRef("pk"))
    return rows.annotate(
        attended=Count("checkins", filter=Q(checkins__entry=True)),
        passed=Exists(QuizAttempt.objects.filter(enrolment=OuterRef("pk"), passed=True)),
        certified=Exists(given.filter(revoked_at=None)),
        revoked=Exists(given.filter(revoked_at__isnull=False)),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person has done in a class, and what is still missing for the certificate."""

    enrolment: Enrolment
    attended: int
    passed: bool
    missing: completion.Completion


def measure_of(training_class: TrainingClass) -> Callable[[Any], completion.Completion]:
    """What is missing for the certificate of this class, of a person told `with_standing`."""
    course = training_class.course
    asked = completion.Asked(course.least_attendance, course.questions.exists())
    sessions = training_class.sessions.count()
    return lambda row: completion.completion(
        asked, sessions=sessions, attended=row.attended, passed=row.passed
    )


def standings(training_class: TrainingClass) -> list[Standing]:
    """Everybody with a seat in a class, by name."""
    measure = measure_of(training_class)
    rows = training_class.enrolments.filter(state=EnrolmentState.ENROLLED)
    return [
        Standing(row, row.attended, row.passed, measure(row))
        for row in with_standing(rows.select_related("producer", "unit")).order_by("folded", "pk")
    ]


def due_certificates(training_class: TrainingClass) -> list[Standing]:
    """Those who completed a class and never had a certificate of it; who had one that was revoked
    gets another by `reissue_certificate` only."""
    given = set(training_class.enrolments.exclude(certificates=None).values_list("pk", flat=True))
    return [
        each
        for each in standings(training_class)
        if each.missing.done and each.enrolment.pk not in given
    ]


def questions_of(course: TrainingCourse) -> list[quizzes.Question]:
    """The test of a course; none: it has no test."""
    rows = course.questions.order_by("number")
    return [quizzes.Question(row.text, tuple(row.options), row.right) for row in rows]


def entries_of(training_class: TrainingClass, session: int) -> Mapping[str, tuple[str, datetime]]:
    """Who entered a session: ticket, gate and time."""
    rows = TrainingCheckIn.objects.filter(
        session__training_class=training_class, session__number=session, entry=True
    )
    told = rows.values_list("enrolment__code", "gate", "at")
    return {code: (gate, at) for code, gate, at in told}


def trained(as_of: date) -> QuerySet[Enrolment]:
    """Persons of producers who completed a class for producers by the end of a day."""
    ended = _midnight(_next(as_of))
    good = Q(certificates__revoked_at=None) | Q(certificates__revoked_at__gte=ended)
    return Enrolment.objects.filter(
        good,
        certificates__issued_at__lt=ended,
        producer__isnull=False,
        training_class__course__audience=Audience.PRODUCERS,
    )


def beginning_between(first: date, last: date) -> QuerySet[TrainingClass]:
    """Classes to come whose first session is on one of these days."""
    return TrainingClass.objects.filter(
        state=ClassState.OPEN, starts_at__gte=_midnight(first), starts_at__lt=_midnight(_next(last))
    )


def unended(on: date) -> QuerySet[TrainingClass]:
    """Classes whose last session was before a day and that nobody has ended."""
    return TrainingClass.objects.filter(state=ClassState.OPEN, ends_at__lt=_midnight(on))


def lacking(rows: QuerySet[Producer], as_of: date) -> QuerySet[Any]:
    """Of these producers those of whom nobody has completed a class, with whether somebody is
    enrolled in one to come, and whether a product of theirs is held to have a potential."""
    coming = Enrolment.objects.filter(
        producer=OuterRef("pk"),
        state__in=(EnrolmentState.ENROLLED, EnrolmentState.WAITING),
        training_class__state=ClassState.OPEN,
    )
    done = trained(as_of).values("producer")
    hoped = Potential.objects.filter(product__producer=OuterRef("pk"), ended_on=None)
    return rows.exclude(pk__in=done).annotate(coming=Exists(coming), potential=Exists(hoped))


def lacking_seen_by(actor: Actor, as_of: date) -> QuerySet[Any]:
    """`lacking` of the producers at work that an actor oversees: of the province, or of the own
    communes."""
    rows = Producer.objects.filter(stopped_on=None, province=options.PROVINCE.get())
    if not people_rules.may_see_everything(actor):
        rows = rows.filter(producers.in_area(actor))
    return lacking(rows, as_of)


def certificates_visible_to(actor: Actor) -> QuerySet[TrainingCertificate]:
    """Certificates of the persons whom an actor may see."""
    rows = TrainingCertificate.objects.select_related(
        "enrolment__producer", "enrolment__unit", "enrolment__training_class__course"
    )
    return rows.filter(enrolment__in=enrolments_visible_to(actor).values("pk"))


def with_successors(rows: QuerySet[TrainingCertificate]) -> QuerySet[Any]:
    """Certificates with whether the person has one that stands (`stands`)."""
    good = TrainingCertificate.objects.filter(enrolment=OuterRef("enrolment"), revoked_at=None)
    return rows.annotate(stands=Exists(good))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _next(day: date) -> date:
    return day + timedelta(days=1)
