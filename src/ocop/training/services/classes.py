"""Classes: planned, changed, opened, ended or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Level, Unit
from ocop.training import lifecycle, notices, rules
from ocop.training.models import TrainingCheckIn, TrainingClass, TrainingCourse, TrainingSession
from ocop.training.services import seats

MOST_SESSIONS = 20
MOST_SEATS = 1_000
_OPEN = ("name", "place", "commune_id", "teacher", "capacity", "starts_at", "ends_at")
_FOLDED = TrainingClass._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class ClassParticulars:
    """What is known of a class; `sessions` are their beginnings and ends."""

    name: str
    place: str
    capacity: int
    sessions: Sequence[tuple[datetime, datetime]]
    commune: Unit | None = None
    teacher: str = ""
    note: str = ""


@action("training.plan_class")
def plan_class(
    *, actor: Actor, course: TrainingCourse, particulars: ClassParticulars, at: datetime
) -> TrainingClass:
    """Plan a class of a course.

    Refused: no name or place, no seats, sessions that overlap or end before they begin.
    """
    require(actor, rules.may_manage)
    found = TrainingClass(code=public_code(), course=course, created_at=at)
    _fill(found, particulars)
    found.save()
    _keep_sessions(found, particulars.sessions)
    record(actor, "training.class_planned", found, course, at=at)
    return found


@action("training.change_class")
def change_class(
    *,
    actor: Actor,
    training_class: TrainingClass,
    particulars: ClassParticulars,
    seen: str = "",
    at: datetime,
) -> TrainingClass:
    """Change a class that is to come. More seats go to whoever waits, in their order; who has a
    seat is told of another time or place.

    Refused as in `plan_class`; fewer seats than are taken; other sessions once somebody came.
    """
    require(actor, rules.may_manage)
    editing.refuse_stale(training_class, seen)
    training_class.refresh_from_db(fields=["taken", "state"])
    _expect_coming(training_class)
    if particulars.capacity < training_class.taken:
        raise _refuse(
            "capacity", _("Lớp đã có %d người giữ chỗ, không giảm xuống dưới số đó được.")
            % training_class.taken,
        )  # fmt: skip
    before = editing.values(training_class)
    sessions = [(each.starts_at, each.ends_at) for each in training_class.sessions.all()]
    moved = sessions != list(particulars.sessions)
    if moved and TrainingCheckIn.objects.filter(session__training_class=training_class).exists():
        raise _refuse("sessions", _("Đã có người điểm danh: không đổi buổi học được nữa."))
    _fill(training_class, particulars)
    change = editing.told(before, training_class, _OPEN)
    training_class.save(update_fields=change["fields"])
    if moved:
        training_class.sessions.all().delete()
        _keep_sessions(training_class, particulars.sessions)
    raised = seats.move_up(training_class)
    record(
        actor,
        "training.class_changed",
        training_class,
        at=at,
        change=_told(change, moved=moved, raised=len(raised)),
    )
    notices.moved_up(enrolments=raised, at=at)
    if moved or "place" in change["fields"]:
        notices.changed(training_class=training_class, at=at)
    return training_class


@action("training.open_class")
def open_class(*, actor: Actor, training_class: TrainingClass, at: datetime) -> TrainingClass:
    """Open a class to enrolment. Refused: one that has begun already."""
    require(actor, rules.may_manage)
    lifecycle.expect("open", training_class.state)
    if training_class.starts_at <= at:
        raise Refused(
            "class_begun", _("Giờ học đầu tiên đã qua. Hãy sửa lịch của lớp rồi mở đăng ký.")
        )
    _move(training_class, "open")
    record(actor, "training.class_opened", training_class, training_class.course, at=at)
    return training_class


@action("training.finish_class")
def finish_class(*, actor: Actor, training_class: TrainingClass, at: datetime) -> TrainingClass:
    """End a class after its last session: nobody enrols, enters or answers any more; the office
    goes on to enter what was noted or written before.

    Refused: before the last session has ended.
    """
    require(actor, rules.may_manage)
    lifecycle.expect("finish", training_class.state)
    if training_class.ends_at > at:
        raise Refused("class_not_over", _("Buổi học cuối chưa kết thúc."))
    _move(training_class, "finish")
    record(actor, "training.class_held", training_class, training_class.course, at=at)
    return training_class


@action("training.cancel_class")
def cancel_class(
    *, actor: Actor, training_class: TrainingClass, reason: str, at: datetime
) -> TrainingClass:
    """Call a class off; who enrolled is told why. Refused: somebody came already."""
    require(actor, rules.may_manage)
    needs_reason(reason, most=500)
    lifecycle.expect("cancel", training_class.state)
    came = TrainingCheckIn.objects.filter(session__training_class=training_class, entry=True)
    if came.exists():
        raise Refused("class_begun", _("Lớp đã có người điểm danh, không hủy được nữa."))
    _move(training_class, "cancel")
    record(
        actor,
        "training.class_cancelled",
        training_class,
        training_class.course,
        at=at,
        reason=reason.strip(),
    )
    notices.cancelled(training_class=training_class, reason=reason.strip(), at=at)
    return training_class


def _expect_coming(training_class: TrainingClass) -> None:
    if training_class.state in (lifecycle.HELD, lifecycle.CANCELLED):
        raise Refused("class_state", _("Lớp đã kết thúc hoặc đã hủy, không sửa được nữa."))


def _move(training_class: TrainingClass, move: str) -> None:
    """Of two who move a class at once only one does."""
    chosen = lifecycle.MOVES[move]
    here = TrainingClass.objects.filter(pk=training_class.pk, state__in=chosen.sources)
    moved = here.update(state=chosen.target)
    training_class.refresh_from_db(fields=["state"])
    if not moved:
        lifecycle.expect(move, training_class.state)


def _fill(found: TrainingClass, given: ClassParticulars) -> None:
    found.name, found.place = folding.clean(given.name), folding.clean(given.place)
    if not found.name:
        raise _refuse("name", _("Hãy ghi tên lớp."))
    if not found.place:
        raise _refuse("place", _("Hãy ghi nơi học."))
    if not 1 <= given.capacity <= MOST_SEATS:
        raise _refuse("capacity", _("Số chỗ từ 1 đến %d.") % MOST_SEATS)
    if given.commune and (given.commune.level != Level.COMMUNE or given.commune.valid_to):
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    _check_sessions(given.sessions)
    found.folded = folding.words(found.name)[:_FOLDED]
    found.commune, found.capacity = given.commune, given.capacity
    found.teacher, found.note = folding.clean(given.teacher), given.note.strip()
    found.starts_at, found.ends_at = given.sessions[0][0], given.sessions[-1][1]
    fits(found)


def _check_sessions(sessions: Sequence[tuple[datetime, datetime]]) -> None:
    if not 1 <= len(sessions) <= MOST_SESSIONS:
        raise _refuse("sessions", _("Lớp có từ 1 đến %d buổi.") % MOST_SESSIONS)
    ended = None
    for place, (starts_at, ends_at) in enumerate(sessions, 1):
        if ends_at <= starts_at:
            raise _refuse("sessions", _("Buổi %d kết thúc trước khi bắt đầu.") % place)
        if ended is not None and starts_at < ended:
            raise _refuse("sessions", _("Buổi %d bắt đầu khi buổi trước chưa kết thúc.") % place)
        ended = ends_at


def _keep_sessions(
    training_class: TrainingClass, sessions: Sequence[tuple[datetime, datetime]]
) -> None:
    TrainingSession.objects.bulk_create(
        TrainingSession(
            training_class=training_class, number=place, starts_at=starts_at, ends_at=ends_at
        )
        for place, (starts_at, ends_at) in enumerate(sessions, 1)
    )


def _told(change: dict[str, object], *, moved: bool, raised: int) -> dict[str, object]:
    """The change as the event keeps it: moments as texts."""
    values = change.get("values", {})
    assert isinstance(values, dict)
    kept = {
        name: [v.isoformat() if isinstance(v, datetime) else v for v in pair]
        for name, pair in values.items()
    }
    return {"fields": change["fields"], "values": kept, "sessions": moved, "raised": raised}


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"class_{field}", message, fields={field: [message]})
