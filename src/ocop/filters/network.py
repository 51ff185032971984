"""Filters of the network."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.network import place_types
from ocop.network.models import KeyGood, PointState, SalesPoint
from ocop.network.models.points import Basis
from ocop.places import queries as places
from ocop.places.models import Level, Unit


def _places() -> list[tuple[str, str]]:
    return [(key, _t(words)) for key, words in place_types.PLACES.items()]


class PointFilter(StrictFilterSet):
    """Points by words, place, state, kind of place and chain."""

    q = filters.CharFilter(label=_("Tìm tên, địa chỉ"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=PointState.choices)
    place_type = filters.ChoiceFilter(label=_("Loại địa điểm"), choices=_places)
    chain = filters.CharFilter(
        label=_("Mã chuỗi"), field_name="chain__code", widget=forms.HiddenInput
    )

    class Meta:
        model = SalesPoint
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded",))

    def by_commune(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        if value is None:
            return rows
        if value.valid_to is not None:
            return rows.filter(unit__in=places.below(value).values("pk"))
        if value.level == Level.COMMUNE:
            return rows.filter(commune=value)
        return rows.filter(commune__parent=value)


class PublicPointFilter(StrictFilterSet):
    """The same for the public, who sees the ones that work."""

    q = filters.CharFilter(label=_("Tên, địa chỉ hoặc xã, phường"), method="by_words")
    place_type = filters.ChoiceFilter(label=_("Loại địa điểm"), choices=_places)

    class Meta:
        model = SalesPoint
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return holding(rows, value, ("folded", "commune__folded"))


class KeyGoodFilter(StrictFilterSet):
    """Key goods by words and basis."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, văn bản"), method="by_words")
    basis = filters.ChoiceFilter(label=_("Căn cứ"), choices=Basis.choices)

    class Meta:
        model = KeyGood
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        named = holding(rows, value, ("product__folded",))
        return rows.filter(Q(pk__in=named.values("pk")) | Q(document__icontains=value.strip()))
