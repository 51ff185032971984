"""What opens a page without a network: a worker of the browser, for pages of one pattern.

The script of such a page puts it into the store.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def worker(request: HttpRequest, *, kept: str, pages: str) -> HttpResponse:
    """The script. `kept` names the store of the browser, `pages` the paths as a pattern of its."""
    told = {"kept": kept, "pages": pages}
    answer = render(request, "offline/worker.js", told, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
