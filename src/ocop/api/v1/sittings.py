"""Councils at work: constitution, sittings, agendas, attendance, conflicts, conclusions."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status

from ocop.api.callers import need_scope
from ocop.api.lists import PAGING_DESCRIBED, Page, page, refuse_unknown
from ocop.api.moments import Moment
from ocop.api.requests import ApiRequest
from ocop.api.v1.councils import OutcomeOut, outcome_out
from ocop.api.v1.finding import account
from ocop.api.v1.rounds import ReasonIn
from ocop.councils.models import Council, Item, Obstacle, Position, Seat, Sitting, SittingKind
from ocop.councils.outcome import from_json
from ocop.councils.queries import councils, progress, sheets, sittings
from ocop.councils.services import concluding, constitution, obstacles
from ocop.councils.services import sittings as planning
from ocop.dossiers.services import judging
from ocop.people.scopes import READ_COUNCILS, WRITE_COUNCILS

router = Router(tags=["councils"])
Json = dict[str, Any]


class SeatOut(Schema):
    """A seat of a council; `account` is the person's account."""

    id: int
    account: int
    name: str
    position: str
    organisation: str
    starts_on: date
    ends_on: date | None


class CouncilOut(Schema):
    """A council with its working rules as they were frozen."""

    code: str
    name: str
    decision_number: str
    decided_on: date
    authority: str
    rules: Json
    dissolved_on: date | None
    seats: list[SeatOut]


class SeatIn(Schema):
    """A member as the decision names them. `address` finds conflicts and is shown to nobody."""

    account: int
    position: Position = Position.MEMBER
    organisation: str = ""
    title: str = ""
    address: str = ""


class CouncilIn(Schema):
    """The decision that sets up a council."""

    name: str
    decision_number: str
    decided_on: date
    authority: str
    members: list[SeatIn]


class SittingOut(Schema):
    """A sitting; `items` counts the cases that the caller may see."""

    code: str
    council: str
    kind: str
    passing: int
    title: str
    place: str
    starts_at: datetime
    until: date | None
    state: str
    items: int


class SittingIn(Schema):
    """A sitting to plan; `until` is the last day for written opinions."""

    kind: SittingKind = SittingKind.MEETING
    title: str
    place: str = ""
    starts_at: Moment
    passing: int = 2
    until: date | None = None


class QuorumOut(Schema):
    """Who is there, and whether they are enough."""

    seats: int
    present: int
    needed: int
    chair_present: bool
    reached: bool


class ItemOut(Schema):
    """A case on an agenda. Totals are told when all sheets are in."""

    code: str
    case: str
    title: str
    position: int
    state: str
    attempt: int
    submitted: int
    missing: list[str]
    open_gates: list[str]
    spread: str | None
    mean: str | None
    star: int | None


class SittingProgressOut(Schema):
    """A sitting at this moment."""

    sitting: SittingOut
    quorum: QuorumOut
    items: list[ItemOut]


class ItemDetailOut(Schema):
    """A case on an agenda in full; the outcome when the caller may know it."""

    code: str
    state: str
    attempt: int
    gates: dict[str, bool]
    agreed: dict[str, int]
    discussion: str
    mean: str | None
    star: int | None
    concluded_at: datetime | None
    sha256: str
    outcome: OutcomeOut | None


class AttendanceIn(Schema):
    """Whether a member is there; the reason when not."""

    seat: int
    present: bool
    note: str = ""


class GatesIn(Schema):
    """The council's answers to conditions."""

    gates: dict[str, bool]


class LevelIn(Schema):
    """The level the council agreed on; null takes it back."""

    points: int | None


class TextIn(Schema):
    """What was discussed."""

    text: str


class MoveIn(Schema):
    """Another time or place, and why."""

    starts_at: Moment
    place: str
    reason: str
    until: date | None = None


class CloseIn(Schema):
    """Number and day of the minutes."""

    minutes_number: str = ""
    minutes_on: date | None = None


class MeetingIn(Schema):
    """The meeting that follows written opinions that differ."""

    starts_at: Moment
    place: str
    items: list[str]


class ObstacleOut(Schema):
    """A conflict of interest, and how it was settled."""

    id: int
    case: str
    member: str
    ground: str
    state: str
    reason: str


class SettledIn(Schema):
    """Whether the member is recused, and why."""

    recused: bool
    reason: str


def _seat(row: Seat) -> Json:
    return {
        "id": row.pk,
        "account": row.user_id,
        "name": row.user.name,
        "position": row.position,
        "organisation": row.organisation,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
    }


def _council(request: ApiRequest, row: Council) -> Json:
    return {
        **{name: getattr(row, name) for name in CouncilOut.model_fields if name not in ("seats",)},
        "seats": [_seat(seat) for seat in councils.seats_of(request.actor, row)],
    }


def _sitting(request: ApiRequest, row: Sitting) -> Json:
    return {
        **{
            name: getattr(row, name)
            for name in SittingOut.model_fields
            if name not in ("council", "items")
        },
        "council": row.council.code,
        "items": sittings.agenda(request.actor, row).count(),
    }


def _item(told: progress.ItemProgress) -> Json:
    row = told.item
    return {
        "code": row.code,
        "case": row.case.code,
        "title": row.case.title,
        "position": row.position,
        "state": row.state,
        "attempt": row.attempt,
        "submitted": told.submitted,
        "missing": [seat.user.name for seat in told.missing],
        "open_gates": list(told.open_gates),
        "spread": None if told.spread is None else str(told.spread),
        "mean": None if told.mean is None else str(told.mean),
        "star": row.star,
    }


def find_item(request: ApiRequest, code: str) -> Item:
    """An item among those the caller may see."""
    found: Item = get_object_or_404(sittings.items_visible_to(request.actor), code=code)
    return found


def _find_sitting(request: ApiRequest, code: str) -> Sitting:
    found: Sitting = get_object_or_404(sittings.visible_sittings(request.actor), code=code)
    return found


def _find_council(request: ApiRequest, code: str) -> Council:
    found: Council = get_object_or_404(councils.visible_to(request.actor), code=code)
    return found


def _detail(request: ApiRequest, row: Item) -> Json:
    """The outcome is told as far as the caller may read others' sheets."""
    told = None
    if row.outcome is not None and sheets.may_read_others(request.actor, row):
        rules = councils.rules_of(row.sitting.council)
        told = outcome_out(from_json(row.outcome), rules)
    return {
        "code": row.code,
        "state": row.state,
        "attempt": row.attempt,
        "gates": row.gates,
        "agreed": row.agreed,
        "discussion": row.discussion,
        "mean": None if row.mean is None else str(row.mean),
        "star": row.star,
        "concluded_at": row.concluded_at,
        "sha256": row.outcome_sha256,
        "outcome": told,
    }


@router.get(
    "/councils",
    response=Page[CouncilOut],
    operation_id="councils",
    summary="Hội đồng",
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def council_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The councils that the caller may see."""
    need_scope(request.actor, READ_COUNCILS)
    refuse_unknown(request)
    rows = councils.visible_to(request.actor)
    return page(request, response, rows, lambda row: _council(request, row))


@router.get("/councils/{code}", response=CouncilOut, operation_id="council", summary="Một hội đồng")
def council(request: ApiRequest, code: str) -> Json:
    """One council with its seats and rules."""
    need_scope(request.actor, READ_COUNCILS)
    return _council(request, _find_council(request, code))


@router.post(
    "/councils",
    response={201: CouncilOut},
    operation_id="constitute_council",
    summary="Lập hội đồng",
)
def constitute(request: ApiRequest, told: CouncilIn) -> Status[Json]:
    """Enter a council as the chair of the province decided; its rules are frozen."""
    need_scope(request.actor, WRITE_COUNCILS)
    made = constitution.constitute_council(
        actor=request.actor,
        name=told.name,
        decision_number=told.decision_number,
        decided_on=told.decided_on,
        authority=told.authority,
        members=[
            constitution.NewSeat(
                account(member.account),
                member.position,
                member.organisation,
                member.title,
                member.address,
            )
            for member in told.members
        ],
        at=timezone.now(),
    )
    return Status(201, _council(request, made))


@router.get(
    "/sittings",
    response=Page[SittingOut],
    operation_id="sittings",
    summary="Phiên họp",
    openapi_extra={"parameters": PAGING_DESCRIBED},
)
def sitting_list(request: ApiRequest, response: HttpResponse) -> Json:
    """The sittings that the caller may see."""
    need_scope(request.actor, READ_COUNCILS)
    refuse_unknown(request)
    rows = sittings.visible_sittings(request.actor)
    return page(request, response, rows, lambda row: _sitting(request, row))


@router.get(
    "/sittings/{code}", response=SittingProgressOut, operation_id="sitting", summary="Một phiên họp"
)
def sitting(request: ApiRequest, code: str) -> Json:
    """A sitting at this moment: quorum, and by case who has not scored."""
    need_scope(request.actor, READ_COUNCILS)
    row = _find_sitting(request, code)
    told = progress.progress(request.actor, row)
    return {
        "sitting": _sitting(request, row),
        "quorum": told.quorum,
        "items": [_item(each) for each in told.items],
    }


@router.post(
    "/councils/{code}/sittings",
    response={201: SittingOut},
    operation_id="plan_sitting",
    summary="Lên lịch phiên họp",
)
def plan(request: ApiRequest, code: str, told: SittingIn) -> Status[Json]:
    """Plan a sitting of a council."""
    need_scope(request.actor, WRITE_COUNCILS)
    made = planning.plan_sitting(
        actor=request.actor,
        council=_find_council(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return Status(201, _sitting(request, made))


@router.post(
    "/sittings/{code}/attendance",
    response=QuorumOut,
    operation_id="note_attendance",
    summary="Điểm danh",
)
def attend(request: ApiRequest, code: str, told: list[AttendanceIn]) -> progress.Quorum:
    """Note who is there; answers with the quorum."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = _find_sitting(request, code)
    with transaction.atomic():  # all of the list or nothing
        for each in told:
            planning.note_attendance(
                actor=request.actor,
                sitting=row,
                seat=get_object_or_404(row.council.seats.all(), pk=each.seat),
                present=each.present,
                note=each.note,
                at=timezone.now(),
            )
    return progress.quorum(row)


@router.post(
    "/sittings/{code}/open", response=SittingOut, operation_id="open_sitting", summary="Mở phiên"
)
def open_sitting(request: ApiRequest, code: str) -> Json:
    """Open the sitting: the quorum is there, with the chair."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = _find_sitting(request, code)
    opened = planning.open_sitting(actor=request.actor, sitting=row, at=timezone.now())
    return _sitting(request, opened)


@router.post(
    "/sittings/{code}/start",
    response=SittingOut,
    operation_id="start_scoring",
    summary="Bắt đầu chấm",
)
def start(request: ApiRequest, code: str) -> Json:
    """Let the members mark every case that waits."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = _find_sitting(request, code)
    concluding.start_all(actor=request.actor, sitting=row, at=timezone.now())
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/time", response=SittingOut, operation_id="move_sitting", summary="Đổi lịch"
)
def move(request: ApiRequest, code: str, told: MoveIn) -> Json:
    """Another time or place, with the reason."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = planning.move_sitting(
        actor=request.actor,
        sitting=_find_sitting(request, code),
        at=timezone.now(),
        **told.model_dump(),
    )
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/cancelled",
    response=SittingOut,
    operation_id="cancel_sitting",
    summary="Hủy phiên họp",
)
def cancel(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Cancel a sitting, with the reason."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = judging.cancel_sitting(
        actor=request.actor,
        sitting=_find_sitting(request, code),
        reason=told.reason,
        at=timezone.now(),
    )
    return _sitting(request, row)


@router.put(
    "/sittings/{code}/closed",
    response=SittingOut,
    operation_id="close_sitting",
    summary="Kết thúc phiên họp",
)
def close(request: ApiRequest, code: str, told: CloseIn) -> Json:
    """End a sitting."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = planning.close_sitting(
        actor=request.actor,
        sitting=_find_sitting(request, code),
        minutes_number=told.minutes_number,
        minutes_on=told.minutes_on,
        at=timezone.now(),
    )
    return _sitting(request, row)


@router.post(
    "/sittings/{code}/meeting",
    response={201: SittingOut},
    operation_id="call_meeting",
    summary="Đưa ra họp",
)
def call_meeting(request: ApiRequest, code: str, told: MeetingIn) -> Status[Json]:
    """Bring cases whose written opinions differ before a meeting."""
    need_scope(request.actor, WRITE_COUNCILS)
    made = concluding.call_meeting(
        actor=request.actor,
        sitting=_find_sitting(request, code),
        starts_at=told.starts_at,
        place=told.place,
        items=[find_item(request, each) for each in told.items],
        at=timezone.now(),
    )
    return Status(201, _sitting(request, made))


@router.get(
    "/sittings/{code}/conflicts",
    response=list[ObstacleOut],
    operation_id="conflicts",
    summary="Xung đột lợi ích",
)
def conflicts(request: ApiRequest, code: str) -> list[Json]:
    """The conflicts in cases of a sitting that the caller may read."""
    need_scope(request.actor, READ_COUNCILS)
    row = _find_sitting(request, code)
    cases = sittings.agenda(request.actor, row).order_by().values("case")
    found = sittings.obstacles_visible_to(request.actor).filter(
        case__in=cases, seat__council=row.council
    )
    return [_obstacle(each) for each in found]


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
    "/conflicts/{key}", response=ObstacleOut, operation_id="settle_conflict", summary="Xử lý"
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


@router.get("/items/{code}", response=ItemDetailOut, operation_id="item", summary="Một sản phẩm")
def item(request: ApiRequest, code: str) -> Json:
    """A case on an agenda, with the outcome when the caller may know it."""
    need_scope(request.actor, READ_COUNCILS)
    return _detail(request, find_item(request, code))


@router.post(
    "/items/{code}/conflict",
    response={204: None},
    operation_id="declare_conflict",
    summary="Khai xung đột lợi ích",
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
    "/items/{code}/gates", response=ItemDetailOut, operation_id="answer_gates", summary="Điều kiện"
)
def answer_gates(request: ApiRequest, code: str, told: GatesIn) -> Json:
    """The council's answers to conditions of the criteria set."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.answer_gates(
        actor=request.actor,
        item=find_item(request, code),
        gates=told.gates,
        at=timezone.now(),
    )
    return _detail(request, row)


@router.put(
    "/items/{code}/levels/{criterion}",
    response=ItemDetailOut,
    operation_id="agree_level",
    summary="Mức thống nhất",
)
def agree(request: ApiRequest, code: str, criterion: str, told: LevelIn) -> Json:
    """The level the council agreed on for a criterion."""
    need_scope(request.actor, WRITE_COUNCILS)
    row = concluding.agree_level(
        actor=request.actor,
        item=find_item(request, code),
        criterion=criterion,
        points=told.points,
        at=timezone.now(),
    )
    return _detail(request, row)


@router.put(
    "/items/{code}/discussion",
    response=ItemDetailOut,
    operation_id="note_discussion",
    summary="Nội dung thảo luận",
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
    return _detail(request, row)


@router.post(
    "/items/{code}/rescoring",
    response=ItemDetailOut,
    operation_id="ask_rescoring",
    summary="Chấm lại",
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
    return _detail(request, row)


@router.post(
    "/items/{code}/take-off",
    response=ItemDetailOut,
    operation_id="take_off",
    summary="Đưa ra khỏi phiên",
)
def take_off(request: ApiRequest, code: str, told: ReasonIn) -> Json:
    """Take a case off the agenda; its dossier is ready for another sitting."""
    need_scope(request.actor, WRITE_COUNCILS)
    found, now = find_item(request, code), timezone.now()
    row = judging.take_off(actor=request.actor, item=found, reason=told.reason, at=now)
    return _detail(request, row)


@router.post(
    "/items/{code}/conclusion",
    response=ItemDetailOut,
    operation_id="conclude",
    summary="Kết luận",
)
def conclude(request: ApiRequest, code: str) -> Json:
    """Conclude on a case; the dossier behind it goes on with the result."""
    need_scope(request.actor, WRITE_COUNCILS)
    found = find_item(request, code)
    row = judging.conclude(actor=request.actor, item=found, at=timezone.now())
    return _detail(request, row)
