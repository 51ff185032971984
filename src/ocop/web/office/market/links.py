"""Links to shops in the office: the list, one of them with its checks, the marketplaces known."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import events, options
from ocop.core.actions import require
from ocop.filters.market import LinkFilter
from ocop.market import marketplaces, queries, rules
from ocop.market.models import ShopLink
from ocop.market.services import links
from ocop.web import shop_links as looks
from ocop.web.happenings import told
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.market import tables
from ocop.web.office.market.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

CHECKS = 50


class _Nothing(django_forms.Form):
    """A step that asks nothing more than a yes."""


@office
def link_list(request: SignedInRequest) -> HttpResponseBase:
    """Links with what their last check found."""
    require(request.actor, rules.may_open_lists)
    rows = queries.links_visible_to(request.actor)
    filters = LinkFilter(request.GET, queryset=rows, request=request)
    return listing(
        request,
        table=tables.LinkTable(filters.qs, order_by="-checked_at"),
        filters=filters,
        title=_("Nơi bán online của sản phẩm"),
        template="office/market/list.html",
        context={
            "tabs": shown(TABS, request.actor, "office:links"),
            "lead": _("Máy kiểm tra mỗi liên kết mỗi tuần; liên kết hỏng ra khỏi trang công khai."),
            "empty_text": _("Chủ thể thêm nơi bán ở trang của mình, hoặc Văn phòng thêm giúp."),
        },
    )


@office
def link_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One link: where it leads, what checks found, what happened to it."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.links_visible_to(request.actor), code=code)
    product, today = found.product, timezone.localdate()
    context = {
        "tabs": shown(TABS, request.actor, "office:link"),
        "link": found,
        "tag": looks.tag(found),
        "reason": looks.reason(found),
        "place": looks.place(found),
        "kind": looks.kind(found),
        "is_public": queries.buyable(today).filter(pk=product.pk).exists()
        and queries.shown_on(today).filter(pk=found.pk).exists(),
        "checks": [
            (row, looks.check_tag(row), looks.reason(row)) for row in found.checks.all()[:CHECKS]
        ],
        "steps": _steps(request, found),
        "sees_seller": rules.may_see_all(request.actor),
        "events": told(events.activity(found)[:50]),
    }
    return render(request, "office/market/link.html", context)


@office
def link_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Have a link looked at now, or take it away."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.links_visible_to(request.actor), code=code)
    require(request.actor, rules.may_sell, found.product.producer, timezone.localdate())
    chosen = _STEPS.get(step)
    if chosen is None:
        raise Http404
    make, service, title, done = chosen
    form = make(posted(request))
    back = reverse("office:link", args=[code])
    if sent(request, form) and act_on(request, form, service, link=found, **form.cleaned_data):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "title": title, "lead": found.address, "cancel": back}
    return render(request, "office/form.html", context)


@office
def marketplace_list(request: SignedInRequest) -> HttpResponse:
    """The marketplaces that the system knows, with what an office should look at again."""
    require(request.actor, rules.may_open_lists)
    today, invented = timezone.localdate(), options.DEMONSTRATION.get()
    places = [
        (each, looks.kind_words(each.kind), each.closed(today))
        for each in marketplaces.known().values()
        if invented or not each.invented
    ]
    context = {"tabs": shown(TABS, request.actor, "office:marketplaces"), "places": places}
    return render(request, "office/market/places.html", context)


def _steps(request: SignedInRequest, link: ShopLink) -> list[tuple[str, str, str]]:
    """The steps that the actor may take now: address, words, tone."""
    maker = link.product.producer
    if link.ends_on is not None or not rules.may_sell(request.actor, maker, timezone.localdate()):
        return []
    found = [(reverse("producer_link_change", args=[link.code]), _("Đổi địa chỉ"), "")]
    if link.check_from is not None:
        found.insert(0, (_step(link, "kiem-tra"), _("Kiểm tra lại"), "primary"))
    return [*found, (_step(link, "go"), _("Gỡ liên kết"), "danger")]


def _step(link: ShopLink, step: str) -> str:
    return reverse("office:link_step", args=[link.code, step])


_Step = tuple[type[django_forms.Form], Callable[..., Any], Any, Any]
_STEPS: dict[str, _Step] = {
    "kiem-tra": (
        _Nothing, links.ask_check,
        gettext_lazy("Kiểm tra lại"), gettext_lazy("Liên kết được kiểm tra trong ít phút."),
    ),
    "go": (
        ReasonForm, links.close_link, gettext_lazy("Gỡ liên kết"), gettext_lazy("Đã gỡ liên kết."),
    ),
}  # fmt: skip
