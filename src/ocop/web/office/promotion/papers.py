"""Files of an event: the list for the organiser, the plan of booths, the poster."""

from django.http import Http404, HttpResponse

from ocop.core.actions import require
from ocop.promotion import lifecycle, papers, rules
from ocop.web.office.guard import office
from ocop.web.office.promotion.pages import event_or_404, holders_of
from ocop.web.papers.answers import answer, sent
from ocop.web.requests import SignedInRequest


@office
def participants(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """Who takes part, with contacts: for who sees every application."""
    found = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    return answer(papers.of_event(found), "list", kind)


@office
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    """The plan with who stands where, to print."""
    found = event_or_404(request.actor, code)
    if not found.booths.exists():
        raise Http404
    known = rules.may_see_all(request.actor) or found.state in (
        lifecycle.PUBLISHED,
        lifecycle.HELD,
    )
    content = papers.plan(found, dict(holders_of(found)) if known else {})
    return sent(content, "application/pdf", f"so-do-{code}.pdf", shown=True)


@office
def poster(request: SignedInRequest, code: str) -> HttpResponse:
    """The poster; of an event called off there is none any more."""
    found = event_or_404(request.actor, code)
    if found.state == lifecycle.CANCELLED:
        raise Http404
    return sent(papers.poster(found), "application/pdf", f"ap-phich-{code}.pdf", shown=True)
