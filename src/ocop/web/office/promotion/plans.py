"""The plan of an event's booths in the office: looked at, laid in rows, changed."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.jobs.files import is_at_work
from ocop.promotion import lifecycle, plan, plan_text, queries, rules
from ocop.promotion.models import TradeEvent
from ocop.promotion.services import plans as services
from ocop.web.booth_plan import picture
from ocop.web.forms import act
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.guard import office
from ocop.web.office.promotion import forms
from ocop.web.office.promotion.pages import (
    event_or_404,
    form_page,
    holders_of,
    organised_event,
    part,
)
from ocop.web.requests import SignedInRequest

_METRE = 10


@office
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """The plan with who stands where, and the allocations that were computed."""
    found, actor = event_or_404(request.actor, code), request.actor
    known = rules.may_see_all(actor) or found.state in (lifecycle.PUBLISHED, lifecycle.HELD)
    holders = holders_of(found) if known else {}
    spots = queries.spots_of(found)
    made = queries.allocations_visible_to(actor).filter(event=found).select_related("asked_by")
    now = timezone.now()
    context = {
        **part(actor, found, "event_plan"),
        "plan": picture(found.hall_width, found.hall_depth, spots, holders),
        "booths": [(spot, holders.get(spot.label, ""), _size(spot)) for spot in spots],
        "free": sum(1 for s in spots if not s.kept_for and s.label not in holders),
        "allocations": [(each, is_at_work(each, now)) for each in made[:20]],
        "may_organise": rules.may_organise(actor)
        and found.takes_booths
        and found.state in lifecycle.ALIVE,
        "may_allocate": rules.may_manage(actor) and found.state == lifecycle.SELECTING,
        "waiting": found.applications.filter(state=lifecycle.SENT).count(),
    }
    return render(request, "office/promotion/plan.html", context)


@office
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the plan: as lines of text, or on the drawing that writes them."""
    found = organised_event(request.actor, code)
    initial = {
        "width": Decimal(found.hall_width) / _METRE or None,
        "depth": Decimal(found.hall_depth) / _METRE or None,
        "spots": plan_text.write(queries.spots_of(found)),
    }
    form = forms.PlanForm(request.POST or None, initial=initial)
    if sent(request, form) and _keep(request, found, form, form.cleaned_data["spots"]):
        return redirect("office:event_plan", code)
    status = 422 if request.method == "POST" and form.errors else 200
    context = {"form": form, "event": found, "cancel": _back(found), "title": _("Sửa sơ đồ gian")}
    return render(request, "office/promotion/plan_edit.html", context, status=status)


@office
def rows(request: SignedInRequest, code: str) -> HttpResponse:
    """Lay a plan in rows, in the place of the one there is."""
    found = organised_event(request.actor, code)
    form = forms.RowsForm(request.POST or None)
    if sent(request, form):
        spots = act(form, plan.in_rows, hall=form.hall(), zones=form.zones(), rows=form.rows())
        if spots is not None and _keep(request, found, form, spots):
            return redirect("office:event_plan", code)
    text = _("Sơ đồ mới thay sơ đồ đang có: hai dãy quay lưng vào nhau, giữa các dãy là lối đi.")
    return form_page(
        request, form, _("Xếp dãy gian"), _back(found), event=found, text=text,
        action=_("Lập sơ đồ"),
    )  # fmt: skip


def _size(spot: plan.Spot) -> str:
    """The sides of a booth in metres."""
    return f"{plan_text.metres(spot.width)} × {plan_text.metres(spot.depth)}"


def _keep(
    request: SignedInRequest,
    found: TradeEvent,
    form: forms.PlanForm | forms.RowsForm,
    spots: list[plan.Spot],
) -> bool:
    kept = act_on(request, form, services.set_plan, event=found, hall=form.hall(), spots=spots)
    if kept is None:
        return False
    messages.success(request, _("Đã lưu sơ đồ gian."))
    return True


def _back(found: TradeEvent) -> str:
    return reverse("office:event_plan", args=[found.code])
