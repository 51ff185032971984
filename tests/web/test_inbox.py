"""Messages, choices, the agenda and the calendar at a secret address."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import queries
from ocop.people.models import Digest, Message, User
from ocop.people.outbox import tell
from ocop.people.scopes import READ_REGISTER
from tests.news import Round, build_round
from tests.world import bearer, person, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(now: datetime) -> User:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    return person(now, None)


@pytest.fixture
def world(now: datetime, user: User) -> Round:
    """A sitting tomorrow, as the clock of this machine says."""
    return build_round(now, starts_at=timezone.now() + timedelta(days=1))


def _told(user: User, now: datetime, key: str = "k", **more: object) -> Message:
    said = {"subject": f"Tin {key}", "body": "Thân tin.\n\nĐoạn hai.", "link": "/san-pham/"}
    return tell(users=[user], kind="x.y", key=key, at=now, **{**said, **more})[0]


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


# --- The inbox -----------------------------------------------------------------------------------
def test_news_is_for_people_who_signed_in(client: Client) -> None:
    for path in ("/tin-nhan/", "/tin-nhan/cach-nhan/", "/lich/", "/den/ho-so/abcd1234/"):
        assert client.get(path).status_code == 302


def test_header_counts_what_is_unread(client: Client, user: User, now: datetime) -> None:
    client.force_login(user)
    assert "unread-count" not in _page(client, "/tai-khoan/")
    _told(user, now)
    _told(user, now, "k2")
    assert re.search(r'class="unread-count">2<', _page(client, "/tai-khoan/"))


def test_opening_a_message_reads_it(client: Client, user: User, now: datetime) -> None:
    message = _told(user, now, due_on=date(2026, 12, 1))
    client.force_login(user)
    assert "Tin k" in _page(client, "/tin-nhan/")
    page = _page(client, f"/tin-nhan/{message.code}/")
    assert "<p>Thân tin.</p>" in page
    assert 'href="/san-pham/"' in page
    message.refresh_from_db()
    assert message.read_at is not None
    assert "Tin k" not in _page(client, "/tin-nhan/?chua-doc=1")
    assert "Tin k" in _page(client, "/tin-nhan/")


def test_messages_stand_newest_first_in_whatever_order_they_were_written(
    client: Client, user: User, now: datetime
) -> None:
    for key, days in (("a", 1), ("b", 9), ("c", 4)):
        _told(user, now - timedelta(days=days), key)
    client.force_login(user)
    assert re.findall(r"Tin ([abc])", _page(client, "/tin-nhan/")) == ["a", "c", "b"]


def test_anothers_message_is_not_there(client: Client, user: User, now: datetime) -> None:
    message = _told(user, now)
    client.force_login(person(now, None))
    assert client.get(f"/tin-nhan/{message.code}/").status_code == 404
    assert "Tin k" not in _page(client, "/tin-nhan/")
    message.refresh_from_db()
    assert message.read_at is None


def test_all_can_be_read_at_once(client: Client, user: User, now: datetime) -> None:
    _told(user, now)
    client.force_login(user)
    assert client.get("/tin-nhan/da-doc/").status_code == 405
    assert client.post("/tin-nhan/da-doc/").status_code == 302
    assert queries.unread(queries.actor_for(user, on=now.date())) == 0


def test_a_person_chooses_how_news_comes(client: Client, user: User, now: datetime) -> None:
    client.force_login(user)
    address = "/tin-nhan/cach-nhan/"
    assert "Zalo" in _page(client, address)
    refused = client.post(address, {"digest": "daily", "ways": ["sms"]})
    assert "chưa có số điện thoại" in refused.content.decode()
    assert client.post(address, {"digest": "daily"}).status_code == 302
    user.refresh_from_db()
    assert user.digest == Digest.DAILY


def test_channels_nobody_offers_are_not_on_the_page(
    client: Client, user: User, now: datetime
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=False, at=now)
    client.force_login(user)
    assert "Zalo" not in _page(client, "/tin-nhan/cach-nhan/")


# --- The agenda and the calendar -----------------------------------------------------------------
def test_agenda_shows_the_own_days(client: Client, world: Round) -> None:
    client.force_login(world.chair)
    page = _page(client, "/lich/")
    assert "Phiên 1" in page
    assert f"/den/phien/{world.sitting.code}/" in page
    client.force_login(world.maker)
    assert "Phiên 1" not in _page(client, "/lich/")


def _address(client: Client) -> str:
    page = client.post("/lich/dia-chi/").content.decode()
    found = re.search(r'value="http://localhost:8000(/lich/[^"]+\.ics)"', page)
    assert found
    return found[1]


def test_calendar_is_read_by_its_secret_address(client: Client, world: Round) -> None:
    client.force_login(world.chair)
    address = _address(client)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Phiên 1\r\n" in text
    assert "LOCATION:Phòng họp số 2\r\n" in text
    assert f"URL:http://localhost:8000/den/phien/{world.sitting.code}/" in text
    assert world.item.case.title not in text
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_calendar_of_a_revoked_address_or_another_key_is_not_there(
    client: Client, world: Round, now: datetime
) -> None:
    client.force_login(world.chair)
    address = _address(client)
    assert "Hủy địa chỉ" in _page(client, "/lich/")
    token = world.chair.tokens.get()
    revoke = f"/tai-khoan/khoa/{token.pk}/huy/"
    assert f'href="{revoke}"' in _page(client, "/lich/")
    client.post(revoke, {"reason": "Mất điện thoại"})
    assert Client().get(address).status_code == 404
    assert Client().get("/lich/ocop_khong-co.ics").status_code == 404
    other = bearer(world.chair, timezone.now(), READ_REGISTER)["authorization"].split()[1]
    assert Client().get(f"/lich/{other}.ics").status_code == 404
    assert Client().post(address).status_code == 405


def test_calendar_of_a_person_without_the_second_factor_that_is_due_is_not_there(
    client: Client, world: Round, now: datetime
) -> None:
    client.force_login(world.chair)
    address = _address(client)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=False, at=now)
    assert Client().get(address).status_code == 404
    with_second_factor(world.chair, now)
    assert Client().get(address).status_code == 200


def test_calendar_key_opens_nothing_else(client: Client, world: Round) -> None:
    client.force_login(world.officer)
    secret = _address(client).removeprefix("/lich/").removesuffix(".ics")
    asked = Client().get("/api/v1/registrations", headers={"authorization": f"Bearer {secret}"})
    assert asked.status_code == 403


# --- Where messages lead -------------------------------------------------------------------------
def test_short_addresses_lead_to_the_own_face(client: Client, world: Round, now: datetime) -> None:
    sitting = f"/den/phien/{world.sitting.code}/"
    for user, path, target in (
        (world.chair, sitting, f"/hoi-dong/phien/{world.sitting.code}/"),
        (world.officer, sitting, f"/hoi-dong/phien/{world.sitting.code}/"),
        (world.members[0], sitting, "/hoi-dong/"),
        (world.members[0], f"/den/phieu/{world.item.code}/", f"/hoi-dong/phieu/{world.item.code}/"),
        (world.officer, f"/den/muc/{world.item.code}/", f"/hoi-dong/ho-so/{world.item.code}/"),
    ):
        client.force_login(user)
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, target)
    client.force_login(world.maker)
    assert client.get(sitting).status_code == 404
    own = client.get(f"/den/ho-so/{world.dossier.code}/")
    assert own["Location"].startswith("/cua-toi/")
    client.force_login(world.officer)
    theirs = client.get(f"/den/ho-so/{world.dossier.code}/")
    assert theirs["Location"].startswith("/dieu-hanh/")
    assert client.get("/den/ke-hoach/")["Location"].startswith("/dieu-hanh/")


def test_account_leads_to_the_choices(client: Client, user: User) -> None:
    client.force_login(user)
    assert "/tin-nhan/cach-nhan/" in _page(client, "/tai-khoan/")
