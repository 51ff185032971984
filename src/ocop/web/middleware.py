"""What every request gets: who acts, in which language, and how refusals are told."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from ocop.core import language, once
from ocop.core.db import is_busy
from ocop.core.refusals import NotAllowed, Refused
from ocop.people.queries import actor_for, needs_second_factor
from ocop.web.errors import busy

#: Paths that stay open while the second factor is missing: the account itself and the language.
_ALWAYS_OPEN = ("/tai-khoan/", "/ngon-ngu/", "/static/")
#: But not its keys: with one, a program would do what the password alone may not.
_KEYS = "/tai-khoan/khoa/"
Handler = Callable[[HttpRequest], HttpResponse]


def readable(get_response: Handler) -> Handler:
    """Put the sign for what cannot be read in the place of zeros in an address.

    No text of a database holds a zero, and PostgreSQL fails to look for one; what is looked for
    now is simply not there.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        request.path_info = request.path_info.replace("\0", "\ufffd")
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")
        return get_response(request)

    return handle


def reading(get_response: Handler) -> Handler:
    """A page that is only read finds its options and places once, whoever asks for them."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with once.reading():
            return get_response(request)

    return handle


def actor(get_response: Handler) -> Handler:
    """Put the actor of today on the request and the language into the kernel."""

    def handle(request: HttpRequest) -> HttpResponse:
        language.activate(translation.get_language() or "vi")
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_for(
                request.user if request.user.is_authenticated else None,
                on=timezone.localdate(),
            )
        )
        return get_response(request)

    return handle


def second_factor(get_response: Handler) -> Handler:
    """Send who needs a one-time code and has none yet to the page that sets it up."""

    def handle(request: HttpRequest) -> HttpResponse:
        is_open = request.path.startswith(_ALWAYS_OPEN) and not request.path.startswith(_KEYS)
        if (
            not is_open
            and request.user.is_authenticated
            and needs_second_factor(request.actor)  # type: ignore[attr-defined]
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return handle


class _Refusals:
    """Turns a refusal that no view caught into a page that says why and what to do.

    A database that others hold for too long is told likewise: nothing was written.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError) and is_busy(error):
            return busy(request)
        if not isinstance(error, Refused):
            return None
        if isinstance(error, NotAllowed):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return render(request, "errors/403.html", {"refusal": error}, status=403)
        return render(request, "errors/400.html", {"refusal": error}, status=409)


refusals = _Refusals
