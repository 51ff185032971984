"""What a person does on the page of a stamp: types in the code under its cover, reports a fault."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core.actor import ANONYMOUS
from ocop.people.roles import Role
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition.postcheck.models import Complaint
from ocop.traceability import hidden, stamp_keys
from ocop.traceability.models import Lot, StampException, StampOpening, StampOrder
from ocop.traceability.serials import Stamp
from tests.traceability.stamping import activate, make_order, serial
from tests.web.stamps.conftest import Pack
from tests.web.stamps.phone import Phone
from tests.world import person, with_second_factor


@pytest.fixture
def covered(pack: Pack, now: datetime) -> StampOrder:
    order = make_order(pack.item, now, hidden=True)
    activate(order, pack.lot, now)
    return order


def code_of(order: StampOrder) -> str:
    assert order.first is not None
    secret = stamp_keys.hidden_secret(order.key.version)
    return hidden.code(secret, Stamp(order.key.version, order.first))


def typed(client: Client, order: StampOrder, code: str, status: int = 200) -> str:
    got = client.post(reverse("stamp_check", args=[serial(order)]), {"code": code})
    assert got.status_code == status
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


@pytest.mark.parametrize("path", ["/tem/ZZZ/lop-phu/", f"/tem/{'0' * 20}/lop-phu/"])
def test_form_of_what_is_no_stamp_is_not_there(pack: Pack, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(reverse("stamp_check", args=[pack.serial()])).status_code == 404  # no cover


@pytest.mark.parametrize("code", ["1234567", "123456789", "abcdefgh", "１２３４５６７８"])
def test_what_cannot_be_a_code_is_no_try(covered: StampOrder, client: Client, code: str) -> None:
    got = client.post(reverse("stamp_check", args=[serial(covered)]), {"code": code})
    assert got.status_code == 422
    assert "Lần nhập này không bị tính" in got.content.decode()
    assert not StampOpening.objects.exists()


def test_field_of_a_telephone_offers_digits(covered: StampOrder, client: Client) -> None:
    form = client.get(reverse("stamp_check", args=[serial(covered)])).content.decode()
    assert 'inputmode="numeric"' in form
    assert "8 chữ số" in form


def test_right_code_of_an_active_stamp_is_no_warning(covered: StampOrder, client: Client) -> None:
    told = typed(client, covered, code_of(covered))
    assert "alert ok" in told
    assert 'class="alert bad"' not in told


def test_code_of_a_stamp_that_is_not_active_is_not_used_up(
    pack: Pack, client: Client, now: datetime
) -> None:
    order = make_order(pack.item, now, hidden=True)
    told = typed(client, order, code_of(order), 422)
    assert "Tem chưa được kích hoạt" in told
    assert "Đúng số" not in told  # whoever has the file of the print house learns nothing
    assert "alert ok" not in told
    assert not StampOpening.objects.exists()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("lost", "Tem này đã được báo mất"),
        ("voided", "Tem này đã bị hủy"),
        ("suspicious", "Tem này đang bị nghi ngờ"),
    ],
)
def test_what_is_said_against_a_stamp_is_said_before_right(
    covered: StampOrder, client: Client, now: datetime, kind: str, words: str
) -> None:
    StampException.objects.create(
        order=covered,
        key=covered.key,
        first=covered.first,
        count=1,
        kind=kind,
        reason="báo",
        at=now,
    )
    told = typed(client, covered, code_of(covered))
    assert told.index(words) < told.index("Đúng số, nhưng")
    assert "alert ok" not in told


def test_recall_and_date_of_the_lot_are_said_before_right(
    covered: StampOrder, pack: Pack, client: Client, now: datetime
) -> None:
    Lot.objects.filter(pk=pack.lot.pk).update(recalled_at=now, recall_reason="nhiễm khuẩn")
    told = typed(client, covered, code_of(covered))
    assert told.index("đang bị thu hồi") < told.index("nhiễm khuẩn") < told.index("Đúng số, nhưng")
    dates = {"produced_on": date(2025, 12, 1), "expires_on": date(2026, 1, 1)}
    Lot.objects.filter(pk=pack.lot.pk).update(recalled_at=None, **dates)
    told = typed(client, covered, code_of(covered))
    assert told.index("quá hạn sử dụng") < told.index("đã được nhập trước đó")


@pytest.mark.parametrize("spoken", ["fr-FR,fr;q=0.9", "ko-KR", "en-GB"])
def test_guest_reads_english_after_the_page_too(
    covered: StampOrder, pack: Pack, client: Client, spoken: str
) -> None:
    for address in (
        reverse("stamp_check", args=[serial(covered)]),
        reverse("complaint_of_code", args=[pack.serial()]),
    ):
        told = client.get(address, headers={"accept-language": spoken}).content.decode()
        assert '<html lang="en">' in told
        assert '<html lang="vi">' in client.get(address).content.decode()
    check = reverse("stamp_check", args=[serial(covered)])
    told = client.get(check, headers={"accept-language": spoken}).content.decode()
    assert "Code under the cover" in told
    assert "Mã dưới lớp phủ" not in told


def test_language_that_was_chosen_on_the_page_is_carried_to_the_end(
    covered: StampOrder, phone: Phone, pack: Pack, client: Client
) -> None:
    phone.learn()
    path = f"/S/{serial(covered)}"
    page = phone.open(path, query="lang=en").text
    assert 'action="?lang=en"' in page
    assert 'href="?phan-anh&amp;lang=en"' in page
    sent = phone.open(path, "POST", query="lang=en").headers["location"]
    told = client.post(sent, {"code": code_of(covered)}).content.decode()
    assert '<html lang="en">' in told
    assert f"/T/{serial(covered)}?lang=en" in told
    assert f"/phan-anh/ma/{serial(covered)}/?lang=en" in told
    form = phone.open(path, query="phan-anh&lang=en").headers["location"]
    assert '<html lang="en">' in client.get(form).content.decode()
    receipt = client.post(form, {"topic": "label", "text": "The seal was scratched."})
    assert receipt.status_code == 302
    assert '<html lang="en">' in client.get(receipt["Location"]).content.decode()


def test_switch_of_language_outweighs_the_address_one_came_by(client: Client, pack: Pack) -> None:
    address = reverse("complaint_of_code", args=[pack.serial()])
    got = client.post(reverse("set_language"), {"language": "vi", "next": f"{address}?lang=en&x=1"})
    assert got["Location"] == f"{address}?x=1"
    told = client.get(got["Location"], headers={"accept-language": "en"}).content.decode()
    assert '<html lang="vi">' in told


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


@pytest.mark.parametrize("code", ["0" * 20, "zzzzzzzz", "x", "01/09520123456788/21/FAKE%2F1"])
def test_code_that_is_none_of_ours_is_reported(db: None, client: Client, code: str) -> None:
    """Whose product it stands on nobody knows; that it is on sale the office must hear."""
    form = client.get(reverse("complaint_of_code", args=[code])).content.decode()
    assert f"Mã không do Văn phòng cấp: {code}" in form
    told = complaint(client, code)
    assert told.product is None
    assert told.text.startswith(f"Mã không do Văn phòng cấp: {code}\n\n")


@pytest.mark.parametrize("code", ["a%20b", "x" * 121, "%E1%BA%A1"])
def test_what_no_code_can_be_is_not_there(db: None, client: Client, code: str) -> None:
    assert client.get(f"/phan-anh/ma/{code}/").status_code == 404


@pytest.mark.parametrize("path", ["/S/{s}", "/01/09520123456788/21/{s}", "/L/zzzz", "/01/123"])
def test_page_of_a_code_that_is_none_of_ours_leads_to_the_report(
    pack: Pack, phone: Phone, client: Client, path: str
) -> None:
    path = path.format(s="0" * 20)
    assert 'href="?phan-anh&amp;lang=vi"' in phone.open(path).text
    got = phone.open(path, query="phan-anh&lang=en")
    assert got.status == 303
    code = path[1:] if path.startswith("/01") else path[3:]
    assert got.headers["location"] == f"/phan-anh/ma/{code}/?lang=en"
    assert client.get(got.headers["location"]).status_code == 200


def test_office_reads_and_answers_a_report_of_a_code_of_nobody(
    db: None, client: Client, now: datetime
) -> None:
    told = complaint(client, "0" * 20)
    client.force_login(with_second_factor(person(now, Role.PROVINCIAL_OFFICER), now))
    listed = client.get(reverse("office:complaints")).content.decode()
    assert "Mã không do Văn phòng cấp" in listed
    found = client.get(reverse("office:complaints"), {"q": "0" * 20}).content.decode()
    assert told.number in found
    page = client.get(reverse("office:complaint", args=[told.number])).content.decode()
    assert "0" * 20 in page
    answered = client.post(
        reverse("office:complaint_step", args=[told.number, "tra-loi"]),
        {"answer": "Đã chuyển cơ quan quản lý thị trường."},
    )
    assert answered.status_code == 302
    paper = client.get(reverse("papers:complaint_answer", args=[told.number, "docx"]))
    assert paper.status_code == 200
