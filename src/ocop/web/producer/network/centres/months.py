"""Visitors and income of a centre in a month: filled on a phone, without a network if need be."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.network.centres import queries
from ocop.network.centres.services.keeping import tell_centre_month
from ocop.web import offline
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.network.centres.forms import MonthForm
from ocop.web.producer.guard import producer
from ocop.web.producer.network.centres.pages import back_to, kept
from ocop.web.producer.network.sales import month_of
from ocop.web.requests import SignedInRequest


@producer
def page(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """The form of a month; it works without a script and, with one, without a network."""
    found, asked = kept(request, code), month_of(month)
    before = found.months.filter(month=asked).first()
    begun = {"visitors": before.visitors, "income": before.income} if before else {}
    form = MonthForm(posted(request), initial=begun)
    if sent(request, form) and act_on(
        request, form, tell_centre_month, centre=found, month=asked, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi tháng %s.") % f"{asked:%m/%Y}")
        return redirect("producer_centre", code)
    context = {
        "centre": found,
        "month": asked,
        "form": form,
        "before": before,
        "open": asked in queries.tellable(found, timezone.localdate()),
        "kept_title": f"{found.name} {asked:%m/%Y}",
        "send_address": reverse("producer_centre_month_send", args=[code, month]),
        "worker_address": reverse("producer_centre_worker"),
        "back": back_to(code),
        "words": offline.kept_words(),
    }
    return render(request, "producer/centres/month.html", context)


@producer
@require_POST
def send(request: SignedInRequest, code: str, month: str) -> JsonResponse:
    """What the phone kept, sent by itself."""
    try:
        found = kept(request, code)
    except Http404:
        words = _("Bạn không còn phụ trách trung tâm này. Hãy báo Văn phòng.")
        return JsonResponse({"message": words}, status=404)
    asked, form = month_of(month), MonthForm(request.POST)
    return offline.answered(
        form,
        lambda: tell_centre_month(
            actor=request.actor,
            centre=found,
            month=asked,
            at=timezone.now(),
            **form.cleaned_data,
        ),
        {"month": month},
    )


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the form without a network."""
    pages = r"^\/cua-toi\/trung-tam\/[0-9a-z]+\/thang\/[0-9-]+\/$"
    return offline.worker(request, kept=offline.SALES, pages=pages)
