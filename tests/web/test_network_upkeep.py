"""What the office and keepers look after at points: photographs, chains, goods without a star, and
who has not told the sales of a month."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.network import place_types
from ocop.network.models import SalesReport
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.products.models import Product
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.network.factories import (
    make_application,
    make_chain,
    make_keeper,
    make_key_good,
    make_line,
    make_point,
    picture,
)
from tests.world import member, person, with_second_factor

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
def product() -> Product:
    return RecognitionFactory(on=date(2025, 1, 10)).product


def text(answer: Any) -> str:
    return str(answer.content.decode())


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", picture(), "image/png")


def test_visit_keeps_photographs_that_the_public_does_not_see(
    now: datetime, office: Client
) -> None:
    point = make_point()
    answers = {f"check_{key}": "yes" for key in place_types.checks_for(point.place_type)}
    step = reverse("office:point_step", args=[point.code, "tham-dinh"])
    told = {"visited_on": now.date(), "photos": [upload()], **answers}
    assert office.post(step, told).status_code == 302
    photo = point.visits.get().photos.get()
    page = text(office.get(reverse("office:point", args=[point.code])))
    address = reverse("office:point_photo", args=[point.code, photo.pk])
    assert address in page
    shown = office.get(address)
    assert shown["Content-Type"] == "image/png"
    assert shown.getvalue()
    assert Client().get(reverse("shop_photo", args=[point.code, photo.pk])).status_code == 404
    away = reverse("office:point_photo_remove", args=[point.code, photo.pk])
    assert office.get(away).status_code == 404  # it is the proof of the visit
    wrong = {"visited_on": now.date(), "photos": [SimpleUploadedFile("a.png", b"no")], **answers}
    assert office.post(step, wrong).status_code == 200
    assert point.visits.count() == 1  # nothing of it


def test_keeper_adds_a_photograph_and_the_office_takes_it_off(
    now: datetime, office: Client
) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    counter = signed_in(keeper, now)
    new = reverse("producer_point_photo_new", args=[point.code])
    assert counter.get(new).status_code == 200
    assert counter.post(new, {"photo": upload(), "caption": "  "}).status_code == 200
    assert not point.photos.exists()
    assert counter.post(new, {"photo": upload(), "caption": "Mặt tiền"}).status_code == 302
    photo = point.photos.get()
    assert "Mặt tiền" in text(Client().get(reverse("shop", args=[point.code])))
    away = reverse("office:point_photo_remove", args=[point.code, photo.pk])
    assert "rời trang công khai" in text(office.get(away))
    assert office.post(away, {"reason": "Ảnh mờ"}).status_code == 302
    assert not point.photos.exists()
    counter.post(new, {"photo": upload(), "caption": "Mặt tiền"})
    own = reverse("producer_point_photo_remove", args=[point.code, point.photos.get().pk])
    assert counter.get(own).status_code == 200
    assert counter.post(own, {"reason": "Ảnh cũ"}).status_code == 302
    assert not point.photos.exists()


def test_producer_follows_the_own_application(now: datetime) -> None:
    maker = ProducerFactory()
    point = make_application(producer=maker)
    client = signed_in(member(now, maker), now)
    page = text(client.get(reverse("producer_point", args=[point.code])))
    assert "Chờ thẩm định" in page
    assert "Bày thêm sản phẩm" not in page
    assert "Thêm ảnh" in page
    stranger = signed_in(person(now, None), now)
    assert stranger.get(reverse("producer_point", args=[point.code])).status_code == 404


def test_extended_star_is_not_shown_as_overdue(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 9, 1), extended_until=date(2027, 1, 31))
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    make_line(row.product, point=point)
    page = text(signed_in(keeper, now).get(reverse("producer_point", args=[point.code])))
    assert "31/01/2027" in page
    assert "quá hạn" not in page


def test_points_are_found_by_what_they_still_have_to_do(
    now: datetime, office: Client, product: Product
) -> None:
    late, told, bare = (make_point(name=f"Điểm {word}") for word in ("Trễ", "Đủ", "Trống"))
    make_point(name="Điểm Đóng", state="closed", closed_on=date(2026, 2, 1))
    make_line(RecognitionFactory(on=date(2020, 1, 10)).product, point=late)
    make_line(product, point=told)
    make_keeper(told, person(now, None))
    SalesReport.objects.create(point=told, month=date(2026, 10, 1), client_id="0" * 32, sent_at=now)

    def names(**asked: str) -> set[str]:
        answer = office.get(reverse("office:points"), asked)
        return {row.record.name for row in answer.context["table"].rows}

    assert names(told="no") == {late.name, bare.name}
    assert names(told="yes") == {told.name}
    assert names(shelf="gone") == {late.name}
    assert names(shelf="none") == {bare.name}
    assert names(keeper="yes") == {told.name}
    assert names(keeper="no") == {late.name, bare.name}


def test_shared_goods_that_may_not_stand_are_found_at_all_points_of_the_chain(
    office: Client,
) -> None:
    chain, apart = make_chain(), make_chain(name="B", folded="b", shared_stock=False)
    one, two = make_point(chain=chain), make_point(chain=chain)
    alone = make_point(chain=apart)
    gone = RecognitionFactory(on=date(2020, 1, 10)).product
    make_line(gone, chain=chain)
    make_line(gone, chain=apart)
    answer = office.get(reverse("office:points"), {"shelf": "gone"})
    assert {row.record for row in answer.context["table"].rows} == {one, two}
    answer = office.get(reverse("office:points"), {"shelf": "none"})
    assert {row.record for row in answer.context["table"].rows} == {alone}


def test_sales_are_narrowed_by_time_place_and_words(
    now: datetime, office: Client, product: Product
) -> None:
    point = make_point(place_type="post")
    for month in (date(2026, 9, 1), date(2026, 10, 1), date(2025, 10, 1)):
        report = SalesReport.objects.create(
            point=point, month=month, client_id=f"{month:%Y%m}" + "0" * 26, sent_at=now
        )
        report.sales.create(product=product, quantity=5, amount=100)

    def packs(**asked: str) -> list[int]:
        answer = office.get(reverse("office:point_sales"), asked)
        return [row.record["packs"] for row in answer.context["table"].rows]

    assert packs() == [10]  # of twelve months
    assert packs(since="2026-10-15") == [5]
    assert packs(until="2026-09-30") == [10]  # the twelve months until then
    assert packs(place_type="market") == []
    assert packs(q=product.name) == [10]
    assert packs(q="không có") == []
    page = text(office.get(reverse("office:point_sales")))
    assert "Từ tháng 12/2025 đến tháng 11/2026" in page
    assert f"{reverse('office:points')}?told=no" in page
    assert packs(since="hôm qua") == []
    assert packs(until="0001-01-01") == []


def test_chain_is_found_and_changed(office: Client) -> None:
    chain = make_chain()
    assert chain.name in text(office.get(reverse("office:chains"), {"q": "mot"}))
    assert chain.name not in text(office.get(reverse("office:chains"), {"q": "hai"}))
    address = reverse("office:chain_change", args=[chain.code])
    assert chain.name in text(office.get(address))
    assert office.post(address, {"name": "Chuỗi Mới"}).status_code == 302
    chain.refresh_from_db()
    assert (chain.name, chain.shared_stock) == ("Chuỗi Mới", False)


def test_page_of_a_product_tells_where_it_stands(
    now: datetime, office: Client, product: Product
) -> None:
    make_line(product, point=make_point())
    page = text(office.get(reverse("office:product", args=[product.code])))
    assert "Được bày: sao OCOP còn hiệu lực" in page
    assert "1 điểm đang bày" in page
    bare = ProductFactory()
    page = text(office.get(reverse("office:product", args=[bare.code])))
    assert "Chưa điểm nào bày." in page
    assert reverse("office:key_good_new", args=[bare.code]) in page
    auditor = signed_in(person(now, Role.AUDITOR), now)
    page = text(auditor.get(reverse("office:product", args=[bare.code])))
    assert reverse("office:key_good_new", args=[bare.code]) not in page


@pytest.mark.parametrize(
    "page", ["office:points", "office:key_goods", "office:chains", "producer_points", "shops"]
)
def test_lists_ask_no_more_for_more_rows(now: datetime, page: str) -> None:
    user = person(now, Role.PROVINCIAL_OFFICER)
    client = signed_in(user, now)

    def add(number: int) -> None:
        chain = make_chain(name=f"Chuỗi {number}", folded=f"chuoi {number}")
        make_keeper(make_point(name=f"Điểm {number}", chain=chain), user)
        make_key_good(ProductFactory())

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    add(1)
    asked()  # what is remembered afterwards
    one = asked()
    for number in (2, 3):
        add(number)
    assert asked() == one
