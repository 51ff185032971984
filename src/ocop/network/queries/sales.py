"""Reads of what points sold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from ocop.network import months
from ocop.network.models import Sale, SalesPoint, SalesReport


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What was sold in a month: reports, packs and đồng, as far as told."""

    month: date
    reports: int
    quantity: int
    amount: int


def awaited(point: SalesPoint, on: date) -> list[date]:
    """The months that a point still has to tell of."""
    if point.recognised_on is None:
        return []
    told = set(point.reports.values_list("month", flat=True))
    return months.awaited(point.recognised_on, on, told, point.closed_on)


def tellable(point: SalesPoint, on: date) -> list[date]:
    """The months of which a point may tell."""
    if point.recognised_on is None:
        return []
    return months.tellable(point.recognised_on, on, point.closed_on)


def by_month(rows: QuerySet[SalesPoint]) -> list[MonthSum]:
    """What these points sold, by month, newest first."""
    sums = (
        SalesReport.objects.filter(point__in=rows.order_by().values("pk"))
        .order_by("-month")
        .values("month")
        .annotate(
            n=Count("pk", distinct=True), packs=Sum("sales__quantity"), dong=Sum("sales__amount")
        )
    )
    return [MonthSum(s["month"], s["n"], s["packs"] or 0, s["dong"] or 0) for s in sums]


def by_product(rows: QuerySet[SalesPoint], start: date, end: date) -> QuerySet[Any]:
    """What these points sold from a month to another (both included), by product, most first."""
    return (
        Sale.objects.filter(
            report__point__in=rows.order_by().values("pk"), report__month__range=(start, end)
        )
        .values("product__code", "product__name", "product__producer__name")
        .annotate(
            packs=Sum("quantity"), dong=Sum("amount"), shops=Count("report__point", distinct=True)
        )
        .order_by("-packs", "product__name")
    )
