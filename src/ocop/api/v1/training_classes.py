"""Classes of training: what they are, and their steps."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED, MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.training_courses import TrainingClassIn, TrainingSessionIn
from ocop.api.v1.writing import CodeOut
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.filters.training import TrainingClassFilter
from ocop.people.scopes import READ_TRAINING, WRITE_TRAINING
from ocop.training import queries
from ocop.training.models import TrainingClass
from ocop.training.services import classes, inviting

router = Router(tags=["training"])
Json = dict[str, Any]


class TrainingClassChangeIn(TrainingClassIn):
    """A class as it is to be, whole. With `seen`, the `mark` under which it was read, the change is
    refused when something happened to it since."""

    seen: str = ""


class TrainingClassOut(Schema):
    """A class. `taken` of its seats are given; `state` is planned, open, held or cancelled."""

    code: str
    name: str
    course: MakerOut
    audience: str
    place: str
    commune: str
    teacher: str
    capacity: int
    taken: int
    state: str
    starts_at: datetime
    ends_at: datetime
    demonstration: bool = Field(description=INVENTED)


class TrainingClassDetailOut(TrainingClassOut):
    """A class by itself, with its sessions. A change may name the `mark`, and is then refused when
    something happened in between."""

    sessions: list[TrainingSessionIn]
    note: str
    mark: str


def class_of(request: ApiRequest, code: str, scope: str = WRITE_TRAINING) -> TrainingClass:
    """A class among those the caller may know."""
    need_scope(request.actor, scope)
    return get_object_or_404(queries.classes_visible_to(request.actor), code=code)


class TrainingInvitedOut(Schema):
    """How many people were told."""

    told: int


def _class_out(row: TrainingClass) -> Json:
    names = ("code", "name", "place", "teacher", "capacity", "taken", "state", "starts_at")
    return {
        **{name: getattr(row, name) for name in names},
        "ends_at": row.ends_at,
        "course": MakerOut(code=row.course.code, name=row.course.title),
        "audience": row.course.audience,
        "commune": row.commune.name if row.commune else "",
        "demonstration": row.demonstration,
    }


@router.get(
    "/training/classes",
    response=Page[TrainingClassOut],
    operation_id="training_classes",
    summary=N_("Các lớp tập huấn"),
    openapi_extra=described(TrainingClassFilter),
)
def class_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Classes that the caller may know."""
    need_scope(request.actor, READ_TRAINING)
    rows = queries.classes_visible_to(request.actor)
    return page(request, response, filtered(request, TrainingClassFilter, rows), _class_out)


@router.get(
    "/training/classes/{code}",
    response=TrainingClassDetailOut,
    operation_id="training_class",
    summary=N_("Một lớp tập huấn"),
)
def training_class(request: ApiRequest, code: str) -> Json:
    """One class with its sessions."""
    found = class_of(request, code, READ_TRAINING)
    mark = editing.mark(found)
    sessions = [
        TrainingSessionIn(starts_at=each.starts_at, ends_at=each.ends_at)
        for each in found.sessions.all()
    ]
    return {**_class_out(found), "sessions": sessions, "note": found.note, "mark": mark}


@router.put(
    "/training/classes/{code}",
    response=CodeOut,
    operation_id="change_training_class",
    summary=N_("Sửa lớp tập huấn"),
)
def change_class(request: ApiRequest, code: str, told: TrainingClassChangeIn) -> CodeOut:
    """Change a class that is to come; who enrolled is told of another time or place."""
    classes.change_class(
        actor=request.actor,
        training_class=class_of(request, code),
        particulars=told.particulars(),
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/classes/{code}/opening",
    response=CodeOut,
    operation_id="open_training_class",
    summary=N_("Mở đăng ký lớp tập huấn"),
)
def open_class(request: ApiRequest, code: str) -> CodeOut:
    """Open a class to enrolment."""
    found = class_of(request, code)
    classes.open_class(actor=request.actor, training_class=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/training/classes/{code}/invitation",
    response=TrainingInvitedOut,
    operation_id="invite_to_training_class",
    summary=N_("Mời đăng ký lớp tập huấn"),
)
def invite(request: ApiRequest, code: str) -> TrainingInvitedOut:
    """Tell of an open class those who still lack one, and the communes' officers."""
    found = class_of(request, code)
    told = inviting.invite(actor=request.actor, training_class=found, at=timezone.now())
    return TrainingInvitedOut(told=told)


@router.post(
    "/training/classes/{code}/end",
    response=CodeOut,
    operation_id="finish_training_class",
    summary=N_("Kết thúc lớp tập huấn"),
)
def finish_class(request: ApiRequest, code: str) -> CodeOut:
    """End a class after its last session."""
    found = class_of(request, code)
    classes.finish_class(actor=request.actor, training_class=found, at=timezone.now())
    return CodeOut(code=code)


@router.post(
    "/training/classes/{code}/cancellation",
    response=CodeOut,
    operation_id="cancel_training_class",
    summary=N_("Hủy lớp tập huấn"),
)
def cancel_class(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Call a class off; who enrolled is told why."""
    classes.cancel_class(
        actor=request.actor,
        training_class=class_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)
