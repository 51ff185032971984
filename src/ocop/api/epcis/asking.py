"""Asking for events, and for the values by which they may be asked for."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ocop.api.epcis.answers import known
from ocop.api.epcis.capturing import discovered
from ocop.api.epcis.capturing import router as router
from ocop.api.epcis.described import (
    COLLECTION,
    FILTERS,
    PAGING,
    QUERY_DOCUMENT,
    answered,
    optional,
)
from ocop.api.epcis.paging import answer, asked_values, collection, linked, refuse_unknown
from ocop.api.requests import ApiRequest
from ocop.core.actions import require
from ocop.people.scopes import READ_TRACEABILITY
from ocop.traceability import queries as traceability
from ocop.traceability import rules
from ocop.traceability.epcis import queries, questions
from ocop.traceability.epcis.documents import Json, answer_of
from ocop.traceability.models import TraceEvent

Rows = QuerySet[TraceEvent]


def _visible(request: ApiRequest) -> Rows:
    actor = known(request, READ_TRACEABILITY)
    require(actor, rules.may_see_events, timezone.localdate())
    return traceability.events_visible_to(actor)


def _answered(request: ApiRequest, rows: Rows) -> HttpResponse:
    question = questions.read(dict(request.GET.lists()))
    page = queries.page(rows, question)
    return linked(request, answer(_document(page.events)), page.token)


def _document(events: list[Json]) -> Json:
    return answer_of(events, created=timezone.now().isoformat(timespec="milliseconds"))


@router.get(
    "/events",
    operation_id="epcis_events",
    summary="Events",
    openapi_extra=answered(QUERY_DOCUMENT, "Events.", FILTERS),
)
def events(request: ApiRequest) -> HttpResponse:
    """Events of the producers that the caller may see, as they were captured."""
    return _answered(request, _visible(request))


@router.get(
    "/events/{path:event_id}",
    operation_id="epcis_event",
    summary="One event",
    openapi_extra=answered(QUERY_DOCUMENT, "The event, and the declaration that it was wrong."),
)
def event(request: ApiRequest, event_id: str) -> HttpResponse:
    """One event by its id; where it was declared wrong, with the declaration (EPCIS 2.0, 12)."""
    rows = _visible(request)
    refuse_unknown(request)
    found = list(rows.filter(event_id=event_id).order_by("pk"))
    if not found:
        raise Http404
    return answer(_document([queries.told(row) for row in found]))


@router.get(
    "/{resource}",
    operation_id="epcis_values",
    summary="Values that events have",
    openapi_extra=answered(COLLECTION, "Values, in order.", PAGING),
)
def values(request: ApiRequest, resource: str) -> HttpResponse:
    """The things, steps, places or dispositions in events that the caller may see."""
    if resource not in ("epcs", *queries.RESOURCES):
        raise Http404
    rows, (most, after) = _visible(request), asked_values(request)
    found = queries.values_of(rows, resource, after, most + 1)
    shown = found[:most]
    token = questions.value_token(shown[-1]) if len(found) > len(shown) else ""
    return linked(request, answer(collection(shown)), token)


@router.get(
    "/{resource}/{path:value}/events",
    operation_id="epcis_events_of",
    summary="Events with a value",
    openapi_extra=answered(QUERY_DOCUMENT, "Events.", FILTERS),
)
def events_of(request: ApiRequest, resource: str, value: str) -> HttpResponse:
    """Events of one thing, step, place, disposition or type."""
    if resource not in ("epcs", *queries.RESOURCES):
        raise Http404
    return _answered(request, queries.with_value(_visible(request), resource, value))


@router.api_operation(
    ["OPTIONS"],
    "/",
    auth=None,
    operation_id="epcis_options",
    summary="What the interface can do",
    openapi_extra=optional(),
)
def options(request: HttpRequest) -> HttpResponse:
    """Versions, forms and limits."""
    return discovered("OPTIONS")


@router.api_operation(
    ["OPTIONS"],
    "/events",
    auth=None,
    operation_id="epcis_events_options",
    summary="What events are asked by",
    openapi_extra=optional(),
)
def events_options(request: HttpRequest) -> HttpResponse:
    """Versions and forms of events."""
    return discovered("OPTIONS, GET, POST")


@router.api_operation(
    ["OPTIONS"],
    "/events/{path:event_id}",
    auth=None,
    operation_id="epcis_event_options",
    summary="What an event answers",
    openapi_extra=optional(),
)
def event_options(request: HttpRequest, event_id: str) -> HttpResponse:
    """Versions and forms of an event."""
    return discovered("OPTIONS, GET")


@router.api_operation(
    ["OPTIONS"],
    "/{resource}",
    auth=None,
    operation_id="epcis_values_options",
    summary="What values are asked by",
    openapi_extra=optional(),
)
def values_options(request: HttpRequest, resource: str) -> HttpResponse:
    """Versions and forms of values."""
    if resource not in ("epcs", *queries.RESOURCES):
        raise Http404
    return discovered("OPTIONS, GET")


@router.api_operation(
    ["OPTIONS"],
    "/{resource}/{path:value}/events",
    auth=None,
    operation_id="epcis_events_of_options",
    summary="What events of a value are asked by",
    openapi_extra=optional(),
)
def events_of_options(request: HttpRequest, resource: str, value: str) -> HttpResponse:
    """Versions and forms of events with a value."""
    if resource not in ("epcs", *queries.RESOURCES):
        raise Http404
    return discovered("OPTIONS, GET")
