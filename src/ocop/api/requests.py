"""Requests as operations see them."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja.parser import Parser

from ocop.core.actor import Actor


class ApiRequest(HttpRequest):
    """A request whose caller has been found."""

    actor: Actor


class UnreadableText(ValueError):
    """Text that is no text: half of a surrogate pair, which no database and no answer takes."""


class Readable(Parser):
    """JSON as the library reads it; what is no text is refused before any operation sees it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body; half a pair may stand as an escape or as bytes, in names as in values."""
        found = super().parse_body(request)
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise UnreadableText from error
        return found


def heads(get_response: Callable[[HttpRequest], Any]) -> Callable[..., HttpResponseBase]:
    """Middleware: HEAD on an address of the API answers as GET does, without the body."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD" or not request.path.startswith(("/api/v1/", "/api/epcis/")):
            passed: HttpResponseBase = get_response(request)
            return passed
        request.method = "GET"
        response: HttpResponse | StreamingHttpResponse = get_response(request)
        request.method = "HEAD"
        if isinstance(response, StreamingHttpResponse):  # a file, which says how long it is
            response.streaming_content = ()
            return response
        response["Content-Length"] = str(len(response.content))
        response.content = b""
        return response

    return handle
