"""Filters of craft villages."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.filters.worded import WordedFilter
from ocop.network.villages import queries, reviewing
from ocop.network.villages.models import (
    TradeGroup,
    Village,
    VillageImport,
    VillageImportState,
    VillageRoute,
    VillageTitle,
)
from ocop.places import queries as places
from ocop.places.models import Level, Unit

TITLES = (*VillageTitle.choices, (queries.NO_TITLE, _("Chưa công nhận")))
_STATES = (
    ("working", _("Đang có nghề")),
    ("ended", _("Không còn nghề")),
    ("hidden", _("Chưa công bố")),
    ("unplaced", _("Chưa rõ xã, phường hiện nay")),
)


class VillageFilter(StrictFilterSet):
    """Villages before the public: by words, place, trade and title."""

    q = filters.CharFilter(label=_("Tìm làng, nghề"), method="by_words")
    unit = UnitFilter(label=_("Địa bàn"), method="by_unit")
    group = filters.ChoiceFilter(
        label=_("Nhóm nghề"), choices=TradeGroup.choices, field_name="trade_group"
    )
    title = filters.ChoiceFilter(label=_("Danh hiệu"), choices=TITLES, method="by_title")

    class Meta:
        model = Village
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        exact = rows.filter(code=value.strip().lower())
        return exact if exact.exists() else holding(rows, value, ("folded", "commune__folded"))

    def by_unit(self, rows: QuerySet[Any], _name: str, value: Unit | None) -> QuerySet[Any]:
        if value is None:
            return rows
        if value.valid_to is not None:
            return rows.filter(unit__in=places.below(value).values("pk"))
        if value.level == Level.COMMUNE:
            return rows.filter(commune=value)
        return rows.filter(province=value.code)

    def by_title(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queries.with_title(rows, value)


class OfficeVillageFilter(VillageFilter):
    """The register in the office: also by whether the trade is still there, by what the criteria
    say today beside the title, and by import."""

    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=_STATES, method="by_state")
    review = filters.ChoiceFilter(
        label=_("Rà soát tiêu chí"), choices=reviewing.Outcome.choices, method="by_review"
    )
    batch = filters.CharFilter(
        label=_("Lần nhập"), field_name="batch__code", widget=forms.HiddenInput
    )

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "hidden":
            return rows.filter(listed=False)
        if value == "unplaced":
            return rows.filter(commune=None)
        return rows.filter(Q(ended_on=None) if value == "working" else ~Q(ended_on=None))

    def by_review(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        found = reviewing.reviewed(rows, timezone.localdate())
        return rows.filter(pk__in=[key for key, each in found.items() if each.outcome == value])


class VillageImportFilter(WordedFilter):
    """Imports of villages by the name of the file and by where they stand."""

    texts = ("filename",)
    q = filters.CharFilter(label=_("Tìm tên tệp"), method="by_words", max_length=100)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=VillageImportState.choices)

    class Meta:
        model = VillageImport
        fields = ()


class RouteFilter(WordedFilter):
    """Routes by words of what they say, and by a village on the way."""

    texts = ("name", "summary", "code")
    q = filters.CharFilter(label=_("Tìm tuyến"), method="by_words", max_length=100)
    village = filters.CharFilter(label=_("Đi qua làng (mã)"), field_name="stops__village__code")

    class Meta:
        model = VillageRoute
        fields = ()
