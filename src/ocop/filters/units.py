"""Choosing a unit, of now or of then, in a filter."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.core.once import once
from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.places import queries as places
from ocop.places.models import Level, Unit


@once
def _choices(province: str) -> list[Any]:
    now = [(places.key_of(u), u.name) for u in places.communes_now(province)]
    then = [(places.key_of(u), u.name) for u in places.districts_of_then(province)]
    groups: list[Any] = [("", _("Tất cả"))]
    if now:
        groups.append((_("Xã, phường hiện nay"), now))
    if then:
        groups.append((_("Quận, huyện, thị xã khi đó"), then))
    return groups


class UnitField(forms.ChoiceField):
    """A unit by its key: code and first day, or a bare code for the unit of today.

    The list offers the installation's communes and former districts; the key of any other unit is
    taken, too, as lists of other provinces link to it.
    """

    def __init__(self, **more: Any) -> None:
        more["choices"] = lambda: _choices(options.PROVINCE.get())
        super().__init__(**more)

    def to_python(self, value: Any) -> Unit | None:
        if not value:
            return None
        unit = places.by_key(str(value))
        if unit is None:
            raise forms.ValidationError(_("Không có đơn vị hành chính nào mang mã này."))
        return unit

    def validate(self, value: Any) -> None:
        """Any unit that was found will do; the field is never required."""


class UnitListFilter(StrictFilterSet):
    """Units by name or code, by level, and by the day on which they existed."""

    q = filters.CharFilter(label=_("Tên hoặc mã"), method="by_words")
    level = filters.ChoiceFilter(label=_("Cấp"), choices=Level.choices)
    on = filters.DateFilter(label=_("Có vào ngày"), method="by_day", widget=DayInput)
    province = filters.ChoiceFilter(
        label=_("Tỉnh, thành phố hiện nay"),
        choices=lambda: [(unit.code, unit.name) for unit in places.provinces_now()],
        method="by_province",
    )

    class Meta:
        model = Unit
        fields = ()

    def by_words(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return places.search(rows, value)

    def by_day(self, rows: QuerySet[Unit], _name: str, value: Any) -> QuerySet[Unit]:
        return rows.filter(pk__in=places.units_on(value).values("pk"))

    def by_province(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return rows.filter(pk__in=places.of_province(value).values("pk"))
