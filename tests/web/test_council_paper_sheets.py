"""Signed paper sheets: typed by one person, typed again by a second."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.core.models import Event
from ocop.councils.models import Sheet, SheetState
from ocop.councils.papers import shelf
from ocop.councils.services import paper_sheets, sheets
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from ocop.people.models import User
from ocop.people.roles import Role
from tests.api.calling import program
from tests.councils.hall import SCAN, SET, Hall, marks, open_hall
from tests.factories import PDF
from tests.web.council_pages import Person, item_at, today
from tests.world import person

pytestmark = pytest.mark.django_db
__all__ = ["today"]
GIVEN = marks(load_set(SET), 72)
TYPED = {f"m{code}": str(points) for code, points in GIVEN.items()}


@pytest.fixture
def hall(today: datetime) -> Hall:
    """The chair and the secretary have given in their own sheets."""
    hall = open_hall(today)
    hall.submit(0, GIVEN)
    hall.submit(1, GIVEN)
    return hall


def entered(hall: Hall) -> Sheet:
    seat = hall.seat(2)
    data = TYPED | {"opinion": "Cần sửa nhãn", "scan": pdf()}
    page = Person(hall.people[1]).post(item_at(hall.item.code, f"phieu-giay/{seat.pk}/"), data)
    assert "Đã nhập phiếu." in page
    return Sheet.objects.get(seat=seat)


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("phieu.pdf", PDF, content_type="application/pdf")


def test_sheet_counts_when_a_second_person_typed_the_same(hall: Hall) -> None:
    sheet = entered(hall)
    assert (sheet.state, sheet.opinion) == (SheetState.ENTERED, "Cần sửa nhãn")
    assert sheet.scan is not None
    officer = Person(hall.office)
    page = officer.get(item_at(hall.item.code))
    assert "phiếu giấy chờ xác nhận" in page
    address = item_at(hall.item.code, f"xac-nhan/{sheet.pk}/")
    shown = officer.get(address)
    assert "Cần sửa nhãn" not in shown
    scanned = item_at(hall.item.code, f"ban-quet/{sheet.pk}/")
    assert f'<iframe src="{scanned}"' in shown
    answer = officer.client.get(scanned)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    page = officer.post(address, TYPED)
    assert "Hai lần nhập khớp nhau." not in page
    assert "Lời trên đúng như phiếu đã ký" in page
    assert "Cần sửa nhãn" in page
    assert "Chưa gửi được" not in page  # what was typed agrees: one step is left, no error
    assert page.index("Điểm và điều kiện khớp.") < page.index('name="read"')
    assert page.index('name="read"') < page.index('class="paper-marks"')  # seen at once
    read = TYPED | {"read": "on", "opinion": "Cần sửa nhãn"}
    Sheet.objects.update(opinion="Cần đổi nhãn")  # typed anew meanwhile: nobody has read that
    assert "Cần đổi nhãn" in officer.post(address, read)
    Sheet.objects.update(opinion="Cần sửa nhãn")
    assert "Hai lần nhập khớp nhau." in officer.post(address, read)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SUBMITTED


def test_difference_is_named_by_criterion_alone(hall: Hall) -> None:
    sheet = entered(hall)
    code = next(code for code, points in GIVEN.items() if points)
    page = Person(hall.office).post(
        item_at(hall.item.code, f"xac-nhan/{sheet.pk}/"), TYPED | {f"m{code}": "0"}
    )
    assert f"Hai lần nhập khác nhau ở tiêu chí: {code}" in page
    sheet.refresh_from_db()
    assert sheet.state == SheetState.ENTERED


def test_conditions_are_answered_twice(hall: Hall) -> None:
    data = TYPED | {"gforged_dossier": "yes", "scan": pdf()}
    seat = hall.seat(2)
    Person(hall.people[1]).post(item_at(hall.item.code, f"phieu-giay/{seat.pk}/"), data)
    sheet = Sheet.objects.get(seat=seat)
    address = item_at(hall.item.code, f"xac-nhan/{sheet.pk}/")
    officer = Person(hall.office)
    assert "Giả mạo hồ sơ" in officer.get(address)
    page = officer.post(address, TYPED | {"read": "on"})
    assert "Hai lần nhập khác nhau ở điều kiện: Giả mạo hồ sơ" in page
    assert "Lời trên đúng như phiếu đã ký" not in page
    page = officer.post(address, TYPED | {"gforged_dossier": "yes", "read": "on"})
    assert "Hai lần nhập khớp nhau." in page


def test_points_that_are_no_level_and_gaps_are_shown_beside_the_criterion(hall: Hall) -> None:
    criteria_set = load_set(SET)
    first, second = criteria_set.criteria[:2]
    data = TYPED | {f"m{first.code}": "99", f"m{second.code}": ""}
    address = item_at(hall.item.code, f"phieu-giay/{hall.seat(2).pk}/")
    page = Person(hall.people[1]).post(address, data)
    assert "Không có mức điểm này." in page
    assert "Chưa ghi điểm." in page
    assert not Sheet.objects.filter(seat=hall.seat(2)).exists()


def test_nobody_confirms_what_they_typed_and_members_type_nothing(hall: Hall) -> None:
    sheet = entered(hall)
    address = item_at(hall.item.code, f"xac-nhan/{sheet.pk}/")
    assert "nhờ người thứ hai" in Person(hall.people[1]).post(address, TYPED)
    Person(hall.people[2]).get(address, status=403)
    Person(hall.people[2]).get(
        item_at(hall.item.code, f"phieu-giay/{hall.seat(2).pk}/"), status=403
    )


def test_paper_is_offered_to_who_has_no_sheet_to_give(today: datetime) -> None:
    hall = open_hall(today)
    page = item_at(hall.item.code)
    assert "Nhập phiếu giấy" not in Person(hall.people[1]).get(page)
    assert "Nhập phiếu giấy" in Person(hall.office).get(page)
    hall.submit(1, GIVEN)
    assert "Nhập phiếu giấy" in Person(hall.people[1]).get(page)


def test_paper_without_its_scan_is_not_entered(hall: Hall) -> None:
    address = item_at(hall.item.code, f"phieu-giay/{hall.seat(2).pk}/")
    page = Person(hall.people[1]).post(address, TYPED)
    assert "Hãy quét hoặc chụp phiếu đã ký rồi gửi kèm" in page
    table = SimpleUploadedFile("phieu.csv", b"a;b\n1;2\n")
    page = Person(hall.people[1]).post(address, TYPED | {"scan": table})
    assert "Bản quét phải là PDF hoặc ảnh" in page
    assert not Sheet.objects.filter(seat=hall.seat(2)).exists()


def test_reason_is_asked_for_where_the_sheet_was_begun_on_the_screen(hall: Hall) -> None:
    seat = hall.seat(2)
    address = item_at(hall.item.code, f"phieu-giay/{seat.pk}/")
    asked = "Lý do nhập phiếu giấy thay phiếu đang chấm trên máy"
    secretary = Person(hall.people[1])
    assert asked not in secretary.get(address)
    hall.mark(2, {"1.1": GIVEN["1.1"]})
    assert asked in secretary.get(address)
    page = secretary.post(address, TYPED | {"scan": pdf()})
    assert "Đã nhập phiếu." not in page
    page = secretary.post(address, TYPED | {"scan": pdf(), "reason": "Máy tính bảng hỏng"})
    assert "Đã nhập phiếu." in page
    assert Sheet.objects.get(seat=seat).state == SheetState.ENTERED


def shown_to(hall: Hall, user: User, sheet: Sheet) -> str:
    """All that a person can open about a sheet: pages, the log with its file, the API, papers."""
    code, reader = hall.item.code, Person(user)
    found = []
    for address in (
        item_at(code),
        item_at(code, f"phieu/{sheet.pk}/"),
        item_at(code, f"xac-nhan/{sheet.pk}/"),
        f"/hoi-dong/phieu/{code}/",
        "/dieu-hanh/",
        "/quan-tri/",
        "/quan-tri/nhat-ky/",
        "/quan-tri/nhat-ky/?format=csv",
    ):
        answer = reader.client.get(address)
        found.append(b"".join(answer) if answer.streaming else answer.content)
    caller = program(user, hall.now)
    found += [str(caller(f"GET items/{code}{more}")).encode() for more in ("", "/sheets")]
    actor = hall.actor(user)
    for paper in (*shelf.of_sitting(actor, hall.sitting), *shelf.of_item(actor, hall.item)):
        if "docx" in paper.kinds:
            file = zipfile.ZipFile(BytesIO(paper.file("docx").content))
            found.append(file.read("word/document.xml"))
    return b"".join(found).decode()


@pytest.mark.whole
def test_what_a_paper_took_the_place_of_is_read_by_nobody(hall: Hall) -> None:
    said = "Nhãn này đáng ngờ"
    code = next(iter(GIVEN))
    told = {"item": hall.item, "at": hall.now}
    sheets.save_marks(actor=hall.actor(2), changes={code: Change(0, said, 1)}, opinion=said, **told)
    sheet = paper_sheets.enter_paper_sheet(
        actor=hall.secretary,
        seat=hall.seat(2),
        marks=GIVEN,
        gates={},
        opinion="",
        scan=SCAN,
        reason="Máy tính bảng hỏng",
        **told,
    )
    assert said in str(sheet.on_screen)
    assert said not in str(list(Event.objects.values_list("change", "reason")))
    others = [hall.people[0], hall.people[1], hall.office]
    others += [person(hall.now, role) for role in (Role.AUDITOR, Role.ADMINISTRATOR)]
    for user in others:
        assert said not in shown_to(hall, user, sheet)
    paper_sheets.confirm_paper_sheet(
        actor=hall.chair, sheet=sheet, marks=GIVEN, gates={}, opinion="", at=hall.now
    )
    for user in others:
        assert said not in shown_to(hall, user, sheet)
    assert "Máy tính bảng hỏng" in shown_to(hall, others[-1], sheet)  # the log says why
