"""The commune's page: the checklist and Form 03 with the producer's claims beside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.language import gettext as kernel
from ocop.dossiers import rules
from ocop.dossiers.models import State
from ocop.dossiers.services import checks, commune
from ocop.web.office.dossiers import looks
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.fetch import clock_of, found_or_404
from ocop.web.office.dossiers.forms import ReportForm
from ocop.web.office.dossiers.page import claims_of
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@office
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """Write Form 03: kept half done at any time, forwarded when it is complete."""
    found = found_or_404(request.actor, code)
    require(request.actor, rules.is_commune_of, found)
    if reason := why_not(checks.is_at, found, State.AT_COMMUNE):
        return turned_back(request, reason, f"{reverse('office:dossier', args=[code])}?tab=mau-03")
    kept = getattr(found, "report", None)
    form = ReportForm(
        found.version.sector, request.POST or None, initial=ReportForm.initial_of(kept)
    )
    if sent(request, form) and act_on(
        request,
        form,
        commune.save_report,
        dossier=found,
        report=form.report(),
        revision=form.cleaned_data["revision"] or 0,
    ):
        if "forward" not in request.POST:
            messages.success(request, _("Đã lưu Mẫu số 03."))
            return redirect("office:report", code)
        if reason := why_not(commune.expect_complete, found):
            return turned_back(request, reason, reverse("office:report", args=[code]))
        return redirect("office:dossier_step", code, "chuyen")
    context = {
        "form": form,
        "dossier": found,
        "clock": looks.clock_deadline(clock_of(found)),
        "topics": [
            (kernel(topic.words), holds, text, claims_of(found, topic))
            for topic, holds, text in form.topics()
        ],
    }
    return render(request, "office/dossiers/report.html", context)
