"""Selling online on pages: a producer links, tells and prepares, the office looks on, the public
buys."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.market.models import LinkState, OnlineReport, SellerList, ShopLink
from ocop.market.verdicts import Reason
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.products.models import Product
from tests.factories import RecognitionFactory
from tests.market.factories import check, make_link, make_report, starred
from tests.world import member, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def product() -> Product:
    return starred()


@pytest.fixture
def own(now: datetime, product: Product) -> Client:
    return signed_in(member(now, product.producer))


@pytest.fixture
def office(now: datetime) -> Client:
    return signed_in(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))


def page(client: Client, name: str, *arguments: object, **query: str) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def send(client: Client, name: str, /, *arguments: object, **told: object) -> str:
    """What the page says when it refuses; "" where it went on."""
    answer = client.post(reverse(name, args=arguments), told)
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_producer_links_a_product_and_the_public_buys(
    own: Client, product: Product, client: Client, now: datetime
) -> None:
    maker = product.producer.code
    refused = send(own, "producer_link_new", maker, product.code, address="http://10.0.0.1/")
    assert "Hãy dùng tên miền của gian hàng" in refused
    assert not send(own, "producer_link_new", maker, product.code, address="shopee.vn/htx/com")
    link = ShopLink.objects.get()
    assert "Chờ kiểm tra" in page(own, "producer_seller", maker)
    assert product.name not in page(client, "buy_online")
    check(link, Reason.OK, now, 200)
    bought = '<a class="btn small" href="https://shopee.vn/htx/com" rel="nofollow noopener">Shopee'
    assert bought in page(client, "buy_online")
    assert bought in page(client, "product", product.code)


def test_a_producer_changes_checks_again_and_takes_away(
    own: Client, product: Product, now: datetime
) -> None:
    link = make_link(product, check_from=now + timedelta(days=5))
    assert not send(own, "producer_link_check", link.code)
    link.refresh_from_db()
    assert link.check_from == now
    assert not send(own, "producer_link_change", link.code, address="https://htx.vn/moi")
    other = ShopLink.objects.get(ends_on=None)
    assert send(own, "producer_link_close", other.code, reason=" ")
    assert not send(own, "producer_link_close", other.code, reason="Đóng gian hàng")
    assert not ShopLink.objects.filter(ends_on=None).exists()


def test_a_star_that_ended_takes_the_product_off_the_public_pages_the_same_day(
    client: Client, now: datetime
) -> None:
    star = RecognitionFactory(on=date(2023, 11, 23))
    make_link(star.product, address="https://shopee.vn/com")
    assert star.product.name in page(client, "buy_online")
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert star.product.name not in page(client, "buy_online")
        assert "shopee.vn/com" not in page(client, "product", star.product.code)


def test_a_quarter_is_told_and_the_office_reads_its_share(
    own: Client, office: Client, product: Product
) -> None:
    maker = product.producer.code
    make_link(product)
    assert "Ghi doanh thu quý 3/2026" in page(own, "producer_online")
    more = send(own, "producer_online_sales", maker, "2026-q3", total="10", online="11")
    assert "không thể nhiều hơn tổng doanh thu" in more
    assert not send(
        own, "producer_online_sales", maker, "2026-q3", total="80.000.000", online="20.000.000"
    )
    assert OnlineReport.objects.get().online == 20_000_000
    assert "25,0 %" in page(office, "office:online_sales")
    assert "25,0 %" in page(office, "office:sellers", told="yes")
    assert "25,0 %" in page(office, "office:seller", maker)
    for quarter in ("2026-q4", "2024-q1", "quy-ba"):
        address = reverse("producer_online_sales", args=[maker, quarter])
        assert own.get(address).status_code == 404


def test_what_is_ready_is_answered_bit_by_bit(
    own: Client, office: Client, product: Product
) -> None:
    maker = product.producer.code
    assert not send(own, "producer_online_list", maker, licence="yes", price="no", note="Chờ in")
    assert SellerList.objects.get().answers == {"licence": "yes", "price": "no"}
    assert "Đã có 1/14 mục" in page(own, "producer_seller", maker)
    assert "Chờ in" in page(office, "office:seller", maker)


def test_the_office_sees_why_a_link_is_dead_and_takes_it_away(
    office: Client, product: Product, now: datetime
) -> None:
    link = make_link(product)
    check(link, Reason.GONE, now, 404)
    assert "liên kết bán hàng không mở được" in page(office, "office:home")
    listed = page(office, "office:links", state="dead", ended="no")
    assert product.name in listed
    assert "Trang không còn" in page(office, "office:link", link.code)
    assert not send(office, "office:link_step", link.code, "go", reason="Gian hàng đã đóng")
    assert "Đã gỡ" in page(office, "office:link", link.code)
    assert office.get(reverse("office:link_step", args=[link.code, "x"])).status_code == 404


def test_marketplaces_are_listed_without_those_of_the_demonstration(office: Client) -> None:
    told = page(office, "office:marketplaces")
    assert "shopee.vn" in told
    assert "đã đóng, ngày cuối 17/12/2019" in told
    assert "san-mau.example" not in told


def test_the_public_list_is_narrowed(client: Client, product: Product) -> None:
    make_link(product)
    other = starred()
    make_link(other, host="htx.vn", marketplace="")
    assert other.name not in page(client, "buy_online", place="shopee")
    assert product.name not in page(client, "buy_online", place="site")
    assert product.name in page(client, "buy_online", q=product.name)
    assert "Không có sản phẩm nào khớp" in page(client, "buy_online", sector="VI")


@pytest.mark.parametrize("name", ["buy_online", "office:links", "office:sellers"])
def test_lists_ask_as_often_for_three_rows_as_for_one(
    name: str, office: Client, now: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(office, name)
        return len(asked)

    def row() -> None:
        link = make_link(state=LinkState.UNSURE, reason="home")
        make_report(Producer.objects.get(pk=link.product.producer_id), date(2026, 7, 1), 9, 1)

    row()
    page(office, name)
    one = queries()
    row()
    row()
    assert queries() == one
