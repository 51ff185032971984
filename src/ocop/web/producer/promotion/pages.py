"""The producer's trade events: what is called for, the own applications, booths and answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.core.language import gettext
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.promotion import conditions, lifecycle, queries
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.promotion.services import applying
from ocop.web.booth_days import numbered
from ocop.web.booth_plan import picture
from ocop.web.office.dossiers.barring import turned_back
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.promotion.tables import APPLICATION_LOOKS, square_metres
from ocop.web.producer.guard import producer
from ocop.web.producer.promotion.booth import has_tickets
from ocop.web.producer.promotion.forms import ApplicationForm, first_known, known_application
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Events that one can apply for, and the own applications."""
    open_now = _called().order_by("calls_until", "starts_on")
    mine = queries.own_applications(request.actor).order_by("-event__starts_on", "pk")
    context = {
        "makers": producers.own(request.actor).order_by("folded"),
        "called": open_now,
        "mine": [(row, *_look(row)) for row in mine[:100]],
    }
    return render(request, "producer/promotion/index.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One event: when and where, what it asks for, the own applications with booth or answer."""
    found = get_object_or_404(queries.known_events(), code=code)
    rows = queries.own_applications(request.actor).filter(event=found)
    mine = list(rows.prefetch_related("goods__product"))
    told = found.state in (lifecycle.PUBLISHED, lifecycle.HELD)
    own_booths = {
        row.assignment.booth.label: row.producer.name
        for row in mine
        if told and hasattr(row, "assignment")
    }
    standing = {row.producer_id for row in mine if row.state != lifecycle.WITHDRAWN}
    makers = producers.own(request.actor).exclude(pk__in=standing).order_by("folded")
    spots = queries.spots_of(found) if own_booths else []
    context = {
        "event": found,
        "takes": _called().filter(pk=found.pk).exists(),
        "makers": makers,
        "told": told,
        "may_leave": found.starts_on > timezone.localdate() and found.state in lifecycle.ALIVE,
        "mine": [
            (row, *_look(row), *_serving(row), square_metres(row.area) if row.area else "")
            for row in mine
        ],
        "plan": picture(found.hall_width, found.hall_depth, spots, own_booths),
    }
    return render(request, "producer/promotion/event.html", context)


@producer
def apply(request: SignedInRequest, code: str, maker: str) -> HttpResponse:
    """Apply for a place at an event."""
    found = get_object_or_404(_called(), code=code)
    of = get_object_or_404(producers.own(request.actor), code=maker)
    initial = first_known(of, request.user.name)
    service = partial(applying.apply, event=found, producer=of)
    return _application(request, found, of, initial, service)


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change an application while the call is open."""
    row = _own(request.actor, code)
    if not _called().filter(pk=row.event_id).exists() or row.state != lifecycle.SENT:
        reason = _("Hồ sơ này không sửa được nữa: đã đóng đăng ký hoặc đã được trả lời.")
        return turned_back(request, reason, _address(row.event))
    initial = known_application(row)
    service = partial(applying.change_application, application=row)
    return _application(request, row.event, row.producer, initial, service)


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take an application back."""
    row = _own(request.actor, code)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, applying.withdraw_application, application=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã rút đăng ký."))
        return redirect(_address(row.event))
    return _form(
        request, form, _("Rút đăng ký: %s") % row.event.name, row.event, about=row.producer.name,
        text=_("Gian đã xếp được trả lại cho sự kiện."), action=_("Rút đăng ký"), tone="danger",
    )  # fmt: skip


def _application(
    request: SignedInRequest,
    event: TradeEvent,
    of: Producer,
    initial: dict[str, Any],
    service: Callable[..., object],
) -> HttpResponse:
    """The form of an application, and what becomes of it."""
    today = timezone.localdate()
    rows = of.products.all()
    vouched = dict.fromkeys(rows.values_list("pk", flat=True), True)
    goods = queries.judged(event, rows, vouched, today)
    good = [each for each in goods if not each.lacks]
    lacking = [
        (each.product.name, ", ".join(gettext(conditions.WORDS[lack]) for lack in each.lacks))
        for each in goods
        if each.lacks
    ]
    if not good:
        context = {"event": event, "lacking": lacking, "about": of.name, "cancel": _address(event)}
        return render(request, "producer/promotion/nothing.html", context)
    form = ApplicationForm(event, good, request.POST or None, initial=initial)
    if sent(request, form) and act_on(request, form, service, wish=form.wish()):
        messages.success(request, _("Đã gửi đăng ký. Kết quả được báo khi Văn phòng công bố."))
        return redirect(_address(event))
    return _form(
        request, form, _("Đăng ký: %s") % event.name, event, about=of.name, lacking=lacking,
        action=_("Gửi đăng ký"),
    )  # fmt: skip


def _look(row: EventApplication) -> tuple[Any, str, str]:
    """The state of an application in words, with its look; nothing waits at an event called off."""
    waits = row.state in (lifecycle.SENT, lifecycle.ACCEPTED)
    if waits and row.event.state == lifecycle.CANCELLED:
        return row.event.get_state_display(), "bad", "minus"
    return row.get_state_display(), *APPLICATION_LOOKS[row.state]  # type: ignore[index]


def _serving(row: EventApplication) -> tuple[Any, bool]:
    """The days whose sales may be told, and whether there may be tickets for its people."""
    return numbered(row, timezone.localdate()), has_tickets(row)


def _called() -> QuerySet[TradeEvent]:
    """Events whose call is open today."""
    rows = queries.known_events()
    return rows.filter(state=lifecycle.CALLING, calls_until__gte=timezone.localdate())


def _own(actor: Actor, code: str) -> EventApplication:
    found: EventApplication = get_object_or_404(queries.own_applications(actor), code=code)
    return found


def _address(event: TradeEvent) -> str:
    return reverse("producer_trade_event", args=[event.code])


def _form(
    request: SignedInRequest, form: Any, title: str, event: TradeEvent, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "event": event, "cancel": _address(event), **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "producer/promotion/form.html", context, status=status)
