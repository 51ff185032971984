"""Short addresses in messages and calendars: each leads a person to the own face's page.

The office and the producer have different pages of one dossier. A message says which dossier; the
page is chosen here when somebody goes there, and decides itself whether that person may see it.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ocop.councils import rules as council_rules
from ocop.councils.queries import sittings
from ocop.dossiers.queries import dossiers
from ocop.web.requests import SignedInRequest


@login_required
def dossier(request: SignedInRequest, code: str) -> HttpResponse:
    """To the producer's own page of a dossier, or to the office's."""
    own = dossiers.own(request.actor, on=timezone.localdate()).filter(code=code).exists()
    names = ("producer_dossier", "producer_home") if own else ("office:dossier", "office:home")
    return _first(names, code)


@login_required
def sitting(request: SignedInRequest, code: str) -> HttpResponse:
    """To the sitting for who leads it or reads all, else to the member's own work."""
    found = sittings.visible_sittings(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    leads = council_rules.may_steer(request.actor, found)
    names = ("council:sitting",) if leads or council_rules.may_see_all(request.actor) else ()
    return _first((*names, "council:home"), code)


@login_required
def item(_request: SignedInRequest, code: str) -> HttpResponse:
    """To a case on the agenda."""
    return _first(("council:item", "council:home"), code)


@login_required
def sheet(_request: SignedInRequest, code: str) -> HttpResponse:
    """To the member's own sheet of a case."""
    return _first(("council:sheet", "council:home"), code)


@login_required
def plan(_request: SignedInRequest) -> HttpResponse:
    """To the yearly plan."""
    return _first(("office:plan", "office:registrations"))


def _first(names: tuple[str, ...], *arguments: str) -> HttpResponse:
    """The first of these pages that there is; the later ones stand for the whole and take none."""
    for given in (arguments, ()):
        for name in names:
            try:
                return redirect(reverse(name, args=given))
            except NoReverseMatch:
                continue
    raise Http404
