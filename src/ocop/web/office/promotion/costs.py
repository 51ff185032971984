"""What an event cost, in the office."""

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.promotion import lifecycle, rules
from ocop.promotion.days import queries
from ocop.promotion.days.models import CostKind, Payer
from ocop.promotion.days.services import costs
from ocop.promotion.days.services.costs import Cost
from ocop.promotion.models import TradeEvent
from ocop.web.forms import MoneyField
from ocop.web.office.dossiers.forms import day_field
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.promotion.pages import event_or_404, form_page, managed_event, part
from ocop.web.requests import SignedInRequest


class CostForm(django_forms.Form):
    """Money that an event cost."""

    words = django_forms.CharField(label=gettext_lazy("Nội dung chi"), max_length=200)
    kind = django_forms.ChoiceField(label=gettext_lazy("Khoản"), choices=CostKind.choices)
    payer = django_forms.ChoiceField(label=gettext_lazy("Nguồn"), choices=Payer.choices)
    amount = MoneyField(label=gettext_lazy("Số tiền (đồng)"))
    paid_on = day_field(gettext_lazy("Ngày chi"))
    document = django_forms.CharField(
        label=gettext_lazy("Chứng từ, quyết định"), max_length=120, required=False
    )


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """Costs of an event and who paid; what was entered by mistake stays to be read."""
    found = event_or_404(request.actor, code)
    require(request.actor, rules.may_see_all)
    paid = queries.paid_by(found)
    total = sum(paid.values())
    booths = found.applications.filter(state=lifecycle.ACCEPTED).count()
    promised = (found.booth_cost or 0) * booths * found.support_share // 100
    context = {
        **part(request.actor, found, "event_costs"),
        "rows": queries.costs_visible_to(request.actor).filter(event=found),
        "paid": [(payer.label, paid[payer]) for payer in Payer if payer in paid],
        "total": total,
        "promised": promised if found.support_share else None,
        "may_manage": rules.may_manage(request.actor) and found.state != lifecycle.PLANNED,
    }
    return render(request, "office/promotion/costs.html", context)


@office
def add(request: SignedInRequest, code: str) -> HttpResponse:
    """Note a cost."""
    found = managed_event(request.actor, code)
    form = CostForm(request.POST or None, initial={"paid_on": timezone.localdate()})
    if sent(request, form) and act_on(
        request, form, costs.add_cost, event=found, cost=Cost(**form.cleaned_data)
    ):
        messages.success(request, _("Đã ghi khoản chi."))
        return redirect(_back(found))
    return form_page(request, form, _("Ghi khoản chi"), _back(found), event=found)


@office
def remove(request: SignedInRequest, code: str, key: int) -> HttpResponse:
    """Take out a cost that was entered by mistake."""
    found = managed_event(request.actor, code)
    cost = get_object_or_404(queries.costs_of(found), pk=key)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, costs.remove_cost, cost=cost, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ khoản chi."))
        return redirect(_back(found))
    text = _("Khoản chi không tính vào tổng nữa; dòng đã ghi vẫn đọc được cùng lý do.")
    return form_page(
        request, form, _("Bỏ khoản chi: %s") % cost.words, _back(found), event=found, text=text,
        action=_("Bỏ khoản chi"), tone="danger",
    )  # fmt: skip


def _back(found: TradeEvent) -> str:
    return reverse("office:event_costs", args=[found.code])
