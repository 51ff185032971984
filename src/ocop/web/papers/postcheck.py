"""Papers of visits, revocations and complaints."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ocop.recognition.postcheck import papers, queries
from ocop.web.papers.answers import answer
from ocop.web.requests import SignedInRequest


@login_required
def minutes(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The minutes of a visit."""
    rows = queries.for_lists(queries.visible_to(request.actor))
    found = get_object_or_404(rows, code=code)
    return answer(papers.of_check(request.actor, found), "minutes", kind)


@login_required
def notice(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The notice of a revocation."""
    found = get_object_or_404(queries.cases_visible_to(request.actor), code=code)
    return answer(papers.of_case(request.actor, found), "notice", kind)


@login_required
def reply(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The answer to a complaint."""
    found = get_object_or_404(queries.complaints_visible_to(request.actor), number=code)
    return answer(papers.of_complaint(request.actor, found), "answer", kind)
