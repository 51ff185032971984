"""Producers that sell online, in the office: their links, quarters and what they have ready."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.filters.market import OnlineReportFilter, SellerFilter
from ocop.market import checklist, quarters, queries, rules
from ocop.market.models import OnlineReport
from ocop.producers.models import Producer
from ocop.web import shop_links as looks
from ocop.web.menu import shown
from ocop.web.office.guard import office
from ocop.web.office.market import tables
from ocop.web.office.market.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@office
def seller_list(request: SignedInRequest) -> HttpResponseBase:
    """Producers with a link that stands, and how far each is."""
    require(request.actor, rules.may_see_all)
    filters = SellerFilter(request.GET, queryset=_with_counts(), request=request)
    last = quarters.of_day(timezone.localdate()).before
    return listing(
        request,
        table=tables.SellerTable(filters.qs, order_by="name"),
        filters=filters,
        title=_("Chủ thể bán online"),
        template="office/market/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:sellers"),
            "lead": _("Quý trước là %s.") % looks.quarter(last),
            "empty_text": _("Chưa chủ thể nào có nơi bán trên mạng."),
        },
    )


@office
def seller_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One producer: what it has ready, its quarters, its links."""
    require(request.actor, rules.may_see_all)
    found, today = get_object_or_404(Producer, code=code), timezone.localdate()
    row = queries.answers_of(found, today)
    asked = checklist.checklist_on(today)
    answers = row.answers if row else {}
    links = queries.links_on(today).filter(product__producer=found).select_related("product")
    context = {
        "tabs": shown(TABS, request.actor, "office:seller"),
        "maker": found,
        "list": row,
        "asked": asked,
        "answers": [
            (words, _answer(answers.get(key, "")))
            for key, words in looks.questions(asked.questions)
        ],
        "reports": [
            (
                looks.quarter(each.quarter),
                each,
                looks.share(quarters.share(each.online, each.total)),
            )
            for each in found.online_reports.all()
        ],
        "awaited": [looks.quarter(each) for each in queries.awaited(found, today)],
        "links": [(link, looks.place(link), looks.tag(link)) for link in queries.by_place(links)],
        "may_sell": rules.may_sell(request.actor, found, today),
    }
    return render(request, "office/market/seller.html", context)


@office
def sales_list(request: SignedInRequest) -> HttpResponseBase:
    """What was told, with the share of each quarter together."""
    require(request.actor, rules.may_see_all)
    rows = queries.reports_visible_to(request.actor)
    filters = OnlineReportFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.SalesTable(filters.qs, order_by="-quarter"),
        filters=filters,
        title=_("Doanh thu online"),
        template="office/market/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:online_sales"),
            "lead": _("Tỷ lệ chung là doanh thu online của mọi chủ thể chia cho tổng của họ."),
            "quarters": [_told(each, sold) for each, sold in queries.sold_by_quarter(filters.qs)],
            "empty_text": _("Chủ thể ghi doanh thu mỗi quý ở trang của mình."),
        },
    )


def _told(each: quarters.Quarter, sold: queries.Sold) -> dict[str, str]:
    """A quarter with its sums in words."""
    return {
        "words": looks.quarter(each),
        "share": looks.share(sold.share),
        "online": looks.money(sold.online),
        "total": looks.money(sold.total),
        "producers": write_number(sold.producers),
    }


def _with_counts() -> QuerySet[Any]:
    """Sellers with their links, those that lead nowhere, and the last quarter."""
    today = timezone.localdate()
    stands = Q(products__shop_links__in=queries.links_on(today))
    last = quarters.of_day(today).before
    told = OnlineReport.objects.filter(starts_on=last.first_day, producer=OuterRef("pk"))
    return queries.sellers(today).annotate(
        link_count=Count("products__shop_links", filter=stands),
        dead_count=Count(
            "products__shop_links", filter=stands & Q(products__shop_links__state="dead")
        ),
        last_total=Subquery(told.values("total")[:1]),
        last_online=Subquery(told.values("online")[:1]),
    )


def _answer(answer: str) -> dict[str, str]:
    """An answer as a chip."""
    if not answer:
        return {"words": _("Chưa trả lời"), "tone": "flat", "shape": "question"}
    tone, shape = ("due", "clock") if answer == checklist.NO else ("ok", "check")
    return {"words": kernel(checklist.ANSWERS[answer]), "tone": tone, "shape": shape}
