from datetime import datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.people.models import Message
from ocop.training import quizzes
from ocop.training.models import TrainingClass
from ocop.training.services import answering, classes, courses
from ocop.training.services.courses import CourseParticulars
from tests.factories import PDF, ProducerFactory
from tests.training import factories as making
from tests.world import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"place": ""}, "place"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 1_001}, "capacity"),
        ({"sessions": []}, "sessions"),
    ],
)
def test_plan_class_refuses_what_is_none(
    now: datetime, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        making.make_class(now, opened=False, **more)
    assert field in refusal.value.fields
    assert not TrainingClass.objects.exists()


@pytest.mark.parametrize("hours", [(0, 0, 5, 6), (0, 4, 3, 6), (4, 0, 5, 6)])
def test_sessions_follow_each_other(now: datetime, hours: tuple[int, ...]) -> None:
    a, b, c, d = (now + timedelta(days=7, hours=h) for h in hours)
    with pytest.raises(Refused) as refusal:
        making.make_class(now, sessions=[(a, b), (c, d)])
    assert refusal.value.code == "class_sessions"


def test_a_class_that_has_begun_is_not_opened(now: datetime) -> None:
    found = making.make_class(now, opened=False)
    with pytest.raises(Refused) as refusal:
        classes.open_class(actor=SYSTEM, training_class=found, at=found.starts_at)
    assert refusal.value.code == "class_begun"


def test_a_class_ends_after_its_last_session(now: datetime) -> None:
    found = making.make_class(now)
    with pytest.raises(Refused) as refusal:
        classes.finish_class(
            actor=SYSTEM, training_class=found, at=found.ends_at - timedelta(minutes=1)
        )
    assert refusal.value.code == "class_not_over"
    assert making.held(found).state == "held"


def test_a_cancelled_class_tells_whoever_enrolled(now: datetime) -> None:
    producer = ProducerFactory()
    user = member(now, producer)
    found = making.make_class(now)
    making.enrolled(now, found, producer)
    classes.cancel_class(actor=SYSTEM, training_class=found, reason="Mưa bão", at=now)
    message = Message.objects.get()
    assert (message.user_id, message.body) == (user.pk, "Lý do: Mưa bão")


def test_a_class_in_which_somebody_came_is_not_cancelled(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    with pytest.raises(Refused) as refusal:
        classes.cancel_class(
            actor=SYSTEM, training_class=row.training_class, reason="Mưa bão", at=now
        )
    assert refusal.value.code == "class_begun"


def test_another_place_is_told_to_those_who_enrolled(now: datetime) -> None:
    producer = ProducerFactory()
    member(now, producer)
    found = making.make_class(now)
    making.enrolled(now, found, producer)
    moved = making.particulars_of(now, place="Nhà văn hóa xã")
    classes.change_class(actor=SYSTEM, training_class=found, particulars=moved, at=now)
    assert "Nhà văn hóa xã" in Message.objects.get(kind="training.changed").body


def test_nobody_is_told_of_another_teacher(now: datetime) -> None:
    producer = ProducerFactory()
    member(now, producer)
    found = making.make_class(now)
    making.enrolled(now, found, producer)
    other = making.particulars_of(now, teacher="Giảng viên khác")
    classes.change_class(actor=SYSTEM, training_class=found, particulars=other, at=now)
    assert not Message.objects.exists()


def test_seats_do_not_go_below_those_taken(now: datetime) -> None:
    found = making.make_class(now)
    making.enrolled(now, found)
    making.enrolled(now, found)
    with pytest.raises(Refused) as refusal:
        classes.change_class(
            actor=SYSTEM,
            training_class=found,
            particulars=making.particulars_of(now, capacity=1),
            at=now,
        )
    assert "capacity" in refusal.value.fields


def test_sessions_stay_once_somebody_came(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    making.attend(row)
    with pytest.raises(Refused) as refusal:
        classes.change_class(
            actor=SYSTEM,
            training_class=row.training_class,
            particulars=making.particulars_of(now + timedelta(days=1)),
            at=now,
        )
    assert "sessions" in refusal.value.fields


def test_a_class_that_is_over_is_not_changed(now: datetime) -> None:
    found = making.held(making.make_class(now))
    with pytest.raises(Refused) as refusal:
        classes.change_class(
            actor=SYSTEM, training_class=found, particulars=making.particulars_of(now), at=now
        )
    assert refusal.value.code == "class_state"


# --- Courses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"audience": "all"}, "audience"),
        ({"least_attendance": 0}, "least_attendance"),
        ({"pass_share": 101}, "pass_share"),
        ({"year": 1990}, "year"),
    ],
)
def test_plan_course_refuses_what_is_none(
    now: datetime, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        making.make_course(now, **more)
    assert field in refusal.value.fields


def test_the_same_course_of_a_year_is_refused(now: datetime) -> None:
    making.make_course(now, title="Truy xuất nguồn gốc")
    with pytest.raises(Refused) as refusal:
        making.make_course(now, title="truy xuất  nguồn gốc")
    assert "title" in refusal.value.fields


def test_for_whom_a_course_is_stays_once_it_has_classes(now: datetime) -> None:
    course = making.make_course(now)
    making.make_class(now, course)
    other = CourseParticulars(course.title, course.year, "officials")
    with pytest.raises(Refused) as refusal:
        courses.change_course(actor=SYSTEM, course=course, particulars=other, at=now)
    assert "audience" in refusal.value.fields


def test_questions_are_set_as_a_whole(now: datetime) -> None:
    course = making.make_course(now, test=True)
    one = [quizzes.Question("Câu mới?", ("Có", "Không"), 0)]
    courses.set_questions(actor=SYSTEM, course=course, questions=one, at=now)
    assert list(course.questions.values_list("number", "text", "options")) == [
        (1, "Câu mới?", ["Có", "Không"])
    ]


def test_a_question_without_two_options_is_refused_with_its_number(now: datetime) -> None:
    bad = [*making.QUESTIONS, quizzes.Question("Câu?", ("Có",), 0)]
    with pytest.raises(Refused) as refusal:
        courses.set_questions(actor=SYSTEM, course=making.make_course(now), questions=bad, at=now)
    assert "Câu 3" in refusal.value.message


def test_too_many_questions_are_refused(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        courses.set_questions(
            actor=SYSTEM,
            course=making.make_course(now),
            questions=[making.QUESTIONS[0]] * 31,
            at=now,
        )
    assert "questions" in refusal.value.fields


def test_questions_stay_once_somebody_answered(now: datetime) -> None:
    course = making.make_course(now, test=True)
    row = making.enrolled(now, making.make_class(now, course))
    making.attend(row)
    answering.answer_test(actor=SYSTEM, enrolment=row, answers=[0, 0], at=now)
    with pytest.raises(Refused) as refusal:
        courses.set_questions(actor=SYSTEM, course=course, questions=[], at=now)
    assert refusal.value.code == "test_answered"


def test_material_needs_a_title_and_is_removed_once(now: datetime) -> None:
    course = making.make_course(now)
    with pytest.raises(Refused) as refusal:
        courses.add_material(
            actor=SYSTEM, course=course, title=" ", content=PDF, filename="a.pdf", at=now
        )
    assert "title" in refusal.value.fields
    kept = courses.add_material(
        actor=SYSTEM, course=course, title="Bài giảng", content=PDF, filename="a.pdf", at=now
    )
    courses.remove_material(actor=SYSTEM, material=kept, reason="Bản cũ", at=now)
    with pytest.raises(Refused) as again:
        courses.remove_material(actor=SYSTEM, material=kept, reason="Bản cũ", at=now)
    assert again.value.code == "material_removed"
