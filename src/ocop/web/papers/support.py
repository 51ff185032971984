"""Papers of requests for support."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ocop.support import papers, queries
from ocop.web.papers.answers import answer
from ocop.web.requests import SignedInRequest


@login_required
def of_request(request: SignedInRequest, code: str, key: str, kind: str) -> HttpResponse:
    """A paper of a request, for its producer and for whoever oversees it."""
    found = get_object_or_404(queries.requests_visible_to(request.actor), code=code)
    return answer(papers.of_request(request.actor, found), key, kind)
