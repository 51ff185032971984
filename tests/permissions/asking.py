"""Asking as somebody: what the answer comes to, and that a refusal wrote nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from ocop.core.models import Event
from tests.permissions.world import World

REFUSED = ("login", "403", "404", "405")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Asker:
    """Everybody of the world, signed in; each question starts from the same state."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, str] = {}
        self.headers: dict[str, dict[str, str]] = {}
        for eye, user in world.people.items():
            client = Client()
            client.force_login(user)
            self.sessions[eye] = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.headers[eye] = world.headers(eye)

    def client(self, eye: str) -> Client:
        """A browser in which somebody is signed in, or nobody."""
        client = Client(raise_request_exception=False)
        if eye in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[eye]
        return client

    def page(self, eye: str, method: str, address: str, form: dict[str, Any] | None = None) -> str:
        """What a page answers in a word; a refusal that wrote something is `wrote`."""
        cache.clear()
        with undone():
            before = Event.objects.count()
            ask = getattr(self.client(eye), method.lower())
            found = word(ask(address, form or {}))
            if found in REFUSED and Event.objects.count() != before:
                return "wrote"
            return found

    def written(self, eye: str, address: str, form: dict[str, Any] | None = None) -> int:
        """How many events come of posting to a page."""
        cache.clear()
        with undone():
            before = Event.objects.count()
            self.client(eye).post(address, form or {})
            return Event.objects.count() - before

    def call(self, eye: str, method: str, address: str, body: Any, form: bool) -> str:
        """The same for an operation of the API."""
        cache.clear()
        with undone():
            before = Event.objects.count()
            ask = getattr(Client(raise_request_exception=False), method.lower())
            more: dict[str, Any] = {"headers": self.headers.get(eye, {})}
            if form:
                more["data"] = body
            elif body is not None:
                more |= {"data": json.dumps(body), "content_type": "application/json"}
            found = word(ask(address, **more))
            if found in REFUSED and Event.objects.count() != before:
                return "wrote"
            return found


def word(answer: HttpResponse | StreamingHttpResponse) -> str:
    """`yes`, or how it is refused: `login`, `403`, `404`, `405`, or a fault as its number."""
    status = answer.status_code
    if status == 401:
        return "login"
    if status in (301, 302) and "/tai-khoan/login/" in str(answer.headers.get("Location", "")):
        return "login"
    if status in (403, 404, 405) or status >= 500:
        return str(status)
    if answer.streaming:
        b"".join(answer.streaming_content)  # to its end, which closes the file
    return "yes"
