"""ASGI entry: the framework behind a thin callable that answers `lifespan`, which it does not."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from itertools import islice
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http.response import HttpResponseBase
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

_PARTS = 64  # of a streamed answer sent at once, 4 kB each for files


async def _pieces(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    """The same bytes, read off the event loop in larger pieces."""
    iterator = iter(parts)
    while piece := await sync_to_async(lambda: b"".join(islice(iterator, _PARTS)))():
        yield piece


class _Handler(ASGIHandler):
    """Streams files as they are read; the framework alone would read a whole file first."""

    async def send_response(self, response: HttpResponseBase, send: Send) -> None:
        if response.streaming and not response.is_async:  # type: ignore[attr-defined]
            response.streaming_content = _pieces(response.streaming_content)  # type: ignore[attr-defined]
        await super().send_response(response, send)


django.setup(set_prefix=False)
_django = _Handler()
_ = get_resolver().url_patterns  # loads every view now, so that the first request does not wait


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer start and stop of the server here; hand requests to the framework."""
    if scope["type"] != "lifespan":
        await _django(scope, receive, send)
        return
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
