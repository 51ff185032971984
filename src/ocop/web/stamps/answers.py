"""How the resolver answers: headers that never differ, and bodies as the phone takes them."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.html import escape

from ocop.traceability.resolver import METHODS, Answer
from ocop.web.stamps import assets
from ocop.web.stamps.asking import Asked, language_of
from ocop.web.stamps.splicing import Page

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]
Filled = Mapping[str, bytes]

NEVER_KEPT = b"no-store"  # every scan is to arrive
ASKED_AGAIN = b"private, no-cache"  # a recall is to show at once
_NOTHING: Filled = {}
_ANYONE = (b"access-control-allow-origin", b"*")  # what is answered is public, and knows nobody


@cache
def _safety() -> tuple[tuple[bytes, bytes], ...]:
    """Where a page may reach: its own files, and the forms of the office's host."""
    site = assets.site()
    reach = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        f"form-action 'self'{' ' + site if site else ''}; base-uri 'none'; frame-ancestors 'none'"
    )
    told = [
        (b"content-security-policy", reach.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        kept = f"max-age={settings.SECURE_HSTS_SECONDS}"
        told.append((b"strict-transport-security", kept.encode()))
    return tuple(told)


@cache
def _page_headers(said: str, packed: bool, kept: bytes) -> tuple[tuple[bytes, bytes], ...]:
    told = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-language", said.encode()),
        (b"cache-control", kept),
        (b"vary", b"Accept-Language, Accept-Encoding"),
        *_safety(),
    ]
    if packed:
        told.append((b"content-encoding", b"gzip"))
    return tuple(told)


async def page(
    send: Send,
    asked: Asked,
    made: Page,
    filled: Filled = _NOTHING,
    *,
    said: str = "",
    status: int = 200,
    kept: bytes = NEVER_KEPT,
) -> None:
    """A page, compressed where the phone takes that. `said`: its language, where it is known."""
    body = made.packed(filled) if asked.packed else made.plain(filled)
    fixed = _page_headers(said or language_of(asked), asked.packed, kept)
    headers = [*fixed, _ANYONE, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if asked.method == "HEAD" else body})


async def bare(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """An answer as it is."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def moved(send: Send, status: int, to: str) -> None:
    """The way to another address."""
    headers = [(b"location", to.encode("latin-1")), (b"cache-control", NEVER_KEPT)]
    await bare(send, status, [*headers, (b"content-length", b"0")])


async def refused(
    send: Send,
    asked: Asked,
    status: int,
    made: Page,
    detail: str = "",
    headers: Headers = (),
) -> None:
    """That there is nothing, and what to do: a page for people, a problem for programs (RFC
    9457)."""
    if "html" in asked.accept:
        # In English, for who makes codes: of what is merely unknown the page says all itself.
        filled = {"detail": b"" if status == 404 else escape(detail).encode()}
        body = made.packed(filled) if asked.packed else made.plain(filled)
        fixed = _page_headers(language_of(asked), asked.packed, NEVER_KEPT)
    else:
        fixed, body = _PROBLEM, _problem(status, detail)
    given = [each for each in headers if each != _ANYONE]
    told = [*given, *fixed, _ANYONE, (b"content-length", b"%d" % len(body))]
    await bare(send, status, told, b"" if asked.method == "HEAD" else body)


_PROBLEM = (
    (b"content-type", b"application/problem+json"),
    (b"cache-control", NEVER_KEPT),
    (b"x-content-type-options", b"nosniff"),
)


def _problem(status: int, detail: str) -> bytes:
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return json.dumps(told | ({"detail": detail} if detail else {})).encode()


async def resolved(send: Send, answered: Answer, headers: Sequence[tuple[bytes, bytes]]) -> None:
    """What GS1's part answered, where it found something: a redirect or, with its length, a list
    of links."""
    listed = any(name == b"content-length" for name, _value in headers)
    more = _safety() if listed else ((b"content-length", b"0"),)
    await bare(send, answered.status, [*headers, *more], answered.body)


async def options(send: Send) -> None:
    """What may be asked, and that anybody's page may."""
    methods = ", ".join(METHODS).encode()
    headers = [
        (b"allow", methods),
        (b"access-control-allow-origin", b"*"),
        (b"access-control-allow-methods", methods),
        (b"access-control-allow-headers", b"*"),
        (b"content-length", b"0"),
    ]
    await bare(send, 204, headers)
