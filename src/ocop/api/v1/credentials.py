"""Star certificates as verifiable credentials, on the same router as the register."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import router
from ocop.core.credentials import envelopes
from ocop.core.language import noop as N_
from ocop.dossiers import credentials
from ocop.people.scopes import READ_REGISTER
from ocop.recognition.credential import issuing, statuses


@router.get(
    "/recognitions/{key}/credential",
    response={200: str},
    operation_id="credential",
    summary=N_("Chứng chỉ điện tử của giấy chứng nhận"),
)
def credential(request: ApiRequest, key: int) -> HttpResponse:
    """The certificate of a recognition as a verifiable credential (UNTP Digital Conformity
    Credential, application/vc+jwt). Its issuer's keys stand at /.well-known/did.json."""
    need_scope(request.actor, READ_REGISTER)
    row = get_object_or_404(issuing.credentialed(request.actor), pk=key)
    token = credentials.issued(row, at=timezone.now())
    return HttpResponse(token, content_type=envelopes.MEDIA_TYPE)


@router.get(
    "/credential-status-list",
    response={200: str},
    operation_id="credential_status_list",
    summary=N_("Danh sách trạng thái của chứng chỉ điện tử"),
)
def status_list(request: ApiRequest) -> HttpResponse:
    """Which credentials are void (W3C Bitstring Status List, application/vc+jwt): the bit at the id
    of a recognition. The same list as credentials name, never older than a minute."""
    need_scope(request.actor, READ_REGISTER)
    answer = HttpResponse(
        statuses.status_list(at=timezone.now()), content_type=envelopes.MEDIA_TYPE
    )
    answer["Cache-Control"] = f"max-age={statuses.KEPT}"
    return answer


def describe(document: dict[str, Any]) -> None:
    """Say of what type these answers are: the framework takes every text for JSON."""
    for path in document["paths"].values():
        for operation in path.values():
            if operation["operationId"] in ("credential", "credential_status_list"):
                content = {envelopes.MEDIA_TYPE: {"schema": {"type": "string"}}}
                operation["responses"][200]["content"] = content
