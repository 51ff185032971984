"""Administrative units with their history."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.actor import ANONYMOUS
from ocop.filters.units import UnitListFilter
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.recognition import queries as register
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
    asked = request.GET.get("q", "")
    rows = places.exact_first(chosen.qs, asked) if asked else chosen.qs
    return listing(
        request,
        table=tables.UnitTable(rows),
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
    by = register.Narrowing(unit=unit)
    held = register.catalogue(request.actor, on=timezone.localdate(), by=by)
    context = {
        "unit": unit,
        "key": places.key_of(unit),
        "earlier": descent.earlier,
        "later": descent.later,
        "below": places.below(unit).exclude(pk=unit.pk).order_by("folded")[:500],
        "products": held.count(),
        **(_parts(unit) if unit.level == Level.DISTRICT else {}),
    }
    return render(request, "office/unit.html", context)


def _parts(unit: Unit) -> dict[str, Any]:
    """What became of a district's communes: it has no successor of its own."""
    future = places.futures([unit])[unit.pk]
    return {
        "parts": places.later_of_parts(unit),
        "communes_now": places.visible_to(ANONYMOUS).filter(pk__in=future.now).order_by("folded"),
        "all_known": future.known,
    }
