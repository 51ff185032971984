"""Errors as problem+json (RFC 9457): a stable code, and a sentence in the caller's language."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from ocop.api.lists import told_day, told_unknown
from ocop.api.requests import UnreadableText
from ocop.core.actor import ActorKind
from ocop.core.db import is_busy
from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused

MEDIA_TYPE = "application/problem+json"


#: How the library begins the name of what is wrong, and the field of a form that says it.
_FIELDS: tuple[tuple[str, type[forms.Field]], ...] = (
    ("int", forms.IntegerField),
    ("decimal", forms.DecimalField),
    ("float", forms.FloatField),
)
_FIELD_ERROR = {
    "type": "object",
    "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
    "required": ["field", "message"],
}
#: What a problem looks like, for the description of the API.
SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457. `code` is stable, `detail` a sentence in the caller's language.",
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": _FIELD_ERROR},
    },
    "required": ["type", "title", "status", "detail", "code"],
}


class Unauthorised(Exception):
    """No token where one is needed, or one that does not hold."""


def problem(
    status: int,
    code: str,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    kind: str = "",
) -> HttpResponse:
    """A problem document. `type` is a name, not an address: nothing is fetched to understand it.
    `kind` is the name that a standard gives it."""
    titles = {
        400: _("Yêu cầu không đọc được"),
        401: _("Cần khóa API"),
        403: _("Không có quyền"),
        404: _("Không tìm thấy"),
        405: _("Không nhận cách gọi này"),
        406: _("Không trả lời được như yêu cầu"),
        409: _("Không thực hiện được"),
        413: _("Gửi lên quá nhiều một lần"),
        415: _("Không đọc loại nội dung này"),
        422: _("Dữ liệu chưa đúng"),
        500: _("Hệ thống gặp lỗi"),
        503: _("Hệ thống đang bận"),
    }
    body: dict[str, Any] = {
        "type": kind or f"urn:ocop:problem:{code}",
        "title": titles.get(status, _("Lỗi")),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if errors:
        body["errors"] = errors
    return JsonResponse(
        body, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def describe(document: dict[str, Any]) -> None:
    """Say in the description of an API that every operation answers what it refuses so."""
    document["components"]["schemas"]["Problem"] = SCHEMA
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"content": content}


def install(api: NinjaAPI) -> None:
    """Teach an API to answer every error as a problem."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Unauthorised: _unauthorised,
        Refused: _refused,
        OperationalError: _busy,
        Http404: _not_found,
        ValidationError: _invalid,
        HttpError: _http,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def too_large() -> HttpResponse:
    """A body larger than any that is taken, told before it is read."""
    detail = _("Không nhận vì quá lớn, chưa có gì bị thay đổi. Hãy nén tệp hoặc chia nhỏ.")
    return problem(413, "request_too_large", detail)


@csrf_exempt  # nothing is written here, and callers bring a key
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """An address of the API that does not exist."""
    return problem(404, "not_found", _("Không có địa chỉ này. Xem các lời gọi ở /api/."))


def only_problems(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., Any]:
    """Middleware: a method that an address of the API does not take is a problem as well, and so
    is a fault of ours."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/api/"):
            return response
        if response.status_code == 500:
            return our_fault()
        return _not_taken(request, response) if response.status_code == 405 else response

    return handle


def our_fault(kind: str = "") -> HttpResponse:
    """Something failed here. What failed is in the log, and nothing of it is told."""
    words = _("Lỗi ở phía chúng tôi. Hãy gửi lại; nếu vẫn lỗi, báo quản trị hệ thống.")
    return problem(500, "internal", words, kind=kind)


def _not_taken(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    told = problem(
        405,
        "method",
        _("Địa chỉ này không nhận %(method)s, chỉ nhận %(allowed)s.")
        % {"method": request.method, "allowed": response.get("Allow", "")},
    )
    told["Allow"] = response.get("Allow", "")
    return told


def _unauthorised(_request: HttpRequest, _error: Unauthorised) -> HttpResponse:
    detail = _("Hãy gửi kèm khóa API còn hiệu lực: Authorization: Bearer KHÓA.")
    response = problem(401, "token_needed", detail)
    response["WWW-Authenticate"] = "Bearer"
    return response


#: What a form of the pages calls a field, where a body of the API calls it otherwise.
_NAMES = {"authority_name": "authority"}


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    errors = [
        {"field": _NAMES.get(field, field), "message": message}
        for field, messages in refusal.fields.items()
        for message in messages
    ]
    if not isinstance(refusal, NotAllowed):
        return problem(422, refusal.code, refusal.message, errors)
    actor = getattr(request, "actor", None)
    if actor is not None and actor.kind is ActorKind.ANONYMOUS:
        return _unauthorised(request, Unauthorised())
    return problem(403, refusal.code, refusal.message, errors)


def _busy(_request: HttpRequest, error: OperationalError) -> HttpResponse:
    if not is_busy(error):
        raise error
    detail = _("Việc vừa gửi chưa được lưu. Hãy gửi lại sau vài giây.")
    response = problem(503, "busy", detail)
    response["Retry-After"] = "5"
    return response


def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, "not_found", _("Không có dữ liệu này, hoặc bạn không được xem."))


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"field": _place(found["loc"]), "message": _said(found)} for found in error.errors]
    return problem(422, "invalid", _("Có trường chưa đúng. Hãy xem danh sách lỗi."), errors)


def _place(where: Sequence[str | int]) -> str:
    """The name of a field as the caller wrote it: a body of JSON comes under the name of our
    argument, which is no part of it."""
    begins = 2 if where[0] == "body" and len(where) > 2 else 1
    return ".".join(str(part) for part in where[begins:])


def _said(found: dict[str, Any]) -> str:
    """What is wrong with a field, as a form would say it; the library itself knows English only."""
    kind = found["type"]
    if kind == "missing":
        return str(forms.Field.default_error_messages["required"])
    if kind == "extra_forbidden":
        return told_unknown()
    if kind.startswith("bool"):
        return _("Hãy gửi true hoặc false.")
    if kind.startswith("datetime"):
        return _("Hãy gửi thời điểm theo ISO 8601, ví dụ 2026-11-23T09:00:00+07:00.")
    if kind.startswith("date"):
        return told_day()
    if kind == "string_type":
        return _("Hãy gửi một chuỗi ký tự, trong dấu ngoặc kép.")
    for start, field in _FIELDS:
        if kind.startswith(start):
            return str(field.default_error_messages["invalid"])
    return str(found["msg"])


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, UnreadableText):
        return problem(
            422, "text_unreadable", _("Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại.")
        )
    if error.status_code == 400:  # the library says so in English only
        return problem(400, "unreadable", _("Không đọc được nội dung gửi lên. Hãy gửi đúng JSON."))
    code = "not_found" if error.status_code == 404 else "http"
    return problem(error.status_code, code, str(error))
