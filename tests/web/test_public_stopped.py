"""What is not made any more is told to the public, though its star holds on."""

from datetime import date, datetime

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.producers import services as producers
from ocop.products import services as products
from tests.world import Places, build_places, person, recognised, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


def _main(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.partition("<main")[2].partition("</main")[0]


def test_stopped_product_is_told_on_its_page_and_its_card(
    client: Client, now: datetime, places: Places
) -> None:
    found = recognised("Mật ong", commune=places.here).product
    address = f"/san-pham/{found.code}/"
    told = ("ngừng sản xuất", address, "/san-pham/", f"/chu-the/{found.producer.code}/")
    assert [path for path in told[1:] if told[0] in _main(client, path)] == []
    products.stop_product(actor=SYSTEM, product=found, reason="Hết mùa", at=now)
    assert [path for path in told[1:] if told[0] in _main(client, path)] == list(told[1:])


def test_stopped_producer_is_told_on_its_page_and_its_products(
    client: Client, now: datetime, places: Places
) -> None:
    found = recognised("Mật ong", commune=places.here).product
    producers.stop_producer(
        actor=SYSTEM,
        producer=found.producer,
        stopped_on=date(2026, 10, 1),
        reason="Giải thể",
        at=now,
    )
    words = "Chủ thể đã ngừng hoạt động từ ngày 01/10/2026"
    for address in (f"/chu-the/{found.producer.code}/", f"/san-pham/{found.code}/"):
        assert words in _main(client, address)
    assert "Đã ngừng sản xuất" in _main(client, "/san-pham/")


def test_office_is_offered_no_new_product_of_a_stopped_producer(
    client: Client, now: datetime, places: Places
) -> None:
    maker = recognised("Mật ong", commune=places.here).product.producer
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    page = f"/dieu-hanh/chu-the/{maker.code}/"
    assert "Thêm sản phẩm" in client.get(page).content.decode()
    producers.stop_producer(
        actor=SYSTEM, producer=maker, stopped_on=now.date(), reason="Giải thể", at=now
    )
    assert "Thêm sản phẩm" not in client.get(page).content.decode()
