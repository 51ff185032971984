"""Booths given by computation: asked for, looked at, taken onto the plan."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.jobs.files import is_at_work
from ocop.promotion import jobs, queries, rules
from ocop.promotion.models import Allocation, EventApplication
from ocop.promotion.services import allocating
from ocop.web import jobs as pages
from ocop.web.booth_plan import picture
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.office.promotion.pages import form_page, managed_event
from ocop.web.office.promotion.tables import gap_words
from ocop.web.requests import SignedInRequest


@office
def ask(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for an allocation; the worker computes it, whatever becomes of this browser."""
    found = managed_event(request.actor, code)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if sent(request, form) and (made := act_on(request, form, jobs.ask_allocation, event=found)):
        return redirect("office:event_allocation", made.code)
    text = _(
        "Máy tính xếp hồ sơ đang chờ vào gian trống theo ngành hàng, diện tích, điểm ưu tiên và "
        "gian cạnh nhau. Kết quả chỉ lên sơ đồ khi bạn đồng ý."
    )
    return form_page(
        request, form, _("Xếp gian tự động"), reverse("office:event_plan", args=[code]),
        event=found, text=text, action=_("Xếp gian"),
    )  # fmt: skip


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is; then who would stand where, and who gets no booth and why."""
    made = _found(request, code)
    event, result = made.event, made.result
    context = {
        "made": made,
        "event": event,
        "title": _("Kết quả xếp gian"),
        "at_work": is_at_work(made, timezone.now()),
        "may_take": rules.may_manage(request.actor) and made.is_there and made.taken_at is None,
    }
    if made.is_there:
        codes = [*result["seats"], *result["refusals"]]
        rows = EventApplication.objects.filter(code__in=codes).select_related("producer")
        names = {row.code: row.producer.name for row in rows}
        holders = {label: names[code] for code, label in result["seats"].items()}
        spots = queries.spots_of(event)
        context |= {
            "plan": picture(event.hall_width, event.hall_depth, spots, holders),
            "seats": sorted((label, name) for label, name in holders.items()),
            "refused": sorted(
                (names[code], told["answer"]) for code, told in result["refusals"].items()
            ),
            "choice": gap_words(result["gap"]),
            "placing": gap_words(result["place_gap"]),
        }
    return render(request, "office/promotion/allocation.html", context)


@office
def progress(request: SignedInRequest, code: str) -> HttpResponse:
    """How far the worker is; when it is done, the page comes anew."""
    made = _found(request, code)
    return pages.progress(request, made, "office/promotion/allocation_progress.html")


@office
@require_POST
def take(request: SignedInRequest, code: str) -> HttpResponse:
    """Put the result onto the plan."""
    made = _found(request, code)
    require(request.actor, rules.may_manage)
    form = forms.Form(request.POST)
    if sent(request, form) and act_on(request, form, allocating.take_allocation, made=made):
        messages.success(request, _("Đã đưa kết quả lên sơ đồ. Xem lại rồi công bố kết quả."))
        return redirect("office:event_plan", made.event.code)
    for words in form.non_field_errors():
        messages.warning(request, str(words))
    return redirect("office:event_allocation", code)


def _found(request: SignedInRequest, code: str) -> Allocation:
    require(request.actor, rules.may_open_lists)
    rows = queries.allocations_visible_to(request.actor).select_related("event")
    return get_object_or_404(rows, code=code)
