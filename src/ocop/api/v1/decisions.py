"""Decisions as they stand: what they recognised, their signed files, their certificates.

On the same router as the reads of the register, as writing them is.
"""

from datetime import date
from functools import partial
from typing import Annotated, Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile

from ocop.api.callers import need_scope
from ocop.api.inputs import FormIn, JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.recording import ResultIn, results_of
from ocop.api.v1.register import LogPlaceOut, MakerOut, log_place, router
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.dossiers.services import deciding as dossiers
from ocop.dossiers.services import entering, withdrawing
from ocop.filters.decisions import DecisionFilter
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition import additions, certificates, deciding, rules, services, signatures
from ocop.recognition.authority import Level
from ocop.recognition.log.queries import with_entry
from ocop.recognition.models import Decision

_COLUMNS = (
    "number", "signed_on", "published_on", "authority", "products", "certified", "demonstration",
)  # fmt: skip


class SignatureOut(Schema):
    """One digital signature of a decision's file. `whole`: nothing was changed since; `trusted`:
    its certificate leads to one that this installation trusts."""

    signer: str
    at: str
    whole: bool
    trusted: bool


class DecisionRowOut(Schema):
    """A decision in a list: how many recognitions of it the caller sees, and certificates.

    `published`: it is before the public; `published_on` is null where that day is not known.
    `file`: the caller may read the signed file.
    """

    id: int
    number: str
    signed_on: date
    published: bool
    published_on: date | None
    authority: str
    legal_version: str | None
    products: int
    certified: int
    file: bool
    demonstration: bool


class DecidedOut(Schema):
    """A product of a decision, with the number of its certificate and its place in the public
    log. `added_on` and `added_reason`: it was added after the publication; null otherwise."""

    recognition: int
    product: MakerOut
    kind: str
    stars: int
    evidence: str
    certificate: str | None
    added_on: date | None
    added_reason: str | None
    log: LogPlaceOut | None


class DecisionDetailOut(DecisionRowOut):
    """A decision whole. `signatures` is null where no file was looked at."""

    signatures: list[SignatureOut] | None
    results: list[DecidedOut]


class CompleteIn(JsonIn):
    """Products that the paper of a decision names and that were left out, with the reason."""

    level: Level
    results: list[ResultIn]
    reason: str


class FileIn(FormIn):
    """Why a file takes the place of another; empty for the first. `public`: it stands on the
    decision's public page. `file_confirmed`: somebody held a file without a trusted signature
    against the original."""

    reason: str = ""
    public: bool = False
    file_confirmed: bool = False


class PublishIn(JsonIn):
    """The day of publication, and whether the signed file stands on the public page; null leaves
    what was said with the file. `file_confirmed` as with the file."""

    published_on: date
    file_public: bool | None = None
    file_confirmed: bool = False


class WithdrawIn(JsonIn):
    """Why a decision is taken back."""

    reason: str


class ShownIn(JsonIn):
    """Whether the signed file stands on the public page. `file_confirmed` as with the file."""

    public: bool
    file_confirmed: bool = False


class LiftIn(JsonIn):
    """Recognitions that stand in the signed file, product and star alike, as somebody compared."""

    recognitions: list[int]


class CertificateOut(Schema):
    """A certificate that was numbered."""

    id: int
    recognition: int
    number: str


@router.get(
    "/decisions",
    response=Page[DecisionRowOut],
    operation_id="decisions",
    summary=N_("Các quyết định công nhận"),
    openapi_extra=described(DecisionFilter),
)
def decision_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Decisions of which the caller may see a recognition."""
    need_scope(request.actor, READ_REGISTER)
    rows = deciding.decisions_visible_to(request.actor)
    return page(
        request, response, filtered(request, DecisionFilter, rows), partial(_row, request.actor)
    )


@router.get(
    "/decisions/{key}",
    response=DecisionDetailOut,
    operation_id="decision",
    summary=N_("Một quyết định công nhận"),
)
def decision(request: ApiRequest, key: int) -> dict[str, Any]:
    """One decision with what it recognised."""
    need_scope(request.actor, READ_REGISTER)
    found = _decision(request, key)
    signed = signatures.from_json(found.signatures)
    rows = deciding.rows_of_decision(request.actor, found)
    late = additions.additions_of(rows.values_list("pk", flat=True))
    return {
        **_row(request.actor, found),
        "signatures": None if signed is None else signed.as_json()["found"],
        "results": [_decided(request, row, late.get(row.pk)) for row in with_entry(rows)],
    }


@router.get(
    "/decisions/{key}/file",
    response={200: bytes},
    operation_id="decision_file",
    summary=N_("Tệp đã ký của quyết định"),
)
def decision_file(request: ApiRequest, key: int) -> FileResponse:
    """The signed file of a decision, for the office and its auditors, and for everybody where an
    officer put it on the public page."""
    need_scope(request.actor, READ_REGISTER)
    found = _decision(request, key)
    require(request.actor, rules.may_read_decision_file, found)
    if found.attachment is None:
        raise Http404
    stored = found.attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)


@router.post(
    "/decisions/{key}/file",
    response=DecisionDetailOut,
    operation_id="attach_decision",
    summary=N_("Gửi tệp đã ký của quyết định"),
)
def attach(
    request: ApiRequest,
    key: int,
    file: Annotated[UploadedFile, File()],
    told: Annotated[FileIn, Form()],
) -> dict[str, Any]:
    """Keep the signed file of a decision and look at its digital signatures."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _decision(request, key)
    services.attach_decision(
        actor=request.actor,
        decision=found,
        content=file.read(),
        filename=file.name or "",
        reason=told.reason,
        public=told.public,
        file_confirmed=told.file_confirmed,
        at=timezone.now(),
    )
    return decision(request, key)


@router.post(
    "/decisions/{key}/file/visibility",
    response=DecisionDetailOut,
    operation_id="show_decision_file",
    summary=N_("Đưa tệp đã ký lên trang công khai"),
)
def show_file(request: ApiRequest, key: int, told: ShownIn) -> dict[str, Any]:
    """Put the signed file on the decision's public page, or take it away from there."""
    need_scope(request.actor, WRITE_REGISTER)
    services.show_decision_file(
        actor=request.actor,
        decision=_decision(request, key),
        public=told.public,
        file_confirmed=told.file_confirmed,
        at=timezone.now(),
    )
    return decision(request, key)


@router.post(
    "/decisions/{key}/publication",
    response=DecisionDetailOut,
    operation_id="publish_decision",
    summary=N_("Công bố quyết định"),
)
def publish(request: ApiRequest, key: int, told: PublishIn) -> dict[str, Any]:
    """Put what a decision recognises before the public; dossiers that waited for it end, and the
    producers are told. It cannot be taken back."""
    need_scope(request.actor, WRITE_REGISTER)
    dossiers.publish_decision(
        actor=request.actor,
        decision=_decision(request, key),
        published_on=told.published_on,
        file_public=told.file_public,
        file_confirmed=told.file_confirmed,
        at=timezone.now(),
    )
    return decision(request, key)


@router.post(
    "/decisions/{key}/withdrawal",
    response={204: None},
    operation_id="withdraw_decision",
    summary=N_("Rút quyết định chưa công bố"),
)
def withdraw(request: ApiRequest, key: int, told: WithdrawIn) -> Status[None]:
    """Take back a decision that was entered wrongly and is not published: what it recognises goes,
    its dossiers wait for a decision again, and its number is free."""
    need_scope(request.actor, WRITE_REGISTER)
    withdrawing.withdraw_decision(
        actor=request.actor,
        decision=_decision(request, key),
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(204, None)


@router.post(
    "/decisions/{key}/evidence",
    response=DecisionDetailOut,
    operation_id="lift_evidence",
    summary=N_("Ghi quyết định đã ký làm bằng chứng"),
)
def lift(request: ApiRequest, key: int, told: LiftIn) -> dict[str, Any]:
    """Say that the signed file of a decision names recognitions that were known from news or shops
    only: the decision is their evidence (A) from now on."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _decision(request, key)
    rows = deciding.rows_of_decision(request.actor, found)
    services.lift_evidence(
        actor=request.actor,
        decision=found,
        recognitions=list(rows.filter(pk__in=told.recognitions)),
        at=timezone.now(),
    )
    return decision(request, key)


@router.post(
    "/decisions/{key}/results",
    response=DecisionDetailOut,
    operation_id="complete_decision",
    summary=N_("Ghi thêm sản phẩm của quyết định"),
)
def complete(request: ApiRequest, key: int, told: CompleteIn) -> dict[str, Any]:
    """Enter products that a decision recognises and that were left out when it was entered. To a
    published one only the office's head adds; the day and the reason are public."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _decision(request, key)
    require(request.actor, rules.may_record_decision)
    entering.complete_decision(
        actor=request.actor,
        decision=found,
        level=told.level,
        results=results_of(request, told.results),
        reason=told.reason,
        at=timezone.now(),
    )
    return decision(request, key)


@router.post(
    "/decisions/{key}/certificates",
    response={201: list[CertificateOut]},
    operation_id="issue_certificates",
    summary=N_("Cấp số giấy chứng nhận"),
)
def issue(request: ApiRequest, key: int) -> Status[list[CertificateOut]]:
    """Number the certificates of a decision of this authority that have none yet."""
    need_scope(request.actor, WRITE_REGISTER)
    made = services.issue_certificates(
        actor=request.actor, decision=_decision(request, key), at=timezone.now()
    )
    return Status(
        201,
        [
            CertificateOut(id=row.pk, recognition=row.recognition_id, number=row.number)
            for row in made
        ],
    )


@router.get(
    "/certificates/{key}",
    response={200: bytes},
    operation_id="certificate",
    summary=N_("Giấy chứng nhận (PDF)"),
)
def certificate(request: ApiRequest, key: int) -> HttpResponse:
    """A certificate as PDF/A, for the office and its auditors and for the own producer."""
    need_scope(request.actor, READ_REGISTER)
    found = get_object_or_404(deciding.certificates_visible_to(request.actor), pk=key)
    certificates.expect_printable(request.actor, found)
    content = certificates.printed([found], at=timezone.now())
    return HttpResponse(content, content_type="application/pdf")


def _decision(request: ApiRequest, key: int) -> Decision:
    found: Decision = get_object_or_404(deciding.decisions_visible_to(request.actor), pk=key)
    return found


def _row(actor: Actor, row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _COLUMNS},
        "id": row.pk,
        "published": not row.awaits_publication,
        "legal_version": row.legal_version.document if row.legal_version else None,
        "file": row.attachment_id is not None and rules.may_read_decision_file(actor, row),
    }


def _decided(request: ApiRequest, row: Any, late: additions.Addition | None) -> dict[str, Any]:
    held = getattr(row, "certificate", None)
    return {
        "recognition": row.pk,
        "product": {"code": row.product.code, "name": row.product.name},
        "kind": row.kind,
        "stars": row.stars,
        "evidence": row.evidence,
        "certificate": held.number if held else None,
        "added_on": late.on if late else None,
        "added_reason": late.reason if late else None,
        "log": log_place(request, row.entry),
    }
