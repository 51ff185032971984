"""Classes of training in an agenda: session by session for those who go or hold the door, and for
the office what is over and has not been ended."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.programme.entries import Entry, What
from ocop.training import notices, queries
from ocop.training.models import ClassState, EnrolmentState, TrainingClass, TrainingSession


def entries(actor: Actor, *, start: date, end: date, on: date) -> Iterator[Entry]:
    """The sessions that concern an actor between two days, and classes that wait to be ended."""
    office = people_rules.is_office(actor)
    rows = queries.classes_visible_to(actor) if office else _own(actor)
    found = TrainingSession.objects.filter(
        training_class__in=rows.exclude(state=ClassState.PLANNED).values("pk"),
        starts_at__gte=_midnight(start),
        starts_at__lt=_midnight(end + timedelta(days=1)),
    )
    own = set(queries.own_enrolments(actor).values_list("training_class", flat=True))
    for session in found.select_related("training_class"):
        row = session.training_class
        link = notices.own_link if row.pk in own else notices.office_link
        yield _entry(session, link(row))
    if office:
        yield from _unended(rows, on)


def of_class(training_class: TrainingClass, link: str) -> Iterable[Entry]:
    """All sessions of one class."""
    rows = training_class.sessions.select_related("training_class")
    return [_entry(session, link) for session in rows]


def _own(actor: Actor) -> QuerySet[TrainingClass]:
    """Classes in which one's own people are, and those that are held in one's communes."""
    people = queries.own_enrolments(actor).exclude(state=EnrolmentState.WITHDRAWN)
    mine = Q(pk__in=people.values("training_class"))
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if held:
        officials = queries.enrolments_visible_to(actor).filter(unit__isnull=False)
        sent = officials.exclude(state=EnrolmentState.WITHDRAWN).values("training_class")
        mine |= Q(commune__in=held) | Q(pk__in=sent)
    return TrainingClass.objects.filter(mine)


def _unended(rows: QuerySet[TrainingClass], on: date) -> Iterator[Entry]:
    for row in queries.unended(on).filter(pk__in=rows.values("pk")):
        yield Entry(
            What.CLASS,
            f"class-{row.code}-over",
            timezone.localdate(row.ends_at),
            row.name,
            _("Lớp đã học xong: kết thúc lớp và cấp giấy chứng nhận"),
            notices.office_link(row),
        )


def _entry(session: TrainingSession, link: str) -> Entry:
    found = session.training_class
    return Entry(
        What.CLASS,
        f"class-{found.code}-{session.number}",
        timezone.localdate(session.starts_at),
        found.name,
        _("Tập huấn, buổi %d") % session.number,
        link,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=found.place,
        cancelled=found.state == ClassState.CANCELLED,
        deadline=False,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
