"""Evidence: kept once per producer, used in any criterion and dossier; and its files."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.files import sent
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import dossier_of
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.dossiers.models import Evidence
from ocop.dossiers.queries import evidence as kept
from ocop.dossiers.queries import filing
from ocop.dossiers.services import evidence as library
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS
from ocop.producers import queries as producers

router = Router(tags=["evidence"])
Json = dict[str, Any]


class EvidenceIn(JsonIn):
    """What a document is; `valid_until` is its last day, null when it does not end."""

    type: str
    title: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


class NewEvidenceIn(EvidenceIn):
    """A document of a producer."""

    producer: str


class EvidenceOut(EvidenceIn):
    """A document in a producer's library."""

    code: str
    producer: str
    filename: str
    media_type: str
    size: int
    sha256: str


class UseIn(JsonIn):
    """Where in the document the proof stands."""

    note: str = ""


class UseOut(Schema):
    """A document used for a criterion."""

    evidence: str
    title: str
    criterion: str
    note: str
    valid_until: date | None


def _evidence(row: Evidence) -> Json:
    return {
        **{name: getattr(row, name) for name in EvidenceIn.model_fields},
        "code": row.code,
        "producer": row.producer.code,
        "filename": row.filename,
        "media_type": row.attachment.media_type,
        "size": row.attachment.size,
        "sha256": row.attachment.sha256,
    }


def _find(request: ApiRequest, code: str) -> Evidence:
    found: Evidence = get_object_or_404(kept.visible_to(request.actor), code=code)
    return found


@router.get(
    "/evidence",
    response=Page[EvidenceOut],
    operation_id="evidence",
    summary=N_("Kho minh chứng"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def evidence_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The libraries that the caller may read."""
    need_scope(request.actor, READ_DOSSIERS)
    rows = kept.living(kept.visible_to(request.actor, timezone.localdate()))
    return page(request, response, rows, _evidence)


@router.post(
    "/evidence",
    response={201: EvidenceOut},
    operation_id="add_evidence",
    summary=N_("Thêm minh chứng"),
)
def add(
    request: ApiRequest,
    file: Annotated[UploadedFile, File()],
    told: Annotated[NewEvidenceIn, Form()],
) -> Status[Json]:
    """Keep a document in a producer's library."""
    need_scope(request.actor, WRITE_DOSSIERS)
    maker = get_object_or_404(producers.visible_to(request.actor), code=told.producer)
    made = library.add_evidence(
        actor=request.actor,
        producer=maker,
        particulars=library.Particulars(**told.model_dump(exclude={"producer"})),
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    return Status(201, _evidence(made))


@router.put(
    "/evidence/{code}",
    response=EvidenceOut,
    operation_id="change_evidence",
    summary=N_("Sửa thông tin minh chứng"),
)
def change(request: ApiRequest, code: str, told: EvidenceIn) -> Json:
    """Mend what is said of a document."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = library.change_evidence(
        actor=request.actor,
        evidence=_find(request, code),
        particulars=library.Particulars(**told.model_dump()),
        at=timezone.now(),
    )
    return _evidence(row)


@router.post(
    "/evidence/{code}/copies",
    response={201: EvidenceOut},
    operation_id="replace_evidence",
    summary=N_("Thay bằng bản mới"),
)
def replace(
    request: ApiRequest,
    code: str,
    file: Annotated[UploadedFile, File()],
    told: Annotated[EvidenceIn, Form()],
) -> Status[Json]:
    """A newer copy of a document; what was filed keeps the old one."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = library.replace_evidence(
        actor=request.actor,
        evidence=_find(request, code),
        particulars=library.Particulars(**told.model_dump()),
        content=file.read(),
        filename=file.name or "",
        at=timezone.now(),
    )
    return Status(201, _evidence(made))


@router.post(
    "/evidence/{code}/withdraw",
    response={204: None},
    operation_id="withdraw_evidence",
    summary=N_("Bỏ minh chứng"),
)
def withdraw(request: ApiRequest, code: str, told: ReasonIn) -> Status[None]:
    """Take a document out of the library."""
    need_scope(request.actor, WRITE_DOSSIERS)
    library.withdraw_evidence(
        actor=request.actor,
        evidence=_find(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(204, None)


@router.get(
    "/dossiers/{code}/evidence",
    response=list[UseOut],
    operation_id="dossier_evidence",
    summary=N_("Minh chứng của hồ sơ"),
)
def uses(request: ApiRequest, code: str) -> list[Json]:
    """The documents that a dossier names, by criterion."""
    need_scope(request.actor, READ_DOSSIERS)
    return [
        {
            "evidence": use.evidence.code,
            "title": use.evidence.title,
            "criterion": use.criterion,
            "note": use.note,
            "valid_until": use.evidence.valid_until,
        }
        for use in filing.uses_of(dossier_of(request, code))
    ]


# Before the address of a use: there the last part is any criterion.
@router.get(
    "/dossiers/{code}/evidence/{evidence}/file",
    operation_id="evidence_file",
    summary=N_("Tệp minh chứng"),
    response={200: bytes},
)
def file(request: ApiRequest, code: str, evidence: str) -> FileResponse:
    """The file of a document as a dossier uses it."""
    need_scope(request.actor, READ_DOSSIERS)
    found = kept.file_of(request.actor, code, evidence, timezone.localdate())
    if found is None:
        raise Http404
    attachment = found.attachment
    return sent(attachment.file, found.filename, attachment.media_type)


@router.put(
    "/dossiers/{code}/evidence/{evidence}/{criterion}",
    response={204: None},
    operation_id="use_evidence",
    summary=N_("Dùng minh chứng cho tiêu chí"),
)
def use(
    request: ApiRequest, code: str, evidence: str, criterion: str, told: UseIn | None = None
) -> Status[None]:
    """Use a document for a criterion of a dossier."""
    need_scope(request.actor, WRITE_DOSSIERS)
    library.use_evidence(
        actor=request.actor,
        dossier=dossier_of(request, code),
        evidence=_find(request, evidence),
        criterion=criterion,
        note=told.note if told else "",
        at=timezone.now(),
    )
    return Status(204, None)


@router.delete(
    "/dossiers/{code}/evidence/{evidence}/{criterion}",
    response={204: None},
    operation_id="unuse_evidence",
    summary=N_("Thôi dùng minh chứng"),
)
def unuse(request: ApiRequest, code: str, evidence: str, criterion: str) -> Status[None]:
    """No longer use a document for a criterion."""
    need_scope(request.actor, WRITE_DOSSIERS)
    library.unuse_evidence(
        actor=request.actor,
        dossier=dossier_of(request, code),
        evidence=_find(request, evidence),
        criterion=criterion,
        at=timezone.now(),
    )
    return Status(204, None)
