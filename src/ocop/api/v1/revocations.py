"""Revocation cases, and the revocations that everybody may know of."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.postchecks import check_of, paper_of
from ocop.api.v1.register import INVENTED
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.filters.postcheck import CaseFilter
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition import queries as register
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import papers, queries
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.services import revoking

router = Router(tags=["revocations"])
Json = dict[str, Any]


class CaseIn(JsonIn):
    """A case: the star by the key of its recognition, one of the six grounds, the evidence."""

    recognition: int
    ground: Ground
    facts: str
    established_on: date
    postcheck: str | None = None
    complaint: str | None = None
    conclusion_of: str = ""


class CaseOut(Schema):
    """A revocation case. `due_on` is the last of the 15 days of Art. 8."""

    code: str
    recognition: int
    product: str
    stars: int
    ground: str
    facts: str
    state: str
    established_on: date
    due_on: date
    postcheck: str | None
    conclusion_of: str
    heard_on: date | None
    hearing: str
    statements: list[str]
    proposal: str
    proposed_on: date | None
    decision_number: str
    decision_on: date | None
    decision_authority: str
    notice: str
    published_at: datetime | None
    closed_on: date | None
    closed_reason: str
    appealed_on: date | None
    appeal: str
    appeal_ended_on: date | None
    appeal_outcome: str
    restoring_number: str
    restoring_on: date | None
    restoring_authority: str
    demonstration: bool = Field(description=INVENTED)


class SaidIn(JsonIn):
    """Words alone."""

    words: str


class HeardIn(SaidIn):
    """How the producer was heard."""

    heard_on: date


class ProposedIn(SaidIn):
    """The proposal; without `proposed_on` it was made today."""

    proposed_on: date | None = None


class RevokedIn(JsonIn):
    """The signed decision; without `revoked_on` the star ends on the day of signing."""

    number: str
    signed_on: date
    authority: str
    revoked_on: date | None = None


class NoticeIn(JsonIn):
    """The public notice."""

    notice: str
    number: str = ""


class AppealIn(SaidIn):
    """An appeal against the decision."""

    appealed_on: date


class OutcomeIn(SaidIn):
    """How an appeal ended."""

    upheld: bool
    ended_on: date


_NAMED = (
    "code", "ground", "facts", "state", "established_on", "due_on", "conclusion_of", "heard_on",
    "hearing", "proposal", "proposed_on", "decision_number", "decision_on", "decision_authority",
    "notice", "published_at", "closed_on", "closed_reason", "appealed_on", "appeal",
    "appeal_ended_on", "appeal_outcome", "restoring_number", "restoring_on", "restoring_authority",
    "demonstration",
)  # fmt: skip


def case_of(request: ApiRequest, code: str) -> RevocationCase:
    """A case that the caller may see."""
    rows = queries.cases_visible_to(request.actor)
    found: RevocationCase = get_object_or_404(rows, code=code)
    return found


def row_of(case: RevocationCase) -> Json:
    """A case as it is answered."""
    return {
        **{name: getattr(case, name) for name in _NAMED},
        "recognition": case.recognition_id,
        "product": case.recognition.product.code,
        "stars": case.recognition.stars,
        "postcheck": case.postcheck.code if case.postcheck else None,
        "statements": [row.text for row in case.statements.all()],
    }


@router.get(
    "/revocation-cases",
    response=Page[CaseOut],
    operation_id="revocation_cases",
    summary=N_("Vụ việc thu hồi hạng sao"),
    openapi_extra=described(CaseFilter),
)
def cases(request: ApiRequest, response: HttpResponse) -> Json:
    """The cases that the caller may see, newest first."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.cases_visible_to(request.actor).prefetch_related("statements")
    return page(request, response, filtered(request, CaseFilter, rows), row_of, newest_first=True)


@router.post(
    "/revocation-cases",
    response={201: CaseOut},
    operation_id="open_case",
    summary=N_("Mở vụ việc thu hồi"),
)
def open_case(request: ApiRequest, told: CaseIn) -> Status[Json]:
    """Open a case on one of the six grounds, with its evidence."""
    need_scope(request.actor, WRITE_REGISTER)
    rows = register.visible_to(request.actor).select_related("product__producer", "decision")
    reported = queries.complaints_visible_to(request.actor)
    made = revoking.open_case(
        actor=request.actor,
        recognition=get_object_or_404(rows, pk=told.recognition),
        ground=told.ground,
        facts=told.facts,
        established_on=told.established_on,
        postcheck=check_of(request, told.postcheck) if told.postcheck else None,
        complaint=get_object_or_404(reported, number=told.complaint) if told.complaint else None,
        conclusion_of=told.conclusion_of,
        at=timezone.now(),
    )
    return Status(201, row_of(made))


@router.get(
    "/revocation-cases/{code}",
    response=CaseOut,
    operation_id="revocation_case",
    summary=N_("Một vụ việc thu hồi"),
)
def case(request: ApiRequest, code: str) -> Json:
    """A case: ground and evidence, what was said, what was decided."""
    need_scope(request.actor, READ_REGISTER)
    return row_of(case_of(request, code))


@router.get(
    "/revocation-cases/{code}/notice.{kind}",
    operation_id="revocation_notice",
    summary=N_("Thông báo thu hồi hạng sao"),
)
def notice_paper(request: ApiRequest, code: str, kind: str) -> HttpResponse:
    """The notice of a revocation as PDF or DOCX."""
    need_scope(request.actor, READ_REGISTER)
    return paper_of(papers.of_case(request.actor, case_of(request, code)), "notice", kind)


@router.post(
    "/revocation-cases/{code}/statement",
    response=CaseOut,
    operation_id="state_in_case",
    summary=N_("Chủ thể giải trình"),
)
def state(request: ApiRequest, code: str, told: SaidIn) -> Json:
    """The producer's own word, before anything is proposed."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    revoking.state_in_case(actor=request.actor, case=found, text=told.words, at=timezone.now())
    return row_of(found)


@router.post(
    "/revocation-cases/{code}/hearing",
    response=CaseOut,
    operation_id="note_hearing",
    summary=N_("Ghi việc nghe chủ thể"),
)
def hear(request: ApiRequest, code: str, told: HeardIn) -> Json:
    """Note how the producer was heard."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.note_hearing(
            actor=request.actor,
            case=found,
            heard_on=told.heard_on,
            words=told.words,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/proposal",
    response=CaseOut,
    operation_id="propose_revocation",
    summary=N_("Đề nghị thu hồi"),
)
def propose(request: ApiRequest, code: str, told: ProposedIn) -> Json:
    """Propose the revocation to whoever decides."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.propose_revocation(
            actor=request.actor,
            case=found,
            words=told.words,
            proposed_on=told.proposed_on,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/decision",
    response=CaseOut,
    operation_id="decide_case",
    summary=N_("Ghi quyết định thu hồi"),
)
def decide(request: ApiRequest, code: str, told: RevokedIn) -> Json:
    """Enter the signed decision; the star ends in the register."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.decide_case(
            actor=request.actor,
            case=found,
            number=told.number,
            signed_on=told.signed_on,
            authority_name=told.authority,
            revoked_on=told.revoked_on,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/closing",
    response=CaseOut,
    operation_id="close_case",
    summary=N_("Kết thúc, không thu hồi"),
)
def close(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """End a case without revocation."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.close_case(actor=request.actor, case=found, reason=told.reason, at=timezone.now())
    )


@router.post(
    "/revocation-cases/{code}/notice",
    response=CaseOut,
    operation_id="publish_notice",
    summary=N_("Công bố thông báo thu hồi"),
)
def publish(request: ApiRequest, code: str, told: NoticeIn) -> Json:
    """Put the notice of a revocation before the public."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.publish_notice(
            actor=request.actor,
            case=found,
            notice=told.notice,
            number=told.number,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/appeal",
    response=CaseOut,
    operation_id="record_appeal",
    summary=N_("Ghi khiếu nại"),
)
def appeal(request: ApiRequest, code: str, told: AppealIn) -> Json:
    """Note that the decision was appealed against."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.record_appeal(
            actor=request.actor,
            case=found,
            appealed_on=told.appealed_on,
            words=told.words,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/appeal-outcome",
    response=CaseOut,
    operation_id="settle_appeal",
    summary=N_("Ghi kết quả khiếu nại"),
)
def settle(request: ApiRequest, code: str, told: OutcomeIn) -> Json:
    """Note how an appeal ended; where it was accepted a decision gives the star back."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        revoking.settle_appeal(
            actor=request.actor,
            case=found,
            upheld=told.upheld,
            ended_on=told.ended_on,
            words=told.words,
            at=timezone.now(),
        )
    )
