"""The worker's side of the outbox: sending what waits, and one letter a day for who wants it so.

At least once: a delivery is claimed by one UPDATE that only one worker can win, sent, and noted as
sent. A worker that ends in between leaves the claim to run out, and another sends again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.people import digesting
from ocop.people.channels import NotSent, adapter_of
from ocop.people.models import Channel, Delivery, DeliveryState, Digest, Message, User

#: How long a worker may take for one delivery before another may take it over.
CLAIM = timedelta(minutes=5)
#: The pause after the first, second, ... attempt that failed; after the last one no more is made.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(days=1),
)
ATTEMPTS = len(PAUSES) + 1
_BATCH = 50
_OLDEST = timedelta(days=14)  # what a first digest looks back to


@dataclass
class Sent:
    """What a run did: sent, put off, and given up."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def deliver_waiting(
    *, clock: Callable[[], datetime] = timezone.now, stop: Callable[[], bool] = lambda: False
) -> Sent:
    """Send everything that is due, until nothing is or `stop` says so."""
    done = Sent()
    while not stop():
        keys = list(_due(clock()).values_list("pk", flat=True)[:_BATCH])
        if not keys:
            return done
        for key in keys:
            if stop():
                return done
            _deliver(key, clock, done)
    return done


def _due(now: datetime) -> QuerySet[Delivery]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return Delivery.objects.filter(free, state=DeliveryState.WAITING, not_before__lte=now).order_by(
        "not_before", "pk"
    )


def _deliver(key: int, clock: Callable[[], datetime], done: Sent) -> None:
    now = clock()
    won = (
        _due(now)
        .filter(pk=key)
        .order_by()
        .update(claimed_until=now + CLAIM, attempts=F("attempts") + 1)
    )
    if not won:
        return  # another worker has it
    delivery = Delivery.objects.select_related("user").get(pk=key)
    try:
        _send(delivery)
    except NotSent as failure:
        _put_off(delivery, failure, clock(), done)
        return
    Delivery.objects.filter(pk=key).update(
        state=DeliveryState.SENT, sent_at=clock(), claimed_until=None, failure=""
    )
    done.sent += 1


def _send(delivery: Delivery) -> None:
    if delivery.user is not None and not delivery.user.is_active:
        raise NotSent("account closed", for_good=True)
    if delivery.attempts > ATTEMPTS:
        # Its worker ended each time before it could say what happened.
        raise NotSent("no answer", for_good=True)
    adapter = adapter_of(delivery.channel)
    if adapter is None:
        raise NotSent("no adapter", for_good=True)
    adapter.send(delivery)


def _put_off(delivery: Delivery, failure: NotSent, now: datetime, done: Sent) -> None:
    last = failure.for_good or delivery.attempts >= ATTEMPTS
    changes: dict[str, object] = {"claimed_until": None, "failure": failure.why}
    if last:
        changes["state"] = DeliveryState.FAILED
        done.failed += 1
    else:
        changes["not_before"] = now + PAUSES[delivery.attempts - 1]
        done.later += 1
    Delivery.objects.filter(pk=delivery.pk).update(**changes)


def send_digests(*, at: datetime) -> int:
    """Queue one letter for each person who wants one a day and has something unread.

    Safe to run again: who had a letter today gets no second one, and a letter tells only what came
    after the last. Gives back the number of letters.
    """
    if adapter_of(Channel.EMAIL) is None:
        return 0
    wanting = User.objects.filter(digest=Digest.DAILY, is_active=True, email__isnull=False)
    return sum(_digest(key, at) for key in list(wanting.values_list("pk", flat=True)))


def _digest(key: int, at: datetime) -> bool:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=key)  # two workers write one letter
        letters = Delivery.objects.filter(user=user, message=None, channel=Channel.EMAIL)
        last = letters.order_by("-not_before").values_list("not_before", flat=True).first()
        if last is not None and timezone.localdate(last) >= timezone.localdate(at):
            return False
        since = last or at - _OLDEST
        told = Delivery.objects.filter(channel=Channel.EMAIL, message__user=user)
        news = list(
            Message.objects.filter(user=user, read_at=None, created_at__gt=since)
            .exclude(pk__in=told.values("message"))
            .order_by("-pk")
        )
        if not news:
            return False
        spoken = user.language if user.language in language.LANGUAGES else language.LANGUAGES[0]
        with language.using(spoken), translation.override(spoken):
            Delivery.objects.create(
                user=user,
                channel=Channel.EMAIL,
                address=user.email or "",
                subject=_("OCOP: %s thông báo mới") % write_number(len(news)),
                body=_letter(news, timezone.localdate(at)),
                not_before=at,
            )
        return True


def _letter(news: list[Message], on: date) -> str:
    inbox = f"{settings.BASE_URL}/tin-nhan/"
    lines = [
        digesting.Line(
            message.kind,
            message.subject,
            f"{settings.BASE_URL}{message.link}" if message.link else f"{inbox}{message.code}/",
            message.due_on,
        )
        for message in news
    ]
    return digesting.text_of(lines, on) + "\n\n" + _("Xem tất cả: %s") % inbox + "\n"
