"""Registrations, targets and reported figures in the office."""

import html
import io
import re
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.dossiers.models import Registration
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.programme.models import ReportedFigure, Target
from tests.factories import OldUnitFactory, RegistrationFactory
from tests.world import Places, build_places, person

pytestmark = pytest.mark.django_db
LIST = "/dieu-hanh/dang-ky/"
TARGETS = "/dieu-hanh/muc-tieu/"
FIGURES = f"{TARGETS}da-bao-cao/"


@pytest.fixture
def places(now: datetime) -> Places:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return build_places(now)


@pytest.fixture
def commune(places: Places) -> Unit:
    return places.here


def enter(client: Client, now: datetime, role: Role, unit: Unit | None = None) -> None:
    client.force_login(person(now, role, unit))


def listed(unit: Unit, lines: str) -> dict[str, str]:
    return {
        "unit": key_of(unit),
        "year": "2026",
        "kind": "first",
        "registered_on": "2026-01-15",
        "lines": lines,
    }


def test_list_is_pasted_whole_or_refused_whole(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.COMMUNE_OFFICER, commune)
    lines = "Mật ong; HTX Ong Vàng\nChè xanh\tHộ bà Lan\n\nGạo"
    assert client.post(f"{LIST}moi/", listed(commune, lines)).status_code == 302
    kept = set(Registration.objects.values_list("product_name", "producer_name"))
    assert kept == {("Mật ong", "HTX Ong Vàng"), ("Chè xanh", "Hộ bà Lan"), ("Gạo", "")}
    again = client.post(f"{LIST}moi/", listed(commune, "Nấm\nGạo"))
    assert again.status_code == 200
    assert "Nấm" in again.content.decode()  # what was typed stays
    assert Registration.objects.count() == 3


def test_officer_registers_for_the_own_commune_only(
    client: Client, now: datetime, commune: Unit, places: Places
) -> None:
    enter(client, now, Role.COMMUNE_OFFICER, commune)
    other = places.there
    page = client.get(f"{LIST}moi/").content.decode()
    assert key_of(commune) in page
    assert key_of(other) not in page
    refused = client.post(f"{LIST}moi/", listed(other, "Gạo"))
    assert refused.status_code == 200
    assert f"Bạn không phụ trách {other.name}" in html.unescape(refused.content.decode())
    assert "Gạo</textarea>" in refused.content.decode()  # what was typed stays
    assert not Registration.objects.exists()
    theirs = RegistrationFactory(unit=other, product_name="Của xã khác")
    assert "Của xã khác" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{theirs.pk}/rut/").status_code == 404


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PROVINCIAL_OFFICER])
def test_list_of_no_unit_is_asked_for_one(
    client: Client, now: datetime, commune: Unit, role: Role
) -> None:
    enter(client, now, role, commune if role is Role.COMMUNE_OFFICER else None)
    answer = client.post(f"{LIST}moi/", {**listed(commune, "Gạo"), "unit": ""})
    assert "Hãy chọn đơn vị" in answer.content.decode()


def test_withdrawing_needs_a_reason_and_stays_on_record(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    row = RegistrationFactory(unit=commune)
    address = f"{LIST}{row.pk}/rut/"
    page = client.get(address).content.decode()
    assert "Những gì sẽ thay đổi" in page
    assert "không còn trong danh sách đăng ký năm 2024" in page
    assert client.post(address, {"reason": " "}).status_code == 200
    assert client.post(address, {"reason": "đổi kế hoạch"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_on is not None
    assert address not in client.get(LIST).content.decode()


def test_filters_narrow_by_words_without_marks(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.AUDITOR)
    RegistrationFactory(unit=commune, product_name="Mật ong rừng", year=2025)
    RegistrationFactory(unit=commune, product_name="Chè xanh", year=2026)
    page = client.get(f"{LIST}?q=mat+on").content.decode()
    assert "Mật ong rừng" in page
    assert "Chè xanh" not in page
    assert "Mật ong rừng" not in client.get(f"{LIST}?year=2026").content.decode()


TARGET = {
    "indicator": "evaluated_in_term",
    "term": "2026-2030",
    "low": "1000",
    "high": "1200",
    "source": "Kế hoạch 12/KH-UBND",
}


def test_target_is_set_with_its_source(client: Client, now: datetime, commune: Unit) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    assert 'name="reason"' not in client.get(f"{TARGETS}moi/").content.decode()
    assert client.post(f"{TARGETS}moi/", TARGET).status_code == 302
    target = Target.objects.get()
    assert (target.low, target.high) == (Decimal(1000), Decimal(1200))
    assert target.unit == commune.parent
    page = client.get(TARGETS).content.decode()
    assert "1.000–1.200" in page
    assert "1 lần ghi" in page
    assert client.post(f"{TARGETS}moi/", {**TARGET, "term": "2030-2026"}).status_code == 200
    assert client.post(f"{TARGETS}moi/", {**TARGET, "high": "5"}).status_code == 200


def test_target_that_stands_is_shown_and_replaced_with_a_reason_only(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    client.post(f"{TARGETS}moi/", TARGET)
    wanted = {**TARGET, "low": "1100", "source": "Nghị quyết 5"}
    page = client.post(f"{TARGETS}moi/", {**wanted, "reason": "chưa xem"}).content.decode()
    assert "Đang đặt cho Thành phố Hà Nội, 2026–2030: 1.000–1.200, nguồn: Kế hoạch 12/KH" in page
    assert "Sẽ thành: 1.100–1.200, nguồn: Nghị quyết 5." in page
    assert 'name="reason"' in page
    assert Target.objects.get().low == 1000
    found = re.search(r'name="replaces" value="([^"]*)"', page)
    assert found is not None
    seen = {**wanted, "replaces": html.unescape(found[1])}
    assert (
        "Hãy ghi lý do" in client.post(f"{TARGETS}moi/", {**seen, "reason": " "}).content.decode()
    )
    assert Target.objects.get().low == 1000
    assert client.post(f"{TARGETS}moi/", {**seen, "reason": "HĐND giao lại"}).status_code == 302
    page = client.get(TARGETS).content.decode()
    assert "2 lần ghi" in page
    assert "1.000–1.200 → 1.100–1.200</b> (Nghị quyết 5)" in page
    assert "HĐND giao lại" in page
    assert "1.000–1.200</b> (Kế hoạch 12/KH-UBND)" in page
    again = client.post(f"{TARGETS}moi/", {**seen, "low": "900", "reason": "lần nữa"})
    assert "Đang đặt cho Thành phố Hà Nội, 2026–2030: 1.100–1.200" in again.content.decode()
    assert Target.objects.get().low == 1100


def test_history_of_many_targets_costs_no_query_more(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    counts = []
    for year in ("2026", "2027", "2028"):
        client.post(f"{TARGETS}moi/", {**TARGET, "term": year})
        figure = {"indicator": "sales_points", "value": "1", "source": "BC 1"}
        client.post(f"{TARGETS}so-lieu/", {**figure, "as_of": f"{int(year) - 2}-01-01"})
        with CaptureQueriesContext(connection) as told:
            client.get(TARGETS)
            client.get(FIGURES)
        counts.append(len(told))
    assert counts[0] == counts[1] == counts[2]


def test_figure_is_kept_with_its_source(client: Client, now: datetime, commune: Unit) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    told = {"indicator": "sales_points", "as_of": "2026-03-31", "value": "105", "source": "BC 5"}
    assert client.post(f"{TARGETS}so-lieu/", told).status_code == 302
    assert ReportedFigure.objects.get().value == 105
    assert "BC 5" in client.get(FIGURES).content.decode()
    late = client.post(f"{TARGETS}so-lieu/", {**told, "as_of": "2999-01-01"})
    assert "không được sau hôm nay" in late.content.decode()


def test_figure_that_is_kept_is_shown_and_corrected_with_a_reason_only(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    address = f"{TARGETS}so-lieu/"
    told = {"indicator": "sales_points", "as_of": "2026-03-31", "value": "105", "source": "BC 5"}
    assert 'name="reason"' not in client.get(address).content.decode()
    client.post(address, {**told, "more_than": "on"})
    wanted = {**told, "value": "107", "source": "BC 9"}
    page = client.post(address, {**wanted, "reason": "chưa xem"}).content.decode()
    assert "ngày 31/03/2026: hơn 105, nguồn: BC 5." in page
    assert "Sẽ thành: 107, nguồn: BC 9." in page
    assert ReportedFigure.objects.get().value == 105
    found = re.search(r'name="replaces" value="([^"]*)"', page)
    assert found is not None
    seen = {**wanted, "replaces": html.unescape(found[1])}
    assert "Hãy ghi lý do" in client.post(address, {**seen, "reason": " "}).content.decode()
    assert ReportedFigure.objects.get().value == 105
    assert client.post(address, {**seen, "reason": "Đếm sót"}).status_code == 302
    assert ReportedFigure.objects.get().value == 107
    page = client.get(FIGURES).content.decode()
    assert "2 lần ghi" in page
    assert "hơn 105 → 107</b> (BC 9)" in page
    assert "Đếm sót" in page
    again = client.post(address, {**seen, "value": "9", "reason": "lần nữa"}).content.decode()
    assert "ngày 31/03/2026: 107, nguồn: BC 9." in again
    assert ReportedFigure.objects.get().value == 107


def test_share_is_written_with_its_sign_wherever_it_stands(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    told = {**TARGET, "indicator": "near_five_share", "low": "2,5", "high": "3"}
    client.post(f"{TARGETS}moi/", told)
    again = client.post(f"{TARGETS}moi/", {**told, "low": "70", "high": ""}).content.decode()
    assert "Đang đặt cho Thành phố Hà Nội, 2026–2030: 2,5–3 %, nguồn" in again
    assert "Sẽ thành: 70 %, nguồn" in again
    page = client.get(TARGETS).content.decode()
    assert "<b>2,5–3 %</b>" in page
    assert ">2,5 %</td>" in page
    assert ">3 %</td>" in page
    assert "Đơn vị tính" not in page
    client.post(f"{TARGETS}moi/", TARGET)
    book = b"".join(client.get(f"{TARGETS}?format=xlsx").streaming_content)  # type: ignore[attr-defined]
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values)
    (head,) = [row for row in rows if "Đơn vị tính" in row]
    column, low = head.index("Đơn vị tính"), head.index("Giá trị, hoặc mức thấp nhất")
    told_rows = {(row[low], row[column]) for row in rows[rows.index(head) + 1 :]}
    assert told_rows == {(2.5, "%"), (1000, "sản phẩm")}
    public = client.get("/so-lieu/dinh-nghia/?term=2026-2030").content.decode()
    assert ": 2,5–3 % (2026–2030; " in public


def test_targets_and_figures_are_narrowed_and_taken_as_a_workbook(
    client: Client, now: datetime, commune: Unit
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    for term in ("2026", "2021-2025"):
        client.post(f"{TARGETS}moi/", {**TARGET, "term": term, "source": f"KH {term}"})
    for day, source in (("2025-12-31", "BC 5"), ("2026-03-31", "BC 6")):
        told = {"indicator": "sales_points", "as_of": day, "value": "105", "source": source}
        client.post(f"{TARGETS}so-lieu/", {**told, "unit": key_of(commune)})
    for address, kept, gone in (
        (f"{TARGETS}?year=2023", "KH 2021-2025", "KH 2026"),
        (f"{TARGETS}?year=2026", "KH 2026", "KH 2021-2025"),
        (f"{FIGURES}?year=2025", "BC 5", "BC 6"),
        (f"{FIGURES}?unit={key_of(commune)}&year=2026", "BC 6", "BC 5"),
    ):
        page = client.get(address).content.decode()
        assert kept in page
        assert gone not in page.partition("<tbody")[2]
        book = b"".join(client.get(f"{address}&format=xlsx").streaming_content)  # type: ignore[attr-defined]
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        told_rows = " ".join(str(row) for row in sheet.values)
        assert kept in told_rows
        assert gone not in told_rows
        assert "lần ghi" not in told_rows  # the history in words, not its fold


@pytest.mark.parametrize(
    ("role", "registrations", "targets", "setting"),
    [
        (Role.AUDITOR, 200, 200, 403),
        (Role.COUNCIL_MEMBER, 403, 403, 403),
        (Role.INSPECTOR, 403, 403, 403),
    ],
)
def test_who_may_open_what(
    client: Client,
    now: datetime,
    commune: Unit,
    role: Role,
    registrations: int,
    targets: int,
    setting: int,
) -> None:
    enter(client, now, role)
    assert client.get(LIST).status_code == registrations
    assert client.get(TARGETS).status_code == targets
    assert client.get(f"{TARGETS}moi/").status_code == setting
    assert client.get(f"{TARGETS}so-lieu/").status_code == setting


def test_units_of_a_plan_are_a_list_with_search_order_and_workbook(
    client: Client, now: datetime, commune: Unit, places: Places
) -> None:
    enter(client, now, Role.PROVINCIAL_OFFICER)
    for unit in (commune, commune, places.there):
        RegistrationFactory(year=2026, unit=unit, registered_on=now.date())
    address = "/dieu-hanh/ke-hoach/don-vi/?year=2026"

    def shown(more: str = "") -> list[str]:
        page = client.get(address + more).content.decode()
        return re.findall(r'<a href="/dieu-hanh/ho-so/\?year=2026[^"]*">([^<]+)</a>', page)

    both = {commune.name, places.there.name}
    assert set(shown()) == both
    assert shown("&sort=-expected")[0] == commune.name
    assert shown("&sort=expected")[0] == places.there.name
    assert shown(f"&q={commune.folded.split()[-1]}") == [commune.name]
    assert shown("&q=khongco") == shown("&huyen=1") == []
    book = client.get(f"{address}&format=xlsx&q={commune.folded.split()[-1]}")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active.values)
    assert rows[-1][:2] == (commune.name, 2)
    plan = client.get("/dieu-hanh/ke-hoach/?year=2026").content.decode()
    assert all(name in plan for name in both)


def test_target_of_a_unit_is_set_by_its_name_found_and_replaced(
    client: Client, now: datetime, places: Places
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    form = client.get(f"{TARGETS}moi/").content.decode()
    assert f'<option value="{places.there.name}">' in form  # any browser offers the names
    assert client.post(f"{TARGETS}moi/", {**TARGET, "unit": "ung hoa"}).status_code == 302
    of_district = {**TARGET, "unit": "Huyện Phú Xuyên", "term": "2021-2025"}
    assert client.post(f"{TARGETS}moi/", of_district).status_code == 302
    assert set(Target.objects.values_list("unit", flat=True)) == {
        places.there.pk,
        places.district.pk,
    }
    gone = client.post(f"{TARGETS}moi/", {**of_district, "term": "2026-2030"}).content.decode()
    assert "Huyện Phú Xuyên không tồn tại trong kỳ 2026–2030" in gone
    page = client.get(f"{TARGETS}?unit={key_of(places.there)}").content.decode()
    assert ">Xã Ứng Hòa</td>" in page
    assert ">Huyện Phú Xuyên</td>" not in page
    address = re.search(rf'href="({TARGETS}moi/[^"]+)"', page)
    assert address is not None
    again = client.get(html.unescape(address[1])).content.decode()
    assert 'value="Xã Ứng Hòa"' in again
    assert 'value="1.000"' in again
    assert 'value="2026-2030"' in again
    told = client.post(f"{TARGETS}moi/", {**TARGET, "unit": "Xã Ứng Hòa", "low": "900"})
    assert "Đang đặt cho Xã Ứng Hòa, 2026–2030: 1.000–1.200" in told.content.decode()
    book = b"".join(
        client.get(f"{TARGETS}?unit={key_of(places.there)}&format=xlsx").streaming_content  # type: ignore[attr-defined]
    )
    cells = [
        c for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values for c in row
    ]
    assert "Xã Ứng Hòa" in cells
    assert "Huyện Phú Xuyên" not in cells
    assert "Thay" not in cells
    enter(client, now, Role.AUDITOR)
    assert ">Thay</a>" not in client.get(TARGETS).content.decode()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Phú Yên", ""),
        ("Đại Xuyen", ""),
        ("Đại", "Gần giống: Xã Đại Xuyên, Thành phố Hà Nội (09001)"),
        ("Xã Không Có", "Không có đơn vị nào tên “Xã Không Có”"),
        ("09999", "Không có đơn vị nào đang mang mã này"),
        ("Tân Dân", "có thể là: Xã Tân Dân, Huyện Phú Xuyên"),
        ("Xã Tân Dân, huyện Phú Xuyên (10315)", "Không có đơn vị nào đang mang mã này"),
    ],
)
def test_unit_that_is_not_certain_is_refused_with_what_it_could_be(
    client: Client, now: datetime, places: Places, written: str, told: str
) -> None:
    enter(client, now, Role.OFFICE_HEAD)
    for code, district in (("10315", places.district), ("00448", places.district)):
        OldUnitFactory(code=code, name="Xã Tân Dân", parent=district)
    asked = {**TARGET, "unit": written, "term": "2021-2025"}
    answer = client.post(f"{TARGETS}moi/", asked)
    if not told:
        assert answer.status_code == 302
        return
    page = html.unescape(answer.content.decode())
    assert told in page
    assert 'href="/dieu-hanh/don-vi/"' in page
    assert not Target.objects.exists()
