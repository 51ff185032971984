"""Filters of design centres."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.register import UnitFilter
from ocop.filters.strict import StrictFilterSet
from ocop.filters.traceability import holding
from ocop.network.centres.models import CentreState, DesignCentre
from ocop.network.centres.queries import keepers_on
from ocop.places import queries as places
from ocop.places.models import Level, Unit


class PublicCentreFilter(StrictFilterSet):
    """Centres by words and place."""

    q = filters.CharFilter(label=_("Tìm tên, địa chỉ"), method="by_words")
    commune = UnitFilter(label=_("Địa bàn"), method="by_commune")

    class Meta:
        model = DesignCentre
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


class CentreFilter(PublicCentreFilter):
    """The same for the office, by state and keeper, too."""

    state = filters.ChoiceFilter(label=_("Tình trạng"), choices=CentreState.choices)
    keeper = filters.ChoiceFilter(
        label=_("Người phụ trách"),
        choices=(("no", _("Chưa có")), ("yes", _("Đã có"))),
        method="by_keeper",
    )

    class Meta(PublicCentreFilter.Meta):
        pass

    def by_keeper(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        kept = keepers_on(timezone.localdate()).values("centre")
        standing = rows.filter(state=CentreState.RECOGNISED)
        held = Q(pk__in=kept) | Q(producer__isnull=False)
        return standing.filter(held) if value == "yes" else standing.exclude(held)
