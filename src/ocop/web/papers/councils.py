"""Papers of sittings and sheets."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from ocop.core.jobs.files import JobState
from ocop.councils.models import Item
from ocop.councils.papers import shelf as cases
from ocop.councils.queries import sittings as queries
from ocop.dossiers.papers import made as reading
from ocop.web.papers import made
from ocop.web.papers.answers import answer
from ocop.web.requests import SignedInRequest


@login_required
def of_sitting(request: SignedInRequest, code: str, key: str, kind: str) -> HttpResponseBase:
    """A paper of a sitting, of those that the reader may take. A large one is made by a job."""
    held = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    wanted = reading.wish(request.actor, held, key, kind, on=timezone.localdate())
    if wanted is None or not wanted.paper.is_large:
        return answer([wanted.paper] if wanted else [], key, kind)
    found = reading.current(wanted)
    if found is not None and found.state == JobState.READY:
        return made.send(found)
    return redirect("papers:make", code, key, kind)


@login_required
def own_sheet(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The member's own sheet of the attempt that runs."""
    return answer(cases.of_item(request.actor, _item(request, code)), cases.OWN, kind)


@login_required
def sheet(request: SignedInRequest, code: str, key: int, kind: str) -> HttpResponse:
    """A sheet that the actor may read."""
    return answer(cases.of_item(request.actor, _item(request, code)), cases.key_of(key), kind)


def _item(request: SignedInRequest, code: str) -> Item:
    found: Item = get_object_or_404(queries.items_visible_to(request.actor), code=code)
    return found
