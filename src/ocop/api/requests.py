"""Requests as operations see them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ocop.core.actor import Actor


class ApiRequest(HttpRequest):
    """A request whose caller has been found."""

    actor: Actor


def heads(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: HEAD on an address of the API answers as GET does, without the body."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD" or not request.path.startswith("/api/v1/"):
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        response["Content-Length"] = str(len(response.content))
        response.content = b""
        return response

    return handle
