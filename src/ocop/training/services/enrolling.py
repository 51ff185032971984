"""Enrolment: a seat or a place on the waiting list, and withdrawing from either."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.training import lifecycle, notices, rules
from ocop.training.models import (
    Audience,
    Enrolment,
    EnrolmentState,
    TrainingCheckIn,
    TrainingClass,
)
from ocop.training.services import seats


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who is to attend: a person of a producer or of a unit."""

    name: str
    producer: Producer | None = None
    unit: Unit | None = None
    phone: str = ""
    position: str = ""


@action("training.enrol")
def enrol(
    *, actor: Actor, training_class: TrainingClass, attendee: Attendee, at: datetime
) -> Enrolment:
    """Give a person a seat, or a place on the waiting list where none is free.

    Refused: a class that is not open, has begun (the office may still enrol until it has ended),
    or is for others; the same person once more.
    """
    today = timezone.localdate(at)
    _expect_audience(training_class, attendee)
    require(actor, rules.may_enrol_of, attendee.producer, attendee.unit, today)
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state", "starts_at", "ends_at"])
    _expect_open(actor, training_class, at)
    row = Enrolment(
        code=public_code(),
        training_class=training_class,
        producer=attendee.producer,
        unit=attendee.unit,
        user_id=actor.user_id,
        name=folding.clean(attendee.name),
        phone=folding.clean(attendee.phone),
        position=folding.clean(attendee.position),
        enrolled_at=at,
    )
    _expect_named(row)
    seated = seats.take(training_class)
    row.state = EnrolmentState.ENROLLED if seated else EnrolmentState.WAITING
    row.save()
    training_class.refresh_from_db(fields=["taken"])
    about = [each for each in (training_class, row.producer, row.unit) if each is not None]
    record(actor, "training.enrolled", row, *about, at=at, change={"state": row.state})
    return row


@dataclass(frozen=True, slots=True)
class Written:
    """How a person is written."""

    name: str
    phone: str = ""
    position: str = ""


@action("training.correct_person")
def correct_person(
    *, actor: Actor, enrolment: Enrolment, written: Written, at: datetime
) -> Enrolment:
    """Correct how a person in a class is written: the certificate says it so.

    Refused: no name, that of another of the same producer or unit, somebody with a certificate
    (it is revoked first, and given anew), a class that was called off. Who came is corrected by
    the office only.
    """
    require(actor, rules.may_act_for, enrolment, timezone.localdate(at))
    training_class = enrolment.training_class
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state"])
    expect_correctable(enrolment, actor.is_system or rules.may_manage(actor))
    before = (enrolment.name, enrolment.phone, enrolment.position)
    enrolment.name = folding.clean(written.name)
    enrolment.phone = folding.clean(written.phone)
    enrolment.position = folding.clean(written.position)
    _expect_named(enrolment)
    enrolment.save(update_fields=["name", "folded", "phone", "position"])
    after = (enrolment.name, enrolment.phone, enrolment.position)
    fields = ("name", "phone", "position")
    changed = [each for each, a, b in zip(fields, before, after, strict=True) if a != b]
    record(
        actor,
        "training.person_corrected",
        enrolment,
        training_class,
        at=at,
        change={"fields": changed},
    )
    return enrolment


def expect_correctable(enrolment: Enrolment, office: bool = False) -> None:
    """Refuse to correct whom nobody corrects any more."""
    state = enrolment.training_class.state
    if state == lifecycle.CANCELLED or enrolment.state == EnrolmentState.WITHDRAWN:
        raise Refused("class_state", _("Lớp không còn nhận thay đổi danh sách."))
    if enrolment.certificates.filter(revoked_at=None).exists():
        raise Refused(
            "enrolment_certified",
            _("Người này đã có giấy chứng nhận. Hãy thu hồi giấy, sửa tên rồi cấp lại."),
        )
    came = TrainingCheckIn.objects.filter(enrolment=enrolment, entry=True).exists()
    if not office and (came or state != lifecycle.OPEN):
        raise Refused(
            "enrolment_attended", _("Người này đã đi học. Hãy nhờ Văn phòng Điều phối sửa.")
        )


def _expect_named(row: Enrolment) -> None:
    """Refuse no name, and the same person once more."""
    row.folded = folding.words(row.name)
    if not row.folded:
        raise _refuse("name", _("Hãy ghi họ tên người đi học."))
    fits(row)
    same = Q(producer=row.producer, unit=row.unit, folded=row.folded)
    others = row.training_class.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
    if others.exclude(pk=row.pk).filter(same).exists():
        raise _refuse("name", _("Người này đã có tên trong lớp."))


@action("training.withdraw_enrolment")
def withdraw_enrolment(
    *, actor: Actor, enrolment: Enrolment, reason: str, at: datetime
) -> Enrolment:
    """Take a person out of a class; a free seat goes to whoever waits longest, who is told.

    Refused: withdrawn already, came to a session, or the class is over.
    """
    require(actor, rules.may_act_for, enrolment, timezone.localdate(at))
    needs_reason(reason, most=500)
    training_class = enrolment.training_class
    TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    training_class.refresh_from_db(fields=["state"])
    enrolment.refresh_from_db(fields=["state"])
    if training_class.state != lifecycle.OPEN:
        raise Refused("class_state", _("Lớp không còn nhận thay đổi danh sách."))
    if enrolment.state == EnrolmentState.WITHDRAWN:
        raise Refused("enrolment_withdrawn", _("Người này đã rút khỏi lớp."))
    if TrainingCheckIn.objects.filter(enrolment=enrolment, entry=True).exists():
        raise Refused("enrolment_attended", _("Người này đã đi học, không rút được nữa."))
    seated = enrolment.state == EnrolmentState.ENROLLED
    enrolment.state, enrolment.withdrawn_at = EnrolmentState.WITHDRAWN, at
    enrolment.save(update_fields=["state", "withdrawn_at"])
    raised = []
    if seated:
        seats.give_back(training_class)
        raised = seats.move_up(training_class)
    record(
        actor,
        "training.enrolment_withdrawn",
        enrolment,
        training_class,
        *raised,
        at=at,
        reason=reason.strip(),
        change={"raised": len(raised)},
    )
    notices.moved_up(enrolments=raised, at=at)
    return enrolment


def _expect_audience(training_class: TrainingClass, attendee: Attendee) -> None:
    if training_class.course.audience == Audience.PRODUCERS:
        if attendee.producer is None or attendee.unit is not None:
            raise _refuse("producer", _("Lớp này dành cho chủ thể. Hãy chọn chủ thể."))
    elif attendee.unit is None or attendee.producer is not None:
        raise _refuse("unit", _("Lớp này dành cho cán bộ. Hãy chọn đơn vị."))


def _expect_open(actor: Actor, training_class: TrainingClass, at: datetime) -> None:
    if training_class.state != lifecycle.OPEN:
        raise Refused("class_not_open", _("Lớp không nhận đăng ký."))
    late = actor.is_system or rules.may_manage(actor)  # somebody who came without a ticket
    if (training_class.ends_at if late else training_class.starts_at) <= at:
        raise Refused(
            "class_begun", _("Lớp đã bắt đầu. Hãy liên hệ Văn phòng hoặc đăng ký lớp khác.")
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"enrolment_{field}", message, fields={field: [message]})
