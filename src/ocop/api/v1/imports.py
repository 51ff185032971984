"""Imports of registries: bring a file, read what it says, load it, publish it or undo it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import FormIn, JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page, page_of
from ocop.api.problems import Unauthorised
from ocop.api.requests import ApiRequest
from ocop.core.actions import require
from ocop.core.actor import ActorKind
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition import importing, imports, jobs, rules
from ocop.recognition.models import ImportBatch
from ocop.recognition.registry_import import Report, Wishes

router = Router(tags=["imports"])


class RemarkOut(Schema):
    """What is to be said about a cell; `rejects` keeps the row out. `field` is empty where it is
    about the file or a column that is not read."""

    row: int
    field: str
    code: str
    message: str
    rejects: bool


class ImportOut(Schema):
    """An import. `working` is true while a large file is read or loaded: ask again."""

    id: int
    filename: str
    state: str
    working: bool
    failure: str
    rows: int
    accepted: int
    unchanged: int
    rejected: int
    received_at: datetime


class ImportDetailOut(ImportOut):
    """An import, how many remarks there are on it, and the first records it would bring."""

    remarks: int
    sample: list[dict[str, Any]]


class WishesIn(FormIn):
    """Which sheet is read, how well rows are documented that do not say so themselves, and the
    province (a code) that is meant where neither address nor authority names one."""

    sheet: str = ""
    evidence: Literal["", "A", "B1", "B2", "C"] = ""
    province: str = ""


class StepIn(JsonIn):
    """`skip_bad` leaves out the rows that cannot be taken; without it they stop the import.
    `reason` is needed to undo one."""

    skip_bad: bool = False
    reason: str = ""


def _facts(batch: ImportBatch) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "filename": batch.filename,
        "state": batch.state,
        "working": jobs.is_at_work(batch, timezone.now()),
        "failure": batch.failure,
        "rows": batch.rows,
        "accepted": batch.accepted,
        "unchanged": batch.unchanged,
        "rejected": batch.rejected,
        "received_at": batch.created_at,
    }


def _detail(batch: ImportBatch) -> dict[str, Any]:
    return {**_facts(batch), "remarks": len(batch.reports), "sample": batch.sample}


def _find(request: ApiRequest, key: int) -> ImportBatch:
    """An import the caller may see. Nobody is asked for a token before anything is looked up."""
    if request.actor.kind is ActorKind.ANONYMOUS:
        raise Unauthorised
    found: ImportBatch = get_object_or_404(imports.batches(request.actor), pk=key)
    return found


@router.get(
    "/imports",
    response=Page[ImportOut],
    operation_id="imports",
    summary=N_("Các lần nhập"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def import_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """All imports, the newest first, for the office and auditors."""
    need_scope(request.actor, READ_REGISTER)
    require(request.actor, rules.may_see_unpublished)
    return page(request, response, imports.batches(request.actor), _facts, newest_first=True)


@router.get(
    "/imports/{key}", response=ImportDetailOut, operation_id="import", summary=N_("Một lần nhập")
)
def import_detail(request: ApiRequest, key: int) -> dict[str, Any]:
    """One import; what is to be said about its rows is a list of its own."""
    need_scope(request.actor, READ_REGISTER)
    return _detail(_find(request, key))


@router.get(
    "/imports/{key}/remarks",
    response=Page[RemarkOut],
    operation_id="import_remarks",
    summary=N_("Nhận xét về từng dòng của một lần nhập"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def import_remarks(request: ApiRequest, response: HttpResponse, key: int) -> dict[str, Any]:
    """What is to be said about the file and its rows, in the order of the rows."""
    need_scope(request.actor, READ_REGISTER)
    found = enumerate(imports.reports_of(_find(request, key)))
    return page_of(request, response, found, _remark, place=lambda each: [each[0]])


def _remark(told: tuple[int, Report]) -> dict[str, Any]:
    _place, report = told
    return {**report.told(), "rejects": report.rejects}


@router.post(
    "/imports", response={201: ImportDetailOut}, operation_id="bring_import", summary=N_("Nhập tệp")
)
def bring(
    request: ApiRequest,
    response: HttpResponse,
    file: Annotated[UploadedFile, File()],
    wishes: Annotated[WishesIn, Form()],
) -> Status[dict[str, Any]]:
    """Bring a registry (XLSX or CSV) and read it. Nothing goes into the register yet."""
    need_scope(request.actor, WRITE_REGISTER)
    now = timezone.now()
    with transaction.atomic():  # a file that cannot be read leaves no import behind
        batch = importing.receive_import(
            actor=request.actor,
            content=file.read(),
            filename=file.name or "",
            wishes=Wishes(wishes.sheet, {}, wishes.evidence, wishes.province),
            at=now,
        )
        jobs.read_import(actor=request.actor, batch=batch, at=now)
    batch.refresh_from_db()
    response["Location"] = request.build_absolute_uri(f"{request.path}/{batch.pk}")
    return Status(201, _detail(batch))


@router.post(
    "/imports/{key}/{step}",
    response=ImportDetailOut,
    operation_id="import_step",
    summary=N_("Nạp, công bố hoặc hoàn tác"),
)
def take_step(
    request: ApiRequest,
    key: int,
    step: Literal["load", "publish", "undo"],
    told: StepIn | None = None,
) -> dict[str, Any]:
    """Load the rows into the register, publish them, or take them back before publication."""
    need_scope(request.actor, WRITE_REGISTER)
    batch, now = _find(request, key), timezone.now()
    if step == "load":
        skip_bad = told is not None and told.skip_bad
        jobs.load_import(actor=request.actor, batch=batch, skip_bad=skip_bad, at=now)
    elif step == "publish":
        importing.publish_import(actor=request.actor, batch=batch, at=now)
    else:
        reason = told.reason if told else ""
        importing.undo_import(actor=request.actor, batch=batch, reason=reason, at=now)
    batch.refresh_from_db()
    return _detail(batch)
