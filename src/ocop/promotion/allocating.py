"""From the rows of an event to the problem of its booths, and back to codes and labels."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ocop.promotion import allocation, explaining, plan, queries
from ocop.promotion.allocation import Apart, Problem
from ocop.promotion.models import ApplicationState, EventApplication, EventBooth, TradeEvent
from ocop.promotion.priority import Part, total
from ocop.promotion.solving import Outcome

#: Why who has no goods left that may come is not computed with; other reasons: `Reason`.
UNFIT = "conditions"


@dataclass(frozen=True, slots=True)
class Asked:
    """The problem of an event on a day, with what its keys stand for."""

    problem: Problem
    applications: Mapping[int, EventApplication]
    booths: Mapping[int, EventBooth]
    parts: Mapping[int, tuple[Part, ...]]
    unfit: Mapping[str, str] = field(default_factory=dict)  # code → why it is not computed with

    @property
    def facts(self) -> str:
        """A fingerprint: the same facts give the same outcome."""
        told: list[Any] = [self.problem.apart, sorted(self.problem.neighbours)]
        told += [[b.key, b.area, b.sector, b.power, b.water] for b in self.problem.booths]
        told += [
            [a.key, a.sector, a.area, a.points, a.group, a.power, a.water]
            for a in self.problem.applicants
        ]
        told.append(sorted(self.unfit.items()))
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def asked_of(event: TradeEvent, on: date) -> Asked:
    """Booths that nobody keeps, applications that wait for an answer and still have goods that may
    come. Who was given a booth by hand stays there; a neighbour of the own group beside such a
    booth is not looked at."""
    rows = event.applications.filter(state=ApplicationState.SENT).exclude(assignment__by_hand=True)
    waiting = list(rows.select_related("producer").order_by("sent_at", "pk"))
    without = queries.unfit(event, waiting, on)
    applications = [row for row in waiting if row.pk not in without]
    all_booths = list(event.booths.order_by("label"))
    free = [
        booth
        for booth in event.booths.exclude(assignment__by_hand=True).order_by("label")
        if not booth.kept_for
    ]
    parts = queries.points_of(event, applications, on)
    keys = {booth.label: booth.pk for booth in free}
    near = frozenset(
        (keys[one], keys[other])
        for one, other in plan.neighbours([queries.spot_of(booth) for booth in all_booths])
        if one in keys and other in keys
    )
    problem = Problem(
        tuple(
            allocation.Booth(booth.pk, booth.area, booth.sector, booth.power, booth.water)
            for booth in free
        ),
        tuple(
            allocation.Applicant(
                row.pk, row.sector, row.area, total(parts[row.pk]), row.group, row.power, row.water
            )
            for row in applications
        ),
        near,
        Apart(event.apart),
    )
    by_key = {row.pk: row for row in applications}
    unfit = {
        row.code: explaining.nothing_left(without[row.pk]) for row in waiting if row.pk in without
    }
    return Asked(problem, by_key, {booth.pk: booth for booth in free}, parts, unfit)


def told(asked: Asked, outcome: Outcome) -> dict[str, Any]:
    """An outcome as its row keeps it, in codes and labels."""
    refusals = allocation.refusals(asked.problem, outcome.seats)
    return {
        "seats": {
            asked.applications[key].code: asked.booths[booth].label
            for key, booth in outcome.seats.items()
        },
        "refusals": {
            asked.applications[each.applicant].code: {
                "reason": each.reason,
                "suitable": each.suitable,
                "least": each.least,
                "answer": explaining.answer(each, asked.parts[each.applicant]),
            }
            for each in refusals
        }
        | {code: {"reason": UNFIT, "answer": answer} for code, answer in asked.unfit.items()},
        "points": {
            row.code: [[part.key, part.points] for part in asked.parts[key]]
            for key, row in asked.applications.items()
        },
        "booths": len(asked.booths),
        "clashes": outcome.clashes,
        "gap": round(outcome.gap, 4),
        "place_gap": round(outcome.place_gap, 4),
        "seconds": round(outcome.seconds, 1),
    }
