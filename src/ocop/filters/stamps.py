"""Filters of orders of stamps and of allowances."""

from typing import Any

import django_filters as filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.filters.strict import StrictFilterSet
from ocop.traceability import stamp_queries
from ocop.traceability.models import OrderState, RangeState, StampAllowance, StampOrder

#: An approved order stands where its ranges are.
_STAGES = (
    *(choice for choice in OrderState.choices if choice[0] != OrderState.APPROVED),
    *RangeState.choices,
)
_HIDDEN = (("yes", _("Có mã ẩn")), ("no", _("Không có mã ẩn")))
_LEFT = (("none", _("Đã dùng hết")), ("some", _("Còn hạn mức")))


def _words(rows: QuerySet[Any], value: str, *paths: str) -> QuerySet[Any]:
    """Rows in which every word begins a word of one of the folded columns."""
    words = folding.asked(value)
    if not words:
        return rows.none()
    for word in words:
        any_of = Q()
        for path in paths:
            any_of |= Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})
        rows = rows.filter(any_of)
    return rows


def _years(model: Any) -> Any:
    def found() -> list[tuple[str, str]]:
        years = model.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    return found


class StampOrderFilter(StrictFilterSet):
    """Orders by words or code, where their stamps are, year, and whether with hidden codes."""

    q = filters.CharFilter(label=_("Tìm sản phẩm, chủ thể, mã đơn"), method="by_words")
    stage = filters.ChoiceFilter(label=_("Tem đang ở bước"), choices=_STAGES, method="by_stage")
    year = filters.ChoiceFilter(label=_("Năm"), choices=_years(StampOrder))
    hidden = filters.ChoiceFilter(label=_("Mã ẩn"), choices=_HIDDEN, method="by_hidden")

    class Meta:
        model = StampOrder
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        coded = rows.filter(code=value.strip().lower())
        return coded if coded.exists() else _words(rows, value, "item__product__folded")

    def by_stage(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return stamp_queries.standing_in(rows, value)

    def by_hidden(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(hidden=value == "yes")


class AllowanceFilter(StrictFilterSet):
    """Allowances by producer, year, and whether something is left."""

    q = filters.CharFilter(label=_("Tìm chủ thể"), method="by_words")
    year = filters.ChoiceFilter(label=_("Năm"), choices=_years(StampAllowance))
    left = filters.ChoiceFilter(label=_("Hạn mức"), choices=_LEFT, method="by_left")

    class Meta:
        model = StampAllowance
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "producer__folded")

    def by_left(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "none":
            return rows.filter(used__gte=F("quantity"))
        return rows.filter(used__lt=F("quantity"))
