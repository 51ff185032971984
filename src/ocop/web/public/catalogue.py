"""The catalogue: products as cards, searched and filtered."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core import options
from ocop.filters.register import ProductFilter
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.products import queries as products
from ocop.recognition import queries as register
from ocop.recognition.models import Evidence
from ocop.recognition.queries import Narrowing
from ocop.web.public import cards
from ocop.web.requests import Request
from ocop.web.tables import chips

PAGE = 24
_PLACES = 6  # of one name, now and then
#: With a search the nearest hits come first, without one what holds a star today.
ORDERS = {
    "near": (_("Khớp nhất trước"), ("relevance", "held", "-stars", "folded", "pk")),
    "name": (_("Theo tên"), ("folded", "pk")),
    "stars": (_("Nhiều sao trước"), ("held", "-stars", "folded", "pk")),
    "new": (_("Mới công nhận trước"), ("-star_from", "folded", "pk")),
}


def catalogue(request: Request) -> HttpResponse:
    """Products that have or had a star. A search without a hit proposes the nearest words."""
    today = timezone.localdate()
    rows = register.catalogue(request.actor, on=today)
    filters = ProductFilter(request.GET, queryset=rows, request=request, public=True)
    found = filters.qs
    text = request.GET.get("q", "")
    searched = bool(text.strip())
    orders = {key: order for key, order in ORDERS.items() if searched or key != "near"}
    order = request.GET.get("order", "")
    order = order if order in orders else "near" if searched else "stars"
    found = register.held_first(products.by_relevance(found, text) if searched else found)
    pages = Paginator(found.order_by(*orders[order][1]), PAGE)
    page = pages.get_page(request.GET.get("page"))
    hopeless = bool(text) and not pages.count and not filters.problems
    named = _places(rows, filters)
    context: dict[str, Any] = {
        "filters": filters,
        "chips": chips(request, filters),
        "problems": filters.problem_lines,
        "page": page,
        "total": pages.count,
        "beside": _beside(found, filters),
        "products": cards.cards(page.object_list),
        "orders": [(key, words) for key, (words, _columns) in orders.items()],
        "order": order,
        "elsewhere": (elsewhere := _elsewhere(rows, filters) if hopeless else []),
        "places": [(places.key_of(unit), unit, count) for unit, count in named],
        "suggestions": [] if named or elsewhere or not hopeless else _suggestions(rows, text),
    }
    return render(request, "public/catalogue.html", context)


def _beside(found: QuerySet[Any], filters: ProductFilter) -> int:
    """How many of the products found are real ones that a demonstration's figures do not count."""
    if not options.DEMONSTRATION.get() or filters.form.cleaned_data.get("province"):
        return 0
    return found.exclude(star_evidence=Evidence.M).count()


def _elsewhere(rows: QuerySet[Any], filters: ProductFilter) -> list[tuple[str, str, int]]:
    """Other provinces in which the same search finds something: code, name and how much."""
    if filters.form.cleaned_data.get("province"):
        return []
    everywhere = register.narrow_catalogue(rows, replace(filters.narrowing(), province=""))
    counted = dict(everywhere.order_by().values_list("province").annotate(n=Count("pk")))
    return [(p.code, p.name, counted[p.code]) for p in places.provinces_now() if p.code in counted]


def _places(rows: QuerySet[Any], filters: ProductFilter) -> list[tuple[Unit, int]]:
    """Places of this name, of now and of then, with how many products the other filters leave."""
    by = filters.narrowing()
    if filters.problems or by.unit is not None or not by.text.strip():
        return []
    province = by.province or options.PROVINCE.get()
    called = places.named(places.of_province(province), by.text).exclude(level=Level.PROVINCE)
    counted = (
        (unit, register.narrow_catalogue(rows, replace(by, text="", unit=unit)).count())
        for unit in called[:_PLACES]
    )
    return [(unit, count) for unit, count in counted if count]


def _suggestions(rows: QuerySet[Any], text: str) -> list[str]:
    """Words that find something once all filters are dropped: in the province of the page."""
    here = Narrowing(province=options.PROVINCE.get())
    return products.suggestions(register.narrow_catalogue(rows, here), text)
