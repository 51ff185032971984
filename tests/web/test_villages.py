"""Craft villages on the pages of the office and of the public."""

import io
from collections.abc import Iterator
from datetime import datetime

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.network.villages.models import Artisan, Village, VillageImport, VillageRoute
from ocop.network.villages.services import importing
from ocop.network.villages.village_import.fields import Field
from ocop.people.roles import Role
from tests.factories import UnitFactory
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageRouteFactory,
    VillageYearFactory,
    workbook,
)
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db
ROOT = "/dieu-hanh/mang-luoi/lang-nghe/"


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def village(places: Places) -> Village:
    found: Village = VillageFactory(
        name="Làng Phú Vinh", commune=places.here, unit=places.before, began_year=1700
    )
    VillageYearFactory(village=found, income=78_000_000)
    VillageRecognitionFactory(village=found, title="traditional")
    return found


@pytest.fixture
def office(client: Client, now: datetime, places: Places) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_shows_and_exports_the_same(office: Client, village: Village) -> None:
    page = _text(office, ROOT)
    assert "Làng Phú Vinh" in page
    assert "Làng nghề truyền thống, 2020" in page
    content = office.get(f"{ROOT}?format=xlsx").getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = dict(zip(rows[-2], rows[-1], strict=True))
    assert told["Làng"] == "Làng Phú Vinh"
    assert told["Danh hiệu"] == "Làng nghề truyền thống"
    assert (told["Hộ làm nghề"], told["Tổng số hộ"], told["Thu nhập (đồng/năm)"]) == (
        200, 500, 78_000_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=phu+vinh", True),
        ("q=dai+xuyen", True),
        ("q=bat+trang", False),
        ("title=traditional", True),
        ("title=none", False),
        ("group=goods", True),
        ("group=salt", False),
        ("state=working", True),
        ("state=ended", False),
        ("state=hidden", False),
        ("unit=09001", True),
        ("unit=09002", False),
        ("unit=280.20040101", True),
    ],
)
def test_list_is_narrowed(office: Client, village: Village, query: str, *, found: bool) -> None:
    if query.startswith("unit=280"):
        query = f"unit=280.{village.unit.valid_from:%Y%m%d}"
    assert ("Làng Phú Vinh" in _text(office, f"{ROOT}?{query}")) is found


def test_number_of_queries_does_not_grow_with_the_rows(
    office: Client, village: Village, places: Places
) -> None:
    _text(office, ROOT)
    with CaptureQueriesContext(
        connection,
    ) as one:
        _text(office, ROOT)
    VillageFactory.create_batch(2, commune=places.here)
    with CaptureQueriesContext(connection) as three:
        _text(office, ROOT)
    assert len(three) == len(one)


def test_officer_of_a_commune_sees_its_own_villages(
    client: Client, now: datetime, places: Places, village: Village
) -> None:
    other = VillageFactory(name="Làng Kia", commune=places.there)
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    page = _text(client, ROOT)
    assert "Làng Phú Vinh" in page
    assert "Làng Kia" not in page
    assert client.get(f"{ROOT}{other.code}/").status_code == 404
    assert client.get(f"{ROOT}moi/").status_code == 403
    year = f"{ROOT}{village.code}/ghi/so-lieu/"
    assert client.post(year, {"year": 2024, "in_trade": "1.200", "households": "2.000"}).url
    assert village.years.get(year=2024).in_trade == 1200


def test_page_tells_the_criteria_with_what_was_compared(office: Client, village: Village) -> None:
    page = _text(office, f"{ROOT}{village.code}/")
    assert "Năm 2025: 200 trong 500 hộ." in page
    assert "Chưa có kết quả kiểm tra môi trường." in page
    assert "Có nghề từ năm 1700, khoảng 326 năm." in page
    assert "Ghi quyết định công nhận" in page


def test_village_is_entered_changed_and_told_of(office: Client, places: Places) -> None:
    given = {"name": "Làng Mới", "trade": "Gốm", "commune": "09001", "developing": "yes"}
    answer = office.post(f"{ROOT}moi/", given)
    village = Village.objects.get()
    assert answer.url == reverse("office:village", args=[village.code])
    assert (village.developing, village.distinctive) == (True, None)
    page = _text(office, f"{ROOT}{village.code}/sua/")
    assert 'value="yes" selected' in page
    office.post(f"{ROOT}{village.code}/sua/", given | {"distinctive": "no"})
    village.refresh_from_db()
    assert village.distinctive is False
    steps = f"{ROOT}{village.code}/ghi/"
    office.post(f"{steps}moi-truong/", {"checked_on": "2026-11-01", "kept": "yes"})
    office.post(f"{steps}nghe-nhan/", {"name": "Bà Một", "title": "merited", "consents": "on"})
    office.post(
        f"{steps}cong-nhan/",
        {"title": "village", "number": "1/QĐ-UBND", "signed_on": "2026-11-02",
         "authority": "UBND thành phố", "reason": "Hồ sơ giấy đủ"},
    )  # fmt: skip
    page = _text(office, f"{ROOT}{village.code}/")
    for words in ("Bà Một", "đáp ứng", "1/QĐ-UBND", "còn giá trị"):
        assert words in page
    row = village.recognitions.get()
    office.post(
        f"{ROOT}{village.code}/danh-hieu/{row.pk}/thu-hoi/",
        {"number": "2/QĐ-UBND", "revoked_on": "2026-11-03", "reason": "Không còn hộ"},
    )
    artisan = Artisan.objects.get()
    office.post(f"{ROOT}{village.code}/nghe-nhan/{artisan.pk}/go/", {"reason": "Xin rút"})
    office.post(f"{steps}ket-thuc/", {"ended_on": "2026-11-23", "reason": "Không còn hộ"})
    page = _text(office, f"{ROOT}{village.code}/")
    assert "đã thu hồi" in page
    assert "Bà Một" not in page
    assert "Không còn nghề từ 23/11/2026" in page
    assert "Ghi làng không còn nghề" in _text(office, f"{ROOT}{village.code}/?tab=activity")


def test_form_says_what_is_wrong_at_its_field(office: Client, village: Village) -> None:
    answer = office.post(
        f"{ROOT}{village.code}/ghi/so-lieu/", {"year": 2024, "in_trade": 3, "households": 2}
    )
    assert "Số hộ làm nghề không nhiều hơn tổng số hộ" in answer.content.decode()
    assert office.get(f"{ROOT}{village.code}/ghi/khac/").status_code == 404


def test_one_number_of_a_year_does_not_wipe_the_others(office: Client, village: Village) -> None:
    step = f"{ROOT}{village.code}/ghi/so-lieu/"
    office.post(step, {"year": "2025", "income": "80.000.000"})
    row = village.years.get(year=2025)
    assert (row.households, row.in_trade, row.stable, row.income) == (500, 200, True, 80_000_000)


def test_numbers_of_a_year_are_opened_and_mended(office: Client, village: Village) -> None:
    step = f"{ROOT}{village.code}/ghi/so-lieu/"
    assert f"{step}?year=2025" in _text(office, f"{ROOT}{village.code}/")
    page = _text(office, f"{step}?year=2025")
    for shown in ('value="2025"', 'value="500"', 'value="200"', 'value="yes" selected'):
        assert shown in page
    office.post(
        f"{step}?year=2025",
        {"year": "2025", "of": "2025", "households": "510", "in_trade": "", "stable": "no"},
    )
    row = village.years.get(year=2025)
    assert (row.households, row.in_trade, row.stable, row.income) == (510, None, False, None)
    assert office.get(f"{step}?year=x").status_code == 200


HEADING = ("Tên làng", "Nghề", "Xã, phường", "Tỉnh")
ROW = ("Làng Một", "Mây tre đan", "Xã Phú Nghĩa", "Thành phố Hà Nội")


def _file(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    return SimpleUploadedFile("lang.xlsx", workbook(*rows, heading=HEADING))


@pytest.fixture
def phu_nghia(places: Places) -> None:
    """The commune of the row, as the packaged list has it."""
    UnitFactory(code="10030", name="Xã Phú Nghĩa", parent=places.province)


def test_workbook_is_read_loaded_and_published(office: Client, phu_nghia: None) -> None:
    office.post(f"{ROOT}nhap/", {"file": _file(ROW, ("", *ROW[1:]))})
    batch = VillageImport.objects.get()
    here = f"{ROOT}nhap/{batch.code}/"
    page = _text(office, here)
    assert "Thiếu tên làng" in page
    assert "Xem trước các dòng sẽ nạp" in page
    assert office.get(f"{here}dong-can-sua.xlsx").status_code == 200
    office.post(f"{here}nap/")
    assert not Village.objects.exists()
    assert "Còn 1 dòng chưa nhận được" in _text(office, here)
    office.post(f"{here}nap/", {"skip_bad": "on"})
    village = Village.objects.get()
    assert "Chưa công bố" in _text(office, f"{ROOT}?batch={batch.code}")
    assert office.get(f"/lang-nghe/{village.code}/").status_code == 404
    assert "không hoàn tác được" in _text(office, f"{here}cong-bo/")
    office.post(f"{here}cong-bo/")
    assert "Làng Một" in _text(Client(), f"/lang-nghe/{village.code}/")


def test_workbook_is_taken_back(office: Client, phu_nghia: None, now: datetime) -> None:
    office.post(f"{ROOT}nhap/", {"file": _file(ROW)})
    batch = VillageImport.objects.get()
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    here = f"{ROOT}nhap/{batch.code}/"
    assert "1 làng rời khỏi sổ." in _text(office, f"{here}hoan-tac/")
    office.post(f"{here}hoan-tac/", {"reason": "Nhầm tệp"})
    assert not Village.objects.exists()
    assert "đã hoàn tác" in _text(office, here).lower()


def test_file_that_is_no_table_is_told_at_the_form(office: Client) -> None:
    answer = office.post(
        f"{ROOT}nhap/", {"file": SimpleUploadedFile("a.xlsx", b"<html><body>x</body></html>")}
    )
    assert "không phải bảng tính" in answer.content.decode()
    assert not VillageImport.objects.exists()


def test_route_is_joined_from_names_and_codes(office: Client, village: Village) -> None:
    VillageFactory.create_batch(2, name="Làng Trùng")
    given = {"name": "Tuyến Nam", "stops": "Làng Trùng\nBến xe", "listed": "on"}
    page = office.post(f"{ROOT}tuyen/moi/", given).content.decode()
    assert "Có nhiều nơi tên “Làng Trùng”" in page
    given["stops"] = f"{village.code} | Xem đan\nBảo tàng @ 21,0102; 105,7869"
    office.post(f"{ROOT}tuyen/moi/", given)
    route = VillageRoute.objects.get()
    first, second = route.stops.all()
    assert (first.village, first.note) == (village, "Xem đan")
    assert (second.name, second.lat, second.lon) == ("Bảo tàng", 21.0102, 105.7869)
    page = _text(office, f"{ROOT}tuyen/{route.code}/")
    assert f"Làng Phú Vinh [{village.code}] | Xem đan" in page
    assert "Bảo tàng @ 21.0102; 105.7869" in page
    given["stops"] = "Làng Phú Vinh\nBảo tàng @ đâu đó"
    page = office.post(f"{ROOT}tuyen/{route.code}/", given).content.decode()
    assert "Không đọc được vị trí" in page
    office.post(f"{ROOT}tuyen/{route.code}/", {**given, "stops": "Bến xe\nLàng Phú Vinh"})
    assert [stop.village for stop in route.stops.all()] == [None, village]
    assert "Tuyến Nam" in _text(office, f"{ROOT}tuyen/")


def test_villages_are_reviewed_beside_their_titles(office: Client, village: Village) -> None:
    VillageFactory(name="Làng Chưa Xét", commune=village.commune)
    page = _text(office, f"{ROOT}ra-soat/")
    assert "Có danh hiệu, có tiêu chí chưa rõ" in page
    assert f'href="{ROOT}?state=working&amp;review=unknown">1</a>' in page
    narrowed = _text(office, f"{ROOT}?state=working&review=unknown")
    assert "Làng Phú Vinh" in narrowed
    assert "Làng Chưa Xét" not in narrowed
    content = office.get(f"{ROOT}?review=unknown&format=xlsx").getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    told = dict(zip(rows[-2], rows[-1], strict=True))
    assert told["Rà soát tiêu chí"] == "Có danh hiệu, có tiêu chí chưa rõ"
    assert "5.2c Đáp ứng điều kiện bảo vệ môi trường" in str(told["Tiêu chí không đạt, chưa rõ"])


def test_criteria_are_asked_of_another_day(office: Client, village: Village) -> None:
    page = _text(office, f"{ROOT}{village.code}/?on=2025-06-01")
    assert "Tiêu chí ngày 01/06/2025" in page
    assert "khoảng 325 năm" in page
    assert "Không có nghị định nào" in _text(office, f"{ROOT}{village.code}/?on=2018-05-31")
    page = _text(office, f"{ROOT}{village.code}/?on=x")
    assert "Tiêu chí ngày 23/11/2026" in page
    assert 'class="alert bad"' in page


def test_decision_shows_what_was_not_known_when_it_was_entered(
    office: Client, village: Village
) -> None:
    village.recognitions.update(checked={"answers": {"environment": None, "age": True}})
    page = _text(office, f"{ROOT}{village.code}/")
    assert "Khi ghi quyết định: 5.2c Đáp ứng điều kiện bảo vệ môi trường: chưa rõ" in page


def test_village_is_put_on_a_route(office: Client, village: Village) -> None:
    route = VillageRouteFactory(name="Tuyến Nam")
    step = f"{ROOT}{village.code}/ghi/tuyen/"
    assert "Tuyến Nam" in _text(office, step)
    office.post(step, {"route": route.pk, "note": "Xem đan"})
    assert route.stops.get().village == village
    again = office.post(step, {"route": route.pk}).content.decode()
    assert "Tuyến đã dừng ở làng này" in again


def test_commune_of_today_is_chosen_among_those_that_the_old_one_became(
    office: Client, places: Places
) -> None:
    village = VillageFactory(name="Làng Chia", commune=None, unit=places.before)
    assert f"Chưa rõ: {places.before.name}" in _text(office, f"{ROOT}?state=unplaced")
    assert "Chọn xã, phường hiện nay" in _text(office, f"{ROOT}{village.code}/")
    assert places.before.name in _text(Client(), "/lang-nghe/")
    assert "đơn vị trước đây" in _text(Client(), f"/lang-nghe/{village.code}/")
    step = f"{ROOT}{village.code}/ghi/xa/"
    assert f"Khi đó: {places.before.name}" in _text(office, step)
    office.post(step, {"commune": places.here.pk})
    village.refresh_from_db()
    assert village.commune == places.here
    assert "Chọn xã, phường hiện nay" not in _text(office, f"{ROOT}{village.code}/")


def test_code_behind_a_name_decides_where_a_route_stops(office: Client, places: Places) -> None:
    one, other = VillageFactory.create_batch(2, name="Làng Trùng")
    given = {"name": "Tuyến", "stops": f"Làng Trùng [{other.code}]\nBến xe", "listed": "on"}
    office.post(f"{ROOT}tuyen/moi/", given)
    assert VillageRoute.objects.get().stops.first().village == other
    given["stops"] = "Làng Trùng [0nothing]\nBến xe"
    page = office.post(f"{ROOT}tuyen/moi/", given).content.decode()
    assert "Không tìm thấy nơi có mã 0nothing" in page
    assert one.stops.count() == 0


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_workbook_to_fill_in_is_read_back(office: Client, phu_nghia: None, spoken: str) -> None:
    office.post("/ngon-ngu/", {"language": spoken, "next": "/"})
    content = office.get(f"{ROOT}nhap/mau.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    assert len(headings) == len(Field)
    told = {Field.NAME: "Làng Một", Field.TRADE: "Gốm", Field.COMMUNE: "Xã Phú Nghĩa",
            Field.PROVINCE: "Thành phố Hà Nội", Field.INCOME: 72_000_000,
            Field.DATA_YEAR: 2025}  # fmt: skip
    sheet.append([told.get(field) for field in Field])
    into = io.BytesIO()
    book.save(into)
    office.post(f"{ROOT}nhap/", {"file": SimpleUploadedFile("mau.xlsx", into.getvalue())})
    batch = VillageImport.objects.get()
    assert (batch.accepted, batch.rejected) == (1, 0)
    assert [report for report in batch.reports if report[2] == "column_not_read"] == []
