"""Administrative units with their history."""

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.filters.units import UnitListFilter
from ocop.places import queries as places
from ocop.products import queries as products
from ocop.web.office import tables
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@office
def index(request: SignedInRequest) -> HttpResponseBase:
    """All units of all eras; at first those of the installation's province today."""
    if not UnitListFilter.base_filters.keys() & request.GET.keys():
        # Said in the request, so that sorting, pages and the workbook keep to it.
        given = request.GET.copy()
        given["province"] = options.PROVINCE.get()
        given["on"] = timezone.localdate().isoformat()
        request.GET = given  # type: ignore[assignment]
    chosen = UnitListFilter(
        request.GET, queryset=places.visible_to(request.actor).select_related("parent")
    )
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
