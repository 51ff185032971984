"""What the API says and takes of dossiers."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Schema

from ocop.api.inputs import JsonIn
from ocop.dossiers.models import ChangeRequest, Dossier, Road
from ocop.dossiers.queries import filing
from ocop.recognition.models import Kind

Json = dict[str, Any]


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
        "changes": [change_told(change) for change in row.changes.select_related("base")],
    }


def change_told(row: ChangeRequest) -> Json:
    """A change that was asked for."""
    return {
        **{
            name: getattr(row, name)
            for name in ("code", "proposed", "reason", "state", "answer", "asked_at")
        },
        "base": row.base.number,
    }
