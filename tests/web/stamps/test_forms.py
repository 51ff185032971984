"""What a person does on the page of a stamp: types in the code under its cover, reports a fault."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core.actor import ANONYMOUS
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition.postcheck.models import Complaint
from ocop.traceability import hidden, stamp_keys
from ocop.traceability.models import StampOrder
from ocop.traceability.serials import Stamp
from tests.traceability.stamping import activate, make_order, serial
from tests.web.stamps.conftest import Pack
from tests.web.stamps.phone import Phone


@pytest.fixture
def covered(pack: Pack, now: datetime) -> StampOrder:
    order = make_order(pack.item, now, hidden=True)
    activate(order, pack.lot, now)
    return order


def code_of(order: StampOrder) -> str:
    assert order.first is not None
    secret = stamp_keys.hidden_secret(order.key.version)
    return hidden.code(secret, Stamp(order.key.version, order.first))


def typed(client: Client, order: StampOrder, code: str) -> str:
    got = client.post(reverse("stamp_check", args=[serial(order)]), {"code": code})
    assert got.status_code == 200
    return got.content.decode()


def test_right_code_is_first_then_not(covered: StampOrder, client: Client) -> None:
    assert "Bạn là người đầu tiên nhập số này" in typed(client, covered, code_of(covered))
    again = typed(client, covered, code_of(covered))
    assert "đã được nhập trước đó" in again
    assert f"/T/{serial(covered)}" in again


def test_wrong_code_says_how_many_tries_are_left(covered: StampOrder, client: Client) -> None:
    wrong = f"{(int(code_of(covered)) + 1) % 10**8:08d}"
    assert "Hôm nay còn nhập được 4 lần" in typed(client, covered, wrong)


def test_too_many_tries_at_one_stamp_are_refused(covered: StampOrder, client: Client) -> None:
    wrong = f"{(int(code_of(covered)) + 1) % 10**8:08d}"
    for _ in range(5):
        typed(client, covered, wrong)
    address = reverse("stamp_check", args=[serial(covered)])
    got = client.post(address, {"code": code_of(covered)})
    assert got.status_code == 422
    assert "Hãy thử lại ngày mai" in got.content.decode()


def test_one_address_cannot_go_through_stamps(covered: StampOrder, client: Client) -> None:
    for place in range(20):
        address = reverse("stamp_check", args=[serial(covered, place)])
        assert client.post(address, {"code": "00000000"}).status_code in (200, 422)
    address = reverse("stamp_check", args=[serial(covered, 21)])
    assert client.post(address, {"code": "00000000"}).status_code == 429


def test_form_needs_no_token_and_sets_no_cookie(covered: StampOrder) -> None:
    """It is sent from a page that is the same for everybody."""
    client = Client(enforce_csrf_checks=True)
    got = client.post(reverse("stamp_check", args=[serial(covered)]), {"code": code_of(covered)})
    assert got.status_code == 200
    assert not got.cookies


def test_stamp_without_a_cover_says_so(pack: Pack, client: Client) -> None:
    got = client.post(reverse("stamp_check", args=[pack.serial()]), {"code": "12345678"})
    assert got.status_code == 422
    assert "không có mã dưới lớp phủ" in got.content.decode()


def test_day_of_opening_is_on_the_page_of_the_stamp(
    covered: StampOrder, client: Client, phone: Phone
) -> None:
    from ocop.traceability import seen_rows

    typed(client, covered, code_of(covered))
    assert covered.first is not None
    phone.seen.update(seen_rows.told_of([Stamp(0, covered.first)]))
    phone.learn()
    assert "Lớp phủ đã được cào" in phone.open(f"/S/{serial(covered)}").text


def complaint(client: Client, code: str) -> Complaint:
    got = client.post(
        reverse("complaint_of_code", args=[code]),
        {"topic": "label", "text": "Tem bị cào sẵn khi mua ở chợ."},
    )
    assert got.status_code == 302, got.content.decode()
    return Complaint.objects.latest("pk")


def test_report_carries_the_code_of_the_stamp(pack: Pack, client: Client) -> None:
    address = reverse("complaint_of_code", args=[pack.serial()])
    form = client.get(address).content.decode()
    assert f"Mã tem {pack.serial()}, lô L/1" in form
    assert '<option value="label" selected>' in form
    told = complaint(client, pack.serial())
    assert told.product == pack.item.product
    assert told.text == f"Mã tem {pack.serial()}, lô L/1\n\nTem bị cào sẵn khi mua ở chợ."


def test_report_of_a_lot_and_of_a_product_carry_theirs(pack: Pack, client: Client) -> None:
    assert complaint(client, pack.lot.code).text.startswith("Lô L/1\n\n")
    assert complaint(client, pack.item.code).text.startswith("Mã sản phẩm 09520123456788\n\n")


def test_who_holds_a_pack_reports_it_though_its_product_has_no_page(
    pack: Pack, client: Client
) -> None:
    Product.objects.update(in_ocop=False, listed=False)
    assert not products.visible_to(ANONYMOUS).exists()
    told = complaint(client, pack.serial())
    assert told.product == pack.item.product


def test_code_alone_is_no_report(pack: Pack, client: Client) -> None:
    address = reverse("complaint_of_code", args=[pack.serial()])
    got = client.post(address, {"topic": "label", "text": "ừ"})
    assert got.status_code == 422
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("code", ["0" * 20, "zzzzzzzz", "x"])
def test_report_about_an_unknown_code_is_not_there(db: None, client: Client, code: str) -> None:
    assert client.get(reverse("complaint_of_code", args=[code])).status_code == 404
