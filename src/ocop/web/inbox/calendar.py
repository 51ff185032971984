"""What I have ahead, as a page and as a calendar at a secret address."""

from itertools import groupby

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ocop.core import language
from ocop.people import queries, services
from ocop.people.models import User
from ocop.people.scopes import READ_CALENDAR
from ocop.programme import ical
from ocop.programme.agenda import agenda
from ocop.web.requests import SignedInRequest


@login_required
def page(request: SignedInRequest) -> HttpResponse:
    """Day by day; what is late first."""
    today = timezone.localdate()
    found = agenda(request.actor, on=today)
    context = {
        "late": [entry for entry in found if entry.on < today],
        "days": [
            (day, list(entries))
            for day, entries in groupby(
                [entry for entry in found if entry.on >= today], key=lambda entry: entry.on
            )
        ],
        "keys": [
            key
            for key in queries.tokens_of(request.actor, request.user)
            if key.scopes == [READ_CALENDAR] and key.revoked_at is None
        ],
    }
    return render(request, "inbox/agenda.html", context)


@login_required
@require_POST
def new_address(request: SignedInRequest) -> HttpResponse:
    """Make a secret address of my calendar and show it this once."""
    issued = services.issue_token(
        actor=request.actor,
        user=request.user,
        name=_("Lịch trên điện thoại, máy tính"),
        scopes=frozenset({READ_CALENDAR}),
        at=timezone.now(),
    )
    path = reverse("calendar_feed", args=[issued.secret])
    return render(request, "inbox/address.html", {"address": f"{settings.BASE_URL}{path}"})


@require_GET
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever made this address. Unknown and revoked ones are not there.

    Nor is that of a person who must sign in with a one-time code and has set up none.
    """
    now, today = timezone.now(), timezone.localdate()
    actor = queries.actor_for_token(secret, at=now, on=today)
    if actor is None or actor.scopes is None or READ_CALENDAR not in actor.scopes:
        raise Http404
    owner = User.objects.get(pk=actor.user_id)
    if queries.needs_second_factor(actor) and not is_mfa_enabled(owner):
        raise Http404
    with language.using(owner.language), translation.override(owner.language):
        body = ical.calendar(
            agenda(actor, on=today, past=True),
            name=_("OCOP: lịch họp và thời hạn"),
            base=settings.BASE_URL,
            at=now,
        )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="ocop.ics"'
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
