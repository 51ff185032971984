"""Counters of what anybody may do: they hold no address and no login, and do not stay."""

import base64
import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import caching, zone
from ocop.web import limits

pytestmark = pytest.mark.django_db
ADDRESS, LOGIN = "203.0.113.77", "khong.co@donvi.example"


def kept() -> list[tuple[str, Any]]:
    """The table of the cache as somebody with a copy of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM ocop_cache")
        rows = cursor.fetchall()
    return [(key, pickle.loads(base64.b64decode(value))) for key, value in rows]


def try_everything(client: Client) -> None:
    """What is limited by the address: signing in, hidden codes, reports and their receipts."""
    sent = {"REMOTE_ADDR": ADDRESS}
    client.post(reverse("account_login"), {"login": LOGIN, "password": "sai"}, **sent)
    client.post(reverse("stamp_check", args=["0" * 20]), {"code": "12345678"}, **sent)
    client.post(reverse("complaint_look_up"), {"number": "PA-1", "secret": "sai"}, **sent)


def test_no_address_and_no_login_is_kept(client: Client) -> None:
    try_everything(client)
    rows = kept()
    assert len(rows) >= 4  # two of signing in, one of each other
    for key, value in rows:
        assert ADDRESS not in key
        assert LOGIN not in key
        assert "hidden_code" not in key  # nor what somebody did
        assert ADDRESS not in repr(value)


def test_name_of_a_counter_cannot_be_found_without_the_salt(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four thousand million addresses are tried in an hour by whoever knows how names are made."""
    key = f"allauth:rl:ocop:hidden_code:20/3600/ip:ip:{ADDRESS}"
    today = limits.cache_key(key, "", 1)
    assert today == limits.cache_key(key, "", 1)
    monkeypatch.setattr(zone, "today", lambda: date(2026, 11, 24))
    assert limits.cache_key(key, "", 1) != today


def test_other_entries_outlive_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code of the second factor that was used at 23:59 is used at 00:00 too."""
    cache.set("allauth.mfa.totp.used?user=1&code=123456", "y", 90)
    monkeypatch.setattr(zone, "today", lambda: date(2026, 11, 24))
    assert cache.get("allauth.mfa.totp.used?user=1&code=123456") == "y"
    assert not any("123456" in key for key, _value in kept())


def test_addresses_are_told_apart(client: Client) -> None:
    address = reverse("stamp_check", args=["0" * 20])
    for _ in range(20):
        client.post(address, {"code": "12345678"}, REMOTE_ADDR=ADDRESS)
    assert client.post(address, {"code": "12345678"}, REMOTE_ADDR=ADDRESS).status_code == 429
    other = client.post(address, {"code": "12345678"}, REMOTE_ADDR="203.0.113.78")
    assert other.status_code == 422


def test_what_has_run_out_is_deleted(client: Client) -> None:
    try_everything(client)
    cache.set("kept", 1, 7200)
    now = timezone.now()
    assert caching.forget(at=now) == 0
    count = len(kept())
    assert caching.forget(at=now + timedelta(hours=1, seconds=2)) == count - 1
    assert [value for _key, value in kept()] == [1]
    assert caching.forget(at=datetime(2027, 1, 1, tzinfo=UTC)) == 1
