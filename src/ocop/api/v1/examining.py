"""What communes, the office and the advisory team do with a dossier, up to the decision."""

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.dossier_shapes import DossierDetailOut, Json, SupplementOut, detail
from ocop.api.v1.finding import account, dossier_of
from ocop.api.v1.visiting import SampleOut, TestOut, VisitOut
from ocop.core.language import noop as N_
from ocop.dossiers import rules
from ocop.dossiers.models import (
    Assignment,
    CommuneReport,
    Finding,
    Proposal,
    Verdict,
)
from ocop.dossiers.queries import rounds as planning
from ocop.dossiers.services import advising, checks, commune, receiving
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS

router = Router(tags=["examination"])


class ReportOut(Schema):
    """Form 03: what the commune found on four topics, and its checklist."""

    topics: Json
    checklist: dict[str, bool]
    conclusion: str
    number: str
    signer: str
    signed_on: date | None
    revision: int


class ReportIn(JsonIn):
    """Form 03, and the revision it was written on."""

    topics: dict[str, Json]
    checklist: dict[str, bool]
    conclusion: str = ""
    number: str = ""
    signer: str = ""
    signed_on: date | None = None
    revision: int = 0


class ReturnIn(JsonIn):
    """What the producer has to mend."""

    reasons: str


class WantedIn(JsonIn):
    """What is asked for, on which criteria, and how many working days there are."""

    wanted: str
    days: int
    criteria: list[str] = []


class AskedOut(SupplementOut):
    """What was asked for; `warning` where its last day is after that of the dossier."""

    warning: str


class ReceiveIn(JsonIn):
    """The round the dossier goes into; left out: the one it was filed for."""

    round: str | None = None


class AdvisersIn(JsonIn):
    """The accounts of the advisers; the lead one writes the proposal."""

    advisers: list[int]
    lead: int


class AssignmentOut(Schema):
    """A dossier given to an adviser."""

    id: int
    adviser: str
    lead: bool
    assigned_at: datetime


class FindingOut(Schema):
    """What an adviser found of a claim, and the level it supports."""

    criterion: str
    verdict: str
    points: int | None
    note: str
    updated_at: datetime


class FindingIn(JsonIn):
    """A finding on one criterion."""

    verdict: Verdict
    points: int | None = None
    note: str = ""


class ProposalIn(JsonIn):
    """The advisory team's word to the chair."""

    ready: bool
    text: str
    star: int | None = None
    complex: bool = False
    unexamined: str = ""


class ProposalOut(ProposalIn):
    """The advisory team's word to the chair."""

    written_at: datetime


class ExaminationOut(Schema):
    """All that was found of a dossier."""

    report: ReportOut | None
    assignments: list[AssignmentOut]
    findings: list[FindingOut]
    visits: list[VisitOut]
    samples: list[SampleOut]
    tests: list[TestOut]
    proposal: ProposalOut | None


def assignment_out(row: Assignment) -> Json:
    """An assignment as the API tells it."""
    return {
        "id": row.pk,
        "adviser": row.adviser.name,
        "lead": row.lead,
        "assigned_at": row.assigned_at,
    }


@router.get(
    "/dossiers/{code}/examination",
    response=ExaminationOut,
    operation_id="examination",
    summary=N_("Kết quả xem xét"),
)
def examination(request: ApiRequest, code: str) -> Json:
    """Form 03, the advisers' findings, visits, samples, tests and the proposal."""
    need_scope(request.actor, READ_DOSSIERS)
    row = dossier_of(request, code)
    if not rules.sees_examinations(request.actor):
        raise Http404
    return {
        "report": CommuneReport.objects.filter(dossier=row).first(),
        "assignments": [
            assignment_out(each)
            for each in row.assignments.filter(ended_at=None).select_related("adviser")
        ],
        "findings": list(row.findings.all()),
        "visits": list(row.visits.all()),
        "samples": list(row.samples.all()),
        "tests": list(row.tests.all()),
        "proposal": Proposal.objects.filter(dossier=row).first(),
    }


@router.put(
    "/dossiers/{code}/report",
    response=ReportOut,
    operation_id="save_report",
    summary=N_("Ghi Mẫu số 03"),
)
def save_report(request: ApiRequest, code: str, told: ReportIn) -> CommuneReport:
    """Write Form 03 on the four topics."""
    need_scope(request.actor, WRITE_DOSSIERS)
    given = told.model_dump(exclude={"revision"})
    return commune.save_report(
        actor=request.actor,
        dossier=dossier_of(request, code),
        report=commune.Report(**given),
        revision=told.revision,
        at=timezone.now(),
    )


@router.post(
    "/dossiers/{code}/forward",
    response=DossierDetailOut,
    operation_id="forward_dossier",
    summary=N_("Chuyển cấp tỉnh"),
)
def forward(request: ApiRequest, code: str) -> Json:
    """The commune sends the dossier on with Form 03."""
    need_scope(request.actor, WRITE_DOSSIERS)
    found = dossier_of(request, code)
    return detail(commune.forward_dossier(actor=request.actor, dossier=found, at=timezone.now()))


@router.post(
    "/dossiers/{code}/return",
    response=DossierDetailOut,
    operation_id="return_dossier",
    summary=N_("Trả lại để sửa"),
)
def give_back(request: ApiRequest, code: str, told: ReturnIn) -> Json:
    """The commune returns the dossier, with the reasons."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = commune.return_dossier(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reasons=told.reasons,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/return-received",
    response=DossierDetailOut,
    operation_id="return_received",
    summary=N_("Cấp tỉnh trả lại"),
)
def give_back_received(request: ApiRequest, code: str, told: ReturnIn) -> Json:
    """The office returns a dossier that it received, with the reasons."""
    need_scope(request.actor, WRITE_DOSSIERS)
    row = receiving.return_received(
        actor=request.actor,
        dossier=dossier_of(request, code),
        reasons=told.reasons,
        at=timezone.now(),
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/supplements",
    response={201: AskedOut},
    operation_id="ask_supplement",
    summary=N_("Yêu cầu bổ sung"),
)
def ask_supplement(request: ApiRequest, code: str, told: WantedIn) -> Status[Json]:
    """Ask the producer for more; the answer warns of a day after that of the dossier."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = commune.ask_supplement(
        actor=request.actor,
        dossier=dossier_of(request, code),
        wanted=told.wanted,
        criteria=told.criteria,
        days=told.days,
        at=timezone.now(),
    )
    facts = {name: getattr(made, name) for name in SupplementOut.model_fields}
    return Status(201, {**facts, "warning": checks.late_answer(made)})


@router.post(
    "/dossiers/{code}/receive",
    response=DossierDetailOut,
    operation_id="receive_dossier",
    summary=N_("Tiếp nhận hồ sơ"),
)
def receive(request: ApiRequest, code: str, told: ReceiveIn | None = None) -> Json:
    """The office receives a dossier into a round."""
    need_scope(request.actor, WRITE_DOSSIERS)
    wanted = told.round if told else None
    chosen = get_object_or_404(planning.visible_to(request.actor), code=wanted) if wanted else None
    row = receiving.receive_dossier(
        actor=request.actor, dossier=dossier_of(request, code), round=chosen, at=timezone.now()
    )
    return detail(row)


@router.post(
    "/dossiers/{code}/advisers",
    response=list[AssignmentOut],
    operation_id="assign_advisers",
    summary=N_("Phân công tổ tư vấn"),
)
def assign(request: ApiRequest, code: str, told: AdvisersIn) -> list[Json]:
    """Give the dossier to advisers."""
    need_scope(request.actor, WRITE_DOSSIERS)
    made = advising.assign_advisers(
        actor=request.actor,
        dossier=dossier_of(request, code),
        advisers=[account(key) for key in told.advisers],
        lead=account(told.lead),
        at=timezone.now(),
    )
    return [assignment_out(row) for row in made]


@router.put(
    "/dossiers/{code}/findings/{criterion}",
    response=FindingOut,
    operation_id="note_finding",
    summary=N_("Nhận xét một tiêu chí"),
)
def note_finding(request: ApiRequest, code: str, criterion: str, told: FindingIn) -> Finding:
    """The adviser's own finding on a criterion."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return advising.note_finding(
        actor=request.actor,
        dossier=dossier_of(request, code),
        criterion=criterion,
        verdict=told.verdict,
        points=told.points,
        note=told.note,
        at=timezone.now(),
    )


@router.put(
    "/dossiers/{code}/proposal",
    response=ProposalOut,
    operation_id="propose",
    summary=N_("Đề xuất của tổ tư vấn"),
)
def propose(request: ApiRequest, code: str, told: ProposalIn) -> Proposal:
    """The advisory team's word to the chair."""
    need_scope(request.actor, WRITE_DOSSIERS)
    return advising.propose(
        actor=request.actor,
        dossier=dossier_of(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
