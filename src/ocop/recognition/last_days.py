"""The last days of stars: an extension counted in, whichever rules its product."""

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from ocop.recognition.models import Recognition
from ocop.recognition.standing import with_standing
from ocop.recognition.states import revoked
from ocop.recognition.visibility import published

_EXTENDED = Q(extended_until__gt=F("expires_on"))


def ending_between(start: date, end: date, *, on: date) -> QuerySet[Any]:
    """The stars that rule their products on a day and whose `last_day` is one of these, both
    included; `extended`: by an extension. What was revoked ended otherwise. Producers and products
    that stopped are left out."""
    days = (start, end)
    ends = Q(_EXTENDED, extended_until__range=days) | (~_EXTENDED & Q(expires_on__range=days))
    # A column that is NULL is neither: stars that were never extended end by their own date.
    ends |= Q(extended_until=None, expires_on__range=days)
    rows = with_standing(Recognition.objects.filter(published(), ends, ~revoked(on)), on)
    return (
        rows.filter(rules=True, product__producer__stopped_on=None)
        .exclude(product__state="stopped")
        .annotate(last_day=Case(When(_EXTENDED, then="extended_until"), default="expires_on"))
        .select_related("product__producer__commune__parent", "commune__parent", "decision")
        .order_by("last_day", "pk")
    )


def last_day_of(row: Recognition) -> date | None:
    """The last day of a star, its extension counted in; None: not known."""
    if row.extended_until and row.expires_on and row.extended_until > row.expires_on:
        return row.extended_until
    return row.expires_on


def is_extended(row: Recognition) -> bool:
    """Whether an extension carries it past its own end."""
    return last_day_of(row) != row.expires_on
