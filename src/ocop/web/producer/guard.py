"""The producer's pages are for who has signed in; what was typed is never thrown away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.web.requests import SignedInRequest

View = Callable[..., HttpResponseBase]


def producer(view: View) -> View:
    """A page for who has signed in.

    When the session has ended, a script is told so: it keeps what was typed and sends it again by
    itself. A page leads to signing in, and its form is kept (`ocop.web.kept`).
    """

    @wraps(view)
    def guarded(request: SignedInRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *arguments, **named)
        if request.content_type == "application/json":
            words = _("Phiên đăng nhập đã hết. Nội dung bạn vừa gõ được giữ trên máy này.")
            return JsonResponse({"code": "signed_out", "message": words}, status=401)
        return redirect_to_login(request.get_full_path())

    return guarded


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
