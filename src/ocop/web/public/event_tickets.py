"""A visitor takes a ticket of an event, without an account and without telling anything of
themselves."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ocop.core.actor import SYSTEM
from ocop.promotion import queries as promotion
from ocop.promotion.days import papers, queries
from ocop.promotion.days.services import tickets
from ocop.promotion.models import TradeEvent
from ocop.promotion.papers import qr
from ocop.web import languages, limits
from ocop.web.forms import act
from ocop.web.papers.answers import sent as file_sent
from ocop.web.requests import Request

# Whoever stands in the hall may share one address with many others.
_MOST_TAKEN, _MOST_OPENED = "60/h/ip", "600/h/ip"


@never_cache
def take(request: Request, code: str) -> HttpResponse:
    """The button, and what the ticket is good for."""
    found = _known(code)
    if not queries.gives_tickets(found, timezone.localdate()):
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_go_on(request, "event_ticket", _MOST_TAKEN):
            form.add_error(None, _("Chưa lấy được vé. Hãy thử lại sau một giờ."))
        elif made := act(
            form, tickets.take_ticket, actor=SYSTEM, event=found, at=timezone.now()
        ):  # the system stands for the public, who has no account
            address = reverse("trade_event_ticket", args=[code, made.code])
            return redirect(languages.carried(request, address))
    status = 422 if form.errors else 200
    return render(
        request, "public/event_ticket_take.html", {"event": found, "form": form}, status=status
    )


@never_cache
def ticket(request: Request, code: str, ticket: str) -> HttpResponse:
    """The ticket, to be shown at the gate: on the screen, printed or as a file."""
    row = _taken(request, code, ticket)
    text = papers.ticket_text(row.code)
    context = {"event": row.event, "ticket": row, "code": text, "drawn": mark_safe(qr(text))}
    return render(request, "public/event_ticket.html", context)


@never_cache
def paper(request: Request, code: str, ticket: str) -> HttpResponse:
    """The same as PDF."""
    row = _taken(request, code, ticket)
    content = papers.tickets_pdf(row.event, [row])
    return file_sent(content, "application/pdf", f"ve-{row.code}.pdf", shown=True)


def _taken(request: Request, code: str, ticket: str) -> Any:
    """Codes are many and say nothing: who guesses them is slowed down all the same."""
    if not limits.may_go_on(request, "event_ticket_opened", _MOST_OPENED):
        raise Http404
    rows = _known(code).tickets.filter(self_taken=True, void_at=None)
    return get_object_or_404(rows.select_related("event"), code=ticket)


def _known(code: str) -> TradeEvent:
    return get_object_or_404(promotion.known_events(), code=code)
