"""Filters of targets and of reported figures."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core.language import gettext
from ocop.filters.strict import StrictFilterSet
from ocop.filters.units import UnitField
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.programme import indicators
from ocop.programme.models import ReportedFigure, Target


def indicator_choices(*, reported: bool = False) -> list[tuple[str, str]]:
    """The indicators by key, in words; only those of reported figures where that is asked."""
    return [
        (key, gettext(found.name))
        for key, found in indicators.INDICATORS.items()
        if not reported or found.reportable
    ]


def _reported() -> list[tuple[str, str]]:
    return indicator_choices(reported=True)


class _UnitFilter(filters.Filter):
    field_class = UnitField


def _within(rows: QuerySet[Any], unit: Unit | None) -> QuerySet[Any]:
    """What was set or reported for a unit and for what lay below it."""
    return rows if unit is None else rows.filter(unit__in=places.below(unit).values("pk"))


class TargetFilter(StrictFilterSet):
    """Targets by indicator, unit, and a year that their period holds."""

    indicator = filters.ChoiceFilter(label=_("Chỉ tiêu"), choices=indicator_choices)
    unit = _UnitFilter(label=_("Địa bàn"), method="by_unit")
    year = filters.NumberFilter(label=_("Năm"), method="by_year", min_value=2018, max_value=2100)

    class Meta:
        model = Target
        fields = ()

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return _within(rows, value)

    def by_year(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        first = date(int(value), 1, 1)
        return rows.filter(starts_on__lt=first.replace(year=first.year + 1), ends_on__gt=first)


class FigureFilter(StrictFilterSet):
    """Reported figures by indicator, unit and year."""

    indicator = filters.ChoiceFilter(label=_("Chỉ tiêu"), choices=_reported)
    unit = _UnitFilter(label=_("Địa bàn"), method="by_unit")
    year = filters.NumberFilter(
        label=_("Năm"), field_name="as_of__year", min_value=2018, max_value=2100
    )

    class Meta:
        model = ReportedFigure
        fields = ()

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return _within(rows, value)
