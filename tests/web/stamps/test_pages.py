"""What the page of a code says: the star of today first, then the stamp, and what to do."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.models import Recognition
from ocop.traceability.models import EventThing, Lot, TraceEvent, TradeItem
from ocop.traceability.seen import Seen
from ocop.traceability.serials import Stamp
from ocop.web.stamps import assets
from tests.factories import revocation_of
from tests.traceability.stamping import activate, except_one, make_order, serial
from tests.traceability.test_queries import happened
from tests.web.stamps.conftest import TODAY, Pack
from tests.web.stamps.phone import Phone

MOST = 14_000  # bytes of the first answer: they arrive in one go


def head_of(text: str) -> str:
    """What stands before the name of the product."""
    return text[text.index("<main>") : text.index("<h1>")]


def test_star_of_today_stands_first(pack: Pack, phone: Phone) -> None:
    head = head_of(phone.open(f"/S/{pack.serial()}").text)
    assert "Hạng sao OCOP hôm nay, 23/11/2026" in head
    assert "Còn hiệu lực" in head
    assert "đến hết 19/06/2028" in head
    assert "4 sao" in head


def test_page_turns_on_the_day_by_itself(pack: Pack, phone: Phone) -> None:
    """The last day is the 19th of June 2028 (36 months); nothing happens but midnight."""
    phone.day = date(2028, 6, 19)
    assert "Còn hiệu lực" in head_of(phone.open(f"/S/{pack.serial()}").text)
    phone.day = date(2028, 6, 20)
    head = head_of(phone.open(f"/S/{pack.serial()}").text)
    assert "Hết hạn" in head
    assert "có thời hạn đến hết 19/06/2028" in head


def test_revoked_star_heads_the_page_and_stops_nothing(pack: Pack, phone: Phone) -> None:
    Recognition.objects.update(revoked_on=date(2026, 11, 1), revoked_ground="criteria")
    revocation_of(Recognition.objects.get())
    got = phone.open(f"/S/{pack.serial()}")
    assert got.status == 200
    assert "Bị thu hồi từ ngày 01/11/2026" in head_of(got.text)
    assert "Bánh gai" in got.text


def test_product_without_a_star_says_so(pack: Pack, phone: Phone) -> None:
    Recognition.objects.all().delete()
    Product.objects.update(in_ocop=False, listed=False)
    got = phone.open(f"/S/{pack.serial()}")
    head = head_of(got.text)
    assert "Chưa phân hạng OCOP" in head
    assert "không phải chứng nhận hạng sao" in head
    assert reverse("product", args=[pack.item.product.code]) not in got.text  # it has no page


def test_page_never_says_genuine(pack: Pack, phone: Phone) -> None:
    text = phone.open(f"/S/{pack.serial()}").text
    assert "chính hãng" not in text
    assert text.count("là thật") == 1
    assert "Trang này không nói gói hàng trước mắt là thật: mã in luôn có thể bị chép lại." in text


def test_stamp_says_who_issued_it_for_what(pack: Pack, phone: Phone) -> None:
    text = phone.open(f"/S/{pack.serial()}").text
    assert "Tem do Văn phòng Điều phối Chương trình xây dựng nông thôn mới cấp" in text
    assert "Bánh gai &lt;Đại Xuyên&gt;" in text
    assert '<b class="whole">L/1</b>' in text
    shown = " ".join(pack.serial()[at : at + 5] for at in range(0, 20, 5))
    assert shown in text
    assert "Kích hoạt ngày <b>23/11/2026</b>" in text
    assert "Có chứa lạc" in text
    assert "Bà nội gói bánh từ bé." in text


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(), "Chưa ghi nhận lần tra nào trước lần này."),
        (Seen(1, "14/11/2026", 1), "Đã tra 1 lần, ngày 14/11/2026, từ 1 tỉnh, thành phố."),
        (Seen(1657, "14/11/2026", 3), "Tra lần đầu 14/11/2026; đã tra 1.657 lần, từ 3 tỉnh"),
        (Seen(2, "14/11/2026", 0), "Tra lần đầu 14/11/2026; đã tra 2 lần."),
        (Seen(opened="15/11/2026"), "nhập đúng số lần đầu ngày <b>15/11/2026</b>"),
    ],
)
def test_looks_before_this_one_are_told(pack: Pack, phone: Phone, seen: Seen, words: str) -> None:
    phone.seen[Stamp(0, pack.order.first)] = seen
    assert words in phone.open(f"/S/{pack.serial()}").text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ordered", "Tem chưa được kích hoạt"),
        ("printed", "Tem chưa được kích hoạt"),
        ("delivered", "Tem chưa được kích hoạt"),
        ("closed", "Lô hàng của tem này đã kết thúc"),
    ],
)
def test_state_of_a_range_is_told_before_the_product(
    pack: Pack, phone: Phone, state: str, words: str
) -> None:
    told = {"state": state} if state == "closed" else {"state": state, "lot": None}
    pack.order.ranges.update(**told)
    phone.learn()
    got = phone.open(f"/S/{pack.serial()}")
    assert got.status == 200
    assert words in head_of(got.text)
    assert "báo cho chúng tôi" in head_of(got.text)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("voided", "Tem này đã bị hủy"),
        ("lost", "Tem này đã được báo mất"),
        ("recalled", "Hàng mang tem này đang bị thu hồi"),
        ("suspicious", "Tem này đang bị nghi ngờ"),
    ],
)
def test_exception_is_told_of_its_stamp_alone(
    pack: Pack, phone: Phone, now: datetime, kind: str, words: str
) -> None:
    except_one(pack.order, 1, kind, now)
    phone.learn()
    before, marked, after = phone.open_all([f"/S/{pack.serial(n)}" for n in range(3)])
    assert words in head_of(marked.text)
    assert words not in before.text + after.text


def test_gravest_exception_is_told_and_a_lifted_one_is_not(
    pack: Pack, phone: Phone, now: datetime
) -> None:
    except_one(pack.order, 1, "suspicious", now)
    lost = except_one(pack.order, 1, "lost", now)
    phone.learn()
    assert "báo mất" in head_of(phone.open(f"/S/{pack.serial(1)}").text)
    lost.lifted_at = now
    lost.save()
    phone.learn()
    assert "nghi ngờ" in head_of(phone.open(f"/S/{pack.serial(1)}").text)


def test_recall_of_a_lot_is_told_once_with_its_reason(
    pack: Pack, phone: Phone, now: datetime
) -> None:
    Lot.objects.update(recalled_at=now, recall_reason="Có tạp chất")
    phone.learn()
    for path in (f"/S/{pack.serial()}", f"/L/{pack.lot.code}"):
        head = head_of(phone.open(path).text)
        assert "Lô hàng này đang bị thu hồi: đừng dùng, đừng bán" in head
        assert "Có tạp chất" in head
        assert "Hàng mang tem này đang bị thu hồi" not in head


def test_lot_past_its_date_says_so_from_the_day_after(pack: Pack, phone: Phone) -> None:
    assert pack.lot.expires_on is not None
    phone.day = pack.lot.expires_on
    assert "quá hạn sử dụng" not in phone.open(f"/S/{pack.serial()}").text
    phone.day += timedelta(days=1)
    assert "Lô hàng đã quá hạn sử dụng" in head_of(phone.open(f"/S/{pack.serial()}").text)


def test_stages_are_told_with_place_and_time(pack: Pack, phone: Phone, now: datetime) -> None:
    event = TraceEvent.objects.create(
        event_id="urn:uuid:1",
        digest="1",
        type="ObjectEvent",
        event_time=now - timedelta(days=3),
        record_time=now,
        biz_step="packing",
        site=pack.lot.site,
        producer=pack.item.product.producer,
        body={},
    )
    EventThing.objects.create(event=event, role="class", value="x", lot=pack.lot)
    text = phone.open(f"/L/{pack.lot.code}").text
    journey = text[text.index('id="hanh-trinh"') :]
    assert pack.lot.site is not None
    assert journey.index("Đóng gói") < journey.index("20/11/2026") < journey.index("Xưởng chính")
    assert pack.lot.site.code.upper() in journey


def test_pages_of_lot_and_product_are_counted_by_their_short_codes(
    pack: Pack, phone: Phone
) -> None:
    for path in (f"/L/{pack.lot.code.upper()}", f"/P/{pack.item.code}"):
        assert phone.open(path).status == 200
    assert phone.open(f"/T/L/{pack.lot.code}", sec_fetch_site="same-origin").status == 200
    assert [(scan.lot, scan.version) for scan in phone.scans] == [("L/1", -1), ("", -1)]


def test_lot_of_a_product_without_a_gtin_is_counted_by_its_own_code(
    pack: Pack, phone: Phone
) -> None:
    TradeItem.objects.update(gtin="")
    phone.learn()
    phone.open(f"/L/{pack.lot.code}")
    phone.open(f"/S/{pack.serial()}")
    assert [scan.gtin for scan in phone.scans] == [pack.item.code, ""]


def test_language_follows_the_phone_and_its_switch_counts_nothing(pack: Pack, phone: Phone) -> None:
    path = f"/S/{pack.serial()}"
    english = phone.open(path, accept_language="en-GB,en;q=0.9")
    assert '<html lang="en">' in english.text
    assert "OCOP star today, 23/11/2026" in english.text
    assert english.headers["content-language"] == "en"
    switched = phone.open(
        path, query="lang=vi", accept_language="en-GB", sec_fetch_site="same-origin"
    )
    assert '<html lang="vi">' in switched.text
    assert '<html lang="en">' in phone.open(path, accept_language="ko-KR").text
    assert '<html lang="vi">' in phone.open(path, accept_language="").text
    assert len(phone.scans) == 3
    assert re.findall(r".*[à-ỹđ].*", _words_of_ours(english.text)) == []


def test_sales_unit_that_is_no_longer_sold_says_so(pack: Pack, phone: Phone, now: datetime) -> None:
    assert "ngừng bán" not in phone.open(f"/P/{pack.item.code}").text
    TradeItem.objects.update(stopped_at=now)
    assert "Quy cách này đã ngừng bán từ ngày 23/11/2026" in phone.open(f"/P/{pack.item.code}").text


def test_english_page_speaks_of_one_lot_and_of_the_office_by_its_english_name(
    pack: Pack, phone: Phone
) -> None:
    told = phone.open(f"/S/{pack.serial()}", accept_language="en").text
    assert '<h2 id="lo">Lot</h2>' in told
    assert "<dt>Recognition decision</dt>" in told
    assert "New Rural Development Coordination Office" in told
    assert "Văn phòng" not in told


def test_same_step_of_a_day_is_told_once(pack: Pack, phone: Phone, now: datetime) -> None:
    for hours in (0, 1, 2, 24):
        happened(now, pack.lot, hours, biz_step="packing", producer=pack.item.product.producer)
    told = phone.open(f"/S/{pack.serial()}").text
    assert told.count("<b>Đóng gói</b>") == 2


def _words_of_ours(text: str) -> str:
    """The page without names, stories and the switch, which stay Vietnamese."""
    text = text[text.index("<main>") : text.index("</main>")]
    for told in (
        "Bánh gai &lt;Đại Xuyên&gt;", "Hộp 250 g", "Bà nội gói bánh từ bé.", "Có chứa lạc",
        "Xưởng chính", "Thôn Một", "Hà Nội", "Nhãn thử", "12 tháng",
        "Văn phòng Điều phối Chương trình xây dựng nông thôn mới", "QĐ",
    ):  # fmt: skip
        text = text.replace(told, "")
    return re.sub(r"Hợp tác xã \d+", "", text)


def test_first_answer_arrives_in_one_go(pack: Pack, phone: Phone) -> None:
    Product.objects.update(story="Câu chuyện dài của làng. " * 2_000)
    Producer.objects.update(address="Thôn Một, " * 20)
    plain = phone.open(f"/S/{pack.serial()}")
    packed = phone.open(f"/S/{pack.serial()}", accept_encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert len(packed.body) <= MOST / 2
    assert len(plain.body) <= MOST
    assert int(packed.headers["content-length"]) == len(packed.body)


def test_page_with_its_parts_is_small(pack: Pack, phone: Phone) -> None:
    """All that a phone fetches for it: sheet of styles, type, drawing. A photograph has a limit of
    its own below."""
    got = phone.open(f"/S/{pack.serial()}", accept_encoding="gzip")
    parts = set(re.findall(r'(?:src|href)="(/T/[^"]+)"', got.text))
    fonts = {path for path in (each[1] for each in assets.addresses().items()) if "woff2" in path}
    total = len(got.body)
    for path in parts | fonts:
        part = phone.open(path, accept_encoding="gzip")
        assert part.status == 200
        assert "immutable" in part.headers["cache-control"]
        total += len(part.body)
    assert total <= 60_000 - 22_000


def test_page_needs_no_script_and_reaches_nowhere_else(pack: Pack, phone: Phone) -> None:
    got = phone.open(f"/S/{pack.serial()}")
    assert "<script" not in got.text
    assert " style=" not in got.text
    policy = got.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "set-cookie" not in got.headers


def test_hidden_code_is_asked_for_where_there_is_one(
    pack: Pack, phone: Phone, now: datetime
) -> None:
    order = make_order(pack.item, now, hidden=True)
    activate(order, pack.lot, now)
    phone.learn()
    path = f"/S/{serial(order)}"
    assert "Tem có lớp phủ?" in phone.open(path).text
    assert "Tem có lớp phủ?" not in phone.open(f"/S/{pack.serial()}").text
    sent = phone.open(path, "POST")
    assert sent.status == 307  # with what was typed
    assert sent.headers["location"] == reverse("stamp_check", args=[serial(order)]) + "?lang=vi"
    assert phone.open(f"/S/{pack.serial()}", "POST").status == 405


def test_report_leads_to_the_form_with_the_code(pack: Pack, phone: Phone, client: Client) -> None:
    for path, code in (
        (f"/S/{pack.serial()}", pack.serial()),
        (f"/T/L/{pack.lot.code}", pack.lot.code),
        (f"/P/{pack.item.code}", pack.item.code),
    ):
        got = phone.open(path, query="phan-anh")
        assert (got.status, got.headers["location"]) == (303, f"/phan-anh/ma/{code}/?lang=vi")
        form = client.get(got.headers["location"])
        assert form.status_code == 200
    assert phone.scans == []


def test_addresses_of_the_office_are_whole_on_another_host(pack: Pack, settings: object) -> None:
    settings.OCOP_STAMP_URL = "https://id.ocop.vn"  # type: ignore[attr-defined]
    answers_of = Phone(day=TODAY)
    got = answers_of.open(f"/01/09520123456788/21/{pack.serial()}", accept_language="")
    assert got.to == f"https://id.ocop.vn/T/{pack.serial()}"
    text = answers_of.open(f"/T/{pack.serial()}").text
    assert f'href="http://localhost:8000/san-pham/{pack.item.product.code}/"' in text
    assert 'href="/T/stamp.' in text


def test_demonstration_is_marked(pack: Pack, phone: Phone, now: datetime) -> None:
    assert "Dữ liệu mẫu" not in phone.open(f"/S/{pack.serial()}").text
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert "Dữ liệu mẫu" in phone.open(f"/S/{pack.serial()}").text


def test_a_lot_in_kilograms_says_so_in_words(pack: Pack, phone: Phone) -> None:
    Lot.objects.update(quantity=500, measure="KGM")
    text = phone.open(f"/S/{pack.serial()}").text
    assert "500 kg" in text
    assert "KGM" not in text
