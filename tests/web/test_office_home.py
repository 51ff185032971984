"""The office's first page: what waits for whom, and no more than that."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.councils.services import obstacles
from ocop.councils.services.sittings import close_sitting, take_off
from ocop.people.roles import Role
from tests import world
from tests.councils.hall import build_hall, new_council, open_hall, open_up
from tests.factories import RegistrationFactory
from tests.world import Places, person, recognised

pytestmark = pytest.mark.django_db
MISSED, OPEN = date(2024, 1, 22), date(2024, 4, 22)  # ends within 120, within 180 days
MISSED_WORDS = "sản phẩm đã quá hạn nộp hồ sơ đánh giá lại"
OPEN_WORDS = "sản phẩm đang trong thời gian nộp hồ sơ đánh giá lại"
EVALUATED = "sản phẩm đã được đánh giá, phân hạng"
REGISTERED = "sản phẩm đăng ký đánh giá lần đầu trong năm"


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    found = world.build_places(now)
    recognised("Ở đây, quá hạn", commune=found.here, on=MISSED)
    recognised("Của xã cũ, quá hạn", unit=found.before, on=MISSED)
    recognised("Nơi khác, quá hạn", commune=found.there, on=MISSED)
    recognised("Nơi khác, trong hạn", commune=found.there, on=OPEN)
    RegistrationFactory(year=2026, unit=found.here)
    RegistrationFactory(year=2026, unit=found.there)
    return found


def _figures(client: Client) -> dict[str, tuple[str, str]]:
    """The large numbers of the page by their words: value and address."""
    page = client.get(reverse("office:home")).content.decode()
    found = re.findall(
        r'<div class="figure"><b><a href="([^"]*)">([^<]*)</a></b><span>([^<]*)</span>', page
    )
    return {words: (value, html.unescape(address)) for address, value, words in found}


def _menu(client: Client) -> set[str]:
    page = client.get(reverse("office:home")).content.decode()
    rail = page.partition('<aside class="rail">')[2].partition("</aside>")[0]
    return set(re.findall(r">([^<>]+)</a>", rail))


def test_office_is_told_of_the_whole_province(
    client: Client, now: datetime, places: Places
) -> None:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    found = _figures(client)
    assert (found[MISSED_WORDS][0], found[OPEN_WORDS][0]) == ("3", "1")
    assert (found[EVALUATED][0], found[REGISTERED][0]) == ("0", "2")  # only invented rows count
    assert found[EVALUATED][1] == reverse("progress")


def test_commune_officer_is_told_of_the_own_commune(
    client: Client, now: datetime, places: Places
) -> None:
    """What an old commune of it holds counts, too, as in the expiry list."""
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    found = _figures(client)
    assert found[MISSED_WORDS][0] == "2"
    assert OPEN_WORDS not in found
    assert (found[EVALUATED][0], found[REGISTERED][0]) == ("2", "1")
    for words in (MISSED_WORDS, EVALUATED):
        listed = client.get(found[words][1]).content.decode()
        assert "Ở đây, quá hạn" in listed
        assert "Của xã cũ, quá hạn" in listed
        assert "Nơi khác" not in listed
    registered = client.get(found[REGISTERED][1])
    assert len(registered.context["table"].rows) == 1


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.INSPECTOR])
def test_nobodys_stars_wait_for_who_answers_for_no_area(
    client: Client, now: datetime, places: Places, role: Role
) -> None:
    client.force_login(person(now, role))
    assert not {MISSED_WORDS, OPEN_WORDS} & _figures(client).keys()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.PROVINCIAL_OFFICER, True),
        (Role.AUDITOR, True),
        (Role.COMMUNE_OFFICER, True),
        (Role.COUNCIL_MEMBER, False),
        (Role.INSPECTOR, False),
    ],
)
def test_menu_has_the_expiry_list_for_who_may_see_it(
    client: Client, now: datetime, places: Places, role: Role, expected: bool
) -> None:
    unit = places.here if role == Role.COMMUNE_OFFICER else None
    client.force_login(person(now, role, unit))
    assert ("Hết hạn" in _menu(client)) == expected


def test_filter_by_the_own_area_is_offered_to_commune_officers_only(
    client: Client, now: datetime, places: Places
) -> None:
    address = reverse("office:products")
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    assert 'name="area"' in client.get(address).content.decode()
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    assert 'name="area"' not in client.get(address).content.decode()
    assert client.get(address, {"area": "own"}).context["total"] == 0
    assert 'name="area"' not in client.get(reverse("catalogue")).content.decode()


def test_recent_activity_is_of_the_programme(client: Client, places: Places, now: datetime) -> None:
    head = person(now, Role.OFFICE_HEAD)
    client.force_login(head)
    for _ in range(9):
        record(SYSTEM, "people.messages_read", head, at=now, change={"count": 1})
    page = client.get(reverse("office:home")).content.decode()
    assert "Đọc thông báo" not in page
    assert "Đổi thiết lập" in page


NOTHING = "Không có việc nào đang chờ."


def test_chair_and_secretary_are_told_of_their_open_sitting_and_sheets(
    client: Client, now: datetime
) -> None:
    hall = open_hall(now, members=3, cases=3)
    sheets, led = (
        f"phiếu của bạn chưa nộp: {hall.sitting}",
        f"sản phẩm chưa kết luận ở phiên đang mở: {hall.sitting}",
    )
    obstacles.declare_conflict(
        actor=hall.secretary, case=hall.items[2].case, reason="người nhà", at=now
    )
    client.force_login(hall.people[1])
    found = _figures(client)
    sitting = reverse("council:sitting", args=[hall.sitting.code])
    assert found[sheets] == ("2", reverse("council:home"))  # not of what one is recused from
    assert found[led] == ("2", sitting)
    hall.submit_all(80, 82, 84)
    assert _figures(client)[sheets][0] == "1"
    hall.answer()
    hall.conclude()
    assert _figures(client)[led][0] == "1"
    client.force_login(hall.people[0])
    found = _figures(client)
    assert (found[sheets][0], found[led][0]) == ("2", "2")
    for item in hall.items[1:]:
        take_off(actor=hall.chair, item=item, reason="Thiếu mẫu", at=now)
    assert _figures(client)[f"phiên chờ kết thúc: {hall.sitting}"] == ("1", sitting)
    close_sitting(actor=hall.chair, sitting=hall.sitting, minutes_number="1/BB", at=now)
    assert NOTHING in client.get(reverse("office:home")).content.decode()


def test_who_sits_elsewhere_or_is_away_is_told_of_no_sheet(client: Client, now: datetime) -> None:
    hall = build_hall(now, members=4)
    open_up(hall, away=(2,))
    for user in (hall.people[2], hall.office, new_council(now)[1][1]):
        client.force_login(user)
        assert not [words for words in _figures(client) if str(hall.sitting) in words]
