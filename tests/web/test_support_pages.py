"""Support in a browser: a producer asks, the office answers, pays and looks back."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.support.models import BudgetLine, Grant, GrantBatch, Policy, SupportRequest
from tests.factories import PDF, ProducerFactory, UnitFactory
from tests.support import factories as making
from tests.support.factories import GrantFactory, LineFactory, PolicyFactory
from tests.world import member, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """Pages act now."""
    at = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=at)
    return at


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def office(at: datetime, role: Role = Role.OFFICE_HEAD) -> Client:
    return signed_in(person(at, role))


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


def test_a_request_goes_from_the_producer_to_the_payment(at: datetime) -> None:
    maker, policy = ProducerFactory(), PolicyFactory()
    line = LineFactory(year=timezone.localdate(at).year)
    today = timezone.localdate(at).isoformat()
    client, head = signed_in(member(at, maker)), office(at)
    assert policy.title in page(client, "producer_support")
    assert "50 %" in page(client, "producer_support_new", maker.code, policy.code)
    assert not send(
        client, "producer_support_new", maker.code, policy.code,
        purpose="Gian hàng tại Hải Phòng", cost="20.000.000",
    )  # fmt: skip
    code = SupportRequest.objects.get().code
    assert "10.000.000 đồng" in page(client, "producer_support_request", code)
    assert code.upper() in page(head, "office:support_requests")
    assert "nhiều nhất 10.000.000 đồng" in page(head, "office:support_request", code)
    assert not send(
        head, "office:support_step", code, "duyet", amount="10.000.000", line=line.code,
        decision="12/QĐ-VPĐP", decided_on=today,
    )  # fmt: skip
    accepting = {"real_cost": "18.000.000", "accepted_on": today}
    refused = send(head, "office:support_step", code, "nghiem-thu", **accepting)
    assert "Chưa có biên bản nghiệm thu" in refused
    assert not send(
        client, "producer_support_paper_add", code, kind="acceptance", name="Biên bản",
        file=SimpleUploadedFile("bien-ban.pdf", PDF),
    )  # fmt: skip
    assert not send(head, "office:support_step", code, "nghiem-thu", **accepting)
    assert not send(head, "office:support_step", code, "chi", paid_on=today, voucher="UNC 5")
    found = SupportRequest.objects.get()
    assert (found.state, found.accepted_amount) == ("paid", 9_000_000)
    shown = page(head, "office:support_request", code)
    assert "UNC 5" in shown
    assert "Đã nhận tiền" in page(client, "producer_support_request", code)
    assert "9.000.000 đồng" in page(head, "office:support_line", line.code)
    back = {"amount": "9.000.000", "on": today, "voucher": "PT 2", "reason": "Hóa đơn giả"}
    assert not send(head, "office:support_step", code, "thu-hoi", **back)
    assert SupportRequest.objects.get().reclaimed == 9_000_000


def test_a_request_over_the_ceiling_is_refused_and_kept_on_the_form(at: datetime) -> None:
    maker = ProducerFactory()
    policy = PolicyFactory(ceiling=10_000_000)
    GrantFactory(producer=maker, year=timezone.localdate(at).year, amount=7_000_000)
    client = signed_in(member(at, maker))
    said = send(
        client, "producer_support_new", maker.code, policy.code,
        purpose="Gian hàng", cost="20.000.000", amount="5.000.000",
    )  # fmt: skip
    assert "Chính sách cho nhiều nhất 3.000.000 đồng" in said
    assert "Gian hàng" in said
    assert not SupportRequest.objects.exists()


def test_an_officer_sees_requests_and_does_not_approve(at: datetime) -> None:
    code = making.asked(at).code
    officer = office(at, Role.PROVINCIAL_OFFICER)
    assert "Nghiệm thu" not in page(officer, "office:support_request", code)
    address = reverse("office:support_step", args=[code, "duyet"])
    assert officer.get(address).status_code == 403
    assert not send(office(at), "office:support_step", code, "khong-duyet", reason="Thiếu dự toán")
    assert SupportRequest.objects.get().answer == "Thiếu dự toán"


def test_a_producer_withdraws_its_own_and_sees_no_other(at: datetime) -> None:
    mine, other = making.asked(at), making.asked(at)
    client = signed_in(member(at, mine.producer))
    assert not send(client, "producer_support_withdraw", mine.code, reason="Ghi nhầm")
    for name in ("producer_support_request", "producer_support_withdraw"):
        assert client.get(reverse(name, args=[other.code])).status_code == 404
    assert other.code not in page(client, "producer_support")


def test_a_commune_officer_sees_the_own_communes(at: datetime) -> None:
    here = UnitFactory()
    mine = making.asked(at, producer=ProducerFactory(commune=here))
    other = making.asked(at)
    client = signed_in(person(at, Role.COMMUNE_OFFICER, here))
    shown = page(client, "office:support_requests")
    assert mine.code.upper() in shown
    assert other.code.upper() not in shown
    assert client.get(reverse("office:support_request", args=[other.code])).status_code == 404


def test_policies_and_lines_are_entered_and_changed(at: datetime) -> None:
    head = office(at)
    assert not send(head, "office:support_policies_known")
    assert Policy.objects.filter(code="hn-tem").exists()
    told = {
        "code": "nq-5", "title": "Thưởng hạng sao", "document": "Nghị quyết 5", "category": "bonus",
        "level": "province", "starts_on": "2026-01-01", "per": "product", "period": "ever",
        "star_3": "5.000.000", "difference": "on",
    }  # fmt: skip
    assert not send(head, "office:support_policy_new", **told)
    assert Policy.objects.get(code="nq-5").stars == {"3": 5_000_000}
    assert "Hạng 3 sao: 5.000.000 đồng" in page(head, "office:support_policy", "nq-5")
    assert not send(
        head, "office:support_policy_end", "nq-5", ends_on="2026-12-31", reason="Theo văn bản"
    )
    assert "31/12/2026" in page(head, "office:support_policies")
    unit = UnitFactory()
    line = {"unit": unit.code, "year": "2026", "amount": "50.000.000", "source": "QĐ 9"}
    assert not send(head, "office:support_line_new", **line)
    code = BudgetLine.objects.get().code
    assert not send(head, "office:support_line", code, amount="60.000.000", reason="Bổ sung")
    assert "60.000.000" in page(head, "office:support_lines")


def test_a_workbook_is_read_loaded_and_undone(at: datetime) -> None:
    head = office(at)
    ProducerFactory(name="Hợp tác xã Hoa Sen")
    table = "Chủ thể,Năm,Số tiền\nHTX Hoa Sen,2021,5000000\nAi đó,2021,7\n".encode()
    file = SimpleUploadedFile("so.csv", table)
    told = {"file": file, "level": "district", "category": "promotion"}
    assert not send(head, "office:support_import", **told)
    code = GrantBatch.objects.get().code
    shown = page(head, "office:support_batch", code)
    assert "Sổ đăng ký không có chủ thể này" in shown
    errors = head.get(reverse("office:support_errors", args=[code]))
    assert errors.content[:2] == b"PK"
    assert not send(head, "office:support_batch_step", code, "nap")
    assert not Grant.objects.exists()
    assert not send(head, "office:support_batch_step", code, "nap", skip_bad="on")
    assert "Hợp tác xã Hoa Sen" in page(head, "office:support_grants")
    assert "5.000.000" in page(head, "office:support_effects")
    assert not send(head, "office:support_batch_step", code, "hoan-tac", reason="Nhầm tệp")
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["support_requests", "support_policies", "support_lines", "support_grants", "support_effects",
     "support_import"],
)  # fmt: skip
def test_a_list_asks_the_same_of_one_row_and_of_three(at: datetime, name: str) -> None:
    head, counts = office(at), []
    for rows in (1, 2):
        for _one in range(rows):
            making.paid(at, making.approved(at, line=LineFactory(year=timezone.localdate(at).year)))
            GrantFactory()
        with CaptureQueriesContext(connection) as captured:
            page(head, f"office:{name}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_comes_as_a_workbook(at: datetime) -> None:
    making.asked(at)
    head = office(at)
    for name in ("requests", "policies", "lines", "grants", "effects", "import"):
        answer = head.get(reverse(f"office:support_{name}"), {"format": "xlsx"})
        assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_lists_are_searched_by_words_without_marks(at: datetime) -> None:
    head, sen = office(at), ProducerFactory(name="Hợp tác xã Hoa Sen")
    for maker in (sen, ProducerFactory(name="Cơ sở Tre Việt")):
        GrantFactory(producer=maker)
    PolicyFactory(title="Tem truy xuất nguồn gốc")
    PolicyFactory(title="Gian hàng hội chợ")
    for name, words, kept, gone in (
        ("effects", "hoa sen", "Hợp tác xã Hoa Sen", "Cơ sở Tre Việt"),
        ("grants", "tre", "Cơ sở Tre Việt", "Hợp tác xã Hoa Sen"),
        ("policies", "truy xuat", "Tem truy xuất nguồn gốc", "Gian hàng hội chợ"),
    ):
        shown = page(head, f"office:support_{name}", q=words)
        assert kept in shown
        assert gone not in shown


def test_effects_of_one_purpose_count_its_support_alone(at: datetime) -> None:
    head, maker = office(at), ProducerFactory()
    GrantFactory(producer=maker, amount=3_000_000, category="trademark")
    GrantFactory(producer=maker, amount=4_000_000)
    assert "7.000.000" in page(head, "office:support_effects")
    assert "3.000.000" in page(head, "office:support_effects", category="trademark")
    assert maker.name not in page(head, "office:support_effects", category="tools")


def test_first_page_of_the_office_says_what_waits_for_whom(at: datetime) -> None:
    line = LineFactory(year=timezone.localdate(at).year)
    making.asked(at)
    making.accepted(at, making.approved(at, line=line))
    head, officer = office(at), office(at, Role.PROVINCIAL_OFFICER)
    assert "đề nghị hỗ trợ chờ duyệt" in page(head, "office:home")
    assert "đề nghị hỗ trợ chờ duyệt" not in page(officer, "office:home")
    assert "đã nghiệm thu, chờ chi" in page(officer, "office:home")


def test_papers_are_taken_by_the_producer_and_by_nobody_else(at: datetime) -> None:
    line = LineFactory(year=timezone.localdate(at).year)
    found = making.approved(at, line=line)
    own = signed_in(member(at, found.producer))
    other = signed_in(member(at, ProducerFactory()))
    address = reverse("papers:support", args=[found.code, "minutes", "pdf"])
    assert address in page(own, "producer_support_request", found.code)
    assert address in page(office(at), "office:support_request", found.code)
    assert own.get(address).content[:4] == b"%PDF"
    assert other.get(address).status_code == 404
    not_yet = reverse("papers:support", args=[found.code, "payment", "pdf"])
    assert own.get(not_yet).status_code == 404
