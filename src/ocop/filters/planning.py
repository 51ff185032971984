"""Filters of registrations."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.dossiers.models import Registration
from ocop.filters.strict import StrictFilterSet
from ocop.filters.units import UnitField
from ocop.places import queries as places
from ocop.recognition.models import Kind


class _UnitFilter(filters.Filter):
    field_class = UnitField


class RegistrationFilter(StrictFilterSet):
    """Registrations by year, unit, kind and words of the product."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")
    year = filters.NumberFilter(label=_("Năm"), min_value=2018, max_value=2100)
    unit = _UnitFilter(label=_("Địa bàn"), method="by_unit")
    kind = filters.ChoiceFilter(label=_("Hình thức"), choices=Kind.choices)

    class Meta:
        model = Registration
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(pk__in=_with_words(rows, value))

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        if value is None:
            return rows
        return rows.filter(unit__in=places.below(value).values("pk"))


def _with_words(rows: QuerySet[Any], text: str) -> list[int]:
    """Keys of the rows that hold every word as the beginning of a word: a year has hundreds."""
    wanted = folding.asked(text)
    found = []
    for key, *names in rows.values_list("pk", "product_name", "producer_name"):
        words = folding.tokens(" ".join(names))
        if wanted and all(any(word.startswith(w) for word in words) for w in wanted):
            found.append(key)
    return found
