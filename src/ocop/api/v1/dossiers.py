"""Dossiers: begun, written bit by bit, filed, supplemented, changed and withdrawn."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import dossier_of, part_of
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.dossiers.models import ChangeRequest, Dossier, Road, Snapshot, Supplement
from ocop.dossiers.queries import dossiers, filing
from ocop.dossiers.services import changes, drafting
from ocop.filters.dossiers import DossierFilter
from ocop.people.scopes import READ_DOSSIERS, WRITE_DOSSIERS
from ocop.products import queries as products
from ocop.recognition.models import Kind

router = Router(tags=["dossiers"])
Json = dict[str, Any]
_WRITTEN = ("revision", "answers", "marks", "gates", "claims")


class NamedOut(Schema):
    """A thing by its code and name."""

    code: str
    name: str


class DossierOut(Schema):
    """A dossier as lists show it. `due_on` is the last day of the step it is in."""

    code: str
    kind: str
    road: str
    state: str
    slip_number: str
    product: NamedOut
    producer: NamedOut
    commune: NamedOut | None
    round: str | None
    set_number: int
    due_on: date | None
    submitted_at: datetime | None


class SelfScoreOut(Schema):
    """What the producer's own marks come to."""

    total: int
    star: int | None
    missed: dict[str, int]


class MissingOut(Schema):
    """What is missing or doubtful, in words; `page` of the form or `criterion`, one of them is "".

    `code` names the kind, as `unanswered`, `no_paper` or `expired_paper`.
    """

    code: str
    words: str
    page: str
    criterion: str


class CompletenessOut(Schema):
    """How far a dossier is: today, or on the day it was filed.

    `steps` by criterion: `empty` without a level, `chosen` and not proven, `proven`. What
    `blockers` say keeps it from being filed, `warnings` are worth a look before.
    """

    percent: int
    ready: bool
    steps: dict[str, str]
    blockers: list[MissingOut]
    warnings: list[MissingOut]


class DossierDetailOut(DossierOut):
    """A dossier whole: answers, marks, conditions and claims by field and criterion."""

    revision: int
    answers: Json
    marks: dict[str, int]
    gates: dict[str, bool]
    claims: dict[str, str]
    self_score: SelfScoreOut
    completeness: CompletenessOut
    snapshots: list["SnapshotOut"]
    supplements: list["SupplementOut"]
    changes: list["ChangeRequestOut"]


class SnapshotOut(Schema):
    """A frozen state: its number in the dossier and the SHA-256 of its canonical JSON."""

    number: int
    sha256: str
    why: str
    made_at: datetime


class SupplementOut(Schema):
    """What was asked for, by when, and the answer."""

    code: str
    step: str
    wanted: str
    criteria: list[str]
    due_on: date
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class ChangeRequestOut(Schema):
    """A request to change what was filed, against the snapshot it was written on."""

    code: str
    base: int
    proposed: Json
    reason: str
    state: str
    answer: str
    asked_at: datetime


class BeginIn(JsonIn):
    """Which product, why; `road` is said by an officer where the register cannot tell."""

    product: str
    kind: Kind
    road: Road | None = None


class AnswersIn(JsonIn):
    """Changed fields only, and the revision they were written on; null empties a field."""

    revision: int
    answers: Json | None = None
    marks: Json | None = None
    gates: Json | None = None
    claims: Json | None = None


class SupplementAnswerIn(JsonIn):
    """What is answered."""

    answer: str


class ChangeIn(JsonIn):
    """Changed fields by part, the number of the snapshot they are against, and why."""

    base: int
    proposed: dict[str, Json]
    reason: str


class JudgedIn(JsonIn):
    """Whether the change is accepted, and what the producer is told."""

    accepted: bool
    answer: str = ""


def facts(row: Dossier) -> Json:
    """A dossier as lists show it."""
    product = row.product
    return {
        **{
            name: getattr(row, name)
            for name in (
                "code", "kind", "road", "state", "slip_number", "due_on", "submitted_at",
            )
        },
        "product": {"code": product.code, "name": product.name},
        "producer": {"code": product.producer.code, "name": product.producer.name},
        "commune": {"code": row.commune.code, "name": row.commune.name} if row.commune else None,
        "round": row.round.code if row.round else None,
        "set_number": row.version.number,
    }  # fmt: skip


def detail(row: Dossier) -> Json:
    """A dossier whole."""
    today = timezone.localdate()
    found, done = filing.self_score(row, today), filing.completeness_of(row, today)
    return {
        **facts(row),
        **{
            name: getattr(row, name) for name in ("revision", "answers", "marks", "gates", "claims")
        },
        "self_score": {
            "total": found.outcome.total,
            "star": found.outcome.star,
            "missed": dict(found.missed),
        },
        "completeness": {
            "percent": done.percent,
            "ready": done.ready,
            "steps": {line.criterion: line.step for line in done.lines},
            "blockers": done.blockers,
            "warnings": done.warnings,
        },
        "snapshots": list(row.snapshots.order_by("number")),
        "supplements": list(row.supplements.all()),
        "changes": [_change(change) for change in row.changes.select_related("base")],
    }


def _change(row: ChangeRequest) -> Json:
    return {
        **{
            name: getattr(row, name)
            for name in ("code", "proposed", "reason", "state", "answer", "asked_at")
        },
        "base": row.base.number,
    }


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
    return Status(201, _change(made))


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
    return _change(row)
