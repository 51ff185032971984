"""Who came in: showings of tickets as devices noted them, merged so that each enters once a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.checkins import CheckIn, merge
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, rules
from ocop.promotion.days.models import EventCheckIn, EventTicket
from ocop.promotion.models import ApplicationState, TradeEvent

ENTERED, REPEAT, UNKNOWN, VOID, OTHER_DAY = "entered", "repeat", "unknown", "void", "other_day"
WITHDRAWN, UNDONE = "withdrawn", "undone"
_SHOWN = tuple[str, date]  # a ticket on a day


@dataclass(frozen=True, slots=True)
class Noted:
    """What a showing came to, and which one is the entry of its ticket on that day."""

    record: CheckIn
    state: str
    entry: CheckIn | None


@action("promotion.check_in")
def check_in(
    *, actor: Actor, event: TradeEvent, records: Sequence[CheckIn], at: datetime
) -> list[Noted]:
    """Note who came to an event, as told by one device or several, in whatever order.

    A ticket enters once a day and the earliest showing of the day is its entry, also when it
    arrives later than another; what came before changes nothing. Answered and not kept: tickets of
    other events, those that were void when they were shown, of exhibitors who do not take part any
    more, what was shown on no day of the event, and before the entry of that day was taken back.
    Refused: an event whose result was not told.
    """
    require(actor, rules.may_organise)
    # One after the other: who merges second must see what the first has kept.
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _expect_told(event)
    rows = event.tickets.filter(code__in={each.ticket for each in records})
    tickets = {row.code: row for row in rows.select_related("application")}
    undone = _undone(tickets)
    why = {each.id: _why_not(event, each, tickets.get(each.ticket), undone) for each in records}
    good = [each for each in records if not why[each.id]]
    entries, new = _merge(tickets, good, at)
    record(
        actor,
        "promotion.entries_noted",
        event,
        at=at,
        change={"shown": len(records), "new": new},
    )
    return [_answer(each, why[each.id], entries) for each in records]


@action("promotion.undo_check_in")
def undo_check_in(
    *, actor: Actor, ticket: EventTicket, day: date, reason: str, at: datetime
) -> EventTicket:
    """Take back that a ticket entered on a day: it was another's, or let in by mistake.

    What was shown of it on that day until now counts no more, whichever device sends it and when; a
    later showing enters anew. Taken back twice it is taken back once. Refused: a ticket that did
    not enter on that day.
    """
    event = ticket.event
    require(actor, rules.may_organise)
    needs_reason(reason, most=500)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _expect_told(event)
    shown = EventCheckIn.objects.filter(ticket=ticket, day=day)
    taken_back = shown.filter(undone_at=None).update(entry=False, undone_at=at)
    if not taken_back and not shown.exists():
        raise Refused("ticket_not_entered", _("Vé này chưa vào cửa ngày đó."))
    row = ticket.application
    record(
        actor,
        "promotion.entry_undone",
        *([row, event] if row else [event]),
        at=at,
        reason=reason.strip(),
        change={"day": day.isoformat(), "shown": taken_back},
    )
    return ticket


def day_of(moment: datetime) -> date:
    """The day of a showing, by the clocks of Hà Nội."""
    return timezone.localdate(moment)


def _expect_told(event: TradeEvent) -> None:
    event.refresh_from_db(fields=["state"])
    if event.state not in (lifecycle.PUBLISHED, lifecycle.HELD):
        raise Refused("event_state", _("Chỉ soát vé sau khi công bố kết quả của sự kiện."))


def _undone(tickets: Mapping[str, EventTicket]) -> Mapping[_SHOWN, datetime]:
    """When the entries of these tickets were last taken back, by day."""
    rows = EventCheckIn.objects.filter(
        ticket__in=[row.pk for row in tickets.values()], undone_at__isnull=False
    )
    codes = {row.pk: code for code, row in tickets.items()}
    last = rows.order_by().values_list("ticket", "day").annotate(last=Max("undone_at"))
    return {(codes[ticket], day): at for ticket, day, at in last}


def _why_not(
    event: TradeEvent,
    told: CheckIn,
    ticket: EventTicket | None,
    undone: Mapping[_SHOWN, datetime],
) -> str:
    """Why a showing does not count; empty: it does."""
    if ticket is None:
        return UNKNOWN
    if ticket.void_at and told.at >= ticket.void_at:
        return VOID
    row = ticket.application
    if row and row.state != ApplicationState.ACCEPTED:
        return WITHDRAWN
    day = day_of(told.at)
    if not event.starts_on <= day <= event.ends_on:
        return OTHER_DAY
    taken_back = undone.get((told.ticket, day))
    return UNDONE if taken_back and told.at <= taken_back else ""


def _merge(
    tickets: Mapping[str, EventTicket], told: Sequence[CheckIn], at: datetime
) -> tuple[Mapping[_SHOWN, CheckIn], int]:
    """Keep what is new; the entries of the tickets told by day, and how many were new."""
    codes = {row.pk: code for code, row in tickets.items()}
    before = list(EventCheckIn.objects.filter(ticket__in=codes, undone_at=None))
    kept = [
        CheckIn(row.at, row.client_id, codes[row.ticket_id], row.gate, row.device)
        for row in before
    ]  # fmt: skip
    known = {each.id for each in kept}
    # An identifier is of one showing: what comes with one that is taken elsewhere is no new one.
    elsewhere = EventCheckIn.objects.filter(client_id__in={each.id for each in told})
    taken = known | set(elsewhere.values_list("client_id", flat=True))
    fresh = [each for each in told if each.id not in taken]
    entries: dict[_SHOWN, CheckIn] = {}
    new: list[CheckIn] = []
    for day, some in _by_day([*kept, *fresh]).items():
        merged = merge(some)
        entries |= {(code, day): each for code, each in merged.entries.items()}
        shown = (*merged.entries.values(), *merged.repeats)
        new += [each for each in shown if each.id not in known]
    first = {each.id for each in entries.values()}
    # First the entries that are none any more, then the new ones: never two of one ticket.
    none = [row.pk for row in before if row.entry and row.client_id not in first]
    EventCheckIn.objects.filter(pk__in=none).update(entry=False)
    EventCheckIn.objects.bulk_create(
        EventCheckIn(
            ticket=tickets[each.ticket],
            day=day_of(each.at),
            client_id=each.id,
            gate=each.gate,
            device=each.device,
            at=each.at,
            received_at=at,
            entry=each.id in first,
        )
        for each in new
    )
    return entries, len(new)


def _by_day(records: Iterable[CheckIn]) -> Mapping[date, list[CheckIn]]:
    found: dict[date, list[CheckIn]] = defaultdict(list)
    for each in records:
        found[day_of(each.at)].append(each)
    return found


def _answer(told: CheckIn, why: str, entries: Mapping[_SHOWN, CheckIn]) -> Noted:
    entry = entries.get((told.ticket, day_of(told.at)))
    if why or entry is None:
        return Noted(told, why or UNKNOWN, None)
    return Noted(told, ENTERED if entry.id == told.id else REPEAT, entry)
