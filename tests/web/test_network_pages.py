"""Sales points on the pages of the office, the keeper and the public."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.core.actor import SYSTEM
from ocop.network import place_types
from ocop.network.models import SalesPoint, SalesReport
from ocop.network.services.photos import add_point_photo
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.products.models import Product
from tests.factories import ProducerFactory, RecognitionFactory, UnitFactory
from tests.network.factories import (
    make_application,
    make_chain,
    make_keeper,
    make_line,
    make_point,
    make_visit,
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
def commune() -> Unit:
    return UnitFactory(code="09001", name="Xã Đại Xuyên", lat=20.7, lon=105.9)


@pytest.fixture
def product() -> Product:
    return RecognitionFactory(on=date(2025, 1, 10)).product


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_point_from_application_to_its_first_monthly_sales(
    now: datetime, office: Client, commune: Unit, product: Product
) -> None:
    told = {
        "name": "Điểm OCOP Vân Từ",
        "place_type": "village",
        "operator": "HTX Vân Từ",
        "address": "Thôn Một",
        "commune": commune.code,
        "opens_at": "08:00",
        "closes_at": "17:30",
        "closed_days": ["7"],
        "position": "20.7431, 105.9034",
    }
    answer = office.post(reverse("office:point_new"), told)
    point = SalesPoint.objects.get()
    assert answer.url == reverse("office:point", args=[point.code])
    step = reverse("office:point_step", args=[point.code, "tham-dinh"])
    answers = {f"check_{key}": "yes" for key in place_types.checks_for("village")}
    assert office.post(step, {"visited_on": "2026-10-01", **answers}).status_code == 302
    decision = {"number": "12/QĐ", "signed_on": "2026-10-02", "authority": "UBND thành phố"}
    step = reverse("office:point_step", args=[point.code, "cong-nhan"])
    assert office.post(step, decision).status_code == 302
    keeper = person(now, None)
    step = reverse("office:point_step", args=[point.code, "giao-nguoi"])
    assert office.post(step, {"login": keeper.email}).status_code == 302
    counter = signed_in(keeper, now)
    stock = reverse("producer_point_stock", args=[point.code])
    assert product.name in text(counter.get(stock, {"q": product.name}))
    assert counter.post(stock, {"product": product.code}).status_code == 302
    sales = reverse("producer_sales", args=[point.code, "2026-11"])
    sent = {"client_id": uuid4(), f"quantity_{product.code}": "12"}
    assert counter.post(sales, sent | {f"amount_{product.code}": "960.000"}).status_code == 302
    assert SalesReport.objects.get().sales.get().amount == 960_000
    page = text(Client().get(reverse("shop", args=[point.code])))
    assert product.name in page
    assert "08:00–17:30; nghỉ Chủ Nhật" in page
    assert point.name in text(Client().get(reverse("product", args=[product.code])))


def test_sales_kept_by_a_phone_are_sent_once_and_refused_for_good(
    now: datetime, product: Product
) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    make_line(product, point=point)
    client = signed_in(keeper, now)
    address = reverse("producer_sales_send", args=[point.code, "2026-10"])
    sent = {"client_id": str(uuid4()), f"quantity_{product.code}": "12"}
    assert [client.post(address, sent).status_code for _turn in range(2)] == [200, 200]
    assert SalesReport.objects.count() == 1
    other = reverse("producer_sales_send", args=[point.code, "2027-10"])
    refused = client.post(other, sent)
    assert (refused.status_code, "tháng" in refused.json()["message"]) == (409, True)
    wrong = client.post(address, sent | {f"quantity_{product.code}": "nhiều"})
    assert wrong.status_code == 409
    assert signed_in(person(now, None), now).post(address, sent).status_code == 404
    assert Client().post(address, sent).status_code in (302, 401)


def test_form_of_a_month_tells_what_was_told_before(now: datetime, product: Product) -> None:
    point, keeper = make_point(), person(now, None)
    make_keeper(point, keeper)
    make_line(product, point=point)
    client = signed_in(keeper, now)
    address = reverse("producer_sales", args=[point.code, "2026-10"])
    client.post(address, {"client_id": uuid4(), f"quantity_{product.code}": "1.234"})
    page = text(client.get(address))
    assert 'value="1.234"' in page
    assert "Gửi lại thì thay" in page
    assert client.get(reverse("producer_sales", args=[point.code, "muoi"])).status_code == 404
    late = text(client.get(reverse("producer_sales", args=[point.code, "2030-01"])))
    assert "Không ghi được doanh số cho tháng này" in late


def test_keeper_takes_goods_off_and_changes_hours(
    now: datetime, commune: Unit, product: Product
) -> None:
    point, keeper = make_point(commune=commune, chain=make_chain()), person(now, None)
    make_keeper(point, keeper)
    make_line(product, point=point)
    client = signed_in(keeper, now)
    page = text(client.get(reverse("producer_point", args=[point.code])))
    assert product.name in page
    assert "Chưa ghi" in page
    off = reverse("producer_point_unstock", args=[point.code, product.code])
    assert client.get(off).status_code == 200
    assert client.post(off).status_code == 302
    assert client.get(off).status_code == 404
    change = reverse("producer_point_change", args=[point.code])
    assert point.operator in text(client.get(change))
    told = {
        "name": "Điểm Hai",
        "place_type": "market",
        "operator": "HTX",
        "address": "Chợ Một",
        "position": "đâu đó",
    }
    assert "ví dụ 20.7431" in text(client.post(change, told))
    assert client.post(change, told | {"position": ""}).status_code == 302
    kept = point.name
    point.refresh_from_db()
    assert (point.name, point.address, point.commune) == (kept, "Chợ Một", commune)
    index = text(client.get(reverse("producer_points")))
    assert "Ghi doanh số 10/2026" in index
    assert client.get(reverse("producer_point_sign", args=[point.code])).content[:4] == b"%PDF"


def test_shared_goods_are_put_on_the_shelf_of_the_chain(now: datetime, product: Product) -> None:
    point, keeper = make_point(chain=make_chain()), person(now, None)
    make_keeper(point, keeper)
    client = signed_in(keeper, now)
    stock = reverse("producer_point_stock", args=[point.code])
    assert "Hàng chung" in text(client.get(stock, {"q": product.name}))
    client.post(stock, {"product": product.code, "shared": "on"})
    assert point.chain.stock.get().product == product
    expired = RecognitionFactory(on=date(2020, 1, 10)).product
    assert "hết hạn" in text(client.post(stock, {"product": expired.code}))
    assert "Không thấy sản phẩm" in text(client.get(stock, {"q": expired.name}))


def test_producer_proposes_a_point_of_its_own(now: datetime, commune: Unit) -> None:
    maker = ProducerFactory(commune=commune)
    client = signed_in(member(now, maker), now)
    address = reverse("producer_point_new", args=[maker.code])
    assert maker.name in text(client.get(address))
    told = {
        "name": "Quầy Một",
        "place_type": "market",
        "operator": maker.name,
        "address": "Chợ",
        "commune": commune.code,
    }
    assert client.post(address, told).status_code == 302
    assert SalesPoint.objects.get().producer == maker
    assert "Chờ thẩm định" in text(client.get(reverse("producer_points")))
    other = reverse("producer_point_new", args=[ProducerFactory().code])
    assert client.get(other).status_code == 404


def test_lists_of_the_office(now: datetime, office: Client, product: Product) -> None:
    chain = make_chain()
    point = make_point(chain=chain, state_paid=5, approved_cost=10)
    make_line(RecognitionFactory(on=date(2020, 1, 10)).product, point=point)
    page = text(office.get(reverse("office:points"), {"q": "vân từ", "chain": chain.code}))
    assert point.name in page
    assert "950/QĐ-BCT" in page
    book = office.get(reverse("office:points"), {"format": "xlsx"})
    assert book["Content-Type"].endswith("sheet")
    assert book.getvalue()
    shown = text(office.get(reverse("office:point", args=[point.code])))
    assert "1 sản phẩm trong danh sách không được bày hôm nay" in shown
    for tab in ("goods", "sales", "activity"):
        assert (
            office.get(reverse("office:point", args=[point.code]), {"tab": tab}).status_code == 200
        )
    assert "Chuỗi Một" in text(office.get(reverse("office:chains")))
    assert office.get(reverse("office:point_sales")).status_code == 200
    assert office.get(reverse("office:point_sign", args=[point.code])).content[:4] == b"%PDF"
    waiting = make_application()
    assert office.get(reverse("office:point_sign", args=[waiting.code])).status_code == 404


def test_steps_of_a_point(now: datetime, office: Client) -> None:
    point = make_point()

    def step(name: str, **told: Any) -> Any:
        return office.post(reverse("office:point_step", args=[point.code, name]), told)

    assert "không quá 50 %" in text(step("kinh-phi", approved_cost="100", state_paid="51"))
    assert step("kinh-phi", approved_cost="100.000.000", state_paid="50.000.000").status_code == 302
    assert step("chuoi", chain=make_chain().code).status_code == 302
    photo = SimpleUploadedFile("a.png", picture(), "image/png")
    assert step("anh", photo=photo, caption="Mặt tiền").status_code == 302
    shown = point.photos.get()
    address = reverse("shop_photo", args=[point.code, shown.pk])
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/png"
    assert answer.getvalue()
    assert step("dong-cua", reason="Hết hợp đồng thuê").status_code == 302
    assert "hiện không hoạt động" in text(Client().get(reverse("shop", args=[point.code])))
    assert step("khong-co").status_code == 404
    waiting = make_application()
    address = reverse("office:point_step", args=[waiting.code, "khong-cong-nhan"])
    assert office.get(address).status_code == 200
    assert office.post(address, {"reason": "Không có mặt bằng"}).status_code == 302
    assert Client().get(reverse("shop", args=[waiting.code])).status_code == 404


def test_keeper_and_key_goods_and_chains_in_the_office(
    now: datetime, office: Client, product: Product
) -> None:
    keeper = make_keeper(make_point(), person(now, None))
    address = reverse("office:keeper_end", args=[keeper.point.code, keeper.pk])
    assert keeper.user.name in text(office.get(address))
    assert office.post(address, {"reason": "Nghỉ việc"}).status_code == 302
    address = reverse("office:key_good_new", args=[product.code])
    assert office.get(address).status_code == 200
    told = {"basis": "key", "document": "100/QĐ-UBND", "starts_on": "2026-01-02"}
    assert office.post(address, told).status_code == 302
    good = product.key_goods.get()
    assert product.name in text(office.get(reverse("office:key_goods"), {"q": "100"}))
    address = reverse("office:key_good_end", args=[good.pk])
    assert office.get(address).status_code == 200
    assert office.post(address, {"reason": "Danh mục mới"}).status_code == 302
    assert office.post(reverse("office:chain_new"), {"name": "Chuỗi Ba"}).status_code == 302
    assert office.get(reverse("office:chain_new")).status_code == 200


def test_officer_sees_and_changes_points_of_the_own_commune(now: datetime, commune: Unit) -> None:
    here, there = make_point(commune=commune), make_point(name="Điểm Khác")
    client = signed_in(person(now, Role.COMMUNE_OFFICER, commune), now)
    page = text(client.get(reverse("office:points")))
    assert here.name in page
    assert there.name not in page
    assert client.get(reverse("office:point", args=[there.code])).status_code == 404
    change = reverse("office:point_change", args=[here.code])
    told = {"name": "Điểm Mới", "place_type": "post", "operator": "BĐ", "address": "Thôn Ba"}
    assert client.post(change, told).status_code == 302
    step = reverse("office:point_step", args=[here.code, "kinh-phi"])
    assert client.get(step).status_code == 403


def test_nearest_points_come_first(commune: Unit) -> None:
    far = make_point(name="Điểm Xa", folded="diem xa", lat=21.2, lon=105.5)
    near = make_point(name="Điểm Zần", folded="diem zan", commune=commune)
    lost = make_point(name="Điểm A", folded="diem a")
    make_point(name="Điểm Đóng", state="closed", closed_on=date(2026, 2, 1))

    def order(**asked: Any) -> list[str]:
        answer = Client().get(reverse("shops"), asked)
        return [shop["name"] for shop in answer.context["shops"]]

    assert order() == [lost.name, far.name, near.name]
    assert order(lat="20.71", lon="105.9") == [near.name, far.name, lost.name]
    assert order(lat="999", lon="x") == [lost.name, far.name, near.name]
    assert order(q="đại xuyên") == [near.name]
    assert order(q="không có") == []
    near_by = text(Client().get(reverse("shops"), {"lat": "20.71", "lon": "105.9", "q": "xuyên"}))
    assert '<input type="hidden" name="lat" value="20.71"' in near_by  # kept when narrowed again
    assert 'data-near="20.71000 105.90000"' in near_by  # the map shows it, too
    assert "data-near=" not in text(Client().get(reverse("shops")))
    assert "1,1 km" in text(Client().get(reverse("shops"), {"lat": "20.71", "lon": "105.9"}))


def test_product_without_a_point_says_so(product: Product) -> None:
    page = text(Client().get(reverse("product_shops", args=[product.code])))
    assert "Chưa có điểm OCOP nào" in page
    make_line(product, point=make_point())
    page = text(Client().get(reverse("product_shops", args=[product.code])))
    assert "Điểm OCOP Vân Từ" in page


def test_photograph_of_an_application_is_not_public(now: datetime) -> None:
    point = make_application()
    photo = add_point_photo(
        actor=SYSTEM, point=point, content=picture(), filename="a.png", caption="Cửa", at=now
    )
    assert Client().get(reverse("shop_photo", args=[point.code, photo.pk])).status_code == 404
    make_visit(point, now)


def test_worker_opens_the_form_of_a_month_only() -> None:
    told = text(Client().get(reverse("producer_sales_worker")))
    assert "doanh-so" in told


def test_point_is_told_to_programs_with_its_hours(commune: Unit) -> None:
    point = make_point(
        commune=commune,
        lat=20.74,
        lon=105.9,
        phone="0900",
        opens_at=time(8),
        closes_at=time(17, 30),
        closed_days="67",
    )
    told = Client().get(reverse("shop", args=[point.code])).context["linked_data"]
    assert (told["@type"], told["geo"]["latitude"], told["telephone"]) == ("Store", 20.74, "0900")
    hours = told["openingHoursSpecification"]
    assert hours["dayOfWeek"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert (hours["opens"], hours["closes"]) == ("08:00", "17:30")
    SalesPoint.objects.update(state="closed", closed_on=date(2026, 2, 1))
    shut = Client().get(reverse("shop", args=[point.code]))
    assert shut.context["linked_data"] is None
