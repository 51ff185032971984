"""Design centres before the public: which there are, what one finds there, how many came."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from ocop.core.actor import ANONYMOUS
from ocop.filters.centres import PublicCentreFilter
from ocop.network.centres import halts, queries
from ocop.network.centres.models import CentrePhoto, DesignCentre
from ocop.network.villages import queries_routes
from ocop.network.villages.models import RouteStop
from ocop.products import queries as products
from ocop.web.public import cards
from ocop.web.requests import Request

PAGE = 24
MONTHS = 12  # shown


def centre_list(request: Request) -> HttpResponse:
    """The centres that are recognised today, by name and on a map."""
    rows = queries.standing_on(timezone.localdate()).select_related("commune")
    filters = PublicCentreFilter(request.GET, queryset=rows, public=True)
    pages = Paginator(filters.qs.order_by("folded", "pk"), PAGE)
    context = {
        "filters": filters,
        "problems": filters.problem_lines,
        "total": pages.count,
        "page": (page := pages.get_page(request.GET.get("page"))),
        "centres": page.object_list,
        "points": [_point(row) for row in pages.object_list],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/centres.html", context)


def centre(request: Request, code: str) -> HttpResponse:
    """One centre: where it is, its products of community tourism, villages and routes."""
    rows = queries.public().select_related("commune", "unit")
    found = get_object_or_404(rows, code=code)
    own, around = queries.tied(queries.ties_of(found))
    stops = RouteStop.objects.filter(kind=halts.KIND, place=code).values("route")
    seen = products.visible_to(ANONYMOUS).filter(pk__in=[each.pk for each in own])
    last = found.assessments.filter(signed_on__isnull=False).first()
    context = {
        "centre": found,
        "standing": found.ended_on is None,
        "last": last,
        "products": seen.select_related("producer").order_by("folded", "pk"),
        "villages": [each for each in around if each.listed],
        "routes": queries_routes.routes(ANONYMOUS).filter(pk__in=stops),
        "months": found.months.all()[:MONTHS],
        "photos": found.photos.all(),
        "points": [_point(found)],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/centre.html", context)


@cache_control(max_age=86_400, private=True)
def centre_photo(request: Request, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a centre that the visitor may see."""
    seen = queries.visible_to(request.actor).values("pk")
    rows = CentrePhoto.objects.filter(centre__in=seen, centre__code=code)
    stored = get_object_or_404(rows.select_related("attachment"), pk=pk).attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)


def _point(row: DesignCentre) -> dict[str, Any]:
    place = halts.place_of(row)
    address = reverse("centre", args=[row.code])
    # Names of centres are long and alike: on a map the commune tells them apart.
    return cards.point(
        place.commune or row.name, place.lat, place.lon, address=address, note=row.name
    )
