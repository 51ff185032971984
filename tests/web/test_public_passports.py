"""The digital passport before the public."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core.actor import SYSTEM
from ocop.products import services as products
from ocop.recognition.models import Recognition
from ocop.traceability.models import Lot, TradeItem
from tests.dossiers.making import picture
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.test_queries import happened
from tests.world import recognised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def item(now: datetime) -> TradeItem:
    star = recognised("Chè búp khô", on=date(2025, 1, 5))
    return make_item(star.product, now, gtin="08938505974194")


@pytest.fixture
def lot(item: TradeItem, now: datetime) -> Lot:
    return make_lot(item, now, site=make_site(item.product, now), note="Riêng của cơ sở")


def page(client: Client, item: TradeItem, **asked: str) -> str:
    answer = client.get(reverse("passport", args=[item.product.code, item.code]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_product_page_tells_how_complete_each_passport_is(
    client: Client, item: TradeItem, lot: Lot
) -> None:
    told = client.get(reverse("product", args=[item.product.code])).content.decode()
    assert reverse("passport", args=[item.product.code, item.code]) in told
    assert "lô L-01" in told
    # Of the ten 2, 4 and 5 lack: no picture, no address, no step; of the eight 2 and 4.
    assert "đã có 13/18 dữ liệu" in told


def test_product_page_says_of_a_recalled_lot_that_it_is(
    client: Client, item: TradeItem, lot: Lot, now: datetime
) -> None:
    address = reverse("product", args=[item.product.code])
    assert "bị thu hồi từ" not in client.get(address).content.decode()
    Lot.objects.update(recalled_at=now, recall_reason="nhiễm khuẩn")
    assert "bị thu hồi từ 23/11/2026" in client.get(address).content.decode()
    Lot.objects.update(recalled_at=None, produced_on=date(2020, 1, 1), expires_on=date(2021, 1, 1))
    assert "hết hạn 01/01/2021" in client.get(address).content.decode()


def test_star_of_today_is_among_the_certificates(client: Client, item: TradeItem, lot: Lot) -> None:
    """Item 5 of Article 32 asks for certificates; the star is one that the office gave itself."""
    star = Recognition.objects.get()
    told = page(client, item)
    assert f"OCOP {star.stars} sao" in told[told.index("5. Chứng nhận") :]
    for kind in ("json", "jsonld", "csv"):
        file = client.get(reverse("passport_file", args=[item.product.code, item.code, kind]))
        assert f"OCOP {star.stars} sao" in file.content.decode()
    Recognition.objects.update(revoked_on=date(2025, 6, 1))
    assert f"OCOP {star.stars} sao" not in page(client, item)


def test_sales_unit_that_is_no_longer_sold_is_not_named_but_answers(
    client: Client, item: TradeItem, now: datetime
) -> None:
    TradeItem.objects.update(stopped_at=now)
    told = client.get(reverse("product", args=[item.product.code])).content.decode()
    assert "ho-chieu" not in told
    assert "Chè búp khô" in page(client, item)


def test_state_of_the_star_stands_first(client: Client, item: TradeItem, lot: Lot) -> None:
    told = page(client, item)
    assert told.index('class="band') < told.index("08938505974194")
    assert "không nói hàng trong tay bạn là thật" in told


def test_product_without_a_star_says_so(client: Client, now: datetime, item: TradeItem) -> None:
    farm = make_item(type(item.product).objects.create(
        code="farm1234", name="Rau muống", folded="rau muong", producer=item.product.producer,
        province="01", in_ocop=False, listed=True, created_at=now,
    ), now)  # fmt: skip
    assert "Sản phẩm này chưa được phân hạng OCOP." in page(client, farm)


def test_lot_of_the_address_is_shown_else_the_newest(
    client: Client, item: TradeItem, lot: Lot, now: datetime
) -> None:
    newer = make_lot(item, now, number="L-02", produced_on=date(2026, 8, 1))
    assert "08938505974194/L-02" in page(client, item)
    assert "08938505974194/L-01" in page(client, item, lo=lot.code)
    assert f"?lo={newer.code}" in page(client, item, lo=lot.code)
    address = reverse("passport", args=[item.product.code, item.code])
    assert client.get(address, {"lo": "00000000"}).status_code == 404


def test_recalled_lot_is_told_before_all_else_of_it(
    client: Client, item: TradeItem, lot: Lot, now: datetime
) -> None:
    Lot.objects.update(recalled_at=now, recall_reason="Nhiễm vi sinh")
    told = page(client, item)
    assert "Lô L-01 bị thu hồi từ 23/11/2026" in told
    assert told.index("Nhiễm vi sinh") < told.index("Hộ chiếu số</h2>")


def test_producers_note_and_quantity_are_not_the_publics(
    client: Client, item: TradeItem, lot: Lot
) -> None:
    Lot.objects.update(quantity=98765)
    told = page(client, item)
    assert "Riêng của cơ sở" not in told
    assert "98.765" not in told


def test_passport_that_tells_all_lacks_nothing(
    client: Client, item: TradeItem, lot: Lot, now: datetime
) -> None:
    happened(now, lot, 1)
    item.product.producer.address = "Thôn Một"
    item.product.producer.save()
    products.add_image(
        actor=SYSTEM, product=item.product, content=picture(), filename="a.png", caption="Ảnh",
        at=now,
    )  # fmt: skip
    told = page(client, item)
    assert "Còn thiếu" not in told
    assert "thiếu</span>" not in told
    assert "Thu hoạch, làm ra: Xưởng chính" in told


@pytest.mark.parametrize("kind", ["json", "csv", "jsonld"])
def test_passport_is_taken_as_a_file(client: Client, item: TradeItem, lot: Lot, kind: str) -> None:
    address = reverse("passport_file", args=[item.product.code, item.code, kind])
    assert f"{address}?lo={lot.code}" in page(client, item)
    answer = client.get(address, {"lo": lot.code})
    assert "L-01" in answer.content.decode()
    assert f'.{kind}"' in answer["Content-Disposition"]
    if kind != "csv":
        json.loads(answer.content)


def test_product_that_is_not_before_the_public_has_no_passport_there(
    client: Client, item: TradeItem, lot: Lot
) -> None:
    type(item.product).objects.update(listed=False)
    for name, more in (("passport", ()), ("passport_file", ("json",))):
        address = reverse(name, args=[item.product.code, item.code, *more])
        assert client.get(address).status_code == 404


def test_passport_is_of_its_product(client: Client, item: TradeItem) -> None:
    other = recognised("Mật ong").product
    assert client.get(reverse("passport", args=[other.code, item.code])).status_code == 404


def test_page_reads_in_english(client: Client, item: TradeItem, lot: Lot) -> None:
    address = reverse("passport", args=[item.product.code, item.code])
    told = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Digital passport" in told
    assert "10 minimum data (Circular 02/2024/TT-BKHCN)" in told
