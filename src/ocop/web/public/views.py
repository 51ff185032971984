"""The pages everybody sees: home, product, producer, map, photographs."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from ocop.core import numbers, options
from ocop.filters.register import MapFilter
from ocop.market import queries as market
from ocop.network.centres import queries as design_centres
from ocop.network.queries import goods
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.products.models import ProductImage, Sector
from ocop.programme import queries as programme
from ocop.recognition import queries as register
from ocop.recognition.models import Evidence
from ocop.recognition.postcheck import public
from ocop.recognition.queries import Narrowing
from ocop.web import shop_links
from ocop.web.producer.opening import opening_of
from ocop.web.public import cards, linked_data, passports, points
from ocop.web.public.certified import snippet
from ocop.web.requests import Request

FEATURED = 8
SHOPS = 5  # on the page of a product


def home(request: Request) -> HttpResponse:
    """Search first, then what the province holds today."""
    today = timezone.localdate()
    province = options.PROVINCE.get()
    by = Narrowing(province=province, valid=True)
    held = register.counted(register.catalogue(request.actor, on=today, by=by), province)
    counted = register.facets(held)
    pictured = Exists(ProductImage.objects.filter(product=OuterRef("pk")))
    featured = held.alias(pictured=pictured).order_by("-pictured", "-stars", "-star_from", "pk")
    context = {
        "featured": cards.cards(featured[:FEATURED]),
        "sectors": [(s, s.label, counted.sectors.get(s.value, 0)) for s in Sector],
        "valid": counted.total,
        "ranks": counted.ranks,
        "progress": programme.progress(programme.scope(request.actor, as_of=today)),
    }
    return render(request, "public/home.html", context)


def product(request: Request, code: str) -> HttpResponse:
    """One product: the state of its star today first, then its life, maker and place."""
    today = timezone.localdate()
    found = get_object_or_404(products.for_lists(products.visible_to(request.actor)), code=code)
    steps = register.life_line(request.actor, found, today)
    ruling = next((step for step in steps if step.rules), None)
    told = {step.recognition.evidence for step in steps}
    images = list(products.images_of(found))
    selling = list(goods.selling(found, today).order_by("folded", "pk"))
    context = {
        "product": found,
        "facts": products.facts_for(request.actor, found, on=today),
        "ruling": ruling,
        "since": public.since(ruling.recognition, ruling.state, today) if ruling else "",
        "stopped": cards.stopped_words(found),
        "steps": list(reversed(steps)),
        "images": images,
        "place": cards.place_of(found),
        "linked_data": linked_data.product(request, found, ruling, images),
        "title": found.name,
        "real": bool(told) and Evidence.M not in told,
        "snippet": snippet(request, found),
        "opening": opening_of(request.actor, found, today),
        "passports": passports.of_product(found),
        "shops": [points.line(row) for row in selling[:SHOPS]],
        "shops_count": len(selling),
        "online": shop_links.buttons(market.shops_of(found, today)),
        "centres": list(design_centres.tied_to(today, product=found))
        if found.set_number == design_centres.TOURISM_SET
        else [],
        "badge_frame": request.build_absolute_uri(reverse("badge_page", args=[code])),
    }
    return render(request, "public/product.html", context)


def producer(request: Request, code: str) -> HttpResponse:
    """One producer with its products."""
    today = timezone.localdate()
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    own = register.standing(
        products.for_lists(products.of_producer(request.actor, found)), today
    ).order_by("-stars", "folded")
    points = [cards.point(found.name, found.lat, found.lon)] if found.lat is not None else []
    context = {
        "producer": found,
        "stopped": cards.producer_stopped_words(found),
        "facts": producers.facts_for(request.actor, found, on=today),
        "products": cards.cards(own),
        "place": cards.place_of(found),
        "points": points,
        "tiles": settings.MAP_TILES,
        "linked_data": linked_data.producer(request, found),
    }
    return render(request, "public/producer.html", context)


def map_page(request: Request) -> HttpResponse:
    """Where the products are: communes on a map, with the list beside it."""
    today = timezone.localdate()
    rows = register.catalogue(request.actor, on=today)
    filters = MapFilter(request.GET, queryset=rows, public=True)
    sector = filters.form.cleaned_data.get("sector", "") if filters.is_valid() else ""
    province = places.province(request.GET.get("province", "") or options.PROVINCE.get())
    if province is None:
        raise Http404
    by = Narrowing(province=province.code, valid=True, sector=sector)
    held = register.narrow_catalogue(rows.none() if filters.problems else rows, by)
    held = register.counted(held, province.code)
    counts = dict(held.order_by().values_list("commune").annotate(n=Count("pk")))
    communes = Unit.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("folded")
    points = [_commune_point(commune, counts[commune.pk], sector) for commune in communes]
    context = {
        "points": points,
        "problems": filters.problem_lines,
        "unplaced": counts.get(None, 0),
        "total": sum(counts.values()),
        "sectors": [("", _("Tất cả ngành")), *Sector.choices],
        "sector": sector,
        "province": province,
        "provinces": places.provinces_now(),
        "tiles": settings.MAP_TILES,
    }
    return render(request, "public/map.html", context)


def _commune_point(commune: Unit, count: int, sector: str) -> dict[str, Any]:
    address = f"{reverse('catalogue')}?unit={places.key_of(commune)}&valid=true"
    if sector:
        address += f"&sector={sector}"
    note = _("%s sản phẩm còn hiệu lực") % numbers.write_number(count)
    return cards.point(
        commune.name, commune.lat, commune.lon, address=address, note=note, count=count
    )


@cache_control(max_age=86_400, public=True)
def photo(request: Request, pk: int) -> HttpResponseBase:
    """A photograph of a product that the visitor may see."""
    image = get_object_or_404(
        ProductImage.objects.select_related("attachment").filter(
            product__in=products.visible_to(request.actor)
        ),
        pk=pk,
    )
    stored = image.attachment
    return FileResponse(stored.file.open("rb"), content_type=stored.media_type)
