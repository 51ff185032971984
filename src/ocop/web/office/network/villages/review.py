"""What the criteria say of all villages beside the titles they hold: numbers that lead to rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ocop.core.actions import require
from ocop.network.villages import queries, reviewing, rules
from ocop.network.villages.criteria import ARTICLES, Criterion
from ocop.network.villages.laws import law_on
from ocop.network.villages.reviewing import Outcome, Review
from ocop.web.menu import shown
from ocop.web.office.guard import office
from ocop.web.office.network.villages.looks import WORDS
from ocop.web.office.network.villages.menu import TABS
from ocop.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Count:
    """How many villages have an outcome, and the address of their list."""

    words: Any
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """Of the villages with a title, how many miss a criterion, and of how many it is not known."""

    article: str
    words: Any
    missed: int
    unknown: int


@office
def review(request: SignedInRequest) -> HttpResponse:
    """The villages that the actor oversees, held against the criteria of today."""
    require(request.actor, rules.may_open_list)
    today = timezone.localdate()
    rows = queries.working(queries.for_office(request.actor), today)
    found = reviewing.reviewed(rows, today).values()
    context = {
        "tabs": shown(TABS, request.actor, "office:village_review"),
        "law": law_on(today),
        "on": today,
        "counts": _counts(found),
        "lines": _lines(found),
    }
    return render(request, "office/villages/review.html", context)


def _counts(found: Iterable[Review]) -> list[Count]:
    of = Counter(each.outcome for each in found)
    address = reverse("office:villages")
    return [
        Count(each.label, of[each], f"{address}?state=working&review={each.value}")
        for each in Outcome
    ]


def _lines(found: Iterable[Review]) -> list[Line]:
    titled = [each for each in found if each.title]
    missed = Counter(criterion for each in titled for criterion in each.missed)
    unknown = Counter(criterion for each in titled for criterion in each.unknown)
    return [Line(ARTICLES[c], WORDS[c], missed[c], unknown[c]) for c in Criterion]
