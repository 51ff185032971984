"""The producer's trade meetings: demands that its goods fit, offers, timetable, standing offers."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.producers import queries as producers
from ocop.products.models import Product, ProductState
from ocop.promotion.meetings import explaining, queries, states
from ocop.promotion.meetings.models import Demand, Supply
from ocop.promotion.meetings.services import offers
from ocop.web.meeting_forms import AnswerForm, SupplyForm, known_supply
from ocop.web.meeting_parts import told_offer, told_slot
from ocop.web.office.dossiers.barring import turned_back
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest

_SHOWN, _NEWS = 50, 12


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """Who looks for what one makes, what was offered, when one meets whom."""
    goods = _goods(request.actor)
    fitting = queries.demands_for(goods, timezone.localdate())[:_NEWS]
    standing = {
        row.product_id: row
        for row in Supply.objects.filter(product__in=goods.values("pk"), ended_at=None)
    }
    mine = queries.own_offers(request.actor).order_by("-sent_at")[:_NEWS]
    context = {
        "makers": producers.own(request.actor),
        "fitting": [
            (demand, found, explaining.words_of(found.match.reasons)) for demand, found in fitting
        ],
        "offers": [told_offer(row) for row in mine],
        "slots": [told_slot(row) for row in queries.own_slots(request.actor)[:_NEWS]],
        "supplies": [
            (row, standing[row.pk], explaining.season_words(standing[row.pk].months))
            for row in goods
            if row.pk in standing
        ],
        "untold": [row for row in goods if row.pk not in standing][:_SHOWN],
    }
    return render(request, "producer/promotion/meetings/index.html", context)


@producer
def demand(request: SignedInRequest, code: str) -> HttpResponse:
    """One demand with the own offers; whom to call once the buyer wants to meet."""
    found = _demand(request.actor, code)
    mine = list(queries.own_offers(request.actor).filter(demand=found))
    context = {
        "demand": found,
        "season": explaining.season_words(found.months),
        "offers": [told_offer(row) for row in mine],
        "known": any(row.state == states.WANTED for row in mine),
        "open": _is_open(found),
        "may_answer": bool(_fitting(request.actor, found)) if _is_open(found) else False,
    }
    return render(request, "producer/promotion/meetings/demand.html", context)


@producer
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    """Offer one of the own products that fit."""
    found = _demand(request.actor, code)
    back = reverse("producer_demand", args=[code])
    goods = _fitting(request.actor, found) if _is_open(found) else []
    if not goods:
        reason = _("Không có sản phẩm nào của bạn chào được cho nhu cầu này nữa.")
        return turned_back(request, reason, back)
    maker = goods[0].producer
    initial = {"contact": request.user.name, "phone": maker.phone}
    form = AnswerForm(goods, request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request, form, offers.answer_demand, demand=found, **form.chosen()
    ):
        messages.success(request, _("Đã gửi chào hàng. Người mua nhận thư ngay."))
        return redirect(back)
    text = _("Người mua thấy sản phẩm, giá, lời chào và cách liên hệ bạn ghi ở đây.")
    return form_page(
        request, form, _("Chào hàng: %s") % found.wanted, back, text=text, action=_("Gửi chào hàng")
    )


@producer
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take an offer back."""
    row = get_object_or_404(queries.own_offers(request.actor), code=code)
    back = reverse("producer_demand", args=[row.demand.code])
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(request, form, offers.withdraw_offer, offer=row):
        messages.success(request, _("Đã rút chào hàng."))
        return redirect(back)
    return form_page(
        request, form, _("Rút chào hàng: %s") % row.product.name, back,
        text=_("Người mua không còn thấy chào hàng này."), action=_("Rút chào hàng"),
        tone="danger",
    )  # fmt: skip


@producer
def supply(request: SignedInRequest, code: str) -> HttpResponse:
    """Tell how much of a product one can sell, when and how far it goes."""
    found = get_object_or_404(_goods(request.actor), code=code)
    known = queries.supply_of(found).first()
    form = SupplyForm(request.POST or None, initial=known_supply(known))
    back = reverse("producer_meetings")
    if sent(request, form) and act_on(
        request, form, offers.offer_supply, product=found, offered=form.offered()
    ):
        messages.success(request, _("Đã ghi khả năng cung ứng."))
        return redirect(back)
    text = _("Dùng để tìm người mua phù hợp; văn phòng và người mua được giới thiệu thấy.")
    return form_page(request, form, _("Khả năng cung ứng: %s") % found.name, back, text=text)


@producer
def supply_end(request: SignedInRequest, code: str) -> HttpResponse:
    """Offer a product no more."""
    found = get_object_or_404(_goods(request.actor), code=code)
    known = get_object_or_404(queries.supply_of(found))
    back = reverse("producer_meetings")
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(request, form, offers.end_supply, supply=known):
        messages.success(request, _("Đã thôi chào bán."))
        return redirect(back)
    return form_page(
        request, form, _("Thôi chào bán: %s") % found.name, back,
        text=_("Chào hàng đã gửi cho người mua vẫn giữ."), action=_("Thôi chào bán"),
    )  # fmt: skip


def form_page(
    request: SignedInRequest, form: Any, title: str, cancel: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own."""
    context = {"form": form, "title": title, "cancel": cancel, **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "producer/promotion/meetings/form.html", context, status=status)


def _goods(actor: Actor) -> QuerySet[Product]:
    """What the producers of an actor make."""
    own = producers.own(actor).values("pk")
    rows = Product.objects.filter(producer__in=own).exclude(state=ProductState.STOPPED)
    return rows.select_related("producer").order_by("folded", "pk")


def _fitting(actor: Actor, found: Demand) -> list[Product]:
    """The own products that fit and were not offered, the best first."""
    offered = found.offers.exclude(state=states.WITHDRAWN).values("product")
    rows = _goods(actor).exclude(pk__in=offered)
    return [each.product for each in queries.goods_for(found, rows, timezone.localdate())]


def _demand(actor: Actor, code: str) -> Demand:
    """A demand that is posted, or that the own goods were offered to."""
    rows = queries.demands_visible_to(actor, timezone.localdate())
    own = queries.own_offers(actor).values("demand")
    posted = queries.open_demands(timezone.localdate())
    return get_object_or_404(rows.filter(pk__in=own) | rows.filter(pk__in=posted), code=code)


def _is_open(found: Demand) -> bool:
    return queries.open_demands(timezone.localdate()).filter(pk=found.pk).exists()
