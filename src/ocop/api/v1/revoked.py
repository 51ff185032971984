"""Stars that were revoked, as everybody may know of them, and those given back."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED
from ocop.api.v1.revocations import AppealIn, CaseOut, Json, case_of, router, row_of
from ocop.api.v1.rounds import ReasonIn
from ocop.api.v1.writing import CodeOut
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition import queries as register
from ocop.recognition import services
from ocop.recognition.authority import Level
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck import public, queries
from ocop.recognition.postcheck.services import correcting, restoring


class RestoredIn(JsonIn):
    """The signed decision; without `restored_on` the star holds again from the day of signing."""

    number: str
    signed_on: date
    authority: str
    restored_on: date | None = None


class RevocationOut(Schema):
    """A revocation as everybody may know it, with its notice where one is published; with
    `restored_on` it was set aside since, with `withdrawn_on` it was entered wrongly and never
    held. With `annulled_on` the result itself was annulled, with `corrected_on` the record of it
    was wrong; the decision then takes what stands in its place, which is a row of its own with
    `carried`. `since`: all that became of it, in words."""

    product: str
    name: str
    producer: str
    stars: int
    revoked_on: date
    ground: str
    decision: str
    decided_on: date | None
    authority: str
    notice: str
    restored_on: date | None
    restoring_decision: str
    withdrawn_on: date | None
    annulled_on: date | None
    corrected_on: date | None
    carried: bool
    since: list[str]
    demonstration: bool = Field(description=INVENTED)


@router.get(
    "/revocations",
    response=Page[RevocationOut],
    operation_id="revocations",
    summary=N_("Các hạng sao bị thu hồi"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def revocations(request: ApiRequest, response: HttpResponse) -> Json:
    """The revocations that everybody may know of, newest first."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.revoked(timezone.localdate())
    teller = public.Teller(rows, timezone.localdate())

    def write(row: Revocation) -> Json:
        told, star = teller.told(row), row.recognition
        return {
            "product": star.product.code,
            "name": star.product.name,
            "producer": star.product.producer.name,
            "stars": star.stars,
            "revoked_on": row.revoked_on,
            "ground": row.ground,
            "decision": told.number,
            "decided_on": told.signed_on,
            "authority": told.authority,
            "notice": told.notice,
            "restored_on": row.restored_on,
            "withdrawn_on": row.withdrawn_on,
            "annulled_on": None if star.mistaken else star.annulled_on,
            "corrected_on": star.annulled_on if star.mistaken else None,
            "carried": row.carried_from_id is not None,
            "since": told.since,
            "restoring_decision": told.restoring,
            "demonstration": star.product.demonstration,
        }

    return page(request, response, rows, write, newest_first=True)


class WithdrawnIn(ReasonIn):
    """Why a revocation was entered wrongly. `alone`: of a star that was taken with another one,
    which the decision names and goes on to take."""

    alone: bool = False


class GivenBackIn(RestoredIn):
    """The signed decision that gives a star back where no case holds its revocation, and why."""

    level: Level
    reason: str


@router.post(
    "/recognitions/{key}/revocation/appeal",
    response=CodeOut,
    operation_id="appeal_revocation",
    summary=N_("Ghi khiếu nại quyết định thu hồi ngoài vụ việc"),
)
def appeal(request: ApiRequest, key: int, told: AppealIn) -> CodeOut:
    """Note an appeal against a revocation that was entered without a case."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _star(request, key)
    services.appeal_revocation(
        actor=request.actor,
        recognition=found,
        appealed_on=told.appealed_on,
        words=told.words,
        at=timezone.now(),
    )
    return CodeOut(code=found.product.code)


@router.post(
    "/recognitions/{key}/revocation/restoration",
    response=CodeOut,
    operation_id="restore_revoked",
    summary=N_("Ghi quyết định khôi phục ngoài vụ việc"),
)
def give_back(request: ApiRequest, key: int, told: GivenBackIn) -> CodeOut:
    """Enter the decision that sets aside a revocation entered without a case."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _star(request, key)
    services.restore_revoked(
        actor=request.actor,
        recognition=found,
        paper=services.Paper(told.number, told.signed_on, told.authority, told.level),
        restored_on=told.restored_on,
        reason=told.reason,
        at=timezone.now(),
    )
    return CodeOut(code=found.product.code)


@router.post(
    "/recognitions/{key}/revocation/withdrawal",
    response=CodeOut,
    operation_id="withdraw_revocation",
    summary=N_("Đính chính việc ghi thu hồi nhầm"),
)
def withdraw(request: ApiRequest, key: int, told: WithdrawnIn) -> CodeOut:
    """Say that a revocation was entered wrongly: nobody had revoked this star."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _star(request, key)
    services.withdraw_revocation(
        actor=request.actor,
        recognition=found,
        reason=told.reason,
        alone=told.alone,
        at=timezone.now(),
    )
    return CodeOut(code=found.product.code)


@router.post(
    "/recognitions/{key}/revocation/restoration/withdrawal",
    response=CodeOut,
    operation_id="withdraw_restoration",
    summary=N_("Đính chính việc ghi khôi phục nhầm"),
)
def withdraw_restoration(request: ApiRequest, key: int, told: ReasonIn) -> CodeOut:
    """Say that a restoration was entered wrongly: nobody had given this star back."""
    need_scope(request.actor, WRITE_REGISTER)
    found = _star(request, key)
    services.withdraw_restoration(
        actor=request.actor, recognition=found, reason=told.reason, at=timezone.now()
    )
    return CodeOut(code=found.product.code)


def _star(request: ApiRequest, key: int) -> Recognition:
    rows = register.visible_to(request.actor).select_related("product__producer", "decision")
    found: Recognition = get_object_or_404(rows, pk=key)
    return found


@router.post(
    "/revocation-cases/{code}/decision/withdrawal",
    response=CaseOut,
    operation_id="withdraw_case_decision",
    summary=N_("Đính chính quyết định thu hồi ghi nhầm trong vụ việc"),
)
def withdraw_decision(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Say that the decision of a case was entered wrongly: the case waits for the right one."""
    need_scope(request.actor, WRITE_REGISTER)
    return row_of(
        correcting.withdraw_case_decision(
            actor=request.actor,
            case=case_of(request, code),
            reason=told.reason,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/restoration/withdrawal",
    response=CaseOut,
    operation_id="withdraw_case_restoration",
    summary=N_("Đính chính quyết định khôi phục ghi nhầm trong vụ việc"),
)
def withdraw_given_back(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Say that the restoration of a case was entered wrongly: the star was revoked all the time."""
    need_scope(request.actor, WRITE_REGISTER)
    return row_of(
        correcting.withdraw_case_restoration(
            actor=request.actor,
            case=case_of(request, code),
            reason=told.reason,
            at=timezone.now(),
        )
    )


@router.post(
    "/revocation-cases/{code}/restoration",
    response=CaseOut,
    operation_id="restore_star",
    summary=N_("Ghi quyết định khôi phục hạng sao"),
)
def restore(request: ApiRequest, code: str, told: RestoredIn) -> Json:
    """Enter the decision that sets the revocation aside: the star holds to its own last day."""
    need_scope(request.actor, WRITE_REGISTER)
    found = case_of(request, code)
    return row_of(
        restoring.restore_star(
            actor=request.actor,
            case=found,
            number=told.number,
            signed_on=told.signed_on,
            authority_name=told.authority,
            restored_on=told.restored_on,
            at=timezone.now(),
        )
    )
