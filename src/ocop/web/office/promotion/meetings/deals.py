"""Memoranda and contracts in the office: the list with its sums, one with how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actions import require
from ocop.filters.meetings import DealFilter
from ocop.producers import queries as producers
from ocop.promotion.meetings import queries, rules
from ocop.promotion.meetings.models import Deal, DealState
from ocop.promotion.meetings.services import deals as services
from ocop.web.happenings import told
from ocop.web.meeting_forms import EndForm, FollowForm
from ocop.web.meeting_parts import deal_context, deal_form
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.office.promotion.meetings.pages import form_page, list_page, may_open
from ocop.web.office.promotion.meetings.tables import DealTable
from ocop.web.requests import SignedInRequest


@office
def deal_list(request: SignedInRequest) -> HttpResponseBase:
    """Deals, the latest first, with what they come to."""
    may_open(request)
    rows = queries.deals_visible_to(request.actor)
    filters = DealFilter(request.GET, queryset=queries.with_progress(rows))
    chosen = filters.qs
    return list_page(
        request,
        "office:deals",
        table=DealTable(chosen, order_by="-signed_on"),
        filters=filters,
        title=_("Biên bản, hợp đồng"),
        context={
            "lead": _("Theo dõi một năm từ ngày ký: cứ ba tháng ghi một lần giá trị đã giao."),
            "sums": queries.sums_of(Deal.objects.filter(pk__in=chosen.order_by().values("pk"))),
            "empty_text": _("Chủ thể tự ghi, hoặc văn phòng ghi từ trang nhu cầu, hồ sơ sự kiện."),
        },
    )


@office
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """Record a deal of a producer."""
    may_open(request)
    found = get_object_or_404(producers.visible_to(request.actor), code=maker)
    require(request.actor, rules.may_offer_for, found, timezone.localdate())
    initial = {"demand": request.GET.get("demand", ""), "event": request.GET.get("event", "")}
    form = deal_form(request.actor, found, request.POST or None, initial=initial)
    if sent(request, form) and (
        made := act_on(request, form, services.record_deal, producer=found, signed=form.signed())
    ):
        messages.success(request, _("Đã ghi. Kết quả được hỏi sau 3, 6, 9 và 12 tháng."))
        return redirect("office:deal", made.code)
    back = (_("Biên bản, hợp đồng"), reverse("office:deals"))
    return form_page(request, form, _("Ghi biên bản, hợp đồng: %s") % found.name, back)


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One deal: both sides, value, what was delivered when, activity."""
    found, today = _found(request, code), timezone.localdate()
    context = {
        **deal_context(found, today),
        "may_follow": rules.may_follow(request.actor, found, today),
        "events": told(events.activity(found)[:100]),
    }
    return render(request, "office/promotion/meetings/deal.html", context)


@office
def follow(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Tell for the producer what was delivered."""
    found = _followed(request, code)
    row = get_object_or_404(found.follow_ups, number=number)
    initial = {"delivered": row.delivered, "note": row.note}
    form = FollowForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request, form, services.follow_deal, follow_up=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi kết quả thực hiện."))
        return redirect("office:deal", code)
    return form_page(request, form, _("Ghi kết quả: %s") % found.subject, _back(found))


@office
def end(request: SignedInRequest, code: str) -> HttpResponse:
    """A deal is carried out or broken off."""
    found = _followed(request, code)
    form = EndForm(request.POST or None, running=found.state == DealState.RUNNING)
    if sent(request, form) and act_on(request, form, services.end_deal, deal=found, **form.told()):
        messages.success(request, _("Đã kết thúc."))
        return redirect("office:deal", code)
    text = _("Kết thúc rồi thì không hỏi kết quả nữa; số đã ghi được giữ.")
    return form_page(request, form, _("Kết thúc: %s") % found.subject, _back(found), text=text)


def _found(request: SignedInRequest, code: str) -> Deal:
    may_open(request)
    return get_object_or_404(queries.deals_visible_to(request.actor), code=code)


def _followed(request: SignedInRequest, code: str) -> Deal:
    found = _found(request, code)
    require(request.actor, rules.may_follow, found, timezone.localdate())
    return found


def _back(found: Deal) -> tuple[Any, str]:
    return found.subject, reverse("office:deal", args=[found.code])
