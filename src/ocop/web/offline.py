"""Forms that are filled without a network: a worker of the browser opens their pages, of one
pattern, out of the store where the script of such a page has put them; what was kept there and is
sent later has its own answers."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ocop.core.refusals import Refused

#: The store of the browser of pages with `js/sales.js`.
SALES = "ocop-sales-1"


def worker(
    request: HttpRequest, *, kept: str, pages: str, led: str = "", to: str = ""
) -> HttpResponse:
    """The script. `kept` names the store of the browser, `pages` the paths as a pattern of its.
    Paths of the pattern `led` lead without a network to the kept page `to`, behind its #; they may
    lie outside the folder of the script."""
    told = {"kept": kept, "pages": pages, "led": led, "to": to}
    answer = render(request, "offline/worker.js", told, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    if led:
        answer["Service-Worker-Allowed"] = "/"
    return answer


def answered(
    form: forms.Form, act: Callable[[], object], told: Mapping[str, object]
) -> JsonResponse:
    """What is answered to a phone that kept a form and sends it by itself: 200 it is taken, 409
    refused for good, with the words."""
    if not form.is_valid():
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"message": " ".join(wrong)}, status=409)
    try:
        act()
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    return JsonResponse(told)


def kept_words() -> dict[str, str]:
    """What `js/sales.js` says."""
    return {
        "kept": _("Đã giữ trong máy, đang gửi."),
        "sent": _("Văn phòng đã nhận số liệu."),
        "offline": _("Chưa có mạng. Số liệu được giữ trong máy và tự gửi khi có mạng."),
        "busy": _("Máy chủ chưa trả lời. Sẽ tự gửi lại."),
        "signIn": _("Phiên đăng nhập đã hết. Đăng nhập lại rồi số liệu tự gửi."),
        "draft": _("Đang giữ số bạn vừa gõ trong máy này."),
        "discard": _("Bỏ"),
    }
