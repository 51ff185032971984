"""Allocations: asked for, computed by a job, taken onto the plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from ocop.core import language
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.jobs import files
from ocop.core.jobs.files import JobState
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import allocating, lifecycle, rules
from ocop.promotion.models import Allocation, BoothAssignment, EventApplication, TradeEvent
from ocop.promotion.solving import STEPS


@dataclass(frozen=True, slots=True)
class Computed:
    """What a job computed: the result as its row keeps it, and from which facts."""

    result: dict[str, Any]
    facts: str


@action("promotion.ask_allocation")
def ask_allocation(*, actor: Actor, event: TradeEvent, at: datetime) -> Allocation:
    """Ask for booths to be given by computation; nothing changes until the result is taken.

    Refused: an event that is not being chosen for, no free booths, nobody who waits.
    """
    require(actor, rules.may_manage)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    _expect_selecting(event)
    asked = allocating.asked_of(event, timezone.localdate(at))
    if not asked.problem.booths:
        raise Refused("no_booths", _("Sơ đồ chưa có gian nào để xếp. Hãy lập sơ đồ trước."))
    if not asked.problem.applicants:
        raise Refused("no_applicants", _("Không có hồ sơ nào chờ xếp gian."))
    work = (JobState.WAITING, JobState.WORKING)
    found = Allocation.objects.filter(event=event, state__in=work).first()
    if found is None:
        found = Allocation.objects.create(
            code=public_code(), event=event, language=language.active(),
            asked_by_id=actor.user_id, seen_at=at, asked_at=at, pieces=STEPS, facts=asked.facts,
        )  # fmt: skip
    record(actor, "promotion.allocation_asked", found, event, at=at)
    return found


@action("promotion.keep_allocation")
def keep_allocation(
    *, actor: Actor, made: Allocation, computed: Computed, at: datetime
) -> Allocation:
    """Keep what the job computed."""
    require(actor, rules.may_keep_allocations)
    files.make_ready(made, at, result=computed.result, facts=computed.facts)
    result = computed.result
    record(
        actor, "promotion.allocation_made", made, made.event, at=at,
        change={"seats": len(result["seats"]), "refusals": len(result["refusals"])},
    )  # fmt: skip
    return made


@action("promotion.give_up_allocation")
def give_up_allocation(*, actor: Actor, made: Allocation, failure: str, at: datetime) -> Allocation:
    """Note why there is no result."""
    require(actor, rules.may_keep_allocations)
    files.make_failed(made, failure, at)
    record(actor, "promotion.allocation_failed", made, made.event, at=at)
    return made


@action("promotion.allocate_again")
def allocate_again(*, actor: Actor, made: Allocation, at: datetime) -> Allocation:
    """Begin a job anew that ended with its machine. Refused: it did not fall silent."""
    require(actor, rules.may_keep_allocations)
    silent = files.stopped(Allocation.objects.filter(pk=made.pk), at)
    if not silent.exists() or not files.begin_again(made, at):
        raise Refused("allocation_at_work", _("Việc xếp gian đang chạy."))
    record(actor, "promotion.allocation_begun_again", made, made.event, at=at)
    return made


@action("promotion.take_allocation")
def take_allocation(*, actor: Actor, made: Allocation, at: datetime) -> Allocation:
    """Put a computed result onto the plan: booths given by computation before are given anew, those
    given by hand stay. Each applicant keeps its points, and who gets no booth the reason.

    Refused: no result, taken already, or booths and applications that changed since.
    """
    require(actor, rules.may_manage)
    event = made.event
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    made.refresh_from_db()
    _expect_selecting(event)
    if not made.is_there:
        raise Refused("allocation_not_ready", _("Chưa có kết quả xếp gian."))
    if made.taken_at is not None:
        raise Refused("allocation_taken", _("Kết quả này đã được đưa lên sơ đồ."))
    asked = allocating.asked_of(event, timezone.localdate(at))
    if asked.facts != made.facts:
        raise Refused(
            "allocation_stale",
            _("Sơ đồ, hồ sơ hoặc điểm ưu tiên đã thay đổi sau khi tính. Hãy xếp lại."),
        )
    seats, refusals = made.result["seats"], made.result["refusals"]
    labels = {booth.label: booth for booth in asked.booths.values()}
    rows = list(asked.applications.values())
    BoothAssignment.objects.filter(booth__event=event, by_hand=False).delete()
    for row in rows:
        row.points_told = made.result["points"][row.code]
        row.points = sum(points for _key, points in row.points_told)
        row.answer = "" if row.code in seats else refusals[row.code]["answer"][:500]
    EventApplication.objects.bulk_update(rows, ["points", "points_told", "answer"], batch_size=500)
    BoothAssignment.objects.bulk_create(
        BoothAssignment(
            booth=labels[seats[row.code]], application=row, by_hand=False, assigned_at=at
        )
        for row in rows
        if row.code in seats
    )
    made.taken_at = at
    made.save(update_fields=["taken_at"])
    record(
        actor, "promotion.allocation_taken", made, event, at=at,
        change={"seats": len(seats), "refusals": len(refusals)},
        also=[("eventapplication", row.pk) for row in rows],
    )  # fmt: skip
    return made


def _expect_selecting(event: TradeEvent) -> None:
    event.refresh_from_db(fields=["state", "takes_booths"])
    if not event.takes_booths:
        raise Refused("no_booths", _("Sự kiện này không có gian hàng."))
    if event.state != lifecycle.SELECTING:
        raise Refused(
            "event_state", _("Hãy đóng đăng ký trước khi xếp gian; sau khi công bố chỉ xếp tay.")
        )
