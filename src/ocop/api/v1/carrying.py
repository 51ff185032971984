"""A dossier beside the last one: what went over, what expired, and what lifts the star."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.dossier_shapes import SelfScoreOut
from ocop.api.v1.dossiers import router
from ocop.core.language import noop as N_
from ocop.dossiers.queries import carrying, dossiers
from ocop.people.scopes import READ_DOSSIERS


class CarriedPaperOut(Schema):
    """A paper in a dossier. `lasting`: `expired`, `ends` before the council's day, or `holds`."""

    evidence: str
    title: str
    criteria: list[str]
    valid_until: date | None
    lasting: str


class NotCarriedOut(Schema):
    """A criterion of the last dossier without a certain counterpart, and what it held there."""

    code: str
    name: str
    papers: int
    claimed: bool
    points: int | None


class LiftedOut(Schema):
    """One criterion raised; `needs_paper`: it counts only with a paper, and none holds."""

    criterion: str
    now: int
    then: int
    needs_paper: bool


class LiftingWayOut(Schema):
    """Changes that together reach a star, and the points they add."""

    star: int
    points: int
    changes: list[LiftedOut]


class CarriedOut(Schema):
    """A dossier beside the one filed before it. `marks` are the levels of that time, proposed where
    none is chosen: whoever takes them saves them. `self_score` and `ways`, fewest changes first,
    count with them."""

    earlier: str | None
    council_on: date
    papers: list[CarriedPaperOut]
    lost: list[NotCarriedOut]
    withdrawn: list[str]
    marks: dict[str, int]
    self_score: SelfScoreOut
    ways: list[LiftingWayOut]


@router.get(
    "/dossiers/{code}/carried",
    response=CarriedOut,
    operation_id="carried",
    summary=N_("Phần lấy từ hồ sơ trước"),
)
def carried(request: ApiRequest, code: str) -> dict[str, Any]:
    """What a dossier took over from the last one, for who may write it."""
    need_scope(request.actor, READ_DOSSIERS)
    today = timezone.localdate()
    rows = dossiers.for_lists(dossiers.writable_by(request.actor, today))
    found = carrying.carried(get_object_or_404(rows, code=code), today)
    outcome = found.score.outcome
    return {
        "earlier": found.earlier.code if found.earlier else None,
        "council_on": found.papers.council_on,
        "papers": [_paper(piece) for piece in found.papers.pieces],
        "lost": found.lost,
        "withdrawn": [row.code for row in found.withdrawn],
        "marks": dict(found.marks),
        "self_score": {
            "total": outcome.total,
            "star": outcome.star,
            "missed": dict(found.score.missed),
        },
        "ways": [_way(way, found.unproven) for way in found.score.ways],
    }


def _paper(piece: carrying.Piece) -> dict[str, Any]:
    return {
        "evidence": piece.evidence.code,
        "title": piece.evidence.title,
        "criteria": list(piece.criteria),
        "valid_until": piece.evidence.valid_until,
        "lasting": piece.lasting,
    }


def _way(way: Any, unproven: frozenset[str]) -> dict[str, Any]:
    changes = [
        {"criterion": c.criterion, "now": c.now, "then": c.then,
         "needs_paper": c.criterion in unproven}
        for c in way.changes
    ]  # fmt: skip
    return {"star": way.star, "points": way.points, "changes": changes}
