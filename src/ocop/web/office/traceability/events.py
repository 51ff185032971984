"""Events in the office, the way of a lot, its inspection and its recall."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.filters.traceability import TraceEventFilter
from ocop.traceability import chronicle, genealogy, queries, rules
from ocop.traceability.models import Lot
from ocop.traceability.services import noting, recalling
from ocop.web import recalls, trace_events
from ocop.web.council.sitting_forms import MomentInput
from ocop.web.forms import act
from ocop.web.office.guard import office
from ocop.web.office.traceability.event_tables import EventTable
from ocop.web.office.traceability.lists import listed
from ocop.web.requests import SignedInRequest


class InspectionForm(forms.Form):
    """What an inspector found of a lot."""

    done_at = forms.DateTimeField(label=gettext_lazy("Kiểm tra lúc"), widget=MomentInput)
    result = forms.ChoiceField(
        label=gettext_lazy("Kết quả"),
        choices=[("yes", gettext_lazy("Đạt")), ("no", gettext_lazy("Không đạt"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Không đạt thì ghi rõ vì sao."),
    )


@office
def event_list(request: SignedInRequest) -> HttpResponseBase:
    """Events of the producers that the actor oversees."""
    require(request.actor, rules.may_open_lists)
    rows = queries.events_visible_to(request.actor).filter(declares=None)
    filters = TraceEventFilter(request.GET, queryset=rows, request=request)
    return listed(
        request,
        "office:trace_events",
        _("Sự kiện truy xuất"),
        EventTable(chronicle.for_lists(filters.qs), order_by="-event_time"),
        filters,
        lead=_("Mỗi dòng là một việc chủ thể, cán bộ hoặc phần mềm đã ghi theo chuẩn EPCIS 2.0."),
        empty_text=_("Sự kiện xuất hiện ở đây khi chủ thể ghi nhật ký hoặc gửi qua API EPCIS."),
    )


@office
def event_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event."""
    rows = queries.events_visible_to(request.actor).filter(declares=None)
    context = trace_events.reading(request.actor, get_object_or_404(rows, pk=pk))
    return render(request, "office/traceability/event.html", context)


@office
def lineage(request: SignedInRequest, code: str) -> HttpResponse:
    """One step back, one step forward, and what may be done with a lot."""
    lot = _found(request, code)
    today, actor = timezone.localdate(), request.actor
    maker = lot.item.product.producer
    context = trace_events.lineage(actor, lot) | {
        "may_inspect": rules.may_inspect(actor),
        "may_recall": lot.recalled_at is None and rules.may_recall(actor, maker, today),
        "may_lift": lot.recalled_at is not None and rules.may_lift_recall(actor),
        "cut_off": genealogy.is_cut_off(lot),
    }
    return render(request, "office/traceability/lineage.html", context)


@office
def inspect(request: SignedInRequest, code: str) -> HttpResponse:
    """Note what was found of a lot."""
    lot = _found(request, code)
    require(request.actor, rules.may_inspect)
    now = timezone.localtime().replace(second=0, microsecond=0)
    form = InspectionForm(request.POST or None, initial={"done_at": now})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        row = act(form, noting.inspect_lot, actor=request.actor, lot=lot, note=told["note"],
                  conforms=told["result"] == "yes", done_at=told["done_at"],
                  at=timezone.now())  # fmt: skip
        if row is not None:
            messages.success(request, _("Đã ghi kết quả kiểm tra lô %s.") % lot.number)
            return redirect("office:lot_lineage", code)
    title = _("Kiểm tra lô %s") % lot.number
    context = {"lot": lot, "form": form, "title": title, "back": _back(code)}
    return render(request, "office/traceability/step.html", context)


@office
def recall(request: SignedInRequest, code: str) -> HttpResponse:
    """Call a lot back: first what will turn with it, then the reason."""
    lot = _found(request, code)
    require(request.actor, rules.may_recall, lot.item.product.producer, timezone.localdate())
    if lot.recalled_at is not None:
        messages.info(request, _("Lô này đã được thu hồi."))
        return redirect("office:lot_lineage", code)
    form = recalls.ReasonForm(request.POST or None)
    turned = recalls.recall(request, form, lot)
    if turned is not None:
        messages.success(request, turned)
        return redirect("office:lot_lineage", code)
    context = recalls.reading(request.actor, lot) | {
        "form": form,
        "title": _("Thu hồi lô %s") % lot.number,
        "cancel": _back(code),
    }
    return render(request, "office/traceability/recall.html", context)


@office
def lift(request: SignedInRequest, code: str) -> HttpResponse:
    """Say that a lot may be sold again."""
    lot = _found(request, code)
    require(request.actor, rules.may_lift_recall)
    if lot.recalled_at is None:
        messages.info(request, _("Lô này không bị thu hồi."))
        return redirect("office:lot_lineage", code)
    form = recalls.LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, recalling.lift_recall, actor=request.actor, lot=lot,
                   reason=form.cleaned_data["reason"], at=timezone.now())  # fmt: skip
        if done is not None:
            messages.success(request, recalls.lifted(lot, done))
            return redirect("office:lot_lineage", code)
    title = _("Gỡ thu hồi lô %s") % lot.number
    context = {"form": form, "title": title, "back": _back(code), **recalls.lifting(lot)}
    return render(request, "office/traceability/lift.html", context)


def _back(code: str) -> str:
    return reverse("office:lot_lineage", args=(code,))


def _found(request: SignedInRequest, code: str) -> Lot:
    rows = queries.lots_visible_to(request.actor).select_related("recalled_with")
    return get_object_or_404(rows, code=code)
