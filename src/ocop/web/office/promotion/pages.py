"""What the pages of trade events in the office share."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.promotion import lifecycle, queries, rules
from ocop.promotion.models import EventApplication, TradeEvent
from ocop.web.requests import SignedInRequest


def form_page(
    request: SignedInRequest, form: Any, title: str, cancel: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own: `text` says what it will change, `action` its button, `tone`,
    `event` what it is about."""
    context = {"form": form, "title": title, "cancel": cancel, **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "office/promotion/form.html", context, status=status)


def part(actor: Actor, event: TradeEvent, here: str) -> dict[str, Any]:
    """What every part of an event's pages shows: the event, and which parts there are."""
    days = rules.may_see_all(actor) and event.state != lifecycle.PLANNED
    return {"event": event, "here": here, "sees_days": days}


def event_or_404(actor: Actor, code: str) -> TradeEvent:
    """An event that an actor may read; others do not learn that there is one."""
    require(actor, rules.may_open_lists)
    return get_object_or_404(queries.events_visible_to(actor), code=code)


def managed_event(actor: Actor, code: str) -> TradeEvent:
    """An event that an actor may manage."""
    found = event_or_404(actor, code)
    require(actor, rules.may_manage)
    return found


def organised_event(actor: Actor, code: str) -> TradeEvent:
    """An event whose booths an actor may lay out and give."""
    found = event_or_404(actor, code)
    require(actor, rules.may_organise)
    return found


def application_or_404(actor: Actor, code: str) -> EventApplication:
    """An application that an actor may read."""
    require(actor, rules.may_open_lists)
    return get_object_or_404(queries.applications_visible_to(actor), code=code)


def holders_of(event: TradeEvent) -> Mapping[str, str]:
    """Who stands on which booth: label → producer."""
    return {row.booth.label: row.application.producer.name for row in queries.assignments_of(event)}
