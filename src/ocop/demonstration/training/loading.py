"""Writing classes, their people, attendance, tests and certificates, many rows at a time. Called
inside the action of the demonstration only."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from django.utils import timezone

from ocop.core import attachments, typesetting
from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.demonstration import frame
from ocop.demonstration.loading import Loader
from ocop.demonstration.training.courses import COURSES, QUESTIONS, CourseRow
from ocop.dossiers.models import Potential
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.training.models import (
    Audience,
    ClassState,
    Enrolment,
    EnrolmentState,
    QuizAttempt,
    QuizQuestion,
    TrainingCertificate,
    TrainingCheckIn,
    TrainingClass,
    TrainingCourse,
    TrainingMaterial,
    TrainingSession,
)
from ocop.training.options import NUMBER

_SEED = frame.SEED + 9
_EVERY = 36  # days between classes of a course that were held, for three years
_HELD = 30  # of each course
_SEATS = 40
_PLACES = (
    "Trung tâm học tập cộng đồng (mẫu)",
    "Hội trường Ủy ban nhân dân xã (mẫu)",
    "Nhà văn hóa xã (mẫu)",
)
_TEACHER = "Giảng viên Văn phòng Điều phối (mẫu)"
_ABSENT, _ONCE, _FAILED = 12, 17, 23  # every so manieth person
_HOPED = 40  # every so manieth of those who were to no class has a product with potential
_WRONG = 50  # whose certificate was revoked
_GATES = ("Cửa chính", "Cửa phụ")


class Training:
    """Draws the training of the producers that a loader has written."""

    def __init__(self, loader: Loader, at: datetime) -> None:
        self._loader = loader
        self._at = at
        self._random = Random(_SEED)
        self._today = timezone.localdate(at)
        self._communes = list(
            Unit.objects.filter(level=Level.COMMUNE, valid_to=None, parent__code=frame.PROVINCE)
            .order_by("code")
        )  # fmt: skip
        self._serial: Counter[int] = Counter()

    def load(self) -> None:
        """Write everything, in the order in which rows need each other."""
        courses = self._courses()
        self._loader.keep(self._questions(courses))
        self._loader.keep(self._materials(courses))
        classes = self._loader.keep(self._classes(courses))
        sessions = self._loader.keep(self._sessions(classes))
        people = self._loader.keep(self._people(classes))
        self._count_seats(classes, people)
        of_class: dict[int, list[TrainingSession]] = {}
        for session in sessions:
            of_class.setdefault(session.training_class_id, []).append(session)
        held = [
            row
            for row in people
            if row.training_class.state == ClassState.HELD and row.state == EnrolmentState.ENROLLED
        ]
        self._loader.keep(self._checkins(held, of_class))
        self._loader.keep(self._attempts(held))
        self._loader.keep(self._certificates(held))
        self._loader.keep(self._hopes())
        if shown := list(self._at_the_door(people, of_class)):  # early in the day nobody has come
            self._loader.keep(shown)

    def _days(self) -> Iterator[tuple[CourseRow, date, ClassState]]:
        """When classes were held; one is today, one next week, one planned, one called off."""
        for place, row in enumerate(COURSES):
            for turn in range(_HELD, 0, -1):
                day = self._today - timedelta(days=turn * _EVERY - place * 9)
                yield row, day, ClassState.HELD
        dossier, stamps, online, officials = COURSES
        for row, days, state in (
            (stamps, 0, ClassState.OPEN),
            (dossier, 7, ClassState.OPEN),
            (officials, 14, ClassState.OPEN),
            (online, 30, ClassState.PLANNED),
            (online, 10, ClassState.CANCELLED),
        ):
            yield row, self._today + timedelta(days=days), state

    def _courses(self) -> dict[tuple[int, str], TrainingCourse]:
        """The programme of each year, as many classes as it was to have."""
        planned = Counter((day.year, row.title) for row, day, _state in self._days())
        about = {row.title: row for row in COURSES}
        rows = [
            TrainingCourse(
                code=public_code(self._random),
                title=title,
                folded=words(title),
                year=year,
                audience=about[title].audience,
                contents=about[title].contents,
                source=f"Kế hoạch tập huấn năm {year} (mẫu)",
                planned_classes=count,
                planned_people=count * _SEATS,
                demonstration=True,
                created_at=min(self._at, self._moment(date(year, 1, 5), 8)),
            )
            for (year, title), count in planned.items()
        ]
        return {(row.year, row.title): row for row in self._loader.keep(rows)}

    def _questions(self, courses: dict[tuple[int, str], TrainingCourse]) -> Iterator[QuizQuestion]:
        tested = {row.title for row in COURSES if row.test}
        for course in courses.values():
            if course.title not in tested:
                continue
            for number, (text, options, right) in enumerate(QUESTIONS, 1):
                yield QuizQuestion(
                    course=course, number=number, text=text, options=list(options), right=right
                )

    def _materials(
        self, courses: dict[tuple[int, str], TrainingCourse]
    ) -> Iterator[TrainingMaterial]:
        """A handout of each course, the same in every year."""
        for row in COURSES:
            data = {"title": row.title, "about": row.contents, "lines": row.handout}
            content = typesetting.pdf(
                "ocop.demonstration.training", "handout.typ", {**data, "language": "vi"}
            )
            stored = attachments.store(content, filename="tai-lieu.pdf", at=self._at)
            for (_year, title), course in courses.items():
                if title == row.title:
                    yield TrainingMaterial(
                        code=public_code(self._random),
                        course=course,
                        title="Tài liệu phát tay (mẫu)",
                        attachment=stored,
                        added_at=course.created_at,
                    )

    def _classes(self, courses: dict[tuple[int, str], TrainingCourse]) -> Iterator[TrainingClass]:
        for row, day, state in self._days():
            yield self._class(courses[day.year, row.title], day, state)

    def _class(self, course: TrainingCourse, day: date, state: ClassState) -> TrainingClass:
        number = self._random.randrange(len(self._communes))
        commune = self._communes[number]
        name = f"Lớp ngày {day:%d/%m/%Y} tại {commune.name} (mẫu)"
        return TrainingClass(
            code=public_code(self._random),
            course=course,
            name=name,
            folded=words(name),
            place=_PLACES[number % len(_PLACES)],
            commune=commune,
            teacher=_TEACHER,
            capacity=_SEATS,
            state=state,
            starts_at=self._moment(day, 8),
            ends_at=self._moment(day, 17),
            demonstration=True,
            created_at=min(self._at, self._moment(day - timedelta(days=30), 9)),
        )

    def _sessions(self, classes: Sequence[TrainingClass]) -> Iterator[TrainingSession]:
        """A morning and an afternoon."""
        for row in classes:
            noon = row.starts_at + timedelta(hours=4)
            afternoon = row.starts_at + timedelta(hours=5)
            for number, (starts_at, ends_at) in enumerate(
                ((row.starts_at, noon), (afternoon, row.ends_at)), 1
            ):
                yield TrainingSession(
                    training_class=row, number=number, starts_at=starts_at, ends_at=ends_at
                )

    def _people(self, classes: Sequence[TrainingClass]) -> Iterator[Enrolment]:
        """Two of three producers take part in turn; the class of next week is full."""
        makers = cycle(self._learners())
        officials = cycle(self._communes)
        number = 0
        for row in classes:
            if row.state in (ClassState.PLANNED, ClassState.CANCELLED):
                continue
            full = row.starts_at > self._at and row.course.audience == Audience.PRODUCERS
            for place in range(_SEATS + 5 if full else _SEATS - self._random.randrange(8)):
                number += 1
                name = f"Học viên {number:04d} (mẫu)"
                official = row.course.audience == Audience.OFFICIALS
                own = self._loader.busiest_producer() if full and place == 0 else None
                seated = place < _SEATS
                yield Enrolment(
                    code=public_code(self._random),
                    training_class=row,
                    producer=None if official else own or next(makers),
                    unit=next(officials) if official else None,
                    name=name,
                    folded=words(name),
                    position="Công chức kinh tế" if official else "",
                    state=EnrolmentState.ENROLLED if seated else EnrolmentState.WAITING,
                    enrolled_at=min(self._at, row.starts_at) - timedelta(days=9, minutes=-place),
                )

    def _learners(self) -> list[Producer]:
        """The producer who signs in first; of the others two of three."""
        own = self._loader.busiest_producer()
        others = [row for row in self._loader.producers if row.pk != own.pk]
        return [own, *(row for place, row in enumerate(others) if place % 3)]

    def _count_seats(self, classes: Sequence[TrainingClass], people: Sequence[Enrolment]) -> None:
        taken = Counter(
            row.training_class_id for row in people if row.state == EnrolmentState.ENROLLED
        )
        for row in classes:
            row.taken = taken[row.pk]
        TrainingClass.objects.bulk_update(classes, ["taken"], batch_size=500)

    def _checkins(
        self, people: Sequence[Enrolment], of_class: dict[int, list[TrainingSession]]
    ) -> Iterator[TrainingCheckIn]:
        for place, row in enumerate(people):
            for session in of_class[row.training_class_id][: self._came(place)]:
                at = session.starts_at + timedelta(minutes=self._random.randrange(-15, 10))
                yield TrainingCheckIn(
                    session=session,
                    enrolment=row,
                    client_id=UUID(int=self._random.getrandbits(128), version=4),
                    gate=_GATES[place % 2],
                    device=f"may-{place % 2 + 1}",
                    at=at,
                    received_at=at + timedelta(minutes=1),
                    entry=True,
                )

    def _at_the_door(
        self, people: Sequence[Enrolment], of_class: dict[int, list[TrainingSession]]
    ) -> Iterator[TrainingCheckIn]:
        """Of today's class those who came until now; every tenth showed the ticket at both gates,
        and one entry was taken back."""
        for place, row in enumerate(people):
            if row.training_class.state != ClassState.OPEN or self._came(place) == 0:
                continue
            at = of_class[row.training_class_id][0].starts_at + timedelta(minutes=place % 20 - 15)
            for again in range(2 if place % 10 == 0 else 1):
                shown = at + timedelta(minutes=3 * again)
                if shown < self._at:
                    undone = place % 37 == 1
                    yield TrainingCheckIn(
                        session=of_class[row.training_class_id][0],
                        enrolment=row,
                        client_id=UUID(int=self._random.getrandbits(128), version=4),
                        gate=_GATES[(place + again) % 2],
                        device=f"may-{(place + again) % 2 + 1}",
                        at=shown,
                        received_at=shown + timedelta(minutes=1),
                        entry=not again and not undone,
                        undone_at=shown + timedelta(minutes=5) if undone else None,
                    )

    def _attempts(self, people: Sequence[Enrolment]) -> Iterator[QuizAttempt]:
        count = len(QUESTIONS)
        right = [right for _text, _options, right in QUESTIONS]
        for place, row in enumerate(people):
            if not self._came(place) or row.training_class.course.audience != Audience.PRODUCERS:
                continue
            passed = self._passed(place)
            answers = right if passed else [(each + 1) % 3 for each in right]
            yield QuizAttempt(
                enrolment=row,
                number=1,
                answers=answers,
                right=count if passed else 0,
                questions=count,
                passed=passed,
                at=row.training_class.ends_at - timedelta(minutes=20),
            )

    def _certificates(self, people: Sequence[Enrolment]) -> Iterator[TrainingCertificate]:
        form = NUMBER.get()
        done = [
            row
            for place, row in enumerate(people)
            if self._came(place) == 2
            and (row.training_class.course.audience == Audience.OFFICIALS or self._passed(place))
        ]
        wrong = done[_WRONG]
        for row in sorted(done, key=lambda each: (each.training_class.ends_at, each.pk)):
            found = row.training_class
            issued_at = min(self._at, found.ends_at + timedelta(days=2))
            year = timezone.localdate(issued_at).year
            self._serial[year] += 1
            day = timezone.localdate(found.starts_at).isoformat()
            of = row.producer or row.unit
            yield TrainingCertificate(
                code=public_code(self._random),
                enrolment=row,
                year=year,
                serial=self._serial[year],
                number=form.format(serial=self._serial[year], year=year),
                words={
                    "name": row.name,
                    "of": of.name if of else "",
                    "course": found.course.title,
                    "class": found.name,
                    "place": found.place,
                    "from": day,
                    "to": day,
                    "sessions": 2,
                },
                issued_at=issued_at,
                revoked_at=issued_at + timedelta(days=9) if row is wrong else None,
                reason="Cấp nhầm người (mẫu)" if row is wrong else "",
            )

    def _hopes(self) -> Iterator[Potential]:
        """Products that could rise, of producers who have been to no class yet."""
        gone = {row.pk for row in self._learners()}
        absent = [row for row in self._loader.producers if row.pk not in gone][::_HOPED]
        rows = Product.objects.filter(producer__in=absent, producer__commune__isnull=False)
        seen = set()
        for row in rows.select_related("producer__commune").order_by("pk"):
            if row.producer_id in seen or row.producer.commune is None:
                continue
            seen.add(row.producer_id)
            yield Potential(
                code=public_code(self._random),
                unit=row.producer.commune,
                province=frame.PROVINCE,
                product_name=row.name,
                producer_name=row.producer.name,
                product=row,
                aim=4,
                year=self._today.year + 1,
                helper="Ủy ban nhân dân xã (mẫu)",
                need="Người làm ra sản phẩm chưa qua lớp tập huấn nào.",
                demonstration=True,
                created_at=self._at,
            )

    def _came(self, place: int) -> int:
        """To how many of the two sessions somebody came."""
        if place % _ABSENT == _ABSENT - 1:
            return 0
        return 1 if place % _ONCE == _ONCE - 1 else 2

    def _passed(self, place: int) -> bool:
        return place % _FAILED != _FAILED - 1

    def _moment(self, day: date, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour)))
