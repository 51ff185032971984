"""Which rows of the register an indicator speaks of. One row per product, always."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Window,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast, Coalesce, RowNumber, Substr

from ocop.core import options
from ocop.core.db import Among
from ocop.programme.scope import Scope
from ocop.recognition.models import Evidence, Kind, Recognition
from ocop.recognition.standing import eligible
from ocop.recognition.states import holding, set_aside_after, state_case
from ocop.recognition.visibility import published

Rows = QuerySet[Any]  # recognitions that carry their `counted_year`

#: A proposal is no recognition yet, and a shop's word is not the programme's.
NOT_COUNTED = (Evidence.B2, Evidence.C)
#: By way of text, which both databases do themselves; ExtractYear calls back into Python on one.
_YEAR = Coalesce(
    Cast(Substr(Cast("evaluated_on", CharField()), 1, 4), IntegerField()),
    "year",
    output_field=IntegerField(),
)
_IN_TIME = ("counted_year", F("evaluated_on").asc(nulls_last=True), "pk")


def standing(scope: Scope) -> Rows:
    """Recognitions of the province that stood on the day, dated or not; annulled ones never.

    A result given wrongly is annulled (Art. 10.1b, Decision 26/2026/QĐ-TTg): from that day it is
    as if it had not been; a wrong record never was. Revoked and expired ones did happen and stay.
    Demonstration rows count in a demonstration only, imported rows from their publication on.
    """
    return (
        Recognition.objects.filter(
            Q(annulled_on=None) | Q(annulled_on__gt=scope.as_of),
            published(),
            mistaken=False,
            province=scope.province,
        )
        .exclude(evidence__in=_left_out(scope))
        .annotate(counted_year=_YEAR)
    )


def dated(scope: Scope) -> Rows:
    """Those evaluated by the day; where only the year is known it must be over."""
    year = (scope.as_of + timedelta(days=1)).year
    return standing(scope).filter(
        Q(evaluated_on__lte=scope.as_of) | Q(evaluated_on=None, year__lt=year)
    )


def evaluated(scope: Scope) -> Rows:
    """The first recognition of every product, up to the day."""
    return _one_per_product(dated(scope), *_IN_TIME)


def evaluated_in_term(scope: Scope) -> Rows:
    """Products whose first recognition fell in the term."""
    return _in_term(evaluated(scope), scope)


def evaluated_before_term(scope: Scope) -> Rows:
    """Products whose first recognition is older than the term."""
    return evaluated(scope).filter(counted_year__lt=scope.term.first)


def reevaluated(scope: Scope) -> Rows:
    """Products evaluated again in the term: the latest time of each."""
    return _again(scope, Kind.REEVALUATION)


def upgraded(scope: Scope) -> Rows:
    """Products raised to a higher star in the term: the latest time of each."""
    return _again(scope, Kind.UPGRADE)


def valid(scope: Scope) -> Rows:
    """The recognition by which each product holds a star on the day: the one that rules it.

    As in the register: behind a revoked star no older one comes to life again.
    """
    rows = eligible(scope.as_of).filter(province=scope.province)
    rows = rows.exclude(evidence__in=_left_out(scope))
    ruling = _one_per_product(rows, "-weight", F("began").desc(nulls_last=True), "-pk")
    return ruling.alias(state=state_case(scope.as_of)).filter(holding())


def undated(scope: Scope) -> Rows:
    """Products known to be recognised without a year: in no count that has a date."""
    rows = (
        standing(scope)
        .filter(counted_year=None)
        .exclude(product__in=dated(scope).values("product"))
    )
    return _one_per_product(rows, "pk")


def ended(scope: Scope) -> Rows:
    """The latest recognition of each product whose 36 months ran out in the term, by the day."""
    rows = standing(scope).filter(
        Q(revoked_on=None) | Q(revoked_on__gt=F("expires_on")) | Q(restored_on__lte=scope.as_of),
        ~Q(pk__in=set_aside_after(scope.as_of)),
        expires_on__gte=scope.term.starts_on,
        expires_on__lt=min(scope.term.ends_on, scope.as_of),
    )
    return _one_per_product(rows, "-expires_on", "-pk")


def again(scope: Scope) -> Exists:
    """Whether a row of `ended` was followed by another recognition of its product, by the day."""
    return Exists(_later(scope))


def in_time(scope: Scope) -> Exists:
    """Whether that came while the star still held: by its last day, the extension of Art. 12.3
    included."""
    return Exists(
        _later(scope).filter(
            Q(evaluated_on__lte=OuterRef("expires_on"))
            | Q(evaluated_on__lte=OuterRef("extended_until"))
        )
    )


def renewed_late(scope: Scope) -> Rows:
    """Those of `ended` that were recognised again only after their star had ended."""
    return ended(scope).filter(again(scope), ~in_time(scope))


def not_renewed(scope: Scope) -> Rows:
    """Those of `ended` that nobody has recognised again."""
    return ended(scope).filter(~again(scope))


def _later(scope: Scope) -> Rows:
    return dated(scope).filter(
        product=OuterRef("product"), evaluated_on__gt=OuterRef("evaluated_on")
    )


def _left_out(scope: Scope) -> tuple[Evidence, ...]:
    """Invented and real rows are never summed: a demonstration counts its own province's invented
    rows there and the real ones elsewhere."""
    if scope.demonstration and scope.province == options.PROVINCE.get():
        return tuple(level for level in Evidence if level is not Evidence.M)
    return (*NOT_COUNTED, Evidence.M)


def beside(scope: Scope) -> Rows:
    """Real rows of a demonstration's own province, as somebody tried an import: found in the
    catalogue, and in no number."""
    if not (scope.demonstration and scope.province == options.PROVINCE.get()):
        return Recognition.objects.none()
    rows = Recognition.objects.filter(province=scope.province)
    return rows.filter(published()).exclude(evidence__in=(*NOT_COUNTED, Evidence.M))


def _again(scope: Scope, kind: Kind) -> Rows:
    rows = _in_term(dated(scope).filter(kind=kind), scope)
    return _one_per_product(rows, "-counted_year", F("evaluated_on").desc(nulls_last=True), "-pk")


def _in_term(rows: Rows, scope: Scope) -> Rows:
    return rows.filter(counted_year__range=(scope.term.first, scope.term.last))


def _one_per_product(rows: Rows, *order: str | OrderBy) -> Rows:
    turn = Window(RowNumber(), partition_by="product_id", order_by=order)
    chosen = rows.annotate(turn=turn).filter(turn=1).values("pk")
    return Recognition.objects.filter(Among("pk", chosen)).annotate(counted_year=_YEAR)
