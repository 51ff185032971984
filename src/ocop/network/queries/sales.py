"""Reads of what points sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from ocop.core import folding
from ocop.network import months
from ocop.network.models import Sale, SalesPoint, SalesReport
from ocop.network.queries import goods
from ocop.products.models import Product


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What was sold in a month: reports, packs and đồng, as far as told."""

    month: date
    reports: int
    quantity: int
    amount: int


def awaited(point: SalesPoint, on: date) -> list[date]:
    """The months that a point still has to tell of."""
    return awaited_of([point], on)[0]


def awaited_of(points: Sequence[SalesPoint], on: date) -> list[list[date]]:
    """The same of many points, in their order."""
    told: dict[int, set[date]] = {}
    rows = SalesReport.objects.filter(point__in=[point.pk for point in points])
    for key, month in rows.order_by().values_list("point", "month"):
        told.setdefault(key, set()).add(month)
    return [
        []
        if point.recognised_on is None
        else months.awaited(point.recognised_on, on, told.get(point.pk, set()), point.closed_on)
        for point in points
    ]


def tellable(point: SalesPoint, on: date) -> list[date]:
    """The months of which a point may tell."""
    if point.recognised_on is None:
        return []
    return months.tellable(point.recognised_on, on, point.closed_on)


def to_tell(point: SalesPoint, month: date) -> QuerySet[Product]:
    """The goods whose sales in a month may be told: those that were offered in it, and those that
    were told of it before."""
    offered = goods.stocked_within(point, month, months.after(month)).values("pk")
    told = Sale.objects.filter(report__point=point, report__month=month).values("product")
    rows = Product.objects.filter(Q(pk__in=offered.order_by()) | Q(pk__in=told))
    return rows.order_by("folded", "pk")


def overdue(on: date) -> date | None:
    """The month of which keepers are reminded on a day."""
    return months.overdue(on)


def untold(rows: QuerySet[SalesPoint], month: date) -> QuerySet[SalesPoint]:
    """Of these points those that worked in a month and did not tell what they sold."""
    told = SalesReport.objects.filter(month=month).values("point")
    begun = rows.filter(recognised_on__lt=months.after(month)).exclude(closed_on__lte=month)
    return begun.exclude(pk__in=told)


def with_sold(rows: QuerySet[SalesPoint], start: date) -> QuerySet[Any]:
    """Points with what they sold since a month (đồng, as far as told) as `sold`."""
    told = Sale.objects.filter(report__point=OuterRef("pk"), report__month__gte=start)
    summed = told.order_by().values("report__point").annotate(dong=Sum("amount")).values("dong")
    return rows.annotate(sold=Subquery(summed))


def by_month(
    rows: QuerySet[SalesPoint], start: date = date.min, end: date = date.max
) -> list[MonthSum]:
    """What these points sold from a month to another (both included), newest first."""
    sums = (
        SalesReport.objects.filter(
            point__in=rows.order_by().values("pk"), month__range=(start, end)
        )
        .order_by("-month")
        .values("month")
        .annotate(
            n=Count("pk", distinct=True), packs=Sum("sales__quantity"), dong=Sum("sales__amount")
        )
    )
    return [MonthSum(s["month"], s["n"], s["packs"] or 0, s["dong"] or 0) for s in sums]


def by_product(rows: QuerySet[SalesPoint], start: date, end: date, text: str = "") -> QuerySet[Any]:
    """What these points sold from a month to another (both included), by product, most first;
    with `text` what bears these words or is made by who does."""
    sold = Sale.objects.filter(
        report__point__in=rows.order_by().values("pk"), report__month__range=(start, end)
    )
    for word in folding.asked(text) if text else ():
        sold = sold.filter(
            _begins("product__folded", word) | _begins("product__producer__folded", word)
        )
    return (
        sold.values("product__code", "product__name", "product__producer__name")
        .annotate(
            packs=Sum("quantity"), dong=Sum("amount"), shops=Count("report__point", distinct=True)
        )
        .order_by("-packs", "product__name")
    )


def _begins(column: str, word: str) -> Q:
    return Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})
