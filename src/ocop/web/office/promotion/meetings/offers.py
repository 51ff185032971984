"""Offers to buyers in the office: the list, and offering for a producer or taking back for it."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.filters.meetings import OfferFilter
from ocop.promotion.meetings import queries, rules
from ocop.promotion.meetings.models import Demand, DemandOffer
from ocop.promotion.meetings.services import offers as services
from ocop.web.meeting_forms import AnswerForm
from ocop.web.office.dossiers.barring import turned_back
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.office.promotion.meetings.pages import form_page, list_page, may_open
from ocop.web.office.promotion.meetings.tables import OfferTable
from ocop.web.requests import SignedInRequest


@office
def offer_list(request: SignedInRequest) -> HttpResponseBase:
    """Offers of the producers in the own communes, or of all; the latest first."""
    may_open(request)
    filters = OfferFilter(request.GET, queryset=queries.offers_visible_to(request.actor))
    return list_page(
        request,
        "office:offers",
        table=OfferTable(filters.qs, order_by="-sent_at"),
        filters=filters,
        title=_("Chào hàng"),
        context={
            "lead": _("Chủ thể nào chào hàng cho ai, người mua trả lời thế nào."),
            "empty_text": _("Mở một nhu cầu mua rồi chào hàng thay chủ thể có sản phẩm phù hợp."),
        },
    )


@office
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    """Offer a product for its producer."""
    may_open(request)
    require(request.actor, rules.may_help)
    today = timezone.localdate()
    rows = queries.demands_visible_to(request.actor, today)
    found = get_object_or_404(rows, code=code)
    fitting = queries.fitting_for(found, request.actor, today)
    goods = queries.goods_to_offer(found, fitting, request.actor, today)
    if not goods:
        reason = _("Không có sản phẩm nào chào thay được cho nhu cầu này.")
        return turned_back(request, reason, reverse("office:demand", args=[code]))
    form = AnswerForm(goods, request.POST or None)
    if sent(request, form) and act_on(
        request, form, services.answer_demand, demand=found, **form.chosen()
    ):
        messages.success(request, _("Đã gửi chào hàng. Người mua nhận thư ngay."))
        return redirect("office:demand", code)
    text = _("Hỏi chủ thể trước khi chào. Người liên hệ là người của chủ thể mà người mua sẽ gọi.")
    return form_page(
        request, form, _("Chào hàng thay chủ thể: %s") % found.wanted, _back(found), text=text,
        action=_("Gửi chào hàng"),
    )  # fmt: skip


@office
def withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take an offer back for its producer."""
    may_open(request)
    rows = queries.offers_visible_to(request.actor)
    row: DemandOffer = get_object_or_404(rows, code=code)
    require(request.actor, rules.may_withdraw, row, timezone.localdate())
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(request, form, services.withdraw_offer, offer=row):
        messages.success(request, _("Đã rút chào hàng."))
        return redirect("office:demand", row.demand.code)
    return form_page(
        request, form, _("Rút chào hàng: %s") % row.product.name, _back(row.demand),
        text=_("Người mua không còn thấy chào hàng này."), action=_("Rút chào hàng"),
        tone="danger",
    )  # fmt: skip


def _back(found: Demand) -> tuple[Any, str]:
    return found.wanted, reverse("office:demand", args=[found.code])
