"""What every answer of the interface has: the headers of the standard, and its errors."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from ocop.api import problems
from ocop.api.callers import need_scope
from ocop.api.problems import problem
from ocop.api.requests import ApiRequest
from ocop.core.actor import Actor, ActorKind
from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused
from ocop.traceability.epcis.questions import Misasked, TooLarge
from ocop.traceability.services.receiving import MOST_EVENTS, TooMany

MOST_BYTES = 5_000_000
#: Told with every answer (EPCIS 2.0, 12.3).
HEADERS = {
    "GS1-EPCIS-Version": "2.0.0",
    "GS1-CBV-Version": "2.0.0",
    "GS1-Extensions": "ocop=urn:ocop:",
}
#: Told to who asks what the interface can do.
DISCOVERY = {
    **HEADERS,
    "GS1-EPCIS-Min": "2.0.0",
    "GS1-EPCIS-Max": "2.0.0",
    "GS1-CBV-Min": "2.0.0",
    "GS1-CBV-Max": "2.0.0",
    "GS1-EPC-Format": "Never_Translates",
    "GS1-Vendor-Version": "1.0.0",
    "GS1-Next-Page-Token-Expires": "0",  # a mark holds for ever
}
CAPTURE = {
    "GS1-EPCIS-Capture-Limit": str(MOST_EVENTS),
    "GS1-EPCIS-Capture-File-Size-Limit": str(MOST_BYTES),
    "GS1-Capture-Error-Behaviour": "rollback",
}
_OURS, _NO_VERSION = (2, 0), (-1, 0)
#: What a header of versions asks for: this one, none before it, none after it.
_VERSIONS: dict[str, Callable[[tuple[int, int]], bool]] = {
    "Version": lambda asked: asked == _OURS,
    "Min": lambda asked: _NO_VERSION < asked <= _OURS,
    "Max": lambda asked: asked >= _OURS,
}
_SERVED = ("application/json", "application/ld+json")
_KINDS: tuple[tuple[type[Refused], int, str], ...] = (
    (Misasked, 400, "epcisException:QueryParameterException"),
    (TooLarge, 413, "epcisException:QueryTooLargeException"),
    (TooMany, 413, "epcisException:CaptureLimitExceededException"),
    (NotAllowed, 403, "epcisException:SecurityException"),
    (Refused, 400, "epcisException:ValidationException"),
)


class NotServed(Refused):
    """Something of the standard that this interface does not do; `status` says how it is told."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__("not_served", message)
        self.status = status


def install(api: NinjaAPI) -> None:
    """Teach the interface the errors of the standard; those of the house stay for the rest."""
    problems.install(api)
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Refused: _refused,
        Http404: _not_found,
        NotServed: _not_served,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def known(request: ApiRequest, scope: str) -> Actor:
    """Who asks: somebody who has signed in or brings a key with this scope. Events are never told
    to nobody in particular."""
    if request.actor.kind is ActorKind.ANONYMOUS:
        raise problems.Unauthorised
    need_scope(request.actor, scope)
    return request.actor


def with_headers(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator of every operation: refuse what another version would have to answer, and tell the
    version of this one."""

    @wraps(operation)
    def answered(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        _negotiate(request)
        return operation(request, *arguments, **named)

    return answered


def marked(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: every answer of the interface has the headers of the standard, errors too; a
    fault of ours has its name in the standard."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/api/epcis/"):
            return response
        if response.status_code == 500:
            response = problems.our_fault("epcisException:ImplementationException")
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return handle


def _negotiate(request: HttpRequest) -> None:
    for standard in ("EPCIS", "CBV"):
        for name, holds in _VERSIONS.items():
            header = f"GS1-{standard}-{name}"
            asked = request.headers.get(header)
            if asked is not None and not holds(_version(asked)):
                words = _("Hệ thống trả lời theo EPCIS 2.0 và CBV 2.0. Hãy bỏ %s hoặc ghi 2.0.0.")
                raise NotServed(406, words % header)
    if not any(map(request.accepts, _SERVED)):
        raise NotServed(406, _("Hệ thống trả lời bằng JSON. Hãy gửi Accept: application/json."))
    if request.headers.get("GS1-EPC-Format", "No_Preference") not in (
        "No_Preference",
        "Never_Translates",
    ):
        words = _("Mã được trả lời đúng như đã ghi, không chuyển dạng. Hãy bỏ GS1-EPC-Format.")
        raise NotServed(406, words)


def _version(text: str) -> tuple[int, int]:
    """Major and minor; an erratum of a version is that version."""
    match = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?(?:\.[0-9]{1,4})?", text.strip())
    return (int(match[1]), int(match[2] or 0)) if match else _NO_VERSION


def _refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    status, kind = next((s, k) for cls, s, k in _KINDS if isinstance(refusal, cls))
    errors = [
        {"field": field, "message": message}
        for field, messages in refusal.fields.items()
        for message in messages
    ]
    return problem(status, refusal.code, refusal.message, errors, kind)


def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    words = _("Không có dữ liệu này, hoặc bạn không được xem.")
    return problem(404, "not_found", words, kind="epcisException:NoSuchResourceException")


def _not_served(_request: HttpRequest, refusal: NotServed) -> HttpResponse:
    kind = "epcisException:ImplementationException"
    return problem(refusal.status, refusal.code, refusal.message, kind=kind)
