"""The producer's own stamps: ordering, activating for a lot, telling what happened to some."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.traceability import queries, rules, stamp_queries
from ocop.traceability.models import StampOrder, TradeItem
from ocop.traceability.services.orders import order_stamps
from ocop.web.forms import act
from ocop.web.menu import shown
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.traceability import stamp_looks, stamp_steps
from ocop.web.office.traceability.stamp_forms import OrderForm
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.menu import TABS
from ocop.web.requests import SignedInRequest

ORDERS_SHOWN = 100


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Own orders, what is left of the year's allowance, and what stamps may be ordered for."""
    own, year = list(producers.own(request.actor).order_by("folded")), timezone.localdate().year
    rows = StampOrder.objects.filter(item__product__producer__in=own)
    rows = stamp_queries.for_lists(rows.select_related("item__product"))
    items = TradeItem.objects.filter(product__producer__in=own, stopped_at=None)
    context = {
        "tabs": shown(TABS, request.actor, "producer_stamps"),
        "title": _("Tem"),
        "lead": _("Đặt tem cho quy cách, kích hoạt cho từng lô trước khi bán."),
        "allowances": [(maker, stamp_queries.allowance_of(maker, year)) for maker in own],
        "year": year,
        "orders": [
            (order, stamp_looks.order_tag(order, producer=True))
            for order in rows.order_by("-requested_at", "-pk")[:ORDERS_SHOWN]
        ],
        "items": items.select_related("product").order_by("product__folded", "name"),
        "several": len(own) > 1,
    }
    return render(request, "producer/stamps/index.html", context)


@producer
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Order stamps for a sales unit."""
    rows = queries.items_visible_to(request.actor)
    item = get_object_or_404(rows.filter(stopped_at=None), code=code)
    maker = item.product.producer
    _may_order_or_404(request, maker)
    allowed = stamp_queries.allowance_of(maker, timezone.localdate().year)
    form = OrderForm(allowed, posted(request))
    if sent(request, form):
        now, wanted = timezone.now(), form.wanted()
        made = act(form, order_stamps, actor=request.actor, item=item, wanted=wanted, at=now)
        if made:
            messages.success(request, _("Đã gửi đơn đặt tem. Văn phòng sẽ trả lời."))
            return redirect("producer_stamp_order", made.code)
    context = {
        "form": form,
        "item": item,
        "title": _("Đặt tem"),
        "allowed": allowed,
        "back": reverse("producer_stamps"),
    }
    return render(request, "producer/stamps/new.html", context)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One order: where its stamps are and what to do next."""
    found = _found(request, code)
    back = reverse("producer_stamp_order", args=[code])
    context = {
        **stamp_looks.reading(found, producer=True),
        "steps": stamp_steps.steps_for(request.actor, found, stamp_steps.PRODUCER, back),
        "has_lots": stamp_queries.lots_to_activate(found).exists(),
        "office": rules.may_manage_stamps(request.actor),
    }
    return render(request, "producer/stamps/order.html", context)


@producer
def step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """A step of an order."""
    return stamp_steps.step_page(
        request,
        _found(request, code),
        stamp_steps.PRODUCER,
        step,
        back=reverse("producer_stamp_order", args=[code]),
        template="producer/stamps/step.html",
    )


def _found(request: SignedInRequest, code: str) -> StampOrder:
    """An order of who may order; nobody else finds it here."""
    found = get_object_or_404(queries.orders_visible_to(request.actor), code=code)
    _may_order_or_404(request, found.item.product.producer)
    return found


def _may_order_or_404(request: SignedInRequest, maker: Producer) -> None:
    if not rules.may_order_stamps(request.actor, maker, timezone.localdate()):
        raise Http404
