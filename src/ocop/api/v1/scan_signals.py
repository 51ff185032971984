"""What does not fit together in the scans, and what is found out about it."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.register import MakerOut
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.filters.scans import SignalFilter
from ocop.people.scopes import READ_TRACEABILITY, WRITE_TRACEABILITY
from ocop.traceability.models import ScanSignal
from ocop.traceability.scans import queries, services

router = Router(tags=["scans"])
Json = dict[str, Any]


class SignalOut(Schema):
    """What a rule caught: `measure` is what it counts, `limit` what it allows, `facts` what else it
    saw (moments in milliseconds since 1970, codes of provinces). It accuses nobody."""

    code: str
    rule: str
    subject: str
    stamp_version: int | None
    stamp_number: int | None
    order: str | None
    item: str | None
    product: MakerOut | None
    lot: str | None
    measure: int
    limit: int
    facts: dict[str, Any]
    first_at: datetime
    last_at: datetime
    raised_at: datetime
    state: str
    finding: str
    conclusion: str
    closed_at: datetime | None


class SignalConclusionIn(JsonIn):
    """What came of a signal, and the grounds."""

    finding: Literal["harmless", "copied", "misused", "unclear"]
    conclusion: str


_PLAIN = (
    "code", "rule", "subject", "measure", "limit", "facts", "first_at", "last_at", "raised_at",
    "state", "finding", "conclusion", "closed_at",
)  # fmt: skip


def _row(found: ScanSignal) -> Json:
    product = found.item.product if found.item else None
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        "stamp_version": found.version,
        "stamp_number": found.number,
        "order": found.order.code if found.order else None,
        "item": found.item.code if found.item else None,
        "product": {"code": product.code, "name": product.name} if product else None,
        "lot": found.lot.code if found.lot else None,
    }


def _find(request: ApiRequest, code: str) -> ScanSignal:
    rows = queries.signals_visible_to(request.actor)
    found: ScanSignal = get_object_or_404(rows, code=code)
    return found


@router.get(
    "/scan-signals",
    response=Page[SignalOut],
    operation_id="scan_signals",
    summary=N_("Nghi vấn từ lượt quét"),
    openapi_extra=described(SignalFilter),
)
def signals(request: ApiRequest, response: HttpResponse) -> Json:
    """The signals that the caller may see, newest first."""
    need_scope(request.actor, READ_TRACEABILITY)
    rows = filtered(request, SignalFilter, queries.signals_visible_to(request.actor))
    return page(request, response, rows, _row, newest_first=True)


@router.get(
    "/scan-signals/{code}",
    response=SignalOut,
    operation_id="scan_signal",
    summary=N_("Một nghi vấn từ lượt quét"),
)
def signal(request: ApiRequest, code: str) -> Json:
    """One signal."""
    need_scope(request.actor, READ_TRACEABILITY)
    return _row(_find(request, code))


@router.post(
    "/scan-signals/{code}/take",
    response=SignalOut,
    operation_id="take_signal",
    summary=N_("Nhận xem xét nghi vấn"),
)
def take(request: ApiRequest, code: str) -> Json:
    """Look into a signal."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    found = _find(request, code)
    return _row(services.take_signal(actor=request.actor, signal=found, at=timezone.now()))


@router.post(
    "/scan-signals/{code}/notes",
    response=SignalOut,
    operation_id="note_signal",
    summary=N_("Ghi chú nghi vấn"),
)
def note(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Note what was done or seen about a signal."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    found = _find(request, code)
    services.note_signal(actor=request.actor, signal=found, reason=told.reason, at=timezone.now())
    return _row(found)


@router.post(
    "/scan-signals/{code}/suspicion",
    response=SignalOut,
    operation_id="suspect_stamp",
    summary=N_("Ghi tem nghi ngờ"),
)
def suspect(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Mark the stamp of a signal as suspicious; whoever scans it reads so."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    found = _find(request, code)
    services.suspect_stamp(actor=request.actor, signal=found, reason=told.reason, at=timezone.now())
    return _row(found)


@router.post(
    "/scan-signals/{code}/conclusion",
    response=SignalOut,
    operation_id="close_signal",
    summary=N_("Kết luận nghi vấn"),
)
def close(request: ApiRequest, code: str, told: SignalConclusionIn) -> Json:
    """Conclude on a signal; it comes again only when twice as much is counted."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    found = _find(request, code)
    done = services.close_signal(
        actor=request.actor, signal=found, at=timezone.now(), **told.model_dump()
    )
    return _row(done)


@router.post(
    "/scan-signals/{code}/reopening",
    response=SignalOut,
    operation_id="reopen_signal",
    summary=N_("Xem xét lại nghi vấn"),
)
def reopen(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Look into a concluded signal again."""
    need_scope(request.actor, WRITE_TRACEABILITY)
    found = _find(request, code)
    services.reopen_signal(actor=request.actor, signal=found, reason=told.reason, at=timezone.now())
    return _row(found)
