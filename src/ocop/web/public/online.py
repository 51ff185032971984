"""What can be bought online today, and where."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ocop.filters.market import BuyableFilter
from ocop.market import queries
from ocop.web import shop_links
from ocop.web.public import cards
from ocop.web.requests import Request

PAGE = 24


def products(request: Request) -> HttpResponse:
    """Products with a valid star and a shop elsewhere that was found at its last check."""
    today = timezone.localdate()
    rows = queries.buyable(today).select_related("producer", "commune", "unit")
    filters = BuyableFilter(request.GET, queryset=rows, public=True)
    pages = Paginator(filters.qs.order_by("-stars", "folded", "pk"), PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    shops = queries.shops_of_many([row.pk for row in shown], today)
    context = {
        "filters": filters,
        "problems": filters.problem_lines,
        "total": pages.count,
        "page": page,
        "products": [
            (card, shop_links.buttons(shops.get(row.pk, [])))
            for card, row in zip(cards.cards(shown), shown, strict=True)
        ],
    }
    return render(request, "public/online.html", context)
