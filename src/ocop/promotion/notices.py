"""News of events, to the people of those who applied."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import User
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.promotion.models import ApplicationState, EventApplication, TradeEvent

Link = Callable[[TradeEvent], str]


def own_link(event: TradeEvent) -> str:
    """The path of an event among the producer's pages."""
    return f"/cua-toi/su-kien/{event.code}/"


def office_link(event: TradeEvent) -> str:
    """The path of an event in the office."""
    return f"/dieu-hanh/su-kien/{event.code}/"


def called(*, event: TradeEvent, users: Iterable[User], at: datetime) -> int:
    """A call is open; gives back how many were told."""
    told = tell_each(
        users=users,
        kind="promotion.called",
        key=f"promotion:called:{event.code}",
        words=lambda: Words(
            _("Mời đăng ký: %s") % event.name,
            " ".join((_when(event), _("Đăng ký đến hết ngày %s.") % write_date(event.calls_until))),
            own_link(event),
        ),
        at=at,
    )
    return len(told)


def accepted(*, application: EventApplication, label: str, at: datetime) -> None:
    """A producer takes part, on this booth if there are booths."""
    event = application.event
    where = _("Gian số %s.") % label if label else ""
    _tell(
        [application],
        "accepted",
        f"{application.code}:{label}",
        lambda: Words(
            _("Được tham gia: %s") % event.name,
            " ".join(filter(None, (_when(event), where))),
            own_link(event),
        ),
        at,
    )


def refused(*, application: EventApplication, at: datetime) -> None:
    """A producer does not take part, and why."""
    event = application.event
    _tell(
        [application],
        "refused",
        f"{application.code}:{at.isoformat()}",
        lambda: Words(
            _("Không được xếp: %s") % event.name,
            _("Lý do: %s") % application.answer,
            own_link(event),
        ),
        at,
    )


def moved(*, event: TradeEvent, at: datetime) -> None:
    """Other days or another place."""
    _tell(
        standing(event),
        "changed",
        f"{event.code}:{at.isoformat()}",
        lambda: Words(_("Đổi ngày hoặc nơi: %s") % event.name, _when(event), own_link(event)),
        at,
    )


def cancelled(*, event: TradeEvent, at: datetime) -> None:
    """An event is called off."""
    _tell(
        standing(event),
        "cancelled",
        event.code,
        lambda: Words(
            _("Sự kiện bị hủy: %s") % event.name,
            _("Lý do: %s") % event.cancelled_for,
            own_link(event),
        ),
        at,
    )


def standing(event: TradeEvent) -> list[EventApplication]:
    """Whom news of an event concerns."""
    rows = event.applications.filter(state__in=(ApplicationState.SENT, ApplicationState.ACCEPTED))
    return list(rows.select_related("producer", "event"))


def _when(event: TradeEvent) -> str:
    return _("Từ %(start)s đến %(end)s, tại %(place)s.") % {
        "start": write_date(event.starts_on),
        "end": write_date(event.ends_on),
        "place": event.place,
    }


def _tell(
    rows: Iterable[EventApplication],
    what: str,
    key: str,
    words: Callable[[], Words],
    at: datetime,
) -> None:
    today = timezone.localdate(at)
    users = {
        user.pk: user for producer in {row.producer for row in rows}
        for user in people_of(producer, today)
    }  # fmt: skip
    if users:
        tell_each(
            users=users.values(), kind=f"promotion.{what}", key=f"promotion:{what}:{key}",
            words=words, at=at,
        )  # fmt: skip
