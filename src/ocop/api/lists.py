"""Lists of the API: the filters of the tables, and pages by cursor."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.forms import ChoiceField, DateField, IntegerField, MultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.choices import CallableChoiceIterator
from django.utils.encoding import force_str
from django_filters import FilterSet
from ninja import Schema

from ocop.core import options
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.filters import strict
from ocop.filters.strict import StrictFilterSet

PAGE_SIZE, LARGEST_PAGE = 50, 500
#: Parameters of every list beside its filters.
PAGING = ("limit", "cursor")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGITS = re.compile("[0-9]{1,4}")

Row = TypeVar("Row")
Out = TypeVar("Out")
Place = TypeVar("Place", int, list[str | int])
M = TypeVar("M", bound=Model)


class Page(Schema, Generic[Out]):
    """One page of a list. `next` is the address of the following page, or null at the end."""

    items: list[Out]
    total: int
    next: str | None
    demonstration: bool


def filtered(
    request: HttpRequest, filters: type[StrictFilterSet], queryset: QuerySet[M], **more: Any
) -> QuerySet[M]:
    """The rows that the filters of the request leave. Refused: unknown or malformed filters."""
    refuse_unknown(request, *filters.base_filters, *PAGING)
    chosen = filters(request.GET, queryset=queryset, request=request, beside=PAGING, **more)
    expect_understood(chosen)
    found: QuerySet[M] = chosen.qs
    return found


def expect_understood(chosen: StrictFilterSet) -> None:
    """Refuse filters that are not known or whose values are not understood."""
    if problems := chosen.problems | _strange_days(chosen):
        raise Refused(
            "filter_value",
            _("Giá trị của bộ lọc chưa đúng. Hãy xem danh sách lỗi."),
            fields=problems,
        )


def strictly(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator of every operation: one that reads refuses what its description does not name, and
    one that takes a form the fields of it that it does not have. JSON is refused by its schema."""
    described: Any = operation._ninja_operation  # type: ignore[attr-defined]
    models = (m for m in described.models if m.__ninja_param_source__ == "query")
    typed = {name for model in models for name in model.__ninja_flatten_map__}
    known = typed | {each["name"] for each in (described.openapi_extra or {}).get("parameters", ())}
    forms = [m for m in described.models if m.__ninja_param_source__ in ("form", "file")]
    fields = {
        name
        for model in forms
        for name in getattr(model, "__ninja_flatten_map__", model.model_fields)
    }

    @wraps(operation)
    def checked(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        if request.method == "GET":
            refuse_unknown(request, *known)
        elif fields and (found := strict.unknown({**request.POST, **request.FILES}, fields)):
            raise Refused("invalid", told_unknown(), fields={n: [told_unknown()] for n in found})
        return operation(request, *arguments, **named)

    return checked


def told_day() -> str:
    """What is said of a day in another form than the one that the API takes."""
    return _("Hãy gửi ngày theo ISO 8601, ví dụ 2026-11-23.")


def told_unknown() -> str:
    """What is said of a field of a body that the call does not have."""
    return _("Lời gọi này không có trường này. Hãy xem lại tên trường.")


def refuse_unknown(request: HttpRequest, *known: str) -> None:
    """Refuse what is no parameter of this call: a slip must not give the whole list."""
    found = strict.unknown(request.GET, known)
    if not found:
        return
    nothing = _("Lời gọi này không nhận tham số nào. Hãy bỏ “%s”.")
    told = {n: [strict.told_unknown(n, known) if known else nothing % n] for n in found}
    raise Refused("unknown_filter", told[found[0]][0], fields=told)


def page(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[M],
    write: Callable[[Any], Any],
    *,
    newest_first: bool = False,
) -> dict[str, Any]:
    """One page of `rows` in the order of their keys, from the cursor on; `write` makes each item.

    Rows added or removed between two calls never make a reader miss or repeat another row.
    """
    limit = _limit(request)
    total = rows.count()
    ordered = rows.order_by("-pk" if newest_first else "pk")
    if (after := _after(request, int)) is not None:
        ordered = ordered.filter(**{"pk__lt" if newest_first else "pk__gt": after})
    found = list(ordered[: limit + 1])
    cursor = _cursor(found[limit - 1].pk) if len(found) > limit else ""
    return _page(request, response, [write(row) for row in found[:limit]], total, cursor)


def page_of(
    request: HttpRequest,
    response: HttpResponse,
    rows: Iterable[Row],
    write: Callable[[Row], Any],
    *,
    place: Callable[[Row], list[str | int]],
) -> dict[str, Any]:
    """The same of rows that are reckoned, not kept: in the order of their `place`, which no two
    share and which stays while a row is there."""
    limit = _limit(request)
    ordered = sorted(((place(row), row) for row in rows), key=lambda pair: pair[0])
    found = ordered
    if (after := _after(request, list)) is not None:
        try:
            found = [pair for pair in ordered if pair[0] > after]
        except TypeError:
            raise _wrong_cursor() from None
    cursor = _cursor(found[limit - 1][0]) if len(found) > limit else ""
    items = [write(row) for _place, row in found[:limit]]
    return _page(request, response, items, len(ordered), cursor)


def _page(
    request: HttpRequest, response: HttpResponse, items: list[Any], total: int, cursor: str
) -> dict[str, Any]:
    following = None
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return {
        "items": items,
        "total": total,
        "next": following,
        "demonstration": options.DEMONSTRATION.get(),
    }


PAGING_DESCRIBED: list[dict[str, Any]] = [
    {
        "in": "query",
        "name": "limit",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
    },
    {"in": "query", "name": "cursor", "schema": {"type": "string"}},
]


def described(filters: type[FilterSet]) -> dict[str, Any]:
    """The filters of a list for the OpenAPI description of its operation."""
    return {
        "parameters": [
            {
                "in": "query",
                "name": name,
                "required": False,
                "description": found.label or name,  # said when somebody reads it, in that language
                "schema": _schema(found.field),
            }
            for name, found in filters.base_filters.items()
        ]
        + PAGING_DESCRIBED
    }


def _schema(field: Any) -> dict[str, Any]:
    if isinstance(field, MultipleChoiceField | ChoiceField):
        choices: Any = getattr(field.choices, "choices", field.choices)
        if callable(choices) or isinstance(choices, CallableChoiceIterator):
            # What the database holds is no part of the description: it changes while we serve.
            return {"type": "string"}
        values = [force_str(key) for key, _label in choices if key not in ("", None)]
        return {"type": "string", "enum": values} if values else {"type": "string"}
    if isinstance(field, DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, IntegerField):
        return {"type": "integer"}
    return {"type": "string"}


def _strange_days(chosen: StrictFilterSet) -> dict[str, list[str]]:
    """Days that are not written as programs write them: pages read dd/mm/yyyy, too, the API does
    not, lest a caller's mm/dd passes for another day."""
    days = (n for n, each in chosen.base_filters.items() if isinstance(each.field, DateField))
    given = {name: (chosen.data or {}).get(name, "") for name in days}
    return {name: [told_day()] for name, text in given.items() if text and not _is_day(text)}


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _limit(request: HttpRequest) -> int:
    given = request.GET.get("limit", str(PAGE_SIZE))
    if not _DIGITS.fullmatch(given) or not 1 <= int(given) <= LARGEST_PAGE:
        told = _("“limit” phải là số từ 1 đến %d.") % LARGEST_PAGE
        raise Refused("limit", told, fields={"limit": [told]})
    return int(given)


def _cursor(key: int | list[str | int]) -> str:
    return base64.urlsafe_b64encode(json.dumps({"after": key}).encode()).decode().rstrip("=")


def _after(request: HttpRequest, kind: type[Place]) -> Place | None:
    """The place after which the page begins: as the kind of list has it, else it is refused."""
    cursor = request.GET.get("cursor", "")
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded))["after"]
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        raise _wrong_cursor() from None
    if type(found) is not kind:
        raise _wrong_cursor()
    return found


def _wrong_cursor() -> Refused:
    told = _("“cursor” không đúng. Hãy dùng địa chỉ “next” của trang trước.")
    return Refused("cursor", told, fields={"cursor": [told]})
