"""A form sent after the session had ended: kept until who filled it in has signed in again.

It waits in the session of this browser and is shown to nobody but the person who last signed in
here. A form that another filled in never comes so far: signing in changes its token.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ocop.people.models import User
from ocop.web.requests import SignedInRequest

KEPT = "kept_form"  # in the session
COOKIE = "ocop_signed_in"  # signed: who last signed in with this browser
_LIMIT = 1_000_000  # characters; no form of ours comes near
_OWN = "/tai-khoan/"  # passwords are never kept


def remember(response: HttpResponse, user: User) -> None:
    """Note on this browser who signed in; it outlives the session and opens nothing."""
    response.set_signed_cookie(
        COOKIE,
        str(user.pk),
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forms(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a form that is answered with the page for signing in, and forget it once it is taken."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST":
            return response
        if _leads_to_login(response) and _keep(request):
            words = _("Phiên đăng nhập đã hết. Biểu mẫu bạn vừa gửi được giữ lại: hãy đăng nhập.")
            messages.warning(request, words)
            return redirect_to_login(reverse("kept_form"))
        if request.user.is_authenticated and response.status_code < 500:
            kept = request.session.get(KEPT)
            if kept and kept["path"] == request.get_full_path():
                del request.session[KEPT]
        return response

    return handle


def _leads_to_login(response: HttpResponse) -> bool:
    to = response.get("Location", "")
    return to.split("?")[0] == reverse(settings.LOGIN_URL)


def _keep(request: HttpRequest) -> bool:
    """Whether it was kept: only forms of pages, scripts keep what they send themselves."""
    who = request.get_signed_cookie(COOKIE, default=None)
    sent_by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    if who is None or sent_by_script or _secret(request):
        return False
    form = request.POST.copy()
    form.pop("csrfmiddlewaretoken", None)
    written = form.urlencode()
    if not form or len(written) > _LIMIT:
        return False
    request.session[KEPT] = {
        "who": who,
        "path": request.get_full_path(),
        "form": written,
        "files": [each.name for _name, every in request.FILES.lists() for each in every],
        "at": f"{timezone.localtime():%H:%M %d/%m/%Y}",
    }
    return True


def _secret(request: HttpRequest) -> bool:
    return request.path.startswith(_OWN)


def typed(request: HttpRequest) -> list[str]:
    """What a person wrote in the words of a form, to be read or copied; marks are no words."""
    return [] if _secret(request) else _words(request.POST)


def _words(form: QueryDict) -> list[str]:
    return [str(value) for _name, value in _fields(form) if len(str(value).split()) > 1]


def _fields(form: QueryDict) -> list[tuple[str, object]]:
    return [(name, value) for name in form for value in form.getlist(name)]


@never_cache
@login_required
def page(request: SignedInRequest) -> HttpResponse:
    """What was kept, to be sent with one press; the form's own page then says what is wrong."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None or kept["who"] != str(request.user.pk):
        request.session.pop(KEPT, None)
        return redirect("after_login")
    form = QueryDict(kept["form"])
    context = {
        "kept": kept,
        "fields": _fields(form),
        "typed": _words(form),
    }
    return render(request, "accounts/kept_form.html", context)
