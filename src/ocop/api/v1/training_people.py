"""People in classes: enrolled, attending, tested, certified, and producers without any."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import unit_of
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.training_classes import class_of
from ocop.api.v1.writing import CodeOut
from ocop.core.checkins import MOST_AT_ONCE, MOST_OF_A_NAME, CheckIn, ticket_in
from ocop.core.language import noop as N_
from ocop.filters.training import EnrolmentFilter, LackingFilter, TrainingCertificateFilter
from ocop.people.scopes import READ_TRAINING, WRITE_TRAINING
from ocop.producers import queries as producers
from ocop.training import queries
from ocop.training.models import Enrolment, TrainingCertificate
from ocop.training.services import answering, attending, certifying, enrolling
from ocop.training.services.enrolling import Attendee

router = Router(tags=["training"])
Json = dict[str, Any]


class TrainingPersonIn(JsonIn):
    """Who is to attend: of a producer, by its code, or of a unit, by its key."""

    name: str
    producer: str | None = None
    unit: str | None = None
    phone: str = ""
    position: str = ""


class TrainingWrittenIn(JsonIn):
    """How a person is written."""

    name: str
    phone: str = ""
    position: str = ""


class TrainingPersonOut(Schema):
    """A person in a class. `code` is the ticket; `state` is enrolled, waiting or withdrawn."""

    code: str
    name: str
    of: str
    position: str
    state: str
    attended: int
    passed: bool
    certified: bool


class TrainingAnswersIn(JsonIn):
    """For each question the place of the option chosen, from 0, or null."""

    answers: list[int | None]


class TrainingMarkedOut(Schema):
    """How an attempt at the test went."""

    number: int
    right: int
    questions: int
    passed: bool


class TrainingCheckInIn(JsonIn):
    """A ticket shown at a gate; the same `id` sent twice is one showing."""

    id: UUID
    ticket: str
    at: Moment
    gate: str = Field("", max_length=MOST_OF_A_NAME)
    device: str = Field("", max_length=MOST_OF_A_NAME)


class TrainingCheckInsIn(JsonIn):
    """Showings, in whatever order."""

    records: list[TrainingCheckInIn] = Field(max_length=MOST_AT_ONCE)


class TrainingCheckedOut(Schema):
    """What a showing came to: entered, repeat, without_seat, unknown, undone, early or late, and
    when its ticket entered."""

    id: UUID
    state: str
    entered_at: datetime | None


class TrainingUndoneIn(ReasonIn):
    """The ticket whose entry is taken back, and why."""

    ticket: str


class TrainingCertificateOut(Schema):
    """A certificate as anybody may check it."""

    code: str
    number: str
    name: str
    of: str
    course: str
    issued_at: datetime
    revoked_at: datetime | None


class TrainingLackingOut(Schema):
    """A producer of whom nobody has completed a class; `coming`: somebody is enrolled in one;
    `potential`: a product of it is held to have a potential."""

    code: str
    name: str
    kind: str
    commune: str
    coming: bool
    potential: bool


def _person_of(request: ApiRequest, code: str) -> Enrolment:
    need_scope(request.actor, WRITE_TRAINING)
    return get_object_or_404(queries.enrolments_visible_to(request.actor), code=code)


def _person_out(row: Any) -> Json:
    of = row.producer or row.unit
    names = ("code", "name", "position", "state", "attended", "passed", "certified")
    return {**{name: getattr(row, name) for name in names}, "of": of.name if of else ""}


def _certificate_out(row: TrainingCertificate) -> Json:
    names = ("code", "number", "issued_at", "revoked_at")
    told = {name: row.words[name] for name in ("name", "of", "course")}
    return {**{name: getattr(row, name) for name in names}, **told}


@router.get(
    "/training/classes/{code}/people",
    response=Page[TrainingPersonOut],
    operation_id="training_people",
    summary=N_("Người học của một lớp"),
    openapi_extra=described(EnrolmentFilter),
)
def people(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """People of a class, those whom the caller may know."""
    found = class_of(request, code, READ_TRAINING)
    rows = queries.enrolments_visible_to(request.actor).filter(training_class=found)
    chosen = filtered(request, EnrolmentFilter, queries.with_standing(rows))
    return page(request, response, chosen, _person_out)


@router.post(
    "/training/classes/{code}/people",
    response={201: CodeOut},
    operation_id="enrol_in_training",
    summary=N_("Đăng ký người đi học"),
)
def enrol(request: ApiRequest, code: str, told: TrainingPersonIn) -> Status[CodeOut]:
    """Give somebody a seat, or a place on the waiting list; answered with the ticket."""
    found = class_of(request, code)
    maker = None
    if told.producer:
        maker = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    made = enrolling.enrol(
        actor=request.actor,
        training_class=found,
        attendee=Attendee(
            name=told.name,
            producer=maker,
            unit=unit_of(told.unit) if told.unit else None,
            phone=told.phone,
            position=told.position,
        ),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))


@router.put(
    "/training/people/{code}",
    response=CodeOut,
    operation_id="correct_training_person",
    summary=N_("Sửa tên người đi học"),
)
def correct(request: ApiRequest, code: str, told: TrainingWrittenIn) -> CodeOut:
    """Correct how a person without a certificate is written; who came, by the office only."""
    enrolling.correct_person(
        actor=request.actor,
        enrolment=_person_of(request, code),
        written=enrolling.Written(**told.model_dump()),
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/people/{code}/withdrawal",
    response=CodeOut,
    operation_id="withdraw_from_training",
    summary=N_("Rút người đi học"),
)
def withdraw(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take somebody out of a class; the seat goes to whoever waits longest."""
    enrolling.withdraw_enrolment(
        actor=request.actor,
        enrolment=_person_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/people/{code}/answers",
    response={201: TrainingMarkedOut},
    operation_id="answer_training_test",
    summary=N_("Nộp bài kiểm tra tập huấn"),
)
def answer(request: ApiRequest, code: str, told: TrainingAnswersIn) -> Status[Any]:
    """Answer the test for somebody who attended."""
    made = answering.answer_test(
        actor=request.actor,
        enrolment=_person_of(request, code),
        answers=told.answers,
        at=timezone.now(),
    )
    return Status(201, made)


@router.post(
    "/training/classes/{code}/sessions/{number}/checkins",
    response=list[TrainingCheckedOut],
    operation_id="note_training_attendance",
    summary=N_("Điểm danh một buổi học"),
)
def check_in(
    request: ApiRequest, code: str, number: int, told: TrainingCheckInsIn
) -> list[TrainingCheckedOut]:
    """Note who came, as devices told; a ticket enters once, sending again changes nothing."""
    found = class_of(request, code)
    now = timezone.now()
    noted = attending.check_in(
        actor=request.actor,
        session=get_object_or_404(found.sessions.select_related("training_class"), number=number),
        records=[
            CheckIn(
                min(each.at, now), each.id, ticket_in(each.ticket) or each.ticket, each.gate,
                each.device,
            )
            for each in told.records
        ],
        at=now,
    )  # fmt: skip
    return [
        TrainingCheckedOut(
            id=each.record.id, state=each.state, entered_at=each.entry.at if each.entry else None
        )
        for each in noted
    ]


@router.post(
    "/training/classes/{code}/sessions/{number}/undoing",
    response=CodeOut,
    operation_id="undo_training_attendance",
    summary=N_("Bỏ điểm danh một người"),
)
def undo(request: ApiRequest, code: str, number: int, told: TrainingUndoneIn) -> CodeOut:
    """Take back that somebody came to a session; showings noted until now count no more."""
    found = class_of(request, code)
    attending.undo_check_in(
        actor=request.actor,
        session=get_object_or_404(found.sessions.select_related("training_class"), number=number),
        enrolment=get_object_or_404(found.enrolments, code=told.ticket),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=told.ticket)


@router.post(
    "/training/classes/{code}/certificates",
    response={201: list[TrainingCertificateOut]},
    operation_id="issue_training_certificates",
    summary=N_("Cấp giấy chứng nhận tập huấn"),
)
def issue(request: ApiRequest, code: str) -> Status[Any]:
    """Number the certificates of those who completed a class that is over."""
    made = certifying.issue_certificates(
        actor=request.actor, training_class=class_of(request, code), at=timezone.now()
    )
    return Status(201, [_certificate_out(row) for row in made])


@router.get(
    "/training/certificates",
    response=Page[TrainingCertificateOut],
    operation_id="training_certificates",
    summary=N_("Các giấy chứng nhận tập huấn"),
    openapi_extra=described(TrainingCertificateFilter),
)
def certificate_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Certificates of the people whom the caller may know."""
    need_scope(request.actor, READ_TRAINING)
    rows = queries.certificates_visible_to(request.actor)
    chosen = filtered(request, TrainingCertificateFilter, rows)
    return page(request, response, chosen, _certificate_out)


@router.post(
    "/training/certificates/{code}/revocation",
    response=CodeOut,
    operation_id="revoke_training_certificate",
    summary=N_("Thu hồi giấy chứng nhận tập huấn"),
)
def revoke(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take back a certificate that was given wrongly."""
    need_scope(request.actor, WRITE_TRAINING)
    certifying.revoke_certificate(
        actor=request.actor,
        certificate=get_object_or_404(queries.certificates_visible_to(request.actor), code=code),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/certificates/{code}/successor",
    response={201: TrainingCertificateOut},
    operation_id="reissue_training_certificate",
    summary=N_("Cấp lại giấy chứng nhận tập huấn"),
)
def reissue(request: ApiRequest, code: str) -> Status[Any]:
    """Give a new certificate in the place of one that was revoked."""
    need_scope(request.actor, WRITE_TRAINING)
    made = certifying.reissue_certificate(
        actor=request.actor,
        certificate=get_object_or_404(queries.certificates_visible_to(request.actor), code=code),
        at=timezone.now(),
    )
    return Status(201, _certificate_out(made))


@router.get(
    "/training/lacking",
    response=Page[TrainingLackingOut],
    operation_id="training_lacking",
    summary=N_("Chủ thể chưa qua lớp tập huấn nào"),
    openapi_extra=described(LackingFilter),
)
def lacking(request: ApiRequest, response: HttpResponse) -> Json:
    """Producers at work of whom nobody has completed a class, among those the caller oversees."""
    need_scope(request.actor, READ_TRAINING)
    rows = producers.for_lists(queries.lacking_seen_by(request.actor, timezone.localdate()))
    return page(request, response, filtered(request, LackingFilter, rows), _lacking_out)


def _lacking_out(row: Any) -> Json:
    commune = row.commune.name if row.commune else ""
    return {
        "code": row.code, "name": row.name, "kind": row.kind, "commune": commune,
        "coming": row.coming, "potential": row.potential,
    }  # fmt: skip
