"""Answers that are the same for whoever asks: one copy in a cache serves everybody.

The framework lets answers differ by cookie and language as soon as somebody looks who is signed in,
which every page does. A view that heeds neither says so, and the header goes.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_MARK = "_ocop_same_for_all"
_HEEDED = {"cookie", "accept-language"}


def same_for_all(answer: HttpResponse) -> HttpResponse:
    """Say of an answer that neither who asks nor the language changes it."""
    setattr(answer, _MARK, True)
    return answer


def unvaried(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware around those that name cookie and language: takes both from such an answer."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        if hasattr(answer, _MARK) and not answer.cookies:
            names = [name.strip() for name in answer.get("Vary", "").split(",")]
            left = [name for name in names if name and name.lower() not in _HEEDED]
            del answer["Vary"], answer["Content-Language"]
            if left:
                answer["Vary"] = ", ".join(left)
        return answer

    return handle
