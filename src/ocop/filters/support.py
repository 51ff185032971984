"""Filters of requests, policies, budget lines and grants of support."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import folding
from ocop.filters.strict import StrictFilterSet
from ocop.filters.worded import WordedFilter
from ocop.producers.models import Producer
from ocop.support.models import (
    BudgetLine,
    Category,
    Grant,
    GrantBatch,
    GrantBatchState,
    Payer,
    Policy,
    RequestState,
    SupportRequest,
)

_FORCE = (("yes", _("Đang có hiệu lực")), ("no", _("Không có hiệu lực hôm nay")))
_LEFT = (("some", _("Còn tiền")), ("none", _("Đã duyệt hết")))


def _words(rows: QuerySet[Any], value: str, *paths: str) -> QuerySet[Any]:
    """Rows in which every word begins a word of one of the folded columns."""
    words = folding.asked(value)
    for word in words:
        any_of = Q()
        for path in paths:
            any_of |= Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})
        rows = rows.filter(any_of)
    return rows if words else rows.none()


def _years(model: Any) -> Any:
    def found() -> list[tuple[str, str]]:
        years = model.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    return found


def _years_asked() -> list[tuple[str, str]]:
    days = SupportRequest.objects.dates("asked_at", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in days]


class RequestFilter(StrictFilterSet):
    """Requests by words or code, state, purpose and year."""

    q = filters.CharFilter(label=_("Tìm chủ thể, sản phẩm, mã"), method="by_words")
    state = filters.ChoiceFilter(label=_("Bước"), choices=RequestState.choices)
    category = filters.ChoiceFilter(
        label=_("Nội dung hỗ trợ"), choices=Category.choices, field_name="policy__category"
    )
    year = filters.ChoiceFilter(label=_("Năm đề nghị"), choices=_years_asked, method="by_year")

    class Meta:
        model = SupportRequest
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        coded = rows.filter(code=value.strip().lower())
        return (
            coded if coded.exists() else _words(rows, value, "producer__folded", "product__folded")
        )

    def by_year(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(asked_at__year=int(value))


class PolicyFilter(WordedFilter):
    """Policies by words of title and document, by purpose, level, and whether they hold today."""

    texts = ("title", "document", "code")
    q = filters.CharFilter(label=_("Tìm chính sách, văn bản"), method="by_words", max_length=100)
    category = filters.ChoiceFilter(label=_("Nội dung hỗ trợ"), choices=Category.choices)
    level = filters.ChoiceFilter(label=_("Cấp chi"), choices=Payer.choices)
    in_force = filters.ChoiceFilter(label=_("Hiệu lực"), choices=_FORCE, method="by_force")

    class Meta:
        model = Policy
        fields = ()

    def by_force(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today: date = timezone.localdate()
        held = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
        return rows.filter(held) if value == "yes" else rows.exclude(held)


class LineFilter(StrictFilterSet):
    """Budget lines by unit, year, purpose, and whether something is left."""

    q = filters.CharFilter(label=_("Tìm đơn vị"), method="by_words")
    year = filters.ChoiceFilter(label=_("Năm"), choices=_years(BudgetLine))
    category = filters.ChoiceFilter(label=_("Nội dung hỗ trợ"), choices=Category.choices)
    left = filters.ChoiceFilter(label=_("Còn lại"), choices=_LEFT, method="by_left")

    class Meta:
        model = BudgetLine
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "unit__folded")

    def by_left(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "none":
            return rows.filter(committed__gte=F("amount"))
        return rows.filter(committed__lt=F("amount"))


class GrantBatchFilter(WordedFilter):
    """Workbooks of grants by the name of the file and by where they stand."""

    texts = ("filename",)
    q = filters.CharFilter(label=_("Tìm tên tệp"), method="by_words", max_length=100)
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=GrantBatchState.choices)

    class Meta:
        model = GrantBatch
        fields = ()


class EffectFilter(StrictFilterSet):
    """Supported producers by name, and by what they were supported for."""

    q = filters.CharFilter(label=_("Tìm chủ thể"), method="by_words", max_length=100)
    category = filters.ChoiceFilter(
        label=_("Nội dung hỗ trợ"), choices=Category.choices, method="by_category"
    )

    class Meta:
        model = Producer
        fields = ()

    @property
    def purpose(self) -> str:
        """The purpose whose support alone is looked at; empty: all."""
        found: str = self.form.cleaned_data.get("category") or "" if self.form.is_valid() else ""
        return found

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "folded")

    def by_category(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return rows  # which gifts count is told to who reckons, see `purpose`


class GrantFilter(StrictFilterSet):
    """Grants of earlier years by producer, purpose, level and year."""

    q = filters.CharFilter(label=_("Tìm chủ thể, sản phẩm"), method="by_words")
    year = filters.ChoiceFilter(label=_("Năm"), choices=_years(Grant))
    category = filters.ChoiceFilter(label=_("Nội dung hỗ trợ"), choices=Category.choices)
    level = filters.ChoiceFilter(label=_("Cấp chi"), choices=Payer.choices)

    class Meta:
        model = Grant
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return _words(rows, value, "producer__folded", "product__folded")
