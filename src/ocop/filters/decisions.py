"""Filters of decisions."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.strict import StrictFilterSet
from ocop.products.search import matching
from ocop.recognition.deciding import Authority, authority_named
from ocop.recognition.models import Decision, Kind, Recognition

_STARS = (("5", _("5 sao")), ("4", _("4 sao")), ("3", _("3 sao")))
_YES_NO = (("true", _("Có")), ("false", _("Không")))


class DecisionFilter(StrictFilterSet):
    """Decisions by words of number and authority, by the year of signing, by what they have."""

    q = filters.CharFilter(label=_("Số hoặc cơ quan ký"), method="_words", max_length=100)
    year = filters.NumberFilter("signed_on", "year", label=_("Năm ký"))
    published = filters.ChoiceFilter(label=_("Đã công bố"), choices=_YES_NO, method="_published")
    file = filters.ChoiceFilter(label=_("Có tệp quyết định"), choices=_YES_NO, method="_file")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def _words(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        for word in value.split():
            rows = rows.filter(Q(number__icontains=word) | Q(authority__icontains=word))
        return rows

    def _published(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(awaits_publication=value == "false")

    def _file(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(attachment__isnull=value == "false")


class DecisionRowFilter(StrictFilterSet):
    """What a decision recognised, by words of product and producer or a part of the number of the
    certificate, by star, by kind, by whether it has a certificate."""

    q = filters.CharFilter(
        label=_("Sản phẩm, chủ thể hoặc số giấy chứng nhận"), method="_words", max_length=100
    )
    stars = filters.ChoiceFilter(label=_("Hạng sao"), choices=_STARS)
    kind = filters.ChoiceFilter(label=_("Hình thức"), choices=Kind.choices)
    certified = filters.ChoiceFilter(
        label=_("Có giấy chứng nhận"), choices=_YES_NO, method="_certified"
    )

    class Meta:
        model = Recognition
        fields: tuple[str, ...] = ()

    def _words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        named = matching(rows, value, path="product__").order_by().values("pk")
        return rows.filter(Q(pk__in=named) | Q(certificate__number__icontains=value.strip()))

    def _certified(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(certificate__isnull=value == "false")


class PublishedFilter(StrictFilterSet):
    """Published decisions by a part of the number, by the year of signing and by who signed, one
    of the `authorities`, in whichever way an address writes it."""

    q = filters.CharFilter(
        label=_("Số quyết định"), field_name="number", max_length=60, lookup_expr="icontains"
    )
    year = filters.NumberFilter("signed_on", "year", label=_("Năm ký"))
    authority = filters.ChoiceFilter(label=_("Cơ quan ký"), method="_signed_by")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: QueryDict, *arguments: Any, authorities: Sequence[Authority], **more: Any
    ) -> None:
        self._authorities = {each.name: each for each in authorities}
        data = data.copy()
        if written := data.get("authority"):
            meant = authority_named(written, authorities, timezone.localdate())
            data["authority"] = meant.name if meant else written
        super().__init__(data, *arguments, **more)
        self.offer("authority", [(each.name, each.name) for each in authorities])

    def _signed_by(self, rows: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(authority__in=self._authorities[value].spellings)
