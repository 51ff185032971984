"""Filters of scans, by product, province and day, and of what they give rise to."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.core.refusals import Refused
from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.traceability import stamp_keys, stamp_lists
from ocop.traceability.models import ScanDay, ScanPeriod, ScanPlaceDay, ScanSignal
from ocop.traceability.models.signals import Finding, SignalRule, SignalState
from ocop.traceability.scans import knowing, lifecycle, queries

_OPEN = "open"


def _periods() -> list[tuple[str, str]]:
    return [(period.key, period.words) for period in queries.periods_there()]


def _provinces() -> list[tuple[str, str]]:
    return sorted(knowing.provinces().items(), key=lambda pair: pair[1])


def _states() -> list[tuple[str, str]]:
    return [(_OPEN, str(_("Chưa kết luận"))), *((v, str(w)) for v, w in SignalState.choices)]


def _of_product(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose product or producer holds every word as the beginning of a word."""
    words = folding.asked(text)
    if not words:
        return rows.none()
    for word in words:
        path = "item__product__folded__"
        rows = rows.filter(Q(**{f"{path}startswith": word}) | Q(**{f"{path}contains": f" {word}"}))
    return rows


class ScanPeriodFilter(StrictFilterSet):
    """A month or a year; whoever asks reads it (`in_force`), for its sums are chosen by it."""

    period = filters.ChoiceFilter(
        label=_("Thời gian"), choices=_periods, method="as_it_is", empty_label=_("Tháng này")
    )

    class Meta:
        model = ScanPlaceDay
        fields = ()

    def as_it_is(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows


class ScanItemFilter(ScanPeriodFilter):
    """Sales units with their scans in a period."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")

    class Meta:
        model = ScanPeriod
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _of_product(rows, value)


class ScanRowFilter(ScanPeriodFilter):
    """Scans by product, sales unit, province and day together."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể"), method="by_words")
    place = filters.ChoiceFilter(label=_("Tỉnh, thành phố"), choices=_provinces)
    since = filters.DateFilter(
        label=_("Từ ngày"), field_name="day", lookup_expr="gte", widget=DayInput
    )
    until = filters.DateFilter(
        label=_("đến hết ngày"), field_name="day", lookup_expr="lte", widget=DayInput
    )
    item = filters.CharFilter(
        label=_("Mã quy cách"), field_name="item__code", widget=forms.HiddenInput
    )

    class Meta:
        model = ScanDay
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _of_product(rows, value)


def _stamp_in(text: str) -> tuple[int, int] | None:
    """The stamp whose serial, or whole address, somebody typed; None: it is none of ours."""
    try:
        found = stamp_keys.reader().read(stamp_lists.serial_in(text).upper())
    except Refused:  # the file of keys is not there
        return None
    return None if found is None else (found.version, found.number)


class SignalFilter(StrictFilterSet):
    """Signals by where they stand, by rule, by what was found and by product."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, lô, đơn, số sê-ri của tem"), method="by_words")
    state = filters.ChoiceFilter(label=_("Bước"), choices=_states, method="by_state")
    rule = filters.ChoiceFilter(label=_("Quy tắc"), choices=SignalRule.choices)
    finding = filters.ChoiceFilter(label=_("Kết luận"), choices=Finding.choices)

    class Meta:
        model = ScanSignal
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        text = value.strip()
        if stamp := _stamp_in(text):
            return queries.about_stamp(rows, *stamp)
        code = text.lower()
        coded = rows.filter(Q(code=code) | Q(order__code=code) | Q(lot__number__istartswith=text))
        return coded if coded.exists() else _of_product(rows, value)

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(state__in=lifecycle.OPEN if value == _OPEN else (value,))
