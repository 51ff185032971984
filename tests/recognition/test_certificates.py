"""Certificates: numbers that go on through a year, a paper that says what the register says."""

from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from ocop.core import keys, options
from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.refusals import Refused
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition import certificates, deciding, labels
from ocop.recognition.certificates import NUMBER, issue_certificates, printed
from ocop.recognition.models import Certificate, Evidence, Recognition
from tests.factories import DecisionFactory, ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition import aftercare

pytestmark = pytest.mark.django_db
SIGNED = date(2025, 11, 20)


def recognised(name: str, decision: Any, **more: Any) -> Recognition:
    product = ProductFactory(name=name, producer=ProducerFactory(name=f"HTX {name}", listed=True))
    row: Recognition = RecognitionFactory(
        product=product, decision=decision, on=decision.signed_on, **more
    )
    return row


def issue(decision: Any, now: datetime) -> list[str]:
    made = issue_certificates(actor=SYSTEM, decision=decision, at=now)
    return [row.number for row in made]


def test_numbers_go_by_star_and_name_and_on_through_the_year(now: datetime) -> None:
    first = DecisionFactory(signed_on=SIGNED)
    for name, stars in (("Mắm", 3), ("Bún", 3), ("Trà", 4)):
        recognised(name, first, stars=stars)
    assert issue(first, now) == [f"000{n}/2025/GCN-OCOP" for n in (1, 2, 3)]
    names = [c.recognition.product.name for c in Certificate.objects.order_by("serial")]
    assert names == ["Trà", "Bún", "Mắm"]
    second = DecisionFactory(signed_on=date(2025, 12, 1))
    recognised("Cốm", second)
    assert issue(second, now) == ["0004/2025/GCN-OCOP"]
    later = DecisionFactory(signed_on=date(2026, 1, 5))
    recognised("Giò", later)
    assert issue(later, now) == ["0001/2026/GCN-OCOP"]


def test_a_number_is_given_once_and_only_what_is_new_gets_one(now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    row = recognised("Trà", decision)
    issue(decision, now)
    with pytest.raises(Refused, match="đã có giấy chứng nhận"):
        issue(decision, now)
    recognised("Bún", decision)
    assert issue(decision, now) == ["0002/2025/GCN-OCOP"]
    assert row.certificate.number == "0001/2025/GCN-OCOP"
    assert activity(decision)[0].change == {
        "rows": 1, "first": "0002/2025/GCN-OCOP", "last": "0002/2025/GCN-OCOP"
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"annulled_on": date(2026, 1, 1)},
        {"revoked_on": date(2026, 1, 1)},
        {"evidence": Evidence.B1},
        {"evidence": Evidence.C},
    ],
)
def test_no_certificate_without_a_star_or_a_decision(facts: dict[str, Any], now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    recognised("Trà", decision, **facts)
    with pytest.raises(Refused):
        issue(decision, now)


@pytest.mark.parametrize(
    ("form", "taken"),
    [
        ("{serial:04d}/{year}/GCN-OCOP", True),
        ("{year}.{province}.{serial}", True),
        ("{serial}", False),  # the same in each year
        ("GCN/{year}", False),  # the same for all
        ("{serial}/{year}/{name}", False),
        ("{serial:d", False),
        ("", False),
        ("{serial.__class__}/{serial}/{year}", False),
    ],
)
def test_form_of_the_number_tells_two_certificates_apart(
    form: str, taken: bool, now: datetime
) -> None:
    def choose() -> None:
        options.set_option(actor=SYSTEM, option=NUMBER, value=form, at=now)

    if taken:
        choose()
        assert NUMBER.get() == form
    else:
        with pytest.raises(Refused):
            choose()


def pages_of(decision: Any, now: datetime) -> pypdfium2.PdfDocument:
    rows = deciding.certificates_visible_to(SYSTEM).filter(recognition__decision=decision)
    return pypdfium2.PdfDocument(printed(list(rows), at=now))


def test_paper_says_what_the_register_says_and_its_code_scans(now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED, number="3981/QĐ-UBND")
    for name in ("Trà", "Bún"):
        recognised(name, decision, stars=4)
    issue(decision, now)
    pages = pages_of(decision, now)
    assert len(pages) == 2
    text = " ".join(pages[1].get_textpage().get_text_range().split())
    row = Recognition.objects.get(product__name="Trà")
    for words in (
        f"Mã {row.product.code}, lần công nhận số {row.pk}",
        "GIẤY CHỨNG NHẬN SẢN PHẨM OCOP", "Trà", "HTX Trà", "đạt hạng 4 sao", "0002/2025/GCN-OCOP",
        "Quyết định số 3981/QĐ-UBND ngày 20/11/2025",
        "Có giá trị từ ngày 20/11/2025 đến hết ngày 20/11/2028 "
        "(36 tháng, tính từ ngày liền sau ngày ký)",
    ):  # fmt: skip
        assert words in text
    found = zxingcpp.read_barcode(pages[1].render(scale=203 / 72).to_pil())
    assert found is not None
    address, _, code = found.text.rpartition("/")
    assert address.endswith("/V")
    told = labels.read(code, [key.public for key in keys.public_keys(labels.PURPOSE)])
    assert told == labels.Label(row.product.code, row.pk, date(2028, 11, 20))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"annulled_on": date(2026, 1, 5)}, "ĐÃ HỦY KẾT QUẢ TỪ NGÀY 05/01/2026"),
        ({"revoked_on": date(2026, 1, 5)}, "ĐÃ BỊ THU HỒI TỪ NGÀY 05/01/2026"),
        ({"revoked_on": date(2026, 1, 5), "restored_on": date(2026, 2, 5)}, ""),
    ],
)
def test_void_certificate_is_stamped_for_the_office_and_refused_to_the_producer(
    facts: dict[str, Any], words: str, now: datetime
) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    row = recognised("Trà", decision)
    issue(decision, now)
    Recognition.objects.filter(pk=row.pk).update(**facts)
    (page,) = pages_of(decision, now)
    text = page.get_textpage().get_text_range()
    assert "GIẤY CHỨNG NHẬN" in text
    assert (words in text) if words else ("ĐÃ " not in text)
    certificate = Certificate.objects.get()
    office = aftercare.somebody(now, Role.PROVINCIAL_OFFICER)
    certificates.expect_printable(office, certificate)
    maker = aftercare.maker(now, row)
    if not words:
        certificates.expect_printable(maker, certificate)
        return
    with pytest.raises(Refused) as refusal:
        certificates.expect_printable(maker, certificate)
    assert refusal.value.code == "certificate_void"
    client = Client()
    client.force_login(User.objects.get(pk=maker.user_id))
    answer = client.get(f"/giay-chung-nhan/{certificate.pk}.pdf")
    assert answer["Content-Type"] != "application/pdf"


def test_paper_is_archival(now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    recognised("Trà", decision)
    issue(decision, now)
    rows = list(deciding.certificates_visible_to(SYSTEM))
    assert b"<pdfaid:part>2</pdfaid:part>" in printed(rows, at=now)


def test_paper_keeps_the_words_it_was_given(now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    row = recognised("Trà", decision)
    issue(decision, now)
    row.product.name = "Trà sen"
    row.product.save()
    text = pages_of(decision, now)[0].get_textpage().get_text_range()
    assert "Trà" in text
    assert "Trà sen" not in text


def test_label_leads_to_the_star_of_today(client: Client, now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    row = recognised("Trà", decision, stars=4)
    issue(decision, now)
    sign = keys.signer(labels.PURPOSE, at=now).sign
    path = "/V/" + certificates.label_address(row, sign).rpartition("/")[2]
    page = client.get(path).content.decode()
    assert "0001/2025/GCN-OCOP" in page
    assert "Còn hiệu lực" in page
    row.revoked_on = date(2026, 1, 2)
    row.save()
    assert "Bị thu hồi" in client.get(path.lower().replace("/v/", "/v/")).content.decode()
    other = path[:-1] + ("A" if path[-1] != "A" else "B")
    answer = client.get(other)
    assert answer.status_code == 404
    assert "không do hệ thống này ký" in answer.content.decode()


def test_label_of_an_old_key_stays_good(client: Client, now: datetime) -> None:
    decision = DecisionFactory(signed_on=SIGNED)
    row = recognised("Trà", decision)
    issue(decision, now)
    sign = keys.signer(labels.PURPOSE, at=now).sign
    path = "/V/" + certificates.label_address(row, sign).rpartition("/")[2]
    keys.rotate(labels.PURPOSE, at=datetime(2026, 12, 1, tzinfo=UTC))
    assert client.get(path).status_code == 200
