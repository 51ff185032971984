"""Administrative units with their history."""

from typing import Any

import django_filters as filters
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import options
from ocop.filters.inputs import DayInput
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.products import queries as products
from ocop.web.office import tables
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


class UnitFilter(filters.FilterSet):
    """Units by name or code, by level, and by the day on which they existed."""

    q = filters.CharFilter(label=gettext_lazy("Tên hoặc mã"), method="by_words")
    level = filters.ChoiceFilter(label=gettext_lazy("Cấp"), choices=Level.choices)
    on = filters.DateFilter(label=gettext_lazy("Có vào ngày"), method="by_day", widget=DayInput)
    province = filters.ChoiceFilter(
        label=gettext_lazy("Tỉnh, thành phố hiện nay"),
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


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """All units of all eras; at first those of the installation's province today."""
    data = request.GET or {
        "province": options.PROVINCE.get(),
        "on": timezone.localdate().isoformat(),
    }
    chosen = UnitFilter(data, queryset=Unit.objects.select_related("parent"))
    return listing(
        request,
        table=tables.UnitTable(chosen.qs),
        filters=chosen,
        title=_("Đơn vị hành chính"),
        template="office/list.html",
        context={"lead": _("Mỗi đơn vị có ngày bắt đầu, ngày kết thúc và đơn vị kế tiếp.")},
    )


@office
def page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One unit: where it came from, what became of it, and what it holds."""
    unit = get_object_or_404(places.visible_to(request.actor).select_related("parent"), pk=pk)
    descent = places.descent(unit)
    seen = products.visible_to(request.actor)
    own = seen.filter(commune=unit) if unit.valid_to is None else seen.filter(unit=unit)
    context = {
        "unit": unit,
        "key": places.key_of(unit),
        "earlier": descent.earlier,
        "later": descent.later,
        "below": places.below(unit).exclude(pk=unit.pk).order_by("folded")[:500],
        "products": own.aggregate(n=Count("pk"))["n"],
    }
    return render(request, "office/unit.html", context)
