"""Criteria sets, scoring and advice."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page_of
from ocop.api.requests import ApiRequest
from ocop.core.actions import require
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused
from ocop.councils import rules as council_rules
from ocop.councils.queries.trials import Shift, trial
from ocop.criteria import queries
from ocop.criteria.advice import advise
from ocop.criteria.batch import told
from ocop.criteria.difference import compare
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.scoring import score
from ocop.criteria.sets import load_set
from ocop.people.scopes import READ_COUNCILS, READ_CRITERIA

router = Router(tags=["criteria"])


class SetOut(Schema):
    """A version of a set; `compared` says whether it was compared with the signed text. One that is
    not `published` is a draft, which only those who prepare it see."""

    id: int
    number: int
    name: str
    sector: str
    law: str
    revision: int
    sha256: str
    published: bool
    compared: bool


class DifferenceOut(Schema):
    """What changed in one criterion; `criterion` is empty for the set itself."""

    criterion: str
    name: str
    kind: str
    before: str
    after: str


class ComparisonOut(Schema):
    """Everything that changed from one version to another."""

    before: SetOut
    after: SetOut
    differences: list[DifferenceOut]


class ShiftOut(Schema):
    """A product of a stored workbook or of a council's sitting (`item`) whose star would change;
    null is no star at all."""

    workbook: int | None
    item: str | None
    sitting: str
    product: str
    star_before: int | None
    star_after: int | None
    mean_before: float | None
    mean_after: float | None


class SheetIn(JsonIn):
    """A score sheet: points by criterion, answers by gate. A missing mark is 0.

    Only set 16's sensory rule follows from the marks; every other gate is answered here.
    """

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
    "/criteria-sets",
    response=list[SetOut],
    operation_id="criteria_sets",
    summary=N_("Các bộ tiêu chí"),
)
def sets(request: ApiRequest) -> list[SetOut]:
    """The sets in force."""
    need_scope(request.actor, READ_CRITERIA)
    return [version_out(version) for version in queries.current(request.actor)]


def version_out(version: CriteriaSetVersion) -> SetOut:
    """A version as the API tells it."""
    return SetOut(
        id=version.pk,
        number=version.number,
        name=version.name,
        sector=version.sector,
        law=version.legal_version.document,
        revision=version.revision,
        sha256=version.sha256,
        published=version.published_at is not None,
        compared=version.signed_off_at is not None,
    )


@router.get(
    "/criteria-sets/{number}",
    response=dict[str, Any],
    operation_id="criteria_set",
    summary=N_("Một bộ tiêu chí"),
)
def criteria_set(request: ApiRequest, number: int) -> dict[str, Any]:
    """One set with all criteria, options, minimums and gates."""
    need_scope(request.actor, READ_CRITERIA)
    version = queries.current(request.actor).filter(number=number).first()
    return dict(queries.set_of(version).raw if version else load_set(number).raw)


@router.get(
    "/criteria-sets/{number}/versions",
    response=list[SetOut],
    operation_id="criteria_set_versions",
    summary=N_("Các phiên bản của một bộ tiêu chí"),
)
def versions(request: ApiRequest, number: int) -> list[SetOut]:
    """Every version of a set, the newest first."""
    need_scope(request.actor, READ_CRITERIA)
    return [version_out(version) for version in queries.revisions(request.actor, number)]


def _pair(
    request: ApiRequest, key: int, since: int
) -> tuple[CriteriaSetVersion, CriteriaSetVersion]:
    """The version compared with, and the version looked at."""
    seen = queries.visible_to(request.actor)
    return get_object_or_404(seen, pk=since), get_object_or_404(seen, pk=key)


@router.get(
    "/criteria-versions/{key}/difference",
    response=ComparisonOut,
    operation_id="criteria_difference",
    summary=N_("So sánh hai phiên bản bộ tiêu chí"),
)
def difference(
    request: ApiRequest, key: int, since: Annotated[int, Query(alias="from")]
) -> ComparisonOut:
    """What changed from the version `from` to this one, in the order of the table."""
    need_scope(request.actor, READ_CRITERIA)
    old, new = _pair(request, key, since)
    return ComparisonOut(
        before=version_out(old),
        after=version_out(new),
        differences=[
            DifferenceOut(**asdict(found))
            for found in compare(queries.set_of(old), queries.set_of(new))
        ],
    )


@router.get(
    "/criteria-versions/{key}/shifts",
    response=Page[ShiftOut],
    operation_id="criteria_shifts",
    summary=N_("Sản phẩm sẽ đổi hạng sao"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def shifts(
    request: ApiRequest,
    response: HttpResponse,
    key: int,
    since: Annotated[int, Query(alias="from")],
) -> dict[str, Any]:
    """Whose star would change if the marks of stored workbooks and of councils, given under `from`,
    were read under this version of the same set. Nothing is changed by asking."""
    need_scope(request.actor, READ_CRITERIA)
    need_scope(request.actor, READ_COUNCILS)
    require(request.actor, council_rules.may_see_workbooks)
    old, new = _pair(request, key, since)
    if old.number != new.number:
        raise Refused("other_set", _("Chỉ tính thử được giữa hai phiên bản của cùng một bộ."))
    found = trial(request.actor, queries.set_of(old), queries.set_of(new)).shifts
    return page_of(request, response, found, _shift, place=_place)


def _place(shift: Shift) -> list[str | int]:
    if shift.item is not None:
        return [1, shift.item.pk, shift.after.product]
    return [0, shift.workbook.pk if shift.workbook else 0, shift.after.product]


def _shift(shift: Shift) -> ShiftOut:
    return ShiftOut(
        workbook=shift.workbook.pk if shift.workbook else None,
        item=shift.item.code if shift.item else None,
        sitting=shift.title,
        product=shift.after.product,
        star_before=shift.before.star,
        star_after=shift.after.star,
        mean_before=_points(shift.before.mean),
        mean_after=_points(shift.after.mean),
    )


def _points(mean: Decimal | None) -> float | None:
    return None if mean is None else float(mean)


@router.post("/score", response=ScoreOut, operation_id="score", summary=N_("Chấm thử"), auth=None)
def score_sheet(request: ApiRequest, sheet: SheetIn) -> dict[str, Any]:
    """Score a sheet. Nothing is stored, so no token is needed."""
    chosen, rule = queries.set_for(sheet.set, timezone.localdate()), queries.star_rule()
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
