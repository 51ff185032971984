"""The radar's page: numbers that are links, filters that stay, and papers of what is shown."""

import html
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.api.urls import v1
from ocop.people.roles import Role
from ocop.products.models import Sector
from tests.world import Places, build_places, person, recognised

pytestmark = pytest.mark.django_db
assert v1  # describes the filters when it is read, as in a running system
RADAR = "/dieu-hanh/het-han/"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):  # 23/11/2026
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def auditor(client: Client, now: datetime, places: Places) -> None:
    client.force_login(person(now, Role.AUDITOR))


def _ends(name: str, day: date, **more: Any) -> None:
    recognised(name, on=day.replace(year=day.year - 3), **more)


@pytest.fixture
def varied(places: Places) -> None:
    _ends("Chè", date(2027, 1, 5), commune=places.here, sector=Sector.DRINK)
    _ends("Gạo", date(2027, 1, 9), commune=places.there)
    _ends("Nấm", date(2027, 4, 30), commune=places.there)
    _ends("Giò", date(2026, 8, 1), commune=places.here)
    _ends("Mây", date(2024, 8, 1), commune=places.here)


def _page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _links(page: str) -> list[tuple[str, int]]:
    """Every number in the table and the tiles, with its address."""
    inside = page[page.index('<div class="figures">') : page.index("</tfoot>")]
    found = re.findall(r'<a href="([^"]*danh-sach[^"]*)">([\d.]+)</a>', inside)
    return [(link, int(count)) for link, count in found]


def _products(page: str) -> int:
    return len(re.findall(r"/dieu-hanh/san-pham/\w+/", page))


@pytest.mark.whole
@pytest.mark.usefixtures("auditor", "varied")
@pytest.mark.parametrize("by", ["commune", "sector", "rank", "producer"])
@pytest.mark.parametrize("more", [{}, {"sector": "I"}, {"end": "2027-02-01"}])
def test_every_number_of_the_page_leads_to_as_many_rows(
    client: Client, by: str, more: dict[str, str]
) -> None:
    links = _links(_page(client, RADAR, by=by, **more))
    assert len(links) > 6
    for link, count in links:
        assert _products(_page(client, link)) == count


@pytest.mark.usefixtures("auditor", "varied")
def test_four_counts_say_who_can_file_who_missed_it_and_who_is_out(client: Client) -> None:
    page = _page(client, RADAR)
    tiles = re.findall(r'<div class="figure"><b><a[^>]*>([\d.]+)</a></b>', page)
    assert tiles == ["1", "2", "1", "1"]
    assert "chưa xác nhận" in page


@pytest.mark.usefixtures("auditor", "varied")
def test_switch_and_tabs_keep_the_filters(client: Client) -> None:
    page = _page(client, RADAR, sector="II", by="rank")
    assert f'href="{RADAR}?sector=II&by=producer"' in page
    assert f'href="{RADAR}danh-sach/?sector=II"' in page
    assert '<input type="hidden" name="by" value="rank">' in page
    assert "Ngành: <b>Đồ uống</b>" in page


@pytest.mark.usefixtures("auditor", "varied")
def test_workbook_and_pdf_hold_exactly_what_is_shown(client: Client) -> None:
    answer = client.get(RADAR, {"sector": "I", "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    lines = [[c for c in line if c is not None] for line in sheet.iter_rows(values_only=True)]
    assert any("Ngành: Thực phẩm" in str(line[0]) for line in lines if line)
    heading = next(n for n, line in enumerate(lines) if len(line) > 10)
    assert lines[heading][:4] == ["Xã, phường", "Đã qua", "11/2026", "12/2026"]
    assert lines[heading][-2:] == ["11/2027", "Cộng"]
    assert [(line[0], line[1], line[4], line[-1]) for line in lines[heading + 1 :]] == [
        ("Xã Đại Xuyên", 2, 0, 2),
        ("Xã Ứng Hòa", 0, 1, 2),
        ("Cộng", 2, 1, 4),
    ]
    answer = client.get(RADAR, {"sector": "I", "format": "pdf"})
    with pypdfium2.PdfDocument(answer.content) as document:
        text = document[0].get_textpage().get_text_range().replace("\r\n", " ")
    assert "Xã Đại Xuyên" in text
    assert "Thực phẩm" in text


def test_producers_are_shown_page_by_page_and_summed_over_all(
    client: Client, auditor: None, places: Places
) -> None:
    for number in range(62):
        _ends(f"Trà {number:02}", date(2027, 3, 1), commune=places.here)
    page = _page(client, RADAR, by="producer")
    assert page.count('<th scope="row">HTX') == 60
    assert re.search(r"<tfoot>.*>62</a></td></tr></tfoot>", page)
    assert "Trang 1 trên 2" in page
    assert _page(client, RADAR, by="producer", page="2").count('<th scope="row">HTX') == 2


def test_officer_sees_the_own_commune_in_every_number(
    client: Client, now: datetime, places: Places, varied: None
) -> None:
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    page = _page(client, RADAR)
    assert ">Xã Ứng Hòa</th>" not in page
    assert max(count for _link, count in _links(page)) == 3
    sheet = client.get(reverse("office:expiry_letters", args=["xlsx"]))
    cells = openpyxl.load_workbook(io.BytesIO(sheet.content)).worksheets[0].values
    assert {line[1] for line in cells} >= {"Chè", "Giò", "Mây"}


def test_list_of_many_communes_reads_the_rows_of_its_page_only(
    client: Client, auditor: None, places: Places
) -> None:
    from tests.factories import UnitFactory

    for number in range(23):
        unit = UnitFactory(name=f"Xã {number:02}", parent=places.province)
        _ends(f"Trà {number:02}", date(2027, 3, 1), commune=unit)
    address = reverse("office:expiry")
    assert _products(_page(client, address)) == 20
    assert "Trà 22" in _page(client, address, page="2")
    assert "23 sản phẩm" in _page(client, address)


def test_radar_of_many_lines_takes_as_many_queries_as_one(
    client: Client, auditor: None, places: Places
) -> None:
    counts = []
    for more in (1, 4):
        for number in range(more):
            _ends(f"Trà {more} {number}", date(2027, 3, 1), commune=places.here)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            _page(client, RADAR, by="producer")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


# --- The council's work to come ------------------------------------------------------------------
OUTLOOK = f"{RADAR}khoi-luong/"


@pytest.mark.usefixtures("auditor", "varied")
def test_forecast_tells_its_windows_with_the_lists_behind_them(client: Client) -> None:
    page = _page(client, OUTLOOK)
    windows = re.findall(r'<a href="([^"]*start=[^"]*)">(\d+)</a>', page)
    assert [count for _link, count in windows] == ["1"]  # Nấm: its last day is 31/12/2026
    for link, count in windows:
        assert _products(_page(client, link)) == int(count)
    assert re.search(r">2</a> sản phẩm đã quá hạn nộp", page)
    assert 'role="img"' in page
    assert "<desc" in page
    assert "Xem bảng số liệu" in page


@pytest.mark.usefixtures("auditor", "varied")
def test_forecast_as_a_workbook_sums_what_the_page_sums(client: Client) -> None:
    answer = client.get(OUTLOOK, {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    lines = list(sheet.values)
    assert lines[-1][0] == "Cộng"
    assert lines[-1][3] == pytest.approx(1)
    assert [line[0] for line in lines[-14:-1]] == [
        *("11/2026", "12/2026"),
        *(f"{month:02}/2027" for month in range(1, 12)),
    ]


def test_forecast_is_not_for_an_officer_of_a_commune(
    client: Client, now: datetime, places: Places
) -> None:
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    assert client.get(OUTLOOK).status_code == 403
    assert OUTLOOK not in _page(client, RADAR)
