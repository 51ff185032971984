"""Tasks to units on the pages: the office gives and follows, a commune answers its own."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.programme.services import tasks
from ocop.programme.services.tasks import NewTask
from tests.world import Places, build_places, person, recognised

pytestmark = pytest.mark.django_db
LIST = "/dieu-hanh/viec/"


@pytest.fixture
def places(now: datetime) -> Places:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_places(now)


def enter(client: Client, now: datetime, role: Role, unit: Unit | None = None) -> None:
    client.force_login(person(now, role, unit))


def form(**more: object) -> dict[str, object]:
    due = timezone.localdate() + timedelta(days=14)
    return {
        "kind": "other",
        "title": "Rà soát tem",
        "wanted": "Báo số tem hỏng.",
        "due_on": due.isoformat(),
        **more,
    }


def give(places: Places, kind: TaskKind = TaskKind.OTHER, **more: object) -> UnitTask:
    due = timezone.localdate() + timedelta(days=14)
    task = NewTask(kind, "Rà soát tem", "Báo số tem hỏng.", due, **more)
    return tasks.give_task(
        actor=SYSTEM, task=task, units=[places.here, places.there], at=timezone.now()
    )


def part_of(task: UnitTask, unit: Unit) -> UnitAnswer:
    return UnitAnswer.objects.get(task=task, unit=unit)


def address_of(task: UnitTask, unit: Unit) -> str:
    return f"{LIST}tra-loi/{part_of(task, unit).code}/"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_office_gives_a_task_to_chosen_units_or_all(
    client: Client, now: datetime, places: Places
) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    given = client.post(f"{LIST}moi/", form(units=[key_of(places.here)]))
    task = UnitTask.objects.get()
    assert given["Location"] == f"{LIST}{task.code}/"
    assert [part.unit for part in task.answers.all()] == [places.here]
    client.post(f"{LIST}moi/", form(everybody="on"))
    assert UnitTask.objects.first().answers.count() == 2  # type: ignore[union-attr]
    refused = client.post(f"{LIST}moi/", form(title="Giữ lại"))
    assert refused.status_code == 200
    assert "Giữ lại" in refused.content.decode()
    assert "Hãy chọn ít nhất một đơn vị." in refused.content.decode()


def test_office_sees_who_answered_and_takes_it_along(
    client: Client, now: datetime, places: Places
) -> None:
    row = recognised("Hết hạn", commune=places.here, on=date(2023, 6, 1))
    task = give(places, TaskKind.EXPIRED)
    tasks.answer_task(
        actor=SYSTEM,
        part=part_of(task, places.here),
        answer=tasks.Answer("Chủ thể đã hứa.", row_words={row.product.code: "files"}),
        at=timezone.now(),
    )
    enter(client, now, Role.PROVINCIAL_OFFICER)
    assert "Rà soát tem" in text(client, LIST)
    page = text(client, f"{LIST}{task.code}/")
    assert "1 trên 1 đơn vị đã trả lời" in page
    book = load_workbook(BytesIO(b"".join(client.get(f"{LIST}{task.code}/?format=xlsx"))))
    cells = [[cell.value for cell in line] for line in book.active.iter_rows()]
    line = next(line for line in cells if line[0] == places.here.name)
    assert line[5] == "Hết hạn"
    heading = next(each for each in cells if "Trả lời cho sản phẩm" in each)
    assert line[heading.index("Trả lời cho sản phẩm")] == "Sẽ nộp hồ sơ đánh giá lại"


def test_office_reminds_and_cancels(client: Client, now: datetime, places: Places) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    task = give(places)
    enter(client, now, Role.PROVINCIAL_OFFICER)
    for _twice in range(2):
        assert client.post(f"{LIST}{task.code}/nhac/").status_code == 302
    assert Message.objects.filter(user=officer, kind="programme.task_reminded").count() == 1
    assert client.get(f"{LIST}{task.code}/nhac/").status_code == 405
    assert client.post(f"{LIST}{task.code}/huy/", {"reason": "Giao nhầm"}).status_code == 302
    task.refresh_from_db()
    assert task.cancelled_at is not None
    assert "đã được hủy" in text(client, f"{LIST}{task.code}/")
    assert "<form" not in text(client, address_of(task, places.here)).split("<main")[1]


def test_commune_sees_and_answers_the_own_part_only(
    client: Client, now: datetime, places: Places
) -> None:
    task = give(places)
    enter(client, now, Role.COMMUNE_OFFICER, places.here)
    page = text(client, LIST)
    assert part_of(task, places.here).code in page
    assert part_of(task, places.there).code not in page
    assert client.get(address_of(task, places.there)).status_code == 404
    assert places.there.name not in text(client, f"{LIST}{task.code}/")
    for path in (f"{LIST}moi/", f"{LIST}{task.code}/huy/"):
        assert client.get(path).status_code == 403
    assert client.post(f"{LIST}{task.code}/nhac/").status_code == 403
    mine = address_of(task, places.here)
    assert client.post(mine, {"text": ""}).status_code == 200
    file = SimpleUploadedFile("tem.csv", "tem,số\nA,2\n".encode())
    assert client.post(mine, {"text": "Hai tem hỏng.", "file": file}).status_code == 302
    part = part_of(task, places.here)
    assert part.answer == "Hai tem hỏng."
    sent = client.get(f"{mine}tep/")
    assert sent.status_code == 200
    assert sent["X-Content-Type-Options"] == "nosniff"
    b"".join(sent)
    assert client.get(f"{address_of(task, places.there)}tep/").status_code == 404


def test_commune_answers_product_by_product(client: Client, now: datetime, places: Places) -> None:
    row = recognised("Hết hạn", commune=places.here, on=date(2023, 6, 1))
    task = give(places, TaskKind.EXPIRED)
    mine = address_of(task, places.here)
    enter(client, now, Role.COMMUNE_OFFICER, places.here)
    page = text(client, mine)
    assert "Hết hạn – HTX Hết hạn (hết hạn từ 01/06/2026)" in page
    assert "Còn 1 sản phẩm chưa được trả lời." in client.post(mine, {"text": ""}).content.decode()
    assert client.post(mine, {f"row-{row.product.code}": "stopped"}).status_code == 302
    assert part_of(task, places.here).row_answers == {row.product.code: "stopped"}


def test_commune_answers_with_a_figure(client: Client, now: datetime, places: Places) -> None:
    task = give(places, TaskKind.FIGURES, indicator="sales_points")
    mine = address_of(task, places.here)
    enter(client, now, Role.COMMUNE_OFFICER, places.here)
    assert "Hãy ghi số liệu." in client.post(mine, {"text": "x"}).content.decode()
    refused = client.post(mine, {"value": "ba"}).content.decode()
    assert "Hãy nhập một số, ví dụ 1.657,5." in refused
    assert "hãy ghi số nguyên" in client.post(mine, {"value": "1.657,5"}).content.decode()
    assert part_of(task, places.here).answered_at is None
    assert client.post(mine, {"value": "1.657"}).status_code == 302
    assert part_of(task, places.here).value == 1657
    assert 'value="1.657"' in text(client, mine)


def test_commune_is_led_to_its_registrations(client: Client, now: datetime, places: Places) -> None:
    task = give(places, TaskKind.REGISTRATIONS, year=2027)
    enter(client, now, Role.COMMUNE_OFFICER, places.here)
    page = text(client, address_of(task, places.here))
    assert "đã đăng ký 0 sản phẩm cho năm 2027" in page


@pytest.mark.parametrize("role", [Role.ADVISORY_MEMBER, Role.COUNCIL_MEMBER, Role.INSPECTOR])
def test_tasks_are_no_business_of_others(
    client: Client, now: datetime, places: Places, role: Role
) -> None:
    task = give(places)
    enter(client, now, role)
    for path in (LIST, f"{LIST}{task.code}/", address_of(task, places.here)):
        assert client.get(path).status_code == 403
    assert f'href="{LIST}"' not in text(client, "/dieu-hanh/")


def test_auditor_reads_and_changes_nothing(client: Client, now: datetime, places: Places) -> None:
    task = give(places)
    enter(client, now, Role.AUDITOR)
    assert "Rà soát tem" in text(client, LIST)
    assert "Nhắc đơn vị" not in text(client, f"{LIST}{task.code}/")
    assert client.post(address_of(task, places.here), {"text": "x"}).status_code == 403
