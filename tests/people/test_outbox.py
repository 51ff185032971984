"""Telling people: once each, in their language, by the ways they chose."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from ocop.people.channels import RECORDING
from ocop.people.models import Channel, Delivery, Digest, Message, User
from ocop.people.outbox import Words, tell, tell_each, write_to

pytestmark = pytest.mark.django_db


def _user(name: str, **more: object) -> User:
    more.setdefault("email", f"{name}@donvi.example")
    return User.objects.create(
        name=name, created_at=datetime.fromisoformat("2026-01-01T00:00:00+07:00"), **more
    )


def _tell(now: datetime, *users: User, **more: object) -> list[Message]:
    said = {
        "key": "d:1",
        "subject": "Hồ sơ được trả lại",
        "body": "Thiếu giấy.",
        "link": "/cua-toi/",
    }
    return tell(users=users, kind="dossiers.returned", at=now, **{**said, **more})


def test_everybody_gets_one_message_and_one_letter(now: datetime) -> None:
    one, two = _user("mot"), _user("hai")
    told = _tell(now, one, two, one, due_on=date(2026, 12, 1))
    assert {m.user for m in told} == {one, two}
    letters = Delivery.objects.order_by("address")
    assert [d.address for d in letters] == ["hai@donvi.example", "mot@donvi.example"]
    assert "http://localhost:8000/cua-toi/" in letters[0].body
    assert letters[0].not_before == now


def test_the_same_news_is_told_once(now: datetime) -> None:
    one = _user("mot")
    assert len(_tell(now, one)) == 1
    assert _tell(now, one, subject="Lần nữa") == []
    assert Message.objects.get().subject == "Hồ sơ được trả lại"
    assert Delivery.objects.count() == 1
    assert len(_tell(now, one, key="d:2")) == 1


def test_a_closed_account_and_nobody_get_nothing(now: datetime) -> None:
    assert _tell(now) == []
    assert _tell(now, _user("dong", is_active=False)) == []


def test_ways_follow_the_choice_of_the_person(now: datetime, settings: Any) -> None:
    settings.OCOP_CHANNELS = {**settings.OCOP_CHANNELS, "sms": RECORDING, "zalo": RECORDING}
    daily = _user("gop", digest=Digest.DAILY)
    silent = _user("im", digest=Digest.NONE)
    phone = _user("may", email=None, phone="+84912345678", channels=["sms", "zalo"])
    no_number = _user("khongso", channels=["sms"])
    _tell(now, daily, silent, phone, no_number, subject="T" * 300)
    ways = {(d.user.name, d.channel) for d in Delivery.objects.all()}
    assert ways == {("may", Channel.SMS), ("may", Channel.ZALO), ("khongso", Channel.EMAIL)}
    assert all(len(d.body) <= 160 for d in Delivery.objects.filter(channel=Channel.SMS))
    assert Message.objects.count() == 4


def test_nothing_is_told_when_the_act_is_undone(now: datetime) -> None:
    one = _user("mot")

    def act() -> None:
        with transaction.atomic():
            _tell(now, one)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Message.objects.exists()
    assert not Delivery.objects.exists()


def test_each_reads_the_own_language(now: datetime) -> None:
    from ocop.core.language import gettext as _

    tell_each(
        users=[_user("mot"), _user("two", language="en")],
        kind="x.y",
        key="k",
        words=lambda: Words(_("Xã, phường"), "…"),
        at=now,
    )
    said = dict(Message.objects.values_list("user__name", "subject"))
    assert said["mot"] == "Xã, phường"
    assert said["two"] != "Xã, phường"


def test_somebody_without_an_account_gets_a_letter_where_letters_leave(
    now: datetime, settings: Any
) -> None:
    write_to(address="mua@nguoimua.example", subject="Xác\nnhận", body="Mở trang này.", at=now)
    letter = Delivery.objects.get()
    assert (letter.user, letter.message, letter.subject) == (None, None, "Xác nhận")
    settings.OCOP_CHANNELS = {}
    write_to(address="mua@nguoimua.example", subject="Lần nữa", body="Không gửi được.", at=now)
    assert Delivery.objects.get() == letter
