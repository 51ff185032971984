"""Pages of campaigns: chosen by filter and ticks, previewed, sent, followed up."""

import html
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.programme.models import Campaign, UnitTask
from ocop.programme.services import tasks as services
from ocop.programme.tasking import RowWord
from ocop.recognition.models import Recognition
from ocop.web.office.expiry import campaigns as pages
from tests.world import Places, build_places, member, person, recognised

pytestmark = pytest.mark.django_db
CAMPAIGNS = "/dieu-hanh/het-han/chien-dich/"
WORDS = {
    "title": "Nhắc đợt 1",
    "reason": "Nhiều sản phẩm hết hạn",
    "asked": "Hãy nhắc từng chủ thể.",
    "told": "Hãy lập hồ sơ.",
    "due_on": "2026-12-20",
}


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def stars(places: Places) -> list[Recognition]:
    def ends(name: str, day: date, commune: Any) -> Recognition:
        return recognised(name, on=day.replace(year=day.year - 3), commune=commune)

    return [
        ends("Chè", date(2027, 4, 30), places.here),
        ends("Gạo", date(2027, 1, 9), places.there),
        ends("Nấm", date(2026, 8, 1), places.here),
    ]


@pytest.fixture
def office(client: Client, now: datetime, places: Places) -> None:
    """Somebody of the office; a demonstration asks for no second factor."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))


def _page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _make(client: Client, ticks: list[Recognition], query: str = "") -> Campaign:
    answer = client.post(f"{CAMPAIGNS}moi/{query}", {**WORDS, "row": [row.pk for row in ticks]})
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    return Campaign.objects.get()


@pytest.mark.usefixtures("office")
def test_rows_are_chosen_by_filter_and_by_ticks(client: Client, stars: list[Recognition]) -> None:
    page = _page(client, f"{CAMPAIGNS}moi/", state="window_missed")
    assert re.findall(r'name="row" value="(\d+)"[^>]* checked', page) == [str(stars[1].pk)]
    campaign = _make(client, stars[:2])
    assert {each.recognition for each in campaign.members.all()} == set(stars[:2])
    assert not Message.objects.filter(kind="programme.campaign_told").exists()


@pytest.mark.usefixtures("office")
def test_ticks_outside_the_filter_choose_nothing(client: Client, stars: list[Recognition]) -> None:
    answer = client.post(
        f"{CAMPAIGNS}moi/?state=window_open", {**WORDS, "row": [row.pk for row in stars[1:]]}
    )
    assert "ít nhất một sản phẩm" in answer.content.decode()
    assert not Campaign.objects.exists()


@pytest.mark.usefixtures("office")
def test_more_rows_than_can_be_ticked_are_chosen_by_the_filter(
    client: Client, stars: list[Recognition], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "TICKS", 2)
    page = _page(client, f"{CAMPAIGNS}moi/")
    assert 'name="row"' not in page
    assert "Cả 3 sản phẩm khớp bộ lọc được chọn" in page
    assert _make(client, []).members.count() == 3


@pytest.mark.usefixtures("office")
def test_letters_are_shown_before_they_are_sent_and_hold_the_campaigns_words(
    client: Client, stars: list[Recognition]
) -> None:
    campaign = _make(client, stars)
    page = _page(client, f"{CAMPAIGNS}{campaign.code}/thu/")
    assert "Kính gửi: Ủy ban nhân dân xã Đại Xuyên" in page
    assert "Hãy nhắc từng chủ thể." in page
    assert "Hãy lập hồ sơ." in page
    assert "2 thư gửi xã, tin nhắn cho 3 chủ thể" in page
    answer = client.get(f"{CAMPAIGNS}{campaign.code}/thu.docx")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert text.count("Hãy nhắc từng chủ thể.") == 2
    assert "đến hết ngày 20/12/2026" in text
    for kind, start in (("pdf", b"%PDF-"), ("zip", b"PK"), ("xlsx", b"PK")):
        answer = client.get(f"{CAMPAIGNS}{campaign.code}/thu.{kind}")
        assert answer.content.startswith(start)
    assert client.get(f"{CAMPAIGNS}{campaign.code}/thu.odt").status_code == 404


@pytest.mark.usefixtures("office")
def test_campaign_is_sent_once_and_its_page_tells_where_it_stands(
    client: Client, now: datetime, places: Places, stars: list[Recognition]
) -> None:
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    member(now, stars[0].product.producer)
    campaign = _make(client, stars)
    address = f"{CAMPAIGNS}{campaign.code}/"
    assert "Gửi 3 sản phẩm" in _page(client, address)
    client.post(f"{address}gui/")
    assert UnitTask.objects.get().answers.count() == 2
    assert Message.objects.filter(user=officer).count() == 1
    page = _page(client, address)
    assert "Gửi 3 sản phẩm" not in page
    assert "đã gửi trên 3 sản phẩm" in page
    assert "Chưa xem" in page
    assert "Chưa có tài khoản, xã báo" in page
    page = html.unescape(client.post(f"{address}gui/", follow=True).content.decode())
    assert "Không còn sản phẩm nào chưa gửi" in page
    assert UnitTask.objects.count() == 1
    page = html.unescape(client.post(f"{address}nhac/", follow=True).content.decode())
    assert "Đã nhắc 2 xã và 1 chủ thể." in page
    answer = client.get(address, {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert {line[1] for line in sheet.values} >= {"Chè", "Gạo", "Nấm"}


@pytest.mark.usefixtures("office")
def test_answers_are_counted_each_with_its_list(
    client: Client, now: datetime, places: Places, stars: list[Recognition]
) -> None:
    """Issue 4: a campaign is followed up. Who stops or declines is seen without a file."""
    officer = person(now, Role.COMMUNE_OFFICER, places.here)
    campaign = _make(client, stars)
    address = f"{CAMPAIGNS}{campaign.code}/"
    client.post(f"{address}gui/")
    words = {stars[0].product.code: RowWord.DECLINES, stars[2].product.code: RowWord.STOPPED}
    services.answer_task(
        actor=people.actor_for(officer, on=now.date()),
        part=UnitTask.objects.get().answers.get(unit=places.here),
        answer=services.Answer(row_words=words),
        at=now,
    )
    page = _page(client, address)
    for words_of in ("Ngừng sản xuất", "Không đánh giá lại", "Xã chưa trả lời"):
        assert re.search(rf"\?answer=\w+#tra-loi\">1</a></b><span>{words_of}<", page)
    assert "Sẽ nộp hồ sơ đánh giá lại<" not in page
    part = _page(client, address, answer="stopped")
    part = part[part.index("<h3>Ngừng sản xuất") : part.index("theo-xa")]
    assert "Nấm" in part
    assert "Chè" not in part
    assert "<h3>" not in _page(client, address, answer="x")


@pytest.mark.usefixtures("office")
def test_extended_star_is_nowhere_told_as_expired(
    client: Client, now: datetime, places: Places, stars: list[Recognition]
) -> None:
    """Choice, letters, follow-up and the commune's task say the last day of the extension."""
    star = stars[2]  # ended on 01/08/2026
    star.extended_until = date(2027, 1, 28)
    star.save()
    choice = _page(client, f"{CAMPAIGNS}moi/?state=extended")
    campaign = _make(client, [star], "?state=extended")
    address = f"{CAMPAIGNS}{campaign.code}/"
    letters = _page(client, f"{address}thu/")
    client.post(f"{address}gui/")
    answer = client.get(address, {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    (line,) = [line for line in sheet.values if line[1] == "Nấm"]
    assert [value.date() for value in line[3:5]] == [date(2026, 8, 1), date(2027, 1, 28)]
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    (part,) = UnitTask.objects.get().answers.all()
    task = _page(client, f"/dieu-hanh/viec/tra-loi/{part.code}/")
    for page in (choice, letters, task):
        assert "28/01/2027" in page
        assert "kéo dài" in page
    assert "hết hạn từ" not in task


@pytest.mark.usefixtures("office")
def test_campaign_is_changed_extended_and_closed(client: Client, stars: list[Recognition]) -> None:
    campaign = _make(client, stars[:1])
    address = f"{CAMPAIGNS}{campaign.code}/"
    client.post(f"{address}sua/", {**WORDS, "asked": "Báo cáo lý do."})
    client.post(f"{address}them/", {"row": [stars[1].pk]})
    client.post(f"{address}ket-thuc/", {"reason": "Đã xong đợt"})
    campaign.refresh_from_db()
    assert campaign.asked == "Báo cáo lý do."
    assert campaign.members.count() == 2
    assert campaign.closed_at is not None
    page = _page(client, address)
    assert "Chiến dịch này đã kết thúc lúc" in page
    assert "<form" not in page[page.index("<main") :]


def test_auditor_looks_on_and_an_officer_of_a_commune_does_not(
    client: Client, now: datetime, places: Places, stars: list[Recognition]
) -> None:
    client.force_login(person(now, Role.AUDITOR))
    assert "Chưa có chiến dịch nào" in _page(client, CAMPAIGNS)
    assert client.get(f"{CAMPAIGNS}moi/").status_code == 403
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    assert client.get(CAMPAIGNS).status_code == 403
