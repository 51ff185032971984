"""Writes of councils: conflicts of interest, declared, found and settled."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import conflicts, notices, rules
from ocop.councils.models import (
    Case,
    Ground,
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Seat,
    Sitting,
    SittingState,
)
from ocop.councils.queries import councils
from ocop.councils.services import steps
from ocop.producers.models import ProducerKind, ProducerMembership


@action("councils.declare_conflict")
def declare_conflict(*, actor: Actor, case: Case, reason: str, at: datetime) -> Obstacle:
    """A member says not to be free in a case and is out of it at once; one tap, reason or none.

    The member's sheet counts no more. Refused when the council has concluded on it already, or
    to whoever has no seat in a council before which it stands. Again, it is no error.
    """
    today = timezone.localdate(at)
    require(actor, rules.may_declare, case, today)
    check_text(reason.strip(), "reason")
    _hold(case)
    if case.items.filter(state=ItemState.CONCLUDED, sitting__passing=2).exists():
        raise Refused(
            "concluded",
            _("Hội đồng đã kết luận về sản phẩm này. Hãy báo Chủ tịch hội đồng bằng văn bản."),
        )
    seat = (
        Seat.objects.filter(
            *rules.seated(today), user=actor.user_id, council__sittings__items__case=case
        )
        .order_by("-pk")
        .first()
    )
    if seat is None:
        raise steps.not_yours()
    obstacle, created = Obstacle.objects.get_or_create(
        case=case,
        seat=seat,
        ground=Ground.DECLARED,
        defaults={
            "state": ObstacleState.RECUSED,
            "reason": reason.strip(),
            "raised_at": at,
            "settled_at": at,
            "settled_by": actor.user_id,
        },
    )
    if created or obstacle.state != ObstacleState.RECUSED:
        obstacle.state, obstacle.settled_at = ObstacleState.RECUSED, at
        obstacle.settled_by = actor.user_id
        fits(obstacle)
        obstacle.save()
        record(actor, "councils.conflict_declared", case, seat, at=at)
    return obstacle


@action("councils.settle_obstacle")
def settle_obstacle(
    *, actor: Actor, obstacle: Obstacle, recused: bool, reason: str, at: datetime
) -> Obstacle:
    """Say whether a member keeps out of a case or takes part, with the reason.

    Nobody settles the own conflict, nor of a case one is recused from. Refused without a reason,
    and once the council has concluded.
    """
    require(actor, rules.may_settle, obstacle, timezone.localdate(at))
    needs_reason(reason)
    _hold(obstacle.case)
    if obstacle.case.items.filter(state=ItemState.CONCLUDED, sitting__passing=2).exists():
        raise Refused("concluded", _("Hội đồng đã kết luận về sản phẩm này, không đổi được nữa."))
    obstacle.refresh_from_db()
    obstacle.state = ObstacleState.RECUSED if recused else ObstacleState.DISMISSED
    obstacle.reason, obstacle.settled_at, obstacle.settled_by = reason.strip(), at, actor.user_id
    fits(obstacle)
    obstacle.save()
    record(
        actor,
        "councils.obstacle_settled",
        obstacle.case,
        obstacle.seat,
        at=at,
        reason=reason.strip(),
        change={"state": obstacle.state},
    )
    return obstacle


@action("councils.find_conflicts")
def find_conflicts(*, actor: Actor, sitting: Sitting, at: datetime) -> list[Obstacle]:
    """Look for conflicts between the members and the producers on an agenda; the new ones.

    A member who leads or works for a producer is recused at once; other likenesses warn and wait
    for the chair. What was found or settled before stays as it is.
    """
    require(actor, rules.may_plan_sitting, sitting)
    found = look(sitting, at=at)
    record(actor, "councils.conflicts_found", sitting, at=at, change={"found": len(found)})
    return found


def look(sitting: Sitting, *, at: datetime, cases: Iterable[Case] | None = None) -> list[Obstacle]:
    """The same inside another action: no check of rights and no event of its own."""
    if cases is None:
        cases = [
            item.case
            for item in sitting.items.exclude(state=ItemState.TAKEN_OFF).select_related(
                "case__producer"
            )
        ]
    cases = list(cases)
    seats = councils.seats_on(sitting.council, rules.day_of(sitting))
    working_for = set(
        ProducerMembership.objects.filter(
            *rules.seated(timezone.localdate(at)), user__in=[seat.user_id for seat in seats]
        ).values_list("user", "producer")
    )
    known = set(
        Obstacle.objects.filter(case__in=cases, seat__in=seats).values_list(
            "case", "seat", "ground"
        )
    )
    found = [
        Obstacle(
            case=case,
            seat=seat,
            ground=ground,
            state=ObstacleState.RECUSED if conflicts.is_certain(ground) else ObstacleState.WARNED,
            raised_at=at,
            settled_at=at if conflicts.is_certain(ground) else None,
        )
        for case in cases
        for seat in seats
        for ground in _grounds(seat, case, working_for)
        if (case.pk, seat.pk, ground) not in known
    ]
    Obstacle.objects.bulk_create(found, ignore_conflicts=True)
    for obstacle in found:
        if obstacle.state == ObstacleState.WARNED:
            notices.conflict_found(obstacle=obstacle, at=at)
    return found


def keep_recused(before: Iterable[Case], case: Case) -> None:
    """Who was out of earlier cases of the same matter is out of the new one, too: what a member
    declared, what the chair settled and what was certain. The last word on a ground holds."""
    settled = Obstacle.objects.filter(case__in=list(before)).exclude(state=ObstacleState.WARNED)
    last = {(row.seat_id, row.ground): row for row in settled.order_by("pk")}
    kept = [row for row in last.values() if row.state == ObstacleState.RECUSED]
    for row in kept:
        row.pk, row.case = None, case
    Obstacle.objects.bulk_create(kept)


def _grounds(seat: Seat, case: Case, working_for: set[tuple[int, int]]) -> list[str]:
    producer = case.producer
    if producer is None:
        return []
    return conflicts.grounds(
        conflicts.Person(
            seat.user.name,
            seat.organisation,
            seat.address,
            (seat.user_id, producer.pk) in working_for,
        ),
        conflicts.Maker(
            producer.name,
            producer.leader_name,
            producer.kind == ProducerKind.HOUSEHOLD,
            producer.address,
        ),
    )


def _hold(case: Case) -> None:
    """Hold the items of a case, so that no conclusion falls between."""
    list(
        Item.objects.select_for_update(of=("self",))
        .filter(case=case)
        .exclude(state=ItemState.TAKEN_OFF)
        .order_by("pk")
    )


def unsettled(sitting: Sitting, cases: Iterable[Case]) -> int:
    """Warnings of these cases that wait for the chair."""
    if sitting.state == SittingState.CANCELLED:
        return 0
    return Obstacle.objects.filter(
        case__in=list(cases), seat__council=sitting.council, state=ObstacleState.WARNED
    ).count()
