"""A criteria set in the office: official wording over our labels wherever the set is read."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.councils.papers.sheets import sheet_paper
from ocop.criteria import queries, services
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import tables
from tests.councils.hall import build_hall
from tests.world import person

pytestmark = pytest.mark.django_db
NAME, LEVEL = "Lời văn chính thức của tiêu chí", "Lời văn chính thức của mức"
WORDING = f"a,b,c,d,e\n1.1,,,,{NAME}\n1.1,1,,,{LEVEL}\n".encode()
SHORT = load_set(1).by_code["1.1"]


@pytest.fixture
def first(now: datetime) -> CriteriaSetVersion:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    services.load_decree(actor=SYSTEM, at=now)
    return queries.current(ANONYMOUS).get(number=1)


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def test_official_wording_stands_in_the_table_with_the_short_label_beside(
    officer: Client, first: CriteriaSetVersion, now: datetime
) -> None:
    address = f"/dieu-hanh/bo-tieu-chi/{first.pk}/"
    assert NAME not in officer.get(address).content.decode()
    services.load_wording(actor=SYSTEM, version=first, content=WORDING, at=now)
    page = officer.get(address).content.decode()
    row = page.split('<td class="code">1.1</td>')[1].split("</tr>")[0]
    for words in (NAME, SHORT.name, LEVEL, SHORT.options[0].label):
        assert row.count(words) == 1
    assert page.count(NAME) == 1
    assert row.index(NAME) < row.index(SHORT.name)
    assert row.index(LEVEL) < row.index(SHORT.options[0].label)


def test_official_wording_is_read_wherever_the_set_is_filled_in(
    officer: Client, first: CriteriaSetVersion, now: datetime
) -> None:
    services.load_wording(actor=SYSTEM, version=first, content=WORDING, at=now)
    calculator = officer.get("/dieu-hanh/cham-thu/1/?m1.2=0").content.decode()
    for words in (NAME, LEVEL):
        assert words in calculator
    told = {"title": "Phiên 1", "members": "An", "products": "1, Gạo"}
    book = tables(officer.post("/dieu-hanh/so-cham/mau/", told).content)
    assert NAME in str(book["Chấm điểm"])
    assert LEVEL in str(book["Chấm điểm"])
    hall = build_hall(now, number=1)
    services.load_wording(actor=SYSTEM, version=hall.item.case.version, content=WORDING, at=now)
    assert NAME in repr(sheet_paper(hall.item, hall.seat(0), None))


def test_other_wording_asks_for_another_comparison(
    officer: Client, first: CriteriaSetVersion, now: datetime
) -> None:
    services.sign_off_set(actor=SYSTEM, version=first, note="PDF có chữ ký số", at=now)
    address = f"/dieu-hanh/bo-tieu-chi/{first.pk}/"
    assert "Đã đối chiếu với văn bản ký" in officer.get(address).content.decode()
    form = f"{address}loi-van/"
    assert "việc đối chiếu hết hiệu lực" in officer.get(form).content.decode()
    file = SimpleUploadedFile("loi-van.csv", WORDING)
    page = officer.post(form, {"file": file}, follow=True).content.decode()
    assert "Hãy đối chiếu lại." in page
    assert "Chưa đối chiếu với văn bản ký" in page


def test_sign_off_tells_who_compared_with_what_and_is_asked_once(
    officer: Client, first: CriteriaSetVersion
) -> None:
    address = f"/dieu-hanh/bo-tieu-chi/{first.pk}/"
    form = f"{address}doi-chieu/"
    assert form in officer.get(address).content.decode()
    officer.post(form, {"note": "PDF có chữ ký số ngày 22/5/2026"})
    page = officer.get(address).content.decode()
    assert "Đã đối chiếu với văn bản ký: PDF có chữ ký số ngày 22/5/2026. Người " in page
    assert form not in page
    again = officer.get(form, follow=True)
    assert again.redirect_chain == [(address, 302)]
    assert "Đã đối chiếu rồi." in again.content.decode()
