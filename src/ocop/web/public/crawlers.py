"""What crawlers and browsers ask for by name: where to look, which pages there are, the icon."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from ocop.core import options
from ocop.core.actor import ANONYMOUS
from ocop.network.centres import queries as centres
from ocop.network.villages import queries as villages
from ocop.network.villages import queries_routes as routes
from ocop.producers import queries as producers
from ocop.products import queries as products

#: Pages that everybody sees and that have no product or producer.
_PAGES = (
    "home", "catalogue", "map", "villages", "village_routes", "centres", "decisions", "progress",
    "figures_definitions",
)  # fmt: skip
#: What is for those who sign in, or is a tool: nothing to be found there by a search.
_CLOSED = ("/dieu-hanh/", "/hoi-dong/", "/quan-tri/", "/cua-toi/", "/tai-khoan/", "/tep/", "/lich/")
_MOST = 50_000  # addresses in one map, by its protocol


@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may look. A demonstration is none of the world's knowledge."""
    closed = ("/",) if options.DEMONSTRATION.get() else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(max_age=3_600, public=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that everybody sees, the newest products first."""
    paths = [reverse(name) for name in _PAGES]
    for name, rows in (
        ("product", products.visible_to(ANONYMOUS)),
        ("producer", producers.visible_to(ANONYMOUS)),
        ("village", villages.counted(province=options.PROVINCE.get(), on=timezone.localdate())),
        ("centre", centres.standing_on(timezone.localdate())),
        ("village_route", routes.routes(ANONYMOUS)),
    ):
        codes = rows.order_by("-pk").values_list("code", flat=True)[: _MOST - len(paths)]
        paths += [reverse(name, args=[code]) for code in codes]
    addresses = [request.build_absolute_uri(path) for path in paths]
    return render(
        request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )


@cache_control(max_age=86_400, public=True)
def favicon(_request: HttpRequest) -> HttpResponse:
    """The icon, for those who ask for it without reading a page."""
    return HttpResponsePermanentRedirect(static("img/icon.svg"))
