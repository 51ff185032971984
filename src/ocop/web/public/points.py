"""Where goods are sold: points near somebody, one point, the points that sell a product."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from ocop.core.fieldwork import Position
from ocop.core.numbers import write_number
from ocop.filters.network import PublicPointFilter
from ocop.network import place_types
from ocop.network.models import PointPhoto, SalesPoint
from ocop.network.queries import goods
from ocop.network.queries import points as queries
from ocop.products import queries as products
from ocop.web.office.network.looks import hours
from ocop.web.public import cards, linked_data
from ocop.web.requests import Request

PAGE = 24
GOODS = 60


def shops(request: Request) -> HttpResponse:
    """The points that work today: nearest first to who tells where they are, else by name."""
    today = timezone.localdate()
    filters = PublicPointFilter(request.GET, queryset=queries.open_on(today), public=True)
    here = position_of(request)
    pages = Paginator(near(filters.qs, here), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "problems": filters.problem_lines,
        "here": here,
        "total": pages.count,
        "page": page,
        "shops": [line(row, distance) for distance, row in page.object_list],
        "points": [_place(row) for _distance, row in pages.object_list],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/shops.html", context)


def shop(request: Request, code: str) -> HttpResponse:
    """One point: where it is, when it is open, what stands there today."""
    today = timezone.localdate()
    rows = queries.visible_to(request.actor).select_related("commune", "chain")
    found = get_object_or_404(rows.exclude(recognised_on=None), code=code)
    is_open = queries.open_on(today).filter(pk=found.pk).exists()
    stock: Any = (
        goods.standing_at(found, today).select_related("commune", "unit") if is_open else []
    )
    photos = list(found.photos.filter(visit=None))
    place = queries.own_place_of(found)
    context = {
        "point": found,
        "place": _(place_types.PLACES[found.place_type]),
        "hours": hours(found),
        "is_open": is_open,
        "products": cards.cards(stock[:GOODS]),
        "photos": photos,
        "linked_data": linked_data.shop(request, found, place, photos) if is_open else None,
        "points": [_place(found)],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/shop.html", context)


def product_shops(request: Request, code: str) -> HttpResponse:
    """Where a product is sold today."""
    today = timezone.localdate()
    found = get_object_or_404(products.for_lists(products.visible_to(request.actor)), code=code)
    here = position_of(request)
    selling = near(goods.selling(found, today), here)
    context = {
        "product": found,
        "here": here,
        "shops": [line(row, distance) for distance, row in selling],
        "points": [_place(row) for _distance, row in selling],
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/product_shops.html", context)


@cache_control(max_age=86_400, private=True)
def shop_photo(request: Request, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a point that the visitor may see."""
    seen = queries.visible_to(request.actor).values("pk")
    rows = PointPhoto.objects.filter(point__in=seen, point__code=code, visit=None)
    stored = get_object_or_404(rows.select_related("attachment"), pk=pk).attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)


def near(rows: Any, here: Position | None) -> list[tuple[float | None, SalesPoint]]:
    """Points with their distance, or by name where nobody told where they are."""
    if here is None:
        return [(None, row) for row in rows.select_related("commune").order_by("folded", "pk")]
    return queries.by_distance(rows.order_by("folded", "pk"), here)


def line(point: SalesPoint, distance: float | None = None) -> dict[str, Any]:
    """A point as lists show it."""
    return {
        "name": point.name,
        "address": reverse("shop", args=[point.code]),
        "where": f"{point.address}, {point.commune.name}" if point.commune else point.address,
        "hours": hours(point),
        "distance": "" if distance is None else _("%s km") % write_number(distance, 1),
    }


def position_of(request: Request) -> Position | None:
    """Where somebody says to be (`?lat=…&lon=…`); None where that is no place."""
    try:
        found = Position(float(request.GET["lat"]), float(request.GET["lon"]))
    except (KeyError, ValueError):
        return None
    return found if -90 <= found.lat <= 90 and -180 <= found.lon <= 180 else None


def _place(point: SalesPoint) -> dict[str, Any]:
    place = queries.place_of(point)
    lat, lon = (place.lat, place.lon) if place else (None, None)
    address = reverse("shop", args=[point.code])
    return cards.point(point.name, lat, lon, address=address, note=point.address)
