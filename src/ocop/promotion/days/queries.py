"""Reads of the days of events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum

from ocop.core.actor import Actor
from ocop.promotion import lifecycle, queries, rules
from ocop.promotion.days import calendar
from ocop.promotion.days.effect import Came, Told, in_order
from ocop.promotion.days.models import (
    BoothDay,
    EventCheckIn,
    EventCost,
    EventDay,
    EventTicket,
    TicketKind,
)
from ocop.promotion.models import ApplicationState, EventApplication, EventKind, TradeEvent


def tickets_visible_to(actor: Actor) -> QuerySet[EventTicket]:
    """Tickets: to whoever sees every application all; else those of the own booths."""
    rows = EventTicket.objects.select_related("event", "application__producer")
    if rules.may_see_all(actor):
        return rows
    return rows.filter(application__in=queries.applications_visible_to(actor).values("pk"))


def entries_visible_to(actor: Actor) -> QuerySet[EventCheckIn]:
    """What let tickets in, day by day, those that were taken back too; repeats are left out."""
    rows = EventCheckIn.objects.select_related("ticket__application__producer")
    rows = rows.filter(Q(entry=True) | Q(undone_at__isnull=False))
    if rules.may_see_all(actor):
        return rows
    return rows.filter(ticket__in=tickets_visible_to(actor).values("pk"))


def booth_days_visible_to(actor: Actor) -> QuerySet[BoothDay]:
    """What booths told: to whoever sees every application all; else of the own ones."""
    rows = BoothDay.objects.select_related(
        "application__producer", "application__event", "application__assignment__booth"
    )
    if rules.may_see_all(actor):
        return rows
    return rows.filter(application__in=queries.applications_visible_to(actor).values("pk"))


def costs_visible_to(actor: Actor) -> QuerySet[EventCost]:
    """What events cost: whoever sees every application."""
    return EventCost.objects.all() if rules.may_see_all(actor) else EventCost.objects.none()


def with_days_entered(rows: QuerySet[EventTicket]) -> QuerySet[EventTicket]:
    """Tickets with on how many days they entered, and when last."""
    entered = Q(checkins__entry=True)
    return rows.annotate(
        days_entered=Count("checkins", filter=entered), last_at=Max("checkins__at", filter=entered)
    )


def named_tickets(event: TradeEvent) -> Mapping[str, str]:
    """The tickets that open the gates of an event, with what is shown of each: holder and booth,
    or what kind it is."""
    booth = Q(application__state=ApplicationState.ACCEPTED)
    rows = event.tickets.filter(Q(application=None) | booth, void_at=None)
    told = rows.values_list("code", "kind", "holder", "application__producer__name")
    kinds = dict(TicketKind.choices)
    return {
        code: ", ".join(filter(None, (holder, maker or str(kinds[TicketKind(kind)]))))
        for code, kind, holder, maker in told
    }


def entries_on(event: TradeEvent, day: date) -> Mapping[str, tuple[str, datetime]]:
    """Who entered on a day: ticket, gate and time."""
    rows = EventCheckIn.objects.filter(ticket__event=event, day=day, entry=True)
    return {code: (gate, at) for code, gate, at in rows.values_list("ticket__code", "gate", "at")}


def came(event: TradeEvent) -> list[Came]:
    """Who came on each day."""
    told: dict[date, dict[str, int]] = defaultdict(dict)
    entries = EventCheckIn.objects.filter(ticket__event=event, entry=True)
    for day, kind, count in (
        entries.order_by().values_list("day", "ticket__kind").annotate(n=Count("pk"))
    ):
        told[day][kind] = count
    counted = dict(EventDay.objects.filter(event=event).values_list("day", "counted"))
    found = {
        day: Came(
            day,
            told[day].get(TicketKind.EXHIBITOR, 0),
            told[day].get(TicketKind.GUEST, 0),
            told[day].get(TicketKind.VISITOR, 0),
            counted.get(day, 0),
        )
        for day in {*told, *counted}
    }
    return in_order(calendar.days(event.starts_on, event.ends_on), found)


def gates_on(event: TradeEvent, day: date) -> list[tuple[str, int]]:
    """How many entered by each gate on a day, the busiest first."""
    rows = EventCheckIn.objects.filter(ticket__event=event, day=day, entry=True)
    counted = rows.order_by().values_list("gate").annotate(n=Count("pk"))
    return sorted(counted, key=lambda each: (-each[1], each[0]))


def told_of(event: TradeEvent) -> list[Told]:
    """What booths told of an event, by day and producer."""
    rows = BoothDay.objects.filter(application__event=event, application__state="accepted")
    return [
        Told(*told)
        for told in rows.order_by("day", "application__producer__folded", "pk").values_list(
            "application", "application__sector", "day", "sold", "ordered", "contacts"
        )
    ]


def untold(event: TradeEvent, day: date) -> QuerySet[EventApplication]:
    """Who takes part and has told nothing of a day."""
    told = BoothDay.objects.filter(application__event=event, day=day)
    return queries.participants(event).exclude(pk__in=told.values("application"))


def silent(on: date) -> list[tuple[EventApplication, date]]:
    """Booths that told nothing of a day that was over shortly before; a workshop sells nothing."""
    since = on - timedelta(days=calendar.REMINDED)
    events = TradeEvent.objects.filter(
        state__in=(lifecycle.PUBLISHED, lifecycle.HELD), starts_on__lt=on, ends_on__gte=since
    ).exclude(kind=EventKind.WORKSHOP)
    return [
        (row, day)
        for event in events.order_by("starts_on", "pk")
        for day in calendar.ended(event.starts_on, event.ends_on, on)
        for row in untold(event, day).select_related("event", "producer")
    ]


def gives_tickets(event: TradeEvent, on: date) -> bool:
    """Whether visitors may take tickets themselves: of fairs and goods weeks, not over, once
    their result was told. Workshops and trade meetings invite."""
    open_to_all = event.kind in (EventKind.FAIR, EventKind.GOODS_WEEK)
    return open_to_all and event.state == lifecycle.PUBLISHED and on <= event.ends_on


def tellable_by(application: EventApplication, on: date) -> list[date]:
    """The days of which a producer may tell on a day."""
    event = application.event
    known = event.state in (lifecycle.PUBLISHED, lifecycle.HELD)
    if not known or application.state != ApplicationState.ACCEPTED:
        return []
    return calendar.tellable(event.starts_on, event.ends_on, on)


def costs_of(event: TradeEvent) -> QuerySet[EventCost]:
    """What an event cost, without what was entered by mistake."""
    return event.costs.filter(removed_at=None)


def paid_by(event: TradeEvent) -> Mapping[str, int]:
    """What each paid."""
    rows = costs_of(event).order_by().values_list("payer")
    return dict(rows.annotate(total=Sum("amount")))


def paid_for(event: TradeEvent) -> Mapping[str, int]:
    """What it went to."""
    rows = costs_of(event).order_by().values_list("kind")
    return dict(rows.annotate(total=Sum("amount")))


def last_of_series(event: TradeEvent) -> TradeEvent | None:
    """The event of the series before this one that took place."""
    if event.series_id is None:
        return None
    rows = TradeEvent.objects.filter(
        series=event.series_id, starts_on__lt=event.starts_on, state=lifecycle.HELD
    )
    return rows.order_by("-starts_on", "-pk").first()


def batches_of(event: TradeEvent) -> Sequence[tuple[int, str, str, int, int]]:
    """What was issued together: number, kind, words, how many, how many are void."""
    rows = event.tickets.filter(batch__gt=0, self_taken=False).order_by("batch")
    return list(
        rows.values_list("batch", "kind", "holder").annotate(
            n=Count("pk"), void=Count("void_at")
        )
    )  # fmt: skip
