"""Lists after a star is given: visits, plans, complaints, cases; each with its workbook."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.filters.postcheck import CaseFilter, ComplaintFilter, PostCheckFilter
from ocop.filters.register import ProductFilter
from ocop.filters.worded import CheckPlanFilter
from ocop.people import rules as people_rules
from ocop.recognition import queries as register
from ocop.recognition.models import Recognition
from ocop.recognition.postcheck import queries, rules
from ocop.recognition.postcheck.models import Complaint, PostCheckPlan
from ocop.recognition.postcheck.services import planning
from ocop.web.forms import act
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.guard import office
from ocop.web.office.postcheck import forms, tables
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

SHOWN = 100  # products to choose from on one page: narrow the list for others
#: What the address of the choice says beside the filters.
_BESIDE = ("plan", "complaint")


def tabs(actor: Actor, here: str) -> list[tuple[str, str, bool]]:
    """The lists that a person may open."""
    found = [("office:postchecks", _("Lần kiểm tra"), rules.may_see_checks)]
    if people_rules.may_see_everything(actor):
        found += [
            ("office:postcheck_plans", _("Kế hoạch"), rules.may_see_checks),
            ("office:complaints", _("Phản ánh"), rules.may_see_complaints),
            ("office:cases", _("Vụ việc thu hồi"), rules.may_see_complaints),
        ]
    return [(words, reverse(name), name == here) for name, words, _may in found]


def _listed(
    request: SignedInRequest, here: str, title: str, table: Any, filters: Any, **more: Any
) -> HttpResponseBase:
    return listing(
        request,
        table=table,
        filters=filters,
        title=title,
        template="office/postcheck/list.html",
        context={"tabs": tabs(request.actor, here), **more},
    )


@office
def checks(request: SignedInRequest) -> HttpResponseBase:
    """The visits that the actor may see; an inspector's own first thing in the field."""
    require(request.actor, rules.may_see_checks)
    rows = queries.for_lists(queries.visible_to(request.actor))
    filters = PostCheckFilter(request.GET, queryset=rows)
    plan = PostCheckPlan.objects.filter(code=request.GET.get("plan", "")).first()
    may = rules.may_plan(request.actor)
    choose = reverse("office:postcheck_choose")
    return _listed(
        request,
        "office:postchecks",
        _("Kiểm tra sau công nhận"),
        tables.CheckTable(filters.qs, order_by="-planned_on"),
        filters,
        lead=plan.title if plan else _("Định kỳ và đột xuất (Điều 9 Quyết định 26/2026/QĐ-TTg)."),
        new_address=(f"{choose}?plan={plan.code}" if plan else choose) if may else "",
        new_words=_("Thêm sản phẩm vào kế hoạch") if plan else _("Kiểm tra đột xuất"),
        in_the_field=True,
    )


@office
def plans(request: SignedInRequest) -> HttpResponseBase:
    """Plans, and how far they are."""
    require(request.actor, rules.may_see_complaints)
    filters = CheckPlanFilter(request.GET, queryset=queries.plans(request.actor))
    return _listed(
        request,
        "office:postcheck_plans",
        _("Kế hoạch kiểm tra sau công nhận"),
        tables.PlanTable(filters.qs, order_by="-starts_on"),
        filters,
        new_address=reverse("office:postcheck_plan_new") if rules.may_plan(request.actor) else "",
        new_words=_("Lập kế hoạch"),
    )


@office
def complaints(request: SignedInRequest) -> HttpResponseBase:
    """What the public reports, with the days left to answer."""
    require(request.actor, rules.may_see_complaints)
    rows = queries.complaints_visible_to(request.actor)
    filters = ComplaintFilter(request.GET, queryset=rows)
    days = _("Hạn trả lời: %d ngày làm việc, do Văn phòng đặt ở trang Thiết lập.")
    return _listed(
        request,
        "office:complaints",
        _("Phản ánh của người dân"),
        tables.ComplaintTable(filters.qs, order_by="-received_at"),
        filters,
        lead=days % queries.ANSWER_DAYS.get(),
    )


@office
def cases(request: SignedInRequest) -> HttpResponseBase:
    """Revocation cases, with the 15 days of each."""
    require(request.actor, rules.may_see_complaints)
    filters = CaseFilter(request.GET, queryset=queries.cases_visible_to(request.actor))
    return _listed(
        request,
        "office:cases",
        _("Vụ việc thu hồi hạng sao"),
        tables.CaseTable(filters.qs, order_by="due_on"),
        filters,
        lead=_("Quyết định trong 15 ngày kể từ ngày xác định căn cứ (Điều 8)."),
    )


@office
def plan_new(request: SignedInRequest) -> HttpResponse:
    """Open a plan; its products are chosen next."""
    require(request.actor, rules.may_plan)
    form = forms.PlanForm(posted(request))
    if sent(request, form):
        made = act(
            form,
            planning.add_plan,
            actor=request.actor,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if made:
            messages.success(request, _("Đã lập kế hoạch. Hãy chọn sản phẩm để kiểm tra."))
            return redirect(f"{reverse('office:postcheck_choose')}?plan={made.code}")
    context = {
        "form": form,
        "title": _("Lập kế hoạch kiểm tra"),
        "cancel": reverse("office:postcheck_plans"),
    }
    return render(request, "office/form.html", context)


@office
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose products by the filters of the catalogue, who visits them and when.

    `plan` names the plan; without one the visits are surprise ones, of a `complaint` if it is
    named.
    """
    require(request.actor, rules.may_plan)
    plan = _named(PostCheckPlan, "code", request.GET.get("plan"))
    complaint = _named(Complaint, "number", request.GET.get("complaint"))
    rows = register.catalogue(request.actor, on=timezone.localdate())
    if complaint is not None:
        rows = rows.filter(pk=complaint.product_id)
    given = request.GET.copy()
    for name in _BESIDE:
        given.pop(name, None)
    filters = ProductFilter(given, queryset=rows, request=request)
    found = filters.qs
    if plan is not None:
        live = plan.checks.exclude(state="cancelled").values("recognition")
        found = found.exclude(ruling__pk__in=live)
    form = forms.GivenForm(posted(request), initial={"planned_on": plan.starts_on if plan else ""})
    if sent(request, form):
        wanted = [key for key in request.POST.getlist("recognition") if key.isdigit()]
        chosen = Recognition.objects.filter(Q(pk__in=wanted) & _seen(request.actor))
        made = act(
            form,
            planning.plan_checks,
            actor=request.actor,
            recognitions=list(chosen.select_related("product", "decision__legal_version")),
            plan=plan,
            complaint=complaint,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if made:
            messages.success(request, _("Đã giao %d lần kiểm tra.") % len(made))
            here = reverse("office:postchecks")
            return redirect(f"{here}?plan={plan.code}" if plan else here)
    shown = list(found.order_by("folded", "pk")[: SHOWN + 1])
    context = {
        "form": form,
        "filters": filters,
        "problems": filters.problem_lines,
        "rows": shown[:SHOWN],
        "more": len(shown) > SHOWN,
        "shown": SHOWN,
        "plan": plan,
        "complaint": complaint,
        "chosen": set(request.POST.getlist("recognition")),
        "keep": {name: request.GET[name] for name in _BESIDE if request.GET.get(name)},
    }
    return render(request, "office/postcheck/choose.html", context)


def _seen(actor: Actor) -> Q:
    return Q(pk__in=register.visible_to(actor).values("pk"))


def _named(model: Any, field: str, value: str | None) -> Any:
    return get_object_or_404(model, **{field: value}) if value else None
