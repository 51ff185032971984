"""The producer's pages are for who has signed in; what was typed is never thrown away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.web.requests import SignedInRequest

View = Callable[..., HttpResponseBase]


def producer(view: View) -> View:
    """A page for who has signed in.

    When the session has ended, a page that only reads leads to signing in. One that was to save
    shows what was typed, to be copied; the script keeps it and sends it again by itself.
    """

    @wraps(view)
    def guarded(request: SignedInRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *arguments, **named)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        return _ended(request)

    return guarded


def _ended(request: HttpRequest) -> HttpResponseBase:
    if request.content_type == "application/json":
        words = _("Phiên đăng nhập đã hết. Nội dung bạn vừa gõ được giữ trên máy này.")
        return JsonResponse({"code": "signed_out", "message": words}, status=401)
    hidden = ("csrfmiddlewaretoken", "revision")
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if value and name not in hidden and not name.startswith("initial-")
    ]
    address = f"{reverse('account_login')}?next={request.path}"
    context = {"typed": typed, "address": address}
    return render(request, "producer/signed_out.html", context, status=401)


def own_dossier(request: SignedInRequest, code: str) -> Dossier:
    """The dossier of an address, as its producer (or the office that helps) may work on it; 404
    for everybody else."""
    rows = dossiers.writable_by(request.actor, timezone.localdate())
    return get_object_or_404(
        rows.select_related(
            "product__producer", "version__legal_version", "commune", "round", "previous__decision"
        ),
        code=code,
    )
