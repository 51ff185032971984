"""Lists of the API: the filters of the tables, and pages by cursor."""

import base64
import binascii
import json
import re
from collections.abc import Callable
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
_DIGITS = re.compile("[0-9]{1,4}")

Row = TypeVar("Row")
Out = TypeVar("Out")
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
    refuse_unknown(request, *filters.base_filters)
    chosen = filters(request.GET, queryset=queryset, request=request, beside=PAGING, **more)
    if chosen.problems:
        raise Refused(
            "filter_value",
            _("Giá trị của bộ lọc chưa đúng. Hãy xem danh sách lỗi."),
            fields=chosen.problems,
        )
    found: QuerySet[M] = chosen.qs
    return found


def refuse_unknown(request: HttpRequest, *names: str) -> None:
    """Refuse what is no filter of this list: a slip must not give the whole list."""
    known = {*names, *PAGING}
    if found := strict.unknown(request.GET, known):
        told = {name: [strict.told_unknown(name, known)] for name in found}
        raise Refused("unknown_filter", told[found[0]][0], fields=told)


def page(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[M],
    write: Callable[[Any], Any],
) -> dict[str, Any]:
    """One page of `rows` in the order of their keys, from the cursor on; `write` makes each item.

    Rows added or removed between two calls never make a reader miss or repeat another row.
    """
    limit = _limit(request)
    total = rows.count()
    ordered = rows.order_by("pk")
    if after := _after(request.GET.get("cursor", "")):
        ordered = ordered.filter(pk__gt=after)
    found = list(ordered[: limit + 1])
    following = None
    if len(found) > limit:
        found.pop()
        query = request.GET.copy()
        query["cursor"] = _cursor(found[-1].pk)
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return {
        "items": [write(row) for row in found],
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
                "description": force_str(found.label or name),
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


def _limit(request: HttpRequest) -> int:
    given = request.GET.get("limit", str(PAGE_SIZE))
    if not _DIGITS.fullmatch(given) or not 1 <= int(given) <= LARGEST_PAGE:
        raise Refused("limit", _("“limit” phải là số từ 1 đến %d.") % LARGEST_PAGE)
    return int(given)


def _cursor(key: int) -> str:
    return base64.urlsafe_b64encode(json.dumps({"after": key}).encode()).decode().rstrip("=")


def _after(cursor: str) -> int | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return int(json.loads(base64.urlsafe_b64decode(padded))["after"])
    except (binascii.Error, ValueError, KeyError, TypeError, OverflowError):
        raise Refused(
            "cursor", _("“cursor” không đúng. Hãy dùng địa chỉ “next” của trang trước.")
        ) from None
