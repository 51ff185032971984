"""The score calculator: a sheet, what it comes to, and what lifts it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.criteria import queries
from ocop.criteria.advice import Way, advise
from ocop.criteria.scoring import Outcome, score, unanswered
from ocop.criteria.sets import CriteriaSet
from ocop.products.models import Sector
from ocop.web.office.criteria_forms import SheetForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@office
def choose(request: SignedInRequest) -> HttpResponse:
    """Which set to score by."""
    found = list(queries.current(request.actor))
    groups = [(s.label, [v for v in found if v.sector == s.value]) for s in Sector]
    return render(request, "office/calculator.html", {"groups": groups})


@office
def sheet(request: SignedInRequest, number: int) -> HttpResponse:
    """A sheet of one set. Its marks stand in the address, so a result can be kept and sent."""
    criteria_set = queries.set_in_words(number, timezone.localdate())
    form = SheetForm(criteria_set, request.GET or None)
    context: dict[str, Any] = {"set": criteria_set, "form": form}
    if form.is_bound and form.is_valid():
        context |= _result(criteria_set, form)
    return render(request, "office/sheet.html", context)


def _result(criteria_set: CriteriaSet, form: SheetForm) -> dict[str, Any]:
    marks = form.marks
    # A sheet in the making: what has no mark yet is open, also where a zero would stop it.
    how: dict[str, Any] = {
        "gates": form.answers,
        "rule": queries.star_rule(),
        "dependent": True,
        "unmarked_open": True,
    }
    outcome = score(criteria_set, marks, **how)
    ways = advise(criteria_set, marks, **how)
    return {
        "outcome": outcome,
        "sections": [
            (s.code, s.name, outcome.sections[s.code], s.max) for s in criteria_set.sections
        ],
        "missed": _missed(criteria_set, outcome),
        "ways": [_told(criteria_set, way) for way in ways],
        "open": len(unanswered(criteria_set, marks)),
        "open_sensory": [
            criteria_set.by_code[code] for code in criteria_set.sensory if code not in marks
        ],
    }


def _missed(criteria_set: CriteriaSet, outcome: Outcome) -> list[tuple[int, list[Any]]]:
    return [
        (star, [(criteria_set.by_code[code], need) for code, need in missed.items()])
        for star, missed in outcome.missed.items()
        if missed
    ]


def _told(criteria_set: CriteriaSet, way: Way) -> dict[str, Any]:
    return {
        "star": way.star,
        "points": way.points,
        "changes": [(criteria_set.by_code[c.criterion], c.now, c.then) for c in way.changes],
    }
