"""Attendance: showings of tickets as devices noted them, merged so that each enters once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checkins import CheckIn, merge
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.training import lifecycle, rules
from ocop.training.models import (
    Enrolment,
    EnrolmentState,
    TrainingCheckIn,
    TrainingClass,
    TrainingSession,
)

ENTERED, REPEAT, WITHOUT_SEAT, UNKNOWN = "entered", "repeat", "without_seat", "unknown"


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
    without a seat, are answered and not kept. Refused: a class that is not open.
    """
    training_class = session.training_class
    require(actor, rules.may_check_in, training_class)
    # One after the other: who merges second must see what the first has kept.
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state"])
    if training_class.state != lifecycle.OPEN:
        raise Refused("class_not_open", _("Lớp đã kết thúc hoặc chưa mở, không điểm danh được."))
    rows = training_class.enrolments.filter(code__in={each.ticket for each in records})
    people = {row.code: row for row in rows}
    seated = [each for each in records if _state(people.get(each.ticket)) is None]
    entries, new = _merge(session, people, seated, at)
    record(
        actor,
        "training.attendance_noted",
        training_class,
        at=at,
        change={"session": session.number, "shown": len(records), "new": new},
        also=[("enrolment", people[code].pk) for code in entries],
    )
    return [_answer(each, people.get(each.ticket), entries) for each in records]


def _state(person: Enrolment | None) -> str | None:
    """Why a ticket is not let in; None: it is."""
    if person is None:
        return UNKNOWN
    return None if person.state == EnrolmentState.ENROLLED else WITHOUT_SEAT


def _merge(
    session: TrainingSession,
    people: Mapping[str, Enrolment],
    told: Sequence[CheckIn],
    at: datetime,
) -> tuple[Mapping[str, CheckIn], int]:
    """Keep what is new; the entries of the tickets told, and how many showings were new."""
    before = TrainingCheckIn.objects.filter(session=session, enrolment__code__in=people)
    kept = [
        CheckIn(row.at, row.client_id, row.enrolment.code, row.gate, row.device)
        for row in before.select_related("enrolment")
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
    before.filter(entry=True).exclude(client_id__in=first).update(entry=False)
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


def _answer(told: CheckIn, person: Enrolment | None, entries: Mapping[str, CheckIn]) -> Noted:
    state = _state(person)
    entry = entries.get(told.ticket)
    if state is not None or entry is None:
        return Noted(told, state or UNKNOWN, None)
    return Noted(told, ENTERED if entry.id == told.id else REPEAT, entry)
