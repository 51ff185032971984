"""The mark of the demonstration on every answer of the API, whatever is answered."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from ocop.core import options

#: `true` on every answer of an installation whose data is invented; else it is not there.
HEADER = "OCOP-Demonstration"
_NAME = "Demonstration"


def marked(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: answers, files and problems of the API carry the mark of a demonstration.

    It is a header, so that no shape of an answer can leave it out. A row that is invented says so
    of itself as well: real rows may stand beside it.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/api/") and options.DEMONSTRATION.get():
            response[HEADER] = "true"
        return response

    return handle


def describe(document: dict[str, Any]) -> None:
    """Say in the description of an API that every answer can carry the mark."""
    document["components"].setdefault("headers", {})[_NAME] = {
        "schema": {"type": "string", "enum": ["true"]},
    }
    for path in document["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                response["headers"] = {HEADER: {"$ref": f"#/components/headers/{_NAME}"}}
