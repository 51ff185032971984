"""Papers of dossiers: Forms 01 to 03, notices, the whole as one file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ocop.dossiers.models import Dossier
from ocop.dossiers.papers import shelf
from ocop.dossiers.queries import dossiers
from ocop.web.papers.answers import answer
from ocop.web.requests import SignedInRequest

_NOTICES = {"chu-the": "notice-producer", "xa": "notice-commune"}


@login_required
def form(request: SignedInRequest, code: str, form: int, kind: str) -> HttpResponse:
    """Form 01, 02 or 03."""
    return _answer(request, code, f"form-{form:02d}", kind)


@login_required
def notice(request: SignedInRequest, code: str, to: str, kind: str) -> HttpResponse:
    """What became of a dossier, to its producer (`chu-the`) or its commune (`xa`)."""
    if to not in _NOTICES:
        raise Http404
    return _answer(request, code, _NOTICES[to], kind)


@login_required
def examination(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """What the advisory team found, for who may read it."""
    return _answer(request, code, "examination", kind)


@login_required
def whole(request: SignedInRequest, code: str) -> HttpResponse:
    """The dossier with all its evidence and an index."""
    return _answer(request, code, "whole", "zip")


def _answer(request: SignedInRequest, code: str, key: str, kind: str) -> HttpResponse:
    today = timezone.localdate()
    rows = dossiers.for_papers(dossiers.visible_to(request.actor, today))
    found: Dossier = get_object_or_404(rows, code=code)
    return answer(shelf.of_dossier(request.actor, found, on=today), key, kind)
