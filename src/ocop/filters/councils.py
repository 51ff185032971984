"""Filters of sittings."""

from collections import defaultdict
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core import folding
from ocop.core.actor import ANONYMOUS
from ocop.councils.models import Sitting, SittingKind, SittingState
from ocop.councils.queries import sittings
from ocop.filters.strict import StrictFilterSet


class SittingFilter(StrictFilterSet):
    """Sittings by words (also of the cases that the asker may see), state, kind and year."""

    q = filters.CharFilter(label=_("Tìm phiên họp, sản phẩm, số biên bản"), method="by_words")
    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=SittingState.choices)
    kind = filters.ChoiceFilter(
        label=pgettext_lazy("sitting", "Hình thức"), choices=SittingKind.choices
    )
    year = filters.NumberFilter(
        label=_("Năm"), field_name="starts_at__year", min_value=2018, max_value=2100
    )

    class Meta:
        model = Sitting
        fields = ()

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        wanted = folding.asked(value)
        if not wanted:
            return rows.none()
        told: dict[int, list[str]] = defaultdict(list)
        for key, *texts in rows.values_list(
            "pk", "title", "place", "minutes_number", "council__name"
        ):
            told[key] += texts
        actor = getattr(self.request, "actor", ANONYMOUS)
        items = sittings.items_visible_to(actor).filter(sitting__in=list(told)).order_by()
        for key, *texts in items.values_list("sitting", "case__title", "case__producer__name"):
            told[key] += filter(None, texts)
        return rows.filter(pk__in=[key for key, texts in told.items() if _has(texts, wanted)])


def _has(texts: list[str], wanted: list[str]) -> bool:
    """Whether every word asked for begins a word of the texts."""
    words = folding.tokens(" ".join(texts))
    return all(any(word.startswith(w) for word in words) for w in wanted)
