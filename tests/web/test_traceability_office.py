"""Sales units, lots and places in the office: lists with their workbooks, pages, passports."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.folding import words
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.places.queries import key_of
from ocop.traceability.models import Lot, Site, TradeItem
from ocop.traceability.services import items, lots
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.test_queries import happened
from tests.world import Places, build_places, person, with_second_factor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@dataclass
class Goods:
    """What a producer of a commune sells."""

    item: TradeItem
    lot: Lot
    site: Site


def goods(now: datetime, commune: Unit, name: str, **more: object) -> Goods:
    maker = ProducerFactory(name=f"HTX {name}", commune=commune, address="Thôn Một")
    item = make_item(
        ProductFactory(name=name, producer=maker), now, folded=words("Hộp 250 g"), **more
    )
    site = make_site(
        item.product, now, name=f"Xưởng {name}", folded=words(f"Xưởng {name}"), commune=commune
    )
    return Goods(item, make_lot(item, now, site=site), site)


@pytest.fixture
def tea(now: datetime, places: Places) -> Goods:
    return goods(now, places.here, "Chè búp khô", gtin="08938505974194")


@pytest.fixture
def rice(now: datetime, places: Places) -> Goods:
    return goods(now, places.there, "Gạo nếp", standards="")


@pytest.fixture
def office(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def listed(client: Client, name: str, **asked: str) -> list[str]:
    table = client.get(reverse(f"office:{name}"), asked).context["table"]
    return [str(row.record) for row in table.rows]


def workbook(client: Client, name: str, **asked: str) -> list[list[object]]:
    answer = client.get(reverse(f"office:{name}"), asked | {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    return book.get_sheet_by_index(0).to_python()


def test_menu_leads_to_the_lists(office: Client, tea: Goods) -> None:
    page = office.get(reverse("office:trade_items")).content.decode()
    assert '<a href="/dieu-hanh/truy-xuat/" aria-current="page">Truy xuất</a>' in page
    for name in ("lots", "sites"):
        assert reverse(f"office:{name}") in page
    home = office.get(reverse("office:home")).content.decode()
    assert '<a href="/dieu-hanh/truy-xuat/" >Truy xuất</a>' in home


def test_menu_hides_from_whom_it_does_not_concern(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.COUNCIL_MEMBER))
    assert "truy-xuat" not in client.get(reverse("office:home")).content.decode()
    assert client.get(reverse("office:trade_items")).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"tea", "rice"}),
        ({"q": "che bup"}, {"tea"}),
        ({"q": "HTX gạo"}, {"rice"}),
        ({"q": "hộp 250"}, {"tea", "rice"}),
        ({"q": "8938505974194"}, {"tea"}),  # as it is printed below the bars
        ({"q": "QG-7"}, {"rice"}),
        ({"q": "không có"}, set()),
        ({"number": "gtin"}, {"tea"}),
        ({"number": "own"}, {"rice"}),
        ({"scheme": "national"}, {"rice"}),
        ({"data": "incomplete"}, {"tea", "rice"}),  # neither has a picture
        ({"programme": "farm"}, {"rice"}),
        ({"programme": "ocop"}, {"tea"}),
        ({"state": "stopped"}, {"tea"}),
        ({"state": "sold"}, {"rice"}),
    ],
)
def test_sales_units_are_narrowed(
    office: Client, now: datetime, tea: Goods, rice: Goods, asked: dict[str, str], found: set[str]
) -> None:
    items.add_foreign_code(actor=SYSTEM, item=rice.item, scheme="national", value="QG-7", at=now)
    rice.item.product.in_ocop = False
    rice.item.product.save()
    if "state" in asked:
        items.stop_item(actor=SYSTEM, item=tea.item, reason="Đổi bao bì", at=now)
    named = {"tea": str(tea.item), "rice": str(rice.item)}
    assert set(listed(office, "trade_items", **asked)) == {named[each] for each in found}


@pytest.mark.parametrize("name", ["trade_items", "lots", "sites"])
def test_lists_are_narrowed_to_a_place(
    office: Client, places: Places, tea: Goods, rice: Goods, name: str
) -> None:
    def of(unit: Unit) -> int:
        return len(listed(office, name, commune=key_of(unit)))

    tea.item.product.producer.unit = places.before
    tea.item.product.producer.save()
    assert [of(unit) for unit in (places.here, places.there, places.district)] == [1, 1, 1]
    assert of(places.province) == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 4),
        ({"state": "fresh"}, 1),
        ({"state": "expired"}, 1),
        ({"state": "undated"}, 1),
        ({"state": "recalled"}, 1),
        ({"q": "L-01"}, 1),
        ({"q": "l-01"}, 1),
        ({"q": "l-0"}, 1),
        ({"q": "chè 01"}, 1),
        ({"q": "chè"}, 4),
        ({"q": "gạo"}, 0),
        ({"made_from": "2026-07-02"}, 1),
        ({"made_to": "2026-07-01"}, 3),
        ({"data": "incomplete"}, 3),
    ],
)
def test_lots_are_narrowed(
    office: Client, now: datetime, tea: Goods, asked: dict[str, str], found: int
) -> None:
    happened(now, tea.lot, 1)
    make_lot(tea.item, now, number="F", expires_on=TODAY, produced_on=date(2026, 11, 1))
    make_lot(tea.item, now, number="E", expires_on=TODAY - timedelta(days=1))
    make_lot(tea.item, now, number="R", recalled_at=now, recall_reason="Nhiễm bẩn")
    assert len(listed(office, "lots", **asked)) == found


def test_links_of_other_pages_narrow_by_code(office: Client, tea: Goods, rice: Goods) -> None:
    maker = tea.item.product.producer.code
    assert listed(office, "lots", item=tea.item.code) == ["L-01"]
    assert listed(office, "lots", site=rice.site.code) == ["L-01"]
    assert listed(office, "sites", producer=maker) == ["Xưởng Chè búp khô"]
    assert listed(office, "trade_items", product=rice.item.product.code) == [str(rice.item)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "xuong che"}, 1),
        ({"q": "HTX"}, 2),
        ({"q": "8938505974200"}, 1),
        ({"state": "used"}, 1),
        ({"state": "closed"}, 1),
    ],
)
def test_places_are_narrowed(
    office: Client, now: datetime, tea: Goods, rice: Goods, asked: dict[str, str], found: int
) -> None:
    Site.objects.filter(pk=tea.site.pk).update(gln="8938505974200", closed_at=now)
    assert len(listed(office, "sites", **asked)) == found


def test_filter_that_is_not_understood_finds_nothing_and_says_so(
    office: Client, tea: Goods
) -> None:
    for name, asked in (("trade_items", "state=xx"), ("lots", "colour=red"), ("sites", "state=x")):
        answer = office.get(f"{reverse(f'office:{name}')}?{asked}")
        assert answer.context["total"] == 0
        assert answer.context["problems"]
    asked = f"{reverse('office:passports', args=['json'])}?colour=red"
    assert office.get(asked).status_code == 404


def test_workbook_of_sales_units_tells_what_stands_small_on_the_page(
    office: Client, tea: Goods, rice: Goods
) -> None:
    rows = workbook(office, "trade_items")
    at = next(n for n, row in enumerate(rows) if row[0] == "Sản phẩm")
    told = [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]
    assert [row["Sản phẩm"] for row in told] == ["Chè búp khô", "Gạo nếp"]
    assert told[0]["Quy cách"] == "Hộp 250 g"
    assert told[0]["Mã số"] == "08938505974194"
    assert told[1]["Mã số"] == rice.item.code.upper()
    assert told[0]["Xã, phường"] == "Xã Đại Xuyên"
    assert told[0]["Lô đã mở"] == 1
    assert told[0]["Dữ liệu"] == "Thiếu dữ liệu"


def test_workbook_of_lots_keeps_numbers_and_days(office: Client, tea: Goods) -> None:
    Lot.objects.update(quantity=1234, measure="hộp", expires_on=TODAY)
    rows = workbook(office, "lots")
    at = next(n for n, row in enumerate(rows) if row[0] == "Số lô")
    told = dict(zip(rows[at], rows[at + 1], strict=True))
    assert (told["Số lô"], told["Số lượng"], told["Đơn vị tính"]) == ("L-01", 1234, "hộp")
    assert (told["Hạn sử dụng"], told["Tình trạng"]) == (TODAY, "Còn hạn dùng")
    assert told["Nơi sản xuất"] == "Xưởng Chè búp khô"


def test_workbook_of_places(office: Client, tea: Goods) -> None:
    rows = workbook(office, "sites")
    at = next(n for n, row in enumerate(rows) if row[1:2] == ["Chủ thể"])
    told = dict(zip(rows[at], rows[at + 1], strict=True))
    assert told["Mã truy vết địa điểm"] == tea.site.code.upper()
    assert (told["Lô đã mở"], told["Tình trạng"]) == (1, "Đang dùng")


@pytest.mark.whole
@pytest.mark.parametrize("name", ["trade_items", "lots", "sites"])
@pytest.mark.parametrize("role", [Role.PROVINCIAL_OFFICER, Role.COMMUNE_OFFICER, Role.INSPECTOR])
@pytest.mark.parametrize("kind", ["", "xlsx"])
def test_three_rows_take_as_many_queries_as_one(
    client: Client, now: datetime, places: Places, name: str, role: Role, kind: str
) -> None:
    client.force_login(person(now, role, places.here if role == Role.COMMUNE_OFFICER else None))
    counts = []
    for turn, more in enumerate((1, 2)):
        for number in range(more):
            goods(now, places.here, f"Chè {turn} {number}")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(f"office:{name}"), {"format": kind} if kind else {})
            b"".join(answer)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_commune_officer_finds_the_own_communes_goods(
    client: Client, now: datetime, places: Places, tea: Goods, rice: Goods
) -> None:
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    assert listed(client, "trade_items") == [str(tea.item)]
    assert client.get(reverse("office:lot", args=[tea.lot.code])).status_code == 200
    assert client.get(reverse("office:lot", args=[rice.lot.code])).status_code == 404


def test_page_of_a_sales_unit_tells_what_is_missing(office: Client, now: datetime) -> None:
    item = make_item(ProductFactory(name="Chè búp khô"), now, standards="")
    page = office.get(reverse("office:trade_item", args=[item.code])).content.decode()
    assert "Chưa có lô: các dữ liệu của lô còn để trống." in page
    missing = page[page.index('<div class="alert due"') :].split("</ul>")[0]
    assert "Tiêu chuẩn áp dụng" in missing
    assert "Hình ảnh sản phẩm, hàng hóa" in missing
    assert "Thương hiệu" not in missing
    assert "Thông tư 02/2024/TT-BKHCN" in page
    assert "Điều 32 Nghị định 37/2026/NĐ-CP" in page


def test_page_of_a_lot_tells_its_way(office: Client, now: datetime, tea: Goods) -> None:
    happened(now, tea.lot, 1)
    page = office.get(reverse("office:lot", args=[tea.lot.code])).content.decode()
    assert "08938505974194/L-01" in page
    assert "Thu hoạch, làm ra: Xưởng Chè búp khô" in page


def test_activity_tells_what_was_changed(office: Client, now: datetime, tea: Goods) -> None:
    lots.change_lot(
        actor=SYSTEM,
        lot=tea.lot,
        particulars=lots.LotParticulars(number="L-02", site=tea.site, measure="hộp"),
        at=now,
    )
    page = office.get(reverse("office:lot", args=[tea.lot.code]), {"tab": "activity"})
    told = page.content.decode()
    assert "Sửa lô hàng" in told
    assert "số lô từ “L-01” thành “L-02”" in told
    assert "đơn vị tính từ “–” thành “hộp”" in told


def test_inspector_is_led_to_no_page_that_does_not_open(
    client: Client, now: datetime, tea: Goods
) -> None:
    tea.item.product.listed = tea.item.product.producer.listed = False
    tea.item.product.producer.save()
    tea.item.product.save()
    client.force_login(person(now, Role.INSPECTOR))
    page = client.get(reverse("office:trade_item", args=[tea.item.code])).content.decode()
    assert reverse("office:product", args=[tea.item.product.code]) not in page
    assert reverse("office:producer", args=[tea.item.product.producer.code]) not in page
    assert "/cua-toi/truy-xuat/quy-cach/" not in page


def test_pages_of_product_and_producer_lead_here(office: Client, tea: Goods, now: datetime) -> None:
    product, maker = tea.item.product, tea.item.product.producer
    page = office.get(reverse("office:product", args=[product.code])).content.decode()
    assert f"{reverse('office:trade_items')}?product={product.code}" in page
    assert reverse("producer_item_new", args=[product.code]) in page
    page = office.get(reverse("office:producer", args=[maker.code])).content.decode()
    assert f"{reverse('office:sites')}?producer={maker.code}" in page
    assert reverse("producer_site_new", args=[maker.code]) in page


def test_passports_of_a_list_are_those_that_it_shows(
    office: Client, now: datetime, tea: Goods, rice: Goods
) -> None:
    make_lot(tea.item, now, number="L-02", produced_on=date(2026, 8, 1))
    asked = {"q": "chè", "sort": "-product", "per_page": "25"}

    def file(kind: str) -> str:
        answer = office.get(reverse("office:passports", args=[kind]), asked)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        return b"".join(answer).decode()

    told = json.loads(file("json"))["passports"]
    assert [each["lot"] for each in told] == ["L-02", "L-01"]
    assert told[0]["id"].endswith("/01/08938505974194/10/L-02")
    graph = json.loads(file("jsonld"))
    assert graph["@context"]["gs1"] == "https://ref.gs1.org/voc/"
    assert [node["gs1:hasBatchLotNumber"] for node in graph["@graph"]] == ["L-02", "L-01"]
    rows = list(csv.DictReader(io.StringIO(file("csv").removeprefix("\ufeff"))))
    assert [row["Số lô"] for row in rows] == ["L-02", "L-01"]
    assert office.get(reverse("office:passports", args=["pdf"])).status_code == 404


def test_passports_are_written_in_the_language_of_who_asks(office: Client, tea: Goods) -> None:
    answer = office.get(
        reverse("office:passports", args=["csv"]), headers={"accept-language": "en"}
    )
    assert b"Lot number" in b"".join(answer)


def test_text_of_a_producer_is_no_formula_in_a_table(
    office: Client, now: datetime, tea: Goods
) -> None:
    TradeItem.objects.update(brand='=HYPERLINK("http://a.example")')
    answer = office.get(reverse("office:item_passport", args=[tea.item.code, "csv"]))
    assert "'=HYPERLINK" in answer.content.decode()


def test_commune_officer_chooses_among_own_communes(
    places: Places, tea: Goods, now: datetime
) -> None:
    client = Client()
    client.force_login(with_second_factor(person(now, Role.COMMUNE_OFFICER, places.here), now))
    for name in ("office:lots", "office:trade_items", "office:sites"):
        page = client.get(reverse(name)).content.decode()
        assert places.here.name in page
        assert places.there.name not in page
