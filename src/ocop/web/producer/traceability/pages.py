"""What the producer's pages of traceability share: how a form is shown, sent and, where somebody
else changed the same row meanwhile, settled."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from ocop.core import editing
from ocop.core.actor import Actor
from ocop.web.forms import act
from ocop.web.menu import shown
from ocop.web.office import stale
from ocop.web.producer.forms import ReasonForm
from ocop.web.producer.traceability.menu import TABS
from ocop.web.requests import SignedInRequest

MakeForm = Callable[[QueryDict | None, dict[str, Any]], Any]


def tabs(actor: Actor, here: str) -> list[tuple[Any, str, bool]]:
    """The tabs above a list."""
    return shown(TABS, actor, here)


def form_page(
    request: SignedInRequest, form: forms.Form, title: str, back: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own."""
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "producer/traceability/form.html", context)


def posted(request: SignedInRequest) -> QueryDict | None:
    """What was sent; None before that."""
    return request.POST if request.method == "POST" else None


def done(request: SignedInRequest, form: Any, service: Callable[..., Any], **told: Any) -> Any:
    """What a service made of a form that was sent and is well filled; else None."""
    if request.method != "POST" or not form.is_valid():
        return None
    return act(
        form,
        service,
        actor=request.actor,
        particulars=form.particulars(),
        at=timezone.now(),
        **told,
    )


def change_page(
    request: SignedInRequest,
    row: models.Model,
    *,
    make: MakeForm,
    known: Callable[[], dict[str, Any]],
    save: Callable[..., Any],
    named: str,
    said: str,
    title: str,
    back: str,
) -> HttpResponse:
    """A form about a row. `make` makes it of what was sent and what is `known`, `save` takes the
    row as its argument `named`."""
    seen = editing.mark(row)
    row.refresh_from_db()  # what came in between would be in the mark, not in the form
    current = known()
    form = make(stale.settled(request.POST, current), current | {"seen": seen})
    both = None
    if request.method == "POST" and form.is_valid():
        told = {named: row}
        if "reason" in form.fields:
            told["reason"] = form.cleaned_data["reason"]
        changed = act(
            form,
            save,
            actor=request.actor,
            particulars=form.particulars(),
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
            **told,
        )
        if changed:
            messages.success(request, said)
            return redirect(back)
        both = stale.compared(form, row, seen)
    return form_page(request, form, title, back, both=both)


def ending_page(
    request: SignedInRequest,
    *,
    service: Callable[..., Any],
    said: str,
    title: str,
    text: str,
    back: str,
    cancel: str = "",
    **told: Any,
) -> HttpResponse:
    """A step that takes something away: what follows, and why."""
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ended = act(
            form, _yes(service), actor=request.actor, reason=reason, at=timezone.now(), **told
        )
        if ended:
            messages.success(request, said)
            return redirect(back)
    context = {"form": form, "title": title, "text": text, "cancel": cancel or back}
    return render(request, "producer/traceability/ending.html", context)


def _yes(service: Callable[..., Any]) -> Callable[..., bool]:
    """A service whose answer says nothing, as one that says it was done."""

    def called(**told: Any) -> bool:
        service(**told)
        return True

    return called
