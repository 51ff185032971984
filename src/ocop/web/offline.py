"""What opens a page without a network: a worker of the browser, for pages of one pattern.

The script of such a page puts it into the store.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def worker(
    request: HttpRequest, *, kept: str, pages: str, led: str = "", to: str = ""
) -> HttpResponse:
    """The script. `kept` names the store of the browser, `pages` the paths as a pattern of its.
    Paths of the pattern `led` lead without a network to the kept page `to`, behind its #; they may
    lie outside the folder of the script."""
    told = {"kept": kept, "pages": pages, "led": led, "to": to}
    answer = render(request, "offline/worker.js", told, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    if led:
        answer["Service-Worker-Allowed"] = "/"
    return answer
