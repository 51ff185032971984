"""Answers to the test of a class."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.training import lifecycle, queries, quizzes, rules
from ocop.training.models import Enrolment, EnrolmentState, QuizAttempt


@action("training.answer_test")
def answer_test(
    *, actor: Actor, enrolment: Enrolment, answers: Sequence[int | None], at: datetime
) -> QuizAttempt:
    """Mark the answers of a person: for each question the place of an option, or none.

    Refused: a class that is over (the office enters also then what was written on paper), a person
    who was at no session or has passed, the fourth attempt.
    """
    require(actor, rules.may_act_for, enrolment, timezone.localdate(at))
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    expect_answerable(enrolment, on_paper=actor.is_system or rules.may_manage(actor))
    course = enrolment.training_class.course
    found = quizzes.mark(queries.questions_of(course), answers, course.pass_share)
    attempt = QuizAttempt.objects.create(
        enrolment=enrolment,
        number=enrolment.attempts.count() + 1,
        answers=list(answers)[: found.questions],
        right=found.right,
        questions=found.questions,
        passed=found.passed,
        at=at,
    )
    record(
        actor,
        "training.test_answered",
        enrolment,
        enrolment.training_class,
        at=at,
        change={"attempt": attempt.number, "passed": attempt.passed},
    )
    return attempt


def expect_answerable(enrolment: Enrolment, *, on_paper: bool = False) -> None:
    """Refuse who may not answer now; `on_paper`: the office enters what was written in time."""
    course = enrolment.training_class.course
    if not course.questions.exists():
        raise Refused("no_test", _("Chương trình này không có bài kiểm tra."))
    taken = (lifecycle.OPEN, lifecycle.HELD) if on_paper else (lifecycle.OPEN,)
    if enrolment.training_class.state not in taken:
        raise Refused("class_not_open", _("Lớp đã kết thúc, không nhận bài kiểm tra nữa."))
    came = enrolment.checkins.filter(entry=True).exists()
    if enrolment.state != EnrolmentState.ENROLLED or not came:
        raise Refused("not_attended", _("Chỉ người đã đi học mới làm bài kiểm tra."))
    if enrolment.attempts.filter(passed=True).exists():
        raise Refused("test_passed", _("Bài kiểm tra đã đạt, không cần làm lại."))
    if enrolment.attempts.count() >= quizzes.MOST_ATTEMPTS:
        raise Refused(
            "attempts_used",
            _("Đã làm đủ %d lần. Hãy đăng ký lớp khác.") % quizzes.MOST_ATTEMPTS,
        )
