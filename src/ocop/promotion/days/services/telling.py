"""What is told of the days of an event: sales and contacts of booths, visitors without tickets."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, rules
from ocop.promotion.days import calendar
from ocop.promotion.days import rules as day_rules
from ocop.promotion.days.models import BoothDay, EventDay
from ocop.promotion.days.services.tickets import expect_accepted
from ocop.promotion.models import EventApplication, TradeEvent

MOST_DONG = 10**12  # of a booth in a day: more is a slip of the finger
MOST_CONTACTS = 10_000
MOST_VISITORS = 1_000_000
MOST_EARLIER = 50  # reports of a day that were replaced: more nobody sends


@dataclass(frozen=True, slots=True)
class Sold:
    """What a booth did in a day: đồng sold on the spot, đồng ordered, contacts made."""

    sold: int
    ordered: int = 0
    contacts: int = 0
    note: str = ""


@action("promotion.report_booth_day")
def report_booth_day(
    *,
    actor: Actor,
    application: EventApplication,
    day: date,
    told: Sold,
    client_id: UUID,
    at: datetime,
) -> BoothDay:
    """Tell what a booth sold on a day, what was ordered and how many contacts were made. Told again
    it takes the place of what was told; the same report of a device, sent twice, is told once, also
    when another took its place meanwhile.

    Refused: a producer that does not take part, a day that has not come or is long past, an event
    whose result was not told, numbers below nothing or far too large.
    """
    require(actor, day_rules.may_serve_booth, application, timezone.localdate(at))
    event = application.event
    # Two devices tell one after the other.
    EventApplication.objects.select_for_update().get(pk=application.pk)
    application.refresh_from_db(fields=["state"])
    before = BoothDay.objects.filter(application=application, day=day).first()
    if before and (before.client_id == client_id or str(client_id) in before.earlier):
        about = (application, event)
        record(actor, "promotion.booth_day_told", *about, at=at, change={"again": True})
        return before
    _check_day(event, day, at)
    expect_accepted(application)
    _check(told)
    if BoothDay.objects.filter(client_id=client_id).exists():
        message = _("Bản ghi này đã gửi cho ngày hoặc gian khác. Hãy mở lại trang rồi gửi.")
        raise Refused("booth_day_client_id", message)
    row = before or BoothDay(application=application, day=day)
    if before:
        row.earlier = [*before.earlier, str(before.client_id)][-MOST_EARLIER:]
    row.sold, row.ordered, row.contacts = told.sold, told.ordered, told.contacts
    row.note, row.client_id = told.note.strip(), client_id
    row.sent_by_id, row.sent_at = actor.user_id, at
    row.save()
    record(
        actor,
        "promotion.booth_day_told",
        application,
        event,
        at=at,
        change={"day": day.isoformat(), "replaced": before is not None},
    )
    return row


@action("promotion.count_visitors")
def count_visitors(
    *, actor: Actor, event: TradeEvent, day: date, counted: int, at: datetime
) -> EventDay:
    """Tell how many visitors without a ticket came on a day. Told again it takes the place of what
    was told. Refused: a day that is none of the event's, has not come or is long past."""
    require(actor, rules.may_organise)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _check_day(event, day, at)
    if not 0 <= counted <= MOST_VISITORS:
        raise _refuse("counted", _("Hãy ghi số từ 0 đến %d.") % MOST_VISITORS)
    values = {"counted": counted, "told_at": at}
    row, made = EventDay.objects.update_or_create(event=event, day=day, defaults=values)
    change = {"day": day.isoformat(), "counted": counted, "replaced": not made}
    record(actor, "promotion.visitors_counted", event, at=at, change=change)
    return row


def _check_day(event: TradeEvent, day: date, at: datetime) -> None:
    event.refresh_from_db(fields=["state"])
    if event.state not in (lifecycle.PUBLISHED, lifecycle.HELD):
        raise Refused("event_state", _("Chỉ ghi số liệu sau khi công bố kết quả của sự kiện."))
    if day not in calendar.tellable(event.starts_on, event.ends_on, timezone.localdate(at)):
        message = _("Chỉ ghi số liệu cho ngày đã đến của sự kiện, trong %d ngày sau ngày cuối.")
        raise _refuse("day", message % calendar.GRACE)


def _check(told: Sold) -> None:
    for field in ("sold", "ordered"):
        if not 0 <= getattr(told, field) <= MOST_DONG:
            raise _refuse(field, _("Hãy ghi số tiền từ 0 đồng, nhỏ hơn một nghìn tỷ đồng."))
    if not 0 <= told.contacts <= MOST_CONTACTS:
        raise _refuse("contacts", _("Hãy ghi số từ 0 đến %d.") % MOST_CONTACTS)
    check_text(told.note, "note", 500)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"event_day_{field}", message, fields={field: [message]})
