"""/so-lieu/ as the public sees it: open, linked, exportable, in both languages."""

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import services as people
from ocop.people.roles import Role
from ocop.places.models import Level
from ocop.producers.models import Producer, Sex
from ocop.products.models import Product
from ocop.programme import indicators
from ocop.programme.readings import Indicator
from ocop.recognition.models import Evidence, Recognition
from tests.factories import (
    OldUnitFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
    ReportedFigureFactory,
)
from tests.programme import province
from tests.programme.province import Province
from tests.web.figures_reading import LIST, download, number, page, rows_told

pytestmark = pytest.mark.django_db
DAY = "as_of=2024-03-31"
PUBLIC = [i for i in indicators.INDICATORS.values() if not i.restricted]
RESTRICTED = [i for i in indicators.INDICATORS.values() if i.restricted]


@pytest.fixture(autouse=True)
def place() -> Province:
    return province.found()


def _head(client: Client, address: str, **headers: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", client.get(address, headers=headers).content.decode())
    assert found is not None
    return found[1]


@pytest.mark.whole
def test_every_number_leads_to_exactly_so_many_rows(client: Client) -> None:
    then, now = (page(client, f"/so-lieu/?{DAY}&units={units}") for units in ("then", "now"))
    numbers = then.numbers() | now.numbers()
    assert {_reading(address).slug for address, _count in numbers} == {
        *("da-danh-gia", "danh-gia-trong-ky", "con-hieu-luc", "danh-gia-lai", "nang-hang"),
        *("het-han-trong-ky", "chu-the", "chu-the-con-hieu-luc", "dang-ky"),
        *("lang-co-nghe", "nong-san-gan-tem", "diem-ban"),
        *("ty-le-cong-nhan-lai-dung-han", "cong-nhan-lai-sau-han", "chua-cong-nhan-lai"),
    }
    for address, count in numbers:
        found = page(client, f"{address}&per_page=200")
        heading, *rows = (found.tables or [[[]]])[0]
        assert len(rows) == found.rows_told()
        if "Giá trị" in heading:  # figures as they were reported: a row for each report
            assert count == sum(number(row[heading.index("Giá trị")]) for row in rows), address
        else:
            assert count == len(rows), address


def _reading(address: str) -> Indicator:
    return indicators.BY_SLUG[address.removeprefix(LIST).split("/")[0]]


def test_tables_of_then_and_now_add_up_to_the_same_total(client: Client) -> None:
    for units, cut in (("then", "Đơn vị cấp huyện khi đó"), ("now", "Đơn vị cấp xã hiện nay")):
        tables = page(client, f"/so-lieu/?{DAY}&units={units}").tables
        (table,) = [rows for rows in tables if rows[0][0] == cut]
        counts = [int(row[1]) for row in table[1:]]
        assert sum(counts[:-1]) == counts[-1] == 14


@pytest.mark.parametrize(
    ("language", "headline", "opening"),
    [
        (
            "vi",
            "Đã đạt 75,0 % mục tiêu, còn thiếu 4 sản phẩm",
            "Đến hết ngày 31/03/2024, đã có 14 sản phẩm OCOP được đánh giá",
        ),
        (
            "en",
            "75.0% of the target reached, 4 products to go",
            "By the end of 31/03/2024, 14 OCOP products had been evaluated",
        ),
    ],
)
def test_page_speaks_both_languages_and_shows_sentences_not_their_pieces(
    client: Client, language: str, headline: str, opening: str
) -> None:
    headers = {"accept-language": language}
    text = client.get(f"/so-lieu/?{DAY}", headers=headers).content.decode()
    assert f'<html lang="{language}"' in text
    assert _head(client, f"/so-lieu/?{DAY}", **headers) == headline
    assert opening in re.sub(r"<[^>]+>", "", text)
    assert "[(" not in text
    for address in (f"{LIST}da-danh-gia/?{DAY}", f"/so-lieu/dinh-nghia/?{DAY}"):
        answer = client.get(address, headers=headers)
        assert answer["Content-Language"] == language
        assert answer.status_code == 200


@time_machine.travel("2026-11-23 09:00+07:00", tick=False)
def test_page_without_a_day_is_about_today_and_its_term(client: Client) -> None:
    text = client.get("/so-lieu/").content.decode()
    assert "Giai đoạn 2026–2030 · tính đến hết ngày 23/11/2026" in text
    assert _head(client, "/so-lieu/") == "Đã đánh giá, phân hạng 14 sản phẩm"


@pytest.mark.parametrize("day", ["2024-03-31", "31/03/2024"])
def test_day_may_be_written_both_ways_and_brings_its_term(client: Client, day: str) -> None:
    text = client.get("/so-lieu/", {"as_of": day}).content.decode()
    assert "Giai đoạn 2021–2025 · tính đến hết ngày 31/03/2024" in text


BAD = [
    ("as_of", "hôm-nay", "Hãy nhập ngày đúng"),
    ("as_of", "2024-02-30", "Hãy nhập ngày đúng"),
    ("term", "2025-2021", "“2025-2021” không có trong các lựa chọn"),
    ("term", "2024", "“2024” không có trong các lựa chọn"),
    ("province", "00", "“00” không có trong các lựa chọn"),
    ("units", "x", "“x” không có trong các lựa chọn"),
]


def test_parameter_that_cannot_be_read_is_told_and_no_other_figure_is_shown(
    client: Client,
) -> None:
    for name, value, message in BAD:
        answer = client.get("/so-lieu/", {name: value})
        assert answer.status_code == 200
        assert answer.context["form"].errors.keys() == {name}
        assert answer.content.decode().count(message) == 2  # on top, and beside its field
        assert "mục tiêu" not in answer.content.decode()
        assert "da-danh-gia/" not in answer.content.decode()


@pytest.mark.parametrize("name", ["district_then", "commune_now", "year", "sector"])
def test_filter_that_the_figures_do_not_have_is_told_instead_of_the_whole_sum(
    client: Client, name: str
) -> None:
    text = client.get(f"/so-lieu/?{DAY}&{name}=1").content.decode()
    assert f"Không có bộ lọc “{name}”. Các bộ lọc: as_of, province, term, units." in text
    assert "mục tiêu" not in text
    assert "da-danh-gia/" not in text
    assert "mục tiêu" in client.get(f"/so-lieu/?{DAY}&utm_source=zalo").content.decode()


@pytest.mark.parametrize("address", [f"{LIST}da-danh-gia/", "/so-lieu/bao-cao.docx"])
def test_list_or_document_of_another_frame_is_never_given_instead(
    client: Client, address: str
) -> None:
    for name, value, message in BAD:
        answer = client.get(address, {name: value})
        assert answer.status_code == 409
        assert message in answer.content.decode()
        assert "Content-Disposition" not in answer


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_day_that_cannot_be_meant_is_told_with_those_that_can(client: Client, day: str) -> None:
    words = f"Không tính được ngày “{day}”: hãy chọn ngày từ năm 2000 đến năm 2100."
    for address in (f"{LIST}da-danh-gia/", "/so-lieu/bao-cao.pdf"):
        answer = client.get(address, {"as_of": day})
        assert answer.status_code == 409
        assert words in answer.content.decode()
    beside = client.get("/so-lieu/", {"as_of": day})
    assert beside.context["form"].errors == {"as_of": [words]}
    assert words in beside.content.decode()


def test_day_long_past_has_a_term_of_its_own(client: Client) -> None:
    answer = client.get("/so-lieu/", {"as_of": "2010-06-01"})
    assert answer.context["form"].errors == {}
    assert "Giai đoạn 2006–2010" in answer.content.decode()


def test_day_that_has_not_come_has_no_figures(client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = f"Chưa có số liệu của ngày {tomorrow:%d/%m/%Y}"
    shown = client.get("/so-lieu/", {"as_of": tomorrow.isoformat()}).content.decode()
    assert told in shown
    assert "được đánh giá, phân hạng" not in shown
    for address in ("/so-lieu/bao-cao.docx", f"{LIST}da-danh-gia/", "/so-lieu/dinh-nghia/"):
        answer = client.get(address, {"as_of": tomorrow.isoformat()})
        assert answer.status_code == 409
        assert told in answer.content.decode()
    program = client.get("/api/v1/progress", {"as_of": tomorrow.isoformat()})
    assert program.status_code == 422
    assert told in str(program.json())
    today = client.get("/so-lieu/", {"as_of": timezone.localdate().isoformat()})
    assert today.context["form"].errors == {}


def test_value_that_cannot_be_gives_an_empty_list_that_names_it(client: Client) -> None:
    for cut, value in (("year", "x"), ("rank", "9"), ("district_then", "x"), ("sector", "VII")):
        found = page(client, f"{LIST}da-danh-gia/?{DAY}&{cut}={value}")
        assert found.rows_told() == 0
        assert f"<b>{value}</b>" in found.text


def test_page_that_does_not_exist_is_not_found(client: Client) -> None:
    for address in (f"{LIST}khong-co/", "/so-lieu/bao-cao.odt", "/so-lieu/x/"):
        assert client.get(address).status_code == 404


@pytest.mark.whole
def test_export_has_exactly_the_rows_of_the_list(client: Client) -> None:
    empty = set()
    for reading in PUBLIC:
        address = f"{LIST}{reading.slug}/?{DAY}"
        shown = page(client, f"{address}&per_page=200")
        written = _sheet(download(client, f"{address}&format=xlsx"))
        if not shown.tables:
            assert shown.rows_told() == 0
            assert all(written[-1])  # the headings, and nothing below them
            empty.add(reading.key)
            continue
        heading, *rows = shown.tables[0]
        assert [[_plain(cell) for cell in row] for row in rows] == written[-len(rows) :], address
        assert written[-len(rows) - 1] == heading
    assert empty == {
        *("upgraded", "undated", "renewed_share", "consolidated_share"),
        *("renewed_in_time_share", "renewed_late"),
        *("craft_villages_recognised", "design_centres", "trained_share", "selling_online_share"),
    }


def test_year_is_written_as_a_year(client: Client) -> None:
    list_of_it = page(client, f"{LIST}ho-tro-hoi-cho/?{DAY}").tables[0]
    assert list_of_it[1][1] == "2019"
    definitions = page(client, f"/so-lieu/dinh-nghia/?{DAY}").tables[0]
    assert [row[-1] for row in definitions if "hội chợ" in row[0]] == ["2019 năm"]


def test_export_has_all_pages_in_the_order_chosen(client: Client, place: Province) -> None:
    RecognitionFactory.create_batch(40, on=date(2023, 6, 1), unit=place.van_tu)
    address = f"{LIST}da-danh-gia/?{DAY}&year=2023&sort=-product"
    names = [
        row[0]
        for sheet in (1, 2)
        for row in page(client, f"{address}&per_page=25&page={sheet}").tables[0][1:]
    ]
    written = _sheet(download(client, f"{address}&format=xlsx"))
    assert len(names) == 43
    assert [row[0] for row in written[-43:]] == names


def _sheet(content: bytes) -> list[list[str]]:
    """A workbook's cells as the page writes them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[_written(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def _written(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:.0f}" if isinstance(cell, float) else cell or "—"


def _plain(cell: str) -> str:
    """1.350 as 1350: a workbook holds numbers, not how they are written."""
    return cell.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", cell) else cell


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_document_of_the_page_is_linked_and_named_after_its_day(client: Client, kind: str) -> None:
    links = dict(page(client, f"/so-lieu/?{DAY}&units=now").links)
    address = f"/so-lieu/bao-cao.{kind}?{DAY}&units=now"
    assert links[address] == kind.upper()
    answer = client.get(address)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="so-lieu-ocop-01-2024-03-31.{kind}"'
    )
    assert answer.content[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")


def test_numbers_of_the_document_lead_to_the_lists_and_its_tables_are_those_shown(
    client: Client,
) -> None:
    for units, cut in (("then", "Đơn vị cấp huyện khi đó"), ("now", "Đơn vị cấp xã hiện nay")):
        content = client.get(f"/so-lieu/bao-cao.docx?{DAY}&units={units}").content
        document = docx.Document(io.BytesIO(content))
        assert document.tables[-1].cell(0, 0).text == cut
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    told = {link.address.removeprefix("http://testserver") for link in links}
    assert told <= {to for to, _words in page(client, f"/so-lieu/?{DAY}").links}
    assert len(told) > 15


def test_rows_told_in_confidence_are_the_office_s_only(client: Client, now: datetime) -> None:
    lists = [f"{LIST}{reading.slug}/" for reading in RESTRICTED]
    definitions = client.get("/so-lieu/dinh-nghia/").content.decode()
    assert {client.get(address).status_code for address in lists} == {404}
    assert not any(address in definitions for address in lists)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    head = people.create_account(actor=SYSTEM, name="Lãnh đạo", email="a@donvi.example", at=now)
    people.grant_role(
        actor=SYSTEM, user=head, role=Role.OFFICE_HEAD, starts_on=date(2026, 1, 1), at=now
    )
    client.force_login(head)
    assert {client.get(address).status_code for address in lists} == {200}


def test_number_told_in_confidence_is_withheld_below_five_producers(client: Client) -> None:
    Product.objects.update(revenue=1_000_000)
    Producer.objects.update(leader_sex=Sex.FEMALE)

    def told() -> list[str]:
        table = page(client, f"/so-lieu/dinh-nghia/?{DAY}").tables[0]
        names = ("Doanh thu năm", "Tỷ lệ chủ thể do nữ")
        return [row[-1] for row in table if row[0].startswith(names)]

    assert told() == ["không công bố", "không công bố"]
    RecognitionFactory(
        on=date(2023, 6, 1), product__revenue=500_000, product__producer__leader_sex=Sex.MALE
    )
    assert told() == ["80 %", "12.500.000 đồng"]


def test_every_definition_stands_on_its_page_with_its_number(client: Client) -> None:
    table = page(client, f"/so-lieu/dinh-nghia/?{DAY}").tables[0]
    told = {row[0]: (row[1], row[3]) for row in table[1:]}
    assert len(told) == len(indicators.INDICATORS)
    for reading in PUBLIC:
        assert told[reading.name][0] == reading.definition
    assert told[indicators.get("evaluated").name][1] == "14 sản phẩm"
    assert told[indicators.get("stamped_products").name][1] == "3 sản phẩm"
    assert told[indicators.get("design_centres").name][1] == "–"


ADDRESSES = [
    f"/so-lieu/?{DAY}",
    f"/so-lieu/?{DAY}&units=now",
    f"/so-lieu/dinh-nghia/?{DAY}",
    f"/so-lieu/bao-cao.docx?{DAY}",
    *(f"{LIST}{slug}/?{DAY}" for slug in ("da-danh-gia", "chu-the", "dang-ky", "diem-ban")),
    *(f"{LIST}{slug}/?{DAY}&format=xlsx" for slug in ("da-danh-gia", "chu-the", "dang-ky")),
]


@pytest.mark.whole
def test_more_rows_units_and_sales_points_take_no_more_queries(
    client: Client, place: Province
) -> None:
    before = [_queries(client, address) for address in ADDRESSES]
    for turn in range(6):
        district = OldUnitFactory(code=f"9{turn}0", level=Level.DISTRICT, parent=place.then)
        commune = OldUnitFactory(parent=district)
        product = ProductFactory()
        RecognitionFactory(
            product=product, on=date(2023, 6, 1), unit=commune, commune=place.today_phu_xuyen
        )
        RegistrationFactory(unit=commune, product=product)
        for unit in (district, commune):
            ReportedFigureFactory(indicator="sales_points", unit=unit)
    after = [_queries(client, address) for address in ADDRESSES]
    assert dict(zip(ADDRESSES, after, strict=True)) == dict(zip(ADDRESSES, before, strict=True))
    assert rows_told(client, f"{LIST}da-danh-gia/?{DAY}") == 20


@pytest.mark.parametrize("units", ["then", "now"])
def test_page_asks_no_question_twice(client: Client, units: str) -> None:
    """Fewer queries than the page has numbers: they are counted from the same rows. What may be
    reported or counted from a register of its own is asked for by itself."""
    assert _queries(client, f"/so-lieu/?{DAY}&units={units}") <= 40


def _queries(client: Client, address: str) -> int:
    download(client, address)  # what is kept between requests is read once
    with CaptureQueriesContext(connection) as queries:
        assert download(client, address)
    return len(queries)


def test_real_rows_beside_the_examples_are_told_and_not_counted(
    client: Client, now: datetime
) -> None:
    before = page(client, f"/so-lieu/?{DAY}").numbers()
    told = "không cộng số thật với số ví dụ"
    assert told not in page(client, f"/so-lieu/?{DAY}").text
    Recognition.objects.update(evidence=Evidence.M)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    RecognitionFactory(evaluated_on=date(2023, 5, 4), evidence=Evidence.A)
    shown = page(client, f"/so-lieu/?{DAY}")
    assert f"{told}: 1 sản phẩm thật" in shown.text
    assert shown.numbers() == before
