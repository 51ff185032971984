"""A case on an agenda: conflicts, conditions, levels, discussion, rescoring, conclusion."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.inputs import JsonIn
from ocop.api.lists import PAGING_DESCRIBED, Page, page
from ocop.api.requests import ApiRequest
from ocop.api.v1.councils import OutcomeOut, outcome_out
from ocop.api.v1.finding import find_item, find_sitting
from ocop.api.v1.rounds import ReasonIn
from ocop.core.language import noop as N_
from ocop.councils.models import Item, Obstacle
from ocop.councils.outcome import from_json
from ocop.councils.queries import councils, progress, sheets, sittings
from ocop.councils.services import concluding, obstacles
from ocop.dossiers.services import judging
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["councils"])


Json = dict[str, Any]


class ItemDetailOut(Schema):
    """A case on an agenda in full; the outcome when the caller may know it."""

    code: str
    state: str
    attempt: int
    gates: dict[str, bool]
    gate_reasons: dict[str, str]
    agreed: dict[str, int]
    discussion: str
    mean: str | None
    star: int | None
    concluded_at: datetime | None
    sha256: str
    outcome: OutcomeOut | None


class GatesIn(JsonIn):
    """The council's answers to conditions; null takes one back. Answers against the members' own
    need the reason."""

    gates: dict[str, bool | None]
    reason: str = ""


class LevelIn(JsonIn):
    """The level the council agreed on; null takes it back. Another level than most members gave
    needs the reason."""

    points: int | None
    reason: str = ""


class TextIn(JsonIn):
    """What was discussed."""

    text: str


class ObstacleOut(Schema):
    """A conflict of interest, and how it was settled."""

    id: int
    case: str
    member: str
    ground: str
    state: str
    reason: str


class SettledIn(JsonIn):
    """Whether the member is recused, and why."""

    recused: bool
    reason: str


def item_out(request: ApiRequest, row: Item) -> Json:
    """A case as the caller may read it."""
    """The outcome is told as far as the caller may read others' sheets."""
    told = None
    if row.outcome is not None and sheets.may_read_others(request.actor, row):
        rules = councils.rules_of(row.sitting.council)
        told = outcome_out(from_json(row.outcome), rules, passing=row.sitting.passing)
    return {
        "code": row.code,
        "state": row.state,
        "attempt": row.attempt,
        "gates": row.gates,
        "gate_reasons": row.gate_reasons,
        "agreed": progress.agreed_levels(row, progress.counted_sheets(row)),
        "discussion": row.discussion,
        "mean": None if row.mean is None else str(row.mean),
        "star": row.star,
        "concluded_at": row.concluded_at,
        "sha256": row.outcome_sha256,
        "outcome": told,
    }


@router.get(
    "/sittings/{code}/conflicts",
    response=Page[ObstacleOut],
    operation_id="conflicts",
    summary=N_("Các xung đột lợi ích"),
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def conflicts(request: ApiRequest, response: HttpResponse, code: str) -> Json:
    """The conflicts in cases of a sitting that the caller may read."""
    need_scope(request.actor, READ_COUNCILS)
    row = find_sitting(request, code)
    cases = sittings.agenda(request.actor, row).order_by().values("case")
    found = sittings.obstacles_visible_to(request.actor).filter(
        case__in=cases, seat__council=row.council
    )
    return page(request, response, found, _obstacle)


def _obstacle(row: Obstacle) -> Json:
    return {
        "id": row.pk,
        "case": row.case.code,
        "member": row.seat.user.name,
        "ground": row.ground,
        "state": row.state,
        "reason": row.reason,
    }


@router.put(
    "/conflicts/{key}",
    response=ObstacleOut,
    operation_id="settle_conflict",
    summary=N_("Xử lý xung đột lợi ích"),
)
def settle(request: ApiRequest, key: int, told: SettledIn) -> Json:
    """Settle a warning: recused or free to judge."""
    need_scope(request.actor, WRITE_COUNCILS)
    found = get_object_or_404(sittings.obstacles_visible_to(request.actor), pk=key)
    row = obstacles.settle_obstacle(
        actor=request.actor,
        obstacle=found,
        recused=told.recused,
        reason=told.reason,
        at=timezone.now(),
    )
    return _obstacle(row)


@router.get(
    "/items/{code}",
    response=ItemDetailOut,
    operation_id="item",
    summary=N_("Một hồ sơ trong phiên họp"),
)
def item(request: ApiRequest, code: str) -> Json:
    """A case on an agenda, with the outcome when the caller may know it."""
    need_scope(request.actor, READ_COUNCILS)
    return item_out(request, find_item(request, code))


@router.post(
    "/items/{code}/conflict",
    response={204: None},
    operation_id="declare_conflict",
    summary=N_("Khai xung đột lợi ích"),
)
def declare(request: ApiRequest, code: str, told: ReasonIn) -> Status[None]:
    """Declare a conflict of interest: recused at once, and the case is gone from sight."""
    need_scope(request.actor, WRITE_COUNCILS)
    obstacles.declare_conflict(
        actor=request.actor,
        case=find_item(request, code).case,
        reason=told.reason,
        at=timezone.now(),
    )
    return Status(204, None)


@router.put(
    "/items/{code}/gates",
    response=ItemDetailOut,
    operation_id="answer_gates",
    summary=N_("Trả lời các điều kiện"),
)
def answer_gates(request: ApiRequest, code: str, told: GatesIn) -> Json:
    """The council's answers to conditions of the criteria set."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.answer_gates(
        actor=request.actor,
        item=find_item(request, code),
        gates=told.gates,
        reason=told.reason,
        at=timezone.now(),
    )
    return item_out(request, row)


@router.put(
    "/items/{code}/levels/{criterion}",
    response=ItemDetailOut,
    operation_id="agree_level",
    summary=N_("Ghi mức thống nhất"),
)
def agree(request: ApiRequest, code: str, criterion: str, told: LevelIn) -> Json:
    """The level the council agreed on for a criterion."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.agree_level(
        actor=request.actor,
        item=find_item(request, code),
        criterion=criterion,
        points=told.points,
        reason=told.reason,
        at=timezone.now(),
    )
    return item_out(request, row)


@router.put(
    "/items/{code}/discussion",
    response=ItemDetailOut,
    operation_id="note_discussion",
    summary=N_("Ghi nội dung thảo luận"),
)
def discuss(request: ApiRequest, code: str, told: TextIn) -> Json:
    """What was discussed, for the minutes."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.note_discussion(
        actor=request.actor,
        item=find_item(request, code),
        text=told.text,
        at=timezone.now(),
    )
    return item_out(request, row)


@router.post(
    "/items/{code}/rescoring",
    response=ItemDetailOut,
    operation_id="ask_rescoring",
    summary=N_("Cho chấm lại"),
)
def rescore(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Have a case marked again, with the reason."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.ask_rescoring(
        actor=request.actor,
        item=find_item(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return item_out(request, row)


@router.post(
    "/items/{code}/take-off",
    response=ItemDetailOut,
    operation_id="take_off",
    summary=N_("Đưa ra khỏi phiên"),
)
def take_off(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Take a case off the agenda; its dossier is ready for another sitting."""
    need_scope(request.actor, WRITE_COUNCILS)
    found, now = find_item(request, code), timezone.now()
    row = judging.take_off(actor=request.actor, item=found, reason=told.reason, at=now)
    return item_out(request, row)


@router.post(
    "/items/{code}/conclusion",
    response=ItemDetailOut,
    operation_id="conclude",
    summary=N_("Kết luận một hồ sơ"),
)
def conclude(request: ApiRequest, code: str, no_gaps: bool = False) -> Json:
    """Conclude on a case; the dossier behind it goes on with the result. `no_gaps`: a first pass
    that recorded nothing says that there is nothing to complete."""
    need_scope(request.actor, WRITE_COUNCILS)
    found = find_item(request, code)
    row = judging.conclude(actor=request.actor, item=found, at=timezone.now(), no_gaps=no_gaps)
    return item_out(request, row)
