"""Stars that were revoked, as everybody may know of them, and those given back."""

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import INVENTED
from ocop.api.v1.revocations import CaseOut, Json, case_of, router, row_of
from ocop.core.language import noop as N_
from ocop.people.scopes import READ_REGISTER, WRITE_REGISTER
from ocop.recognition.models import Revocation
from ocop.recognition.postcheck import public, queries
from ocop.recognition.postcheck.services import restoring


class RestoredIn(JsonIn):
    """The signed decision; without `restored_on` the star holds again from the day of signing."""

    number: str
    signed_on: date
    authority: str
    restored_on: date | None = None


class RevocationOut(Schema):
    """A revocation as everybody may know it, with its notice where one is published; with
    `restored_on` it was set aside since."""

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

    def write(row: Revocation) -> Json:
        told, star = public.told_of(row), row.recognition
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
            "restoring_decision": told.restoring,
            "demonstration": star.product.demonstration,
        }

    rows = queries.revoked(timezone.localdate())
    return page(request, response, rows, write, newest_first=True)


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
