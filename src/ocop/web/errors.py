"""Pages for what went wrong."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ocop.web import kept

RETRY_AFTER = "5"  # seconds
A_MINUTE = "60"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return _not_our_name(request)
    return render(request, "errors/400.html", status=400)


def _not_our_name(request: HttpRequest) -> HttpResponse:
    """Asked by a name or address that is not ours. Without the request: what is rendered with it
    asks for that name again."""
    home = settings.BASE_URL.rstrip("/") + "/"
    if request.path.startswith("/api/"):
        told = {
            "type": "urn:ocop:problem:host_unknown",
            "title": _("Yêu cầu không đọc được"),
            "status": 400,
            "detail": _("Máy chủ này không trả lời dưới tên đó. Hãy gọi %s") % home,
            "code": "host_unknown",
        }
        return JsonResponse(told, status=400, content_type="application/problem+json")
    return HttpResponse(render_to_string("errors/host.html", {"home": home}), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not this session's: a new sign-in in another tab, cookies cleared.

    It says what to do, in the language of the page, and who is signed in finds there what the form
    held. A script is told in a word, and keeps what it sent. Calls of the API need no such token.
    """
    if request.content_type == "application/json":
        return _told_a_script(signed_in=request.user.is_authenticated)
    typed = kept.typed(request) if request.user.is_authenticated else []
    return render(request, "errors/400.html", {"typed": typed}, status=403)


def _told_a_script(*, signed_in: bool) -> JsonResponse:
    code, words = (
        ("page_old", _("Trang này mở từ lần đăng nhập trước: hãy tải lại trang."))
        if signed_in
        else ("signed_out", _("Phiên đăng nhập đã hết: hãy đăng nhập lại."))
    )
    kept = _("Nội dung bạn vừa gõ được giữ trên máy này.")
    return JsonResponse({"code": code, "message": f"{words} {kept}"}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """More attempts from one place than people make."""
    answer = render(request, "errors/429.html", status=429)
    answer["Retry-After"] = A_MINUTE
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the site's context: it reads the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def busy(_request: HttpRequest) -> HttpResponse:
    """The database is held by others, or does not answer: nothing was written. Reads none."""
    return HttpResponse(
        render_to_string("errors/503.html"), status=503, headers={"Retry-After": RETRY_AFTER}
    )
