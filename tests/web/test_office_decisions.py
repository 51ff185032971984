"""Entering a decision in the office: the level is chosen, and must be able to give the star."""

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
from tests.factories import ProductFactory
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
        ("KHONGCO1; 3", "Dòng 1: không có sản phẩm mang mã “KHONGCO1”"),
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
