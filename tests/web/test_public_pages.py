"""The pages everybody sees: home, catalogue, product, producer, map."""

import html
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.places.queries import key_of
from ocop.producers.models import Producer, ProducerKind
from ocop.products import services as products
from ocop.products.models import Product, ProductState, Sector
from ocop.recognition import importing
from ocop.recognition.models import BatchState, Evidence, Kind
from ocop.recognition.registry_import import Wishes
from tests import world
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition.registries import HEADING, book, row
from tests.world import Places, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return world.build_places(now)


def _page(client: Client, name: str, *arguments: str, **query: str) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _cards(page: str) -> list[str]:
    """The names on the cards of a page, in their order."""
    found = re.findall(r'<article class="product">.*?<h3><a href="[^"]*">(.*?)</a>', page, re.S)
    return [html.unescape(name) for name in found]


def _linked_data(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    found: dict[str, Any] = json.loads(text)
    return found


def _photograph(product: Product, now: datetime) -> None:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), (product.pk % 256, 0, 0)).save(into, "PNG")
    products.add_image(
        actor=SYSTEM,
        product=product,
        content=into.getvalue(),
        filename="anh.png",
        caption=f"Ảnh {product.name}",
        at=now,
    )


# --- Home --------------------------------------------------------------------------------------
def test_home_counts_what_holds_today_and_shows_it_photographs_first(
    client: Client, now: datetime, places: Places
) -> None:
    seen = recognised("Mật ong", sector=Sector.FOOD)
    recognised("Chè xanh", sector=Sector.DRINK)
    for name, more in (
        ("Hết hạn", {"on": date(2022, 1, 5)}),
        ("Ẩn", {"listed": False}),
        ("Đề nghị", {"evidence": Evidence.B2}),
        ("Nơi khác", {"province": "48"}),
    ):
        _photograph(recognised(name, **more).product, now)
    _photograph(seen.product, now)
    answer = client.get("/")
    assert answer.context["valid"] == 2
    assert [count for _key, _words, count in answer.context["sectors"]] == [1, 1, 0, 0, 0, 0]
    page = answer.content.decode()
    assert _cards(page) == ["Mật ong", "Chè xanh"]
    assert 'alt="Ảnh Mật ong"' in page
    assert 'name="q"' in page


def test_photograph_is_shown_with_its_product_only(
    client: Client, now: datetime, places: Places
) -> None:
    for listed, status in ((True, 200), (False, 404)):
        product = recognised(f"Mật ong {listed}", listed=listed).product
        _photograph(product, now)
        answer = client.get(reverse("photo", args=[product.images.get().pk]))
        assert answer.status_code == status
        if status == 200:
            assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


# --- Catalogue ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["mat ong rung", "MẬT ONG RỪNG", "mật on", "rung mat", "htx mat o", "m"]
)
def test_search_needs_no_marks_and_takes_beginnings_of_words(
    client: Client, places: Places, text: str
) -> None:
    recognised("Mật ong rừng")
    recognised("Chè xanh", producer=ProducerFactory(name="Nhà Chè"))
    assert _cards(_page(client, "catalogue", q=text)) == ["Mật ong rừng"]


def test_search_takes_no_middle_of_a_word(client: Client, places: Places) -> None:
    recognised("Mật ong")
    assert _cards(_page(client, "catalogue", q="ong")) == ["Mật ong"]
    assert _cards(_page(client, "catalogue", q="ng")) == []


def test_search_without_a_hit_proposes_the_nearest_words_that_hit(
    client: Client, places: Places
) -> None:
    recognised("Mật ong rừng")
    page = _page(client, "catalogue", q="mat omg rung")
    assert _cards(page) == []
    assert "Không tìm thấy sản phẩm nào" in page
    (proposed,) = re.findall(r'<a class="chip" href="(\?q=[^"]*)">Mật ong rừng</a>', page)
    assert _cards(client.get(reverse("catalogue") + html.unescape(proposed)).content.decode()) == [
        "Mật ong rừng"
    ]


@pytest.mark.parametrize("asked", ["ca phe", "Cà phê", "CA PHÊ"])
def test_search_that_filters_left_without_a_hit_proposes_itself_with_marks(
    client: Client, places: Places, asked: str
) -> None:
    recognised("Cà phê Cầu Đất", stars=4)
    page = _page(client, "catalogue", q=asked, rank="5")
    assert _cards(page) == []
    assert f'<a class="chip" href="?q={quote("Cà phê")}">Cà phê</a>' in page
    assert _cards(_page(client, "catalogue", q="Cà phê")) == ["Cà phê Cầu Đất"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"listed": False},
        {"state": ProductState.IDEA},
        {"evidence": Evidence.B2},
        {"evidence": Evidence.M},
        {"province": "48"},
    ],
    ids=str,
)
def test_nothing_hidden_is_found_or_proposed(
    client: Client, places: Places, hidden: dict[str, Any]
) -> None:
    recognised("Trứng vịt", **hidden)
    assert _cards(_page(client, "catalogue")) == []
    assert _cards(_page(client, "catalogue", q="trung")) == []
    assert "Có phải bạn tìm" not in _page(client, "catalogue", q="trumg")


def test_catalogue_is_narrowed_by_sector_star_unit_and_day(client: Client, places: Places) -> None:
    recognised(
        "Mật ong",
        sector=Sector.FOOD,
        stars=4,
        potential_five=True,
        commune=places.here,
        unit=places.before,
    )
    recognised(
        "Bát gốm",
        sector=Sector.HANDICRAFT,
        stars=4,
        commune=places.there,
        on=date(2022, 5, 4),
    )
    for query, left in (
        ({}, ["Mật ong", "Bát gốm"]),  # what holds a star today first
        ({"sector": "IV"}, ["Bát gốm"]),
        ({"rank": "4p"}, ["Mật ong"]),
        ({"rank": "4"}, ["Bát gốm"]),
        ({"rank": "5"}, []),
        ({"valid": "true"}, ["Mật ong"]),
        ({"valid": "false"}, ["Bát gốm"]),
        ({"unit": key_of(places.here)}, ["Mật ong"]),
        ({"unit": key_of(places.before)}, ["Mật ong"]),
        ({"unit": key_of(places.district)}, ["Mật ong"]),
        ({"unit": key_of(places.there)}, ["Bát gốm"]),
        ({"unit": key_of(places.there), "valid": "true"}, []),
        ({"year": "2022"}, ["Bát gốm"]),
    ):
        answer = client.get(reverse("catalogue"), query)
        assert (query, _cards(answer.content.decode())) == (query, left)
        assert answer.context["total"] == len(left)


@pytest.mark.parametrize("asked", ["Phú Xuyên", "phu xuyen", "huyện phú xuyên"])
def test_search_for_a_place_offers_the_products_of_that_place(
    client: Client, places: Places, asked: str
) -> None:
    recognised("Mật ong", sector=Sector.FOOD, commune=places.here, unit=places.before)
    recognised("Bát gốm", commune=places.there, unit=places.there)
    page = _page(client, "catalogue", q=asked)
    assert _cards(page) == []
    (link,) = re.findall(r'<a class="chip" href="(\?[^"]*)">Huyện Phú Xuyên \(trước', page)
    assert "Có phải bạn tìm" not in page
    found = client.get(reverse("catalogue") + html.unescape(link)).content.decode()
    assert _cards(found) == ["Mật ong"]
    now = _page(client, "catalogue", q="Ứng Hòa")
    assert f"unit={key_of(places.there)}" in now
    assert "Sản phẩm tại:" not in _page(client, "catalogue", q=asked, sector="IV")
    assert "Sản phẩm tại:" not in _page(client, "catalogue", q="phu")  # no whole name


def test_catalogue_offers_units_of_now_and_of_then(client: Client, places: Places) -> None:
    page = _page(client, "catalogue")
    for unit in (places.here, places.there, places.district):
        assert f'<option value="{key_of(unit)}">{unit.name}</option>' in page


def test_filter_that_cannot_be_read_is_told_and_finds_nothing(
    client: Client, places: Places
) -> None:
    recognised("Mật ong")
    page = _page(client, "catalogue", unit="99999")
    assert "Không có đơn vị hành chính nào mang mã này." in page
    assert _cards(page) == []


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name", ["Ấm chén", "Bát gốm", "Đũa tre"]),
        ("stars", ["Đũa tre", "Ấm chén", "Bát gốm"]),
        ("new", ["Bát gốm", "Đũa tre", "Ấm chén"]),
    ],
)
def test_catalogue_is_ordered_as_chosen(
    client: Client, places: Places, order: str, names: list[str]
) -> None:
    recognised("Đũa tre", stars=5, on=date(2025, 1, 6))
    recognised("Ấm chén", stars=4, on=date(2024, 1, 6))
    recognised("Bát gốm", stars=3, on=date(2026, 1, 6))
    assert _cards(_page(client, "catalogue", order=order)) == names


def test_search_shows_the_nearest_hits_first(client: Client, places: Places) -> None:
    """The name's beginning, then words of the name, then the producer's; valid ones before."""
    maker = ProducerFactory(name="HTX Mật Ong")
    recognised("Chè xanh", producer=maker, stars=5, on=date(2026, 1, 6))
    recognised("Ong chúa và mật", stars=5, on=date(2026, 1, 6))
    recognised("Mật ong cũ", stars=5, on=date(2020, 1, 6))
    recognised("Mật ong mới", stars=3, on=date(2026, 1, 6))
    nearest = ["Mật ong mới", "Mật ong cũ", "Ong chúa và mật", "Chè xanh"]
    assert _cards(_page(client, "catalogue", q="mat ong")) == nearest
    assert _cards(_page(client, "catalogue", q="mat ong", order="name"))[0] == "Chè xanh"


def test_products_that_hold_a_star_today_come_first(client: Client, places: Places) -> None:
    recognised("Đũa tre", stars=5, on=date(2019, 1, 6))
    recognised("Bát gốm", stars=3, on=date(2026, 1, 6))
    assert _cards(_page(client, "catalogue")) == ["Bát gốm", "Đũa tre"]
    assert _cards(_page(client, "catalogue", order="near")) == ["Bát gốm", "Đũa tre"]


def test_pages_of_the_catalogue_hold_every_product_once(client: Client, places: Places) -> None:
    for number in range(25):
        recognised(f"Mật ong {number:02d}")
    pages = [_cards(_page(client, "catalogue", page=str(number))) for number in (1, 2)]
    assert [len(page) for page in pages] == [24, 1]
    assert len({name for page in pages for name in page}) == 25


def test_catalogue_speaks_of_the_star_not_of_the_offices_calendar(
    client: Client, places: Places
) -> None:
    """The window for filing closed: the public reads that the star holds."""
    recognised("Mật ong", on=date(2024, 1, 30))
    page = _page(client, "catalogue")
    card = page.split('<article class="product">')[1].split("</article>")[0]
    assert "Còn hiệu lực" in card
    assert "Quá hạn" not in card


# --- Product -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "words", "holds"),
    [
        ({}, "Còn hiệu lực", True),
        ({"on": date(2024, 1, 30)}, "Còn hiệu lực", True),
        ({"on": date(2022, 1, 30)}, "Hết hạn", False),
        ({"on": date(2023, 6, 30)}, "Hết hạn (chưa xác nhận kéo dài)", False),
        ({"revoked_on": date(2026, 2, 1)}, "Bị thu hồi", False),
        ({"on": date(2026, 12, 1)}, None, False),
        ({"evidence": Evidence.B2}, None, False),
    ],
)
def test_state_of_the_star_today_stands_before_all_facts(
    client: Client, places: Places, more: dict[str, Any], words: str | None, holds: bool
) -> None:
    product = recognised("Mật ong", **more).product
    page = _page(client, "product", product.code)
    before_facts = page.split("<main")[1].split('<dl class="facts">')[0]
    if words is None:
        assert "Sản phẩm này chưa được phân hạng OCOP." in before_facts
    else:
        (told,) = re.findall(r'<div class="band \w+"><b>.*?</svg> (.*?)</b>', before_facts, re.S)
        assert told == words
    assert _linked_data(page).get("award") == ("OCOP 3 sao" if holds else None)


def test_an_expired_star_is_told_in_english(client: Client, places: Places) -> None:
    product = recognised("Mật ong", on=date(2022, 1, 30)).product
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = _page(client, "product", product.code)
    (told,) = re.findall(r'<div class="band \w+"><b>.*?</svg> (.*?)</b>', page, re.S)
    assert told == "Expired"


def test_life_line_tells_every_recognition_newest_first(client: Client, places: Places) -> None:
    first = recognised("Mật ong", on=date(2024, 3, 1))
    RecognitionFactory(product=first.product, on=date(2026, 6, 1), stars=4, kind=Kind.UPGRADE)
    for hidden in (
        {"evidence": Evidence.B2},
        {"evidence": Evidence.M},
        {"batch": world.imported(BatchState.LOADED)},
    ):
        RecognitionFactory(product=first.product, on=date(2026, 7, 1), stars=5, **hidden)
    page = _page(client, "product", first.product.code)
    lines = re.findall(r"<tr><td.*?</tr>", page.split('id="qua-trinh"')[1], re.S)
    assert len(lines) == 2
    for line, words in zip(
        lines,
        (
            ("4 sao", "Nâng hạng", "01/06/2026 – 01/06/2029", "Còn hiệu lực"),
            ("3 sao", "Lần đầu", "01/03/2024 – 01/03/2027", "Được thay bằng 4 sao từ 01/06/2026"),
        ),
        strict=True,
    ):
        for word in words:
            assert word in line


def test_linked_data_is_json_that_cannot_end_its_element(client: Client, places: Places) -> None:
    name = 'Mật </script><script>alert("1")</script> & \u2028ong'
    maker = ProducerFactory(name="HTX </script> <!-- A&B", commune=places.here)
    product = recognised(name, producer=maker, commune=places.here, gtin="8938505974194").product
    page = _page(client, "product", product.code)
    data = _linked_data(page)
    assert (data["@type"], data["name"], data["gtin"]) == ("Product", name, "8938505974194")
    assert data["manufacturer"]["name"] == maker.name
    assert data["@id"] == f"http://testserver{reverse('product', args=[product.code])}"
    assert "<script>alert" not in page
    found = _linked_data(_page(client, "producer", maker.code))
    assert (found["@type"], found["name"]) == ("Organization", maker.name)
    assert found["address"]["addressLocality"] == "Xã Đại Xuyên"


@pytest.mark.parametrize(
    "hidden", [{"listed": False}, {"state": ProductState.IDEA}], ids=["unlisted", "idea"]
)
def test_product_not_before_the_public_is_not_found(
    client: Client, places: Places, hidden: dict[str, Any]
) -> None:
    product = recognised("Mật ong", **hidden).product
    assert client.get(reverse("product", args=[product.code])).status_code == 404
    assert _cards(_page(client, "catalogue")) == []


def test_product_only_proposed_is_not_found_though_its_import_is_published(
    client: Client, now: datetime, places: Places
) -> None:
    for name, producer, evidence in (
        ("Mật ong", "HTX Đề nghị", Evidence.B2),
        ("Chè xanh", "HTX Tin báo", Evidence.B1),
    ):
        importing.import_file(
            actor=SYSTEM,
            content=book(HEADING, row(name, producer=producer, address=None)),
            filename="so.xlsx",
            wishes=Wishes(evidence=evidence),
            publish=True,
            at=now,
        )
    statuses = {
        each.name: client.get(reverse("product", args=[each.code])).status_code
        for each in Product.objects.all()
    }
    assert statuses == {"Mật ong": 404, "Chè xanh": 200}
    statuses = {
        each.name: client.get(reverse("producer", args=[each.code])).status_code
        for each in Producer.objects.all()
    }
    assert statuses == {"HTX Đề nghị": 404, "HTX Tin báo": 200}
    assert _cards(_page(client, "catalogue")) == ["Chè xanh"]


def test_code_of_nothing_is_not_found(client: Client, places: Places) -> None:
    for name in ("product", "producer"):
        assert client.get(reverse(name, args=["khongco1"])).status_code == 404


# --- Producer ----------------------------------------------------------------------------------
def test_producer_shows_its_listed_products_and_no_facts_of_persons(
    client: Client, now: datetime, places: Places
) -> None:
    maker = ProducerFactory(
        kind=ProducerKind.HOUSEHOLD,
        tax_code=world.PERSONAL_CODE,
        leader_name="Nguyễn Thị Kín",
        leader_sex="female",
        leader_ethnicity="Mường",
        workers=37,
        lat=20.7,
        lon=105.9,
    )
    recognised("Mật ong", producer=maker)
    recognised("Phấn hoa", producer=maker, stars=5)
    recognised("Sáp ong", producer=maker, listed=False)
    told = (world.PERSONAL_CODE, "Nguyễn Thị Kín", "37")
    page = _page(client, "producer", maker.code)
    assert _cards(page) == ["Phấn hoa", "Mật ong"]
    main = page.split("<main")[1].split("</main")[0]
    assert not [word for word in (*told, "Mường") if f">{word}" in main]
    client.force_login(world.member(now, maker))
    page = _page(client, "producer", maker.code)
    assert _cards(page) == ["Phấn hoa", "Mật ong", "Sáp ong"]
    main = page.split("<main")[1].split("</main")[0]
    assert [word for word in told if f">{word}" in main] == list(told)


def test_producer_not_before_the_public_is_not_found(client: Client, places: Places) -> None:
    maker = ProducerFactory(listed=False)
    assert client.get(reverse("producer", args=[maker.code])).status_code == 404


def test_revenue_of_a_product_is_its_makers(client: Client, now: datetime, places: Places) -> None:
    product = recognised("Mật ong", revenue=987_654_321).product
    assert "987.654.321" not in _page(client, "product", product.code)
    client.force_login(world.member(now, product.producer))
    assert "987.654.321" in _page(client, "product", product.code)


# --- Map ---------------------------------------------------------------------------------------
def _points(page: str) -> list[dict[str, Any]]:
    (text,) = re.findall(r'<script id="diem" type="application/json">(.*?)</script>', page, re.S)
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_map_lists_communes_with_what_holds_in_them(
    client: Client, settings: Any, places: Places
) -> None:
    settings.MAP_TILES = ""
    recognised("Mật ong", commune=places.here)
    recognised("Chè xanh", commune=places.here, sector=Sector.DRINK)
    recognised("Bát gốm", commune=places.there, sector=Sector.HANDICRAFT)
    recognised("Hết hạn", commune=places.there, on=date(2022, 1, 5))
    recognised("Ẩn", commune=places.there, listed=False)
    recognised("Chưa rõ nơi")
    page = _page(client, "map")
    assert "data-tiles" not in page
    points = {point["name"]: point for point in _points(page)}
    assert {name: point["note"][0] for name, point in points.items()} == {
        "Xã Đại Xuyên": "2",
        "Xã Ứng Hòa": "1",
    }
    assert [point["count"] for point in points.values()] == [2, 1]  # how large a dot is
    assert (points["Xã Đại Xuyên"]["lat"], points["Xã Ứng Hòa"]["lat"]) == (20.7, None)
    listed = page.split('aria-label="Danh sách địa điểm"')[1].split("</ul>")[0]
    links = {
        words: html.unescape(address)
        for address, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', listed)
    }
    assert {name: _cards(client.get(link).content.decode()) for name, link in links.items()} == {
        "Xã Đại Xuyên": ["Chè xanh", "Mật ong"],
        "Xã Ứng Hòa": ["Bát gốm"],
    }
    assert listed.count("<button") == 1  # a commune without a place has nothing to show there
    assert "1 sản phẩm chưa xác định được xã, phường hiện nay." in page
    assert [point["name"] for point in _points(_page(client, "map", sector="IV"))] == ["Xã Ứng Hòa"]


def test_map_takes_tiles_where_they_are_set(client: Client, settings: Any, places: Places) -> None:
    settings.MAP_TILES = "https://ban-do.example/{z}/{x}/{y}.png"
    recognised("Mật ong", commune=places.here)
    assert 'data-tiles="https://ban-do.example/{z}/{x}/{y}.png"' in _page(client, "map")


def test_map_of_nothing_says_what_to_do(client: Client, places: Places) -> None:
    page = _page(client, "map", sector="VI")
    assert "Chưa có sản phẩm nào còn hiệu lực ở đây" in page
    assert f'href="{reverse("catalogue")}"' in page
    assert client.get(reverse("map"), {"province": "99"}).status_code == 404


# --- Marks, languages, work --------------------------------------------------------------------
def _addresses(product: Product) -> list[str]:
    return [
        "/",
        reverse("catalogue"),
        reverse("product", args=[product.code]),
        reverse("producer", args=[product.producer.code]),
        reverse("map"),
    ]


def test_every_page_of_a_demonstration_is_marked(
    client: Client, now: datetime, places: Places
) -> None:
    addresses = _addresses(recognised("Mật ong", commune=places.here).product)
    for shown in (False, True):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=shown, at=now)
        marked = ['class="demo"' in client.get(a).content.decode() for a in addresses]
        assert marked == [shown] * len(addresses)


def test_chosen_language_holds_on_every_page(client: Client, places: Places) -> None:
    product = recognised("Mật ong", commune=places.here).product
    addresses = _addresses(product)
    for language, words in (
        ("en", ("Search", "Product", "Valid", "Producer", "Map")),
        ("vi", ("Tìm", "Sản phẩm", "Còn hiệu lực", "Chủ thể", "Bản đồ")),
    ):
        chosen = client.post(reverse("set_language"), {"language": language, "next": addresses[2]})
        assert (chosen.status_code, chosen["Location"]) == (302, addresses[2])
        for address in addresses:
            page = client.get(address).content.decode()
            assert f'<html lang="{language}">' in page
            assert re.search(rf'value="{language}" lang="{language}" aria-pressed="true"', page)
        pages = "".join(client.get(address).content.decode() for address in addresses)
        for word in words:
            assert word in pages
    elsewhere = client.post(
        reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert elsewhere["Location"] == "/"


def test_star_is_told_in_english(client: Client, places: Places) -> None:
    product = recognised("Mật ong", revoked_on=date(2026, 2, 1)).product
    address = reverse("product", args=[product.code])
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    main = page.split("<main")[1].split("</main")[0]
    for vietnamese in ("Bị thu hồi", "Thực phẩm", "Chủ thể", "Lần đầu", "Quyết định", "Căn cứ"):
        assert vietnamese not in main
    assert "Revoked" in main


@pytest.mark.parametrize("place", range(5), ids=["home", "catalogue", "product", "producer", "map"])
def test_three_rows_take_as_many_queries_as_one(
    client: Client, now: datetime, places: Places, place: int
) -> None:
    maker = ProducerFactory(commune=places.here, unit=places.before)
    first = recognised(
        "Mật ong", producer=maker, commune=places.here, unit=places.before, on=date(2025, 1, 6)
    )
    _photograph(first.product, now)
    address = _addresses(first.product)[place]
    counts = []
    for more in (0, 2):
        for number in range(more):
            row = recognised(f"Chè {number}", producer=maker, commune=places.there)
            _photograph(row.product, now)
            recognised(f"Trà {number}", commune=places.here, unit=places.before)
            RecognitionFactory(
                product=first.product,
                on=date(2026, 1 + number, 6),
                kind=Kind.REEVALUATION,
                unit=places.before,
            )
            ProductFactory(producer=maker)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_place_of_recognition_is_that_of_the_ruling_recognition(
    client: Client, places: Places
) -> None:
    """Not the unit in which its producer once was: districts ended on 30/06/2025."""
    product = ProductFactory(commune=places.here, unit=places.before, listed=True)
    said = "khi được công nhận:"
    assert said not in _page(client, "product", product.code)
    RecognitionFactory(product=product, on=date(2026, 11, 20), unit=places.here)
    assert said not in _page(client, "product", product.code)
    other = recognised("Mật ong", commune=places.here, unit=places.before, on=date(2025, 1, 6))
    page = _page(client, "product", other.product.code)
    assert f"{said} {places.before.name}" in page


@pytest.mark.parametrize("sector", ["", "I"])
def test_drawing_is_never_taken_for_the_product(
    client: Client, now: datetime, places: Places, sector: str
) -> None:
    found = recognised("Mật ong", commune=places.here, sector=sector).product
    words = "Tranh vẽ minh họa, không phải ảnh sản phẩm"
    assert words in _page(client, "product", found.code)
    _photograph(found, now)
    assert words not in _page(client, "product", found.code)


@pytest.mark.parametrize("days", [150, 60])
def test_a_valid_star_gives_no_days_of_filing_as_its_reason(
    client: Client, places: Places, days: int
) -> None:
    """Everybody reads that it is valid; 180 to 120 days are its producer's matter (Art. 6)."""
    star = recognised("Mật ong")
    type(star).objects.update(expires_on=timezone.localdate() + timedelta(days=days))
    main = client.get(reverse("product", args=[star.product.code])).content.decode()
    assert "Còn hiệu lực" in main
    assert "nộp hồ sơ từ 180" not in main
