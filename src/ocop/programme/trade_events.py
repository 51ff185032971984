"""Trade events in an agenda: for who takes part their days, for the office also the last days of
calls and what is over and has not been ended."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.programme.entries import Entry, What
from ocop.promotion import lifecycle, notices, queries, rules
from ocop.promotion.models import EventState, TradeEvent


def entries(actor: Actor, *, start: date, end: date, on: date) -> Iterator[Entry]:
    """The events that concern an actor between two days."""
    taking = queries.own_applications(actor).filter(state=lifecycle.ACCEPTED).values("event")
    near = Q(starts_on__lte=end, ends_on__gte=start)
    own = queries.known_events().filter(near, pk__in=taking)
    yield from of_events(own, notices.own_link)
    if not rules.may_manage(actor):
        return
    rows = queries.events_visible_to(actor)
    known = rows.exclude(state=lifecycle.PLANNED).filter(near).exclude(pk__in=own.values("pk"))
    yield from of_events(known, notices.office_link)
    for row in rows.filter(state=lifecycle.CALLING, calls_until__range=(on, end)):
        yield Entry(
            What.EVENT,
            f"event-{row.code}-call",
            row.calls_until,
            row.name,
            _("Ngày cuối nhận đăng ký"),
            notices.office_link(row),
            deadline=False,
        )
    for row in rows.filter(state=lifecycle.PUBLISHED, ends_on__lt=on):
        yield Entry(
            What.EVENT,
            f"event-{row.code}-over",
            row.ends_on,
            row.name,
            _("Sự kiện đã diễn ra xong: kết thúc sự kiện"),
            notices.office_link(row),
        )


def of_events(rows: Iterable[TradeEvent], link: notices.Link) -> Iterator[Entry]:
    """Events as a calendar holds them: whole days, from the first to the last."""
    for row in rows:
        yield Entry(
            What.EVENT,
            f"event-{row.code}",
            row.starts_on,
            row.name,
            row.hours,
            link(row),
            place=row.place,
            cancelled=row.state == EventState.CANCELLED,
            deadline=False,
            until=row.ends_on,
        )
