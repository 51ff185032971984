"""The list of a session, an entry taken back, calendars, what is public and said before a step."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.training.models import TrainingCheckIn, TrainingClass
from tests.factories import ProducerFactory
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


def over(found: TrainingClass, now: datetime) -> None:
    """Move a class and its sessions into the past."""
    start = now - timedelta(days=3)
    found.sessions.update(starts_at=start, ends_at=start + timedelta(hours=3))
    TrainingClass.objects.update(starts_at=start, ends_at=start + timedelta(hours=3))
    found.refresh_from_db()


def test_people_are_ticked_as_they_signed_and_an_entry_is_taken_back(
    now: datetime, office: Client
) -> None:
    found = making.make_class(now)
    came, stayed = (making.enrolled(now, found, name=name) for name in ("Nguyễn Thị A", "Lê Văn B"))
    over(found, now)
    address = f"{OFFICE}lop/{found.code}/buoi/1/"
    office.post(f"{address}co-mat/", {"tickets": [came.code]})
    entry = TrainingCheckIn.objects.get()
    assert (entry.enrolment, entry.gate) == (came, "Danh sách ký")
    assert entry.at == found.sessions.get(number=1).starts_at
    page = office.get(f"{address}co-mat/").content.decode()
    assert f'value="{came.code}"' not in page
    assert f'value="{stayed.code}"' in page
    assert office.post(f"{address}bo/{came.code}/", {"reason": ""}).status_code == 422
    office.post(f"{address}bo/{came.code}/", {"reason": "Ký nhầm dòng"})
    assert not TrainingCheckIn.objects.filter(entry=True).exists()
    assert f'value="{came.code}"' in office.get(f"{address}co-mat/").content.decode()


def test_nothing_ticked_and_a_ticket_of_another_class_are_refused(
    now: datetime, office: Client
) -> None:
    found = making.make_class(now)
    making.enrolled(now, found)
    other = making.enrolled(now, making.make_class(now))
    address = f"{OFFICE}lop/{found.code}/buoi/1/"
    assert office.post(f"{address}co-mat/", {}).status_code == 422
    assert office.post(f"{address}co-mat/", {"tickets": [other.code]}).status_code == 422
    assert office.get(f"{address}bo/{other.code}/").status_code == 404
    assert not TrainingCheckIn.objects.exists()


def test_the_door_answers_what_was_taken_back(now: datetime, office: Client) -> None:
    found = making.make_class(now)
    row = making.enrolled(now, found)
    making.begun(found, now)
    address = f"{OFFICE}lop/{found.code}/buoi/1/"
    record = {
        "id": "7b0a5e43-3f5c-4d7e-8a30-0f2c7c1f2d11", "ticket": row.code, "gate": "A",
        "at": now.isoformat(),
    }  # fmt: skip
    body = {"device": "m1", "sent_at": now.isoformat(), "records": [record]}

    def sent() -> dict[str, str]:
        answer = office.post(f"{address}gui/", body, content_type="application/json")
        return answer.json()["results"][0]

    assert sent()["state"] == "entered"
    office.post(f"{address}bo/{row.code}/", {"reason": "Quét nhầm vé"})
    assert sent()["state"] == "undone"
    assert "quét lại vé" in sent()["said"]


def test_a_class_is_a_calendar_for_the_office_and_the_producer(
    now: datetime, office: Client
) -> None:
    found = making.make_class(now)
    maker = signed_in(member(now, ProducerFactory()))
    for client, address in ((office, f"{OFFICE}lop/{found.code}/"), (maker, f"{OWN}{found.code}/")):
        answer = client.get(f"{address}lich.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        assert answer.content.count(b"BEGIN:VEVENT") == 2
        assert address.encode() in answer.content.replace(b"\r\n ", b"")


def test_anybody_reads_which_classes_take_people(now: datetime) -> None:
    open_class = making.make_class(now, name="Lớp đang mở", capacity=1)
    making.enrolled(now, open_class)
    making.make_class(now, name="Lớp dự kiến", opened=False)
    page = Client().get("/tap-huan/").content.decode()
    assert "Lớp đang mở" in page
    assert "Đủ chỗ, nhận chờ" in page
    assert "Lớp dự kiến" not in page
    TrainingClass.objects.all().update(starts_at=now - timedelta(days=1))
    assert "Chưa có lớp nào mở đăng ký" in Client().get("/tap-huan/").content.decode()


def test_the_office_invites_and_sees_whom_a_step_is_about(now: datetime, office: Client) -> None:
    user = person(now, Role.COMMUNE_OFFICER, build_places(now).here)
    found = making.make_class(now)
    assert "Mời đăng ký" in office.get(f"{OFFICE}lop/{found.code}/").content.decode()
    office.post(f"{OFFICE}lop/{found.code}/moi/")
    assert Message.objects.get(kind="training.invited").user == user
    done, absent = making.enrolled(now, found), making.enrolled(now, found)
    making.attend(done)
    over(found, now)
    page = office.get(f"{OFFICE}lop/{found.code}/").content.decode()
    assert "Mời đăng ký" not in page
    assert "Hủy lớp" not in page
    assert "thiếu 2 buổi" in page
    assert "Đủ điều kiện" in page
    office.post(f"{OFFICE}lop/{found.code}/ket-thuc/")
    step = office.get(f"{OFFICE}lop/{found.code}/cap-chung-nhan/").content.decode()
    assert "Lần này có 1 người" in step
    office.post(f"{OFFICE}lop/{found.code}/cap-chung-nhan/")
    assert "cap-chung-nhan" not in office.get(f"{OFFICE}lop/{found.code}/").content.decode()
    assert absent.producer is not None
    maker = signed_in(member(now, absent.producer))
    page = maker.get(f"{OWN}{found.code}/").content.decode()
    assert "Chưa hoàn thành" in page
    assert "thiếu 2 buổi" in page
