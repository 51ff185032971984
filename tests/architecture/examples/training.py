"""Examples of courses, classes, enrolment, attendance, tests and certificates."""

from datetime import datetime
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.training.services import courses
from ocop.training.services.courses import CourseParticulars
from ocop.training.services.enrolling import Attendee, Written
from tests.factories import PDF, ProducerFactory
from tests.training import factories as making


def _answer(now: datetime) -> dict[str, Any]:
    row = making.enrolled(now, making.make_class(now, making.make_course(now, test=True)))
    making.attend(row)
    return {"enrolment": row, "answers": making.RIGHT}


def _over(now: datetime) -> dict[str, Any]:
    found = making.make_class(now)
    return {"training_class": found, "at": found.ends_at}


def _issue(now: datetime) -> dict[str, Any]:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    return {"training_class": making.held(row.training_class)}


def _show(now: datetime) -> dict[str, Any]:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.get(number=1)
    return {"session": session, "records": [making.showing(row, session.starts_at)]}


def _undo(now: datetime) -> dict[str, Any]:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    session = row.training_class.sessions.get(number=1)
    return {"session": session, "enrolment": row, "reason": "Quét nhầm vé"}


def _remove(now: datetime) -> dict[str, Any]:
    material = courses.add_material(
        actor=SYSTEM, course=making.make_course(now), title="Bài giảng", content=PDF,
        filename="a.pdf", at=now,
    )  # fmt: skip
    return {"material": material, "reason": "Có bản mới"}


def _withdraw(now: datetime) -> dict[str, Any]:
    return {"enrolment": making.enrolled(now, making.make_class(now)), "reason": "Bận việc"}


EXAMPLES = {
    "training.plan_course": lambda now: {
        "particulars": CourseParticulars("Ghi nhãn hàng hóa", now.year, "producers")
    },
    "training.change_course": lambda now: {
        "course": making.make_course(now),
        "particulars": CourseParticulars("Tên mới", now.year, "producers"),
    },
    "training.set_questions": lambda now: {
        "course": making.make_course(now),
        "questions": making.QUESTIONS,
    },
    "training.add_material": lambda now: {
        "course": making.make_course(now),
        "title": "Bài giảng",
        "content": PDF,
        "filename": "a.pdf",
    },
    "training.remove_material": _remove,
    "training.plan_class": lambda now: {
        "course": making.make_course(now),
        "particulars": making.particulars_of(now),
    },
    "training.change_class": lambda now: {
        "training_class": making.make_class(now),
        "particulars": making.particulars_of(now, name="Tên mới"),
    },
    "training.open_class": lambda now: {
        "training_class": making.make_class(now, opened=False),
    },
    "training.invite": lambda now: {"training_class": making.make_class(now)},
    "training.finish_class": _over,
    "training.cancel_class": lambda now: {
        "training_class": making.make_class(now),
        "reason": "Mưa bão",
    },
    "training.enrol": lambda now: {
        "training_class": making.make_class(now),
        "attendee": Attendee("Nguyễn Thị A", ProducerFactory()),
    },
    "training.withdraw_enrolment": _withdraw,
    "training.correct_person": lambda now: {
        "enrolment": making.enrolled(now, making.make_class(now)),
        "written": Written("Nguyễn Thị Á"),
    },
    "training.check_in": _show,
    "training.undo_check_in": _undo,
    "training.answer_test": _answer,
    "training.issue_certificates": _issue,
    "training.reissue_certificate": lambda now: {"certificate": making.revoked(now)},
    "training.revoke_certificate": lambda now: {
        "certificate": making.certified(now),
        "reason": "Cấp nhầm",
    },
}
