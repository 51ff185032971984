"""Since which year units support producers for a purpose: by grants of theirs and by payments."""

from datetime import date

from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Least, Substr

from ocop.places.models import Unit
from ocop.support.models import Grant, GrantBatchState, Money, MoneyKind


def beginnings(category: str, *, by: date, invented: bool) -> QuerySet[Unit]:
    """Units that have supported producers for a purpose by a day, each with the first year of it
    (`counted_year`). A grant of which only the year is known counts when that year is over."""
    grants, paid = _grants(category, by), _paid(category, by)
    if not invented:
        grants = grants.filter(demonstration=False)
        paid = paid.filter(request__demonstration=False)
    granted = Subquery(grants.filter(unit=OuterRef("pk")).order_by("year").values("year")[:1])
    own = paid.filter(request__line__unit=OuterRef("pk")).order_by("on")
    spent = Subquery(own.values(year=_YEAR)[:1])
    return Unit.objects.filter(
        Q(pk__in=grants.values("unit")) | Q(pk__in=paid.values("request__line__unit"))
    ).annotate(
        counted_year=Least(
            Coalesce(granted, spent, output_field=IntegerField()),
            Coalesce(spent, granted, output_field=IntegerField()),
        ),
        demonstration=Exists(grants.filter(unit=OuterRef("pk"), demonstration=True))
        | Exists(paid.filter(request__line__unit=OuterRef("pk"), request__demonstration=True)),
    )


#: By way of text, which both databases do themselves.
_YEAR = Cast(Substr(Cast("on", CharField()), 1, 4), IntegerField())


def _grants(category: str, by: date) -> QuerySet[Grant]:
    rows = Grant.objects.filter(Q(batch=None) | Q(batch__state=GrantBatchState.LOADED))
    over = by.year if (by.month, by.day) == (12, 31) else by.year - 1
    known = Q(given_on__lte=by) | Q(given_on=None, year__lte=over)
    return rows.filter(known, category=category, unit__isnull=False).order_by()


def _paid(category: str, by: date) -> QuerySet[Money]:
    rows = Money.objects.filter(kind=MoneyKind.PAID, on__lte=by)
    return rows.filter(request__policy__category=category).order_by()
