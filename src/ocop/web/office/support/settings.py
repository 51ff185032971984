"""Policies and budget lines in the office."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events, options
from ocop.core.actions import require
from ocop.filters.support import LineFilter, PolicyFilter
from ocop.places import queries as places
from ocop.support import queries, rules
from ocop.support.models import Policy
from ocop.support.services import budgets, policies
from ocop.web.happenings import told
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.guard import office
from ocop.web.office.support import forms, looks, tables
from ocop.web.office.support.pages import frame, listed
from ocop.web.requests import SignedInRequest


@office
def policy_list(request: SignedInRequest) -> HttpResponseBase:
    """Policies with their days."""
    require(request.actor, rules.may_open_lists)
    filters = PolicyFilter(request.GET, queryset=Policy.objects.all(), request=request)
    return listed(
        request,
        "office:support_policies",
        _("Chính sách hỗ trợ"),
        tables.PolicyTable(filters.qs, order_by="-starts_on"),
        filters,
        lead=_("Chính sách không sửa được sau khi thêm: văn bản mới là một chính sách mới."),
        add=rules.may_manage(request.actor) and "office:support_policy_new",
        add_words=_("Thêm chính sách"),
        empty_text=_("Thêm từ văn bản của cơ quan, hoặc nạp các chính sách đã biết."),
        empty_address=rules.may_manage(request.actor) and reverse("office:support_policies_known"),
        empty_action=_("Nạp chính sách đã biết"),
    )


@office
def policy_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One policy: its terms, its days, what was asked under it."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(Policy, code=code)
    asked = queries.requests_visible_to(request.actor).filter(policy=found)
    context = {
        **frame(request, "office:support_policy"),
        "policy": found,
        "tag": looks.policy_tag(found, timezone.localdate()),
        "terms": looks.terms_words(found),
        "asked": [
            (row, looks.request_tag(row), looks.money(row.asked_amount)) for row in asked[:50]
        ],
        "may_manage": rules.may_manage(request.actor),
        "events": told(events.activity(found)[:50]),
    }
    return render(request, "office/support/policy.html", context)


@office
def policy_new(request: SignedInRequest) -> HttpResponse:
    """Enter a policy."""
    require(request.actor, rules.may_manage)
    form = forms.PolicyForm(posted(request))
    if sent(request, form) and (
        made := act_on(request, form, policies.add_policy, terms=form.terms())
    ):
        messages.success(request, _("Đã thêm chính sách."))
        return redirect("office:support_policy", made.code)
    return _form(request, form, _("Thêm chính sách hỗ trợ"), reverse("office:support_policies"))


@office
def policy_end(request: SignedInRequest, code: str) -> HttpResponse:
    """Say which day is the last of a policy."""
    require(request.actor, rules.may_manage)
    found = get_object_or_404(Policy, code=code)
    form = forms.EndForm(posted(request), initial={"ends_on": found.ends_on})
    if sent(request, form) and act_on(
        request, form, policies.end_policy, policy=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi ngày cuối của chính sách."))
        return redirect("office:support_policy", code)
    back = reverse("office:support_policy", args=[code])
    return _form(request, form, _("Ghi ngày cuối: %s") % found.title, back)


@office
def policies_known(request: SignedInRequest) -> HttpResponse:
    """Enter the policies of the programme's documents."""
    require(request.actor, rules.may_manage)
    form = Form(posted(request))
    if sent(request, form):
        made = act_on(request, form, policies.load_known_policies)
        messages.success(request, _("Đã nạp %d chính sách.") % len(made or ()))
        return redirect("office:support_policies")
    return _form(
        request,
        form,
        _("Nạp các chính sách đã biết"),
        reverse("office:support_policies"),
        lead=_("Mỗi chính sách ghi rõ điều cần đối chiếu với văn bản của tỉnh trước khi dùng."),
    )


@office
def line_list(request: SignedInRequest) -> HttpResponseBase:
    """Budget lines, with their sums."""
    require(request.actor, rules.may_open_lists)
    rows = queries.lines_visible_to(request.actor)
    filters = LineFilter(request.GET, queryset=rows, request=request)
    sums = {name: looks.money(value) for name, value in queries.line_totals(filters.qs).items()}
    lead = _("Dự toán %(amount)s; đã duyệt %(committed)s; đã chi %(paid)s.") % sums
    return listed(
        request,
        "office:support_lines",
        _("Dự toán hỗ trợ"),
        tables.LineTable(filters.qs, order_by="-year"),
        filters,
        lead=lead,
        add=rules.may_manage(request.actor) and "office:support_line_new",
        add_words=_("Thêm dòng dự toán"),
        empty_text=_("Thêm dòng dự toán theo văn bản giao của từng đơn vị."),
    )


@office
def line_new(request: SignedInRequest) -> HttpResponse:
    """Enter a budget line."""
    require(request.actor, rules.may_manage)
    form = forms.LineForm(posted(request), initial={"year": forms.this_year()})
    if sent(request, form):
        facts = dict(form.cleaned_data)
        facts["unit"] = facts["unit"] or places.by_key(options.PROVINCE.get())
        if act_on(request, form, budgets.add_line, **facts):
            messages.success(request, _("Đã thêm dòng dự toán."))
            return redirect("office:support_lines")
    return _form(request, form, _("Thêm dòng dự toán"), reverse("office:support_lines"))


@office
def line_page(request: SignedInRequest, code: str) -> HttpResponse:
    """One line: its sums, what was approved from it, and another sum for it."""
    require(request.actor, rules.may_open_lists)
    found = get_object_or_404(queries.lines_visible_to(request.actor), code=code)
    manages = rules.may_manage(request.actor)
    form = forms.ChangeLineForm(posted(request), initial={"amount": found.amount})
    if request.method == "POST":
        require(request.actor, rules.may_manage)
    if sent(request, form) and act_on(
        request, form, budgets.change_line, line=found, **form.cleaned_data
    ):
        messages.success(request, _("Đã điều chỉnh dòng dự toán."))
        return redirect("office:support_line", code)
    found.refresh_from_db()
    asked = queries.requests_visible_to(request.actor).filter(line=found)
    context = {
        **frame(request, "office:support_line"),
        "line": found,
        "form": form if manages else None,
        "sums": [
            (_("Dự toán"), looks.money(found.amount)),
            (_("Đã duyệt"), looks.money(found.committed)),
            (_("Đã chi"), looks.money(found.paid)),
            (_("Tiền đã thu hồi"), looks.money(found.reclaimed)),
            (_("Còn lại"), looks.money(found.left)),
        ],
        "asked": [
            (row, looks.request_tag(row), looks.money(queries.net(row))) for row in asked[:100]
        ],
        "events": told(events.activity(found)[:50]),
    }
    return render(request, "office/support/line.html", context)


def _form(
    request: SignedInRequest, form: object, title: str, back: str, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": back, "lead": lead}
    return render(request, "office/form.html", context)
