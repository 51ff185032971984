"""Craft villages and routes through them, for everybody."""

from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.core import filetypes, options
from ocop.core.actor import ANONYMOUS
from ocop.core.numbers import write_number
from ocop.filters.villages import VillageFilter
from ocop.network.centres import queries as design_centres
from ocop.network.villages import leaflet, queries, queries_routes
from ocop.network.villages.models import VillageRoute, VillageTitle
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.web.public import cards
from ocop.web.requests import Request
from ocop.web.tables import NumberColumn, chips, export_address, listing
from ocop.web.village_charts import income_chart

PAGE = 50
_ROUTES_SHOWN = 6


class PublicVillageTable(tables.Table):
    """The same rows as a workbook."""

    name = tables.Column(verbose_name=gettext_lazy("Làng"))
    trade = tables.Column(verbose_name=gettext_lazy("Nghề"))
    trade_group = tables.Column(verbose_name=gettext_lazy("Nhóm nghề"))
    commune = tables.Column(verbose_name=gettext_lazy("Xã, phường"), accessor="place_name")
    title = tables.Column(verbose_name=gettext_lazy("Danh hiệu"))
    title_year = tables.Column(verbose_name=gettext_lazy("Năm công nhận"))
    in_trade = NumberColumn(verbose_name=gettext_lazy("Hộ làm nghề"))
    income = NumberColumn(verbose_name=gettext_lazy("Thu nhập (đồng/năm)"))
    told_year = tables.Column(verbose_name=gettext_lazy("Năm số liệu"))
    code = tables.Column(verbose_name=gettext_lazy("Mã"))

    class Meta:
        orderable = False

    def value_title(self, value: str) -> str:
        return str(VillageTitle(value).label)


def village_list(request: Request) -> HttpResponseBase:
    """Villages with a craft: searched, filtered, with their titles; the map is a page beside it."""
    today = timezone.localdate()
    rows = queries.counted(province=options.PROVINCE.get(), on=today)
    filters = VillageFilter(
        request.GET, queryset=queries.for_lists(rows, today), request=request, public=True
    )
    rows = filters.qs.order_by("folded", "pk")
    if request.GET.get("format") == "xlsx" and not filters.problems:
        table, title = PublicVillageTable(rows), _("Làng nghề")
        return listing(
            request, table=table, filters=filters, title=title, template="public/villages.html"
        )
    pages = Paginator(rows, PAGE)
    context = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "export_address": export_address(request),
        "page": pages.get_page(request.GET.get("page")),
        "total": pages.count,
        "routes": queries_routes.routes(ANONYMOUS)[:_ROUTES_SHOWN],
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
    years = queries.years_told().filter(village=found, year__lte=today.year)[:10]
    context = {
        "village": found,
        "titles": queries.titles_of(found, today),
        "years": years,
        "chart": income_chart(years),
        "look": queries.last_look(found),
        "artisans": queries.public_artisans(found),
        "routes": queries_routes.routes(ANONYMOUS).filter(pk__in=stops),
        "centres": design_centres.tied_to(today, village=found),
        "points": [cards.point(found.name, lat, lon, note=found.trade)] if lat else [],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/village.html", context)


def route_list(request: Request) -> HttpResponse:
    """The routes."""
    return render(
        request, "public/village_routes.html", {"routes": queries_routes.routes(ANONYMOUS)}
    )


def route(request: Request, code: str) -> HttpResponse:
    """One route as a map with its stops in order."""
    found = _route(code)
    stops = queries_routes.stops_of(found, ANONYMOUS)
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
    paper = leaflet.pdf(found, queries_routes.stops_of(found, ANONYMOUS), address=address)
    response = HttpResponse(paper, content_type=filetypes.PDF)
    response["Content-Disposition"] = f'inline; filename="tuyen-{code}.pdf"'
    return response


def _route(code: str) -> VillageRoute:
    found: VillageRoute = get_object_or_404(queries_routes.routes(ANONYMOUS), code=code)
    return found


def _commune_point(commune: Unit, count: int) -> dict[str, Any]:
    address = f"{reverse('villages')}?unit={places.key_of(commune)}"
    note = ngettext("%s làng có nghề", "%s làng có nghề", count) % write_number(count)
    return cards.point(
        commune.name, commune.lat, commune.lon, address=address, note=note, count=count
    )


def _stop_point(stop: queries_routes.Stop) -> dict[str, Any]:
    place = stop.place
    address = reverse(stop.page, args=[place.code]) if place.code else ""
    about = ", ".join(part for part in (place.about, place.commune, stop.note) if part)
    name = _("%(number)d. %(name)s") % {"number": stop.number, "name": place.name}
    return cards.point(name, place.lat, place.lon, address=address, note=about)
