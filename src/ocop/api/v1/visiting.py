"""Visits to the site with their photographs, samples, and tests with their results."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import dossier_of, part_of
from ocop.core.fieldwork import Position
from ocop.core.language import noop as N_
from ocop.dossiers.models import (
    Sample,
    TestOrder,
    Visit,
)
from ocop.dossiers.services import visiting
from ocop.people.scopes import WRITE_DOSSIERS

router = Router(tags=["examination"])


class VisitIn(JsonIn):
    """A visit; the same `client_id` sent twice is one visit."""

    client_id: UUID
    visited_at: Moment
    note: str
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None


class VisitOut(Schema):
    """A visit to the site."""

    code: str
    visited_at: datetime
    note: str
    lat: float | None
    lon: float | None


class SampleIn(JsonIn):
    """Samples as they came."""

    count: int
    received_on: date
    condition: str = ""


class SampleOut(SampleIn):
    """Samples as they came."""


class TestIn(JsonIn):
    """A test ordered from a laboratory."""

    laboratory: str
    parameters: str
    ordered_on: date
    due_on: date | None = None


class TestOut(TestIn):
    """A test and its result."""

    code: str
    result_on: date | None
    passed: bool | None
    result: str


class TestResultIn(JsonIn):
    """What the laboratory found."""

    passed: bool
    result: str
    result_on: date


@router.post(
    "/dossiers/{code}/visits",
    response={201: VisitOut},
    operation_id="record_visit",
    summary=N_("Ghi kiểm tra thực địa"),
)
def record_visit(request: ApiRequest, code: str, told: VisitIn) -> Status[Visit]:
    """A visit to the site; photographs follow one by one."""
    need_scope(request.actor, WRITE_DOSSIERS)
    position = (
        Position(told.lat, told.lon, told.accuracy)
        if told.lat is not None and told.lon is not None
        else None
    )
    made = visiting.record_visit(
        actor=request.actor,
        dossier=dossier_of(request, code),
        client_id=told.client_id,
        visited_at=told.visited_at,
        note=told.note,
        position=position,
        at=timezone.now(),
    )
    return Status(201, made)


@router.post(
    "/visits/{code}/photos",
    response={201: VisitOut},
    operation_id="add_visit_photo",
    summary=N_("Thêm ảnh thực địa"),
)
def add_photo(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    caption: Annotated[str, Form()] = "",
) -> Status[Visit]:
    """A photograph of a visit."""
    need_scope(request.actor, WRITE_DOSSIERS)
    visit = part_of(request, Visit, code)
    visiting.add_visit_photo(
        actor=request.actor,
        visit=visit,
        content=file.read(),
        filename=file.name or "",
        caption=caption,
        at=timezone.now(),
    )
    return Status(201, visit)


@router.post(
    "/dossiers/{code}/samples",
    response={201: SampleOut},
    operation_id="record_sample",
    summary=N_("Nhận mẫu"),
)
def record_sample(request: ApiRequest, code: str, told: SampleIn) -> Status[Sample]:
    """Samples of the product as they came."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = visiting.record_sample(
        actor=request.actor,
        dossier=dossier_of(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return Status(201, made)


@router.post(
    "/dossiers/{code}/tests",
    response={201: TestOut},
    operation_id="order_test",
    summary=N_("Yêu cầu kiểm nghiệm"),
)
def order_test(request: ApiRequest, code: str, told: TestIn) -> Status[TestOrder]:
    """Order a test."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = visiting.order_test(
        actor=request.actor,
        dossier=dossier_of(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return Status(201, made)


@router.post(
    "/tests/{code}/result",
    response=TestOut,
    operation_id="record_test_result",
    summary=N_("Ghi kết quả của phòng thử nghiệm"),
)
def record_result(request: ApiRequest, code: str, told: TestResultIn) -> TestOrder:
    """What the laboratory found."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return visiting.record_test_result(
        actor=request.actor,
        order=part_of(request, TestOrder, code),
        at=timezone.now(),
        **told.model_dump(),
    )
