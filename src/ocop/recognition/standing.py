"""Which recognition of a product rules on a day.

The latest that has begun and is not annulled: an upgrade or a re-evaluation replaces what was
before, and a revoked one is not replaced by an older star. A wrong record never ruled. Rows whose
first day is not known stand behind those that have one; a trade source (C) stands behind everything
that an office said; a proposal (B2) and rows that are not published never rule. So everybody sees
the same star.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from ocop.products.models import Product
from ocop.recognition.models import Evidence, Recognition
from ocop.recognition.states import rank_case, state_case, with_state
from ocop.recognition.visibility import brought, never_public, published

#: The first day of a recognition, or the first of its year when only that is known.
_BEGAN = Coalesce(
    "valid_from",
    "decision__signed_on",
    "evaluated_on",
    Case(
        When(
            year__isnull=False,
            then=Cast(Concat(Cast("year", CharField()), Value("-01-01")), DateField()),
        )
    ),
    output_field=DateField(),
)
_WEIGHT = Case(
    When(evidence=Evidence.C, then=Value(0)), default=Value(1), output_field=IntegerField()
)


def with_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Recognitions with what orders those of a product: `weight`, and the day each `began` (None:
    not known)."""
    return rows.annotate(began=_BEGAN, weight=_WEIGHT)


def eligible(on: date, *, awaited: bool = False) -> QuerySet[Any]:
    """Recognitions that may rule on a day, each with its place. `awaited`: with those whose
    decision awaits its publication, for who enters the next one."""
    decided = Recognition.objects.exclude(evidence__in=never_public()).filter(
        brought() if awaited else published(),
        Q(annulled_on=None) | Q(annulled_on__gt=on),
        mistaken=False,
    )
    return with_place(decided).filter(Q(began=None) | Q(began__lte=on))


def ruling_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Eligible rows with the one that rules in front."""
    return rows.order_by("-weight", F("began").desc(nulls_last=True), "-pk")


def place_of(row: Any) -> tuple[int, date, int]:
    """Where a row of `with_place` stands among those of its product: the greatest rules."""
    return row.weight, row.began or date.min, row.pk


def first_day(recognition: Recognition) -> date | None:
    """The day on which a recognition began, as everything that orders it has it."""
    found: date | None = (
        with_place(Recognition.objects.filter(pk=recognition.pk))
        .values_list("began", flat=True)
        .first()
    )
    return found


def ruling_of(product_id: int, on: date) -> Recognition | None:
    """The recognition that rules a product on a day, if it has one."""
    found: Recognition | None = ruling_first(eligible(on).filter(product=product_id)).first()
    return found


def ruling_stars(products: Collection[int], on: date) -> dict[int, Recognition]:
    """The recognitions that rule products on a day, by product."""
    rows = ruling_first(eligible(on).filter(product__in=products)).select_related("decision")
    found: dict[int, Recognition] = {}
    for row in rows.prefetch_related("revocations"):
        found.setdefault(row.product_id, row)
    return found


def standing(products: QuerySet[Product], on: date) -> QuerySet[Any]:
    """Products that carry what rules them on a day, all NULL where no star was ever given.

    `standing_id`, `stars`, `rank`, `star_state`, `star_from`, `star_expires_on`, `star_revoked_on`,
    `star_extended_until`, `star_evidence`.
    """
    joined = products.annotate(
        ruling=FilteredRelation("recognitions", condition=Q(recognitions__pk=_ruling("pk", on)))
    )
    return joined.annotate(
        standing_id=F("ruling__pk"),
        stars=F("ruling__stars"),
        rank=rank_case("ruling__"),
        star_state=state_case(on, "ruling__"),
        star_from=F("ruling__valid_from"),
        star_expires_on=F("ruling__expires_on"),
        star_revoked_on=F("ruling__revoked_on"),
        star_extended_until=F("ruling__extended_until"),
        star_evidence=F("ruling__evidence"),
    )


def with_standing(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Recognitions that carry whether they are the one that rules their product (`rules`)."""
    return rows.annotate(
        rules=ExpressionWrapper(Q(pk=_ruling("product_id", on)), output_field=BooleanField())
    )


def with_life(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Recognitions with `rank`, `rules` and the `state` that is theirs beside later ones of the
    product: what is replaced has no filing window and no extension."""
    placed = with_place(rows).alias(replaced=Exists(ahead(on)))
    return with_standing(with_state(placed, on, replaced=Q(replaced=True)), on)


def ahead(on: date) -> QuerySet[Any]:
    """Recognitions that rule before a row of `with_place`, as `ruling_first` orders them."""
    began = Coalesce(OuterRef("began"), Value(date.min), output_field=DateField())
    rows = eligible(on).annotate(since=Coalesce("began", Value(date.min)))
    return rows.filter(
        Q(weight__gt=OuterRef("weight"))
        | Q(weight=OuterRef("weight"), since__gt=began)
        | Q(weight=OuterRef("weight"), since=began, pk__gt=OuterRef("pk")),
        product=OuterRef("product_id"),
    )


def _ruling(product: str, on: date) -> Subquery:
    rows = ruling_first(eligible(on).filter(product=OuterRef(product)))
    return Subquery(rows.values("pk")[:1])
