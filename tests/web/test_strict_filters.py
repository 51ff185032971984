"""A slip in an address never gives the whole list: the page says what it does not understand."""

import html
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.people.roles import Role
from tests import world
from tests.factories import RegistrationFactory
from tests.world import Places, person, recognised

pytestmark = pytest.mark.django_db
TOLD = "Có bộ lọc không hiểu được nên không hiển thị dòng nào"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture(autouse=True)
def places(now: datetime) -> Places:
    found = world.build_places(now)
    recognised("Mật ong", commune=found.here)
    RegistrationFactory(unit=found.before, product_name="Mật ong đăng ký")
    return found


@pytest.fixture
def auditor(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.AUDITOR))


def _page(client: Client, name: str, **query: str) -> tuple[int, str]:
    answer = client.get(reverse(name), query)
    return answer.status_code, html.unescape(answer.content.decode())


OFFICE = [
    ("office:register", {"sector": "XX"}, "Ngành"),
    ("office:register", {"star": "9"}, "star"),
    ("office:register", {"rank": "9"}, "Hạng sao"),
    ("office:register", {"unit": "abc"}, "Địa bàn"),
    ("office:register", {"year": "abc"}, "Năm công nhận"),
    ("office:register", {"state": "valid", "sector": "XX"}, "Ngành"),
    ("office:products", {"province": "xx"}, "Tỉnh, thành phố"),
    ("office:products", {"valid": "maybe"}, "Còn hiệu lực hôm nay"),
    ("office:producers", {"kind": "xx"}, "Loại chủ thể"),
    ("office:registrations", {"kind": "xx"}, "Hình thức"),
    ("office:units", {"on": "hôm qua"}, "Có vào ngày"),
    ("office:units", {"level": "xx"}, "Cấp"),
    ("office:expiry", {"start": "xx"}, "Hết hạn từ ngày"),
    ("office:expiry", {"star": "9"}, "star"),
    ("office:radar", {"rank": "9"}, "Hạng sao"),
    ("office:radar", {"place": "77777777"}, "Xã, phường"),
    ("office:radar", {"producer": "khongco"}, "Chủ thể"),
    ("office:radar", {"by": "hoa"}, "hoa"),
    ("administration:accounts", {"role": "xx"}, "Vai trò"),
    ("administration:log", {"actor_id": "xx"}, "Số tài khoản"),
]


@pytest.mark.whole
@pytest.mark.parametrize(("name", "query", "words"), OFFICE)
def test_table_says_which_filter_it_does_not_understand(
    client: Client, auditor: None, name: str, query: dict[str, str], words: str
) -> None:
    status, page = _page(client, name, **query)
    assert status == 200
    assert TOLD in page
    assert words in page.partition(TOLD)[2].partition("</ul>")[0]
    assert "<tbody" not in page
    assert "Mật ong" not in page


@pytest.mark.whole
@pytest.mark.parametrize(("name", "query", "words"), [r for r in OFFICE if "expiry" not in r[0]])
def test_no_workbook_is_made_of_what_is_not_understood(
    client: Client, auditor: None, name: str, query: dict[str, str], words: str
) -> None:
    answer = client.get(reverse(name), {**query, "format": "xlsx"})
    assert answer["Content-Type"].startswith("text/html")
    assert TOLD in answer.content.decode()


def test_letters_are_not_written_for_days_that_are_not_understood(
    client: Client, auditor: None
) -> None:
    answer = client.get(reverse("office:expiry_letters", args=["xlsx"]), {"start": "xx"})
    assert answer.status_code == 409
    assert "Hết hạn từ ngày" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("catalogue", {"sector": "XX"}),
        ("catalogue", {"unit": "abc"}),
        ("catalogue", {"q": "mật", "rank": "9"}),
        ("map", {"sector": "XX"}),
    ],
)
def test_public_lists_say_so_too(client: Client, name: str, query: dict[str, str]) -> None:
    status, page = _page(client, name, **query)
    assert status == 200
    assert TOLD in page
    assert "Mật ong" not in page
    assert "Xã Đại Xuyên" not in page.partition(TOLD)[2].partition("<footer")[0]


@pytest.mark.whole
@pytest.mark.parametrize("name", ["ref", "mibextid", "gad_source", "lang", "foo", "fbclid", "star"])
@pytest.mark.parametrize(
    ("page_of", "args", "shown"),
    [
        ("catalogue", (), "Mật ong"),
        ("map", (), "Xã Đại Xuyên"),
        ("progress", (), "Đã đánh giá, phân hạng 1 sản phẩm"),
        ("figures_definitions", (), "<h1"),
        ("figures_list", ("da-danh-gia",), "Mật ong"),
    ],
)
def test_what_senders_of_links_append_is_passed_over(
    client: Client, page_of: str, args: tuple[str, ...], shown: str, name: str
) -> None:
    address = reverse(page_of, args=args)
    plain = client.get(address).content.decode()
    answer = client.get(address, {name: "zalo"})
    assert answer.status_code == 200
    told = html.unescape(answer.content.decode())
    assert TOLD not in told
    assert shown in told
    assert told.count("<tr") == plain.count("<tr")


def test_office_and_programs_are_told_of_names_that_are_no_filter(
    client: Client, auditor: None
) -> None:
    _status, page = _page(client, "office:products", ref="zalo")
    assert TOLD in page
    assert client.get("/api/v1/products?ref=zalo").status_code == 422


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"sector": "XX"}, 200, "XX"),
        ({"commune_now": "abc"}, 200, "abc"),
    ],
)
def test_list_behind_a_number_names_what_it_does_not_understand(
    client: Client, query: dict[str, str], status: int, words: str
) -> None:
    address = reverse("figures_list", args=["da-danh-gia"])
    assert "Mật ong" in client.get(address).content.decode()
    answer = client.get(address, query)
    assert answer.status_code == status
    told = html.unescape(answer.content.decode())
    assert words in told
    assert "Mật ong" not in told
