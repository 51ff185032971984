"""The products of a decision as a list: found, narrowed, written out with their certificates."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.recognition.authority import Level
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.decisions import Paper, Result
from ocop.recognition.models import Decision
from ocop.recognition.services import annul, record_decision
from tests.factories import ProductFactory
from tests.world import annulled_by, build_places, person

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 8, 5)


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


@pytest.fixture
def decision(now: datetime) -> Decision:
    """Three products, of which two have a certificate and one is annulled."""
    paper = Paper("3981/QĐ-UBND", SIGNED, "UBND thành phố Hà Nội", Level.PROVINCE)
    told = [("Chè Ba Vì", 4), ("Mật ong", 3), ("Nón làng Chuông", 3)]
    results = [Result(ProductFactory(name=name), stars) for name, stars in told]
    made = record_decision(actor=SYSTEM, paper=paper, results=results, at=now)
    hat = made.recognitions.select_related("decision", "product__producer").get(
        product__name="Nón làng Chuông"
    )
    annul(
        actor=SYSTEM,
        recognition=hat,
        **annulled_by(date(2026, 9, 1)),
        reason="Quyết định 15/QĐ-UBND",
        at=now,
    )
    issue_certificates(actor=SYSTEM, decision=made, at=now)
    return made


def page(officer: Client, decision: Decision, **asked: str) -> str:
    answer = officer.get(reverse("office:decision", args=[decision.pk]), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def workbook(officer: Client, decision: Decision, **asked: str) -> list[dict[str, object]]:
    answer = officer.get(
        reverse("office:decision", args=[decision.pk]), {"format": "xlsx", **asked}
    )
    content = b"".join(answer) if answer.streaming else answer.content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    start = next(n for n, row in enumerate(rows) if "Giấy chứng nhận" in row)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row[0]]


def test_the_workbook_holds_every_product_with_its_certificate(
    officer: Client, decision: Decision
) -> None:
    assert "Xuất Excel" in page(officer, decision)
    rows = workbook(officer, decision)
    certified = {
        row.product.name: row.certificate.number
        for row in decision.recognitions.exclude(certificate=None)
    }
    assert len(certified) == 2
    assert {row["Sản phẩm"]: row["Giấy chứng nhận"] for row in rows} == {
        **certified,
        "Nón làng Chuông": "",
    }
    tea = next(row for row in rows if row["Sản phẩm"] == "Chè Ba Vì")
    assert (tea["Hạng sao"], tea["Hình thức"]) == ("4 sao", "Lần đầu")
    assert (tea["Có hiệu lực từ"], tea["Đến hết ngày"]) == (SIGNED, date(2029, 8, 5))
    product = decision.recognitions.get(product__name="Chè Ba Vì").product
    assert (tea["Mã"], tea["Chủ thể"]) == (product.code, product.producer.name)
    hat = next(row for row in rows if row["Sản phẩm"] == "Nón làng Chuông")
    assert hat["Ghi chú"] == "hủy ngày 01/09/2026"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "che ba vi"}, {"Chè Ba Vì"}),
        ({"stars": "3"}, {"Mật ong", "Nón làng Chuông"}),
        ({"certified": "false"}, {"Nón làng Chuông"}),
        ({"certified": "true", "stars": "3"}, {"Mật ong"}),
        ({"kind": "upgrade"}, set()),
    ],
)
def test_it_is_narrowed_on_the_page_and_in_the_workbook(
    officer: Client, decision: Decision, asked: dict[str, str], names: set[str]
) -> None:
    shown = page(officer, decision, **asked)
    for name in ("Chè Ba Vì", "Mật ong", "Nón làng Chuông"):
        assert (f">{name}</a>" in shown) == (name in names)
    if names:
        assert {row["Sản phẩm"] for row in workbook(officer, decision, **asked)} == names
    # What the page says of the whole decision does not shrink with the list.
    assert "2 trên 3 sản phẩm" in shown


def test_a_certificate_is_found_by_its_number(officer: Client, decision: Decision) -> None:
    honey = decision.recognitions.get(product__name="Mật ong")
    rows = workbook(officer, decision, q=honey.certificate.number)
    assert [row["Sản phẩm"] for row in rows] == ["Mật ong"]


def test_sorted_by_certificate_those_without_one_come_last(
    officer: Client, decision: Decision
) -> None:
    for order in ("certificate", "-certificate"):
        rows = workbook(officer, decision, sort=order)
        assert rows[-1]["Sản phẩm"] == "Nón làng Chuông"
    assert rows[0]["Sản phẩm"] == "Mật ong"


def test_a_filter_that_is_none_is_told(officer: Client, decision: Decision) -> None:
    assert "Không có bộ lọc “sao”" in page(officer, decision, sao="3")
    assert "Không có bộ lọc" not in page(officer, decision, tab="activity")


def test_the_page_asks_as_often_for_many_as_for_one(officer: Client, now: datetime) -> None:
    asked = []
    for count in (1, 3):
        paper = Paper(f"7{count}/QĐ-UBND", SIGNED, "UBND thành phố Hà Nội", Level.PROVINCE)
        results = [Result(ProductFactory(), 3) for _each in range(count)]
        made = record_decision(actor=SYSTEM, paper=paper, results=results, at=now)
        issue_certificates(actor=SYSTEM, decision=made, at=now)
        page(officer, made)
        with CaptureQueriesContext(connection) as queries:
            page(officer, made)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_day_of_publication_is_a_day_in_the_workbook_of_decisions(
    officer: Client, decision: Decision
) -> None:
    answer = officer.get(reverse("office:decisions"), {"format": "xlsx"})
    content = b"".join(answer) if answer.streaming else answer.content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    heading = next(row for row in rows if "Ngày công bố" in row)
    row = next(row for row in rows if row[0] == decision.number)
    assert row[heading.index("Ngày công bố")] == decision.published_on
    assert "23/11/2026" in officer.get(reverse("office:decisions")).content.decode()
