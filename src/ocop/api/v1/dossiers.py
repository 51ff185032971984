"""Dossiers: begun, written bit by bit, filed, supplemented, changed and withdrawn."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.dossier_shapes import (
    AnswersIn,
    BeginIn,
    ChangeIn,
    ChangeRequestOut,
    DossierDetailOut,
    DossierOut,
    Json,
    JudgedIn,
    SupplementAnswerIn,
    SupplementOut,
    change_told,
    detail,
    facts,
)
from ocop.api.v1.finding import dossier_of, part_of
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.dossiers.models import ChangeRequest, Snapshot, Supplement
from ocop.dossiers.queries import dossiers
from ocop.dossiers.services import changes, drafting
from ocop.filters.dossiers import DossierFilter
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS
from ocop.products import queries as products

router = Router(tags=["dossiers"])
_WRITTEN = ("revision", "answers", "marks", "gates", "claims")


@router.get(
    "/dossiers",
    response=Page[DossierOut],
    operation_id="dossiers",
    summary=N_("Các hồ sơ"),
    openapi_extra=described(DossierFilter),
)
def dossier_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The dossiers that the caller may see, with the filters of the office's table."""
    need_scope(request.actor, READ_DOSSIERS)
    rows = dossiers.for_lists(dossiers.visible_to(request.actor, timezone.localdate()))
    return page(request, response, filtered(request, DossierFilter, rows), facts)


@router.get(
    "/dossiers/{code}", response=DossierDetailOut, operation_id="dossier", summary=N_("Một hồ sơ")
)
def dossier(request: ApiRequest, code: str) -> Json:
    """One dossier with its answers, marks and history."""
    need_scope(request.actor, READ_DOSSIERS)
    return detail(dossier_of(request, code))


@router.get(
    "/dossiers/{code}/snapshots/{number}",
    response=Json,
    operation_id="snapshot",
    summary=N_("Một bản đã nộp"),
)
def snapshot(request: ApiRequest, code: str, number: int) -> Json:
    """A dossier as it was filed; its canonical form (RFC 8785) has the hash that was given."""
    need_scope(request.actor, READ_DOSSIERS)
    found = get_object_or_404(Snapshot, dossier=dossier_of(request, code), number=number)
    content: Json = found.content
    return content


@router.post(
    "/dossiers",
    response={201: DossierDetailOut},
    operation_id="begin_dossier",
    summary=N_("Bắt đầu hồ sơ"),
)
def begin(request: ApiRequest, told: BeginIn) -> Status[Json]:
    """A dossier for a product: first time, upgrade or re-evaluation."""
    need_scope(request.actor, WRITE_DOSSIERS)
    product = get_object_or_404(products.visible_to(request.actor), code=told.product)
    made = drafting.begin_dossier(
        actor=request.actor, product=product, kind=told.kind, road=told.road, at=timezone.now()
    )
    return Status(201, detail(made))


@router.patch(
    "/dossiers/{code}",
    response=DossierDetailOut,
    operation_id="save_answers",
    summary=N_("Lưu nội dung"),
)
def save(request: ApiRequest, code: str, told: AnswersIn) -> Json:
    """Save changed fields; refused when somebody changed the same field since that revision."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = drafting.save_answers(
        actor=request.actor,
        dossier=dossier_of(request, code),
        revision=told.revision,
        answers=told.answers,
        marks=told.marks,
        gates=told.gates,
        claims=told.claims,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/submit",
    response=DossierDetailOut,
    operation_id="submit_dossier",
    summary=N_("Nộp hồ sơ"),
)
def submit(request: ApiRequest, code: str, told: ReasonIn | None = None) -> Json:
    """File the dossier with its commune: frozen, numbered, with a day by which it is checked. The
    office, filing in the producer's place, says why."""
    need_scope(request.actor, WRITE_DOSSIERS)
    found = dossier_of(request, code)
    row = drafting.submit_dossier(
        actor=request.actor,
        dossier=found,
        reason=told.reason if told else "",
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/withdraw",
    response=DossierDetailOut,
    operation_id="withdraw_dossier",
    summary=N_("Rút hồ sơ"),
)
def withdraw(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Take the dossier back, with the reason."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = drafting.withdraw_dossier(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/supplements/{code}/answer",
    response=SupplementOut,
    operation_id="answer_supplement",
    summary=N_("Trả lời yêu cầu bổ sung"),
)
def answer_supplement(request: ApiRequest, code: str, told: SupplementAnswerIn) -> Supplement:
    """What the producer answers to a request for more."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return drafting.answer_supplement(
        actor=request.actor,
        supplement=part_of(request, Supplement, code),
        answer=told.answer,
        at=timezone.now(),
    )


@router.post(
    "/dossiers/{code}/changes",
    response={201: ChangeRequestOut},
    operation_id="ask_change",
    summary=N_("Xin thay đổi hồ sơ đã nộp"),
)
def ask_change(request: ApiRequest, code: str, told: ChangeIn) -> Status[Json]:
    """Ask to change a filed dossier."""
    need_scope(request.actor, WRITE_DOSSIERS)
    found = dossier_of(request, code)
    made = changes.ask_change(
        actor=request.actor,
        dossier=found,
        base=get_object_or_404(Snapshot, dossier=found, number=told.base),
        proposed=told.proposed,
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(201, change_told(made))


@router.post(
    "/changes/{code}/answer",
    response=ChangeRequestOut,
    operation_id="answer_change",
    summary=N_("Trả lời yêu cầu thay đổi"),
)
def answer_change(request: ApiRequest, code: str, told: JudgedIn) -> Json:
    """Accept the change, which freezes the dossier anew, or decline it."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = changes.answer_change(
        actor=request.actor,
        change=part_of(request, ChangeRequest, code),
        accepted=told.accepted,
        answer=told.answer,
        at=timezone.now(),
    )
    return change_told(row)
