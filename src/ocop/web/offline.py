"""What opens a page without a network: a worker of the browser, for pages of one pattern.

The script of such a page puts it into the store.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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


def sales_words() -> dict[str, str]:
    """What `js/sales.js` says."""
    return {
        "kept": _("Đã giữ trong máy, đang gửi."),
        "sent": _("Văn phòng đã nhận doanh số."),
        "offline": _("Chưa có mạng. Doanh số được giữ trong máy và tự gửi khi có mạng."),
        "busy": _("Máy chủ chưa trả lời. Sẽ tự gửi lại."),
        "signIn": _("Phiên đăng nhập đã hết. Đăng nhập lại rồi doanh số tự gửi."),
        "draft": _("Đang giữ số bạn vừa gõ trong máy này."),
        "discard": _("Bỏ"),
    }
