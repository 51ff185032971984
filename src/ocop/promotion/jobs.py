"""Allocations as jobs: asked for by an officer, computed by the worker, with signs of life."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from ocop.core.actor import SYSTEM, Actor
from ocop.core.jobs import files
from ocop.promotion import allocating
from ocop.promotion.models import Allocation, TradeEvent
from ocop.promotion.services import allocating as services
from ocop.promotion.solving import solve


def ask_allocation(*, actor: Actor, event: TradeEvent, at: datetime) -> Allocation:
    """Ask for an allocation; the worker computes it unless it is at it."""
    asked = services.ask_allocation(actor=actor, event=event, at=at)
    return files.hand_over(asked, work.enqueue)


@task()
def work(key: int, run: int) -> None:
    """The worker's side."""
    files.work(Allocation.objects.select_related("event"), key, run, _make, _give_up)


def resume_silent(*, at: datetime) -> int:
    """Begin again what ended with its machine, or give it up; gives back how many were begun."""
    return files.resume(
        Allocation.objects.all(),
        at=at,
        begin=work.enqueue,
        again=lambda made: services.allocate_again(actor=SYSTEM, made=made, at=at),
        give_up=_give_up,
    )


def _give_up(made: Allocation, failure: str) -> None:
    services.give_up_allocation(actor=SYSTEM, made=made, failure=failure, at=timezone.now())


def _make(made: Allocation) -> None:
    asked = allocating.asked_of(made.event, timezone.localdate())
    outcome = solve(asked.problem, tell=files.heartbeat(made))
    computed = services.Computed(allocating.told(asked, outcome), asked.facts)
    services.keep_allocation(actor=SYSTEM, made=made, computed=computed, at=timezone.now())
