"""From the council's conclusion to the decision: agenda, Ministry, decision or refusal."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.dossier_shapes import DossierDetailOut, DossierOut, Json, detail, facts
from ocop.api.v1.finding import dossier_of
from ocop.api.v1.recording import LAW
from ocop.api.v1.rounds import ReasonIn
from ocop.core.actions import require
from ocop.core.language import noop as N_
from ocop.councils import rules as council_rules
from ocop.councils.queries import sittings
from ocop.dossiers.models import CentralReferral, Dossier
from ocop.dossiers.queries import dossiers
from ocop.dossiers.services import deciding, ministry, proposing, refusing
from ocop.people.scopes import READ_COUNCILS, WRITE_DOSSIERS
from ocop.recognition import legal_versions
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper

router = Router(tags=["proposal"])


class AgendaIn(JsonIn):
    """The dossiers that go onto the agenda, in order; `reason`: why a re-evaluation is met upon at
    once, without written opinions before."""

    dossiers: list[str]
    reason: str = ""


class ReadyOut(Schema):
    """A dossier that waits for a sitting."""

    code: str
    kind: str
    slip_number: str
    product: str
    producer: str
    set_number: int


class AgendaOut(Schema):
    """The items made, by dossier."""

    dossier: str
    item: str


class ReferralIn(JsonIn):
    """The province's letter to the Ministry."""

    document: str
    sent_on: date


class RefusalIn(JsonIn):
    """The paper by which a product is not recognised, and why."""

    document: str
    signed_on: date
    reason: str


class CentralIn(JsonIn):
    """What the Ministry found; `star` null when it gave none."""

    total: Decimal
    star: int | None
    document: str
    told_on: date


class ReferralOut(Schema):
    """A dossier at the Ministry: the provincial result kept, the central one when it came."""

    provincial_total: Decimal
    provincial_star: int
    document: str
    sent_on: date
    central_total: Decimal | None
    central_star: int | None
    central_document: str
    central_on: date | None
    returned: bool


class DossierDecisionIn(JsonIn):
    """The decision that recognises these dossiers' products. Without `publish` they end with its
    publication."""

    dossiers: list[str]
    number: str
    signed_on: date
    authority: str
    level: Level
    legal_version: str = Field("", description=LAW)
    publish: bool = True


class DossierDecisionOut(Schema):
    """A decision, and the dossiers it ended."""

    number: str
    signed_on: date
    dossiers: list[DossierOut]


@router.get(
    "/sittings/{code}/dossiers",
    response=Page[ReadyOut],
    operation_id="ready_dossiers",
    summary=N_("Hồ sơ đủ điều kiện đưa vào chương trình họp"),
)
def ready(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """The dossiers that may go onto the agenda of a sitting, for who prepares it."""
    need_scope(request.actor, READ_COUNCILS)
    sitting = get_object_or_404(sittings.visible_sittings(request.actor), code=code)
    require(request.actor, council_rules.may_plan_sitting, sitting)
    rows = dossiers.ready_for(request.actor, sitting, timezone.localdate())
    return page(request, response, rows, _ready)


def _ready(row: Dossier) -> Json:
    return {
        "code": row.code,
        "kind": row.kind,
        "slip_number": row.slip_number,
        "product": row.product.name,
        "producer": row.product.producer.name,
        "set_number": row.version.number,
    }


@router.post(
    "/sittings/{code}/dossiers",
    response={201: list[AgendaOut]},
    operation_id="put_on_agenda",
    summary=N_("Đưa hồ sơ vào chương trình họp"),
)
def put_on_agenda(request: ApiRequest, code: str, told: AgendaIn) -> Status[list[dict[str, str]]]:
    """Put dossiers that are ready on the agenda of a sitting."""
    need_scope(request.actor, WRITE_DOSSIERS)
    sitting = get_object_or_404(sittings.visible_sittings(request.actor), code=code)
    known = dossiers.for_agenda(request.actor, sitting, timezone.localdate())
    rows = [get_object_or_404(known, code=each) for each in told.dossiers]
    items = proposing.put_on_agenda(
        actor=request.actor,
        dossiers=rows,
        sitting=sitting,
        reason=told.reason,
        at=timezone.now(),
    )
    made = [{"dossier": row.code, "item": item.code} for row, item in zip(rows, items, strict=True)]
    return Status(201, made)


@router.post(
    "/dossiers/{code}/referral",
    response={201: ReferralOut},
    operation_id="send_to_ministry",
    summary=N_("Trình Bộ"),
)
def send(request: ApiRequest, code: str, told: ReferralIn) -> Status[CentralReferral]:
    """Send a dossier of 90 points and more to the Ministry; the provincial result is kept."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = ministry.send_to_ministry(
        actor=request.actor,
        dossier=dossier_of(request, code),
        document=told.document,
        sent_on=told.sent_on,
        at=timezone.now(),
    )
    return Status(201, made)


@router.put(
    "/dossiers/{code}/referral",
    response=ReferralOut,
    operation_id="record_central_result",
    summary=N_("Ghi kết quả đánh giá của Bộ"),
)
def record_result(request: ApiRequest, code: str, told: CentralIn) -> CentralReferral:
    """What the Ministry found; without five stars the dossier returns to the province."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return ministry.record_central_result(
        actor=request.actor,
        dossier=dossier_of(request, code),
        total=told.total,
        star=told.star,
        document=told.document,
        told_on=told.told_on,
        at=timezone.now(),
    )


@router.post(
    "/dossiers/{code}/referral/unexamined",
    response=DossierDetailOut,
    operation_id="take_back_unexamined",
    summary=N_("Ghi việc Bộ trả hồ sơ, chưa đánh giá"),
)
def take_back(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """The Ministry gave the dossier back without a result: it may be sent again."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = ministry.take_back_unexamined(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/evaluate-again",
    response=DossierDetailOut,
    operation_id="evaluate_again",
    summary=N_("Đánh giá lại ở cấp tỉnh"),
)
def again(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Bring a dossier that the Ministry returned before the council once more."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = ministry.evaluate_again(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/decide",
    response={201: DossierDecisionOut},
    operation_id="decide_dossiers",
    summary=N_("Ghi quyết định công nhận"),
)
def decide(request: ApiRequest, told: DossierDecisionIn) -> Status[dict[str, Any]]:
    """Enter the signed decision: the register and the dossiers change together."""
    need_scope(request.actor, WRITE_DOSSIERS)
    rows = [dossier_of(request, each) for each in told.dossiers]
    paper = Paper(
        number=told.number,
        signed_on=told.signed_on,
        authority=told.authority,
        level=told.level,
        legal_version=legal_versions.named(told.legal_version),
    )
    made = deciding.decide_dossiers(
        actor=request.actor,
        dossiers=rows,
        paper=paper,
        publish=told.publish,
        at=timezone.now(),
    )
    ended = [facts(dossier_of(request, each)) for each in told.dossiers]
    return Status(201, {"number": made.number, "signed_on": made.signed_on, "dossiers": ended})


@router.post(
    "/dossiers/{code}/refuse",
    response=DossierDetailOut,
    operation_id="refuse_dossier",
    summary=N_("Không công nhận"),
)
def refuse(request: ApiRequest, code: str, told: RefusalIn) -> Json:
    """End a dossier without recognition: the paper of the authority, and the reason."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = refusing.refuse_dossier(
        actor=request.actor,
        dossier=dossier_of(request, code),
        document=told.document,
        signed_on=told.signed_on,
        reason=told.reason,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/refuse/take-back",
    response=DossierDetailOut,
    operation_id="take_back_refusal",
    summary=N_("Rút lại việc không công nhận"),
)
def take_back_refusal(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Take back a refusal that was entered wrongly: the dossier waits for its decision again."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = refusing.take_back_refusal(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return detail(row)
