"""Reading messages, choosing how they come, and sending them: at least once, never lost."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.message import EmailMessage
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries, services, tasks
from ocop.people.channels import RECORDING, adapter_of, by_phone, offered
from ocop.people.channels.recording import file_of
from ocop.people.models import Channel, Delivery, DeliveryState, Digest, Message, User
from ocop.people.outbox import tell
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(now: datetime) -> User:
    return person(now, None)


@pytest.fixture
def with_sms(settings: Any) -> Iterator[None]:
    settings.OCOP_CHANNELS = {**settings.OCOP_CHANNELS, "sms": RECORDING}
    file_of("sms").unlink(missing_ok=True)
    yield
    file_of("sms").unlink(missing_ok=True)


def _actor(user: User, now: datetime) -> Actor:
    return queries.actor_for(user, on=now.date())


def _tell(user: User, at: datetime, key: str = "k") -> Message:
    return tell(users=[user], kind="x.y", key=key, subject=f"Tin {key}", body="Thân tin", at=at)[0]


def _run(at: datetime) -> tasks.Sent:
    return tasks.deliver_waiting(clock=lambda: at)


# --- The inbox -----------------------------------------------------------------------------------
def test_everybody_reads_the_own_messages_only(user: User, now: datetime) -> None:
    other = person(now, None)
    first, _second = _tell(user, now), _tell(user, now, "k2")
    _tell(other, now)
    actor = _actor(user, now)
    assert queries.unread(actor) == 2
    assert services.read_messages(actor=actor, user=user, messages=[first], at=now) == 1
    assert queries.unread(actor) == 1
    assert services.read_messages(actor=actor, user=user, at=now) == 1
    assert services.read_messages(actor=actor, user=user, at=now) == 0
    assert queries.inbox(actor).count() == 2
    assert queries.unread(_actor(other, now)) == 1
    with pytest.raises(NotAllowed):
        services.read_messages(actor=actor, user=other, at=now)


# --- Choosing ------------------------------------------------------------------------------------
def test_a_person_chooses_letters_and_channels(user: User, now: datetime, with_sms: None) -> None:
    user.phone = "+84912345678"
    user.save()
    actor = _actor(user, now)
    services.choose_messages(actor=actor, user=user, digest="none", ways=["sms"], at=now)
    user.refresh_from_db()
    assert (user.digest, user.channels) == (Digest.NONE, ["sms"])


@pytest.mark.parametrize(
    ("digest", "ways", "code"),
    [
        ("hourly", [], "digest"),
        ("each", ["zalo"], "channel"),
        ("each", ["pigeon"], "channel"),
        ("each", ["sms"], "phone_needed"),
    ],
)
def test_choices_that_cannot_be(
    user: User, now: datetime, with_sms: None, digest: str, ways: list[str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        services.choose_messages(
            actor=_actor(user, now), user=user, digest=digest, ways=ways, at=now
        )
    assert refusal.value.code == code


def test_nobody_chooses_for_another(user: User, now: datetime) -> None:
    stranger = _actor(person(now, None), now)
    with pytest.raises(NotAllowed):
        services.choose_messages(actor=stranger, user=user, digest="none", ways=[], at=now)


def test_channels_without_a_provider_are_offered_in_the_demonstration_only(now: datetime) -> None:
    assert offered() == [Channel.EMAIL]
    assert by_phone() == []
    assert adapter_of(Channel.SMS) is None
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    assert by_phone() == [Channel.SMS, Channel.ZALO]


def test_without_a_mail_server_nobody_waits_for_letters(
    user: User, now: datetime, settings: Any
) -> None:
    settings.OCOP_CHANNELS = {}
    _tell(user, now)
    User.objects.update(digest=Digest.DAILY)
    assert tasks.send_digests(at=now) == 0
    assert not Delivery.objects.exists()


# --- Sending -------------------------------------------------------------------------------------
def test_what_waits_is_sent_once(user: User, now: datetime) -> None:
    _tell(user, now)
    assert _run(now - timedelta(seconds=1)) == tasks.Sent()
    assert _run(now) == tasks.Sent(sent=1)
    assert _run(now) == tasks.Sent()
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    assert mail.outbox[0].subject == "Tin k"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at) == (DeliveryState.SENT, now)


def test_sms_goes_to_the_recording_fake(user: User, now: datetime, with_sms: None) -> None:
    User.objects.update(phone="+84912345678", channels=["sms"], digest="none")
    user.refresh_from_db()
    _tell(user, now)
    assert _run(now) == tasks.Sent(sent=1)
    said = json.loads(file_of("sms").read_text(encoding="utf-8"))
    assert said == {"delivery": Delivery.objects.get().pk, "to": user.phone, "text": "OCOP: Tin k"}


def _failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> list[str]:
    tried: list[str] = []

    def send(letter: EmailMessage, *_more: Any, **_others: Any) -> int:
        tried.append(letter.subject)
        raise error

    monkeypatch.setattr(EmailMessage, "send", send)
    return tried


def test_a_lost_line_is_tried_again_with_longer_pauses(
    user: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = _failing(monkeypatch, SMTPServerDisconnected("gone"))
    _tell(user, now)
    at = now
    for pause in tasks.PAUSES:
        assert _run(at) == tasks.Sent(later=1)
        assert _run(at + pause - timedelta(seconds=1)) == tasks.Sent()
        at += pause
    assert _run(at) == tasks.Sent(failed=1)
    assert len(tried) == tasks.ATTEMPTS
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.FAILED
    assert delivery.failure == "SMTPServerDisconnected"
    assert _run(at + timedelta(days=9)) == tasks.Sent()


def test_an_address_that_does_not_exist_is_not_tried_again(
    user: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _failing(monkeypatch, SMTPRecipientsRefused({user.email or "": (550, b"no such user")}))
    _tell(user, now)
    assert _run(now) == tasks.Sent(failed=1)


def test_a_full_mailbox_is_tried_again(
    user: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _failing(monkeypatch, SMTPRecipientsRefused({user.email or "": (452, b"full")}))
    _tell(user, now)
    assert _run(now) == tasks.Sent(later=1)


def test_a_worker_that_died_leaves_the_delivery_to_another(
    user: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tell(user, now)
    with monkeypatch.context() as broken:
        _failing(broken, KeyboardInterrupt())  # type: ignore[arg-type]
        with pytest.raises(KeyboardInterrupt):
            _run(now)
    assert _run(now + timedelta(minutes=1)) == tasks.Sent()  # still claimed
    assert _run(now + tasks.CLAIM + timedelta(seconds=1)) == tasks.Sent(sent=1)


def test_a_delivery_that_kills_its_worker_is_given_up(user: User, now: datetime) -> None:
    _tell(user, now)
    Delivery.objects.update(attempts=tasks.ATTEMPTS)
    assert _run(now) == tasks.Sent(failed=1)


def test_a_claimed_delivery_is_not_taken_twice(user: User, now: datetime) -> None:
    _tell(user, now)
    key = Delivery.objects.get().pk
    done = tasks.Sent()
    tasks._deliver(key, lambda: now, done)
    tasks._deliver(key, lambda: now, done)
    assert done == tasks.Sent(sent=1)


def test_a_closed_account_gets_no_letter(user: User, now: datetime) -> None:
    _tell(user, now)
    User.objects.update(is_active=False)
    assert _run(now) == tasks.Sent(failed=1)
    assert mail.outbox == []


def test_stopping_leaves_the_rest(user: User, now: datetime) -> None:
    _tell(user, now)
    assert tasks.deliver_waiting(clock=lambda: now, stop=lambda: True) == tasks.Sent()
    assert Delivery.objects.filter(state=DeliveryState.WAITING).count() == 1


# --- One letter a day ----------------------------------------------------------------------------
def test_one_letter_a_day_tells_what_is_new(user: User, now: datetime) -> None:
    User.objects.update(digest=Digest.DAILY)
    user.refresh_from_db()
    _tell(user, now - timedelta(hours=2), "một")
    read = _tell(user, now - timedelta(hours=1), "hai")
    read.read_at = now
    read.save()
    assert tasks.send_digests(at=now) == 1
    _tell(user, now + timedelta(hours=1), "ba")
    assert tasks.send_digests(at=now + timedelta(hours=2)) == 0  # once a day
    assert tasks.send_digests(at=now + timedelta(days=1)) == 1
    assert tasks.send_digests(at=now + timedelta(days=2)) == 0  # nothing new
    first, second = Delivery.objects.order_by("pk")
    assert "Tin một" in first.body
    assert "Tin hai" not in first.body
    assert "Tin ba" in second.body
    assert "Tin một" not in second.body
    assert _run(now + timedelta(days=1)).sent == 2


def test_what_came_as_a_letter_is_not_in_the_digest(user: User, now: datetime) -> None:
    _tell(user, now - timedelta(hours=2))
    User.objects.update(digest=Digest.DAILY)
    assert tasks.send_digests(at=now) == 0


def test_a_digest_leads_with_what_is_overdue_and_names_each_page(
    user: User, now: datetime, settings: Any
) -> None:
    settings.BASE_URL = "https://ocop.example"
    User.objects.update(digest=Digest.DAILY)
    user.refresh_from_db()
    today = timezone.localdate(now)
    for number, (kind, subject, link, due_on) in enumerate(
        [
            ("councils.invited", "Mời họp: Phiên 1", "/den/phien/p1/", None),
            ("dossiers.due", "Sắp đến hạn: Mật ong", "/den/ho-so/h1/", today + timedelta(days=2)),
            ("dossiers.due", "Sắp đến hạn: Gạo", "/den/ho-so/h3/", today),
            ("dossiers.returned", "Hồ sơ được trả lại: Chè", "", None),
            ("dossiers.escalated", "Hồ sơ quá hạn: Nón", "/den/ho-so/h2/", date(2026, 11, 20)),
            ("a.b", "Tin lẻ", "", None),
        ]
    ):
        told = {"kind": kind, "subject": subject, "body": "", "link": link, "due_on": due_on}
        tell(users=[user], key=str(number), at=now - timedelta(hours=1), **told)
    tasks.send_digests(at=now)
    lonely, returned = (Message.objects.get(subject__startswith=s) for s in ("Tin", "Hồ sơ được"))
    assert Delivery.objects.get().body.splitlines() == [
        "QUÁ HẠN",
        "- Hồ sơ quá hạn: Nón (hạn 20/11/2026)",
        "  https://ocop.example/den/ho-so/h2/",
        "",
        "HỒ SƠ",
        "- Sắp đến hạn: Gạo (hạn 23/11/2026)",
        "  https://ocop.example/den/ho-so/h3/",
        "- Sắp đến hạn: Mật ong (hạn 25/11/2026)",
        "  https://ocop.example/den/ho-so/h1/",
        "- Hồ sơ được trả lại: Chè",
        f"  https://ocop.example/tin-nhan/{returned.code}/",
        "",
        "HỘI ĐỒNG",
        "- Mời họp: Phiên 1",
        "  https://ocop.example/den/phien/p1/",
        "",
        "THÔNG BÁO KHÁC",
        "- Tin lẻ",
        f"  https://ocop.example/tin-nhan/{lonely.code}/",
        "",
        "Xem tất cả: https://ocop.example/tin-nhan/",
    ]


def test_a_long_digest_says_how_many_more(user: User, now: datetime) -> None:
    User.objects.update(digest=Digest.DAILY)
    user.refresh_from_db()
    for number in range(45):
        _tell(user, now - timedelta(minutes=number + 1), f"số {number}")
    tasks.send_digests(at=now)
    assert "và 5 thông báo khác" in Delivery.objects.get().body
