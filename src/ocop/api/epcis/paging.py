"""Lists of the interface: as many as `perPage`, and a Link to what comes next (EPCIS 2.0, 12.5)."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from ocop.core.language import gettext as _
from ocop.traceability.epcis import questions
from ocop.traceability.epcis.documents import Json
from ocop.traceability.epcis.questions import Misasked

T = TypeVar("T")
PARAMETERS = ("perPage", "nextPageToken")


def answer(content: Any, kind: str = "application/ld+json") -> HttpResponse:
    """JSON that people can read."""
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type=kind)


def refuse_unknown(request: HttpRequest, *known: str) -> None:
    """Refuse parameters that a call does not have: a slip must not give the whole list."""
    for name in request.GET:
        if name not in known:
            words = _("Không có tham số truy vấn này: %s.") % name
            raise Misasked("query_parameter", words, fields={name: [words]})


def asked(request: HttpRequest) -> questions.Question:
    """Only how many and from where, of a list that takes nothing else."""
    refuse_unknown(request, *PARAMETERS)
    return questions.read(dict(request.GET.lists()))


def asked_values(request: HttpRequest) -> tuple[int, str]:
    """How many values, and after which one."""
    refuse_unknown(request, *PARAMETERS)
    given = dict(request.GET.lists())
    marks = given.pop("nextPageToken", [])
    return questions.read(given).per_page, questions.value_of(marks) if marks else ""


def linked(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """The answer with the address of the next page."""
    if token:
        query = request.GET.copy()
        query["nextPageToken"] = token
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{address}>; rel="next"'
        response["GS1-Next-Page-Token-Expires"] = "0"
    return response


def paged(
    request: HttpRequest,
    rows: Any,
    write: Callable[[Any], Json],
    *,
    alone: bool = False,
) -> HttpResponse:
    """Rows, the highest key first; `alone`: the one row that there is."""
    if alone:
        return answer(write(rows[0]), "application/json")
    question = asked(request)
    if question.after is not None:
        rows = rows.filter(pk__lt=question.after[1])
    some = list(rows.order_by("-pk")[: question.per_page + 1])
    shown = some[: question.per_page]
    token = questions.token("", shown[-1].pk) if len(some) > len(shown) else ""
    return linked(request, answer([write(row) for row in shown], "application/json"), token)


def collection(members: Iterable[Any], kind: str = "Collection") -> Json:
    """A list of values of a vocabulary."""
    found: Sequence[Any] = list(members)
    return {
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": kind,
        "member": found,
    }
