"""Signing in, the second factor, and the own account."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import services
from ocop.people.models import ApiToken, User
from ocop.people.roles import Role
from ocop.people.scopes import READ_REGISTER
from tests.factories import ProducerFactory
from tests.world import member

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-rieng-2026"


def _person(now: datetime, *roles: Role) -> User:
    user = services.create_account(
        actor=SYSTEM, name="Cán bộ", email="mot@donvi.example", phone="0912 345 678", at=now
    )
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        services.grant_role(actor=SYSTEM, user=user, role=role, starts_on=date(2026, 1, 1), at=now)
    return user


def _sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    client.post(reverse("account_login"), {"login": login, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    ["mot@donvi.example", "MOT@donvi.example", "0912345678", "0912 345 678", "+84912345678"],
)
def test_sign_in_by_email_or_phone(client: Client, now: datetime, login: str) -> None:
    _person(now)
    assert _sign_in(client, login)


@pytest.mark.parametrize("login", ["hai@donvi.example", "0912345679", "không rõ", ""])
def test_unknown_login_is_refused_in_words(client: Client, now: datetime, login: str) -> None:
    _person(now)
    answer = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_closed_account_does_not_sign_in(client: Client, now: datetime) -> None:
    user = _person(now)
    services.close_account(actor=SYSTEM, user=user, reason="nghỉ", at=now)
    assert not _sign_in(client, "mot@donvi.example")


def test_nobody_can_sign_up(client: Client) -> None:
    given = {"email": "la@donvi.example", "password1": PASSWORD}
    client.post(reverse("account_signup"), given)
    assert not User.objects.exists()


def test_office_must_set_up_a_second_factor_first(client: Client, now: datetime) -> None:
    _person(now, Role.PROVINCIAL_OFFICER)
    assert _sign_in(client, "mot@donvi.example")
    answer = client.get(reverse("home"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("account")).status_code == 200


def test_password_is_not_asked_again_right_after_it_was_given(
    client: Client, now: datetime
) -> None:
    _person(now, Role.PROVINCIAL_OFFICER)
    setting_up, again = reverse("mfa_activate_totp"), reverse("account_reauthenticate")
    with time_machine.travel(now) as clock:
        assert _sign_in(client, "mot@donvi.example")
        page = client.get(setting_up)
        assert page.status_code == 200
        assert 'name="code"' in page.content.decode()
        clock.shift(timedelta(minutes=10))  # somebody left the screen
        answer = client.get(setting_up)
        assert answer.status_code == 302
        assert answer["Location"].startswith(again)


def test_whoever_did_not_type_the_password_is_asked_for_it(client: Client, now: datetime) -> None:
    client.force_login(_person(now, Role.PROVINCIAL_OFFICER))
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_no_key_is_made_before_the_second_factor(client: Client, now: datetime) -> None:
    _person(now, Role.ADMINISTRATOR)
    assert _sign_in(client, "mot@donvi.example")
    given = {"name": "sổ", "scopes": [READ_REGISTER], "expires_on": ""}
    for answer in (client.get(reverse("token_new")), client.post(reverse("token_new"), given)):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("mfa_activate_totp")
    assert not ApiToken.objects.exists()


def test_language_can_be_chosen_before_the_second_factor(client: Client, now: datetime) -> None:
    client.force_login(_person(now, Role.PROVINCIAL_OFFICER))
    home = reverse("home")
    answer = client.post(reverse("set_language"), {"language": "en", "next": home})
    assert answer["Location"] == home


def test_demonstration_asks_for_no_second_factor(client: Client, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    _person(now, Role.PROVINCIAL_OFFICER)
    assert _sign_in(client, "mot@donvi.example")
    assert client.get(reverse("account")).status_code == 200
    assert client.get(reverse("home")).status_code == 200


def test_commune_officer_needs_no_second_factor(client: Client, now: datetime) -> None:
    _person(now, Role.AUDITOR)
    assert _sign_in(client, "mot@donvi.example")
    assert client.get(reverse("home")).status_code == 200


def test_token_is_shown_once_and_revoked(client: Client, now: datetime) -> None:
    client.force_login(_person(now))
    answer = client.post(
        reverse("token_new"), {"name": "sổ", "scopes": [READ_REGISTER], "expires_on": ""}
    )
    token = ApiToken.objects.get()
    secret = answer.context["issued"].secret
    assert secret in answer.content.decode()
    assert secret not in client.get(reverse("account")).content.decode()
    address = reverse("token_revoke", args=[token.pk])
    assert "Những gì sẽ thay đổi" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    token.refresh_from_db()
    assert token.revoked_at is None
    client.post(address, {"reason": "đổi máy"})
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_token_of_another_is_not_found(client: Client, now: datetime) -> None:
    owner = _person(now)
    client.force_login(owner)
    client.post(reverse("token_new"), {"name": "sổ", "scopes": [READ_REGISTER], "expires_on": ""})
    other = services.create_account(actor=SYSTEM, name="Khác", email="khac@x.example", at=now)
    client.force_login(other)
    token = ApiToken.objects.get()
    assert client.post(reverse("token_revoke", args=[token.pk])).status_code == 404


def test_token_without_scope_is_refused_with_a_word_at_the_field(
    client: Client, now: datetime
) -> None:
    client.force_login(_person(now))
    answer = client.post(reverse("token_new"), {"name": "sổ", "expires_on": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"scopes"}
    assert not ApiToken.objects.exists()


def test_producers_see_for_whom_they_act(client: Client, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    client.force_login(member(now, ProducerFactory(name="Hợp tác xã Mật Vàng")))
    page = client.get(reverse("account")).content.decode()
    assert "Hợp tác xã Mật Vàng" in page
    assert "Lập hồ sơ, theo dõi hạng sao" in page
    assert "Chưa có vai trò nào" not in page


@pytest.mark.parametrize(
    ("roles", "face"),
    [
        ((Role.COUNCIL_CHAIR,), "council:home"),
        ((Role.COUNCIL_SECRETARY,), "council:home"),
        ((Role.COUNCIL_MEMBER,), "council:home"),
        ((Role.COUNCIL_SECRETARY, Role.PROVINCIAL_OFFICER), "office:home"),
        ((Role.AUDITOR,), "office:home"),
    ],
)
def test_signing_in_leads_to_where_one_works(
    client: Client, now: datetime, roles: tuple[Role, ...], face: str
) -> None:
    client.force_login(_person(now, *roles))
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    answer = client.get(reverse("after_login"))
    assert answer.headers["Location"] == reverse(face)


def test_a_hall_of_thirty_signs_in_from_one_address_and_guessing_is_stopped(
    client: Client, now: datetime
) -> None:
    _person(now)
    page = reverse("account_login")
    for number in range(31):  # each of them once with a slip
        wrong = {"login": f"{number}@donvi.example", "password": "nhầm mật khẩu"}
        assert client.post(page, wrong).status_code == 200
        assert _sign_in(client, "mot@donvi.example")
        client.logout()
    for _time in range(5):
        assert not _sign_in(client, "mot@donvi.example", "đoán mật khẩu")
    assert not _sign_in(client, "mot@donvi.example")  # the login that was guessed at waits


def test_too_many_attempts_are_told_in_words(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    first, second = (client.post(reverse("account_login"), {}) for _time in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
    assert second["Retry-After"] == "60"
    told = second.content.decode()
    assert "Hãy chờ một phút rồi thử lại." in told
    assert 'lang="vi"' in told
