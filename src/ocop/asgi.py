"""ASGI entry: the framework behind a thin callable that answers `lifespan`, which it does not, and
codes on packs, which must not wait for it (see `web.stamps`)."""

import gc
import os
from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.db import close_old_connections
from django.http.response import FileResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import get_resolver

from ocop.core import language

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

_THREADS = 8  # of each process; further requests wait in the order they came
_PARTS = 64  # of a streamed answer sent at once, 4 kB each for files


async def _pieces(parts: Iterable[bytes]) -> AsyncIterator[bytes]:
    """The same bytes, read off the event loop in larger pieces."""
    iterator = iter(parts)
    while piece := await sync_to_async(lambda: b"".join(islice(iterator, _PARTS)))():
        yield piece


class _Handler(ASGIHandler):
    """Answers each request whole, in one of a few threads that keep their database connections.

    The framework alone would take a new thread and a new connection for every request, and change
    between loop and thread at every step. It would also read a whole file before sending it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="answer")

    async def run_get_response(self, request: ASGIRequest) -> HttpResponseBase:  # type: ignore[override]
        # In a copy of the context: the language of one request is not that of the next.
        work = partial(copy_context().run, self._answer, request)
        return await get_running_loop().run_in_executor(self._threads, work)

    def _answer(self, request: ASGIRequest) -> HttpResponseBase:
        close_old_connections()  # one that failed, or that the database has given up
        try:
            response = self.get_response(request)
        finally:
            close_old_connections()
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        return response

    async def send_response(self, response: HttpResponseBase, send: Send) -> None:
        if response.streaming and not response.is_async:  # type: ignore[attr-defined]
            response.streaming_content = _pieces(response.streaming_content)  # type: ignore[attr-defined]
        await super().send_response(response, send)


django.setup(set_prefix=False)
_django = _Handler()
from ocop.web.stamps.front import PREFIXES, Front  # noqa: E402  # needs the applications

_ = get_resolver().url_patterns  # loads every view now, so that the first request does not wait
# What stands here stays for good. Every full collection of garbage would look at it again and hold
# up all answers of the process for a quarter of a second, after every twenty or so.
gc.collect()
gc.freeze()


async def _within_measure(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a body larger than any form of ours without reading it: the framework would write it
    all down before anybody looks. One that does not say its length is cut off where it is too long.
    """
    said = dict(scope["headers"]).get(b"content-length", b"0")
    if said.isdigit() and int(said) > settings.OCOP_MAX_REQUEST:
        await _say_too_large(scope, send)
        return
    taken = 0

    async def counted() -> Mapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken <= settings.OCOP_MAX_REQUEST:
            return message
        await _say_too_large(scope, send)
        return {"type": "http.disconnect"}  # the framework lets go of what it has

    await _django(scope, counted, send)


async def _say_too_large(scope: Scope, send: Send) -> None:
    say = _problem if scope["path"].startswith("/api/") else _page
    kind, body = await sync_to_async(say)(scope)
    headers = [(b"content-type", kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _page(_scope: Scope) -> tuple[str, bytes]:
    return "text/html; charset=utf-8", render_to_string("errors/413.html").encode()


def _problem(scope: Scope) -> tuple[str, bytes]:
    """For a program, in its language, which no middleware has found yet."""
    from ocop.api import problems  # its library needs the applications
    from ocop.web import languages

    request = ASGIRequest(scope, BytesIO())
    with language.using(languages.of(request)):
        told = problems.too_large()
    return told["Content-Type"], told.content


_fronts: "WeakKeyDictionary[AbstractEventLoop, Front]" = WeakKeyDictionary()


def _front() -> Front:
    """The resolver of this event loop."""
    loop = get_running_loop()
    found = _fronts.get(loop)
    if found is None:
        found = _fronts[loop] = Front()
    return found


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer start and stop of the server and codes here; hand other requests to the framework."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["path"].startswith(PREFIXES):
        await _front()(scope, receive, send)
    else:
        await _within_measure(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _front()  # begins to read what it tells
        else:
            await _fronts.pop(get_running_loop()).close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
