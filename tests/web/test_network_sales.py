"""Sales told by page and phone, and what the pages of points know of each other."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.network.models import SalesPoint, SalesReport
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.products.models import Product
from tests.factories import ProducerFactory, RecognitionFactory, UnitFactory
from tests.network.factories import make_chain, make_keeper, make_line, make_point
from tests.world import person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def signed_in(user: User, now: datetime) -> Client:
    client = Client()
    client.force_login(with_second_factor(user, now))
    return client


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(person(now, Role.PROVINCIAL_OFFICER), now)


@pytest.fixture
def commune() -> Unit:
    return UnitFactory(code="09001", name="Xã Đại Xuyên", lat=20.7, lon=105.9)


@pytest.fixture
def product() -> Product:
    return RecognitionFactory(on=date(2025, 1, 10)).product


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_numbers_of_goods_that_are_not_asked_for_are_not_dropped(
    now: datetime, product: Product
) -> None:
    """A phone fills the page that it kept: the goods on it may be others than those of today."""
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    make_line(product, point=point)
    client = signed_in(keeper, now)
    address = reverse("producer_sales_send", args=[point.code, "2026-10"])
    gone = {"client_id": str(uuid4()), f"quantity_{product.code}": "12", "quantity_zzzzzzzz": "5"}
    refused = client.post(address, gone)
    assert (refused.status_code, "mở lại trang" in refused.json()["message"]) == (409, True)
    assert not SalesReport.objects.exists()
    assert client.post(address, gone | {"quantity_zzzzzzzz": ""}).status_code == 200


def test_refused_number_is_told_with_its_product(now: datetime, product: Product) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    make_line(product, point=point)
    client = signed_in(keeper, now)
    address = reverse("producer_sales_send", args=[point.code, "2026-10"])
    wrong = client.post(address, {"client_id": str(uuid4()), f"amount_{product.code}": "1,5"})
    message = wrong.json()["message"]
    assert f"{product.name}, Tiền (đồng): Hãy nhập một số nguyên" in message
    many = client.post(address, {"client_id": str(uuid4()), f"quantity_{product.code}": "9" * 10})
    assert "không được quá 2.000.000.000" in many.json()["message"]


def test_month_without_goods_is_told_too(now: datetime) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    client = signed_in(keeper, now)
    address = reverse("producer_sales", args=[point.code, "2026-10"])
    page = text(client.get(address))
    assert "chưa bày sản phẩm nào" in page
    assert "Gửi doanh số" in page
    assert client.post(address, {"client_id": uuid4()}).status_code == 302
    assert SalesReport.objects.get().month == date(2026, 10, 1)


@pytest.mark.parametrize("month", ["9999-12", "0001-01"])
def test_month_at_the_end_of_the_calendar_is_no_fault(now: datetime, month: str) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    address = reverse("producer_sales", args=[point.code, month])
    assert signed_in(keeper, now).get(address).status_code in (200, 404)


def test_taking_shared_goods_off_tells_that_they_leave_every_point(
    now: datetime, product: Product
) -> None:
    chain = make_chain()
    point, keeper = make_point(chain=chain), person(now, None)
    make_point(chain=chain, name="Điểm Hai")
    make_keeper(point, keeper)
    make_line(product, chain=chain)
    off = reverse("producer_point_unstock", args=[point.code, product.code])
    assert "rời cả 2 điểm của chuỗi Chuỗi Một" in text(signed_in(keeper, now).get(off))


def test_chain_of_a_point_is_chosen_beforehand(office: Client) -> None:
    point = make_point(chain=make_chain())
    address = reverse("office:point_step", args=[point.code, "chuoi"])
    assert f'value="{point.chain.code}" selected' in text(office.get(address))


@pytest.mark.parametrize(
    "written", ["20.7431, 105.9034", "20,7431; 105,9034", "20,7431, 105,9034", "20.7431 105.9034"]
)
def test_position_is_read_as_people_write_it(office: Client, commune: Unit, written: str) -> None:
    told = {
        "name": "Điểm",
        "place_type": "market",
        "operator": "HTX",
        "address": "Chợ",
        "commune": commune.code,
        "position": written,
    }
    assert office.post(reverse("office:point_new"), told).status_code == 302
    point = SalesPoint.objects.get()
    assert (point.lat, point.lon) == (20.7431, 105.9034)


def test_office_tells_for_a_point_and_sees_who_keeps_it(office: Client) -> None:
    point = make_point(producer=ProducerFactory())
    page = text(office.get(reverse("office:point", args=[point.code])))
    assert "Người của chủ thể ghi hàng và doanh số" in page
    assert "chưa ai ghi" not in page
    assert reverse("producer_point", args=[point.code]) in page


def test_mended_decision_tells_what_stood_before(office: Client) -> None:
    point = make_point()
    step = reverse("office:point_step", args=[point.code, "sua-quyet-dinh"])
    assert point.number in text(office.get(step))
    told = {
        "number": "13/QĐ-UBND",
        "signed_on": "2026-01-16",
        "authority": point.authority,
        "reason": "Ghi nhầm",
    }
    assert office.post(step, told).status_code == 302
    page = text(office.get(reverse("office:point", args=[point.code]), {"tab": "activity"}))
    assert "số quyết định từ “12/QĐ-UBND” thành “13/QĐ-UBND”" in page
    assert "ngày ký từ “15/01/2026” thành “16/01/2026”" in page
    assert "cơ quan ban hành từ" not in page
