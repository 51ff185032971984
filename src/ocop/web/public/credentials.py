"""Star certificates as verifiable credentials: for programs, and as a page that says what they say,
whether they hold today, and how anybody checks that."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.core.credentials import envelopes, issuers
from ocop.core.credentials.verifying import verify
from ocop.dossiers import credentials
from ocop.recognition import queries as register
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.credential.attestation import digest
from ocop.recognition.log import chains
from ocop.recognition.models import Evidence, Recognition
from ocop.recognition.postcheck import public
from ocop.web.requests import Request
from ocop.web.sameness import same_for_all


@require_safe
def did_document(_request: Request) -> HttpResponse:
    """Who signs: the keys of this installation, those of before too."""
    return same_for_all(shared(as_json(issuing.document(at=timezone.now())), issuers.MEDIA_TYPE))


@require_safe
def status_list(_request: Request) -> HttpResponse:
    """The list of void stars, never older than a minute while it can be signed."""
    try:
        found = statuses.status_list(at=timezone.now())
    except chains.Unusable:
        return _paused()
    return same_for_all(shared(found, envelopes.MEDIA_TYPE))


@require_safe
def page(request: Request, code: str, key: int) -> HttpResponse:
    """A credential in words; as vc+jwt for who asks for that."""
    if envelopes.MEDIA_TYPE in request.headers.get("Accept", ""):
        answer = envelope(request, code, key)
        patch_vary_headers(answer, ["Accept"])
        return answer
    row, now = _row(request, code, key), timezone.now()
    context: dict[str, Any] = {"row": row, "product": row.product}
    try:
        token = credentials.issued(row, at=now)
        context |= {"token": token, **_checked(token, now)}
    except chains.Unusable:  # the state is the register's, and the register is here
        context["paused"] = True
    answer = render(request, "public/credential.html", context | _place(request, row, now))
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
def envelope(request: Request, code: str, key: int) -> HttpResponse:
    """A credential in its envelope."""
    row = _row(request, code, key)
    try:
        token = credentials.issued(row, at=timezone.now())
    except chains.Unusable:
        return _paused()
    answer = shared(token, envelopes.MEDIA_TYPE)
    answer["Content-Disposition"] = f'inline; filename="ocop-{code}-{key}.jwt"'
    return kept(answer, public=row.product.listed)


def _paused() -> HttpResponse:
    """Nothing can be signed now; what is to be done stands on the health page, not here."""
    words = _("Văn phòng tạm ngừng ký chứng chỉ điện tử. Hãy thử lại sau.")
    answer = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = "3600"
    answer["Cache-Control"] = "no-store"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _checked(token: str, now: datetime) -> dict[str, Any]:
    """What a stranger finds who checks it now, with what we publish."""
    document = issuing.document(at=now)
    verdict = verify(token, document=document, status_list=statuses.status_list(at=now), at=now)
    told = verdict.credential or {}
    return {
        "verdict": verdict,
        "void": "revoked" in verdict.problems,
        "untimely": bool({"not_yet", "expired"} & {*verdict.problems}),
        "key": envelopes.header_of(token)["kid"],
        "first_day": _day(told.get("validFrom")),
        "last_day": _day(told.get("validUntil")),
        "points": _points(told),
        "source": as_json(told),
    }


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None


def _points(credential: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The points it tells, the total first."""
    told = credential.get("credentialSubject", {}).get("conformityAssessment", [])
    return [
        (each["metric"]["name"], each["measure"]["value"])
        for assessment in told
        for each in assessment["assessedPerformance"]
        if "measure" in each
    ]


def _place(request: Request, row: Recognition, now: datetime) -> dict[str, Any]:
    """Where it stands in the register today, and where its parts are."""
    steps = register.life_line(request.actor, row.product, timezone.localdate(now))
    at = issuing.addresses()
    held = row.decision.attachment if row.decision else None
    step = next(step for step in steps if step.recognition.pk == row.pk)
    return {
        "step": step,
        "since": public.since(row, step.state, timezone.localdate(now)),
        "envelope_address": at.envelope(row.product.code, row.pk),
        "list_address": at.status_list,
        "document_address": f"{at.base}{reverse('did_document')}",
        "law": row.decision.legal_version if row.decision else None,
        "digest": digest(held.sha256) if held else "",
        "real": row.evidence != Evidence.M,
    }


def _row(request: Request, code: str, key: int) -> Recognition:
    rows = issuing.credentialed(request.actor)
    found: Recognition = get_object_or_404(rows, pk=key, product__code=code)
    return found


def as_json(body: Mapping[str, Any]) -> str:
    """JSON that a person can read, too."""
    return json.dumps(body, ensure_ascii=False, indent=1)


def shared(content: str, media_type: str) -> HttpResponse:
    """An answer that pages of others may read and that is a minute old at most."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Access-Control-Allow-Origin"] = "*"
    return kept(answer, public=True)


def kept(answer: HttpResponse, *, public: bool) -> HttpResponse:
    """An answer that is kept a minute at most, by caches for many only when it is the public's."""
    del answer["Cache-Control"]
    whose = {"public": True} if public else {"private": True}
    patch_cache_control(answer, max_age=statuses.KEPT, **whose)
    return answer
