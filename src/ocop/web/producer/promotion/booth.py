"""A producer's booth on the days of an event: tickets of its people, sales of each day."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.promotion import lifecycle, queries
from ocop.promotion.days import papers
from ocop.promotion.days.models import EventTicket
from ocop.promotion.days.services import tickets as services
from ocop.promotion.models import EventApplication
from ocop.web import booth_days
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.papers.answers import sent as file_sent
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


class PersonForm(forms.Form):
    """Somebody of the booth."""

    holder = forms.CharField(label=gettext_lazy("Họ tên người của gian"), max_length=120)


def has_tickets(row: EventApplication) -> bool:
    """Whether the people of a booth have tickets, or may have some."""
    waits = row.state == lifecycle.ACCEPTED and row.event.state == lifecycle.PUBLISHED
    return waits or row.tickets.exists()


@producer
def people(request: SignedInRequest, code: str) -> HttpResponse:
    """Tickets of the people of a booth; another one is named here."""
    row = _own(request, code)
    form = PersonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, services.name_exhibitor, application=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã thêm vé."))
        return redirect("producer_booth_tickets", code)
    there = row.tickets.filter(void_at=None)
    context = {
        "row": row,
        "event": row.event,
        "form": form,
        "open": row.state == lifecycle.ACCEPTED and row.event.state == lifecycle.PUBLISHED,
        "tickets": [(each, papers.ticket_text(each.code)) for each in there],
        "back": _back(row),
    }
    status = 422 if form.errors else 200
    return render(request, "producer/promotion/tickets.html", context, status=status)


@producer
def tickets(request: SignedInRequest, code: str) -> HttpResponse:
    """The tickets of a booth to print."""
    row = _own(request, code)
    there = row.tickets.filter(void_at=None)
    found = list(there.select_related("application__producer", "application__assignment__booth"))
    if not found:
        raise Http404
    content = papers.tickets_pdf(row.event, found)
    return file_sent(content, "application/pdf", f"ve-{code}.pdf", shown=True)


@producer
def void(request: SignedInRequest, code: str) -> HttpResponse:
    """Make a ticket of the own booth good for nothing."""
    mine = queries.own_applications(request.actor).values("pk")
    rows = EventTicket.objects.select_related("event", "application__producer")
    ticket = get_object_or_404(rows, code=code, application__in=mine)
    row = ticket.application
    if row is None:
        raise Http404
    form, back = (
        ReasonForm(request.POST or None),
        reverse("producer_booth_tickets", args=[row.code]),
    )
    if sent(request, form) and act_on(
        request, form, services.void_ticket, ticket=ticket, **form.cleaned_data
    ):
        messages.success(request, _("Đã hủy vé."))
        return redirect(back)
    context = {
        "form": form, "title": _("Hủy vé của %s") % ticket.holder, "event": row.event,
        "about": row.producer.name, "cancel": back, "action": _("Hủy vé"), "tone": "danger",
        "text": _("Từ lúc này vé không vào cửa được."),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "producer/promotion/form.html", context, status=status)


@producer
def day(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The form of a day."""
    row = _own(request, code)
    where = [code, number]
    return booth_days.page(
        request, row, number,
        send=reverse("producer_booth_day_send", args=where),
        worker=reverse("producer_booth_day_worker"),
        back=_back(row),
        template="producer/promotion/booth_day.html",
    )  # fmt: skip


@producer
@require_POST
def send(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """What a phone kept, sent by itself."""
    return booth_days.send(request, _own, code, number)


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form without a network."""
    return booth_days.worker(request)


def _own(request: SignedInRequest, code: str) -> EventApplication:
    found: EventApplication = get_object_or_404(queries.own_applications(request.actor), code=code)
    return found


def _back(row: EventApplication) -> str:
    return reverse("producer_trade_event", args=[row.event.code])
