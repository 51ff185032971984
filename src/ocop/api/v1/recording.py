"""Entering decisions, what ends a star, and what was entered wrongly.

On the same router as the reads: ninja finds the operations of one path on one router only.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.requests import ApiRequest
from ocop.api.v1.ending import Ended, Ending, EndOut
from ocop.api.v1.register import router
from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.dossiers.services import entering, reopening
from ocop.people.scopes import WRITE_REGISTER
from ocop.products import queries as products
from ocop.recognition import legal_versions, queries, rules, services
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground, Kind, Recognition

#: What `legal_version` of a decision means.
LAW = (
    "The document under which it was evaluated, as 1489/QĐ-TTg: for what was filed before 22 May "
    "2026 and finished under the rules before (Art. 12). Empty: the one in force on the day of "
    "signing; for dossiers, that of the criteria sets by which the council judged."
)


class ResultIn(JsonIn):
    """One product of a decision."""

    product: str
    stars: int
    kind: Kind = Kind.FIRST
    potential_five: bool = False
    total: Decimal | None = None
    evaluated_on: date | None = None


class DecisionIn(JsonIn):
    """A signed decision with everything it recognises. Without `publish` it waits for its
    publication, and nobody but the office sees it."""

    number: str
    signed_on: date
    authority: str
    level: Level
    results: list[ResultIn]
    legal_version: str = Field("", description=LAW)
    publish: bool = True


class DecisionOut(Schema):
    """A decision in the register."""

    id: int
    number: str
    recognitions: int


#: What a revocation names of its decision.
_PAPER = ("number", "signed_on", "authority", "level")


class EndIn(JsonIn):
    """What an authority decided about a star: `day` is the last day of an extension, or the day of
    a revocation or annulment. Both name the signed decision; only a result that the public was told
    nothing of is annulled without. A revocation has a ground, and its `reason` tells what it rests
    on and how the producer was heard. `takes`: the recognitions that an annulment takes with it,
    which the refusal of one that does not name them tells."""

    day: date
    reason: str
    ground: Ground | None = None
    number: str = ""
    signed_on: date | None = None
    authority: str = ""
    level: Level | None = None
    takes: list[int] = []


def results_of(request: ApiRequest, told: Sequence[ResultIn]) -> list[services.Result]:
    """Products of a decision as the service takes them. Refused: a code nobody bears."""
    seen = products.visible_to(request.actor).filter(code__in=[r.product for r in told])
    by_code = {product.code: product for product in seen}
    if unknown := [r.product for r in told if r.product not in by_code]:
        raise Refused("product_unknown", _("Không có sản phẩm mang mã %s.") % unknown[0])
    return [
        services.Result(
            by_code[r.product], r.stars, r.kind, r.potential_five, r.total, r.evaluated_on
        )
        for r in told
    ]


@router.post(
    "/decisions",
    response={201: DecisionOut},
    operation_id="record_decision",
    summary=N_("Ghi quyết định công nhận"),
)
def record_decision(request: ApiRequest, told: DecisionIn) -> Status[DecisionOut]:
    """Enter a signed decision with all products it recognises: all of them or nothing."""
    need_scope(request.actor, WRITE_REGISTER)
    require(request.actor, rules.may_record_decision)
    decision = entering.record_decision(
        actor=request.actor,
        paper=services.Paper(
            told.number,
            told.signed_on,
            told.authority,
            told.level,
            legal_version=legal_versions.named(told.legal_version),
        ),
        results=results_of(request, told.results),
        publish=told.publish,
        at=timezone.now(),
    )
    count = len(told.results)
    return Status(201, DecisionOut(id=decision.pk, number=decision.number, recognitions=count))


@router.post(
    "/recognitions/{key}/{step}",
    response=EndOut,
    operation_id="end_recognition",
    summary=N_("Kéo dài, thu hồi hoặc hủy kết quả"),
)
def end_recognition(
    request: ApiRequest,
    key: int,
    step: Literal["extension", "revocation", "annulment"],
    told: EndIn,
) -> EndOut:
    """Enter what the authority decided about a star after it was given."""
    need_scope(request.actor, WRITE_REGISTER)
    found: Recognition = get_object_or_404(
        queries.visible_to(request.actor).select_related("product", "decision"), pk=key
    )
    shared: dict[str, Any] = {
        "actor": request.actor,
        "recognition": found,
        "reason": told.reason,
        "at": timezone.now(),
    }
    ending = Ending([found.pk])
    if step == "extension":
        services.confirm_extension(last_day=told.day, **shared)
    elif step == "annulment":
        paper = _paper(told) if any(getattr(told, name) for name in _PAPER) else None
        reopening.annul(annulled_on=told.day, paper=paper, takes=told.takes, **shared)
    else:
        services.revoke(revoked_on=told.day, **_revoked(told), **shared)
    return EndOut(code=found.product.code, **ending.told())


class MistakeIn(JsonIn):
    """Records of one decision that were entered wrongly, and why; `takes`: the recognitions that
    their revocations take with them, which the refusal of a call without them tells."""

    recognitions: list[int]
    reason: str
    takes: list[int] = []


class MistakeOut(Ended):
    """How many records are marked as mistakes, the dossiers that wait for a decision again, and the
    checks and cases that ended."""

    records: int
    dossiers: list[str]


@router.post(
    "/corrections",
    response={201: MistakeOut},
    operation_id="correct_record",
    summary=N_("Đính chính bản ghi nhầm"),
)
def correct_record(request: ApiRequest, told: MistakeIn) -> Status[MistakeOut]:
    """Say that records were entered wrongly: no authority gave these stars. They stay to be seen,
    count on no day, and the true decision can be entered. By the head of the office only; a result
    that the authority annulled is an annulment."""
    need_scope(request.actor, WRITE_REGISTER)
    require(request.actor, rules.may_correct_record)
    seen = queries.visible_to(request.actor).filter(pk__in=told.recognitions)
    rows = list(seen.select_related("product__producer", "decision").order_by("pk"))
    if missing := set(told.recognitions) - {row.pk for row in rows}:
        raise Refused("recognition_unknown", _("Không có lần công nhận số %d.") % min(missing))
    ending = Ending(told.recognitions)
    waiting = reopening.correct_record(
        actor=request.actor, rows=rows, reason=told.reason, takes=told.takes, at=timezone.now()
    )
    codes = [dossier.code for dossier in waiting]
    return Status(201, MistakeOut(records=len(rows), dossiers=codes, **ending.told()))


def _revoked(told: EndIn) -> dict[str, Any]:
    """Ground and decision of a revocation. Refused where one of them is missing."""
    if told.ground is None:
        message = _("Hãy ghi căn cứ thu hồi.")
        raise Refused("ground_needed", message, fields={"ground": [message]})
    return {"ground": told.ground, "paper": _paper(told)}


def _paper(told: EndIn) -> services.Paper:
    """The decision that ends a star. Refused where something of it is missing."""
    if told.signed_on is None or told.level is None or not told.number or not told.authority:
        message = _("Hãy ghi số, ngày ký, cơ quan ký và cấp ký của quyết định.")
        needed = {name: [message] for name in _PAPER if not getattr(told, name)}
        raise Refused("decision_needed", message, fields=needed)
    return services.Paper(told.number, told.signed_on, told.authority, told.level)
