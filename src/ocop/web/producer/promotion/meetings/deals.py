"""The producer's memoranda and contracts: recorded, followed, ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.producers import queries as producers
from ocop.promotion.meetings import queries
from ocop.promotion.meetings.models import Deal, DealState
from ocop.promotion.meetings.services import deals as services
from ocop.web.meeting_forms import EndForm, FollowForm
from ocop.web.meeting_parts import DEAL_LOOKS, deal_context, deal_form
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.producer.guard import producer
from ocop.web.producer.promotion.meetings.pages import form_page
from ocop.web.requests import SignedInRequest

_SHOWN = 100


@producer
def index(request: SignedInRequest) -> HttpResponse:
    """The own deals, those that wait for an answer in front."""
    today = timezone.localdate()
    rows = queries.own_deals(request.actor).prefetch_related("follow_ups")[:_SHOWN]
    told = [(row, queries.progress_of(row, today), DEAL_LOOKS[row.state]) for row in rows]  # type: ignore[index]
    told.sort(key=lambda each: not (each[1].late and each[0].state == "running"))
    context = {"makers": producers.own(request.actor).order_by("folded"), "deals": told}
    return render(request, "producer/promotion/meetings/deals.html", context)


@producer
def new(request: SignedInRequest, maker: str) -> HttpResponse:
    """Record what was signed."""
    of = get_object_or_404(producers.own(request.actor), code=maker)
    initial = {"demand": request.GET.get("demand", "")}
    form = deal_form(request.actor, of, request.POST or None, initial=initial)
    if sent(request, form) and (
        made := act_on(request, form, services.record_deal, producer=of, signed=form.signed())
    ):
        messages.success(request, _("Đã ghi. Kết quả được hỏi sau 3, 6, 9 và 12 tháng."))
        return redirect("producer_deal", made.code)
    text = _("Giá trị chỉ bạn, cán bộ xã phụ trách và văn phòng thấy.")
    title = _("Ghi biên bản, hợp đồng: %s") % of.name
    return form_page(request, form, title, reverse("producer_deals"), text=text)


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One deal: what was delivered when, what is asked next."""
    context = deal_context(_own(request, code), timezone.localdate())
    return render(request, "producer/promotion/meetings/deal.html", context)


@producer
def follow(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """Tell what was delivered so far."""
    found = _own(request, code)
    row = get_object_or_404(found.follow_ups, number=number)
    initial = {"delivered": row.delivered, "note": row.note}
    form = FollowForm(request.POST or None, initial=initial)
    if sent(request, form) and act_on(
        request, form, services.follow_deal, follow_up=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi kết quả thực hiện."))
        return redirect("producer_deal", code)
    back = reverse("producer_deal", args=[code])
    return form_page(request, form, _("Ghi kết quả: %s") % found.subject, back)


@producer
def end(request: SignedInRequest, code: str) -> HttpResponse:
    """A deal is carried out or broken off."""
    found = _own(request, code)
    form = EndForm(request.POST or None, running=found.state == DealState.RUNNING)
    if sent(request, form) and act_on(request, form, services.end_deal, deal=found, **form.told()):
        messages.success(request, _("Đã kết thúc."))
        return redirect("producer_deal", code)
    text = _("Kết thúc rồi thì không hỏi kết quả nữa; số đã ghi được giữ.")
    back = reverse("producer_deal", args=[code])
    return form_page(request, form, _("Kết thúc: %s") % found.subject, back, text=text)


def _own(request: SignedInRequest, code: str) -> Deal:
    found: Deal = get_object_or_404(queries.own_deals(request.actor), code=code)
    return found
