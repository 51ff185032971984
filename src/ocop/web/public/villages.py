"""Craft villages and routes through them, for everybody."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ocop.core import filetypes, options
from ocop.core.actor import ANONYMOUS
from ocop.core.numbers import write_number
from ocop.filters.villages import VillageFilter
from ocop.network.villages import leaflet, queries
from ocop.network.villages.models import VillageRoute
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.web.public import cards
from ocop.web.requests import Request
from ocop.web.tables import chips

PAGE = 50
_ROUTES_SHOWN = 6


def village_list(request: Request) -> HttpResponse:
    """Villages with a craft: searched, filtered, with their titles; the map is a page beside it."""
    today = timezone.localdate()
    rows = queries.counted(province=options.PROVINCE.get(), on=today)
    filters = VillageFilter(
        request.GET, queryset=queries.for_lists(rows, today), request=request, public=True
    )
    pages = Paginator(filters.qs.order_by("folded", "pk"), PAGE)
    context = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "page": pages.get_page(request.GET.get("page")),
        "total": pages.count,
        "routes": queries.routes(ANONYMOUS)[:_ROUTES_SHOWN],
    }
    return render(request, "public/villages.html", context)


def village_map(request: Request) -> HttpResponse:
    """How many villages each commune of today has, on a map with the list beside it."""
    rows = queries.counted(province=options.PROVINCE.get(), on=timezone.localdate())
    counts = queries.in_communes_now(rows)
    communes = Unit.objects.filter(pk__in=[key for key in counts if key]).order_by("folded")
    context = {
        "points": [_commune_point(unit, counts[unit.pk]) for unit in communes],
        "total": sum(counts.values()),
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/village_map.html", context)


def village(request: Request, code: str) -> HttpResponse:
    """One village: its trade, titles, artisans who agreed to be named, and numbers by year."""
    rows = queries.visible_to(ANONYMOUS).select_related("commune", "unit")
    found = get_object_or_404(rows, code=code)
    today = timezone.localdate()
    stops = found.stops.filter(route__listed=True).values("route")
    lat, lon = found.lat, found.lon
    if lat is None and found.commune is not None:
        lat, lon = found.commune.lat, found.commune.lon
    context = {
        "village": found,
        "titles": queries.titles_of(found, today),
        "years": queries.years_told().filter(village=found, year__lte=today.year)[:10],
        "look": queries.last_look(found),
        "artisans": queries.public_artisans(found),
        "routes": queries.routes(ANONYMOUS).filter(pk__in=stops),
        "points": [cards.point(found.name, lat, lon, note=found.trade)] if lat else [],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/village.html", context)


def route_list(request: Request) -> HttpResponse:
    """The routes."""
    return render(request, "public/village_routes.html", {"routes": queries.routes(ANONYMOUS)})


def route(request: Request, code: str) -> HttpResponse:
    """One route as a map with its stops in order."""
    found = _route(code)
    stops = queries.stops_of(found, ANONYMOUS)
    context = {
        "route": found,
        "stops": stops,
        "points": [_stop_point(stop) for stop in stops],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/village_route.html", context)


def route_leaflet(request: Request, code: str) -> HttpResponse:
    """The leaflet of a route, to print and fold."""
    found = _route(code)
    address = request.build_absolute_uri(reverse("village_route", args=[code]))
    paper = leaflet.pdf(found, queries.stops_of(found, ANONYMOUS), address=address)
    response = HttpResponse(paper, content_type=filetypes.PDF)
    response["Content-Disposition"] = f'inline; filename="tuyen-{code}.pdf"'
    return response


def _route(code: str) -> VillageRoute:
    found: VillageRoute = get_object_or_404(queries.routes(ANONYMOUS), code=code)
    return found


def _commune_point(commune: Unit, count: int) -> dict[str, Any]:
    address = f"{reverse('villages')}?unit={places.key_of(commune)}"
    note = ngettext("%s làng có nghề", "%s làng có nghề", count) % write_number(count)
    return cards.point(commune.name, commune.lat, commune.lon, address=address, note=note)


def _stop_point(stop: queries.Stop) -> dict[str, Any]:
    address = reverse("village", args=[stop.code]) if stop.code else ""
    about = ", ".join(part for part in (stop.about, stop.commune, stop.note) if part)
    name = _("%(number)d. %(name)s") % {"number": stop.number, "name": stop.name}
    return cards.point(name, stop.lat, stop.lon, address=address, note=about)
