"""Papers of a request: which there are when, and what they must say to be signed and paid by."""

from datetime import datetime
from io import BytesIO

import pytest
from docx import Document

from ocop.core.actor import SYSTEM
from ocop.core.official.paper import Facts, Grid, Official, Text
from ocop.support import papers
from ocop.support.models import Per, SupportRequest
from ocop.support.services import paying, requests
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.support import factories as making
from tests.support.factories import LineFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def keys(request: SupportRequest) -> list[str]:
    return [paper.key for paper in papers.of_request(SYSTEM, request)]


def said(paper: Official) -> str:
    """All words of a paper."""
    told = [paper.title, paper.subtitle, paper.number, paper.to, paper.issuer]
    for block in paper.blocks:
        if isinstance(block, Text):
            told.append(block.text)
        elif isinstance(block, Facts):
            told += [f"{label}: {value}" for label, value in block.rows]
        elif isinstance(block, Grid):
            told += [" | ".join(row) for row in block.rows]
    return "\n".join(told)


def back(now: datetime, request: SupportRequest, amount: int, reason: str) -> SupportRequest:
    return paying.reclaim(
        actor=SYSTEM, request=request, amount=amount, on=now.date(), voucher=f"PT {amount}",
        reason=reason, at=now,
    )  # fmt: skip


def test_each_paper_is_there_from_its_step_on(now: datetime) -> None:
    request = making.asked(now)
    assert keys(request) == []  # nothing is decided
    making.approved(now, request)
    assert keys(request) == ["decision", "minutes"]
    making.accepted(now, request)
    assert keys(request) == ["decision", "minutes", "payment"]
    paying.pay_request(actor=SYSTEM, request=request, paid_on=now.date(), voucher="UNC 1", at=now)
    assert keys(request) == ["decision", "minutes", "payment"]
    assert keys(back(now, request, 1_000_000, "Hóa đơn sai"))[-1] == "reclaim"


def test_what_was_refused_or_cancelled_has_no_decision_to_sign(now: datetime) -> None:
    refused, cancelled = making.asked(now), making.approved(now)
    requests.refuse_request(actor=SYSTEM, request=refused, reason="Thiếu dự toán", at=now)
    requests.cancel_request(actor=SYSTEM, request=cancelled, reason="Hội chợ bị hoãn", at=now)
    assert keys(refused) == keys(cancelled) == []


def test_decision_names_grounds_source_sum_and_its_words(now: datetime) -> None:
    policy = PolicyFactory(document="Nghị quyết 05/2026/NQ-HĐND")
    line = LineFactory(source="Quyết định 88/QĐ-UBND", unit__name="Xã Vân Từ")
    request = making.approved(now, making.asked(now, policy, cost=21_000_000), line)
    told = said(papers.decision(request))
    assert "Căn cứ Nghị quyết 05/2026/NQ-HĐND" in told
    assert "Quyết định 88/QĐ-UBND (dự toán năm 2026 của Xã Vân Từ)" in told
    assert "10.500.000 đồng (bằng chữ: mười triệu năm trăm nghìn đồng)" in told
    assert "Số: 12/QĐ-VPĐP" in told


def test_minutes_are_filled_in_by_hand_first_and_by_acceptance_then(now: datetime) -> None:
    request = making.approved(now)
    blank = said(papers.minutes(request))
    assert "Chi phí thực tế theo chứng từ: …" in blank
    assert "Được duyệt: 10.000.000 đồng" in blank
    making.accepted(now, request, real_cost=16_000_000)
    filled = said(papers.minutes(request))
    assert "Chi phí thực tế theo chứng từ: 16.000.000 đồng" in filled
    assert "Số được chi: 8.000.000 đồng (bằng chữ: tám triệu đồng)" in filled
    assert "1 | Biên bản nghiệm thu | Biên bản nghiệm thu" in filled


def test_request_for_payment_asks_for_what_is_due_and_not_more(now: datetime) -> None:
    maker = ProducerFactory(name="Hợp tác xã Hoa Sen", tax_code="0100109106")
    request = making.approved(now, making.asked(now, producer=maker))
    making.accepted(now, request, real_cost=16_000_000)
    paper = papers.payment(request)
    told = said(paper)
    assert "Số tiền đề nghị thanh toán: 8.000.000 đồng" in told
    assert "10.000.000" not in told
    assert "Mã số thuế: 0100109106" in told
    assert paper.issuer == "Hợp tác xã Hoa Sen"
    assert paper.to.startswith("Văn phòng Điều phối")
    assert "chưa được ngân sách nào khác chi trả" in told


def test_other_public_money_is_named_where_there_is_some(now: datetime) -> None:
    asked = making.asked(now, cost=20_000_000, others=4_000_000)
    request = making.accepted(now, making.approved(now, asked))
    assert "Ngân sách khác chi: 4.000.000 đồng" in said(papers.minutes(request))
    assert "ngoài phần ngân sách khác đã nêu" in said(papers.payment(request))


def test_notice_lists_what_came_back_and_its_sum(now: datetime) -> None:
    request = making.paid(now)
    back(now, request, 1_000_000, "Hóa đơn sai")
    back(now, request, 2_500_000, "Không dự hội chợ")
    told = said(papers.notice(request))
    assert "PT 1000000 | Hóa đơn sai | 1.000.000" in told
    assert "Cộng | 3.500.000" in told
    assert "bằng chữ: ba triệu năm trăm nghìn đồng" in told


def test_bonus_names_the_star_and_no_cost(now: datetime) -> None:
    product = ProductFactory(name="Cốm làng Vòng")
    policy = PolicyFactory(stars={"4": 20_000_000}, share=None, per=Per.PRODUCT, category="bonus")
    request = making.approved(now, _bonus(now, policy, product))
    told = said(papers.decision(request))
    assert "Sản phẩm: Cốm làng Vòng, 4 sao" in told
    assert "Chi phí dự kiến" not in told


def _bonus(now: datetime, policy: object, product: object) -> SupportRequest:
    RecognitionFactory(product=product, stars=4, on=now.date().replace(year=2025))
    return making.asked(now, policy, producer=product.producer, product=product, cost=0)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_every_paper_is_printed_and_written(now: datetime, kind: str) -> None:
    request = back(now, making.paid(now), 1_000_000, "Hóa đơn sai")
    for paper in papers.of_request(SYSTEM, request):
        file = paper.file(kind)
        assert file.content[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")
        if kind == "docx":
            words = [p.text for p in Document(BytesIO(file.content)).paragraphs]
            assert any(words)


def test_paper_of_the_demonstration_says_so(now: datetime) -> None:
    request = making.approved(now)
    assert papers.decision(request).marks == ()
    request.producer.demonstration = True
    assert "DỮ LIỆU MẪU" in papers.decision(request).marks[0]
