"""Check-in at the gates of an event, with a network or without one."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ocop.core.actor import Actor
from ocop.core.checkins import CheckIn
from ocop.core.numbers import write_date
from ocop.core.refusals import NotAllowed
from ocop.promotion.days import calendar, queries
from ocop.promotion.days.services import entering
from ocop.promotion.models import TradeEvent
from ocop.web import checkin, offline
from ocop.web.forms import act
from ocop.web.office.guard import office
from ocop.web.office.promotion.pages import organised_event
from ocop.web.requests import SignedInRequest


@office
@never_cache
def page(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The gates on a day; without its script it takes one ticket after the other."""
    found, day = _open(request.actor, code, number)
    form = checkin.TicketForm(request.POST or None)
    answer = None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        noted = act(
            form,
            entering.check_in,
            actor=request.actor,
            event=found,
            records=[form.record(now)],
            at=now,
        )
        if noted:
            answer = _answer(noted[0])
            form = checkin.TicketForm(initial={"gate": form.cleaned_data["gate"]})
    where = [code, number]
    context = {
        "event": found,
        "day": day,
        "form": form,
        "told": answer.said if answer else "",
        "checkin": checkin.context(
            send=reverse("office:event_gate_send", args=where),
            listed=reverse("office:event_gate_list", args=where),
            worker=reverse("office:event_gate_worker"),
        ),
    }
    return render(request, "office/promotion/door.html", context)


@office
@require_safe
@never_cache
def listed(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """The tickets that open the gates, and which entered on this day: what a device takes along."""
    found, day = _open(request.actor, code, number)
    entered = queries.entries_on(found, day)
    return JsonResponse(
        {
            "made": timezone.now().isoformat(),
            "people": dict(queries.named_tickets(found)),
            "entered": {ticket: [gate, at.isoformat()] for ticket, (gate, at) in entered.items()},
        }
    )


@office
@require_POST
def send(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """What a device noted, sent by itself."""
    try:
        found, _day = _open(request.actor, code, number)
    except (Http404, NotAllowed) as error:
        words = _("Bạn không soát vé sự kiện này được. Hãy báo Văn phòng Điều phối.")
        status = 404 if isinstance(error, Http404) else 403
        return JsonResponse({"message": words}, status=status)
    now = timezone.now()

    def keep(records: list[CheckIn]) -> list[checkin.Answer]:
        noted = entering.check_in(actor=request.actor, event=found, records=records, at=now)
        return [_answer(each) for each in noted]

    return checkin.received(request, keep, now)


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the page of the gates without a network."""
    return offline.worker(request, kept=checkin.KEPT, pages=checkin.PAGES)


def _open(actor: Actor, code: str, number: int) -> tuple[TradeEvent, date]:
    """An event whose gates an actor may hold, and a day of it."""
    found = organised_event(actor, code)
    day = calendar.day_of(found.starts_on, found.ends_on, number)
    if day is None:
        raise Http404
    return found, day


def _answer(noted: entering.Noted) -> checkin.Answer:
    entry = (noted.entry.gate, noted.entry.at) if noted.entry else None
    return checkin.Answer(noted.record, noted.state, _said(noted), entry)


def _said(noted: entering.Noted) -> str:
    if noted.state == entering.ENTERED:
        return _("Mời vào")
    if noted.state == entering.REPEAT and noted.entry is not None:
        return _("Vé này đã vào lúc %s") % f"{timezone.localtime(noted.entry.at):%H:%M}"
    if noted.state == entering.VOID:
        return _("Vé này đã hủy")
    if noted.state == entering.WITHDRAWN:
        return _("Gian hàng của vé này không còn tham gia")
    if noted.state == entering.UNDONE:
        return _("Lượt này đã bị bỏ, không tính")
    if noted.state == entering.OTHER_DAY:
        return _("Sự kiện không mở cửa ngày %s") % write_date(entering.day_of(noted.record.at))
    return _("Vé này không thuộc sự kiện")
