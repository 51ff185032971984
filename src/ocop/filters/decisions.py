"""Filters of decisions."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ocop.filters.strict import StrictFilterSet
from ocop.recognition.models import Decision

_YES_NO = (("true", _("Có")), ("false", _("Không")))


class DecisionFilter(StrictFilterSet):
    """Decisions by words of number and authority, by the year of signing, by what they have."""

    q = filters.CharFilter(label=_("Số hoặc cơ quan ký"), method="_words", max_length=100)
    year = filters.NumberFilter("signed_on", "year", label=_("Năm ký"))
    file = filters.ChoiceFilter(label=_("Có tệp quyết định"), choices=_YES_NO, method="_file")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def _words(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        for word in value.split():
            rows = rows.filter(Q(number__icontains=word) | Q(authority__icontains=word))
        return rows

    def _file(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(attachment__isnull=value == "false")
