"""The producer's own lots: all of them, one of them, opening and changing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.filters.traceability import LotFilter
from ocop.producers import queries as producers
from ocop.traceability import passports, queries, rules
from ocop.traceability.models import Lot, Site, TradeItem
from ocop.traceability.services import lots as services
from ocop.web import passports as shown_passports
from ocop.web.office.traceability.looks import lot_tag
from ocop.web.office.traceability.tables import LotTable
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.diary import may_recall
from ocop.web.producer.traceability.forms import LotForm
from ocop.web.producer.traceability.pages import change_page, done, form_page, posted, tabs
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


@producer
def index(request: SignedInRequest) -> HttpResponseBase:
    """Own lots, newest first."""
    own = producers.own(request.actor)
    rows = Lot.objects.filter(item__product__producer__in=own.values("pk"))
    rows = rows.select_related("item__product__producer", "site")
    filters = LotFilter(request.GET, queryset=rows, request=request)
    del filters.filters["commune"]  # all are of the own producers
    table = LotTable(
        filters.qs,
        page="producer_lot",
        order_by="-produced_on",
        exclude=() if own.count() > 1 else ("producer",),
    )
    return listing(
        request,
        table=table,
        filters=filters,
        title=_("Lô hàng"),
        template="producer/traceability/lots.html",
        context={
            "lead": _("Mỗi mẻ làm ra là một lô: số lô in trên bao bì, ngày sản xuất, hạn sử dụng."),
            "tabs": tabs(request.actor, "producer_lots"),
            "empty_text": _("Chọn một quy cách rồi bấm Mở lô."),
            "empty_address": reverse("producer_traceability"),
            "empty_action": _("Chọn quy cách"),
        },
    )


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One lot: what it tells and lacks, and its way."""
    found = _kept(request, code)
    context = {
        "lot": found,
        "item": found.item,
        "state": lot_tag(found),
        "trace_code": queries.trace_code(found),
        "site_code": queries.site_code(found.site) if found.site else "",
        "office": rules.may_open_lists(request.actor),
        "may_recall": may_recall(request, found),
        **shown_passports.reading(passports.passport_of(found.item, found)),
    }
    return render(request, "producer/traceability/lot.html", context)


@producer
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Open a lot: today's, at the place and in the measure of the one before."""
    item = get_object_or_404(queries.items_kept_by(request.actor), code=code)
    if item.stopped_at is not None:
        messages.info(request, _("Quy cách này đã ngừng bán, không mở lô mới được."))
        return redirect("producer_item", code)
    form = LotForm(_sites(item), posted(request), initial=_proposed(item, timezone.localdate()))
    made = done(request, form, services.open_lot, item=item)
    if made is not None:
        messages.success(request, _("Đã mở lô %s.") % made.number)
        return redirect("producer_lot", made.code)
    back = reverse("producer_item", args=(code,))
    return form_page(request, form, _("Mở lô"), back, about=str(item))


@producer
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a lot."""
    found = _kept(request, code)
    sites = _sites(found.item, found.site)
    told = queries.told_lots(found.item).filter(pk=found.pk).exists()
    return change_page(
        request,
        found,
        make=lambda sent, initial: LotForm(sites, sent, initial=initial, told=told),
        known=lambda: _known(found),
        save=services.change_lot,
        named="lot",
        said=_("Đã lưu lô."),
        title=_("Sửa lô %s") % found.number,
        back=reverse("producer_lot", args=(code,)),
    )


@producer
def passport(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """The passport of a lot as a file."""
    found = _kept(request, code)
    return shown_passports.file_of(passports.passport_of(found.item, found), kind)


def _kept(request: SignedInRequest, code: str) -> Lot:
    """A lot that the actor may write; nobody else finds it here."""
    return get_object_or_404(queries.lots_kept_by(request.actor), code=code)


def _sites(item: TradeItem, held: Site | None = None) -> list[Site]:
    """The places where a lot may be made: those in use, and the one it has."""
    wanted = Q(closed_at=None) | Q(pk=held.pk) if held else Q(closed_at=None)
    return list(Site.objects.filter(wanted, producer=item.product.producer_id))


def _known(lot: Lot) -> dict[str, Any]:
    names = ("number", "produced_on", "expires_on", "quantity", "measure", "note")
    told = {name: getattr(lot, name) for name in names}
    return told | {"site": lot.site.code if lot.site else ""}


def _proposed(item: TradeItem, today: date) -> dict[str, Any]:
    """A number made of the day, that the sales unit does not have yet; place and measure of the
    last lot."""
    last = item.lots.select_related("site").order_by("-created_at", "-pk").first()
    taken = set(item.lots.filter(number__startswith=f"{today:%y%m%d}").values_list("number"))
    number, turn = f"{today:%y%m%d}", 1
    while (number,) in taken:
        turn += 1
        number = f"{today:%y%m%d}-{turn}"
    told: dict[str, Any] = {"number": number, "produced_on": today}
    if last is not None:
        told["measure"] = last.measure
        if last.site is not None and last.site.closed_at is None:
            told["site"] = last.site.code
    return told
