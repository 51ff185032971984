"""Handing in events: documents, which are answered before they are taken in, and single events."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from ocop.api.epcis.addresses import event_address
from ocop.api.epcis.answers import CAPTURE, DISCOVERY, MOST_BYTES, NotServed, known
from ocop.api.epcis.described import (
    BEHAVIOUR,
    CAPTURE_JOB,
    DOCUMENT,
    EVENT,
    PAGING,
    answered,
    optional,
    taking,
)
from ocop.api.epcis.paging import paged, refuse_unknown
from ocop.api.requests import ApiRequest
from ocop.core.db import durable
from ocop.core.language import gettext as _
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.traceability import capture_jobs
from ocop.traceability.epcis import documents, queries
from ocop.traceability.epcis.documents import Json
from ocop.traceability.models import CaptureJob
from ocop.traceability.services.capturing import capture
from ocop.traceability.services.receiving import TooMany

router = Router(tags=["epcis"])  # one for all: two would answer one address by turns
_JSON = ("application/json", "application/ld+json")


def content_of(request: HttpRequest) -> Any:
    """The JSON that was sent. Refused: another kind of content, too much of it."""
    kind = request.content_type or ""
    if kind not in _JSON:
        raise NotServed(
            415, _("Hãy gửi JSON: Content-Type application/json hoặc application/ld+json.")
        )
    if (
        int(request.headers.get("Content-Length") or 0) > MOST_BYTES
        or len(request.body) > MOST_BYTES
    ):
        words = _("Một lần gửi nhiều nhất %d byte. Hãy chia nhỏ tài liệu.")
        raise TooMany("too_large", words % MOST_BYTES)
    return documents.loads(request.body)


def proceeds(request: HttpRequest) -> bool:
    """Whether events that hold are to be taken in where others do not (EPCIS 2.0, 12.6)."""
    asked = request.headers.get("GS1-Capture-Error-Behaviour", "rollback")
    if asked not in ("rollback", "proceed"):
        raise NotServed(400, _("GS1-Capture-Error-Behaviour là rollback hoặc proceed."))
    return asked == "proceed"


@router.post(
    "/capture",
    operation_id="epcis_capture",
    summary="Hand in a document of events",
    openapi_extra=taking(DOCUMENT, 202, "The job that takes it in: see Location.", BEHAVIOUR),
)
def hand_in(request: ApiRequest) -> HttpResponse:
    """Keep a document and take its events in afterwards. `Location` leads to the job."""
    known(request, WRITE_TRACEABILITY)
    refuse_unknown(request)
    proceed, document = proceeds(request), content_of(request)
    with durable():
        job = capture_jobs.receive(
            actor=request.actor, document=document, proceed=proceed, at=timezone.now()
        )
    response = HttpResponse(status=202)
    response["Location"] = request.build_absolute_uri(f"/api/epcis/capture/{job.code}")
    return response


@router.get(
    "/capture",
    operation_id="epcis_captures",
    summary="What was handed in",
    openapi_extra=answered(CAPTURE_JOB, "Jobs, newest first.", PAGING, many=True),
)
def jobs(request: ApiRequest) -> HttpResponse:
    """Own jobs, newest first."""
    known(request, READ_TRACEABILITY)
    rows = queries.jobs_visible_to(request.actor)
    return paged(request, rows, _told)


@router.get(
    "/capture/{code}",
    operation_id="epcis_capture_job",
    summary="What became of a document",
    openapi_extra=answered(CAPTURE_JOB, "The job."),
)
def job_of(request: ApiRequest, code: str) -> HttpResponse:
    """Whether a document is being taken in, and what was wrong with it."""
    known(request, READ_TRACEABILITY)
    refuse_unknown(request)
    found = get_object_or_404(queries.jobs_visible_to(request.actor), code=code)
    return paged(request, [found], _told, alone=True)


@router.post(
    "/events",
    operation_id="epcis_event_in",
    summary="Hand in one event",
    openapi_extra=taking(EVENT, 201, "It is captured: see Location."),
)
def event_in(request: ApiRequest) -> HttpResponse:
    """Capture one event. The same event again is answered in the same way."""
    known(request, WRITE_TRACEABILITY)
    refuse_unknown(request)
    raws = documents.events_of(content_of(request))
    if len(raws) != 1:
        raise documents.Unreadable("one_event", _("Hãy gửi đúng một sự kiện, hoặc gọi /capture."))
    with durable():
        done = capture(actor=request.actor, raws=raws, at=timezone.now())
    response = HttpResponse(status=201)
    response["Location"] = request.build_absolute_uri(event_address(done.ids[0]))
    return response


@router.api_operation(
    ["OPTIONS"],
    "/capture",
    auth=None,
    operation_id="epcis_capture_options",
    summary="What handing in takes",
    openapi_extra=optional(),
)
def capture_options(request: HttpRequest) -> HttpResponse:
    """The limits of a document, and what is done with one that does not hold."""
    return discovered("OPTIONS, GET, POST", CAPTURE)


@router.api_operation(
    ["OPTIONS"],
    "/capture/{code}",
    auth=None,
    operation_id="epcis_job_options",
    summary="What a job answers",
    openapi_extra=optional(),
)
def job_options(request: HttpRequest, code: str) -> HttpResponse:
    """The versions of a job."""
    return discovered("OPTIONS, GET")


def discovered(allowed: str, more: dict[str, str] | None = None) -> HttpResponse:
    """The answer to OPTIONS (EPCIS 2.0, 12.3)."""
    response = HttpResponse(status=204)
    for name, value in {**DISCOVERY, **(more or {}), "Allow": allowed}.items():
        response[name] = value
    return response


def _told(job: CaptureJob) -> Json:
    errors = [
        {
            "type": "epcisException:ValidationException",
            "title": _("Dữ liệu chưa đúng"),
            "status": 400,
            "detail": error["words"],
            "instance": error["place"],
        }
        for error in job.errors
    ]
    return {
        "captureID": job.code,
        "createdAt": job.created_at.isoformat(),
        "finishedAt": job.finished_at.isoformat() if job.finished_at else None,
        "running": job.finished_at is None,
        "success": job.success,
        "captureErrorBehaviour": "proceed" if job.proceed else "rollback",
        "errors": errors,
    }
