"""Entering a decision in the office: the level is chosen, and must be able to give the star."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.recognition.models import Decision, Kind, Recognition
from tests.factories import ProducerFactory, ProductFactory
from tests.world import person, recognised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def enter(client: Client, lines: str, **more: str) -> str:
    told = {
        "number": "3981/QĐ-UBND",
        "signed_on": "2026-08-05",
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
        "kind": Kind.FIRST,
        "lines": lines,
        "publish": "on",
        **more,
    }
    answer = client.post(reverse("office:decision_new"), told, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_decision_is_entered_with_all_its_products(officer: Client) -> None:
    tea, honey = ProductFactory(name="Chè"), recognised("Mật ong", stars=3).product
    register = officer.get(reverse("office:register")).content.decode()
    assert reverse("office:decision_new") in register
    page = enter(officer, f"{tea.code}; 3 sao\n\n{honey.code}\t4\tnâng hạng\n")
    assert "Đã ghi quyết định 3981/QĐ-UBND với 2 sản phẩm" in page
    decision = Decision.objects.get(number="3981/QĐ-UBND", signed_on=date(2026, 8, 5))
    made = Recognition.objects.filter(decision=decision).order_by("stars")
    assert [(r.stars, r.kind) for r in made] == [(3, Kind.FIRST), (4, Kind.UPGRADE)]


@pytest.mark.parametrize(
    ("level", "authority", "number", "stars", "words"),
    [
        ("province", "UBND tỉnh Lâm Đồng", "9/QĐ-UBND", 5, "do trung ương công nhận"),
        ("district", "UBND huyện Hoài Đức", "9/QĐ-UBND", 3, "do cấp tỉnh công nhận"),
        ("centre", "Bộ Nông nghiệp và Môi trường", "9/QĐ-BNNMT", 4, "do cấp tỉnh công nhận"),
        ("centre", "UBND thành phố Hà Nội", "9/QĐ-UBND", 5, "thuộc cấp tỉnh, không phải trung"),
        ("centre", "Bộ", "9/QĐ-UBND", 5, "là của Ủy ban nhân dân, không phải trung ương"),
    ],
)
def test_star_beyond_the_level_is_refused_at_the_level(
    officer: Client, level: str, authority: str, number: str, stars: int, words: str
) -> None:
    product = ProductFactory()
    line = f"{product.code}; {stars}"
    page = enter(officer, line, level=level, authority=authority, number=number)
    assert words in page
    assert "Cấp huyện: 3 sao, chỉ đến hết ngày 30/6/2025" in page
    assert not Recognition.objects.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("KHONGCO1; 3", "Dòng 1: không có sản phẩm mang mã hoặc tên “KHONGCO1”"),
        ("{code}; 7", "Dòng 1: hãy ghi mã sản phẩm"),
        ("{code}", "Dòng 1: hãy ghi mã sản phẩm"),
        ("{code}; 3; khác", "Dòng 1: hãy ghi mã sản phẩm"),
    ],
)
def test_line_that_cannot_be_read_is_told(officer: Client, line: str, words: str) -> None:
    assert words in enter(officer, line.format(code=ProductFactory().code))
    assert not Recognition.objects.exists()


def test_only_the_office_enters_decisions(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.AUDITOR))
    assert client.get(reverse("office:decision_new")).status_code == 403
    page = client.get(reverse("office:register")).content.decode()
    assert reverse("office:decision_new") not in page


def test_star_puts_its_product_into_the_programme_and_says_so(officer: Client) -> None:
    """A product with a star that is in no list of the programme would be lost."""
    farm, tea = ProductFactory(name="Rau sạch", in_ocop=False), ProductFactory(name="Chè")
    page = enter(officer, f"{farm.code}; 3\n{tea.code}; 3")
    assert "nay được ghi tham gia: Rau sạch." in page
    farm.refresh_from_db()
    assert farm.in_ocop
    assert "Rau sạch" in officer.get(reverse("catalogue")).content.decode()
    for product, told in ((farm, True), (tea, False)):
        address = reverse("office:product", args=[product.code]) + "?tab=activity"
        shown = officer.get(address).content.decode()
        assert ("Đưa vào Chương trình OCOP vì được công nhận" in shown) is told


def _paper(**more: object) -> dict[str, object]:
    return {
        "number": "3981/QĐ-UBND",
        "signed_on": "2026-08-05",
        "authority": "UBND thành phố Hà Nội",
        "level": "province",
        "kind": Kind.FIRST,
        "lines": "",
        **more,
    }


def test_products_are_named_as_lists_of_offices_name_them(officer: Client) -> None:
    """Pasted from a table: number of the row, product, producer, star."""
    honey, tea, rice = (
        ProductFactory(name=name, producer=ProducerFactory(name=maker))
        for name, maker in (
            ("Mật ong", "HTX Ong Vàng"),
            ("Chè xanh", "Hộ bà Lan"),
            ("Gạo", "Xưởng"),
        )
    )
    lines = f"1\tMật ong\tHTX Ong Vàng\t4\n2\tchè XANH\thộ bà lan\t3 sao\nGạo; 3*\n{tea.code}; x"
    assert "Dòng 4: hãy ghi mã sản phẩm" in enter(officer, lines)
    page = enter(officer, lines.rpartition("\n")[0])
    assert "với 3 sản phẩm" in page
    stars = dict(Recognition.objects.values_list("product", "stars"))
    assert stars == {honey.pk: 4, tea.pk: 3, rice.pk: 3}


def test_name_of_several_products_is_refused_with_them(officer: Client) -> None:
    first, second = (
        ProductFactory(name="Mật ong", producer=ProducerFactory(name=f"HTX {n}")) for n in "AB"
    )
    page = enter(officer, "Mật ong; 3")
    assert f"“Mật ong” có thể là Mật ong (HTX A): {first.code}" in page
    assert f"Mật ong (HTX B): {second.code}. Hãy ghi mã" in page
    assert "mang mã hoặc tên “Mật ong; HTX C”" in enter(officer, "Mật ong; HTX C; 3")
    assert not Recognition.objects.exists()


def test_forty_products_are_looked_up_marked_and_entered_in_four_steps(officer: Client) -> None:
    maker = ProducerFactory(name="HTX Ong Vàng")
    made = [ProductFactory(name=f"Mật ong số {n}", producer=maker) for n in range(40)]
    other = ProductFactory(name="Chè xanh")
    address = reverse("office:decision_new")
    typed = _paper(find="ong vang", publish="on")
    page = officer.post(address, typed).content.decode()  # Enter in the box looks up
    assert page.count('name="picked"') == 40
    assert other.code not in page
    assert 'value="3981/QĐ-UBND"' in page  # what was typed stays, and is not judged
    assert "Chưa gửi được" not in page
    codes = [product.code for product in made]
    marked = {**typed, "add": "1", "star": "4", "picked": codes[:30]}
    page = officer.post(address, marked).content.decode()
    lines = _lines_in(page)
    assert lines.count("\n") == 29
    assert page.count('name="picked"') == 10  # what is in the lines is not offered again
    assert "Mật ong số 3; HTX Ong Vàng; 4" in lines
    marked = {**typed, "lines": lines, "add": "1", "star": "3", "picked": codes[30:]}
    raised = officer.post(address, {**marked, "picked_kind": Kind.UPGRADE}).content.decode()
    assert "Mật ong số 39; HTX Ong Vàng; 3; Nâng hạng" in _lines_in(raised)
    lines = _lines_in(officer.post(address, marked).content.decode())
    assert not Recognition.objects.exists()
    answer = officer.post(address, _paper(lines=lines, publish="on"), follow=True)
    assert "với 40 sản phẩm" in answer.content.decode()
    assert Recognition.objects.filter(stars=4, kind=Kind.FIRST).count() == 30
    assert Recognition.objects.filter(stars=3, kind=Kind.FIRST).count() == 10


def test_marked_product_that_its_names_do_not_tell_is_written_by_its_code(
    officer: Client,
) -> None:
    twins = [ProductFactory(name="Gạo", producer=ProducerFactory(name="Hộ A")) for _n in range(2)]
    codes = [product.code for product in twins]
    marked = _paper(find="gao", add="1", star="3", picked=codes)
    lines = _lines_in(officer.post(reverse("office:decision_new"), marked).content.decode())
    assert sorted(lines.splitlines()) == sorted(f"{code}; 3" for code in codes)


def test_looking_for_nothing_known_says_so(officer: Client) -> None:
    page = officer.post(reverse("office:decision_new"), _paper(find="không có")).content.decode()
    assert "Không có sản phẩm nào khớp “không có”" in page


def _lines_in(page: str) -> str:
    found = re.search(r"<textarea[^>]*name=\"lines\"[^>]*>\s*(.*?)</textarea>", page, re.S)
    assert found is not None
    return html.unescape(found[1])
