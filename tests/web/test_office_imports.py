"""Importing in the office: from a file to the public page, step by step."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import services as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.products.models import Product
from ocop.recognition import jobs
from ocop.recognition.models import BatchState, ImportBatch
from tests.factories import PDF, UnitFactory
from tests.recognition.registries import HEADING, book, row

pytestmark = pytest.mark.django_db
INDEX = "/dieu-hanh/nhap/"


@pytest.fixture(autouse=True)
def _without_second_factor(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="68", at=now)


def person(now: datetime, role: Role) -> User:
    user = people.create_account(actor=SYSTEM, name=role, email=f"{role}@a.example", at=now)
    unit = UnitFactory() if role is Role.COMMUNE_OFFICER else None
    people.grant_role(
        actor=SYSTEM, user=user, role=role, unit=unit, starts_on=date(2026, 1, 1), at=now
    )
    return user


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def bring(client: Client, *rows: Any, heading: Any = HEADING, name: str = "so.xlsx") -> ImportBatch:
    file = SimpleUploadedFile(name, book(heading, *rows))
    answer = client.post(INDEX, {"file": file})
    assert answer.status_code == 302
    batch = ImportBatch.objects.latest("pk")
    assert answer.headers["Location"] == f"{INDEX}{batch.pk}/"
    return batch


def do(client: Client, batch: ImportBatch, step: str, **form: str) -> str:
    """Take a step and give the page that follows."""
    answer = client.post(f"{INDEX}{batch.pk}/{step}/", form, follow=True)
    assert answer.status_code == 200
    batch.refresh_from_db()
    return answer.content.decode()


def test_from_file_to_public_page(officer: Client) -> None:
    batch = bring(officer, row(address=None), row("Cà phê", stars="đạt"))
    page = officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "Mắm nêm" in page
    assert "Không hiểu hạng sao “đạt”" in page
    assert not Product.objects.exists()

    assert "Còn 1 dòng chưa nhận được" in do(officer, batch, "load")
    assert not Product.objects.exists()

    do(officer, batch, "load", skip_bad="on")
    product = Product.objects.get()
    assert batch.state == BatchState.LOADED
    shown = reverse("product", args=[product.code])
    assert Client().get(shown).status_code == 404

    do(officer, batch, "publish")
    assert Client().get(shown).status_code == 200
    assert "không hoàn tác được" in do(officer, batch, "undo", reason="nhầm tệp")
    asked = officer.get(f"{INDEX}{batch.pk}/undo/", follow=True)  # before a reason is typed
    assert asked.redirect_chain == [(f"{INDEX}{batch.pk}/", 302)]
    assert "không hoàn tác được" in asked.content.decode()


def test_file_without_rows_says_so(officer: Client) -> None:
    batch = bring(officer)
    page = officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "không có dòng dữ liệu nào" in page
    assert "đã có trong sổ đăng ký" not in page


def test_undo_leaves_nothing_behind(officer: Client) -> None:
    batch = bring(officer, row(address=None))
    page = officer.get(f"{INDEX}{batch.pk}/undo/").content.decode()
    assert "Sổ đăng ký không thay đổi" in page
    do(officer, batch, "load")
    page = officer.get(f"{INDEX}{batch.pk}/undo/").content.decode()
    assert "Những gì sẽ thay đổi" in page
    for words in ("1 dòng rời khỏi", "1 sản phẩm do", "1 chủ thể do", "1 quyết định do"):
        assert words in page
    assert batch.state == BatchState.LOADED
    do(officer, batch, "undo")
    assert batch.state == BatchState.LOADED  # no reason, nothing done
    assert Product.objects.exists()
    do(officer, batch, "undo", reason="nhầm tệp")
    assert batch.state == BatchState.UNDONE
    assert not Product.objects.exists()


def test_unknown_columns_are_told_once_and_remembered(officer: Client) -> None:
    heading = ("Tên sản phẩm", "Ai làm ra", "Hạng sao")
    batch = bring(officer, ("Mắm", "HTX Biển", 4), heading=heading)
    page = officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "Không thấy cột: Chủ thể" in page
    assert "B · Ai làm ra" in page
    form = {"sheet": "Sheet1", "name": "A", "producer": "B", "stars": "C"}
    do(officer, batch, "cot", **form)
    assert (batch.state, batch.accepted) == (BatchState.READ, 1)
    again = bring(officer, ("Chè", "HTX Núi", 3), heading=heading)
    assert (again.state, again.accepted) == (BatchState.READ, 1)


def test_error_workbook_holds_the_bad_rows(officer: Client) -> None:
    batch = bring(officer, row(), row("Cà phê", stars="đạt"))
    answer = officer.get(f"{INDEX}{batch.pk}/dong-can-sua.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    assert "Cà phê" in [line[3] for line in sheet.to_python()]


def test_error_workbook_is_brought_again_with_the_columns_that_were_told(officer: Client) -> None:
    heading = ("Mặt hàng làm ra", "Ai làm ra", "Hạng sao")
    rows = (("Chè", "HTX Núi", "đạt"), ("Mắm", "HTX Biển", 4))
    batch = bring(officer, *rows, heading=heading)
    do(officer, batch, "cot", sheet="Sheet1", name="A", producer="B", stars="C")
    answer = officer.get(f"{INDEX}{batch.pk}/dong-can-sua.xlsx")
    file = SimpleUploadedFile("loi.xlsx", answer.content)
    officer.post(INDEX, {"file": file})
    again = ImportBatch.objects.latest("pk")
    assert (again.state, again.rejected) == (BatchState.READ, 1)
    assert again.table["columns"] == {"name": 3, "producer": 4, "stars": 5}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMINISTRATOR, 403), (Role.AUDITOR, 200), (Role.OFFICE_HEAD, 200)]
)
def test_rows_of_a_file_are_for_those_who_see_what_persons_tell(
    officer: Client, client: Client, now: datetime, role: Role, status: int
) -> None:
    batch = bring(officer, row(), row("Cà phê", stars="đạt"))
    client.force_login(person(now, role))
    page = client.get(f"{INDEX}{batch.pk}/").content.decode()
    assert client.get(f"{INDEX}{batch.pk}/dong-can-sua.xlsx").status_code == status
    assert ("dong-can-sua.xlsx" in page) == (status == 200)


@pytest.mark.parametrize(("name", "content"), [("so.xlsx", b"\x00\x01"), ("so.pdf", PDF)])
def test_what_is_no_table_is_told_on_the_form(officer: Client, name: str, content: bytes) -> None:
    answer = officer.post(INDEX, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert not ImportBatch.objects.exists()
    assert "(.xlsx)" in answer.content.decode()


def test_giant_cell_is_told_on_the_page_of_the_import(officer: Client) -> None:
    content = f"Tên sản phẩm,Chủ thể,Hạng sao\nChè,{'x' * 140_000},3\n".encode()
    answer = officer.post(INDEX, {"file": SimpleUploadedFile("so.csv", content)}, follow=True)
    page = answer.content.decode()
    assert "Dòng 2, ô thứ 2 dài quá 131.072 ký tự" in page
    assert "Chọn tệp khác" in page
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.rows) == (BatchState.RECEIVED, 0)
    assert "Dòng 2, ô thứ 2" in do(officer, batch, "load")
    assert not Product.objects.exists()


def test_zero_in_a_table_is_told_on_the_form(officer: Client) -> None:
    content = "Tên sản phẩm,Chủ thể,Hạng sao\nMắm,HTX Biển,3\nChè,HTX N\0úi,3\n".encode()
    answer = officer.post(INDEX, {"file": SimpleUploadedFile("so.csv", content)})
    assert "Dòng 3 của tệp có ký tự không đọc được" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_zero_in_a_workbook_is_told_at_its_row(officer: Client) -> None:
    batch = bring(
        officer, row("Chè\0", address=None), row("Gạo\0", address=None), row(address=None)
    )
    page = officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "Ô có ký tự không đọc được" in page
    assert (batch.accepted, batch.rejected) == (1, 2)


def test_large_file_shows_progress_until_the_worker_is_done(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SMALL", 0)
    batch = bring(officer, row())
    ImportBatch.objects.filter(pk=batch.pk).update(
        job=jobs.READING, job_seen_at=batch.created_at, progress=1500
    )
    assert "1.500" in officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "hx-get" in officer.get(f"{INDEX}{batch.pk}/tien-do/").content.decode()
    ImportBatch.objects.filter(pk=batch.pk).update(job="")
    answer = officer.get(f"{INDEX}{batch.pk}/tien-do/")
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


@pytest.mark.parametrize(
    ("role", "sees", "does"),
    [
        (Role.OFFICE_HEAD, 200, 302),
        (Role.AUDITOR, 200, 403),
        (Role.COMMUNE_OFFICER, 403, 403),
        (Role.COUNCIL_MEMBER, 403, 403),
    ],
)
def test_who_sees_and_who_does(
    client: Client, now: datetime, role: Role, sees: int, does: int
) -> None:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    batch = bring(client, row(address=None))
    client.force_login(person(now, role))
    assert client.get(INDEX).status_code == sees
    own = client.get(f"{INDEX}{batch.pk}/")
    assert own.status_code == (200 if sees == 200 else 404)
    assert client.post(f"{INDEX}{batch.pk}/load/").status_code == does
    file = SimpleUploadedFile("b.xlsx", book(HEADING, row("Chè", address=None)))
    assert client.post(INDEX, {"file": file}).status_code == does


def test_undo_tells_of_rows_that_get_back_what_they_were(officer: Client) -> None:
    first = bring(officer, row(address=None, signed_on=None))
    do(officer, first, "load")
    do(officer, first, "publish")
    second = bring(officer, row(address=None))
    do(officer, second, "load")
    page = officer.get(f"{INDEX}{second.pk}/undo/").content.decode()
    assert "1 dòng có từ trước trở lại" in page
    assert "1 quyết định do" in page
    assert "sản phẩm do" not in page


def test_columns_that_are_not_read_are_named_before_loading(officer: Client) -> None:
    batch = bring(officer, [*row(), "xem lại"], heading=(*HEADING, "Ghi chú nội bộ"))
    page = officer.get(f"{INDEX}{batch.pk}/").content.decode()
    assert "Cột G “Ghi chú nội bộ” không được đọc" in page
    assert (batch.rejected, batch.accepted) == (0, 1)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html><table></table></html>", "HTML"),
        (b"a,b,c\n1,2,3\n", "CSV"),
        (PDF, "PDF"),
    ],
)
def test_workbook_that_is_none_is_told_beside_the_field(
    officer: Client, content: bytes, kind: str
) -> None:
    answer = officer.post(INDEX, {"file": SimpleUploadedFile("so.xlsx", content)})
    assert answer.status_code in (200, 422)
    page = answer.content.decode()
    assert "nội dung là" in page
    assert kind in page
    assert "Lưu thành" in page
    assert not ImportBatch.objects.exists()
