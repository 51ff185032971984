"""How members mark, for the chair, the office and auditors: concluded cases of a sitting."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404
from ninja import Router, Schema

from ocop.api.callers import need_scope
from ocop.api.requests import ApiRequest
from ocop.api.v1.finding import find_sitting
from ocop.core.language import noop as N_
from ocop.core.numbers import half_up
from ocop.councils.queries import statistics
from ocop.councils.queries.statistics import ItemStatistics
from ocop.councils.statistics import Agreement, Pattern
from ocop.people.scopes import READ_COUNCILS

router = Router(tags=["councils"])

Json = dict[str, Any]
_PLACES = 4


class AgreementOut(Schema):
    """Intraclass correlation, two-way random, absolute agreement: `single` is ICC(2,1) and
    `average` ICC(2,k); null where it is undefined. `within` is the variance of the members' values
    of one case."""

    cases: int
    members: int
    single: Decimal | None
    average: Decimal | None
    within: Decimal | None


class MemberDistanceOut(Schema):
    """A member on one case: `distance` is the total less the mean, `star_without` the star if the
    member were left out; null for none."""

    member: str
    total: Decimal
    distance: Decimal
    star_without: int | None


class ItemStatisticsOut(Schema):
    """A concluded case. `agreement` is that of the members over its criteria; `self_difference` is
    the council's mean less the producer's own score."""

    item: str
    mean: Decimal | None
    star: int | None
    members: list[MemberDistanceOut]
    agreement: AgreementOut
    self_total: Decimal | None
    self_difference: Decimal | None


class PatternOut(Schema):
    """A member over all cases: mean distance from the mean, its mean size, and in how many cases
    the member gave most or least."""

    member: str
    cases: int
    distance: Decimal
    size: Decimal
    highest: int
    lowest: int


class StatisticsOut(Schema):
    """How the members of a sitting marked; `agreement` is that of their totals over the cases."""

    items: list[ItemStatisticsOut]
    agreement: AgreementOut
    members: list[PatternOut]


@router.get(
    "/sittings/{code}/statistics",
    response=StatisticsOut,
    operation_id="sitting_statistics",
    summary=N_("Thống kê chấm điểm của một phiên họp"),
)
def of_sitting(request: ApiRequest, code: str) -> Json:
    """How members marked the concluded cases, for who may know it."""
    need_scope(request.actor, READ_COUNCILS)
    found = statistics.of_sitting(request.actor, find_sitting(request, code))
    if found is None:
        raise Http404
    return {
        "items": [_item(one) for one in found.items],
        "agreement": _agreement(found.agreement),
        "members": [_pattern(one) for one in found.patterns],
    }


def _item(one: ItemStatistics) -> Json:
    return {
        "item": one.item.code,
        "mean": _number(one.outcome.mean),
        "star": one.item.star,
        "members": [
            {
                "member": name,
                "total": total,
                "distance": _number(one.distances[name]),
                "star_without": one.without.get(name),
            }
            for name, total in one.outcome.totals.items()
        ],
        "agreement": _agreement(one.agreement),
        "self_total": _number(one.self_total),
        "self_difference": _number(one.self_difference),
    }


def _agreement(found: Agreement) -> Json:
    return {
        "cases": found.cases,
        "members": found.members,
        "single": _number(found.single),
        "average": _number(found.average),
        "within": _number(found.within),
    }


def _pattern(one: Pattern) -> Json:
    return {
        "member": one.member,
        "cases": one.cases,
        "distance": _number(one.distance),
        "size": _number(one.size),
        "highest": one.highest,
        "lowest": one.lowest,
    }


def _number(value: Fraction | Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value, _PLACES)
