"""The producer enters what is sold, where it is made and in which lots, on a phone."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability.models import ForeignCode, Lot, Site, TradeItem
from ocop.traceability.services import items
from tests.dossiers.making import picture
from tests.factories import ProducerFactory, ProductFactory
from tests.traceability.factories import make_item, make_lot, make_site
from tests.traceability.stamping import activate, make_order
from tests.world import Places, build_places, member, person, with_second_factor

pytestmark = pytest.mark.django_db
KNOWN = {
    "name": "Hộp 250 g",
    "gtin": "8938505974194",
    "brand": "Chè Sạch",
    "standards": "TCCS 01:2026",
    "origin": "Hà Nội",
}


@pytest.fixture(autouse=True)
def _then(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def maker(places: Places) -> Producer:
    return ProducerFactory(name="HTX Chè Sạch", commune=places.here, address="Thôn Một")


@pytest.fixture
def product(maker: Producer) -> Product:
    return ProductFactory(name="Chè búp khô", producer=maker)


@pytest.fixture
def user(now: datetime, maker: Producer) -> User:
    return member(now, maker)


@pytest.fixture
def own(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def text(client: Client, name: str, *codes: Any, **asked: str) -> str:
    answer = client.get(reverse(name, args=codes), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_navigation_leads_to_own_goods(own: Client, product: Product, now: datetime) -> None:
    assert 'href="/cua-toi/truy-xuat/"' in text(own, "producer_home")
    item = make_item(product, now, standards="")
    page = text(own, "producer_traceability")
    assert '<a href="/cua-toi/truy-xuat/" aria-current="page">Truy xuất</a>' in page
    assert reverse("producer_item", args=[item.code]) in page
    assert reverse("producer_lot_new", args=[item.code]) in page
    assert reverse("producer_item_new", args=[product.code]) in page
    assert "Thiếu dữ liệu" in page


def test_who_makes_nothing_is_told_what_to_do(client: Client, now: datetime) -> None:
    client.force_login(person(now, None))
    for name in ("producer_traceability", "producer_sites"):
        assert "Tài khoản chưa gắn với chủ thể nào" in text(client, name)


def test_sales_unit_is_entered(own: Client, product: Product) -> None:
    address = reverse("producer_item_new", args=[product.code])
    answer = own.post(address, KNOWN)
    item = TradeItem.objects.get()
    assert answer.url == reverse("producer_item", args=[item.code])
    assert (item.product, item.gtin, item.standards) == (product, "08938505974194", "TCCS 01:2026")


def test_next_sales_unit_begins_with_what_they_share(
    own: Client, product: Product, now: datetime
) -> None:
    make_item(product, now, standards="TCCS 01:2026", gtin="08938505974194")
    form = own.get(reverse("producer_item_new", args=[product.code])).context["form"]
    assert form["standards"].value() == "TCCS 01:2026"
    assert not form["name"].value()
    assert not form["gtin"].value()


def test_first_sales_unit_begins_with_the_number_of_its_product(
    own: Client, product: Product
) -> None:
    Product.objects.update(gtin="08938505974194")
    form = own.get(reverse("producer_item_new", args=[product.code])).context["form"]
    assert form["gtin"].value() == "08938505974194"


def test_what_cannot_be_taken_is_told_at_its_field(own: Client, product: Product) -> None:
    answer = own.post(
        reverse("producer_item_new", args=[product.code]), KNOWN | {"gtin": "8938505974195"}
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["gtin"]
    assert not TradeItem.objects.exists()


def test_sales_unit_is_changed(own: Client, product: Product, now: datetime) -> None:
    item = make_item(product, now)
    address = reverse("producer_item_change", args=[item.code])
    form = own.get(address).context["form"]
    assert form["name"].value() == item.name
    answer = own.post(address, KNOWN | {"seen": form["seen"].value()})
    assert answer.url == reverse("producer_item", args=[item.code])
    item.refresh_from_db()
    assert (item.gtin, item.brand) == ("08938505974194", "Chè Sạch")


def test_change_meanwhile_is_shown_and_nothing_typed_is_lost(
    own: Client, product: Product, now: datetime
) -> None:
    item = items.create_item(
        actor=SYSTEM, product=product, particulars=items.ItemParticulars(name="Hộp"), at=now
    )
    address = reverse("producer_item_change", args=[item.code])
    seen = own.get(address).context["form"]["seen"].value()
    items.change_item(
        actor=SYSTEM, item=item,
        particulars=items.ItemParticulars(name="Hộp", brand="Của người khác"), at=now,
    )  # fmt: skip
    given = {"name": "Hộp", "brand": "Của tôi", "standards": "TCCS", "seen": seen}
    answer = own.post(address, given)
    page = answer.content.decode()
    assert "Người khác đã sửa từ khi bạn mở trang" in page
    assert "Của người khác" in page
    assert "Của tôi" in page
    seen = answer.context["form"].data["seen"]
    own.post(address, given | {"seen": seen, "clashing": "brand", "clash": "mine"})
    item.refresh_from_db()
    assert (item.brand, item.standards) == ("Của tôi", "TCCS")


def test_sales_unit_is_stopped_with_a_reason(own: Client, product: Product, now: datetime) -> None:
    item = make_item(product, now)
    address = reverse("producer_item_stop", args=[item.code])
    assert own.post(address, {"reason": ""}).status_code == 200
    assert own.post(address, {"reason": "Đổi bao bì"}).status_code == 302
    page = text(own, "producer_item", item.code)
    assert "Ngừng bán từ 23/11/2026" in page
    assert reverse("producer_lot_new", args=[item.code]) not in page


def test_photograph_that_is_missing_is_added(own: Client, product: Product, now: datetime) -> None:
    item = make_item(product, now)
    address = reverse("producer_image_new", args=[product.code])
    assert address in text(own, "producer_item", item.code)
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    answer = own.post(address, {"image": paper, "caption": "Hộp chè"})
    assert list(answer.context["form"].errors) == ["image"]
    image = SimpleUploadedFile("a.png", picture(), "image/png")
    assert own.post(address, {"image": image, "caption": "Hộp chè"}).status_code == 302
    assert product.images.get().caption == "Hộp chè"
    assert address not in text(own, "producer_item", item.code)


def test_code_of_another_system_is_kept_and_removed(
    own: Client, product: Product, now: datetime
) -> None:
    item = make_item(product, now)
    own.post(
        reverse("producer_code_add", args=[item.code]), {"scheme": "verigoods", "value": "VG-1"}
    )
    code = ForeignCode.objects.get()
    assert "VG-1" in text(own, "producer_item", item.code)
    again = own.post(
        reverse("producer_code_add", args=[item.code]), {"scheme": "verigoods", "value": "VG-1"}
    )
    assert list(again.context["form"].errors) == ["value"]
    remove = reverse("producer_code_remove", args=[item.code, code.pk])
    assert own.post(remove, {"reason": "Ghi nhầm"}).status_code == 302
    assert not ForeignCode.objects.exists()


def test_code_is_removed_from_its_own_sales_unit_only(
    own: Client, product: Product, now: datetime
) -> None:
    item, other = make_item(product, now), make_item(product, now, name="Túi 1 kg")
    code = ForeignCode.objects.create(item=other, scheme="other", value="1", created_at=now)
    address = reverse("producer_code_remove", args=[item.code, code.pk])
    assert own.post(address, {"reason": "Ghi nhầm"}).status_code == 404


def test_lot_is_proposed_as_todays_and_like_the_last(
    own: Client, product: Product, now: datetime
) -> None:
    item, site = make_item(product, now), make_site(product, now)
    address = reverse("producer_lot_new", args=[item.code])
    form = own.get(address).context["form"]
    assert form["number"].value() == "261123"
    assert form["produced_on"].value() == date(2026, 11, 23)
    make_lot(item, now, number="261123", site=site, measure="hộp")
    form = own.get(address).context["form"]
    assert form["number"].value() == "261123-2"
    assert (form["site"].value(), form["measure"].value()) == (site.code, "hộp")


def test_lot_is_opened(own: Client, product: Product, now: datetime) -> None:
    item, site = make_item(product, now), make_site(product, now)
    answer = own.post(
        reverse("producer_lot_new", args=[item.code]),
        {
            "number": "L-01/26", "produced_on": "2026-11-20", "expires_on": "2027-11-20",
            "site": site.code, "quantity": "1.500", "measure": "hộp",
        },
    )  # fmt: skip
    lot = Lot.objects.get()
    assert answer.url == reverse("producer_lot", args=[lot.code])
    assert (lot.number, lot.site, lot.quantity) == ("L-01/26", site, Decimal(1500))
    page = text(own, "producer_lot", lot.code)
    assert "1.500 hộp" in page
    assert "Còn hạn dùng" in page


def test_lot_is_made_at_own_places_in_use_only(
    own: Client, product: Product, now: datetime
) -> None:
    item, left = make_item(product, now), make_site(product, now, closed_at=now)
    other = make_site(ProductFactory(), now)
    address = reverse("producer_lot_new", args=[item.code])
    for site in (left, other):
        answer = own.post(address, {"number": "L-1", "site": site.code})
        assert list(answer.context["form"].errors) == ["site"]
    lot = make_lot(item, now, site=left)
    form = own.get(reverse("producer_lot_change", args=[lot.code])).context["form"]
    assert (left.code, left.name) in form.fields["site"].choices


def test_lot_is_changed(own: Client, product: Product, now: datetime) -> None:
    lot = make_lot(make_item(product, now), now)
    address = reverse("producer_lot_change", args=[lot.code])
    given = {"number": "L-01", "produced_on": "2026-07-01", "expires_on": "2026-11-22"}
    assert own.post(address, given).status_code == 302
    assert "Hết hạn dùng" in text(own, "producer_lot", lot.code)


def test_own_lots_are_listed_and_narrowed(own: Client, product: Product, now: datetime) -> None:
    item = make_item(product, now)
    make_lot(item, now)
    make_lot(item, now, number="L-02", expires_on=date(2027, 1, 1))
    make_lot(make_item(ProductFactory(), now), now, number="ANOTHER")
    page = text(own, "producer_lots")
    assert "L-01" in page
    assert "ANOTHER" not in page
    page = text(own, "producer_lots", state="fresh")
    assert "L-02" in page
    assert "L-01" not in page
    assert b"".join(own.get(reverse("producer_lots"), {"format": "xlsx"})).startswith(b"PK")


def test_place_is_entered_changed_and_left(
    own: Client, maker: Producer, places: Places, now: datetime
) -> None:
    new = reverse("producer_site_new", args=[maker.code])
    assert own.get(new).context["form"]["commune"].value()
    assert own.post(new, {"name": "Vườn chè số 2", "gln": "8938505974194"}).status_code == 302
    site = Site.objects.get()
    assert (site.address, site.commune) == ("Thôn Một", places.here)
    change = reverse("producer_site_change", args=[site.code])
    assert own.post(change, {"name": "Vườn chè", "gln": "1"}).context["form"].errors["gln"]
    assert own.post(change, {"name": "Vườn chè"}).url == reverse("producer_sites")
    close = reverse("producer_site_close", args=[site.code])
    assert own.post(close, {"reason": "Trả đất"}).status_code == 302
    page = text(own, "producer_sites")
    assert "Vườn chè" in page
    assert "Không còn dùng" in page


def test_all_passports_are_of_own_goods(own: Client, product: Product, now: datetime) -> None:
    make_lot(make_item(product, now), now)
    make_item(ProductFactory(name="Của người khác"), now)
    answer = own.get(reverse("producer_passports", args=["csv"]))
    told = b"".join(answer).decode()
    assert "Chè búp khô" in told
    assert "Của người khác" not in told


def test_officers_enter_for_a_producer_and_come_back_to_their_pages(
    client: Client, product: Product, maker: Producer, places: Places, now: datetime
) -> None:
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    answer = client.post(reverse("producer_item_new", args=[product.code]), KNOWN)
    item = TradeItem.objects.get()
    page = client.get(answer.url).content.decode()
    assert reverse("office:trade_item", args=[item.code]) in page
    answer = client.post(reverse("producer_site_new", args=[maker.code]), {"name": "Xưởng"})
    assert answer.url == f"{reverse('office:sites')}?producer={maker.code}"
    assert client.get(answer.url).status_code == 200


def test_another_producers_goods_are_not_there(
    client: Client, product: Product, maker: Producer, now: datetime
) -> None:
    item, site = make_item(product, now), make_site(product, now)
    lot = make_lot(item, now)
    client.force_login(member(now, ProducerFactory()))
    before = Event.objects.count()
    for name, code in (
        ("item_new", product.code), ("item_change", item.code), ("item_stop", item.code),
        ("code_add", item.code), ("lot_new", item.code), ("lot_change", lot.code),
        ("site_new", maker.code), ("site_change", site.code), ("site_close", site.code),
    ):  # fmt: skip
        address = reverse(f"producer_{name}", args=[code])
        assert client.get(address).status_code == 404, name
        given = {"name": "Tên", "number": "1", "reason": "Vì thế"}
        assert client.post(address, given).status_code == 404, name
    assert Event.objects.count() == before


def test_lot_on_packs_asks_why_it_is_changed(own: Client, product: Product, now: datetime) -> None:
    lot = make_lot(make_item(product, now), now, expires_on=date(2027, 1, 1))
    address = reverse("producer_lot_change", args=[lot.code])
    item_address = reverse("producer_item_change", args=[lot.item.code])
    assert "reason" not in own.get(address).context["form"].fields
    activate(make_order(lot.item, now), lot, now)
    assert "người mua đọc ngay dữ liệu mới" in text(own, "producer_lot_change", lot.code)
    assert "reason" in own.get(item_address).context["form"].fields
    given = {"number": lot.number, "produced_on": "2026-07-01", "expires_on": "2026-12-01"}
    answer = own.post(address, given)
    assert list(answer.context["form"].errors) == ["reason"]
    answer = own.post(address, given | {"reason": "Ghi nhầm năm", "expires_on": "2031-01-01"})
    assert "chỉ Văn phòng OCOP cấp tỉnh" in answer.context["form"].errors["expires_on"][0]
    answer = own.post(address, given | {"reason": "Ghi nhầm năm"})
    assert answer.url == reverse("producer_lot", args=[lot.code])
    lot.refresh_from_db()
    assert lot.expires_on == date(2026, 12, 1)


def test_activity_tells_what_stood_and_stands(
    client: Client, product: Product, now: datetime
) -> None:
    lot = make_lot(make_item(product, now), now, expires_on=date(2027, 1, 1), quantity=1_000)
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    given = {"number": lot.number, "produced_on": "2026-07-01", "expires_on": "2026-12-01",
             "quantity": "2.000"}  # fmt: skip
    client.post(reverse("producer_lot_change", args=[lot.code]), given)
    page = text(client, "office:lot", lot.code, tab="activity")
    assert "hạn sử dụng từ “01/01/2027” thành “01/12/2026”" in page
    assert "số lượng từ “1.000” thành “2.000”" in page
