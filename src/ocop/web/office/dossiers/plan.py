"""The yearly plan: rounds, what was expected, filed and decided; products with potential."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.councils.queries.councils import EXTRA_ROUNDS
from ocop.dossiers import rules
from ocop.dossiers.queries import rounds as queries
from ocop.dossiers.services import potential, rounds
from ocop.filters.dossiers import PlanUnitFilter, PotentialFilter
from ocop.people.models import User
from ocop.people.queries import memberships_on
from ocop.people.roles import OFFICE, Role
from ocop.people.rules import may_enter
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.web.office.dossiers import plan_forms as forms
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.dossiers.tables import PlanUnitTable, PotentialTable
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.own_units import offer_own_units
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing

_SHOWN = 10  # units on the page of the plan
_REGISTERED = ("expected", "answered", "elsewhere", "recognised", "missing")


def _year(request: SignedInRequest) -> int:
    """The year asked for, else this one."""
    chosen = request.GET.get("year", "")
    return int(chosen) if chosen.isdecimal() and len(chosen) == 4 else timezone.localdate().year


@office
def plan(request: SignedInRequest) -> HttpResponse:
    """A year: its rounds with their days, and by unit what was expected, filed and decided."""
    require(request.actor, rules.may_see_plan)
    province, today, year = options.PROVINCE.get(), timezone.localdate(), _year(request)
    plan = queries.plan_of(request.actor, year, province, on=today)
    # Those that owe most stand first; the rest is a list of its own.
    behind = sorted(plan.units, key=lambda line: -line.counts.missing)
    context = {
        "plan": plan,
        "behind": behind[:_SHOWN],
        "years": sorted({*queries.years(request.actor, province), today.year, year}, reverse=True),
        "filed_address": f"{reverse('office:dossiers')}?year={year}",
        "decided_address": f"{reverse('office:dossiers')}?year={year}&state=decided",
        "expected_address": f"{reverse('office:registrations')}?year={year}",
        # Who reads no registrations is told no number of them: none would be said for all.
        "tells_registered": rules.may_see_registrations(request.actor),
        "may_plan": rules.may_plan(request.actor),
        "unplanned": queries.unplanned(province, year),
        "may_add": rules.may_plan(request.actor) and EXTRA_ROUNDS.get(),
    }
    return render(request, "office/dossiers/plan.html", context)


@office
def plan_units(request: SignedInRequest) -> HttpResponseBase:
    """Every unit of a year's plan: what it registered, filed and got decided."""
    require(request.actor, rules.may_see_plan)
    year = _year(request)
    lines = queries.plan_of(
        request.actor, year, options.PROVINCE.get(), on=timezone.localdate()
    ).units
    units = Unit.objects.filter(pk__in=[line.unit.pk for line in lines if line.unit])
    filters = PlanUnitFilter(request.GET, queryset=units)
    if filters.problem_lines or request.GET.get("q"):
        found = set(filters.qs.values_list("pk", flat=True))
        lines = [line for line in lines if line.unit and line.unit.pk in found]
    hidden = () if rules.may_see_registrations(request.actor) else _REGISTERED
    return listing(
        request,
        table=PlanUnitTable(lines, year=year, exclude=hidden),
        filters=filters,
        title=_("Kế hoạch năm %d theo đơn vị") % year,
        template="office/list.html",
        context={
            "lead": _(
                "Mỗi sản phẩm đăng ký ở đúng một trong bốn cột sau “Đăng ký”. Hồ sơ tính ở năm của "
                "đợt mà hồ sơ nộp vào, kể cả hồ sơ không đăng ký trước."
            ),
            "empty_text": _("Chưa có đăng ký hay hồ sơ nào của năm này."),
        },
    )


@office
def plan_new(request: SignedInRequest) -> HttpResponse:
    """Lay out a year by the legal calendar."""
    require(request.actor, rules.may_plan)
    form = forms.YearForm(request.POST or None, initial={"year": timezone.localdate().year})
    if sent(request, form) and act_on(request, form, rounds.plan_year, **form.cleaned_data):
        messages.success(request, _("Đã lập kế hoạch năm theo lịch của quyết định."))
        return redirect(f"{reverse('office:plan')}?year={form.cleaned_data['year']}")
    return _form(
        request,
        form,
        _("Lập kế hoạch năm"),
        reverse("office:plan"),
        _("Hai đợt của tỉnh và hai đợt của Bộ được lập theo lịch của quyết định, sửa được sau."),
    )


@office
def round_new(request: SignedInRequest) -> HttpResponse:
    """Add an extra round."""
    require(request.actor, rules.may_plan)
    form = forms.ExtraRoundForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if act_on(
            request,
            form,
            rounds.add_round,
            year=told["year"],
            name=told["name"],
            plan_number=told["plan_number"],
            days=form.days(),
        ):
            messages.success(request, _("Đã thêm đợt bổ sung."))
            return redirect(f"{reverse('office:plan')}?year={told['year']}")
    return _form(request, form, _("Thêm đợt bổ sung"), reverse("office:plan"))


@office
def round_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the days of a round."""
    require(request.actor, rules.may_plan)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    names = ("name", "opens_on", "requests_before", "done_before", "plan_number", "note")
    initial = {name: getattr(found, name) for name in names}
    cancel = f"{reverse('office:plan')}?year={found.year}"
    if (reason := why_not(rounds.expect_open, found)) and request.method != "POST":
        return turned_back(request, reason, cancel)
    form = forms.RoundForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if act_on(
            request,
            form,
            rounds.change_round,
            round=found,
            name=told["name"],
            plan_number=told["plan_number"],
            note=told["note"],
            days=form.days(),
        ):
            messages.success(request, _("Đã lưu đợt đánh giá."))
            return redirect(cancel)
    return _form(request, form, _("Sửa: %s") % found.name, cancel)


@office
def round_close(request: SignedInRequest, code: str) -> HttpResponse:
    """End a round."""
    require(request.actor, rules.may_plan)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    cancel = f"{reverse('office:plan')}?year={found.year}"
    reason = why_not(rounds.expect_closable, found, timezone.localdate())
    if reason and request.method != "POST":
        return turned_back(request, reason, cancel)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, rounds.close_round, round=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã kết thúc đợt."))
        return redirect(cancel)
    words = _("Đợt không nhận thêm hồ sơ và không sửa được nữa. Hồ sơ đã tiếp nhận vẫn tiếp tục.")
    if (left := queries.left_in(found)).unfinished:
        words += " " + _(
            "Đợt còn %(unfinished)d hồ sơ chưa xong, trong đó %(to_receive)d hồ sơ chưa được cấp "
            "tỉnh tiếp nhận: khi tiếp nhận phải chọn đợt khác. Hãy ghi trong lý do các hồ sơ này "
            "được xử lý thế nào."
        ) % {"unfinished": left.unfinished, "to_receive": left.to_receive}
    return _form(request, form, _("Kết thúc: %s") % found.name, cancel, words)


@office
def round_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take back a round that was planned by mistake."""
    require(request.actor, rules.may_plan)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    cancel = f"{reverse('office:plan')}?year={found.year}"
    if (reason := why_not(rounds.expect_withdrawable, found)) and request.method != "POST":
        return turned_back(request, reason, cancel)
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, rounds.withdraw_round, round=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã hủy đợt."))
        return redirect(cancel)
    words = _(
        "Dùng khi đợt được lập nhầm. Đợt vẫn nằm trong kế hoạch với chữ “đã hủy đợt”, không nhận "
        "hồ sơ và không sửa được nữa. Đợt theo lịch của quyết định lập lại được bằng “Lập kế hoạch "
        "năm”."
    )
    return _form(request, form, _("Hủy đợt: %s") % found.name, cancel, words)


# --- Products with potential ---------------------------------------------------------------------
@office
def potentials(request: SignedInRequest) -> HttpResponseBase:
    """Products that could enter or rise, and who helps them."""
    require(request.actor, may_see_potentials)
    rows = queries.potentials_visible_to(request.actor).select_related("unit", "officer")
    if not request.GET.get("ended"):
        rows = rows.filter(ended_on=None)
    filters = PotentialFilter(request.GET, queryset=rows)
    offer_own_units(filters.form, request.actor)
    return listing(
        request,
        table=PotentialTable(filters.qs),
        filters=filters,
        title=_("Sản phẩm tiềm năng"),
        template="office/list.html",
        context={
            "lead": _("Sản phẩm có thể tham gia hoặc nâng hạng, ai giúp và còn thiếu gì."),
            "new_address": "office:potential_new" if may_enter(request.actor) else "",
            "new_words": _("Thêm sản phẩm"),
        },
    )


@office
def potential_new(request: SignedInRequest) -> HttpResponse:
    """Put a product on the list."""
    require(request.actor, may_enter)
    form = forms.ProspectForm(
        request.POST or None,
        initial={"year": timezone.localdate().year + 1},
        officers=_officers(request.actor),
        actor=request.actor,
    )
    if sent(request, form) and act_on(
        request,
        form,
        potential.add_potential,
        unit=form.cleaned_data["unit"],
        prospect=form.prospect(),
    ):
        messages.success(request, _("Đã thêm sản phẩm tiềm năng."))
        return redirect("office:potentials")
    return _form(request, form, _("Thêm sản phẩm tiềm năng"), reverse("office:potentials"))


@office
def potential_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Change what is known of a product with potential."""
    found = get_object_or_404(queries.potentials_visible_to(request.actor), code=code)
    require(request.actor, rules.may_keep_potential, found.unit)
    if (reason := why_not(potential.expect_standing, found)) and request.method != "POST":
        return turned_back(request, reason, reverse("office:potentials"))
    names = ("product_name", "producer_name", "aim", "year", "helper", "officer", "need")
    initial = {name: getattr(found, name) for name in names} | {"unit": places.key_of(found.unit)}
    form = forms.ProspectForm(
        request.POST or None,
        initial=initial,
        # who is in charge now stands among the choices, so that saving keeps them
        officers=_officers(request.actor) | User.objects.filter(pk=found.officer_id),
        actor=request.actor,
    )
    del form.fields["unit"]
    if sent(request, form) and act_on(
        request,
        form,
        potential.change_potential,
        potential=found,
        prospect=form.prospect(found.product),
    ):
        messages.success(request, _("Đã lưu."))
        return redirect("office:potentials")
    context = {
        "form": form,
        "title": _("Sửa: %s") % found.product_name,
        "cancel": reverse("office:potentials"),
        "end_address": reverse("office:potential_end", args=[code]),
    }
    return render(request, "office/dossiers/potential.html", context)


@office
def potential_end(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a product off the list."""
    found = get_object_or_404(queries.potentials_visible_to(request.actor), code=code)
    require(request.actor, rules.may_keep_potential, found.unit)
    if (reason := why_not(potential.expect_standing, found)) and request.method != "POST":
        return turned_back(request, reason, reverse("office:potentials"))
    form = ReasonForm(request.POST or None)
    if sent(request, form) and act_on(
        request, form, potential.end_potential, potential=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã đưa sản phẩm ra khỏi danh sách."))
        return redirect("office:potentials")
    title = _("Đưa ra khỏi danh sách: %s") % found.product_name
    return _form(request, form, title, reverse("office:potentials"))


def may_see_potentials(actor: Actor) -> bool:
    """The office, its auditors, and officers of communes."""
    return rules.may_see_registrations(actor)


def _officers(actor: Actor) -> Any:
    """Who may be in charge: the office's staff, and the officers of the own communes."""
    held = memberships_on(timezone.localdate())
    own = held.filter(role=Role.COMMUNE_OFFICER)
    if not rules.may_plan(actor):
        own = own.filter(unit__in=actor.unit_ids(Role.COMMUNE_OFFICER))
    keys = held.filter(role__in=OFFICE).values("user").union(own.values("user"))
    return User.objects.filter(pk__in=keys).order_by("name", "pk")


def _form(
    request: SignedInRequest, form: Any, title: str, cancel: str, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": cancel, "lead": lead}
    return render(request, "office/form.html", context)
