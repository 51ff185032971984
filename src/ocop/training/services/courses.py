"""Courses of the yearly programme: what they are, their materials and their test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ocop.core import attachments, editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.training import quizzes, rules
from ocop.training.models import (
    Audience,
    QuizAttempt,
    QuizQuestion,
    TrainingCourse,
    TrainingMaterial,
)

_OPEN = (
    "title",
    "year",
    "audience",
    "source",
    "planned_classes",
    "planned_people",
    "least_attendance",
    "pass_share",
)
_FOLDED = TrainingCourse._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class CourseParticulars:
    """What is known of a course. Shares are per cent."""

    title: str
    year: int
    audience: str
    contents: str = ""
    source: str = ""
    planned_classes: int = 0
    planned_people: int = 0
    least_attendance: int = 80
    pass_share: int = 60


@action("training.plan_course")
def plan_course(*, actor: Actor, particulars: CourseParticulars, at: datetime) -> TrainingCourse:
    """Put a course into the programme of a year.

    Refused: no title, the same course of that year once more, shares that are none.
    """
    require(actor, rules.may_manage)
    course = TrainingCourse(code=public_code(), created_at=at)
    _fill(course, particulars)
    course.save()
    record(actor, "training.course_planned", course, at=at)
    return course


@action("training.change_course")
def change_course(
    *,
    actor: Actor,
    course: TrainingCourse,
    particulars: CourseParticulars,
    seen: str = "",
    at: datetime,
) -> TrainingCourse:
    """Change what is known of a course. For whom it is stays once it has classes."""
    require(actor, rules.may_manage)
    editing.refuse_stale(course, seen)
    if particulars.audience != course.audience and course.classes.exists():
        raise _refuse("audience", _("Chương trình đã có lớp: không đổi đối tượng được nữa."))
    before = editing.values(course)
    _fill(course, particulars)
    change = editing.told(before, course, _OPEN)
    course.save(update_fields=change["fields"])
    record(actor, "training.course_changed", course, at=at, change=change)
    return course


@action("training.set_questions")
def set_questions(
    *, actor: Actor, course: TrainingCourse, questions: Sequence[quizzes.Question], at: datetime
) -> TrainingCourse:
    """Set the test of a course; no questions: it has none.

    Refused: a question without a right option or with options that are the same, too many of them,
    and any change after somebody has answered.
    """
    require(actor, rules.may_manage)
    if QuizAttempt.objects.filter(enrolment__training_class__course=course).exists():
        raise Refused(
            "test_answered",
            _("Đã có người làm bài. Hãy giữ nguyên câu hỏi, hoặc lập chương trình mới."),
        )
    if len(questions) > quizzes.MOST_QUESTIONS:
        raise _refuse("questions", _("Bài kiểm tra nhận tối đa %d câu.") % quizzes.MOST_QUESTIONS)
    for place, question in enumerate(questions, 1):
        if not quizzes.is_whole(question):
            raise _refuse(
                "questions",
                _("Câu %d chưa đúng: cần nội dung, 2–6 phương án khác nhau và một đáp án đúng.")
                % place,
            )
    rows = [
        QuizQuestion(
            course=course,
            number=place,
            text=folding.clean(question.text),
            options=[folding.clean(option) for option in question.options],
            right=question.right,
        )
        for place, question in enumerate(questions, 1)
    ]
    for row in rows:
        fits(row)
    course.questions.all().delete()
    QuizQuestion.objects.bulk_create(rows)
    record(actor, "training.questions_set", course, at=at, change={"questions": len(rows)})
    return course


@action("training.add_material")
def add_material(
    *,
    actor: Actor,
    course: TrainingCourse,
    title: str,
    content: bytes,
    filename: str,
    at: datetime,
) -> TrainingMaterial:
    """Add a file for those who attend. Refused: no title, a file that cannot be taken."""
    require(actor, rules.may_manage)
    cleaned = folding.clean(title)
    if not cleaned:
        raise _refuse("title", _("Hãy ghi tên tài liệu."))
    material = TrainingMaterial(code=public_code(), course=course, title=cleaned, added_at=at)
    fits(material)
    material.attachment = attachments.store(content, filename=filename, at=at)
    material.save()
    record(actor, "training.material_added", course, at=at, change={"title": cleaned})
    return material


@action("training.remove_material")
def remove_material(
    *, actor: Actor, material: TrainingMaterial, reason: str, at: datetime
) -> TrainingMaterial:
    """Take a file away from those who attend."""
    require(actor, rules.may_manage)
    needs_reason(reason)
    mine = TrainingMaterial.objects.filter(pk=material.pk, removed_at=None)
    if not mine.update(removed_at=at):
        raise Refused("material_removed", _("Tài liệu này đã được gỡ."))
    material.removed_at = at
    record(
        actor,
        "training.material_removed",
        material.course,
        at=at,
        reason=reason.strip(),
        change={"title": material.title},
    )
    return material


def _fill(course: TrainingCourse, given: CourseParticulars) -> None:
    course.title = folding.clean(given.title)
    if not course.title:
        raise _refuse("title", _("Hãy ghi tên chương trình tập huấn."))
    if given.audience not in Audience.values:
        raise _refuse("audience", _("Hãy chọn đối tượng tập huấn."))
    for name in ("least_attendance", "pass_share"):
        if not 1 <= getattr(given, name) <= 100:
            raise _refuse(name, _("Tỷ lệ từ 1 đến 100 %."))
    if not 2018 <= given.year <= 2100:
        raise _refuse("year", _("Hãy ghi năm từ 2018 đến 2100."))
    course.folded = folding.words(course.title)[:_FOLDED]
    course.contents = given.contents.strip()
    course.source = folding.clean(given.source)
    for name in ("year", "audience", "planned_classes", "planned_people"):
        setattr(course, name, getattr(given, name))
    course.least_attendance, course.pass_share = given.least_attendance, given.pass_share
    fits(course)
    same = TrainingCourse.objects.filter(
        year=course.year, folded=course.folded, audience=course.audience
    )
    if same.exclude(pk=course.pk).exists():
        raise _refuse("title", _("Năm này đã có chương trình cùng tên cho cùng đối tượng."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"course_{field}", message, fields={field: [message]})
