"""What the pages of chair, secretary and office share: who opens them, how a step is taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils import rules
from ocop.councils.models import Council
from ocop.web.forms import act
from ocop.web.office.guard import is_staff
from ocop.web.requests import SignedInRequest

View = Callable[..., HttpResponseBase]
Crumb = tuple[str, str]


def desk(view: View) -> View:
    """A page for people of councils and offices; what they see is filtered by who they are."""

    @wraps(view)
    def guarded(request: SignedInRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        require(request.actor, is_staff)
        return view(request, *arguments, **named)

    return login_required(guarded)


def only_if(allowed: bool) -> None:
    """A step that is not open to this person, or not now, has no page."""
    if not allowed:
        raise Http404


@dataclass(frozen=True, slots=True)
class Step:
    """A step with a page that asks first: its words, what it changes, and where it comes from."""

    title: str
    action: str
    done: str
    back: str  # address
    crumbs: Sequence[Crumb] = ()
    changes: Sequence[str] = ()
    text: str = ""
    tone: str = ""


def take(
    request: SignedInRequest,
    step: Step,
    form: forms.Form,
    service: Callable[..., Any],
    **arguments: Any,
) -> HttpResponse:
    """The page of a step, or the step itself: the cleaned form goes to the service by name."""
    if request.method == "POST" and form.is_valid():
        told = {**arguments, **form.cleaned_data}
        act(form, service, actor=request.actor, at=timezone.now(), **told)
        if not form.errors:
            messages.success(request, step.done)
            return redirect(step.back)
    return render(request, "council/step.html", {"step": step, "form": form})


def attempt(request: HttpRequest, done: str, service: Callable[..., Any], **arguments: Any) -> bool:
    """Call a service for a single button: `done` is said, or why it was refused.

    Lacking the right is nothing to be told beside other words and goes on up.
    """
    try:
        service(**arguments)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, done)
    return True


def may_count(actor: Actor, council: Council) -> bool:
    """Who reads how a council marks from sitting to sitting: whoever may in one of them today."""
    return rules.may_see_all(actor) or any(
        position(actor, council, timezone.localdate())
        for position in (rules.is_chair, rules.is_deputy)
    )


def posted(request: HttpRequest) -> Any:
    """What was sent, or nothing while the form is only looked at; files come beside it."""
    return request.POST if request.method == "POST" else None
