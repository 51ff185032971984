"""Attendance: showings of tickets as devices noted them, merged so that each enters once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.checkins import CheckIn, merge
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.training import lifecycle, rules
from ocop.training.models import (
    Enrolment,
    EnrolmentState,
    TrainingCertificate,
    TrainingCheckIn,
    TrainingClass,
    TrainingSession,
)

ENTERED, REPEAT, WITHOUT_SEAT, UNKNOWN = "entered", "repeat", "without_seat", "unknown"
EARLY, LATE, UNDONE = "early", "late", "undone"


@dataclass(frozen=True, slots=True)
class Noted:
    """What a showing came to, and which one is the entry of its ticket."""

    record: CheckIn
    state: str
    entry: CheckIn | None


@action("training.check_in")
def check_in(
    *, actor: Actor, session: TrainingSession, records: Sequence[CheckIn], at: datetime
) -> list[Noted]:
    """Note who came to a session, as told by one device or several, in whatever order.

    A ticket enters once and the earliest showing is its entry, also when it arrives later than
    another; what came before changes nothing. Tickets that are not of this class, and of persons
    without a seat, are answered and not kept; nor is what was shown before the day of the session
    (the page of another was open), or after the end of a class that is over, though a device may
    send late what it noted before. Refused: a class that was not opened or is called off.
    """
    training_class = session.training_class
    require(actor, rules.may_check_in, training_class)
    # One after the other: who merges second must see what the first has kept.
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state"])
    _expect_attended(training_class)
    rows = training_class.enrolments.filter(code__in={each.ticket for each in records})
    people = {row.code: row for row in rows}
    undone = _undone(session, records)
    why = {each.id: _why_not(session, each, people.get(each.ticket), undone) for each in records}
    entries, new = _merge(session, people, [each for each in records if not why[each.id]], at)
    record(
        actor,
        "training.attendance_noted",
        training_class,
        at=at,
        change={"session": session.number, "shown": len(records), "new": new},
        also=[("enrolment", people[code].pk) for code in entries],
    )
    return [_answer(each, why[each.id], entries) for each in records]


@action("training.undo_check_in")
def undo_check_in(
    *, actor: Actor, session: TrainingSession, enrolment: Enrolment, reason: str, at: datetime
) -> Enrolment:
    """Take back that somebody came to a session: the ticket was another's, or the wrong session's.

    What devices noted of it until now counts no more, though they send it again; a later showing
    enters anew. Refused: a person who did not enter, or who has a certificate.
    """
    training_class = session.training_class
    require(actor, rules.may_check_in, training_class)
    needs_reason(reason, most=500)
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state"])
    _expect_attended(training_class)
    if TrainingCertificate.objects.filter(enrolment=enrolment, revoked_at=None).exists():
        raise Refused(
            "enrolment_certified",
            _("Người này đã có giấy chứng nhận. Hãy thu hồi giấy trước khi bỏ điểm danh."),
        )
    rows = TrainingCheckIn.objects.filter(session=session, enrolment=enrolment, undone_at=None)
    taken_back = rows.update(entry=False, undone_at=at)
    if not taken_back:
        raise Refused("not_entered", _("Người này chưa điểm danh buổi này."))
    record(
        actor,
        "training.attendance_undone",
        enrolment,
        training_class,
        at=at,
        reason=reason.strip(),
        change={"session": session.number, "shown": taken_back},
    )
    return enrolment


def _expect_attended(training_class: TrainingClass) -> None:
    if training_class.state not in (lifecycle.OPEN, lifecycle.HELD):
        raise Refused("class_not_open", _("Lớp chưa mở hoặc đã hủy, không điểm danh được."))


def _why_not(
    session: TrainingSession, told: CheckIn, person: Enrolment | None, undone: Collection[UUID]
) -> str:
    """Why a showing does not count; empty: it does."""
    training_class = session.training_class
    if person is None:
        return UNKNOWN
    if person.state != EnrolmentState.ENROLLED:
        return WITHOUT_SEAT
    if told.id in undone:
        return UNDONE
    if timezone.localdate(told.at) < timezone.localdate(session.starts_at):
        return EARLY
    over = training_class.state == lifecycle.HELD and told.at > training_class.ends_at
    return LATE if over else ""


def _undone(session: TrainingSession, told: Sequence[CheckIn]) -> set[UUID]:
    rows = TrainingCheckIn.objects.filter(session=session, undone_at__isnull=False)
    found = rows.filter(client_id__in={each.id for each in told})
    return set(found.values_list("client_id", flat=True))


def _merge(
    session: TrainingSession,
    people: Mapping[str, Enrolment],
    told: Sequence[CheckIn],
    at: datetime,
) -> tuple[Mapping[str, CheckIn], int]:
    """Keep what is new; the entries of the tickets told, and how many showings were new."""
    # By keys, and not by codes through another table: two thousand tickets sent at once, to tables
    # that PostgreSQL knows nothing of yet, took it minutes.
    tickets = {person.pk: code for code, person in people.items()}
    before = list(
        TrainingCheckIn.objects.filter(session=session, enrolment__in=tickets, undone_at=None)
    )
    kept = [
        CheckIn(row.at, row.client_id, tickets[row.enrolment_id], row.gate, row.device)
        for row in before
    ]
    known = {each.id for each in kept}
    # An identifier is of one showing: what comes with one that is taken elsewhere is no new one.
    elsewhere = TrainingCheckIn.objects.filter(client_id__in={each.id for each in told})
    taken = known | set(elsewhere.values_list("client_id", flat=True))
    merged = merge(kept, (each for each in told if each.id not in taken))
    entries = merged.entries
    new = [each for each in (*entries.values(), *merged.repeats) if each.id not in known]
    # First the entries that are none any more, then the new ones: never two of one ticket.
    first = {each.id for each in entries.values()}
    none = [row.pk for row in before if row.entry and row.client_id not in first]
    TrainingCheckIn.objects.filter(pk__in=none).update(entry=False)
    TrainingCheckIn.objects.bulk_create(
        TrainingCheckIn(
            session=session,
            enrolment=people[each.ticket],
            client_id=each.id,
            gate=each.gate,
            device=each.device,
            at=each.at,
            received_at=at,
            entry=each.id in first,
        )
        for each in new
    )
    return entries, len(new)


def _answer(told: CheckIn, why: str, entries: Mapping[str, CheckIn]) -> Noted:
    entry = entries.get(told.ticket)
    if why or entry is None:
        return Noted(told, why or UNKNOWN, None)
    return Noted(told, ENTERED if entry.id == told.id else REPEAT, entry)
