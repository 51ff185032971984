"""The administrator's face, page by page."""

import html
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.people import services
from ocop.people.models import Membership, User
from ocop.people.roles import Role
from ocop.places.models import Level
from tests.factories import OldUnitFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    """Without second factors, which have tests of their own."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def _person(now: datetime, role: Role | None, email: str = "qt@donvi.example") -> User:
    user = services.create_account(actor=SYSTEM, name=f"Người {email}", email=email, at=now)
    if role:
        services.grant_role(actor=SYSTEM, user=user, role=role, starts_on=date(2026, 1, 1), at=now)
    return user


@pytest.fixture
def administrator(client: Client, now: datetime) -> User:
    user = _person(now, Role.ADMINISTRATOR)
    client.force_login(user)
    return user


PAGES = ("home", "accounts", "options", "log")


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_administrator_and_auditor_only(
    client: Client, now: datetime, name: str
) -> None:
    address = reverse(f"administration:{name}")
    assert client.get(address).status_code == 302
    for role, status in ((Role.ADMINISTRATOR, 200), (Role.AUDITOR, 200), (Role.OFFICE_HEAD, 403)):
        client.force_login(_person(now, role, f"{role}@donvi.example"))
        assert client.get(address).status_code == status


def test_auditor_reads_accounts_and_is_offered_none_to_make(client: Client, now: datetime) -> None:
    client.force_login(_person(now, Role.AUDITOR))
    new = reverse("administration:account_new")
    assert new not in client.get(reverse("administration:accounts")).content.decode()
    assert client.get(new).status_code == 403


def test_new_account_gets_a_link_by_which_it_sets_its_password(
    client: Client, administrator: User
) -> None:
    answer = client.post(
        reverse("administration:account_new"),
        {"name": "Cán bộ mới", "email": "moi@donvi.example", "phone": ""},
    )
    assert answer.status_code == 200
    link = re.search(r"http://\S+/tai-khoan/\S+", mail.outbox[0].body)
    assert link is not None
    assert link[0] in answer.content.decode()
    visitor = Client()
    form = visitor.get(link[0].replace("http://localhost:8000", ""), follow=True)
    done = visitor.post(
        form.request["PATH_INFO"],
        {"password1": "mat-khau-rieng-2026", "password2": "mat-khau-rieng-2026"},
    )
    assert done.status_code == 302
    assert visitor.login(email="moi@donvi.example", password="mat-khau-rieng-2026")


def test_bad_account_keeps_what_was_typed_and_says_where(
    client: Client, administrator: User
) -> None:
    answer = client.post(
        reverse("administration:account_new"), {"name": "Cán bộ mới", "email": "sai", "phone": ""}
    )
    text = answer.content.decode()
    assert "Thư điện tử không đúng dạng" in text
    assert "Cán bộ mới" in text
    assert User.objects.count() == 1


def test_link_is_not_said_to_be_sent_where_no_mail_is_set_up(
    client: Client, administrator: User, now: datetime, settings: Any
) -> None:
    person = _person(now, None, "can@donvi.example")
    address = reverse("administration:account_link", args=[person.pk])
    assert "Đã gửi đến" in client.post(address).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = client.post(address).content.decode()
    assert "Đã gửi đến" not in page
    assert "chưa gửi được thư" in page


def test_role_is_given_over_a_unit_and_taken_with_a_reason(
    client: Client, administrator: User, now: datetime
) -> None:
    unit = UnitFactory(code="00004", name="Phường Ba Đình")
    person = _person(now, None, "xa@donvi.example")
    client.post(
        reverse("administration:role_new", args=[person.pk]),
        {
            "role": Role.COMMUNE_OFFICER,
            "unit": "00004",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
        },
    )
    held = Membership.objects.get(user=person)
    assert (held.unit, held.ends_on) == (unit, date(2027, 1, 1))
    page = client.get(reverse("administration:account", args=[person.pk])).content.decode()
    assert "Phường Ba Đình" in page
    end = reverse("administration:role_end", args=[person.pk, held.pk])
    page = client.get(end).content.decode()
    assert "Phường Ba Đình" in page.partition("Những gì sẽ thay đổi")[2]
    assert client.post(end, {"reason": " "}).status_code == 200
    assert client.post(end, {"reason": "chuyển công tác"}).status_code == 302
    assert Event.objects.filter(name="people.role_ended", reason="chuyển công tác").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ba dinh", ""),
        ("Phường Ba Đình", ""),
        ("00004", ""),
        ("Phường Ba Đ", "Gần giống: Phường Ba Đình"),
        ("Phường Hoàn Kiếm", "Không có đơn vị nào tên “Phường Hoàn Kiếm”"),
        ("00005", "Không có đơn vị nào đang mang mã này"),
        ("Xã Đình Ba", "Không có đơn vị nào tên “Xã Đình Ba”"),
    ],
)
def test_unit_of_a_role_is_written_by_name(
    client: Client, administrator: User, now: datetime, written: str, told: str
) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    province = UnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    unit = UnitFactory(code="00004", name="Phường Ba Đình", parent=province)
    OldUnitFactory(code="00005", name="Phường Hoàn Kiếm", parent=province)
    person = _person(now, None, "xa@donvi.example")
    address = reverse("administration:role_new", args=[person.pk])
    page = client.get(address).content.decode()
    assert '<option value="Phường Ba Đình">' in page
    assert 'href="/dieu-hanh/don-vi/"' in page
    role = {"role": Role.COMMUNE_OFFICER, "unit": written, "starts_on": "2026-01-01"}
    answer = client.post(address, role)
    if told:
        assert told in html.unescape(answer.content.decode())
        assert not Membership.objects.filter(user=person).exists()
    else:
        assert Membership.objects.get(user=person).unit == unit


def test_auditor_looks_and_changes_nothing(client: Client, now: datetime) -> None:
    client.force_login(_person(now, Role.AUDITOR))
    other = _person(now, None, "khac@donvi.example")
    assert client.get(reverse("administration:account", args=[other.pk])).status_code == 200
    close = reverse("administration:account_close", args=[other.pk])
    assert client.post(close, {"reason": "thử"}).status_code == 403
    assert client.post(reverse("administration:account_link", args=[other.pk])).status_code == 403
    other.refresh_from_db()
    assert other.is_active


def test_closed_account_is_opened_again(client: Client, administrator: User, now: datetime) -> None:
    other = _person(now, None, "khac@donvi.example")
    for name, active in (("account_close", False), ("account_reopen", True)):
        address = reverse(f"administration:{name}", args=[other.pk])
        page = client.get(address).content.decode()
        assert "Những gì sẽ thay đổi" in page
        assert other.name in page.partition("Những gì sẽ thay đổi")[2]
        assert client.post(address, {"reason": "thử"}).status_code == 302
        other.refresh_from_db()
        assert other.is_active is active


def test_accounts_are_filtered_and_exported_as_shown(
    client: Client, administrator: User, now: datetime
) -> None:
    _person(now, Role.AUDITOR, "kiemtoan@donvi.example")
    address = reverse("administration:accounts")
    page = client.get(address, {"role": Role.AUDITOR}).content.decode()
    assert "kiemtoan@donvi.example" in page
    assert "qt@donvi.example" not in page.split("<main", 1)[1].split("<table", 1)[1]
    book = client.get(address, {"role": Role.AUDITOR, "format": "xlsx"})
    assert book["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_fixed_option_is_shown_and_not_changed(client: Client, administrator: User) -> None:
    key = options.PROVINCE.key
    assert key in client.get(reverse("administration:options")).content.decode()
    change = reverse("administration:option_change", args=[key])
    assert client.get(change).status_code == 404


def test_how_minimums_are_tested_is_chosen_in_words(client: Client, administrator: User) -> None:
    change = reverse("administration:option_change", args=["councils.minimums"])
    page = client.get(change).content.decode()
    assert "<select" in page
    for value, words in (
        ("agreed", "Mức hội đồng thống nhất"),
        ("median", "Trung vị của các thành viên"),
        ("every", "Mức thấp nhất mà một thành viên chấm"),
    ):
        assert f'value="{value}"' in page
        assert words in page
    assert "(mức hội đồng thống nhất)" not in page
