"""Requests as operations see them."""

from django.http import HttpRequest

from ocop.core.actor import Actor


class ApiRequest(HttpRequest):
    """A request whose caller has been found."""

    actor: Actor
