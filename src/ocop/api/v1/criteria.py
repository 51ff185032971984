"""Criteria sets, scoring and advice."""

from typing import Any

from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.criteria import queries
from ocop.criteria.advice import advise
from ocop.criteria.batch import told
from ocop.criteria.scoring import score
from ocop.criteria.sets import load_set
from ocop.people.scopes import READ_CRITERIA

router = Router(tags=["criteria"])


class SetOut(Schema):
    """A set in force; `compared` says whether it was compared with the signed text."""

    number: int
    name: str
    sector: str
    law: str
    revision: int
    sha256: str
    compared: bool


class SheetIn(Schema):
    """A score sheet: points by criterion, answers by gate. A missing mark is 0."""

    set: int
    marks: dict[str, int]
    gates: dict[str, bool] = {}


class ChangeOut(Schema):
    """One criterion raised."""

    criterion: str
    now: int
    then: int


class WayOut(Schema):
    """Changes that reach the next star."""

    star: int
    points: int
    changes: list[ChangeOut]


class GateOut(Schema):
    """A gate that took effect."""

    criterion: str | None
    type: str
    id: str


class ScoreOut(Schema):
    """What a sheet comes to; `missed` is cumulative and gives the points needed."""

    total: int
    band: int
    star: int | None
    missed: dict[str, dict[str, int]]
    gates: list[GateOut]
    stopped: list[str]
    advice: list[WayOut]


@router.get(
    "/criteria-sets", response=list[SetOut], operation_id="criteria_sets", summary="Bộ tiêu chí"
)
def sets(request: ApiRequest) -> list[SetOut]:
    """The sets in force."""
    need_scope(request.actor, READ_CRITERIA)
    return [
        SetOut(
            number=version.number,
            name=version.name,
            sector=version.sector,
            law=version.legal_version.document,
            revision=version.revision,
            sha256=version.sha256,
            compared=version.signed_off_at is not None,
        )
        for version in queries.current(request.actor)
    ]


@router.get(
    "/criteria-sets/{number}",
    response=dict[str, Any],
    operation_id="criteria_set",
    summary="Một bộ tiêu chí",
)
def criteria_set(request: ApiRequest, number: int) -> dict[str, Any]:
    """One set with all criteria, options, minimums and gates."""
    need_scope(request.actor, READ_CRITERIA)
    version = queries.current(request.actor).filter(number=number).first()
    return dict(queries.set_of(version).raw if version else load_set(number).raw)


@router.post("/score", response=ScoreOut, operation_id="score", summary="Chấm thử", auth=None)
def score_sheet(request: ApiRequest, sheet: SheetIn) -> dict[str, Any]:
    """Score a sheet. Nothing is stored, so no token is needed."""
    chosen, rule = load_set(sheet.set), queries.star_rule()
    outcome = score(chosen, sheet.marks, gates=sheet.gates, rule=rule)
    ways = advise(chosen, sheet.marks, gates=sheet.gates, rule=rule)
    answer = told(None, outcome)
    answer["missed"] = {str(star): missed for star, missed in outcome.missed.items()}
    answer["advice"] = [
        WayOut(
            star=way.star,
            points=way.points,
            changes=[ChangeOut(criterion=c.criterion, now=c.now, then=c.then) for c in way.changes],
        )
        for way in ways
    ]
    return answer
