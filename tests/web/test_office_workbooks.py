"""The council's score workbooks in the office: template, upload, results, papers."""

import io
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import ScoreWorkbook
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import filled, tables, template
from tests.world import person

pytestmark = pytest.mark.django_db
LIST = "/dieu-hanh/so-cham/"
BEST = {c.code: max(o.points for o in c.options) for c in load_set(13).criteria}


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def marked() -> bytes:
    return filled(template(("Cà phê", 13)), lambda row: BEST[str(row["Mã tiêu chí"])])


@pytest.fixture
def stored(now: datetime) -> ScoreWorkbook:
    return store_workbook(
        actor=SYSTEM, title="Phiên 1", content=marked(), filename="phieu.xlsx", at=now
    )


def test_secretary_brings_a_workbook_and_sees_its_results(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.COUNCIL_SECRETARY))
    file = SimpleUploadedFile("phieu.xlsx", marked())
    answer = client.post(LIST, {"title": "Phiên 1", "file": file}, follow=True)
    page = answer.content.decode()
    for text in ("Phiên 1", "Cà phê", "5 sao", "ket-qua.pdf", "ket-qua.docx", "ket-qua.xlsx"):
        assert text in page


def test_results_are_cards_on_a_phone_with_the_star_first(
    client: Client, now: datetime, stored: ScoreWorkbook
) -> None:
    """Every cell says its heading; the star stands right behind the product."""
    client.force_login(person(now, Role.COUNCIL_SECRETARY))
    page = client.get(f"{LIST}{stored.pk}/").content.decode()
    assert 'class="table cards"' in page
    row = page.split("<tbody><tr>")[1].split("</tr>")[0]
    headings = re.findall(r'<td[^>]* data-label="([^"]+)"', row)
    assert headings[:2] == ["Hạng", "Trung bình"]
    assert len(headings) == row.count("<td")
    assert headings[-1] == "Bộ tiêu chí"


def test_wrong_workbook_is_refused_on_the_page_and_not_kept(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.COUNCIL_SECRETARY))
    file = SimpleUploadedFile("phieu.xlsx", b"nothing")
    answer = client.post(LIST, {"title": "Phiên 1", "file": file})
    assert answer.status_code == 200
    assert "Không mở được tệp" in answer.content.decode()
    assert not ScoreWorkbook.objects.exists()


@pytest.mark.parametrize(
    ("kind", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF-"), ("odt", None)]
)
def test_results_come_in_every_form_of_a_report(
    client: Client, now: datetime, stored: ScoreWorkbook, kind: str, start: bytes | None
) -> None:
    client.force_login(person(now, Role.AUDITOR))
    answer = client.get(f"{LIST}{stored.pk}/ket-qua.{kind}")
    if start is None:
        assert answer.status_code == 404
        return
    assert answer.content.startswith(start)
    assert f'filename="ket-qua-cham-{stored.pk}.{kind}"' in answer["Content-Disposition"]
    if kind == "docx":
        said = [p.text for p in Document(io.BytesIO(answer.content)).paragraphs]
        assert said[0] == "Phiên 1"
        assert any(text.startswith("DỮ LIỆU MẪU") for text in said)


def test_member_who_scores_blind_reads_no_results(
    client: Client, now: datetime, stored: ScoreWorkbook
) -> None:
    client.force_login(person(now, Role.COUNCIL_MEMBER))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{stored.pk}/").status_code == 404
    assert client.get(f"{LIST}{stored.pk}/ket-qua.pdf").status_code == 404


def test_template_is_made_for_members_and_products(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.COUNCIL_CHAIR))
    told = {"title": "Phiên 2", "members": "An\nBình", "products": "13, Cà phê\n1, Rau"}
    sheets = tables(client.post(f"{LIST}mau/", told).content)
    council = [row[:2] for row in sheets["Hội đồng"][1:]]
    assert council == [["An", "Chủ tịch"], ["Bình", "Thành viên"]]
    assert {row[1] for row in sheets["Chấm điểm"][1:]} == {"Cà phê", "Rau"}


@pytest.mark.parametrize("products", ["Cà phê", "99, Cà phê", "13, Cà phê\n13, cà phê"])
def test_products_that_cannot_be_meant_are_told_at_the_form(
    client: Client, now: datetime, products: str
) -> None:
    client.force_login(person(now, Role.COUNCIL_CHAIR))
    told = {"title": "Phiên 2", "members": "An", "products": products}
    answer = client.post(f"{LIST}mau/", told)
    assert answer["Content-Type"].startswith("text/html")
    assert 'role="alert"' in answer.content.decode()
