"""The days of trade events: tickets, who entered, sales of booths, visitors."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.trade_events import event_of
from ocop.api.v1.writing import CodeOut
from ocop.core.checkins import MOST_AT_ONCE, MOST_OF_A_NAME, CheckIn, ticket_in
from ocop.core.language import noop as N_
from ocop.filters.event_days import BoothDayFilter, EventEntryFilter, EventTicketFilter
from ocop.people.scopes import READ_PROMOTION, WRITE_PROMOTION
from ocop.promotion import queries as promotion
from ocop.promotion.days import queries
from ocop.promotion.days.models import BoothDay, EventCheckIn, EventTicket
from ocop.promotion.days.services import entering, telling, tickets
from ocop.promotion.models import EventApplication

router = Router(tags=["promotion"])
Json = dict[str, Any]


class EventTicketOut(Schema):
    """A ticket. `kind` is exhibitor, guest or visitor; `days_entered` counts the days on which it
    entered."""

    code: str
    kind: str
    holder: str
    producer: MakerOut | None
    batch: int
    days_entered: int
    issued_at: datetime
    void_at: datetime | None


class EventEntryOut(Schema):
    """What let a ticket in on a day; taken back at `undone_at` it counts no more."""

    ticket: str
    kind: str
    holder: str
    producer: MakerOut | None
    day: date
    at: datetime
    gate: str
    undone_at: datetime | None


class EventEntryUndoneIn(JsonIn):
    """The day whose entry is taken back, and why."""

    day: date
    reason: str


class EventTicketsIn(JsonIn):
    """Tickets to be made at once. `holder` is what stands on all of them, no name of a person."""

    kind: Literal["guest", "visitor"]
    count: int = Field(ge=1, le=tickets.MOST_AT_ONCE)
    holder: str = ""


class EventTicketsOut(Schema):
    """The codes of tickets that were made."""

    codes: list[str]


class EventExhibitorIn(JsonIn):
    """Somebody of a booth, by name."""

    holder: str


class EventShowingIn(JsonIn):
    """A ticket shown at a gate; the same `id` sent twice is one showing."""

    id: UUID
    ticket: str
    at: Moment
    gate: str = Field("", max_length=MOST_OF_A_NAME)
    device: str = Field("", max_length=MOST_OF_A_NAME)


class EventShowingsIn(JsonIn):
    """Showings, in whatever order."""

    records: list[EventShowingIn] = Field(max_length=MOST_AT_ONCE)


class EventShownOut(Schema):
    """What a showing came to: entered, repeat, unknown, void, withdrawn, undone or other_day, and
    when its ticket entered on that day."""

    id: UUID
    state: str
    entered_at: datetime | None


class BoothDayIn(JsonIn):
    """What a booth sold and took orders for on a day, in đồng, and how many contacts it made. The
    same `client_id` sent twice is one report."""

    client_id: UUID
    sold: int = Field(ge=0, le=telling.MOST_DONG)
    ordered: int = Field(0, ge=0, le=telling.MOST_DONG)
    contacts: int = Field(0, ge=0, le=telling.MOST_CONTACTS)
    note: str = ""


class BoothDayOut(Schema):
    """What a booth told of a day; money in đồng."""

    application: str
    producer: MakerOut
    booth: str
    day: date
    sold: int
    ordered: int
    contacts: int
    note: str
    sent_at: datetime


class EventVisitorsIn(JsonIn):
    """Visitors without a ticket, as counted."""

    counted: int = Field(ge=0, le=telling.MOST_VISITORS)


def _application_of(request: ApiRequest, code: str) -> EventApplication:
    need_scope(request.actor, WRITE_PROMOTION)
    return get_object_or_404(promotion.applications_visible_to(request.actor), code=code)


def _ticket_out(row: Any) -> Json:
    of = row.application
    names = ("code", "kind", "holder", "batch", "days_entered", "issued_at", "void_at")
    maker = MakerOut(code=of.producer.code, name=of.producer.name) if of else None
    return {**{name: getattr(row, name) for name in names}, "producer": maker}


def _entry_out(row: EventCheckIn) -> Json:
    ticket = row.ticket
    of = ticket.application
    return {
        **{name: getattr(row, name) for name in ("day", "at", "gate", "undone_at")},
        **{"ticket": ticket.code, "kind": ticket.kind, "holder": ticket.holder},
        "producer": MakerOut(code=of.producer.code, name=of.producer.name) if of else None,
    }


def _booth_day_out(row: BoothDay) -> Json:
    of = row.application
    names = ("day", "sold", "ordered", "contacts", "note", "sent_at")
    return {
        **{name: getattr(row, name) for name in names},
        "application": of.code,
        "producer": MakerOut(code=of.producer.code, name=of.producer.name),
        "booth": of.assignment.booth.label if hasattr(of, "assignment") else "",
    }


@router.get(
    "/trade-events/{code}/tickets",
    response=Page[EventTicketOut],
    operation_id="event_tickets",
    summary=N_("Vé của một sự kiện"),
    openapi_extra=described(EventTicketFilter),
)
def ticket_list(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """Tickets of an event, those that the caller may know."""
    found = event_of(request, code, READ_PROMOTION)
    rows = queries.tickets_visible_to(request.actor).filter(event=found)
    chosen = filtered(request, EventTicketFilter, queries.with_days_entered(rows))
    return page(request, response, chosen, _ticket_out)


@router.post(
    "/trade-events/{code}/tickets",
    response={201: EventTicketsOut},
    operation_id="issue_event_tickets",
    summary=N_("Phát vé sự kiện"),
)
def issue(request: ApiRequest, code: str, told: EventTicketsIn) -> Status[EventTicketsOut]:
    """Make tickets for guests or visitors."""
    made = tickets.issue_tickets(
        actor=request.actor, event=event_of(request, code), kind=told.kind, count=told.count,
        holder=told.holder, at=timezone.now(),
    )  # fmt: skip
    return Status(201, EventTicketsOut(codes=[row.code for row in made]))


@router.post(
    "/event-applications/{code}/tickets",
    response={201: CodeOut},
    operation_id="name_event_exhibitor",
    summary=N_("Phát vé cho người của gian hàng"),
)
def name_exhibitor(request: ApiRequest, code: str, told: EventExhibitorIn) -> Status[CodeOut]:
    """Give somebody of a booth a ticket; answered with its code."""
    made = tickets.name_exhibitor(
        actor=request.actor, application=_application_of(request, code), holder=told.holder,
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, CodeOut(code=made.code))


@router.post(
    "/event-tickets/{code}/voiding",
    response=CodeOut,
    operation_id="void_event_ticket",
    summary=N_("Hủy vé sự kiện"),
)
def void(request: ApiRequest, code: str, told: ReasonIn) -> CodeOut:
    """Make a ticket good for nothing from now on."""
    need_scope(request.actor, WRITE_PROMOTION)
    rows: Any = queries.tickets_visible_to(request.actor)
    ticket: EventTicket = get_object_or_404(rows, code=code)
    tickets.void_ticket(
        actor=request.actor, ticket=ticket, reason=told.reason, at=timezone.now()
    )  # fmt: skip
    return CodeOut(code=code)


@router.get(
    "/trade-events/{code}/entries",
    response=Page[EventEntryOut],
    operation_id="event_entries",
    summary=N_("Lượt vào cửa của một sự kiện"),
    openapi_extra=described(EventEntryFilter),
)
def entry_list(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """What let tickets in, day by day, of the tickets that the caller may know; entries that were
    taken back too."""
    found = event_of(request, code, READ_PROMOTION)
    rows = queries.entries_visible_to(request.actor).filter(ticket__event=found)
    return page(request, response, filtered(request, EventEntryFilter, rows), _entry_out)


@router.post(
    "/event-tickets/{code}/undoing",
    response=CodeOut,
    operation_id="undo_event_entry",
    summary=N_("Bỏ một lượt vào cửa sự kiện"),
)
def undo(request: ApiRequest, code: str, told: EventEntryUndoneIn) -> CodeOut:
    """Take back that a ticket entered on a day; a later showing enters anew."""
    need_scope(request.actor, WRITE_PROMOTION)
    rows: Any = queries.tickets_visible_to(request.actor)
    ticket: EventTicket = get_object_or_404(rows, code=code)
    entering.undo_check_in(
        actor=request.actor, ticket=ticket, day=told.day, reason=told.reason, at=timezone.now()
    )
    return CodeOut(code=code)


@router.post(
    "/trade-events/{code}/checkins",
    response=list[EventShownOut],
    operation_id="note_event_entries",
    summary=N_("Soát vé vào cửa sự kiện"),
)
def check_in(request: ApiRequest, code: str, told: EventShowingsIn) -> list[EventShownOut]:
    """Note who came, as devices told; a ticket enters once a day, sending again changes nothing."""
    now = timezone.now()
    noted = entering.check_in(
        actor=request.actor,
        event=event_of(request, code),
        records=[
            CheckIn(
                min(each.at, now), each.id, ticket_in(each.ticket) or each.ticket, each.gate,
                each.device,
            )
            for each in told.records
        ],
        at=now,
    )  # fmt: skip
    return [
        EventShownOut(
            id=each.record.id, state=each.state, entered_at=each.entry.at if each.entry else None
        )
        for each in noted
    ]


@router.get(
    "/trade-events/{code}/booth-days",
    response=Page[BoothDayOut],
    operation_id="event_booth_days",
    summary=N_("Bán hàng theo gian và ngày của một sự kiện"),
    openapi_extra=described(BoothDayFilter),
)
def booth_days(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """What booths told of the days of an event, those that the caller may know."""
    found = event_of(request, code, READ_PROMOTION)
    rows = queries.booth_days_visible_to(request.actor).filter(application__event=found)
    return page(request, response, filtered(request, BoothDayFilter, rows), _booth_day_out)


@router.put(
    "/event-applications/{code}/days/{day}",
    response=CodeOut,
    operation_id="tell_event_booth_day",
    summary=N_("Ghi bán hàng của gian trong ngày"),
)
def tell_day(request: ApiRequest, code: str, day: date, told: BoothDayIn) -> CodeOut:
    """Tell what a booth sold on a day; told again it takes the place of what was told."""
    telling.report_booth_day(
        actor=request.actor,
        application=_application_of(request, code),
        day=day,
        told=telling.Sold(told.sold, told.ordered, told.contacts, told.note),
        client_id=told.client_id,
        at=timezone.now(),
    )
    return CodeOut(code=code)


@router.put(
    "/trade-events/{code}/days/{day}/visitors",
    response=CodeOut,
    operation_id="count_event_visitors",
    summary=N_("Ghi số khách không có vé trong ngày"),
)
def count(request: ApiRequest, code: str, day: date, told: EventVisitorsIn) -> CodeOut:
    """Tell how many visitors without a ticket came on a day."""
    telling.count_visitors(
        actor=request.actor, event=event_of(request, code), day=day, counted=told.counted,
        at=timezone.now(),
    )  # fmt: skip
    return CodeOut(code=code)
