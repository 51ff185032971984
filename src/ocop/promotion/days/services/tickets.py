"""Tickets: of the people of a booth by name, of guests and visitors many at a time."""

from datetime import datetime

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.codes import public_code, public_codes
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, rules
from ocop.promotion.days import queries
from ocop.promotion.days import rules as day_rules
from ocop.promotion.days.models import EventTicket, TicketKind
from ocop.promotion.models import ApplicationState, EventApplication, TradeEvent

MOST_AT_ONCE = 500
MOST_OF_AN_EVENT = 50_000
MOST_TAKEN = 20_000  # by visitors themselves: the rest is the organiser's
MOST_OF_A_BOOTH = 12
#: While there may still be somebody to let in.
_OPEN = (lifecycle.CALLING, lifecycle.SELECTING, lifecycle.PUBLISHED)


@action("promotion.issue_tickets")
def issue_tickets(
    *, actor: Actor, event: TradeEvent, kind: str, count: int, holder: str = "", at: datetime
) -> list[EventTicket]:
    """Make tickets for guests or visitors, to be printed or handed on. `holder` is what stands on
    all of them, as the office that is invited; no names of persons.

    Refused: an event that is only planned, over or called off; too many at once or in all.
    """
    require(actor, rules.may_organise)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _expect_open(event)
    if kind not in (TicketKind.GUEST, TicketKind.VISITOR):
        raise _refuse("kind", _("Hãy chọn khách mời hoặc khách tham quan."))
    if not 1 <= count <= MOST_AT_ONCE:
        raise _refuse("count", _("Mỗi lần phát từ 1 đến %d vé.") % MOST_AT_ONCE)
    if event.tickets.count() + count > MOST_OF_AN_EVENT:
        raise _refuse("count", _("Một sự kiện có nhiều nhất %d vé.") % MOST_OF_AN_EVENT)
    told = folding.clean(holder)
    check_text(told, "holder", 120)
    last = event.tickets.order_by("-batch").values_list("batch", flat=True).first() or 0
    codes = public_codes(count, EventTicket.objects.all())
    made = EventTicket.objects.bulk_create(
        EventTicket(
            code=code, event=event, kind=kind, holder=told, batch=last + 1, issued_at=at
        )
        for code in codes
    )  # fmt: skip
    change = {"kind": kind, "count": count, "batch": last + 1}
    record(actor, "promotion.tickets_issued", event, at=at, change=change)
    return made


@action("promotion.take_ticket")
def take_ticket(*, actor: Actor, event: TradeEvent, at: datetime) -> EventTicket:
    """Give a visitor a ticket on the public page; nothing is asked and nothing is kept of them.

    Refused: an event that gives none, or has given out as many as it gives.
    """
    require(actor, day_rules.may_take)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    event.refresh_from_db()
    if not queries.gives_tickets(event, timezone.localdate(at)):
        raise Refused("tickets_not_given", _("Sự kiện này không phát vé tham quan trên mạng."))
    taken = event.tickets.filter(self_taken=True)
    if taken.count() >= MOST_TAKEN or event.tickets.count() >= MOST_OF_AN_EVENT:
        raise Refused("tickets_gone", _("Vé trên mạng đã hết. Hãy hỏi ở cửa vào sự kiện."))
    batches = (taken, event.tickets.all())
    own, last = (
        rows.order_by("-batch").values_list("batch", flat=True).first() or 0 for rows in batches
    )
    made = EventTicket.objects.create(
        code=public_code(), event=event, kind=TicketKind.VISITOR, batch=own or last + 1,
        self_taken=True, issued_at=at,
    )  # fmt: skip
    record(actor, "promotion.ticket_taken", event, at=at)
    return made


@action("promotion.name_exhibitor")
def name_exhibitor(
    *, actor: Actor, application: EventApplication, holder: str, at: datetime
) -> EventTicket:
    """Give somebody of a booth a ticket. The event names no person.

    Refused: an application that does not take part, no name, one who has a ticket, too many.
    """
    event = application.event
    require(actor, day_rules.may_serve_booth, application, timezone.localdate(at))
    EventApplication.objects.select_for_update().get(pk=application.pk)
    application.refresh_from_db(fields=["state"])
    _expect_open(event)
    expect_accepted(application)
    told = folding.clean(holder)
    if not told:
        raise _refuse("holder", _("Hãy ghi họ tên người của gian hàng."))
    check_text(told, "holder", 120)
    there = list(application.tickets.filter(void_at=None).values_list("holder", flat=True))
    if folding.fold(told) in map(folding.fold, there):
        raise _refuse("holder", _("Người này đã có vé."))
    if len(there) >= MOST_OF_A_BOOTH:
        raise _refuse("holder", _("Mỗi gian có nhiều nhất %d vé.") % MOST_OF_A_BOOTH)
    made = EventTicket.objects.create(
        code=public_code(),
        event=event,
        kind=TicketKind.EXHIBITOR,
        application=application,
        holder=told,
        issued_at=at,
    )
    record(actor, "promotion.exhibitor_named", application, event, at=at)
    return made


@action("promotion.void_ticket")
def void_ticket(*, actor: Actor, ticket: EventTicket, reason: str, at: datetime) -> EventTicket:
    """Make a ticket good for nothing from now on: lost, or given to the wrong person.

    Refused: a ticket that is void.
    """
    require(actor, day_rules.may_void, ticket, timezone.localdate(at))
    needs_reason(reason, most=500)
    if not EventTicket.objects.filter(pk=ticket.pk, void_at=None).update(void_at=at):
        raise Refused("ticket_void", _("Vé này đã hủy."))
    ticket.refresh_from_db()
    row = ticket.application
    about = [row, ticket.event] if row else [ticket.event]
    record(actor, "promotion.ticket_voided", *about, at=at, reason=reason.strip())
    return ticket


def expect_accepted(application: EventApplication) -> None:
    """Refuse what only those who take part may do."""
    if application.state != ApplicationState.ACCEPTED:
        raise Refused("application_not_accepted", _("Hồ sơ này không tham gia sự kiện."))


def _expect_open(event: TradeEvent) -> None:
    event.refresh_from_db(fields=["state"])
    if event.state not in _OPEN:
        raise Refused("event_state", _("Chỉ phát vé khi sự kiện đã mở đăng ký và chưa kết thúc."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"ticket_{field}", message, fields={field: [message]})
