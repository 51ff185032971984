"""A class from plan to certificate through the pages, and who sees what of it."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.training.models import (
    Enrolment,
    TrainingCertificate,
    TrainingCheckIn,
    TrainingClass,
    TrainingCourse,
)
from ocop.training.services import answering, courses
from tests.factories import PDF, ProducerFactory
from tests.training import factories as making
from tests.world import build_places, member, person

pytestmark = pytest.mark.django_db
OFFICE, OWN = "/dieu-hanh/tap-huan/", "/cua-toi/tap-huan/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    """Where no second factor is asked for."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(person(now, Role.PROVINCIAL_OFFICER))


def form_of(start: datetime) -> dict[str, Any]:
    local = timezone.localtime(start)
    return {
        "name": "Lớp ở Phú Xuyên",
        "place": "Hội trường xã",
        "capacity": "1",
        "sessions": f"{local:%d/%m/%Y} 08:00-11:30\n{local:%d/%m/%Y} 13h30 – 16h30",
    }


def test_a_class_from_plan_to_certificate(
    now: datetime, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_places(now)
    producer = ProducerFactory()
    maker = signed_in(member(now, producer))
    office.post(
        f"{OFFICE}chuong-trinh/moi/",
        {
            "title": "Chuyển đổi số cho chủ thể", "year": now.year, "audience": "producers",
            "planned_classes": "2", "planned_people": "80",
            "least_attendance": "100", "pass_share": "50",
        },
    )  # fmt: skip
    course = TrainingCourse.objects.get()
    text = "Sao có hiệu lực bao lâu?\n- 12 tháng\n* 36 tháng"
    office.post(f"{OFFICE}chuong-trinh/{course.code}/bai-kiem-tra/", {"text": text})
    office.post(f"{OFFICE}chuong-trinh/{course.code}/lop-moi/", form_of(now + timedelta(days=3)))
    found = TrainingClass.objects.get()
    assert [f"{timezone.localtime(s.ends_at):%H:%M}" for s in found.sessions.all()] == [
        "11:30",
        "16:30",
    ]
    assert maker.get(f"{OWN}{found.code}/").status_code == 404
    office.post(f"{OFFICE}lop/{found.code}/mo-dang-ky/")
    assert found.name in maker.get(OWN).content.decode()
    for name in ("Nguyễn Thị Hai", "Trần Văn Ba"):
        maker.post(f"{OWN}{found.code}/dang-ky/{producer.code}/", {"name": name})
    first, second = Enrolment.objects.order_by("pk")
    assert [first.state, second.state] == ["enrolled", "waiting"]
    page = maker.get(f"{OWN}{found.code}/").content.decode()
    assert first.code[:4].upper() in page
    assert second.code[:4].upper() not in page
    making.begun(found, now)
    for session in found.sessions.all():
        answer = office.post(
            f"{OFFICE}lop/{found.code}/buoi/{session.number}/diem-danh/",
            {"gate": "A", "ticket": first.code.upper()},
        )
        assert "Mời vào" in answer.content.decode()
    assert maker.post(f"{OWN}hoc-vien/{first.code}/bai-kiem-tra/", {}).status_code == 422
    maker.post(f"{OWN}hoc-vien/{first.code}/bai-kiem-tra/", {"q0": "1"})
    assert first.attempts.get().passed
    TrainingClass.objects.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    office.post(f"{OFFICE}lop/{found.code}/ket-thuc/")
    office.post(f"{OFFICE}lop/{found.code}/cap-chung-nhan/")
    made = TrainingCertificate.objects.get()
    assert made.enrolment == first
    page = maker.get(f"{OWN}{found.code}/").content.decode()
    assert "Có chỗ sẽ được báo" not in page
    assert "Lớp đã học xong mà không có chỗ trống" in page
    assert maker.get(f"{OWN}giay-chung-nhan/{made.code}.pdf").content.startswith(b"%PDF")
    checked = Client().get(f"/tap-huan/giay-chung-nhan/{made.code}/").content.decode()
    assert "Còn giá trị" in checked
    assert "Nguyễn Thị Hai" in checked
    office.post(f"{OFFICE}giay-chung-nhan/{made.code}/thu-hoi/", {"reason": "Cấp nhầm người"})
    assert "Đã thu hồi" in Client().get(f"/tap-huan/giay-chung-nhan/{made.code}/").content.decode()
    listed = office.get(f"{OFFICE}lop/{found.code}/").content.decode()
    assert "Đã thu hồi" in listed
    assert "giay-chung-nhan.pdf" not in listed
    office.post(f"{OFFICE}hoc-vien/{first.code}/sua/", {"name": "Nguyễn Thị Hải"})
    assert "cap-lai" in office.get(f"{OFFICE}giay-chung-nhan/").content.decode()
    office.post(f"{OFFICE}giay-chung-nhan/{made.code}/cap-lai/")
    new = TrainingCertificate.objects.get(revoked_at=None)
    assert new.words["name"] == "Nguyễn Thị Hải"
    assert "cap-lai" not in office.get(f"{OFFICE}giay-chung-nhan/").content.decode()
    assert new.number in maker.get(f"{OWN}{found.code}/").content.decode()


def sending(row: Enrolment, at: datetime, **more: Any) -> str:
    record = {"id": str(uuid4()), "ticket": row.code, "gate": "A", "at": at.isoformat()}
    told = {"device": "m1", "sent_at": timezone.now().isoformat(), "records": [record | more]}
    return json.dumps(told)


def test_a_device_takes_the_list_and_sends_what_it_noted(now: datetime, office: Client) -> None:
    found = making.make_class(now)
    row = making.enrolled(now, found, name="Nguyễn Thị Hai")
    making.begun(found, now)
    door = f"{OFFICE}lop/{found.code}/buoi/1/"
    listed = office.get(f"{door}danh-sach.json").json()
    assert (listed["people"], listed["entered"]) == ({row.code: "Nguyễn Thị Hai"}, {})
    body = sending(row, now - timedelta(minutes=5))
    for _ in range(2):
        (told,) = office.post(f"{door}gui/", body, content_type="application/json").json()[
            "results"
        ]
        assert (told["state"], told["entry"][0]) == ("entered", "A")
    assert TrainingCheckIn.objects.count() == 1
    assert office.get(f"{door}danh-sach.json").json()["entered"][row.code][0] == "A"
    later = sending(row, now, gate="B")
    (again,) = office.post(f"{door}gui/", later, content_type="application/json").json()["results"]
    assert again["state"] == "repeat"
    assert again["entry"][0] == "A"


@pytest.mark.parametrize("body", ["", "[]", "không phải JSON", '{"device": 1}'])
def test_what_cannot_be_read_is_refused_in_words(now: datetime, office: Client, body: str) -> None:
    found = making.make_class(now)
    answer = office.post(
        f"{OFFICE}lop/{found.code}/buoi/1/gui/", body, content_type="application/json"
    )
    assert answer.status_code == 409
    assert "Không đọc được" in answer.json()["message"]


def test_officers_of_communes_stand_only_at_the_door_of_their_own(now: datetime) -> None:
    places = build_places(now)
    officer = signed_in(person(now, Role.COMMUNE_OFFICER, places.here))
    here = making.make_class(now, commune=places.here)
    there = making.make_class(now, commune=places.there)
    assert officer.get(f"{OFFICE}lop/{here.code}/buoi/1/danh-sach.json").status_code == 200
    assert officer.get(f"{OFFICE}lop/{there.code}/buoi/1/danh-sach.json").status_code == 403
    assert officer.post(f"{OFFICE}lop/{there.code}/buoi/1/gui/").status_code == 403


def test_an_officer_sees_the_people_of_the_own_communes_only(now: datetime) -> None:
    places = build_places(now)
    officer = signed_in(person(now, Role.COMMUNE_OFFICER, places.here))
    found = making.make_class(now)
    making.enrolled(now, found, ProducerFactory(commune=places.here), "Người Ở Đây")
    making.enrolled(now, found, ProducerFactory(commune=places.there), "Người Ở Kia")
    page = officer.get(f"{OFFICE}lop/{found.code}/").content.decode()
    assert "Người Ở Đây" in page
    assert "Người Ở Kia" not in page


def test_a_producer_sees_nothing_of_anothers_people(now: datetime) -> None:
    producer, other = ProducerFactory(), ProducerFactory()
    maker = signed_in(member(now, producer))
    found = making.make_class(now, making.make_course(now, test=True))
    row = making.enrolled(now, found, other, "Người Khác")
    assert "Người Khác" not in maker.get(f"{OWN}{found.code}/").content.decode()
    for path in (f"hoc-vien/{row.code}/rut/", f"hoc-vien/{row.code}/bai-kiem-tra/"):
        assert maker.get(f"{OWN}{path}").status_code == 404
    assert maker.get(f"{OWN}{found.code}/ve.pdf").status_code == 404
    assert maker.post(f"{OWN}{found.code}/dang-ky/{other.code}/").status_code == 404


def test_material_is_for_those_who_are_in_a_class_of_the_course(now: datetime) -> None:
    producer = ProducerFactory()
    maker = signed_in(member(now, producer))
    found = making.make_class(now)
    kept = courses.add_material(
        actor=SYSTEM, course=found.course, title="Bài giảng", content=PDF, filename="a.pdf", at=now
    )
    assert maker.get(f"{OWN}tai-lieu/{kept.code}/").status_code == 404
    making.enrolled(now, found, producer)
    assert b"".join(maker.get(f"{OWN}tai-lieu/{kept.code}/").streaming_content) == PDF
    courses.remove_material(actor=SYSTEM, material=kept, reason="Bản cũ", at=now)
    assert maker.get(f"{OWN}tai-lieu/{kept.code}/").status_code == 404


def test_tickets_are_printed_for_those_with_a_seat(now: datetime, office: Client) -> None:
    found = making.make_class(now, capacity=1)
    assert office.get(f"{OFFICE}lop/{found.code}/ve.pdf").status_code == 404
    making.enrolled(now, found)
    assert office.get(f"{OFFICE}lop/{found.code}/ve.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("sessions", "mai 8 giờ", "Không đọc được dòng"),
        ("sessions", "31/02/2026 08:00-10:00", "Không đọc được dòng"),
        ("sessions", "20/11/2026 10:00-08:00", "kết thúc trước khi bắt đầu"),
        ("capacity", "0", 'aria-invalid="true"'),
    ],
)
def test_a_class_that_cannot_be_is_told_at_its_field(
    now: datetime, office: Client, field: str, value: str, words: str
) -> None:
    course = making.make_course(now)
    body = form_of(now) | {field: value}
    answer = office.post(f"{OFFICE}chuong-trinh/{course.code}/lop-moi/", body)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_answers_on_paper_are_entered_by_the_office(now: datetime, office: Client) -> None:
    row = making.enrolled(now, making.make_class(now, making.make_course(now, test=True)))
    assert office.get(f"{OFFICE}hoc-vien/{row.code}/bai-lam/").status_code == 302
    making.attend(row)
    assert "Bộ tiêu chí có mấy phần?" in (
        office.get(f"{OFFICE}hoc-vien/{row.code}/bai-lam/").content.decode()
    )
    office.post(f"{OFFICE}hoc-vien/{row.code}/bai-lam/", {"q0": "1", "q1": "1"})
    assert row.attempts.get().passed


def test_who_lacks_a_class_is_listed(now: datetime, office: Client) -> None:
    build_places(now)
    done, lacking = ProducerFactory(name="HTX Đã Học"), ProducerFactory(name="HTX Chưa Học")
    making.certified(now, done)
    # the certificate is of the day after the class, which is to come
    TrainingCertificate.objects.update(issued_at=now - timedelta(days=1))
    page = office.get(f"{OFFICE}chua-tap-huan/").content.decode()
    assert lacking.name in page
    assert done.name not in page


def test_a_producer_is_found_by_name_or_told_that_there_are_several(
    now: datetime, office: Client
) -> None:
    for name in ("HTX Chè Xanh", "HTX Chè Vàng"):
        ProducerFactory(name=name)
    found = making.make_class(now)
    address = f"{OFFICE}lop/{found.code}/dang-ky/"
    several = office.post(address, {"producer": "chè", "name": "A B"})
    assert "Có nhiều chủ thể" in several.content.decode()
    none = office.post(address, {"producer": "mắm", "name": "A B"})
    assert "Không tìm thấy" in none.content.decode()
    assert office.post(address, {"producer": "che xanh", "name": "A B"}).status_code == 302
    assert Enrolment.objects.get().producer.name == "HTX Chè Xanh"


def test_the_code_of_a_certificate_is_asked_for(now: datetime) -> None:
    made = making.certified(now)
    client = Client()
    address = "/tap-huan/giay-chung-nhan/"
    assert client.get(address).status_code == 200
    assert client.get(address, {"code": "xx"}).status_code == 422
    led = client.get(address, {"code": f"https://x.vn/a/{made.code.upper()}/"})
    assert led.headers["Location"] == f"{address}{made.code}/"
    unknown = client.get(f"{address}00000000/")
    assert unknown.status_code == 404
    assert "Không có giấy chứng nhận nào mang mã 00000000" in unknown.content.decode()
    typed = f"{made.code[:4]}-{made.code[4:]}".upper()
    assert client.get(f"{address}{typed}/").status_code == 200


def test_certificates_and_people_are_found_by_what_stands_on_paper(
    now: datetime, office: Client
) -> None:
    made = making.certified(now)
    person_ = made.enrolment

    def found(path: str, text: str) -> bool:
        return person_.name in office.get(f"{OFFICE}{path}", {"q": text}).content.decode()

    for text in (made.number, made.number.partition("/")[0], made.code.upper(), person_.name):
        assert found("giay-chung-nhan/", text)
    assert not found("giay-chung-nhan/", "9999")
    assert found(f"lop/{person_.training_class.code}/", person_.code.upper())


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_any_number_of_rows(
    now: datetime, office: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    build_places(now)
    for _ in range(count):
        made = making.certified(now)
    found = made.enrolment.training_class
    pages = ("", "chuong-trinh/", "chua-tap-huan/", "giay-chung-nhan/", f"lop/{found.code}/")
    for page in pages:
        with django_assert_max_num_queries(26):
            assert office.get(f"{OFFICE}{page}").status_code == 200


def test_a_test_that_was_answered_keeps_its_questions(now: datetime, office: Client) -> None:
    row = making.enrolled(now, making.make_class(now, making.make_course(now, test=True)))
    making.attend(row)
    answering.answer_test(actor=SYSTEM, enrolment=row, answers=[0, 0], at=now)
    code = row.training_class.course.code
    answer = office.post(f"{OFFICE}chuong-trinh/{code}/bai-kiem-tra/", {"text": "A?\n* b\n- c"})
    assert "Đã có người làm bài" in answer.content.decode()
