"""Selling online as a producer sees it: links of each product, quarters to tell, what is ready."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.market import checklist, quarters, queries, rules
from ocop.market.models import ShopLink
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.web import shop_links as looks
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """The producers one acts for, with what waits."""
    today = timezone.localdate()
    makers = list(producers.own(request.actor, on=today).order_by("folded"))
    context = {
        "title": _("Bán online"),
        "makers": [(maker, *_waits(maker)) for maker in makers],
    }
    return render(request, "producer/market/index.html", context)


@producer
def page(request: SignedInRequest, maker: str) -> HttpResponse:
    """One producer: its products with their shops, its quarters, what is ready."""
    found = seller(request, maker)
    today = timezone.localdate()
    done = queries.progress_of(queries.answers_of(found, today), today)
    context = {
        "maker": found,
        "products": _products(found),
        "quarters": _quarters(found),
        "ready": done.ready,
        "asked": len(checklist.checklist_on(today).questions),
        "done": done.done,
        "may_add": True,
    }
    return render(request, "producer/market/page.html", context)


def seller(request: SignedInRequest, maker: str) -> Producer:
    """A producer for which the actor tells; 404 for anybody else."""
    found: Producer = get_object_or_404(producers.visible_to(request.actor), code=maker)
    if not rules.may_sell(request.actor, found, timezone.localdate()):
        raise Http404
    return found


def _waits(maker: Producer) -> tuple[int, list[Any]]:
    """How many links lead nowhere, and the quarters to tell."""
    today = timezone.localdate()
    dead = queries.links_on(today).filter(product__producer=maker, state="dead").count()
    waiting = queries.awaited(maker, today)
    return dead, [(each.name, looks.quarter(each)) for each in waiting[:1]]


def _products(maker: Producer) -> list[dict[str, Any]]:
    """Products that may be linked, with their links and whether the public sees them."""
    today = timezone.localdate()
    rows = list(queries.linkable(maker))
    starred = set(
        queries.with_star(queries.linkable(maker).filter(listed=True), today).values_list(
            "pk", flat=True
        )
    )
    of_product: dict[int, list[ShopLink]] = {}
    for link in queries.by_place(queries.links_on(today).filter(product__in=rows)):
        of_product.setdefault(link.product_id, []).append(link)
    return [
        {
            "product": row,
            "shown": row.pk in starred,
            "links": [
                {
                    "link": link,
                    "place": looks.place(link),
                    "tag": looks.tag(link),
                    "reason": looks.reason(link),
                    "may_check": link.check_from is not None,
                }
                for link in of_product.get(row.pk, ())
            ],
        }
        for row in rows
    ]


def _quarters(maker: Producer) -> list[dict[str, Any]]:
    """The quarters that may be told, with what was told and which are awaited."""
    today = timezone.localdate()
    told = {report.quarter: report for report in maker.online_reports.all()}
    awaited = queries.awaited(maker, today)
    return [
        {
            "name": each.name,
            "words": looks.quarter(each),
            "report": told.get(each),
            "share": looks.share(quarters.share(told[each].online, told[each].total))
            if each in told
            else "",
            "awaited": each in awaited,
        }
        for each in quarters.tellable(today)
    ]
