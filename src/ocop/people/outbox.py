"""Telling people: a message in the inbox, and what leaves the house for it.

`tell` writes rows inside the transaction of whoever calls it, so a message exists exactly when the
act it speaks of happened; a worker sends later (`people.tasks`). It is no act of its own: the act
that tells has recorded its event.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from ocop.core import language
from ocop.core.codes import public_codes
from ocop.core.language import gettext as _
from ocop.people import channels
from ocop.people.models import Channel, Delivery, Digest, Message, User

_SUBJECT = Message._meta.get_field("subject").max_length or 200
_SHORT = 160  # signs of one SMS


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says: one line, the text, and the path of the page where one acts on it."""

    subject: str
    body: str
    link: str = ""


def tell(
    *,
    users: Iterable[User],
    kind: str,
    key: str,
    subject: str,
    body: str,
    link: str = "",
    due_on: date | None = None,
    at: datetime,
) -> list[Message]:
    """Put a message into the inbox of each of these people, and queue its deliveries.

    `kind` is `room.what`; `key` names the news itself (as `dossier:<code>:returned:3`): whoever has
    a message of this key gets no second one. `link` is a path of this system. By e-mail it goes to
    who wants each message at once, by SMS and Zalo to who chose these and has a telephone number,
    as far as this installation offers the channel.
    Closed accounts are left out. Gives back the new messages.
    """
    wanted = {user.pk: user for user in users if user.is_active}
    if not wanted:
        return []
    codes = public_codes(len(wanted), Message.objects.all())
    Message.objects.bulk_create(
        [
            Message(
                code=code,
                user=user,
                kind=kind,
                key=key,
                subject=_cut(subject, _SUBJECT),
                body=body,
                link=link,
                due_on=due_on,
                created_at=at,
            )
            for code, user in zip(codes, wanted.values(), strict=True)
        ],
        ignore_conflicts=True,  # of two who tell the same at once, one wins and none fails
    )
    new = list(Message.objects.filter(code__in=codes))
    offered = channels.offered()
    Delivery.objects.bulk_create(
        [
            delivery
            for message in new
            for delivery in _deliveries(message, wanted[message.user_id], offered, at)
        ]
    )
    return new


def tell_each(
    *,
    users: Iterable[User],
    kind: str,
    key: str,
    words: Callable[[], Words],
    due_on: date | None = None,
    at: datetime,
) -> list[Message]:
    """`tell`, each in the language of the reader: `words` is called once for each language."""
    people = list(users)
    told: list[Message] = []
    for code in language.LANGUAGES:
        readers = [user for user in people if _language_of(user) == code]
        if not readers:
            continue
        with language.using(code), translation.override(code):
            said = words()
        told += tell(
            users=readers,
            kind=kind,
            key=key,
            subject=said.subject,
            body=said.body,
            link=said.link,
            due_on=due_on,
            at=at,
        )
    return told


def write_to(*, address: str, subject: str, body: str, at: datetime) -> None:
    """Queue a letter to somebody who has no account, as a buyer who left an address; nothing where
    this installation sends no e-mail."""
    if Channel.EMAIL in channels.offered():
        Delivery.objects.create(
            channel=Channel.EMAIL, address=address, subject=_cut(subject, _SUBJECT), body=body,
            not_before=at,
        )  # fmt: skip


def letter(body: str, link: str) -> str:
    """The text of an e-mail: the body, the address of the page, and how to get fewer of them."""
    parts = [body]
    if link:
        parts.append(f"{settings.BASE_URL}{link}")
    parts.append(
        _("Chọn cách nhận thông báo: %s") % f"{settings.BASE_URL}/tin-nhan/cach-nhan/",
    )
    return "\n\n".join(parts) + "\n"


def _deliveries(
    message: Message, user: User, offered: Collection[Channel], at: datetime
) -> list[Delivery]:
    ways: list[tuple[Channel, str, str]] = []
    if user.email and user.digest == Digest.EACH and Channel.EMAIL in offered:
        with language.using(_language_of(user)):
            ways.append((Channel.EMAIL, user.email, letter(message.body, message.link)))
    if user.phone and user.channels:
        # One line without an account of the matter: these channels belong to others.
        short = _cut(f"OCOP: {message.subject}", _SHORT)
        ways += [(channel, user.phone, short) for channel in offered if channel in user.channels]
    return [
        Delivery(
            user=user,
            message=message,
            channel=channel,
            address=address,
            subject=message.subject,
            body=body,
            not_before=at,
        )
        for channel, address, body in ways
    ]


def _language_of(user: User) -> str:
    return user.language if user.language in language.LANGUAGES else language.LANGUAGES[0]


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
