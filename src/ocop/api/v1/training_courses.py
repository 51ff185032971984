"""Courses of the training programme, with their materials and tests."""

from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import unit_of
from ocop.api.v1.register import INVENTED
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_items import written
from ocop.api.v1.writing import CodeOut
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.filters.training import TrainingCourseFilter
from ocop.people.scopes import READ_TRAINING, WRITE_TRAINING
from ocop.training import queries, quizzes
from ocop.training.models import TrainingCourse, TrainingMaterial
from ocop.training.services import classes
from ocop.training.services import courses as services
from ocop.training.services.classes import ClassParticulars
from ocop.training.services.courses import CourseParticulars

router = Router(tags=["training"])
Json = dict[str, Any]
_FACTS = tuple(field.name for field in fields(CourseParticulars))


class TrainingCourseIn(JsonIn):
    """What is known of a course; shares are per cent. Left out: unchanged, or usual for a new one.

    `least_attendance` is of the sessions, `pass_share` of the right answers.
    """

    contents: str | None = None
    source: str | None = None
    planned_classes: int = 0
    planned_people: int = 0
    least_attendance: int = 80
    pass_share: int = 60


class NewTrainingCourseIn(TrainingCourseIn):
    """A new course of a year."""

    title: str
    year: int
    audience: Literal["officials", "producers"]


class TrainingCourseChangeIn(TrainingCourseIn):
    """A change of a course. With `seen`, the `mark` under which it was read, the change is refused
    when something happened to it since."""

    title: str | None = None
    year: int = 0
    audience: Literal["officials", "producers"] | None = None
    seen: str = ""


class TrainingQuestionIn(JsonIn):
    """A question: two to six options, `right` the place of the right one, from 0."""

    text: str
    options: list[str]
    right: int


class TrainingQuestionsIn(JsonIn):
    """The whole test of a course; none: it has no test."""

    questions: list[TrainingQuestionIn]


class TrainingSessionIn(JsonIn):
    """When a session begins and ends."""

    starts_at: Moment
    ends_at: Moment


class TrainingClassIn(JsonIn):
    """A new class; `commune` is the key of a commune of today."""

    name: str
    place: str
    capacity: int
    sessions: list[TrainingSessionIn]
    commune: str | None = None
    teacher: str = ""
    note: str = ""

    def particulars(self) -> ClassParticulars:
        """What the service takes."""
        return ClassParticulars(
            name=self.name,
            place=self.place,
            capacity=self.capacity,
            sessions=[(each.starts_at, each.ends_at) for each in self.sessions],
            commune=unit_of(self.commune) if self.commune else None,
            teacher=self.teacher,
            note=self.note,
        )


class TrainingMaterialOut(Schema):
    """A file for those who attend."""

    code: str
    title: str
    added_at: datetime


class TrainingCourseOut(Schema):
    """A course with what was planned and what became of it: classes that stand, those that were
    held, people who completed one."""

    code: str
    title: str
    year: int
    audience: str
    contents: str
    source: str
    planned_classes: int
    planned_people: int
    least_attendance: int
    pass_share: int
    classes: int
    held: int
    completed: int
    demonstration: bool = Field(description=INVENTED)


class TrainingCourseDetailOut(TrainingCourseOut):
    """A course by itself, with the number of its questions and its materials. A change may name
    the `mark`, and is then refused when something happened in between."""

    questions: int
    materials: list[TrainingMaterialOut]
    mark: str


def course_of(request: ApiRequest, code: str, scope: str = WRITE_TRAINING) -> TrainingCourse:
    """A course among those the caller may see."""
    need_scope(request.actor, scope)
    return get_object_or_404(queries.courses_visible_to(request.actor), code=code)


def course_out(row: Any) -> Json:
    """A row of `with_counts` as lists show it."""
    return {
        "code": row.code,
        **{name: getattr(row, name) for name in _FACTS},
        "classes": row.classes_count,
        "held": row.held_count,
        "completed": row.completed,
        "demonstration": row.demonstration,
    }


@router.get(
    "/training/courses",
    response=Page[TrainingCourseOut],
    operation_id="training_courses",
    summary=N_("Các chương trình tập huấn"),
    openapi_extra=described(TrainingCourseFilter),
)
def course_list(request: ApiRequest, response: HttpResponse) -> Json:
    """Courses of all years, for the staff."""
    need_scope(request.actor, READ_TRAINING)
    rows = queries.with_counts(queries.courses_visible_to(request.actor))
    return page(request, response, filtered(request, TrainingCourseFilter, rows), course_out)


@router.post(
    "/training/courses",
    response={201: CodeOut},
    operation_id="plan_training_course",
    summary=N_("Thêm chương trình tập huấn"),
)
def plan_course(request: ApiRequest, told: NewTrainingCourseIn) -> Status[CodeOut]:
    """Put a course into the programme of a year."""
    need_scope(request.actor, WRITE_TRAINING)
    blank = CourseParticulars(title="", year=0, audience="")
    made = services.plan_course(
        actor=request.actor, particulars=written(blank, told), at=timezone.now()
    )
    return Status(201, CodeOut(code=made.code))


@router.get(
    "/training/courses/{code}",
    response=TrainingCourseDetailOut,
    operation_id="training_course",
    summary=N_("Một chương trình tập huấn"),
)
def course(request: ApiRequest, code: str) -> Json:
    """One course with its materials."""
    found = course_of(request, code, READ_TRAINING)
    mark = editing.mark(found)
    row = queries.with_counts(TrainingCourse.objects.filter(pk=found.pk)).get()
    return {
        **course_out(row),
        "questions": found.questions.count(),
        "materials": list(found.materials.filter(removed_at=None)),
        "mark": mark,
    }


@router.patch(
    "/training/courses/{code}",
    response=CodeOut,
    operation_id="change_training_course",
    summary=N_("Sửa chương trình tập huấn"),
)
def change_course(request: ApiRequest, code: str, told: TrainingCourseChangeIn) -> CodeOut:
    """Change what is known of a course."""
    found = course_of(request, code)
    present = CourseParticulars(**{name: getattr(found, name) for name in _FACTS})
    services.change_course(
        actor=request.actor,
        course=found,
        particulars=written(present, told),
        seen=told.seen,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/courses/{code}/questions",
    response=CodeOut,
    operation_id="set_training_questions",
    summary=N_("Đặt bài kiểm tra của chương trình tập huấn"),
)
def set_questions(request: ApiRequest, code: str, told: TrainingQuestionsIn) -> CodeOut:
    """Set the test of a course as a whole; refused once somebody has answered."""
    services.set_questions(
        actor=request.actor,
        course=course_of(request, code),
        questions=[
            quizzes.Question(each.text, tuple(each.options), each.right) for each in told.questions
        ],
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/courses/{code}/materials",
    response={201: TrainingMaterialOut},
    operation_id="add_training_material",
    summary=N_("Thêm tài liệu tập huấn"),
)
def add_material(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    title: Annotated[str, Form()],
) -> Status[TrainingMaterial]:
    """Add a file for those who attend."""
    made = services.add_material(
        actor=request.actor,
        course=course_of(request, code),
        title=title,
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    return Status(201, made)


@router.post(
    "/training/materials/{code}/removal",
    response=CodeOut,
    operation_id="remove_training_material",
    summary=N_("Gỡ tài liệu tập huấn"),
)
def remove_material(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Take a file away from those who attend."""
    need_scope(request.actor, WRITE_TRAINING)
    seen = queries.courses_visible_to(request.actor)
    rows = TrainingMaterial.objects.filter(course__in=seen).select_related("course")
    services.remove_material(
        actor=request.actor,
        material=get_object_or_404(rows, code=code),
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.post(
    "/training/courses/{code}/classes",
    response={201: CodeOut},
    operation_id="plan_training_class",
    summary=N_("Lập lớp tập huấn"),
)
def plan_class(request: ApiRequest, code: str, told: TrainingClassIn) -> Status[CodeOut]:
    """Plan a class of a course; it takes people once it is opened."""
    made = classes.plan_class(
        actor=request.actor,
        course=course_of(request, code),
        particulars=told.particulars(),
        at=timezone.now(),
    )
    return Status(201, CodeOut(code=made.code))
