"""The work of those who chair, keep the minutes or plan: part of the home page of councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ocop.councils import rules
from ocop.councils.models import Item, Sitting, SittingState
from ocop.councils.queries import councils as council_queries
from ocop.councils.queries import sittings as queries
from ocop.web.council.board import board_of
from ocop.web.council.steps import Next, next_of
from ocop.web.requests import SignedInRequest

_FULL = 6  # sittings told with their next step; more are in the list of the council


@dataclass(frozen=True, slots=True)
class Running:
    """A sitting in work, with what it waits for."""

    sitting: Sitting
    next_step: Next | None
    concluded: int
    cases: int


def running(
    request: SignedInRequest, agendas: Mapping[int, Sequence[Item]]
) -> dict[str, Any] | None:
    """What `council/_running.html` shows; None for a member who leads and plans nothing.

    `agendas` are those of sittings that the page has read already, by their keys.
    """
    actor, today = request.actor, timezone.localdate()
    councils = list(council_queries.visible_to(actor).filter(dissolved_on=None))
    led = [one for one in councils if rules.may_plan(actor, one, today)]
    if not led and not rules.may_see_all(actor):
        return None
    alive = (SittingState.PLANNED, SittingState.OPEN)
    shown = led or councils
    sittings = queries.visible_sittings(actor).filter(council__in=shown, state__in=alive)
    return {
        "sittings": [
            _one(request, sitting, agendas.get(sitting.pk))
            for sitting in sittings.order_by("starts_at")[:_FULL]
        ],
        "councils": shown,
        "may_constitute": rules.may_constitute(actor),
    }


def _one(request: SignedInRequest, sitting: Sitting, agenda: Sequence[Item] | None) -> Running:
    actor = request.actor
    board = board_of(actor, sitting, agenda)
    leads, plans = rules.may_steer(actor, sitting), rules.may_plan_sitting(actor, sitting)
    step = next_of(board, leads=leads, plans=plans)
    cases = len(board.lines)
    return Running(sitting, step, board.concluded, cases)
