"""Requests as our views see them, after the middleware."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from ocop.core.actor import Actor
from ocop.people.models import User


class Request(HttpRequest):
    """A request with its actor."""

    actor: Actor
    htmx: HtmxDetails


class SignedInRequest(Request):
    """A request of a person who has signed in."""

    user: User
