"""Who may open the office's face."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.people.roles import STAFF
from ocop.web.requests import SignedInRequest

View = Callable[..., HttpResponseBase]


def is_staff(actor: Actor) -> bool:
    """Everybody who works in the programme's offices and councils."""
    return actor.has(*STAFF)


def office(view: View) -> View:
    """A page for staff; what they see on it is filtered by who they are."""

    @wraps(view)
    def guarded(request: SignedInRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        require(request.actor, is_staff)
        return view(request, *arguments, **named)

    return login_required(guarded)
